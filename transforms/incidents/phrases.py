"""The phrases behind an act that name its parties: "by X", "on behalf of Y", "in Z"."""

from __future__ import annotations

from transforms.incidents.objects import CAUSES, joined, object_parties
from transforms.incidents.reading import BE, CLAUSE, HAVE, MODALS, SAYING, Entity, Reading, is_private
from transforms.parties import Party


def after_by(reading: Reading, last: int, prepositions: tuple[str, ...], reach: int = 12) -> list[Party]:
    """Who stands behind "by" (or another of the given prepositions) after the act; not the agent of another verb ("the attack was condemned by X")."""
    j = last + 1
    stop = min(len(reading.words), last + 1 + reach)
    while j < stop:
        word = reading.words[j]
        if word == "by" and not BE.isdisjoint(reading.words[last + 1 : j]) and not _carries(reading, j - 1):
            break
        if word in ("answer", "reply", "response", "retaliation") and reading.word(j - 1) == "in":
            break
        if word == "by" and reading.word(j - 1) in ("paid", "faced", "suffered", "borne"):
            break  # "tariffs paid by growers of X"
        if word == "by" and not CAUSES.isdisjoint(reading.words[last + 1 : j]):
            break  # "sanctions in response to the annexation of Y by X": who annexed did not impose them
        if word in prepositions and not (word == "by" and is_number(reading.word(j + 1))):
            found = noun_phrase(reading, j + 1)
            doers = [e.party for e in found if e.kind != "place" and (not is_private(reading, e) or e.kind == "group")]
            if doers:
                return doers
        if word in (";", ".", ":", "said") or word in CLAUSE or ("from" in prepositions and reading.lists.is_verb(word)):
            break
        j += 1
    return []


def _carries(reading: Reading, j: int) -> bool:
    """Whether the participle before "by" (with "out", "on") tells who did the act."""
    while reading.word(j) in ("out", "on", "off", "up", "against", "over") or reading.word(j).endswith("ly"):
        j -= 1
    return (
        reading.word(j) in reading.lists.words["carrier"]
        or reading.word(j) in reading.lists.words["imposer"]
        or reading.word(j) in reading.lists.rules
    )


def is_number(word: str) -> bool:
    return word[:1].isdigit()


_VERBS = MODALS | HAVE | BE


def noun_phrase(reading: Reading, first: int, reach: int = 14) -> list[Entity]:
    """The entities of the noun phrase that begins at `first`: the first one, with those listed after it."""
    stop = min(len(reading.words), first + reach)
    found: list[Entity] = []
    for entity in reading.among(first, stop - 1):
        if not found:
            between = reading.words[first : entity.first]
            if any(w in (";", ":", ".", "(", "—", "–") or w in CLAUSE or w in SAYING for w in between) or "," in between:
                break
            found.append(entity)
        elif reading.words[found[-1].last + 1 : entity.first] == [","] and reading.word(entity.last + 1) in _VERBS:
            break  # "faced with tariffs imposed by X, Y will"
        elif joined(reading, found[-1], entity) or entity.first == found[-1].last + 1:
            found.append(entity)
        elif found[-1].party.iso3 is None and entity.first - found[-1].last <= 4 and reading.word(entity.first - 1) in ("of", "in", "from", "the"):
            continue
        else:
            break
    return found


def in_phrase(reading: Reading, first: int, stop: int, prepositions: tuple[str, ...]) -> list[Party]:
    for j in range(first, min(stop, len(reading.words))):
        if reading.words[j] in prepositions:
            found = object_parties(reading, j + 1)
            if any(p.iso3 for p in found):
                return found
    return []
