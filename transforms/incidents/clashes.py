"""Acts of two sides against each other: "X and Y troops exchanged fire", "clashes between X and Y"; each side of two states did it and suffered it."""

from __future__ import annotations

import re

from transforms.incidents.objects import POSSESSIVES, as_victim
from transforms.incidents.reading import CLAUSE, SAYING, Entity, Reading
from transforms.incidents.subjects import subject
from transforms.parties import Party

_CLASHING = frozenset(("clash", "clash-noun", "clash-present", "clashes", "firefight"))
_OF_FIRE = frozenset(("fire-killed", "fire-opened", "opened-fire", "strike-of-kind", "armed-attack"))
_EXCHANGE = re.compile(r"\b(?:exchang(?:e[ds]?|ing)|trad(?:e[ds]?|ing))\s(?:of\s|in\s)?(?:[\w-]+\s){0,2}$")


def both_sides(reading: Reading, rule_id: str, i: int, last: int) -> tuple[list[Party], list[Party]] | None:
    """Who fought whom in the words `i` to `last`: two states are both perpetrators and targets, an armed group is the perpetrator and the state it fights the
    target; None where the words tell of no fight of two sides, or name only one."""
    if rule_id not in _CLASHING and not (rule_id in _OF_FIRE and (reading.words[i].startswith("exchang") or _is_exchanged(reading, i))):
        return None
    sides = _sides(reading, i, last)
    groups = [e.party for e in sides if e.kind in ("actor", "group")]
    states: dict[str | None, Party] = {}
    for entity in sides:
        if entity.kind not in ("actor", "group", "place") and entity.party.iso3:
            states.setdefault(entity.party.iso3, as_victim(reading, entity))
    if len(states) > 1:
        return [*states.values(), *groups], list(states.values())
    return (groups, list(states.values())) if groups and states else None


def _is_exchanged(reading: Reading, i: int) -> bool:
    start = reading.starts[i]
    return _EXCHANGE.search(reading.low, max(0, start - 40), start) is not None


def _sides(reading: Reading, i: int, last: int) -> list[Entity]:
    """Those named behind "between" or "with", and the subject of a verb or the owner of a noun."""
    words = reading.words
    at = next((k for k in range(last + 1, min(len(words), last + 14)) if words[k] in ("between", "with", "involving", "against")), None)
    if at is not None and not (CLAUSE | SAYING | {",", ";", "."}).isdisjoint(words[last + 1 : at]):
        at = None
    behind = _listed(reading, at + 1) if at is not None else []
    if at is not None and words[at] in ("between", "involving") and len(behind) > 1:
        return behind
    verb = next((k for k in range(i, max(-1, i - 5), -1) if words[k].startswith(("clash", "exchanged", "exchanging", "traded", "trading"))), None)
    if verb is not None and (words[verb].endswith(("ed", "ing")) or words[verb] == "clash"):
        return subject(reading, verb) + behind
    owner = [e for e in reading.entities if i - 5 <= e.last < i and (reading.word(e.last + 1) in POSSESSIVES or e.kind == "demonym")][-1:]
    return (owner or [e for e in reading.among(0, i) if e.party.iso3 and e.kind != "place"][:1]) + behind if behind else []


def _listed(reading: Reading, first: int) -> list[Entity]:
    """The entities from word `first` up to the place or the end of the clause."""
    found: list[Entity] = []
    for j in range(first, min(len(reading.words), first + 24)):
        word = reading.words[j]
        if word in _ENDS or word in CLAUSE or word in SAYING or (found and reading.lists.is_verb(word)):
            break
        found += [e for e in reading.entities if e.first == j]
    return found


_ENDS = frozenset((";", ".", ":", "—", "–", "(", "in", "near", "at", "along", "on", "over", "across", "around", "during", "outside", "inside"))
