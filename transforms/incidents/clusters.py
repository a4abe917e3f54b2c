"""The incidents of an article: events that tell the same one are put together, however many sentences tell it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from transforms.context import Article, DateMention
from transforms.incidents.events import Event, events
from transforms.incidents.rules import Lists
from transforms.parties import Party, parties_in
from transforms.text import hash_id

_BLAMED_TYPES = ("cyberattack", "disinformation", "sabotage", "espionage", "attack", "other")
_RESPONSE = re.compile(
    r"\b(?:summon\w*|condemn\w*|expel(?:led|s)?|retaliat\w*|respond(?:ed|s)?|in\sresponse|protest(?:ed|s)|denounc\w+|recall(?:ed|s))\b", re.IGNORECASE
)
_SECURITY_FIRM = re.compile(
    r"\b(?:researchers?|security\s(?:firm|company)|cybersecurity\s(?:firm|company)|Microsoft|Google|Mandiant|CrowdStrike|Kaspersky|ESET|analysts\sat)\b"
)


@dataclass(slots=True)
class Incident:
    """Events of one article that tell the same incident."""

    number: int
    told: list[Event] = field(default_factory=list)

    @property
    def best(self) -> Event:
        """The event whose sentence tells it best; of equals the first."""
        return max(self.told, key=lambda e: (e.score, -e.sentence.index))

    @property
    def perpetrators(self) -> list[Party]:
        return self.best.perpetrators or next((e.perpetrators for e in self.told if e.perpetrators), [])

    @property
    def targets(self) -> list[Party]:
        doers = {p.iso3 or p.name for p in self.perpetrators}
        found = self.best.targets or next((e.targets for e in self.told if e.targets), [])
        return [p for p in found if (p.iso3 or p.name) not in doers or len(doers) == 1 == len(found)]

    @property
    def name(self) -> str | None:
        return self.best.name or next((e.name for e in self.told if e.name), None)

    @property
    def date(self) -> DateMention | None:
        return self.best.date or next((e.date for e in self.told if e.date), None)

    @property
    def location(self) -> str | None:
        """Where it happened: the target's country, for acts on the ground."""
        if self.best.rule.voice == "measure":
            return None
        return next((p.iso3 for p in self.targets if p.iso3), None)

    @property
    def responders(self) -> list[Party]:
        """Who condemned, summoned or expelled in a sentence that tells the incident."""
        acting = {p.iso3 or p.name for p in (*self.perpetrators, *self.targets)}
        result: dict[str, Party] = {}
        for event in self.told:
            if response := _RESPONSE.search(event.sentence.text):
                for party in parties_in(event.sentence, 0, response.start())[:2]:
                    if (party.iso3 or party.name) not in acting:
                        result.setdefault(party.iso3 or party.name, party)
        return list(result.values())

    def accepts(self, event: Event) -> bool:
        """Whether an event may tell this incident: same type, and neither parties nor dates nor names that speak against it."""
        mine = self.told[0]
        if event.incident_type != mine.incident_type:
            return False
        if _DEFINITE.search(event.sentence.text, max(0, event.start - 25), event.start + 4) and not event.perpetrators and not event.targets:
            return True  # "the attack" is the one just told
        if event.is_another or (event.name and self.name and event.name != self.name):
            return False
        if not _compatible(self.perpetrators, event.perpetrators) or not _compatible(self.targets, event.targets):
            return False
        if (mine.realis in ("threatened", "planned")) != (event.realis in ("threatened", "planned")):
            return False
        dates = {_when(e.date) for e in (*self.told, event) if e.date is not None} - {None}
        return len(dates) <= 1

    def attributions(self, key: str) -> Iterator[dict[str, Any]]:
        """Who blames whom: one row for each accuser and accused, from the sentence that says so."""
        seen: set[tuple[str | None, str]] = set()
        for event in sorted(self.told, key=lambda e: (-e.is_attributed, -e.score, e.sentence.index)):
            if event.incident_type not in _BLAMED_TYPES or not event.perpetrators:
                continue
            accuser = event.attributing
            for accused in event.perpetrators[:2]:
                who = (accuser.iso3 or accuser.name if accuser else None, accused.iso3 or accused.name)
                if who in seen or (accuser is None and seen):
                    continue
                seen.add(who)
                sentence = event.sentence
                yield {
                    "attribution_id": hash_id(key, sentence.start, sentence.end, who[0], accused.name),
                    "incident_id": key,
                    "attributing_name": accuser.name if accuser else None,
                    "attributing_iso3": accuser.iso3 if accuser else None,
                    "attributed_name": accused.name,
                    "attributed_iso3": accused.iso3,
                    "stance": event.stance,
                    "hedge_cue": event.hedge_cue,
                    "basis": self._basis(event, accuser, accused),
                    "initiator_category": _category(accused),
                    "quote": sentence.text,
                    "start_char": sentence.start,
                    "end_char": sentence.end,
                }

    def _basis(self, event: Event, accuser: Party | None, accused: Party) -> str:
        if event.stance == "denied":
            return "contested"
        if accuser is None:
            return "it_security_community" if _SECURITY_FIRM.search(event.sentence.text) else "media"
        if accuser == accused:
            return "attacker_confirms"
        if accuser.name.startswith("European") or accuser.name in ("Europol", "ENISA", "CERT-EU"):
            return "eu_institution"
        if accuser.party_type == "organisation" and accuser.iso3 is None:
            return "international_organisation"
        return "receiver_government" if accuser.iso3 in {p.iso3 for p in self.targets} else "third_party"


def incidents(article: Article, lists: Lists) -> list[Incident]:
    """The incidents of an article, in the order in which it first tells them. An event of which the sentence names no party is placed in the country of
    which the article speaks; where there is none, it tells no incident."""
    found: list[Incident] = []
    focus = _focus(article)
    text = " ".join(s.text for s in article.sentences)
    is_cyber = len(_CYBER.findall(text)) > len(_ARMED.findall(text))  # what a bare "attack" means on this page
    for sentence in article.selected("incident"):
        if sentence.field != "body":
            continue
        for event in events(sentence, lists):
            if event.rule.rule_id in ("strike-noun", "strike-verb") and is_cyber and _BARE_ATTACK.fullmatch(sentence.text, event.start, event.end):
                event.incident_type = "cyberattack"
            home = next((i for i in found if i.accepts(event)), None)
            if home is None:
                _place(event, focus)
                home = next((i for i in found if i.accepts(event)), None)
            if home is None:
                found.append(Incident(len(found), [event]))
            else:
                home.told.append(event)
    return [i for i in found if i.perpetrators or i.targets]


_DEFINITE = re.compile(r"\bthe\s(?:[\w-]+\s){0,1}?$|^the\s|\bthe\s\w{0,3}$", re.IGNORECASE)
_CYBER = re.compile(r"\b(?:cyber\w*|hack\w*|DDoS|ransomware|malware|phishing|network|servers?|websites?)\b", re.IGNORECASE)
_ARMED = re.compile(
    r"\b(?:killed|wounded|injured|bomb\w*|gunm[ae]n|missiles?|air\s?strikes?|troops|militants?|soldiers|shooting|casualties|dead|fighters)\b",
    re.IGNORECASE,
)
_BARE_ATTACK = re.compile(r"(?:the\s)?(?:attacks?|attacked|assaults?)(?:\s\w+)?", re.IGNORECASE)


_AT = re.compile(r"(?:\b(?:in|at|from|to)\s|^)$", re.IGNORECASE)


def _focus(article: Article) -> list[Party]:
    """The countries of which the article speaks, most first: mentions in the title count three times, those in its first sentences twice."""
    weight: Counter[str] = Counter()
    first: dict[str, Party] = {}
    for sentence in article.sentences:
        worth = 3 if sentence.field == "title" else 2 if sentence.paragraph_no <= 1 else 1
        for mention in sentence.countries():
            if mention.iso3 is None or (mention.detail == "capital" and _AT.search(sentence.text, 0, mention.start)):
                continue  # where somebody spoke is not what the article is about
            weight[mention.iso3] += worth
            if mention.iso3 not in first or mention.detail == "name":
                first.setdefault(mention.iso3, Party("state", mention.iso3, None, mention.surface))
    return [first[iso3] for iso3, _ in sorted(weight.items(), key=lambda x: (-x[1], x[0]))]


def _place(event: Event, focus: list[Party]) -> None:
    """Gives an act on the ground, of which the sentence names no target, the first country of which the article speaks that is no perpetrator."""
    doers = {p.iso3 for p in event.perpetrators}
    if event.targets or (event.rule.voice == "measure" and (event.incident_type != "sanction" or not event.perpetrators)):
        return
    if event.rule.voice == "custody" and focus:
        event.targets = event.perpetrators[:1] or focus[:1]
        event.perpetrators = event.perpetrators or focus[:1]
        return
    if event.incident_type not in ("other", "disinformation"):
        event.targets = [p for p in focus[:2] if p.iso3 not in doers][:1]


def _when(date: DateMention | None) -> str | None:
    """What of a date can tell two incidents apart: its year, else its month and day, else a distance in time."""
    if date is None or date.relation in ("since", "until"):
        return None
    if date.edtf is not None:
        return date.edtf[:4] if not date.edtf.startswith("X") else date.edtf[:7]
    return date.text.lower() if date.text.lower().endswith("ago") else None


def _compatible(a: list[Party], b: list[Party]) -> bool:
    return not a or not b or bool({p.iso3 or p.name for p in a} & {p.iso3 or p.name for p in b})


def _category(accused: Party) -> str:
    if accused.party_type in ("state", "person"):
        return "state"
    if accused.party_type == "organisation":
        return "state" if accused.iso3 else "unknown"
    return "non_state_state_affiliated" if accused.iso3 else "non_state_group"
