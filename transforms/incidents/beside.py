"""Whose act it was and whom it struck where no word ties them to it: the states that the sentence names beside it."""

from __future__ import annotations

import re

from transforms.incidents.event import Event
from transforms.incidents.objects import POSSESSIVES, as_state, as_victim, is_edge, same
from transforms.incidents.reading import DATELINE, Entity, Reading
from transforms.parties import Party

_LEAST = 2  # weight of a rule whose words tell an act whoever stands beside them
_TELLING = re.compile(r"\b(?:said|says|told|according|reported|reports|announced|quoted|added|wrote)\b")
_LAW = re.compile(
    r"\bunder\s(?:the\s|an?\s|its\s|section\s[\w.-]+\sof\s(?:the\s)?)*(?=(?P<whose>[\w.]+(?:\s[\w.]+)?)(?:[’']s)?\s(?:[\w-]+\s){0,5}?(?:acts?|codes?|law|laws|legislation|statutes?)\b)"
)
_CAUSE = re.compile(r"\b(?:in\s(?:response|reaction|answer|reply|retaliation)\s(?:to|for)|because\sof|to\spunish|over)\s(?:the\s)?")
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
    elif event.rule.frame == "custody":  # "orders for the X ambassador to leave"
        behind = next((e for e in states if e.kind == "demonym" and reading.starts[e.first] > event.at), None)
        return [], [as_victim(reading, behind)] if behind is not None else []
    return [], []


def by_law(reading: Reading) -> list[Party]:
    """Whose measure it is that was taken under a law of a state: "enacted under Section 12 of the X Trade Act"."""
    match = _LAW.search(reading.low) if "under" in reading.wordset else None
    if match is None:
        return []
    first = reading.index(match.end())
    return [as_state(e) for e in reading.among(first, first) if _is_state(e)]


def provoked(reading: Reading, event: Event) -> list[Party]:
    """Whose conduct a measure answers: "in response to X's refusal"."""
    cause = _CAUSE.search(reading.low, event.end)
    if cause is None:
        return []
    first = reading.index(cause.end())
    owner = next((e for e in reading.among(first, first) if e.party.iso3 and not same(e.party, event.perpetrators)), None)
    return [owner.party] if owner is not None and reading.word(owner.last + 1) in POSSESSIVES else []


def posted_in(reading: Reading, i: int, targets: list[Party]) -> list[Party]:
    """The state that sends away the envoys of another who are posted there, where nobody is said to: "Y advisers in X's capital were told to leave"."""
    sent = {t.iso3 for t in targets if t.iso3}
    if len(sent) != 1 or _POSTED.isdisjoint(reading.words[:i]):
        return []
    hosts = [e for e in reading.among(0, i) if _is_state(e) and e.party.iso3 not in sent and reading.word(e.first - 1) in ("in", "to")]
    return [as_state(hosts[-1])] if hosts else []


# fmt: off
_POSTED = frozenset((
    "advisers", "advisors", "ambassador", "ambassadors", "attache", "attaché", "attaches", "attachés", "consul", "consulate", "diplomat", "diplomats",
    "embassy", "envoy", "envoys", "mission", "officers", "staff"
))
# fmt: on


def _is_state(entity: Entity) -> bool:
    return entity.party.iso3 is not None and entity.kind in ("name", "demonym", "capital", "minister")


def _is_telling(reading: Reading, entity: Entity) -> bool:
    """Whether the state stands in a date line, or only says what happened."""
    at, end = reading.starts[entity.first], reading.ends[entity.last]
    dateline = DATELINE.match(reading.text)
    return (dateline is not None and at < dateline.end()) or _TELLING.search(reading.low, end, end + _REACH) is not None
