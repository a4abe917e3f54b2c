"""Whether an event tells an incident that others have told already."""

from __future__ import annotations

import re

from transforms.context import DateMention
from transforms.incidents.event import Event
from transforms.incidents.incident import ENTERING, MEASURES, OVERTHROWING, Incident, overlap
from transforms.parties import Party

_YEAR = re.compile(r"(?:(?:early|late|mid|[A-Z][a-z]+)[ -])?\d{4}")  # news names the current one seldom
_MONTH = re.compile(r"(?:in )?(?:January|February|March|April|June|July|August|September|October|November|December)")
_OF_WHOM, _OWN_DATE = 8, 45  # characters between a noun with its object and the year that belongs to it
_PEOPLE = re.compile(r".*\s[a-z]\S*s|\S+s|.*(?:ans|is)")  # "Syrian fighters", "Kurds", unlike "Ana Das"
_DISTANT = re.compile(r"\b(?:ago|last|earlier)\b", re.IGNORECASE)


def fit(incident: Incident, event: Event) -> int | None:
    """How well an event fits this incident; None where it tells another."""
    if _differs(incident, event):
        return None
    known = [p for e in incident.told for p in e.perpetrators]
    suffering = [p for e in incident.told for p in e.targets]
    if not _accepts(incident, event, known, _named(suffering)):
        return None
    doers = overlap(known, event.perpetrators)
    victims = overlap(suffering, event.targets)
    near = min(abs(e.sentence.index - event.sentence.index) for e in incident.told) <= 2
    dated = event.date is not None and any(e.date is not None and _when(e.date) == _when(event.date) for e in incident.told)
    score = 2 * doers + 2 * victims + near + dated
    if not doers and not victims and event.perpetrators and event.targets and not event.is_definite:
        return None
    if not score and not event.is_definite and (event.perpetrators or any(p.iso3 for p in event.targets)):
        return None
    return score


def _differs(incident: Incident, event: Event) -> bool:
    """Whether the name, the kind, the day, the city or the turn of the text sets an event of the same type apart."""
    if _planned(incident.told[0]) != _planned(event) or (event.name and incident.name and event.name != incident.name):
        return True
    if event.is_named and not any(event.targets[0].name in e.sentence.text for e in incident.told):
        return True
    if (
        event.rates
        and not event.is_definite
        and (known := [e.rates for e in incident.told if e.rates])
        and all(event.rates.isdisjoint(r) for r in known)
    ):
        return True  # two rates are two tariffs
    if (
        event.goods
        and not event.is_definite
        and (known := [e.goods for e in incident.told if e.goods])
        and all(event.goods.isdisjoint(g) for g in known)
    ):
        return True  # steel and wine
    if event.incident_type in ("attack", "cyberattack") and not event.is_definite and event.is_many != incident.told[0].is_many:
        return True
    if (event.rule.rule_id == "violence-wave") != (incident.told[0].rule.rule_id == "violence-wave"):
        return True
    if event.incident_type == "other" and _kind(event) != _kind(incident.told[0]):
        return True
    if event.incident_type in MEASURES and not event.is_definite and _imposed_alone(incident, event):
        return True
    if event.incident_type in MEASURES and any(_imposed_apart(e, event) for e in incident.told):
        return True
    if (
        event.incident_type in ("attack", *MEASURES)
        and (who := _persons(event))
        and any((p := _persons(e)) and p.isdisjoint(who) for e in incident.told)
    ):
        return True
    if event.incident_type == "detention_or_expulsion" and any(_held_apart(e, event) for e in incident.told):
        return True
    if event.is_new or event.day:
        days = {e.day for e in incident.told}
        if (event.is_new and not (event.day and event.day in days)) or (event.day and event.day not in days and days != {None}):
            return True
    if not event.cities or event.is_definite:
        return False
    cities = frozenset[str]().union(*(e.cities for e in incident.told))
    return bool(cities) and cities.isdisjoint(event.cities)


def _accepts(incident: Incident, event: Event, known: list[Party], victims: list[Party]) -> bool:
    """Whether an event of the same type may tell this incident: neither parties nor dates nor certainty speak against it."""
    told_by = _named(event.targets)
    if not _compatible(known, event.perpetrators):
        return False
    if not _compatible(victims, told_by):
        return False
    if event.is_another and not (known and event.perpetrators and victims and told_by):
        return False
    if event.incident_type == "attack" and _is_plural(event) != _is_plural(incident.told[0]) and event.perpetrators:
        return False
    if event.stance in ("denied", "hedged") and incident.told[0].stance == "asserted" and event.perpetrators and all(_is_vague(p) for p in known):
        return False
    if any(_is_distant(a) and b.day and not _in_month(b, a) for e in incident.told for a, b in ((e, event), (event, e))):
        return False  # "on Monday" and "last week", "in October" or "in 2012"
    if event.incident_type == "attack" and any(_is_distant(a) and _is_lead(b) for e in incident.told for a, b in ((e, event), (event, e))):
        return False  # the news, and "in 2012"
    dates = {_when(e.date) for e in (*incident.told, event) if e.date is not None} - {None}
    return len(dates) <= 1


def _named(parties: list[Party]) -> list[Party]:
    return [p for p in parties if p.iso3 or p.party_type == "organisation"]


def _is_distant(event: Event) -> bool:
    """Whether a sentence puts an act some time back, without naming the day; not "the attack" with a date elsewhere in the sentence, of which it has been told."""
    date = event.date
    if date is None or event.day is not None or date.relation in ("since", "until"):
        return False
    if event.is_definite:  # "the killing of two men in 2013", "the 2021 killing", unlike "the attack in 2013"
        return date.text.isdigit() and (_OF_WHOM < date.start - event.end < _OWN_DATE or 0 <= event.at - date.end < 3)
    return bool(_DISTANT.search(date.text) or _YEAR.fullmatch(date.text) or _MONTH.fullmatch(date.text))


def _is_lead(event: Event) -> bool:
    """Whether the first sentences tell the act without a date: then it is the news."""
    return event.date is None and event.sentence.index <= 2


def _in_month(event: Event, other: Event) -> bool:
    """Whether the day of an act lies in the month or year of another."""
    return bool(event.day and other.date and other.date.edtf and event.day.startswith(other.date.edtf))


def _kind(event: Event) -> str:
    """Of what kind an act of type "other" is."""
    if event.rule.rule_id in ENTERING:
        return "entering"
    if event.rule.rule_id in OVERTHROWING:
        return "overthrowing"
    return event.rule.frame if event.rule.frame in ("support", "ties") else event.rule.rule_id


def _is_plural(event: Event) -> bool:
    """Whether the words speak of several acts ("attacks"): then they tell a campaign."""
    return event.rule.frame == "noun" and event.sentence.text[event.at : event.end].rstrip().lower().endswith("s")


def _planned(event: Event) -> bool:
    return event.realis in ("threatened", "planned")


def _persons(event: Event) -> frozenset[str]:
    """The names of a person who suffered an act, where the sentence names one and no country."""
    if len(event.targets) != 1 or event.targets[0].iso3 or _PEOPLE.fullmatch(event.targets[0].name):
        return frozenset()
    words = event.targets[0].name.split()
    return frozenset(w for w in words if w.isalpha() and w[:1].isupper()) if words and words[0][:1].isupper() else frozenset()


def _held_apart(a: Event, b: Event) -> bool:
    """Whether the staff of an organisation and somebody else are held or expelled: not one act."""
    if not a.targets or not b.targets or overlap(a.targets, b.targets):
        return False
    return any(p.iso3 is None and p.party_type == "organisation" and p.name[:1].isupper() for p in (*a.targets, *b.targets))


def _imposed_alone(incident: Incident, event: Event) -> bool:
    """Whether one of several states that acted together is told to have acted itself: its measure is one of its own."""
    alone = {p.iso3 for p in event.perpetrators}
    return (
        len(alone) == 1
        and None not in alone
        and all(len({p.iso3 for p in e.perpetrators if p.iso3}) > 1 for e in incident.told if e.perpetrators)
        and any(e.perpetrators for e in incident.told)
    )


def _imposed_apart(a: Event, b: Event) -> bool:
    """Whether two states imposed measures in different months: two measures, also where a third sentence names both states."""
    if a.date is None or b.date is None or not a.date.edtf or not b.date.edtf or not a.perpetrators or not b.perpetrators:
        return False
    return a.date.edtf[:7] != b.date.edtf[:7] and not overlap(a.perpetrators, b.perpetrators)


def _when(date: DateMention | None) -> str | None:
    """What of a date can tell two incidents apart: its year, else its month and day, else a distance in time."""
    if date is None or date.relation in ("since", "until"):
        return None
    if date.edtf is not None:
        return date.edtf[:4] if not date.edtf.startswith("X") else date.edtf[:7]
    return date.text.lower() if _DISTANT.search(date.text) else None


def _compatible(a: list[Party], b: list[Party]) -> bool:
    """Whether two lists may name the same: they share a party, one is empty, or one knows only "gunmen" where the other names a group."""
    if not a or not b or overlap(a, b):
        return True
    return (all(_is_vague(p) for p in a) and any(p.party_type == "group" for p in b)) or (
        all(_is_vague(p) for p in b) and any(p.party_type == "group" for p in a)
    )


def _is_vague(party: Party) -> bool:
    """A group known by a common noun only."""
    return party.party_type == "group" and party.iso3 is None and not party.is_named_group
