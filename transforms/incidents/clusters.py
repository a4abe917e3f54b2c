"""The incidents of an article: events that tell the same one are put together, however many sentences tell it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from transforms.context import Article, DateMention
from transforms.incidents.events import Event, events_in, readings_of
from transforms.incidents.lists import Lists
from transforms.incidents.nearby import HIDDEN
from transforms.incidents.reading import Reading, focus_of
from transforms.incidents.suspects import is_nameless, suspect
from transforms.parties import Party, parties_in
from transforms.text import hash_id

MEASURES = ("sanction", "tariff", "export_control")
_BLAMED_TYPES = ("cyberattack", "disinformation", "sabotage", "espionage", "attack", "other")
_ENTERING = frozenset(("airspace-violation", "encroach", "incursion", "intruded", "ships-presence"))  # one act, told in different words
_RESPONSE = re.compile(
    r"\b(?:summon\w*|condemn\w*|expel(?:led|s)?|retaliat\w*|respond(?:ed|s)?|in\sresponse|protest(?:ed|s)|denounc\w+|recall(?:ed|s))\b"
)
_SECURITY_FIRM = re.compile(
    r"\b(?:researchers?|security\s(?:firm|company)|cybersecurity\s(?:firm|company)|Microsoft|Google|Mandiant|CrowdStrike|Kaspersky|ESET|Volexity|analysts\sat)\b"
)


@dataclass(slots=True)
class Incident:
    """Events of one article that tell the same incident."""

    number: int
    incident_type: str
    told: list[Event] = field(default_factory=list)
    chosen: Event | None = None  # the best of them, once they are complete
    placed: list[Party] = field(default_factory=list)  # where it happened, from the page, if no sentence names a target's country

    @property
    def best(self) -> Event:
        """The event whose sentence of the body tells it best; of equals the first. Of the title, while only that tells it."""
        if self.chosen is not None:
            return self.chosen
        in_body = [e for e in self.told if e.sentence.field == "body"]
        return max(in_body or self.told, key=lambda e: (e.is_anchored, e.score, -e.sentence.index))

    @property
    def perpetrators(self) -> list[Party]:
        best = self.best  # another sentence tells who did it, unless it names those whom the best one tells as victims
        return best.perpetrators or next((e.perpetrators for e in self.told if e.perpetrators and not _overlap(e.perpetrators, best.targets)), [])

    @property
    def targets(self) -> list[Party]:
        doers = {p.iso3 or p.name for p in self.perpetrators}
        ranked = [self.best, *self.told]
        found = next((e.targets for e in ranked if any(p.iso3 for p in e.targets)), None)
        found = found or self.placed or next((e.targets for e in ranked if e.targets), [])
        kept = self.incident_type == "detention_or_expulsion" or self.placed
        others = [p for p in found if kept or (p.iso3 or p.name) not in doers or _OWN_PEOPLE.search(p.name)]
        return others or (self.best.targets if self.incident_type == "attack" else [])  # a state's forces against its own people

    @property
    def name(self) -> str | None:
        return self.best.name or next((e.name for e in self.told if e.name), None)

    @property
    def date(self) -> DateMention | None:
        return self.best.date or next((e.date for e in self.told if e.date), None)

    @property
    def location(self) -> str | None:
        """Where it happened: the target's country, for acts on the ground."""
        if self.incident_type in MEASURES:
            return None
        placed = next((e.location for e in (self.best, *self.told) if e.location), None)
        return placed.iso3 if placed else next((p.iso3 for p in self.targets if p.iso3), None)

    @property
    def responders(self) -> list[Party]:
        """Who condemned, summoned or expelled in a sentence that tells the incident."""
        acting = {p.iso3 or p.name for p in self.perpetrators}
        result: dict[str, Party] = {}
        for event in self.told:
            if event.incident_type in MEASURES:
                continue
            if response := _RESPONSE.search(event.sentence.lower):
                for party in parties_in(event.sentence, 0, response.start())[:2]:
                    if (party.iso3 or party.name) not in acting:
                        result.setdefault(party.iso3 or party.name, party)
        return list(result.values())

    def fit(self, event: Event) -> int | None:
        """How well an event fits this incident; None where it tells another."""
        if self._differs(event):
            return None
        known = [p for e in self.told for p in e.perpetrators]
        suffering = [p for e in self.told for p in e.targets]
        if not self._accepts(event, known, [p for p in suffering if p.iso3]):
            return None
        doers = _overlap(known, event.perpetrators)
        victims = _overlap(suffering, event.targets)
        near = min(abs(e.sentence.index - event.sentence.index) for e in self.told) <= 2
        dated = event.date is not None and any(e.date is not None and _when(e.date) == _when(event.date) for e in self.told)
        score = 2 * doers + 2 * victims + near + dated
        if not doers and not victims and event.perpetrators and event.targets and not event.is_definite:
            return None
        if not score and not event.is_definite and (event.perpetrators or any(p.iso3 for p in event.targets)):
            return None
        return score

    def _differs(self, event: Event) -> bool:
        """Whether the name, the kind, the day, the city or the turn of the text sets an event of the same type apart."""
        if _planned(self.told[0]) != _planned(event) or (event.name and self.name and event.name != self.name):
            return True
        if event.is_named and not any(event.targets[0].name in e.sentence.text for e in self.told):
            return True
        if event.incident_type == "other" and _kind(event) != _kind(self.told[0]):
            return True
        if event.incident_type in MEASURES and any(_imposed_apart(e, event) for e in self.told):
            return True
        if (
            event.incident_type in ("attack", *MEASURES)
            and (who := _persons(event))
            and any((p := _persons(e)) and p.isdisjoint(who) for e in self.told)
        ):
            return True
        if event.is_new or event.day:
            days = {e.day for e in self.told}
            if (event.is_new and not (event.day and event.day in days)) or (event.day and event.day not in days and days != {None}):
                return True
        if not event.cities or event.is_definite:
            return False
        cities = frozenset[str]().union(*(e.cities for e in self.told))
        return bool(cities) and cities.isdisjoint(event.cities)

    def _accepts(self, event: Event, known: list[Party], victims: list[Party]) -> bool:
        """Whether an event of the same type may tell this incident: neither parties nor dates nor certainty speak against it."""
        told_by = [p for p in event.targets if p.iso3]
        if not _compatible(known, event.perpetrators):
            return False
        if not _compatible(victims, told_by):
            return False
        if event.is_another and not (known and event.perpetrators and victims and told_by):
            return False
        if event.incident_type == "attack" and _is_plural(event) != _is_plural(self.told[0]) and event.perpetrators:
            return False
        if event.stance in ("denied", "hedged") and self.told[0].stance == "asserted" and event.perpetrators and all(_is_vague(p) for p in known):
            return False
        dates = {_when(e.date) for e in (*self.told, event) if e.date is not None} - {None}
        return len(dates) <= 1

    def attributions(self, key: str) -> Iterator[dict[str, Any]]:
        """Who blames whom: one row for each accuser and accused, from the sentence that says so."""
        if self.incident_type not in _BLAMED_TYPES:
            return
        seen: set[tuple[str | None, str]] = set()
        best = self.best
        ranked = [e for e in self.told if e.sentence.field == best.sentence.field]
        for event in sorted(ranked, key=lambda e: (e is not best, not e.is_blamed, -e.score, e.sentence.index)):
            accuser = event.accusers[0] if event.accusers else None
            for accused in event.perpetrators[:6]:
                who = (accuser.iso3 or accuser.name if accuser else None, accused.iso3 or accused.name)
                if (
                    who in seen
                    or (accuser is None and any(s[1] == who[1] for s in seen))
                    or (event is not best and event.stance != best.stance and event.stance == "hedged")
                ):
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
                    "basis": self._basis(event, accuser),
                    "initiator_category": _category(accused),
                    "quote": sentence.text,
                    "start_char": sentence.start,
                    "end_char": sentence.end,
                }

    def _basis(self, event: Event, accuser: Party | None) -> str:
        if event.stance == "denied":
            return "contested"
        if "claimed responsibility" in event.sentence.text or "claimed by" in event.sentence.text:
            return "attacker_confirms"
        if accuser is None:
            return "it_security_community" if _SECURITY_FIRM.search(event.sentence.text) else "media"
        if accuser.name.startswith("European") or accuser.name in ("Europol", "ENISA", "CERT-EU"):
            return "eu_institution"
        if accuser.party_type == "organisation" and accuser.iso3 is None:
            return "international_organisation"
        return "receiver_government" if accuser.iso3 in {p.iso3 for p in self.targets} else "third_party"


def incidents(article: Article, candidates: list[int], lists: Lists, family: str) -> list[Incident]:
    """The incidents of an article, told in the sentences `candidates`, in the order in which it first tells them. What no sentence anchors (who, whom,
    where or when) is no incident."""
    readings = readings_of(article, candidates, lists, family)
    if not readings:
        return []
    found: list[Incident] = []
    focus = focus_of(article)
    told = events_in(article, readings, lists, focus[0] if focus else None)
    for event in sorted(told, key=lambda e: not e.is_anchored):
        fits = [(fit, i.number) for i in found if i.incident_type == event.incident_type and (fit := i.fit(event)) is not None]
        home = found[max(fits)[1]] if fits else None
        if home is not None:
            home.told.append(event)
        elif event.is_anchored:
            found.append(Incident(len(found), event.incident_type, [event]))
    if any(s.field == "body" for s in article.sentences):  # a teaser is its title; the title of a story only supports what its body tells
        found = [i for i in found if any(e.sentence.field == "body" for e in i.told)]
    for incident in found:
        incident.chosen = incident.best
        incident.told.sort(key=lambda e: (e.sentence.index, e.at))
    found.sort(key=lambda i: (i.told[0].sentence.index, i.told[0].at))
    _suspect(found, article, readings)
    for incident in found:
        _place(incident, focus, lists, [e for i in found for e in i.told])
    return [i for i in found if i.perpetrators or i.targets]


def _suspect(found: list[Incident], article: Article, readings: list[Reading]) -> None:
    """Gives hackers without a name the state to which the article ties them."""
    unknown = [
        i
        for i in found
        if i.incident_type in ("cyberattack", "espionage") and i.perpetrators and all(is_nameless(p, i.best.sentence.lower) for p in i.perpetrators)
    ]
    if unknown and (state := suspect(article, readings)) is not None:
        for incident in unknown:
            incident.best.perpetrators = [Party("group", state.iso3, None, p.name) for p in incident.perpetrators]


_SENT_AWAY = frozenset(("deport", "expulsion", "non-grata", "ordered-out"))  # who is expelled belongs to another country
_WORLD = re.compile(r"\b(?:worldwide|global\w*|around the world|across the world|international\w*|allies|other countries)\b", re.IGNORECASE)
_OWN_PEOPLE = re.compile(
    r"\b(?:activists?|bloggers?|citizens|civilians|critics|demonstrators|dissidents|journalists?|lawyers?|opposition|protesters|reporters?|residents|villagers)\b"
)
_DOMESTIC = re.compile(
    r"\b(?:coup|own\s(?:people|citizens)|protest\w*|demonstrat\w*|dissidents?|unrest|opposition|crackdown|activists|lawmakers?|senators?)\b",
    re.IGNORECASE,
)


def _place(incident: Incident, focus: list[Party], lists: Lists, told: list[Event]) -> None:
    """Gives an act of which no sentence names the target's country the first country of which the article speaks that is no perpetrator."""
    if not focus:
        return
    if any(p.iso3 for e in incident.told for p in e.targets):
        if incident.best.rule.rule_id in ("arrest", "detention", "custody") and not incident.perpetrators:
            held = {p.iso3 for p in incident.best.targets}  # "a Chinese man was arrested in Poland"
            here = next((e.location for e in incident.told if e.location and e.location.iso3 not in held), None)
            who = here or focus[0]
            incident.best.perpetrators = [Party("state", who.iso3, None, who.name)]
        return
    if incident.incident_type == "tariff" and incident.best.realis == "actual":
        return
    doers = {p.iso3 for p in incident.perpetrators}
    if incident.incident_type == "detention_or_expulsion":
        home = next((p for p in incident.perpetrators if p.iso3), focus[0])
        if incident.best.rule.rule_id not in _SENT_AWAY or "extradit" in incident.best.sentence.text:
            incident.placed = [home]
        if not incident.perpetrators:
            incident.best.perpetrators = [home]
        return
    if (
        incident.incident_type in ("attack", *HIDDEN, *MEASURES)
        or incident.best.rule.rule_id in _ENTERING
        or (incident.best.rule.rule_id == "coup" and not incident.targets)
    ):
        if any(
            p.party_type == "group" and (lists.groups.get(p.name.lower().split()[-1], "kind") != "kind" or lists.is_actor(p.name))
            for p in incident.best.targets
        ):
            return  # fighters are no country's
        accuser = next((a for e in incident.told for a in e.accusers if a.iso3 and a.iso3 not in doers), None)
        if accuser and incident.incident_type != "attack" and not any(_WORLD.search(e.sentence.text) for e in incident.told):
            # who attributes an act is mostly who suffered it
            incident.placed = [next((p for p in focus if p.iso3 == accuser.iso3), Party("state", accuser.iso3, None, accuser.name))]
            return
        beside = next((e.bystander for e in (incident.best, *incident.told) if e.bystander and e.bystander.iso3 not in doers), None)
        if beside is not None:
            incident.placed = [beside]
            return
        if incident.incident_type == "cyberattack" and incident.perpetrators and not incident.targets:
            return
        near = (*incident.told, *(e for e in told if e.incident_type == incident.incident_type and e.realis != "planned"))
        located = next((e.location for e in near if e.location), None)
        if located is not None and located.iso3 not in doers and incident.incident_type not in MEASURES:
            incident.placed = [located]
            return
        if (
            incident.incident_type in ("attack", "espionage")
            and focus[0].iso3 in doers
            and any(_DOMESTIC.search(e.sentence.text) for e in incident.told)
        ):
            incident.placed = focus[:1]
            return
        elsewhere = {p.iso3 for e in told for p in e.perpetrators if e.incident_type == incident.incident_type}
        others = [p for p in focus[:3] if p.iso3 not in doers]
        if incident.incident_type == "cyberattack" and not incident.perpetrators:
            others = [p for p in others if p.iso3 not in elsewhere] or others
        incident.placed = others[:1]


def _kind(event: Event) -> str:
    """Of what kind an act of type "other" is."""
    if event.rule.rule_id in _ENTERING:
        return "entering"
    return event.rule.frame if event.rule.frame in ("support", "ties") else event.rule.rule_id


def _is_plural(event: Event) -> bool:
    """Whether the words speak of several acts ("attacks"): then they tell a campaign."""
    return event.rule.frame == "noun" and event.sentence.text[event.at : event.end].rstrip().lower().endswith("s")


def _planned(event: Event) -> bool:
    return event.realis in ("threatened", "planned")


def _persons(event: Event) -> frozenset[str]:
    """The names of a person who suffered an act, where the sentence names one and no country."""
    if len(event.targets) != 1 or event.targets[0].iso3 or event.targets[0].name.endswith("s"):
        return frozenset()
    words = event.targets[0].name.split()
    return frozenset(w for w in words if w.isalpha() and w[:1].isupper()) if words and words[0][:1].isupper() else frozenset()


def _imposed_apart(a: Event, b: Event) -> bool:
    """Whether two states imposed measures in different months: two measures, also where a third sentence names both states."""
    if a.date is None or b.date is None or not a.date.edtf or not b.date.edtf or not a.perpetrators or not b.perpetrators:
        return False
    return a.date.edtf[:7] != b.date.edtf[:7] and not _overlap(a.perpetrators, b.perpetrators)


_DISTANT = re.compile(r"\b(?:ago|last|earlier)\b", re.IGNORECASE)


def _when(date: DateMention | None) -> str | None:
    """What of a date can tell two incidents apart: its year, else its month and day, else a distance in time."""
    if date is None or date.relation in ("since", "until"):
        return None
    if date.edtf is not None:
        return date.edtf[:4] if not date.edtf.startswith("X") else date.edtf[:7]
    return date.text.lower() if _DISTANT.search(date.text) else None


def _compatible(a: list[Party], b: list[Party]) -> bool:
    """Whether two lists may name the same: they share a party, one is empty, or one knows only "gunmen" where the other names a group."""
    if not a or not b or _overlap(a, b):
        return True
    return (all(_is_vague(p) for p in a) and any(p.party_type == "group" for p in b)) or (
        all(_is_vague(p) for p in b) and any(p.party_type == "group" for p in a)
    )


def _overlap(a: list[Party], b: list[Party]) -> bool:
    return bool({p.iso3 or p.name for p in a} & {p.iso3 or p.name for p in b})


def _is_vague(party: Party) -> bool:
    """A group known by a common noun only."""
    return party.party_type == "group" and party.iso3 is None and not any(c.isupper() for c in party.name[1:])


def _category(accused: Party) -> str:
    if accused.party_type in ("state", "person"):
        return "state"
    if accused.party_type == "organisation":
        return "state" if accused.iso3 else "unknown"
    return "non_state_state_affiliated" if accused.iso3 else "non_state_group"
