"""Who blames whom for an act in a sentence, and who reports it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from transforms.incidents.objects import as_victim, object_parties, same
from transforms.incidents.phrases import after_by
from transforms.incidents.reading import BE, HAVE, MODALS, Entity, Reading, is_private
from transforms.incidents.stance import DENIAL
from transforms.incidents.stand_ins import country_before
from transforms.incidents.subjects import subject
from transforms.parties import Party


@dataclass(slots=True)
class Blame:
    """Who blames whom in a sentence."""

    accusers: list[Party]
    accused: list[Party]
    at: int


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


CLAIMED = re.compile(
    r"\bclaim(?:ed|s|ing)\s(?:(?:the|this|these|both)\s(?:[\w-]+\s){0,2}?(?:attacks?|breach|hack|cyber-?attacks?|bombings?|killings?)|responsibility|credit)\b"
    r"|\bclaimed\sby\b|\bt(?:ook|ake[ns]?|aking)\s(?:responsibility|credit)\b"
)


def claims(reading: Reading) -> list[Blame]:
    """Who claims an act."""
    match = CLAIMED.search(reading.low)
    if match is None:
        return []
    at = reading.index(match.start())
    found = after_by(reading, at, ("by",)) if match[0] == "claimed by" else [e.party for e in subject(reading, at) if e.kind in ("actor", "group")]
    return [Blame([], found, at)] if found else []


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
        if reading.word(i + 1) in _HIM:  # "cut ties with X after blaming it", "arrested an X with the help of Y and accused him"
            earlier = [e for e in reading.entities if e.last < i and e.party.iso3 and not (reading.word(i + 1) != "it" and e.kind in _NO_PERSONS)]
            return [e.party for e in earlier][-1:]
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
        return _denying(reading, i) or _denied_before(reading, i)
    if word.startswith("link"):
        if not reading.lists.words["suffering"].isdisjoint(words[i + 1 : i + 12]):
            return []  # "websites linked to X have suffered cyberattacks"
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
    if (
        word == "implicated" and reading.word(i - 1) not in BE and not HAVE.isdisjoint(words[max(0, i - 2) : i])
    ):  # "evidence has implicated X in the killing"
        return _parties_after(reading, i + 1, ("in",))
    if word in ("implicated", "involved"):  # "agents of X were involved in the killing"
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
_HIM = ("it", "them", "him", "her")
_NO_PERSONS = frozenset(("name", "capital", "place", "organisation"))
_SOIL = re.compile(r"\bfrom\s([\w’' -]{3,30}?)\s(?:soil|territory)\b")


def _denying(reading: Reading, i: int) -> list[Party]:
    """Who denies an accusation: those who are accused. A spokesperson's "we" stands for whom the accusation names."""
    if not DENIAL.search(reading.low, max(0, reading.starts[i] - 2)):
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


def _denied_before(reading: Reading, i: int) -> list[Party]:
    """Who denies what stands before: "attempts to hack a ministry, which X has denied"."""
    named = [e for e in reading.entities if i - 8 <= e.last < i][-1:]
    if not named or reading.word(i + 1) not in ("", ".", ",", ";", "”"):
        return []
    before = named[0].first - 1
    while reading.word(before) in ("the", "officials", "in"):
        before -= 1
    before -= reading.word(before) == "that" and reading.word(before - 1) in _CHARGES
    is_relative = reading.word(before) == "which" or reading.word(before) in _CHARGES
    return [named[0].party] if is_relative else []


# "…, a charge (that) X denied"
# fmt: off
_CHARGES = frozenset((
    "accusation", "accusations", "allegation", "allegations", "charge", "charges", "claim", "claims", "something"
))
# fmt: on


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
        found = country_before(reading)
    if not found and reading.home is not None and not reading.lists.words["official"].isdisjoint(reading.words[max(0, i - 6) : i]):
        found = [reading.home]  # "the ministry said": of the country spoken of
    if not found and (match := _ACCORDING.search(reading.low)):
        first = reading.index(match.end() + 1)
        found = _speaking(reading, reading.among(first, first + 6)[:1])
    return found


_NO_REPORT = frozenset(("responsible", "behind", "linked", "held", "claims", "reported"))


def reporter(reading: Reading) -> list[Party]:
    """Who reports an act, where nobody is blamed expressly: the subject of the first verb of saying or condemning."""
    if not reading.lists.words["accusing"].isdisjoint(reading.wordset):
        for i, word in enumerate(reading.words):
            if word in reading.lists.words["accusing"] and word not in _NO_REPORT and (found := accusers(reading, i)):
                return found
    return accusers(reading, 0) if "according" in reading.wordset and _ACCORDING.search(reading.low) else []


def _speaking(reading: Reading, entities: list[Entity]) -> list[Party]:
    """The parties that say so; a firm is itself, and not the state that it is named by."""
    said = [(as_victim(reading, e), is_private(reading, e)) for e in entities if e.kind != "group"]
    return [Party("organisation", None, None, p.name) if of_firm and p.party_type != "state" else p for p, of_firm in said][:4]
