"""Hostile acts in one sentence: which words tell one, who did it, to whom, and how sure the sentence is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from transforms.clauses import clause_before
from transforms.context import DateMention, Mention, Sentence
from transforms.incidents.rules import Lists, Rule
from transforms.parties import Party, parties_in, resolve, speakers


@dataclass(slots=True)
class Event:
    """A hostile act as one sentence tells it."""

    sentence: Sentence
    rule: Rule
    start: int
    end: int
    perpetrators: list[Party] = field(default_factory=list)
    targets: list[Party] = field(default_factory=list)
    realis: str = "actual"
    stance: str = "asserted"
    hedge_cue: str | None = None
    attributing: Party | None = None
    is_attributed: bool = False
    name: str | None = None
    date: DateMention | None = None
    is_another: bool = False  # the words set it apart: another, a similar, an earlier one
    is_anchored: bool = False  # the sentence itself names a party or a verb of doing
    incident_type: str = ""

    def __post_init__(self) -> None:
        self.incident_type = self.rule.incident_type

    @property
    def score(self) -> float:
        """How well the sentence tells the incident: event words, parties, date."""
        return (
            self.rule.weight
            + 2 * bool(self.perpetrators)
            + 2 * bool(self.targets)
            + bool(self.date)
            + 0.5 * bool(self.name)
            + 0.5 * self.is_attributed
        )


# ---- what is no event
_GENERIC_BEFORE = re.compile(
    r"\b(?:risks?\sof|threats?\sof|danger\sof|possibilit(?:y|ies)\sof|prevent(?:s|ed|ing)?|counter(?:s|ed|ing)?|combat(?:s|ting)?|tackl(?:e|ing)|deter(?:s|ring)?"
    r"|protect\w*\s(?:\w+\s){0,4}?(?:against|from)|defen[dcs]\w*\s(?:\w+\s){0,3}?(?:against|from)|resilien\w+\s(?:to|against)|(?:fight|war|struggle|measures|action)\sagainst"
    r"|respond\w*\sto|vulnerab\w+\sto|stop|end|ending|halt|avoid|future|potential|possible|any|further|more|new\stypes\sof|kinds?\sof|forms?\sof|types?\sof|such"
    r"|lift(?:s|ed|ing)?|eas(?:e|ed|ing)|evad\w+|circumvent\w*|bypass\w*|relief\sfrom|scope\sof|called\sfor|call\sfor|support\sfor|free\sfrom|in\scase\sof|anti-?|intention\sto\s\w+|undertake|no|not|never|without|accept|tolerate)\s(?:the\s|an?\s|its\s|their\s|all\s|of\s)?(?:[\w-]+\s){0,2}$",
    re.IGNORECASE,
)
_CRITICISM = re.compile(
    r"\battacked\s(?:the\s)?(?:[\w’'.-]+\s){0,5}?(?:newspaper|media|press|critics?|plan|decision|report|ruling|article|interview|record|policy|journal)",
    re.IGNORECASE,
)
_GENERIC_AFTER = re.compile(
    r"^\s(?:relief|regime|evasion|policy|laws?|risks?|prevention|preparedness|defen[cs]e|threats?|insurance|awareness|victims)\b", re.IGNORECASE
)
_COURT = re.compile(r"\b(?:court|judge|trial|prosecutors?|lawsuit|appeal|indict\w+|verdict|pleaded|sentenced)\b", re.IGNORECASE)
_POLITICAL_DETAINEE = re.compile(
    r"\b(?:journalists?|reporters?|diplomats?|ambassadors?|attach[eé]s?|opposition|activists?|protesters?|demonstrators?|sp(?:y|ies|ying)|espionage|ministers?"
    r"|presidents?|leaders?|politicians?|critics?|dissidents?|nationals?|foreign\w*|agents?|officers?|aid\sworkers?|embassy|bloggers?|lawmakers?|mayors?"
    r"|terror\w*|militants?|suspect\w*|migrants?|teen\w*|hackers?|persona)\b",
    re.IGNORECASE,
)

# ---- how sure the sentence is
_DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut(?:es|ed|ing))\b(?=[^.;]{0,60}\b(?:alleg\w+|accus\w+|claims?|charges?|involve\w+|responsib\w+"
    r"|report|any\srole|having|being|that)\b)|\b(?:baseless|groundless|unfounded)\b|\bden(?:y|ies|ied)\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:alleged(?:ly)?|alleges?|allegations?|accus(?:ed|es|ing|ations?)|suspect(?:s|ed)?|suspicions?|believed\sto|thought\sto|reportedly|apparent(?:ly)?|purported(?:ly)?"
    r"|may\shave|might\shave|could\shave|possibly|likely|presumabl[ey]|appears?\sto|is\ssaid\sto|are\ssaid\sto|unconfirmed|unverified|claims?\sthat|reliable\sinformation)\b",
    re.IGNORECASE,
)
_THREAT = re.compile(r"\bthreat(?:en|ens|ened|ening)\b|\bvow(?:s|ed)\b|\bwarn(?:s|ed)?\b(?=[^.]{0,60}\b(?:will|would|could)\b)", re.IGNORECASE)
_PLAN = re.compile(
    r"\b(?:will|would|plan(?:s|ned|ning)?|consider(?:s|ed|ing)?|propos(?:e|es|ed|ing)|prepar(?:e|es|ed|ing)|intend(?:s|ed)?|commit\w*|agree(?:s|d)?\sto|to\s(?:impose|increase|raise"
    r"|expel|reimpose|extend|introduce)|if|expected\sto|mull(?:s|ed|ing)?|weigh(?:s|ed|ing)?|announc(?:e|es|ed)\splans|including\sreimposing)\b",
    re.IGNORECASE,
)
_ATTEMPT = re.compile(
    r"\b(?:attempt(?:s|ed|ing)?|tried\sto|trying\sto|foiled|thwarted|failed\sto|prevented|repelled|averted|plott?(?:ed|ing)?)\b", re.IGNORECASE
)

# ---- who is blamed by whom
_BLAME = (
    re.compile(
        r"\b(?P<cue>blam(?:ed|es|ing)|accus(?:ed|es|ing)|suspect(?:s|ed)|charg(?:ed|es))\s(?!for\b|of\b|on\b|by\b|in\b|with\b)(?P<who>[^.;]{2,90}?)\s(?:for|of|with|over)\b",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?P<cue>hold(?:s|ing)?|held)\s(?P<who>[^.;]{2,60}?)\sresponsible\b", re.IGNORECASE),
    re.compile(
        r"\b(?P<cue>attribut(?:ed|es|ing|able)|attribution|pinned|link(?:ed|s)|trac(?:ed|es)|tied|blamed)\b[^.;]{0,90}?\s(?:to|on)\s(?P<who>(?:the\s)?[^.;,]{2,140})",
        re.IGNORECASE,
    ),
    re.compile(r"(?P<who>[A-Z][^.;,]{1,60}?)\s(?:was|were|is|are)\s(?P<cue>behind|responsible\sfor|to\sblame)\b"),
    re.compile(
        r"\b(?P<cue>(?:on\sbehalf|at\sthe\sbehest|in\sthe\spay|in\sthe\sservice)\sof|working\sfor|work\sfor|acting\sfor)\s(?P<who>(?:the\s)?[^.;,]{2,80})",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?P<cue>responsibility)\b[^.;]{0,60}?\b(?:claimed\sby|lies\swith|of|by)\s(?P<who>(?:the\s)?[^.;,]{2,80})", re.IGNORECASE),
    re.compile(
        r"\b(?P<cue>backed|supported|sponsored|directed|orchestrated|ordered|run|coordinated|financed|funded)\sby\s(?P<who>(?:the\s)?[^.;,]{2,80})",
        re.IGNORECASE,
    ),
)
_CLAIM = re.compile(r"(?P<who>[A-Z][^.;]{1,60}?)(?:,[^,;.]{2,80},)?\s(?:has\s|have\s)?(?:claimed|claims|claiming)\sresponsibility\b")
_LINKED = re.compile(r"^[’'s]*[\s-](?:based\s)?(?:linked|backed|sponsored|affiliated|aligned|supported|nexus|directed|speaking|run)\b", re.IGNORECASE)
_PRO = re.compile(r"\bpro-$", re.IGNORECASE)
_DOER = re.compile(
    r"\b(?:launch\w*|carr(?:y|ied|ying)\sout|conduct\w*|orchestrat\w+|wag(?:e|ed|ing)|mount(?:ed|ing)|perpetrat\w+|stag(?:ed|ing)|commit(?:ted|ting)|intensif\w+|claimed|impos\w+|levied"
    r"|announc\w+|slap\w*|unveil\w*|approv\w+|adopt\w+|introduc\w+|expand\w*|extend\w*|issu(?:ed|es|ing)|plac(?:ed|es)|threaten\w*|participat\w+\sin|wield\w*|use[sd]?|turned\sto"
    r"|sign\w*|retaliat\w+)\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are|got)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:so-called\s|the\s(?=[“\"‘'][^”\"’']{2,40}[”\"’']\s(?:cyber|attack|campaign|operation|ransomware|malware|virus|worm))|known\sas\s|dubbed\s|called\s|codenamed\s|campaign\s|operation\s|Operation\s)[“\"‘'](?P<name>[A-Z][^”\"’']{2,40}?),?[”\"’']|\b(?P<operation>Operation\s[A-Z]\w+(?:\s[A-Z]\w+)?)"
)


_INDEFINITE = re.compile(r"\b(?:an?|any|of)\s(?:[\w-]+\s)?$", re.IGNORECASE)
_NEW_CLAUSE = re.compile(r"[;,]|\b(?:while|whereas|and|but)\b")
_ANOTHER = re.compile(
    r"\b(?:another|similar|separate(?:ly)?|previous(?:ly)?|earlier|past|(?:two|three|four|several|many)\sother|the\s(?:single\s)?biggest|anniversary)\b",
    re.IGNORECASE,
)


def events(sentence: Sentence, lists: Lists) -> Iterator[Event]:
    """The hostile acts that a sentence tells, at most one of each type, in the order of the rules."""
    text = sentence.text
    seen: dict[str, Event] = {}
    actors = _actors(sentence, lists)
    blame = _blame(sentence, actors)
    for rule in lists.rules:
        for match in rule.pattern.finditer(text):
            first = seen.get(rule.incident_type)
            if _is_generic(text, match, rule) or (
                first is not None and (rule.voice != "measure" or not _NEW_CLAUSE.search(text, first.end, match.start()))
            ):
                continue
            event = Event(sentence, rule, match.start(), match.end())
            event.is_anchored = rule.voice == "measure" and _DOER.search(text, max(0, match.start() - 90), match.start()) is not None
            event.perpetrators, event.targets = _parties(event, actors)
            if blame is not None and rule.voice not in ("measure", "custody"):
                event.attributing, event.perpetrators = blame
                event.targets = [t for t in event.targets if not _same(t, event.perpetrators)]
                event.is_attributed = True
                if (
                    not event.targets
                    and event.attributing is not None
                    and event.attributing.iso3
                    and not _same(event.attributing, event.perpetrators)
                ):
                    event.targets = [Party("state", event.attributing.iso3, None, event.attributing.name)]  # authorities speak of their own country
            event.is_anchored |= bool(event.perpetrators or event.targets)
            if rule.incident_type == "export_control" and not event.targets:
                continue
            if not event.is_anchored and (rule.voice == "measure" or rule.incident_type == "other" or _INDEFINITE.search(text, 0, match.start())):
                continue
            if first is not None and (not event.perpetrators or _same(event.perpetrators[0], first.perpetrators)):
                continue
            _judge(event)
            event.is_another = _ANOTHER.search(text, max(0, match.start() - 70), match.end() + 30) is not None
            event.name = _name(text, match)
            event.date = _date(sentence, match)
            seen[rule.incident_type] = event
            yield event


def _is_generic(text: str, match: re.Match[str], rule: Rule) -> bool:
    if _GENERIC_AFTER.match(text, match.end()) or _GENERIC_BEFORE.search(text, max(0, match.start() - 50), match.start()):
        return True
    if _CRITICISM.match(text, match.start()):
        return True
    if rule.voice == "custody" and rule.incident_type == "detention_or_expulsion":
        return _POLITICAL_DETAINEE.search(text) is None
    return False


def _actors(sentence: Sentence, lists: Lists) -> list[tuple[int, int, Party]]:
    """Known groups in a sentence, with the state to which they are tied."""
    found = []
    for match in lists.aliases.finditer(sentence.text):
        actor = lists.actors[match[0]]
        kind = "organisation" if actor.category == "state" else "group"
        found.append((match.start(), match.end(), Party(kind, actor.iso3, None, actor.name)))
    return found


def _all(sentence: Sentence, start: int, end: int, actors: list[tuple[int, int, Party]]) -> list[Party]:
    """Everybody named between two offsets, adjectives and organs included: states, groups, organisations; persons stand for their state."""
    found: dict[str, tuple[int, Party]] = {}
    for begin, stop, party in actors:
        if start <= begin and stop <= end:
            found.setdefault(party.iso3 or party.name, (begin, party))
    for m in sentence.mentions:
        if m.start < start or m.end > end:
            continue
        if m.kind == "country" and any(o.kind == "organisation" and o.start <= m.start < o.end and o.iso3 is None for o in sentence.mentions):
            continue
        if _NO_PARTY.match(sentence.text, m.end):
            continue
        party = _as_party(m)
        found.setdefault(party.iso3 or party.name, (m.start, party))
    return [party for _, party in sorted(found.values(), key=lambda x: x[0])]


_NO_PARTY = re.compile(r"-(?:designated|made|born|educated|listed|registered|style|built|bound|trained|designed)\b")


def _as_party(m: Mention) -> Party:
    if m.kind == "minister":
        return Party("person", m.iso3, m.person_key, m.name or m.surface)
    if m.kind == "organisation":
        return Party("organisation", m.iso3, None, m.name or m.surface)
    return Party("state", m.iso3, None, m.surface)


def _same(party: Party, others: Iterable[Party]) -> bool:
    return any((party.iso3 or party.name) == (o.iso3 or o.name) for o in others)


def _blame(sentence: Sentence, actors: list[tuple[int, int, Party]]) -> tuple[Party | None, list[Party]] | None:
    """Who blames whom in a sentence: the accuser, if named, and the accused; None where nobody is blamed."""
    text = sentence.text
    if match := _CLAIM.search(text):
        claimed = _all(sentence, match.start("who"), match.end("who"), actors)
        if claimed:
            return claimed[0], claimed[:1]
    for pattern in _BLAME:
        for match in pattern.finditer(text):
            accused = _all(sentence, match.start("who"), match.end("who"), actors)
            if not accused:
                continue
            start, end = clause_before(text, match.start("cue"))
            accuser = [p for p in _all(sentence, start, end, actors) if not _same(p, accused)]
            if not accuser:
                accuser = [p for p in parties_in(sentence, 0, match.start("cue")) if not _same(p, accused)]
            return (accuser[0] if accuser else None), accused[:3]
    return None


def _parties(event: Event, actors: list[tuple[int, int, Party]]) -> tuple[list[Party], list[Party]]:
    """Who did it and to whom, as the voice of the rule has it."""
    sentence, rule = event.sentence, event.rule
    text, start, end = sentence.text, event.start, event.end
    words = text[start:end].lower()
    clause, _ = clause_before(text, start)
    passive = _PASSIVE.search(text, max(0, start - 30), start) is not None or words.startswith("came under")
    before = _before(sentence, start, actors)
    by_whom = _by(sentence, end, actors)
    on_whom = [] if rule.voice == "verb" else _on(sentence, start, end, actors)
    if rule.rule_id == "plot":  # who breaks it up is its target
        return [], resolve(sentence, clause, start) or _all(sentence, clause, start, actors)[:1] or on_whom
    if rule.incident_type == "espionage" and (served := _FOR.search(text, start, min(len(text), end + 60))):
        masters = _all(sentence, served.end(), min(len(text), served.end() + 50), actors)[:1]
        if masters:
            return masters, [p for p in on_whom if not _same(p, masters)]
    if rule.voice == "measure":
        doers = before or ([] if passive else _doer(sentence, clause, start, actors)) or by_whom
        if words.split()[0] in ("barred", "banned"):
            doers, on_whom = resolve(sentence, clause, start), _all(sentence, start, end, actors)
        elif passive and not on_whom:
            on_whom = resolve(sentence, clause, start) or _all(sentence, clause, start, actors)
        elif not on_whom and words in ("sanctioned", "sanctions", "blacklisted"):
            on_whom = _all(sentence, end, min(len(text), end + 110), actors)
        if not doers and _WE.search(text, 0, start):
            doers = speakers(sentence, start)
        if not doers and event.is_anchored:
            doers = [p for p in parties_in(sentence, 0, len(text)) if not _same(p, on_whom)][:1]
        doers = doers or [p for p in resolve(sentence, clause, start) if not _same(p, on_whom)]
        return _pair(doers, on_whom)
    subject = resolve(sentence, clause, start) or _all(sentence, clause, start, actors)
    active_custody = rule.voice == "custody" and not passive and not words.startswith(("expulsion", "deport", "detention", "arrest of"))
    if rule.voice == "verb" or active_custody:
        objects = _all(sentence, end, min(len(text), end + 110), actors)
        if passive:
            return _pair(by_whom, subject or objects)
        return _pair(before or subject, objects)
    if rule.voice == "agent":
        doers = before or [p for b, e, p in actors if b >= start - 60 and e <= end + 80] or by_whom
        return _pair(doers, _all(sentence, end, min(len(text), end + 170), actors))
    doers = before or by_whom or _doer(sentence, clause, start, actors)
    return _pair(doers, on_whom or (subject if rule.voice == "custody" else []))


def _pair(doers: list[Party], victims: list[Party]) -> tuple[list[Party], list[Party]]:
    return doers[:12], [p for p in victims if not _same(p, doers)][:12]


_WE = re.compile(r"\bwe\b", re.IGNORECASE)
_FOR = re.compile(r"\b(?:for|on\sbehalf\sof)\s(?:the\s)?", re.IGNORECASE)
_BY = re.compile(r"[^.;]{0,50}?\b(?:by|from)\s(?P<who>(?:the\s|an?\s)?[^.;,]{2,70})", re.IGNORECASE)
_GROUP = re.compile(
    r"(?:the\s|an?\s)?(?P<name>(?:[\w’'-]+\s){0,3}(?:loyalists?|militants?|rebels?|gunmen|insurgents?|separatists?|extremists?|jihadists?|fighters|hackers|hacktivists"
    r"|militias?|gangs?|bandits|pirates|terrorists?|forces))\b",
    re.IGNORECASE,
)


def _by(sentence: Sentence, end: int, actors: list[tuple[int, int, Party]]) -> list[Party]:
    """Whom "by" or "from" names behind the event: states and known groups, else armed people as the sentence calls them."""
    match = _BY.match(sentence.text, end)
    if match is None:
        return []
    found = _all(sentence, match.start("who"), match.end("who"), actors)
    group = _GROUP.match(sentence.text, match.start("who"))
    if not found and group:
        return [Party("group", None, None, group["name"])]
    return found


_ON = re.compile(
    r"\b(?:on|against|at|in|targeting|targeted|targets|target|hit|hitting|hits|struck|of|over|into|across|near|outside|disrupt\w*|crippl\w+)\s(?P<whom>[^.;]{2,110})",
    re.IGNORECASE,
)
_ON_BEFORE = re.compile(r"\b(?:against|on|targeting|target|targeted|hit|punish|isolat\w+)\s(?P<whom>[^.;]{2,90})$", re.IGNORECASE)
_STOP = re.compile(r"\b(?:that|which|who|for|over|after|as|unless|while|because|by|since|when|to)\b|,\s(?:in|on|as)\b", re.IGNORECASE)


def _on(sentence: Sentence, start: int, end: int, actors: list[tuple[int, int, Party]]) -> list[Party]:
    """Whom "on", "against" or "targeting" names behind the event, up to the next clause; else, for a measure, before it."""
    text = sentence.text
    match = _ON.search(text, end, min(len(text), end + 130))
    while match is not None:
        stop = _STOP.search(text, match.start("whom"), match.end("whom"))
        found = _all(sentence, match.start("whom"), stop.start() if stop else match.end("whom"), actors)
        if found:
            return found
        match = _ON.search(text, match.start("whom"), min(len(text), end + 130))
    earlier = _ON_BEFORE.search(text, max(0, start - 120), start)
    return _all(sentence, earlier.start("whom"), earlier.end("whom"), actors)[:2] if earlier else []


_LIST = re.compile(r"\s?(?:,|\sand|/|-)\s?(?:the\s)?")


def _before(sentence: Sentence, start: int, actors: list[tuple[int, int, Party]]) -> list[Party]:
    """Who stands right before the word as adjective, possessor or with -backed: "Russian hackers", "China's attacks", "U.S. and EU sanctions",
    "Iran-backed militia"."""
    text = sentence.text
    for begin, stop, party in reversed(actors):
        if begin < start and start - stop <= 25 and re.fullmatch(r"[’'s]{0,2}[\s,”\"]*(?:[\w-]+\s){0,2}", text[stop:start]):
            return [party]
    found: list[Party] = []
    limit = start
    for m in sorted(sentence.mentions, key=lambda x: -x.end):
        if m.end > limit or limit - m.end > 60:
            continue
        between = text[m.end : limit]
        if found:
            if _LIST.fullmatch(between) is None:
                break
        elif _LINKED.match(between) or _PRO.search(text, max(0, m.start - 4), m.start):
            return [Party("group", m.iso3, None, text[m.start : start].strip() or m.surface)]
        elif re.fullmatch(r"['’]s?\s(?:[\w-]+\s){0,5}", between) is None and (
            m.kind == "minister"
            or m.detail in ("name", "capital")
            or re.fullmatch(r"\s(?:[\w-]+\s){0,3}", between) is None
            or re.search(r"\b(?:on|in|of|against|to|for|by|and|at|with|from)\b", between) is not None
        ):
            continue
        found.insert(0, _as_party(m))
        limit = m.start
    return found


def _doer(sentence: Sentence, clause: int, start: int, actors: list[tuple[int, int, Party]]) -> list[Party]:
    """The subject of the verb that carries the noun: "X launched", "X imposed"."""
    text = sentence.text
    verbs = list(_DOER.finditer(text, clause, start)) or list(_DOER.finditer(text, max(0, start - 140), start))
    for verb in reversed(verbs):
        begin, end = clause_before(text, verb.start())
        found = resolve(sentence, begin, end) or _all(sentence, begin, end, actors)
        if found:
            return found
    return []


def _judge(event: Event) -> None:
    """Realis and stance, from the words around the event."""
    text = event.sentence.text
    near = text[max(0, event.start - 120) : event.end + 60]
    before = text[max(0, event.start - 90) : event.start]
    if match := _DENIAL.search(text):
        event.stance, event.realis, event.hedge_cue = "denied", "denied", match[0]
    elif event.rule.voice == "measure" and (match := _THREAT.search(text, 0, event.end + 40)):
        event.stance, event.realis, event.hedge_cue = "hedged", "threatened", match[0]
    elif event.rule.voice == "measure" and (match := _PLAN.search(before)):
        event.stance, event.realis, event.hedge_cue = "hedged", "planned", match[0]
    elif match := _HEDGE.search(near):
        event.stance, event.realis, event.hedge_cue = "hedged", "alleged", match[0]
    elif event.rule.rule_id == "plot" or _ATTEMPT.search(before[-40:]):
        event.realis = "attempted"


def _name(text: str, match: re.Match[str]) -> str | None:
    found = _NAMED.search(text)
    return (found["name"] or found["operation"]) if found and abs(found.start() - match.start()) < 120 else None


def _date(sentence: Sentence, match: re.Match[str]) -> DateMention | None:
    """The date nearest to the event's words."""
    return min(sentence.dates, key=lambda d: min(abs(d.start - match.end()), abs(match.start() - d.end)), default=None)
