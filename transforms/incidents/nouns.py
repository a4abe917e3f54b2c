"""Nouns for acts and measures ("a cyberattack by X on Y", "X's sanctions on Y"): who did it, and to whom."""

from __future__ import annotations

import re

from transforms.incidents.before_nouns import before_noun
from transforms.incidents.behind_nouns import TAKEN, behind_noun
from transforms.incidents.carriers import answered_by, carried, claimed, dealt_with, faced, imposed_by, suffered, threatened_object
from transforms.incidents.lists import Rule
from transforms.incidents.nearby import authority
from transforms.incidents.objects import CAUSES, POSSESSIVES, object_parties, parties_of, same
from transforms.incidents.phrases import after_by, in_phrase, noun_phrase
from transforms.incidents.reading import BE, CLAUSE, HAVE, SAYING, Reading
from transforms.incidents.stand_ins import previous_actor, subject_phrase, we
from transforms.incidents.subjects import is_passive, subject
from transforms.parties import Party


def of_noun(reading: Reading, rule: Rule, i: int, last: int) -> tuple[list[Party], list[Party]]:
    measure = rule.frame == "measure"
    doers, victims = before_noun(reading, i, measure or rule.frame == "campaign")
    if measure and (facing := faced(reading, i))[1]:
        imposers = facing[0] or doers or carried(reading, rule, i, last) or _imposing(reading, last)
        return [d for d in imposers if not same(d, facing[1])], facing[1]
    answering = answered_by(reading, i) if measure else None
    if measure and (imposed := imposed_by(reading, last)) is not None:
        return imposed[0], imposed[1] or [a for a in answering or () if not same(a, imposed[0])]
    if answering is not None:  # who condemns a measure did not take it
        hit = [v for v in in_phrase(reading, last + 1, last + 4, ("against", "on")) if v.iso3 and not same(v, doers)] or [
            a for a in answering if not same(a, doers)
        ]
        return [d for d in doers or after_by(reading, last, ("by",)) if not same(d, hit)], hit
    theft = rule.rule_id in TAKEN  # what is taken from somebody is not taken by him
    by = (
        after_by(reading, last, ("by",))
        or ([] if measure or theft or _strikes(reading, last) else after_by(reading, last, ("from",), reach=4))
        or _rooted(reading, rule, last)
    )
    if rule.rule_id == "expulsion" and not doers:  # "the expulsion of 21 diplomats from X"
        doers = after_by(reading, last + 1, ("from", "by"), reach=7) or _host(reading, last)
    if not doers and reading.word(i - 1) == "and":
        doers = _sharing(reading, i)
    if rule.rule_id == "ships-presence" and not doers:
        doers = after_by(reading, i, ("of",), reach=8)
    if not doers:
        doers = by or ([] if measure else claimed(reading)) or carried(reading, rule, i, last)
    elif measure and not any(p.iso3 for p in doers):
        doers = [*[p for p in carried(reading, rule, i, last) if p.iso3], *doers]
    if rule.rule_id in ("sanctions-list", "on-sanctions-list", "entity-list") and (owners := after_by(reading, last, ("of",), reach=1)):
        return owners, [v for v in threatened_object(reading, i) or _listed(reading, i) if not same(v, owners)]
    added = threatened_object(reading, i) if rule.rule_id in ("sanctions-list", "on-sanctions-list") else []
    if any(p.iso3 for p in added):
        victims = added  # "added four Xs to the Y sanctions list"
    if not doers and measure:
        doers = we(reading) or (previous_actor(reading) if "statement" in reading.words[:3] else [])
    if not measure and not any(d.iso3 for d in doers):
        dealing, struck = dealt_with(reading, i)
        if any(p.iso3 for p in (*dealing, *struck)):
            doers, victims = dealing or doers, struck or victims
    if not doers and reading.words[i] in _DONE:
        doers = parties_of(reading, subject(reading, i), victim=False)
    if rule.incident_type == "espionage":
        served = after_by(reading, last - 1, ("for",), reach=3)
        if rule.rule_id == "agent-charged":  # whose service it was stands in the words of the rule
            served = [e.party for e in reading.among(i, last) if e.party.iso3][:1] or served
        if served:
            return served, in_phrase(reading, last + 1, last + 5, ("on", "against"))
    on = object_parties(reading, last + 1) if rule.rule_id == "measures-hit" else behind_noun(reading, rule, last)
    if on and not added and (any(p.iso3 for p in on) or not victims):
        victims = on
    if not victims and measure:
        victims = threatened_object(reading, i)
    if measure and not any(v.iso3 for v in victims):
        victims = _provoking(reading, last) or victims
    if not victims:
        victims = suffered(reading, i)
    if rule.incident_type == "sanction" and not any(d.iso3 for d in doers) and (treasury := authority(reading.text)) is not None:
        doers = [treasury, *doers]
    if rule.rule_id == "entity-list" and not doers and "Entity List" in reading.text:  # so named, the list of the United States
        doers = [Party("state", "USA", None, "Entity List")]
    if rule.frame == "custody-noun" and not victims:
        victims, doers = doers, []
    others = [v for v in victims if not same(v, doers)]
    if measure and rule.incident_type != "tariff" and not others and any(v.iso3 for v in victims):  # nobody takes measures against himself
        return [], victims
    return doers, others or [v for v in victims if v.iso3 and rule.incident_type == "attack"]  # forces against people or a place of their own state


def _host(reading: Reading, last: int) -> list[Party]:
    """Where the mission is whose staff are expelled: "the expulsion of employees of the X embassy in Y"."""
    for e in reading.among(last + 1, last + 14):
        if e.party.iso3 and reading.word(e.first - 1) == "in" and not _MISSIONS.isdisjoint(reading.words[max(0, e.first - 3) : e.first]):
            return [e.party]
    return []


_MISSIONS = frozenset(("consulate", "embassy", "mission"))


def _sharing(reading: Reading, i: int) -> list[Party]:
    """The owner of the noun before "and", which owns the one behind it too: "X's withdrawal of its envoy and expulsion of Y's"."""
    for k in range(i - 2, max(0, i - 12), -1):
        if reading.words[k] in POSSESSIVES and (owner := next((e for e in reading.entities if e.last == k - 1), None)) is not None:
            return [owner.party]
        if reading.is_break(k) or reading.words[k] in CLAUSE or reading.words[k] in SAYING or reading.words[k] in BE or reading.words[k] in HAVE:
            break
    return []


def _provoking(reading: Reading, last: int) -> list[Party]:
    """Whose act a measure answers, where nobody is named on whom it is imposed: "sanctions in response to the annexation of Y by X", "over X's war in Y"."""
    words = reading.words
    cause = next((k for k in range(last + 1, min(len(words), last + 26)) if words[k] in CAUSES), None)
    why = next((k for k in range(last + 1, cause or 0) if words[k] in _PROVOKED), None)
    if cause is None or why is None:
        return []
    before = [e for e in reading.among(why, cause - 1) if e.party.iso3]
    owners = [e.party for e in before if e.kind in ("demonym", "minister") or reading.word(e.last + 1) in POSSESSIVES]
    by = next((k for k in range(cause + 1, min(len(words), cause + 10)) if words[k] == "by"), None)
    return owners[:1] or ([e.party for e in noun_phrase(reading, by + 1) if e.party.iso3][:1] if by is not None else [])


_PROVOKED = frozenset(("after", "because", "following", "for", "over", "response", "since"))


def _imposing(reading: Reading, last: int) -> list[Party]:
    """Who imposes what another clause says that somebody faces: "X faces a tariff after Y doubled its duties"."""
    words, imposers = reading.words, reading.lists.words["imposer"]
    k = next((k for k in range(last + 1, min(len(words), last + 14)) if words[k] in imposers and not is_passive(reading, k)), None)
    return [e.party for e in subject(reading, k) if e.party.iso3] if k is not None else []


# verbs among the nouns: who did it is their subject
_DONE = frozenset(("interfere", "interfered", "interferes", "interfering", "meddle", "meddled", "meddles", "meddling", "spied", "spying"))
_ORIGINATING = re.compile(r"[^.;:]{0,40}?\boriginat\w+\s(?:from|in)\s")
_ROOTED = re.compile(
    r"[^.;:]{0,60}?\b(?:with\s(?:roots|origins?|links|ties)\s(?:in|to)|originat\w+\s(?:from|in)|(?:coming|emanating|directed|run|launched)\sfrom)\s"
)


def _rooted(reading: Reading, rule: Rule, last: int) -> list[Party]:
    """The state in which an attack on computers has its roots: "a campaign with roots in X"."""
    match = (_ROOTED if rule.incident_type == "cyberattack" else _ORIGINATING).match(reading.low, reading.ends[last])
    return [e.party for e in noun_phrase(reading, reading.index(match.end()))] if match else []


def _strikes(reading: Reading, last: int) -> bool:
    """Whether a verb follows the noun: "the attacks targeted officials from X" does not say that they came from there."""
    return any(w.endswith("ed") or w in ("hit", "struck", "against", "on") for w in reading.words[last + 1 : last + 4])


def _listed(reading: Reading, i: int) -> list[Party]:
    """Who is "on the sanctions list": the subject of the verb before it."""
    j = next(
        (k for k in range(i - 1, max(-1, i - 10), -1) if reading.words[k] in BE or reading.words[k] in ("appears", "appeared", "features")), None
    )
    return (parties_of(reading, subject(reading, j), victim=True) or subject_phrase(reading, j)) if j else []
