"""Whose act it was and whom it struck where no word ties them to it: the states that the sentence names beside it."""

from __future__ import annotations

import re

from transforms.incidents.event import Event
from transforms.incidents.objects import as_victim, is_edge, same
from transforms.incidents.reading import DATELINE, Entity, Reading
from transforms.parties import Party

_LEAST = 2  # weight of a rule whose words tell an act whoever stands beside them
_TELLING = re.compile(r"\b(?:said|says|told|according|reported|reports|announced|quoted|added|wrote)\b")
_REACH = 60  # characters between a state and a verb of telling that makes it the one who tells


def states_beside(reading: Reading, event: Event) -> tuple[list[Party], list[Party]]:
    """Who took a measure and whom it hit, or whom another act struck, of the states named in the sentence; nothing where that would only be a guess."""
    states = [e for e in reading.entities if _is_state(e) and not _is_telling(reading, e) and not is_edge(reading, e)]
    if event.rule.weight < _LEAST or not states:
        return [], []
    if event.rule.frame == "measure":
        first, *others = states
        if others and reading.starts[first.first] < event.at:  # "X has kept Y under an embargo"
            return [first.party], [as_victim(reading, e) for e in others[:1] if not same(e.party, [first.party])]
        return [], []
    if event.rule.frame == "custody":  # "orders for the X ambassador to leave"
        behind = next((e for e in states if e.kind == "demonym" and reading.starts[e.first] > event.at), None)
        return [], [as_victim(reading, behind)] if behind is not None else []
    return [], []


def _is_state(entity: Entity) -> bool:
    return entity.party.iso3 is not None and entity.kind in ("name", "demonym", "capital", "minister")


def _is_telling(reading: Reading, entity: Entity) -> bool:
    """Whether the state stands in a date line, or only says what happened."""
    at, end = reading.starts[entity.first], reading.ends[entity.last]
    dateline = DATELINE.match(reading.text)
    return (dateline is not None and at < dateline.end()) or _TELLING.search(reading.low, end, end + _REACH) is not None
