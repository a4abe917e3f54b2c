"""Hostile acts sentence by sentence: which words tell one, who did it to whom, when, and how sure the sentence is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from transforms.context import Article
from transforms.incidents.acts import OFTEN, STATISTIC, is_no_act, is_of_computers, matched, noun_follows, type_of
from transforms.incidents.blame import Blame, blames
from transforms.incidents.charges import charges
from transforms.incidents.continuing import complete, continues, score_of
from transforms.incidents.event import Event
from transforms.incidents.lists import Lists
from transforms.incidents.marks import (
    ALSO,
    ANOTHER,
    DEFINITE,
    EARLIER,
    ELSEWHERE,
    INDEFINITE,
    MANY,
    OTHERS,
    TURN,
    date_of,
    day_of,
    goods_of,
    is_former,
    location_of,
    name_of,
    rates_of,
)
from transforms.incidents.nearby import known_by
from transforms.incidents.needs import has_cyber, has_weapons, is_general, is_met
from transforms.incidents.objects import joined, same
from transforms.incidents.reading import PREPOSITIONS, Entity, Reading
from transforms.incidents.roles import OWN_ACTS, find_doers, find_victims, is_vague, type_by_doers
from transforms.incidents.stance import is_negated, judge
from transforms.incidents.subjects import is_passive
from transforms.parties import Party

_SANCTIONS = frozenset(("sanction", "sanctioned", "sanctioning", "sanctions"))
_THE_SAME = re.compile(r"\b(?:the|these|those)\s(?:same\s)?$")  # "the hackers": those told of before
_NOUNS = ("noun", "campaign", "custody-noun", "measure")
_HISTORIC = 1970  # what was before is history, not news


def readings_of(article: Article, candidates: list[int], lists: Lists, family: str) -> list[Reading]:
    """The sentences in which a rule can begin, and what lists accuse somebody of, as words."""
    found = [Reading(article.sentences[i], lists) for i in candidates]
    for lead, item in charges(article, article.marked(family), lists):
        reading = next((r for r in found if r.sentence.index == item.index), None)
        if reading is None:
            found.append(reading := Reading(item, lists))
        reading.lead = lead
    return sorted(found, key=lambda r: r.sentence.index)


def events_in(article: Article, readings: list[Reading], lists: Lists, home: Party | None) -> list[Event]:
    """The hostile acts that sentences of an article tell, in order; those of the title too."""
    for reading in readings:
        reading.read(home)
    cyber = sum(has_cyber(r) + (has_cyber(r) and r.sentence.field == "title") for r in readings)  # the title says what the story is about
    armed = sum(has_weapons(r) for r in readings)
    article.memo["armed"] = armed
    article.memo["sanctions"] = any(not _SANCTIONS.isdisjoint(r.wordset) for r in readings)
    is_cyber = cyber > armed and (cyber >= 2 or (armed == 0 and any(map(is_of_computers, readings))))  # not for an email alone
    mood = "cyber" if is_cyber else "armed"
    told = [event for reading in readings for event in _events(reading, lists, mood)]
    for n, event in enumerate(told):
        if event.perpetrators and is_vague(event.perpetrators, lists) and _is_definite(event):
            earlier = (e.perpetrators for e in reversed(told[:n]) if e.incident_type == event.incident_type)
            event.perpetrators = next((ps for ps in earlier if any(p.iso3 for p in ps)), event.perpetrators)
    return told


def _events(reading: Reading, lists: Lists, mood: str) -> Iterator[Event]:
    words = reading.words
    blamed: list[Blame] | None = None
    charged = blames(Reading(reading.lead, lists).read(reading.home))[:1] if reading.lead is not None else []
    skip = -1
    seen: list[Event] = []
    for i in [i for i, word in enumerate(words) if word in lists.rules]:
        if i <= skip:
            continue
        for rule in lists.rules[words[i]]:
            span = matched(reading, rule, i)
            if span is None or not is_met(reading, rule, i, mood == "cyber"):
                continue
            start, end = span
            if is_general(reading, i, rule) or is_negated(reading, start):
                skip = reading.index(end) - 1
                break
            if rule.frame == "impose" and seen and seen[-1].incident_type == rule.incident_type and reading.word(i - 1) in ("that", "which"):
                continue  # "a package of sanctions that blacklists ships": told already
            if rule.frame == "attributed" and (any(e.incident_type == "cyberattack" for e in seen) or noun_follows(reading, lists, i)):
                continue
            if rule.rule_id == "sabotage" and any(e.incident_type == "sabotage" for e in seen):
                break  # "a cable was cut, amid suspicions of sabotage": told already
            last = max(i, reading.index(max(start, end - 1)))
            while last > i and words[last] in PREPOSITIONS:
                last -= 1
            event = Event(reading.sentence, rule, type_of(reading, rule, mood), start, end)
            if seen and seen[-1].incident_type == event.incident_type and continues(reading, seen[-1], rule, start):
                complete(reading, seen[-1], rule, i, last)
                skip = last
                break
            if rule.frame not in OWN_ACTS and blamed is None:
                blamed = blames(reading)
            find_doers(reading, event, i, last, seen, blamed or ())
            if not event.perpetrators and (STATISTIC.search(reading.low[max(0, start - 60) : start]) or OFTEN.match(reading.low, end)):
                break
            find_victims(reading, event, i)
            if charged:
                event.perpetrators, event.is_blamed, event.accusers = charged[0].accused, True, charged[0].accusers
                event.targets = [t for t in event.targets if not same(t, event.perpetrators)]
            event.incident_type = type_by_doers(reading, event)
            if not event.targets and event.incident_type == "cyberattack" and rule.frame == "noun" and (named := known_by(reading, start)):
                event.targets, event.is_named = [named], True
            event.realis, event.stance, event.hedge_cue = judge(reading, rule.frame, event.incident_type, start, end)
            if charged and event.realis == "actual":
                event.realis, event.stance = "alleged", "hedged"
            event.is_new = bool(charged)
            if is_no_act(reading, event):
                break
            event.name = name_of(reading)
            if rule.incident_type == "campaign" and event.name is None:
                break
            event.date = date_of(reading.sentence, start, end)
            before = reading.low[max(0, start - 50) : start]
            event.is_another = (
                ANOTHER.search(before) is not None
                or (rule.frame != "verb" and OTHERS.match(reading.low, end) is not None)
                or ELSEWHERE.match(reading.low) is not None
                or ALSO.search(reading.low, 0, start) is not None
            )
            event.location = location_of(reading, start, event.perpetrators)
            event.is_new |= is_former(reading, start, end, event.date)
            event.is_definite = rule.frame in _NOUNS and not (event.is_named or event.is_new) and DEFINITE.search(before) is not None
            if event.incident_type == "tariff":
                event.rates, event.goods = rates_of(reading, start, end), goods_of(reading, start, end)
            if event.is_definite and rule.frame == "noun" and not event.is_blamed and any(e.incident_type == event.incident_type for e in seen):
                skip = last
                break  # "missile strikes on X, and drones used in the attacks": told already
            event.is_new |= not event.is_definite and event.incident_type == "attack" and EARLIER.search(before) is not None
            event.is_new |= not event.is_definite and reading.sentence.index > 1 and TURN.match(reading.low) is not None
            event.is_new |= rule.frame == "noun" and event.date is not None and reading.sentence.index > 3 and INDEFINITE.search(before) is not None
            event.day = day_of(reading, event.date)
            event.is_many = event.day is None and MANY.search(reading.low) is not None
            event.cities = frozenset(p.name for p in (*event.targets, *((event.location,) if event.location else ())) if p.name in lists.cities)
            is_bare = event.is_definite and rule.after is None and reading.word(last + 1) not in PREPOSITIONS  # "the attack comes amid …"
            event.is_anchored = bool(
                event.perpetrators
                or any(p.iso3 or _is_proper(p.name) for p in event.targets)
                or (event.date and (event.date.edtf or (rule.weight > 1 and event.is_new)) and rule.frame != "measure")
                or (event.is_new and rule.weight > 2 and rule.frame == "noun" and event.targets)
                or (rule.needs == "political" and (rule.rule_id == "custody" or is_passive(reading, i)))
                or (rule.weight > 2 and rule.frame != "measure" and not is_bare and any(e.party.iso3 for e in reading.entities))
            )
            if event.date is not None and event.date.date_to is not None and event.date.date_to.year < _HISTORIC:
                break
            skip = last
            event.score = score_of(event)
            seen.append(event)
            yield from _in_each_state(reading, event, last)
            break


def _in_each_state(reading: Reading, event: Event, last: int) -> Iterator[Event]:
    """The event, once for each of the states in which the sentence puts acts of its kind: "coups in X and Y"."""
    places: list[Entity] = []
    if (
        event.rule.frame == "noun"
        and event.incident_type in ("attack", "other")
        and reading.words[last].endswith("s")
        and reading.word(last + 1) == "in"
    ):
        for entity in reading.among(last + 2, last + 14):
            ends = bool(places) and reading.word(places[-1].first - 1) == "and"
            if entity.party.iso3 is None or ends or not (joined(reading, places[-1], entity) if places else entity.first <= last + 3):
                break
            places.append(entity)
    if len({e.party.iso3 for e in places}) < 2:
        yield event
        return
    for place in places:
        yield replace(event, targets=[place.party], cities=frozenset())


def _is_definite(event: Event) -> bool:
    """Whether "the" stands before those who act."""
    at = event.sentence.lower.find(event.perpetrators[0].name.lower())
    return at > 0 and _THE_SAME.search(event.sentence.lower, max(0, at - 12), at) is not None


def _is_proper(name: str) -> bool:
    """Whether a target named by its words has a name of its own."""
    return any(word[:1].isupper() for word in name.split())
