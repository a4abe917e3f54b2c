"""Where an incident happened that no sentence places: from what the page speaks of."""

from __future__ import annotations

import re

from transforms.incidents.event import Event
from transforms.incidents.incident import ENTERING, HELD, MEASURES, OVERTHROWING, Incident
from transforms.incidents.lists import Lists
from transforms.incidents.nearby import HIDDEN, imposer
from transforms.incidents.objects import same
from transforms.incidents.reading import DATELINE
from transforms.parties import Party

_SENT_AWAY = frozenset(
    ("deport", "deport-nationals", "entry-refused", "expulsion", "non-grata", "ordered-out", "sent-home", "thrown-out", "unwanted")
)  # who is expelled belongs to another country
_WORLD = re.compile(r"\b(?:worldwide|global\w*|around the world|across the world|international\w*|allies|other countries)\b", re.IGNORECASE)
_DOMESTIC = re.compile(
    r"\b(?:coup|own\s(?:people|citizens)|protest\w*|demonstrat\w*|dissidents?|unrest|opposition|crackdown|activists|lawmakers?|senators?)\b",
    re.IGNORECASE,
)
_LOCAL = re.compile(
    r"\b(?:governors?|mayors?|police|hospitals?|emergency|rescue|firefighters|residents|villagers|local\s(?:officials?|authorities|media)"
    r"|(?:regional|provincial|district)\s(?:head|chief|officials?|authorities))\b"
)
_CIVILIANS = re.compile(r"\b(?:civilians|citizens|families|villagers)\b")
_PROTEST = re.compile(r"protest|demonstrat|own\s", re.IGNORECASE)


_OWN = re.compile(r"\b(?:its|their|our)\s(?:[\w-]+\s){0,2}$")


def place(incident: Incident, focus: list[Party], lists: Lists, told: list[Event]) -> None:
    """Gives an act of which no sentence names the target's country one of which the article speaks (`focus`), and those who hold or expel somebody
    their state. `told` are the events of all its incidents."""
    if incident.incident_type in ("sanction", "export_control") and not incident.perpetrators and incident.targets:
        best = incident.best  # "the council extended its sanctions": whose they are stands there
        found = None if _OWN.search(best.sentence.lower, 0, best.at) else _imposing(incident, told) or imposer(best.sentence.article)
        if found is not None and not same(found, incident.targets):
            incident.best.perpetrators = [found]
    if not focus:
        return
    if any(p.iso3 for e in incident.told for p in e.targets):
        if incident.best.rule.rule_id in OVERTHROWING and not incident.perpetrators:
            incident.best.perpetrators = [p for p in incident.targets if p.iso3][:1]
        if incident.best.rule.rule_id in HELD and not incident.perpetrators:
            incident.best.perpetrators = [_holder(incident, focus, lists)]
    elif incident.incident_type == "detention_or_expulsion":
        home = next((p for p in incident.perpetrators if p.iso3), None) or _holder(incident, focus, lists)
        if incident.best.rule.rule_id not in _SENT_AWAY or "extradit" in incident.best.sentence.text:
            incident.placed = [home]
        if not incident.perpetrators:
            incident.best.perpetrators = [home]
    elif _has_country(incident) and not _hit_fighters(incident, lists):
        incident.placed = _struck(incident, focus, told, lists)
        if incident.best.rule.rule_id in OVERTHROWING and not incident.perpetrators:  # who overthrows a government is of its state
            incident.best.perpetrators = incident.placed


def _imposing(incident: Incident, told: list[Event]) -> Party | None:
    """Who takes all the measures that the page tells against the same state, if that is one."""
    hit = {p.iso3 for p in incident.targets} - {None}
    doers = {p.label: p for e in told if e.incident_type in MEASURES and hit & {t.iso3 for t in e.targets} for p in e.perpetrators}
    return next(iter(doers.values())) if len(doers) == 1 else None


def _holder(incident: Incident, focus: list[Party], lists: Lists) -> Party:
    """The state that holds somebody of another: where it was, else where its local police are heard, else the first of which the article speaks."""
    held = {p.iso3 for p in incident.best.targets}  # "a Chinese man was arrested in Poland"
    here = next((e.location for e in incident.told if e.location and e.location.iso3 not in held), None)
    here = here or _reported_from(incident, [p for p in focus if p.iso3 not in held], lists) or focus[0]
    return Party("state", here.iso3, None, here.name)


def _has_country(incident: Incident) -> bool:
    """Whether an act of this kind strikes a country that the article names somewhere. A tariff in force without one is for everybody."""
    if incident.incident_type == "tariff" and incident.best.realis == "actual":
        return False
    rule_id = incident.best.rule.rule_id
    if rule_id in ENTERING or (rule_id in OVERTHROWING and not incident.targets) or incident.best.rule.frame == "support":
        return True
    return incident.incident_type in ("attack", *HIDDEN, *MEASURES)


def _hit_fighters(incident: Incident, lists: Lists) -> bool:
    """Whether an armed group suffered the act, which is no country's."""
    groups = [p.name for p in incident.best.targets if p.party_type == "group"]
    return any(lists.groups.get(name.lower().split()[-1], "kind") != "kind" or lists.is_actor(name) for name in groups)


def _struck(incident: Incident, focus: list[Party], told: list[Event], lists: Lists) -> list[Party]:
    """The country that an act struck: who blames somebody for it, as mostly who suffered does, is named beside it or where it is told to be; for attacks
    at home the doer's own; else the first of which the article speaks that is no perpetrator."""
    kind = incident.incident_type
    doers = {p.iso3 for p in incident.perpetrators}
    # one state that blames mostly suffered; those that blame together do so for others
    accuser = next((e.accusers[0] for e in incident.told if len(e.accusers) == 1 and e.accusers[0].iso3 not in (None, *doers)), None)
    if accuser and kind != "attack" and not any(_WORLD.search(e.sentence.text) for e in incident.told):
        return [next((p for p in focus if p.iso3 == accuser.iso3), Party("state", accuser.iso3, None, accuser.name))]
    beside = next((e.bystander for e in (incident.best, *incident.told) if e.bystander and e.bystander.iso3 not in doers), None)
    if beside is not None:
        return [beside]
    if kind == "cyberattack" and incident.perpetrators and not incident.targets and not any(e.is_definite for e in incident.told):
        return []
    alike = [e for e in told if e.incident_type == kind]
    located = next((e.location for e in (*incident.told, *(e for e in alike if e.realis != "planned")) if e.location), None)
    if located is not None and located.iso3 not in doers and kind not in MEASURES:
        return [located]
    told_of = [_DOMESTIC.search(e.sentence.text) for e in incident.told] if kind in ("attack", "cyberattack", "espionage") else []
    if any(told_of) and focus[0].iso3 in doers:
        return focus[:1]
    if kind == "attack" and any(m and _PROTEST.match(m[0]) for m in told_of) and (own := [p for p in focus[:3] if p.iso3 in doers]):
        return own[:1]
    others = [p for p in focus[:4] if p.iso3 not in doers]
    if kind == "attack" and (here := _reported_from(incident, others, lists)) is not None:
        return [here]
    if kind in MEASURES or not incident.perpetrators:  # who imposes measures, or hacks, elsewhere on the page is not who suffers them here
        elsewhere = {p.iso3 for e in alike for p in e.perpetrators}
        others = [p for p in others if p.iso3 not in elsewhere] or others
    if kind not in MEASURES:  # nor is who answers others' acts
        punished = {p.iso3 for e in told if e.incident_type in MEASURES for p in e.targets}
        imposing = {p.iso3 for e in told if e.incident_type in MEASURES for p in e.perpetrators}
        others = [p for p in others if p.iso3 in punished] + [p for p in others if p.iso3 not in imposing | punished] or others
    if kind == "attack" and any(doers) and _CIVILIANS.search(incident.best.sentence.lower):  # an army that killed people and no other state is struck
        theirs = [e for e in alike if doers & {p.iso3 for p in e.perpetrators}]  # not whom another's act struck
        struck = {p.iso3 for e in theirs for p in e.targets} - {p.iso3 for e in alike for p in e.perpetrators}
        return [p for p in others if p.iso3 in struck][:1] or [p for p in focus[:1] if p.iso3 in doers] or others[:1]
    return others[:1]


def _reported_from(incident: Incident, countries: list[Party], lists: Lists) -> Party | None:
    """Which of the countries of the page an attack hit that names none: the one that its sentence names beside local officials, else that of the dateline."""
    for event in (incident.best, *incident.told):
        if _LOCAL.search(event.sentence.lower):
            named = {m.iso3 for m in event.sentence.countries("name", "abbreviation", "demonym")}
            if len(found := [p for p in countries if p.iso3 in named]) == 1:
                return found[0]
    article = incident.best.sentence.article
    first = next((s for s in article.sentences if s.field == "body"), None)
    line = DATELINE.match(first.text) if first is not None else None
    if first is None or line is None:
        return None
    named = {m.iso3 for m in first.mentions if m.kind == "country" and m.start < line.end()}
    city = first.text[: line.end()].split(",")[0].split("(")[0].strip(" -–—:").title()
    named |= {iso3 for name, iso3 in lists.places.get(city.lower().split()[0], ()) if name == city} if city else set()
    return next((p for p in countries[:2] if p.iso3 in named), None)
