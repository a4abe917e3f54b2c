"""Words that go on with an act told before them in the sentence: "killed two in an airstrike", "killed two and wounded six"."""

from __future__ import annotations

import re

from transforms.incidents.event import Event
from transforms.incidents.frames import parties
from transforms.incidents.lists import Rule
from transforms.incidents.marks import location_of
from transforms.incidents.objects import same
from transforms.incidents.reading import Reading

_EASED = re.compile(
    r"\b(?:suspend(?:ed|ing)?|lift(?:ed|ing)?|paus(?:ed|ing)|eas(?:ed|ing)|delay(?:ed|ing)?|postpon(?:ed|ing)|scrapp(?:ed|ing)|cut(?:ting)?)\b"
)


def continues(reading: Reading, before: Event, rule: Rule, start: int) -> bool:
    """Whether the words go on with the act told before: "killed two in an airstrike", "an airstrike killed two", "killed two and wounded six"."""
    between = reading.low[before.end : start]
    if rule.frame == "impose" and before.rule.frame in ("impose", "measure") and reading.word(reading.index(start)).endswith("ing"):
        return _SAME_CLAUSE.fullmatch(between) is not None  # "announced sanctions on X, designating five officials"
    if rule.frame == "noun":
        return before.rule.frame == "verb" and _MEANS.match(between) is not None
    if rule.rule_id == "cyber-verb":  # "an attack on a supplier paralysed 200 towns", unlike "claimed by a group which targeted them before"
        return before.rule.frame == "noun" and _SAME_CLAUSE.fullmatch(between) is not None and {"by", "which", "who"}.isdisjoint(between.split())
    if rule.frame != "verb" or rule.rule_id not in ("wounded", "killed", "struck", "attacks-verb"):
        return False
    return (rule.rule_id in ("wounded", "killed") and _AND.match(between) is not None) or (
        before.rule.frame == "noun" and _SAME_CLAUSE.fullmatch(between) is not None
    )


def complete(reading: Reading, told: Event, rule: Rule, i: int, last: int) -> None:
    """Adds to an event whom the words that go on with it name: "were killed in Israeli strikes", "a strike killed three Yemenis"."""
    doers, victims = parties(reading, rule, i, last)
    suffered = {p.iso3 for p in told.targets} - {None}
    if rule.frame == "noun" and doers and (not told.perpetrators or told.is_blamed) and suffered.isdisjoint(p.iso3 for p in doers):
        told.perpetrators, told.is_blamed = doers, False
        told.targets = [t for t in told.targets if not same(t, doers)]
    if not any(p.iso3 for p in told.targets):
        told.targets = [v for v in victims if v.iso3 and not same(v, told.perpetrators)] or told.targets
    told.location = told.location or location_of(reading, told.at, told.perpetrators)
    told.is_anchored = told.is_anchored or bool(told.perpetrators or any(p.iso3 for p in told.targets))
    told.score = score_of(told)


def score_of(event: Event) -> float:
    """How well a sentence tells its act."""
    return (
        event.rule.weight
        + 2 * bool(event.perpetrators)
        + 1.5 * any(p.iso3 for p in event.targets)
        + bool(event.date)
        + 3 * bool(event.name)
        + 0.5 * event.is_blamed
        - 0.5 * event.is_definite
        - 2 * (event.rule.frame == "measure" and _EASED.search(event.sentence.text, max(0, event.at - 40), event.at) is not None)
    )


_AND = re.compile(r"[^;,:]{0,60}\band\s(?:[\w’'-]+\s){0,2}$")

_SAME_CLAUSE = re.compile(r"(?:(?!\b(?:who|after|when|while|as|said|says|but|because|where)\b)[^;:“”\"—]){0,140}")

_MEANS = re.compile(r"[^;,:]{0,120}\b(?:in|by|with|during|as)\s(?:[\w’'-]+\s){0,4}$")
