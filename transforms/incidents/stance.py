"""How sure a sentence is of an act, and who blames whom for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from transforms.incidents.objects import as_victim, object_parties, same
from transforms.incidents.reading import BE, HAVE, MODALS, Entity, Reading, is_private
from transforms.incidents.subjects import subject
from transforms.parties import Party

_DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut(?:es|ed|ing)|rebuff(?:s|ed))\s(?:\w+\s)?(?:[\w’'-]+\s){0,4}?(?:alleg\w+|accus\w+|claims?\b|charges?"
    r"|involve\w+|responsib\w+|reports?\b|role|link\w*|having|being|that|any\s(?:involve|role|link|connect|wrong|responsib|know|part)|behind|carrying|wrongdoing)"
    r"|\b(?:baseless|groundless|unfounded|fabricated)\b|[—–-]\s(?:which|a\scharge|something|accusations|claims|allegations)\s(?:that\s)?[\w\s]{0,20}\bden(?:y|ies|ied)\b"
    r"|\bhas\sdenied\b|\bdenies\b"
)
_HEDGE = re.compile(
    r"\b(?:alleged(?:ly)?|alleges?|allegations?|reportedly|suspect(?:s|ed|ing)?|suspicions?|believed\sto|believed\sby|thought\sto|apparent(?:ly)?|purported(?:ly)?|supposedly"
    r"|presum(?:ed|ably)|may\shave|might\shave|could\shave|possibly|probably|appears?\sto|appeared\sto|(?:is|are|was|were)\ssaid\sto|unconfirmed|unverified|rumou?red|reliable\sinformation"
    r"|claim(?:s|ed|ing)?\s(?:to\shave|that\s(?:it|they)\s(?:ha[sd]|have))|hints?\sat|likely\s(?:the\swork|behind|carried|caused|responsible|stole|targeted|by))\b"
)
_HEDGE_AFTER = re.compile(
    r"\b(?:allegedly|reportedly|likely\s(?:the\swork|carried|by)|(?:is|are|was|were)\s(?:believed|thought|suspected|said)\sto|may\shave|reliable\sinformation)\b"
)
_ACCUSED = re.compile(r"\b(?:accus(?:e|es|ed|ing|ations?)|point(?:s|ed|ing)?\s(?:a|the|his|her|their)?\s?fingers?)\b")
_LAST_CLAUSE = re.compile(r"[;:“”\"]|\b(?:after|while|because|since|but|which|who|unless)\b|,\s(?:and|but)\b")
_IMPOSING = (
    r"(?:re?-?impos\w*|introduc\w*|increas\w*|rais\w*|hik\w*|lev(?:y|ying|ied)|plac\w*|put\w*|slap\w*|add\w*|adopt\w*|announc\w*|expand\w*|extend\w*|tighten\w*|appl\w*|expel\w*|arrest\w*"
    r"|deport\w*|detain\w*|hit\w*|target\w*|order\w*|approv\w*|use|seek\w*|fac\w*|step\w*|ensur\w*|employ\w*|tak\w*|launch\w*|issu\w*|prepar\w*|freez\w*|bar\w*|ban\w*"
    r"|remov\w*|broaden\w*|toughen\w*|strengthen\w*|prohibit\w*|restrict\w*|impose|double\w*|impact\w*)"
)
_THREATENED = re.compile(r"\b(?P<cue>threat(?:en|ens|ened|ening|s)?|vow(?:s|ed|ing)?|warn(?:s|ed|ing)?\s(?:of|that|it)|ultimatum)\b[^;]{0,110}$")
_PLANNED = re.compile(
    r"\b(?P<cue>will|would|shall|could|may(?!\s\d)|might|can|(?:is|are|was|were)\s(?:set\s|due\s|about\s|expected\s)?to|going\sto|plan(?:s|ned|ning)?\s?(?:to)?|agreed?\sto"
    r"|commit(?:s|ted|ting)?\sto"
    r"|pledg\w+\sto|promis\w+\sto|prepared\sto|ready\sto|want(?:s|ed)?\sto|intend(?:s|ed)?\sto|seek(?:s|ing)?\sto|propos(?:e|es|ed|ing)\sto|resolved\sto|continue\sto|(?:legislation|bill|law|resolution|proposal|plans?|order)\s(?:to|that\s(?:will|would)))\s(?:[\w’'-]+\s){0,6}?"
    + _IMPOSING
    + r"\b[^;]{0,90}$|\b(?P<bare>consider(?:s|ed|ing)?|mull(?:s|ed|ing)?|weigh(?:s|ed|ing)?|propos(?:e|es|ed|ing|al\sfor)|planned|possible|potential|looming"
    r"|discuss(?:ed|ing)?|prepar(?:e|es|ed|ing)"
    r"|drafting|draw(?:s|ing|n)?\sup|drew\sup|includ(?:e|ing)\sre?impos\w+)\b(?P<rest>[^;]{0,45})$"
)
_ORDERED = re.compile(r"\b(?:signed|issued|ordered|used|invoked)\b")
_TO_COME = re.compile(r"\s?,?\s?(?P<cue>will|would|could|may|might|(?:is|are)\s(?:to|set\sto|expected\sto|due\sto))\s(?!not\b|be\slifted)")
_POSSIBLE = re.compile(
    r"[^.;,]{0,50}\b(?:are|is|were|was|remain)\s(?P<cue>possible|likely|imminent|expected|planned|under\sconsideration|being\sconsidered|being\sprepared|on\sthe\stable)\b"
)
_IN_FORCE = re.compile(r"\b(?:effect|remain|continue|maintain|lapse|expire|stay|removing|suspend\w*|modify|lift|hurt|affect)\b")
_ATTEMPT = re.compile(
    r"\b(?:attempt(?:s|ed|ing)?\s(?:to|at|by)|attempted\s|tr(?:ied|ying)\sto|sought\sto|foiled|thwarted|averted|repelled|prevented|failed\s(?:to|coup|attempt|attack)|plot(?:s|ted|ting)?)\b"
)
_NOT = re.compile(
    r"\b(?:do|does|did|has|have|had|is|are|was|were)(?:\snot|n['’]t)\b(?!\sonly)[^,;.:“”\"]{0,45}$|\b(?:no|not|never|without)\s(?:an?y?\s|the\s|been\s)?(?:\w+\s){0,2}$|n['’]t\s(?:\w+\s){0,2}$|\bno\s(?:evidence|indications?|signs?|proof|reports?)\s(?:of|that)\b[^.;]{0,40}$"
    r"|\bno\s(?:[\w’'-]+\s){1,5}(?:has|have|had|was|were)\s(?:been\s)?(?:\w+ly\s)?$"
)


_THREATENED_TO = re.compile(r"\bthreat(?:en|ens|ened|ening)\sto\s(?:\w+\s){0,2}$")
_TO_DO = re.compile(
    r"\b(?:will|would|could|might|may(?!\s\d)|can|plans?\sto|planning\sto|agree[sd]?\s(?:(?:on\s)?(?:a\s)?deal\s|plans?\s)?to)\s(?:\w+\s){0,2}$"
)
# without one of these words a pattern above need not be tried
# fmt: off
_DENYING = frozenset((
    "baseless", "denied", "denies", "deny", "denying", "dismiss", "dismissed", "dismisses", "dismissing", "fabricated", "groundless",
    "rebuffed", "rebuffs", "refute", "refuted", "refutes", "refuting", "reject", "rejected", "rejecting", "rejects", "unfounded"
))
# fmt: on
# fmt: off
_HEDGING = frozenset((
    "allegation", "allegations", "allege", "alleged", "allegedly", "alleges", "apparent", "apparently", "appear", "appeared", "appears",
    "believed", "claim", "claimed", "claiming", "claims",
    "could", "hint", "hints", "likely", "may", "might", "possibly", "presumably", "presumed", "probably", "purported",
    "purportedly", "reliable", "reportedly", "rumored", "rumoured", "said", "supposedly", "suspect", "suspected", "suspecting",
    "suspects", "suspicion", "suspicions", "thought", "unconfirmed", "unverified"
))
# fmt: on
# fmt: off
_PLANNING = frozenset((
    "accusation", "accusations", "accuse", "accused", "accuses", "accusing", "can", "could", "finger", "fingers", "may", "might", "plan", "planning",
    "plans", "threaten", "threatened", "threatening", "threatens", "will", "would"
))
# fmt: on
_NEGATING = frozenset(["no", "not", "never", "without"])


@dataclass(slots=True)
class Blame:
    """Who blames whom in a sentence."""

    accusers: list[Party]
    accused: list[Party]
    at: int


def judge(reading: Reading, rule_frame: str, incident_type: str, start: int, end: int) -> tuple[str, str, str | None]:
    """Realis, stance and the words that hedge or deny, for the act at characters `start` to `end`."""
    low = reading.low
    before = low[max(0, start - 110) : start]
    if rule_frame in ("custody", "impose") and (match := _THREATENED_TO.search(before)):
        return "threatened", "hedged", match[0].strip()
    if rule_frame in ("custody", "impose") and (match := _TO_DO.search(before)):
        return "planned", "hedged", match[0].strip()
    if incident_type in ("sanction", "tariff", "export_control", "detention_or_expulsion") and (found := _intended(low, start, end)):
        return found[0], "hedged", found[1]
    if not _DENYING.isdisjoint(reading.wordset) and (match := _DENIAL.search(low)):
        return "denied", "denied", match[0]
    hedged = not _HEDGING.isdisjoint(reading.wordset)
    if incident_type == "detention_or_expulsion":
        if hedged and (match := _HEDGE.search(low, max(0, start - 25), start)):
            return "alleged", "hedged", match[0]
        return "actual", "asserted", None
    if hedged and (match := _HEDGE.search(low, max(0, start - 110), end) or _HEDGE_AFTER.search(low, end, end + 70)):
        return "alleged", "hedged", match[0]
    if not _PLANNING.isdisjoint(reading.wordset):
        if match := _ACCUSED.search(before):
            return "alleged", "hedged", match[0]
        if match := _THREATENED_TO.search(before):
            return "threatened", "hedged", match[0].strip()
        if match := _TO_DO.search(before):
            return "planned", "hedged", match[0].strip()
    if rule_frame.startswith("foiled") or _ATTEMPT.search(before[-45:]) or _ATTEMPT.search(low[start:end]):
        return "attempted", "asserted", None
    return "actual", "asserted", None


def _intended(low: str, start: int, end: int) -> tuple[str, str] | None:
    """Whether a measure is only threatened or planned, and the words that say so: they must govern the measure, not merely stand near it."""
    near = _LAST_CLAUSE.split(low[max(0, start - 120) : start])[-1]
    if match := _THREATENED.search(near):
        return "threatened", match["cue"]
    if match := _PLANNED.search(near):
        cue = match["cue"] or match["bare"]
        if not _ORDERED.search(near[: match.start() + len(cue)]) and not _IN_FORCE.search(low[max(0, start - 60) : end + 60]):
            return "planned", cue
    if (match := _TO_COME.match(low[end : end + 30])) and not _IN_FORCE.search(low[end : end + 60]):
        return "planned", match["cue"]
    if match := _POSSIBLE.match(low[end : end + 80]):
        return "planned", match["cue"]
    return None


def is_negated(reading: Reading, start: int) -> bool:
    """Whether the sentence says that there was no such act."""
    if _NEGATING.isdisjoint(reading.wordset) and "t" not in reading.wordset:
        return False
    return _NOT.search(reading.low[max(0, start - 60) : start]) is not None


def blames(reading: Reading) -> list[Blame]:
    """Who is blamed, and by whom, in the order of the sentence."""
    return list(_blames(reading)) if not reading.lists.words["accusing"].isdisjoint(reading.wordset) else []


def _blames(reading: Reading) -> Iterator[Blame]:
    for i, word in enumerate(reading.words):
        if word not in reading.lists.words["accusing"]:
            continue
        accused = _accused(reading, i, word)
        if accused:
            if word.startswith(("den", "reject", "dismiss", "refut")):  # who accuses stands behind the verb
                who = [e.party for e in reading.among(i + 1, i + 9) if e.party.iso3 or e.kind == "organisation"][:1]
                yield Blame([p for p in who if not same(p, accused)], accused, i)
            else:
                who = [p for p in accusers(reading, i) if not same(p, accused)] or [p for p in reporter(reading) if not same(p, accused)]
                yield Blame(who, accused, i)


def _accused(reading: Reading, i: int, word: str) -> list[Party]:
    words = reading.words
    after = words[i + 1 : i + 30]
    if word in _CULPRITS and (word.startswith(("culprit", "perpetrator")) or reading.word(i - 1) in _CHIEF):
        if reading.word(i - 1) in ("as", "the") and "as" in words[max(0, i - 3) : i]:  # "named X as the culprits"
            return [e.party for e in reading.entities if i - 9 <= e.last < i][-1:]
        return _left(reading, i) if not BE.isdisjoint(words[max(0, i - 6) : i]) else []
    if word == "blame" and reading.word(i - 1) == "to":  # "X was to blame"
        return _left(reading, i - 1) if not BE.isdisjoint(words[max(0, i - 3) : i]) else []
    if word.startswith(("blam", "accus", "suspect")):
        if word in ("blamed", "accused", "suspected") and reading.word(i - 1) in ("was", "were", "been", "is", "are"):
            return [e.party for e in subject(reading, i)]
        if word.startswith("blam") and "on" in after[:6]:
            return _parties_after(reading, i + 1 + after.index("on") + 1, ())
        if reading.word(i + 1) in ("it", "them"):  # "cut ties with X after blaming it"
            return [e.party for e in reading.entities if e.last < i and e.party.iso3][-1:]
        if {"whom", "who"} & set(words[max(0, i - 3) : i]):  # "diplomats whom it accused"
            whom = next(k for k in range(i - 1, -1, -1) if words[k] in ("whom", "who"))
            return [e.party for e in reading.entities if whom - 4 <= e.last < whom][-1:]
        return _parties_after(reading, i + 1, ("of", "for", "over"))
    if word.startswith(("holds", "held", "holding")):
        return _parties_after(reading, i + 1, ("responsible",)) if "responsible" in after[:9] else []
    if word.startswith(("attribut", "traced", "pinned", "tied")):
        if reading.word(i - 1) in BE and (doers := [e.party for e in subject(reading, i) if e.kind in ("actor", "group")]):
            return doers  # "the group has been attributed to a string of attacks"
        for k in range(i + 1, min(len(words), i + 26)):
            if words[k] in ("to", "on"):
                found = _parties_after(reading, k + 1, ())
                if found:
                    return found
            if words[k] in (";", ".", ":"):
                break
        return []
    if word in ("paid", "hired", "recruited", "backed", "sponsored", "directed", "orchestrated", "masterminded"):
        return _parties_after(reading, i + 2, (*BE, *HAVE, *MODALS)) if reading.word(i + 1) == "by" else []
    if word.startswith(("den", "reject", "dismiss", "refut")):
        return _denying(reading, i)
    if word.startswith("link"):
        if reading.word(i + 1) == "to":
            named = reading.among(i + 2, i + 4)
            if named and any(
                w in reading.lists.rules for w in words[i + 2 : named[0].first]
            ):  # "linked to attacks against X": who did them stands before
                named = []
            return (
                _parties_after(reading, i + 2, ()) if named else _left(reading, i) if reading.word(i - 1) in BE or reading.word(i - 1) == "," else []
            )
        if word == "linking":
            at = next((k for k in range(i + 1, min(len(words), i + 20)) if words[k] == "with" or (words[k] == "to" and k > i + 2)), None)
            return _parties_after(reading, at + 1, ()) if at else []
        before = _parties_after(reading, i + 1, ("to",)) if "to" in after else []
        ends = [k for k, w in enumerate(after) if w == "to"]
        return before or (_parties_after(reading, i + 2 + ends[-1], ()) if ends else [])  # "linked the breach to X"
    if word == "involved":  # "agents of X were involved in the killing"
        return _left(reading, i) if reading.word(i + 1) == "in" and not BE.isdisjoint(words[max(0, i - 2) : i]) else []
    if word in ("responsible", "behind"):
        if word == "behind" and not ({"was", "were", "is", "are", "be"} & set(words[max(0, i - 2) : i])):
            return []
        if word == "responsible" and (
            (reading.word(i + 1) != "for" and not (reading.word(i - 1) in BE and reading.word(i + 1) in ("", ".", ",", "”")))
            or {"hold", "holds", "held", "holding"} & set(words[max(0, i - 9) : i])
        ):
            return []
        return _left(reading, i)
    if word == "work":
        return _parties_after(reading, i + 2, ()) if reading.word(i + 1) == "of" and reading.word(i - 1) == "the" else []
    if word == "identified":
        if "as" not in after[:16]:
            return []
        found = _parties_after(reading, i + 1, ("as",)) if reading.word(i + 1) != "as" else []
        at = i + 1 + after.index("as")  # "the attackers, identified as X", "identified the culprit as X"
        is_doer = not _DOERS.isdisjoint(words[max(0, i - 3) : at])
        return found or (_parties_after(reading, at + 1, ()) if is_doer else [])
    return []


_CULPRITS = frozenset(("culprit", "culprits", "perpetrator", "perpetrators", "suspect", "suspects"))
_DOERS = frozenset(("attacker", "attackers", "culprit", "culprits", "group", "hacker", "hackers", "intruders", "perpetrator", "perpetrators"))
_CHIEF = frozenset(("chief", "key", "likely", "main", "prime", "the", "top"))
_SOIL = re.compile(r"\bfrom\s([\w’' -]{3,30}?)\s(?:soil|territory)\b")


def _denying(reading: Reading, i: int) -> list[Party]:
    """Who denies an accusation: those who are accused. A spokesperson's "we" stands for whom the accusation names."""
    if not _DENIAL.search(reading.low, max(0, reading.starts[i] - 2)):
        return []
    found = [e.party for e in subject(reading, i)]
    if soil := _SOIL.search(reading.low):
        found += [e.party for e in reading.among(reading.index(soil.start(1)), reading.index(soil.end(1))) if e.party.iso3]
    if found:
        return found
    for k in range(i + 1, min(len(reading.words), i + 28)):
        if reading.words[k] in ("with", "from") and (named := _parties_after(reading, k + 1, ())):
            return named
    return []


def _left(reading: Reading, i: int) -> list[Party]:
    """The nearest entity before word `i`, of the subject if it has one."""
    found = subject(reading, i) if reading.word(i - 1) != "as" else [e for e in reading.entities if i - 5 <= e.last < i][-1:]
    if not found:
        found = [e for e in reading.entities if e.last < i and i - e.last < 12][-1:]
    return [e.party for e in found if e.kind != "demonym"] or [e.party for e in found]


def _parties_after(reading: Reading, first: int, until: tuple[str, ...]) -> list[Party]:
    stop = next(
        (k for k in range(first, min(len(reading.words), first + 24)) if reading.words[k] in until or reading.words[k] in (";", ".", ":")), first + 16
    )
    if stop <= first:
        return []
    found = [
        p for p in object_parties(reading, first, stop_at=(*until, "by", "who")) if p.iso3 or (p.party_type == "group" and _is_entity(reading, p))
    ]
    return [p for n, p in enumerate(found) if not (n and _is_firm(reading, p))] or _the_group(reading, first, stop)


def _is_firm(reading: Reading, party: Party) -> bool:
    """Whether the party is only the home of a firm: "blamed X, and Y firm Z said"."""
    return any(e.party.iso3 == party.iso3 and is_private(reading, e) for e in reading.entities)


def _the_group(reading: Reading, first: int, stop: int) -> list[Party]:
    """Whom "the group" stands for behind such a verb: the group named last before it."""
    if reading.word(first) not in ("the", "this", "that") or reading.lists.groups.keys().isdisjoint(reading.words[first : min(stop, first + 6)]):
        return []
    return [e.party for e in reading.entities if e.last < first and e.kind in ("actor", "group")][-1:]


def _is_entity(reading: Reading, party: Party) -> bool:
    return any(e.party.name == party.name for e in reading.entities)


_ACCORDING = re.compile(r"\baccording\sto\b")


def accusers(reading: Reading, i: int) -> list[Party]:
    """Who says so: the subject of the verb at word `i`, or whoever stands behind "according to"."""
    found = _speaking(reading, subject(reading, i))
    first = max(0, i - 10)
    if not found and "country" in reading.words[first:i]:  # "the country's security service": of the one named before
        found = _country_before(reading)
    if not found and reading.home is not None and not reading.lists.words["official"].isdisjoint(reading.words[max(0, i - 6) : i]):
        found = [reading.home]  # "the ministry said": of the country spoken of
    if not found and (match := _ACCORDING.search(reading.low)):
        first = reading.index(match.end() + 1)
        found = _speaking(reading, reading.among(first, first + 6)[:1])
    return found


def _country_before(reading: Reading) -> list[Party]:
    """The country which the sentence before names first."""
    before = reading.sentence.previous()
    named = before.countries("name", "abbreviation", "demonym") if before is not None else []
    return [Party("state", named[0].iso3, None, named[0].surface)] if named else []


_NO_REPORT = frozenset(("responsible", "behind", "linked", "held", "claims", "reported"))


def reporter(reading: Reading) -> list[Party]:
    """Who reports an act, where nobody is blamed expressly: the subject of the first verb of saying or condemning."""
    if not reading.lists.words["accusing"].isdisjoint(reading.wordset):
        for i, word in enumerate(reading.words):
            if word in reading.lists.words["accusing"] and word not in _NO_REPORT and (found := accusers(reading, i)):
                return found
    return accusers(reading, 0) if "according" in reading.wordset and _ACCORDING.search(reading.low) else []


def _speaking(reading: Reading, entities: list[Entity]) -> list[Party]:
    return [as_victim(reading, e) for e in entities if e.kind != "group"][:4]
