"""Who did it and to whom, from all that a sentence says: the parties of the words that tell the act, who is blamed, who answers for it, whose it was."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.incidents.beside import by_law, posted_in, provoked, states_beside
from transforms.incidents.blame import Blame, reporter
from transforms.incidents.event import Event
from transforms.incidents.frames import parties
from transforms.incidents.incident import HELD, MEASURES, OVERTHROWING
from transforms.incidents.lists import Lists
from transforms.incidents.nearby import (
    HIDDEN,
    answer_to,
    answered,
    authority,
    behalf,
    bystander,
    handed_to,
    in_clause,
    known_by_day,
    owner,
    rebuked,
    served,
)
from transforms.incidents.needs import has_weapons
from transforms.incidents.objects import as_state, as_victim, same
from transforms.incidents.phrases import in_phrase
from transforms.incidents.reading import Reading
from transforms.incidents.stand_ins import country_before
from transforms.parties import Party

OWN_ACTS = ("measure", "impose", "custody", "custody-noun")  # frames of acts that a state takes openly: nobody has to be blamed for them
_UNDER_ORDER = ("cut-staff", "mission-closed")
_ORDERED = re.compile(
    r"\b(?:ordered|told|forced|instructed|(?:has|have|had|given)\s(?:until\s\w+|(?:\w+\s){1,3}?(?:hours|days?|weeks?|months?)))(?:\s\w+){0,2}?\sto\s$"
)
_NEW_CLAUSE = re.compile(
    r"[;,:]|\b(?:in\s(?:answer|response|retaliation|revenge)|while|whereas|but|after|before|for|over|against|because|who|which|that|said)\b"
)


def find_doers(reading: Reading, event: Event, i: int, last: int, seen: Sequence[Event], blamed: Sequence[Blame]) -> None:
    """Fills in who did what words `i` to `last` tell, with whom they name as victims and who accuses; `seen` are the acts told before in the sentence,
    `blamed` whom it blames."""
    event.perpetrators, event.targets = parties(reading, event.rule, i, last)
    event.perpetrators = served(reading, event.perpetrators)
    if event.incident_type == "sanction" and not event.perpetrators and (treasury := authority(reading.text)) is not None:
        event.perpetrators = [treasury]
    if event.incident_type in HIDDEN and (masters := behalf(reading, event.end)):
        groups = [Party("group", p.iso3 or masters[0].iso3, None, p.name) for p in event.perpetrators if p.party_type == "group"]
        event.perpetrators, event.targets = groups or masters, [t for t in event.targets if not same(t, masters)]
    event.incident_type = type_by_doers(reading, event)
    told = seen[-1] if seen and event.rule.frame == "measure" and seen[-1].incident_type in MEASURES else None
    if told is not None and not event.perpetrators and not event.targets:  # "sanctions on the country, on top of the embargo"
        event.perpetrators, event.targets = told.perpetrators, told.targets
    if event.rule.frame == "verb" and reading.word(i - 1) == "and" and seen and seen[-1].rule.frame == "verb":  # "killed X and hit Y"
        event.perpetrators = seen[-1].perpetrators
    if event.rule.frame not in OWN_ACTS:
        if not event.perpetrators and event.incident_type == "attack":
            event.perpetrators = in_clause(reading, event.end) or rebuked(reading, i)
            if len({p.iso3 for p in event.perpetrators} - {None}) < 2:  # two armies that fire at each other both suffer
                event.targets = [t for t in event.targets if not same(t, event.perpetrators)]
        if event.incident_type in HIDDEN and not any(p.party_type == "group" for p in event.perpetrators):
            behind = any(e.first > last and e.party in event.perpetrators for e in reading.entities)  # "for spying for X"
            masters = handed_to(reading) if event.incident_type == "espionage" else []
            event.perpetrators = masters or ([] if behind else answered(reading, i)) or event.perpetrators or rebuked(reading, i)
            event.targets = [t for t in event.targets if not same(t, event.perpetrators)]
        if event.incident_type in ("cyberattack", "espionage") and not (event.perpetrators or blamed):
            event.perpetrators = _known_actor(reading)
            event.targets = [t for t in event.targets if not same(t, event.perpetrators)]
        if blamed and is_vague(event.perpetrators, reading.lists) and (not event.perpetrators or any(p.iso3 for b in blamed for p in b.accused)):
            nearest = min(blamed, key=lambda b: abs(b.at - i))
            event.perpetrators, event.is_blamed, event.accusers = nearest.accused[:6], True, nearest.accusers
            event.targets = [t for t in event.targets if not same(t, event.perpetrators)]
        if (
            not event.perpetrators
            and seen
            and event.rule.frame == seen[-1].rule.frame == "noun"
            and not _NEW_CLAUSE.search(reading.low, seen[-1].end, event.at)
        ):
            event.perpetrators, event.accusers = seen[-1].perpetrators, seen[-1].accusers  # "X's operations form part of a campaign"
        if not event.perpetrators and event.rule.rule_id not in OVERTHROWING and (measure := _punished(reading, seen, i)):
            event.perpetrators, event.is_blamed, event.accusers = measure.targets[:3], True, measure.perpetrators
        elif not event.is_blamed and (event.perpetrators or event.incident_type in HIDDEN):
            event.accusers = [p for p in reporter(reading) if not same(p, event.perpetrators)]
    if blamed and event.perpetrators and not event.is_blamed:  # who accuses is no perpetrator of what he accuses another of
        nearest = min(blamed, key=lambda b: abs(b.at - i))
        if nearest.at < i and (
            (nearest.accusers and all(same(p, nearest.accusers) for p in event.perpetrators)) or _charged_with(reading, nearest, event, i)
        ):
            event.perpetrators, event.is_blamed, event.accusers = nearest.accused[:6], True, nearest.accusers
            if not event.targets and event.rule.frame == "noun":
                event.targets = [p for p in in_phrase(reading, last + 1, last + 8, ("against", "at", "on")) if not same(p, event.perpetrators)]


def find_jailer(reading: Reading, event: Event) -> None:
    """Fills in who holds somebody by whose prison or court the sentence names: that state's; those of another are held."""
    here = [e for e in reading.entities if e.party.iso3 and e.kind in ("name", "demonym") and _JAIL.match(reading.low, reading.ends[e.last])]
    if len({e.party.iso3 for e in here}) != 1:
        return
    state = here[0].party.iso3
    others = [t for t in event.targets if t.iso3 != state]
    if not any(t.iso3 for t in others):
        held = [as_victim(reading, e) for e in reading.entities if e.kind == "demonym" and e.party.iso3 != state]
        others = held[:1] or others or event.targets
    event.perpetrators, event.targets = [as_state(here[0])], others


def of_the_country(reading: Reading, event: Event) -> Party | None:
    """Whom "the country" stands for behind an act ("the latest sanctions on the country"): the state named last before it that did not do it."""
    match = _THE_COUNTRY.match(reading.low, event.end)
    if match is None:
        return None
    before = [e.party for e in reading.entities if reading.ends[e.last] < event.at and e.party.iso3 and not same(e.party, event.perpetrators)]
    return next((p for p in [*before[:1], *country_before(reading)] if not same(p, event.perpetrators)), None)


_THE_COUNTRY = re.compile(r"[^,;.:]{0,20}?\s(?:against|at|in|inside|on|across)\sthe\s(?:country|island|kingdom|republic)\b(?![’'])")
_JAIL = re.compile(
    r"(?:[’']s)?\s(?:[\w-]+\s){0,2}?(?:courts?|custody|detention|jails?|judges?|labou?r\scamps?|penal\scolony|prisons?|prosecutors?|tribunal)\b"
)


def find_victims(reading: Reading, event: Event, i: int) -> None:
    """Fills in whom the act at word `i` struck where the words that tell it name no country, and who took a measure that nobody is told to have taken."""
    if event.rule.rule_id in _UNDER_ORDER and event.perpetrators and _ORDERED.search(reading.low, max(0, event.at - 60), event.at):
        event.perpetrators, event.targets = [t for t in event.targets if t.iso3][:1], event.perpetrators  # who has to go is not who sends away
    if (event.rule.frame == "measure" or event.rule.rule_id == "loses-privileges") and not event.perpetrators and event.targets:
        event.perpetrators = [p for p in reporter(reading) if p.iso3 and not same(p, event.targets)][:1]
    if event.incident_type == "detention_or_expulsion" and event.rule.rule_id in HELD:
        find_jailer(reading, event)
    if event.incident_type == "attack" and (day := known_by_day(reading, event.at)) is not None and not any(p.iso3 for p in event.targets):
        event.targets = [day]
    if event.rule.frame == "ties" and event.perpetrators and not any(p.iso3 for p in event.targets):  # "downgraded ties, calling Y's move a breach"
        doing = {p.iso3 for p in event.perpetrators}
        others = {
            e.party.iso3: e.party
            for e in reading.entities
            if e.party.iso3 and e.party.iso3 not in doing and e.kind not in ("place", "capital") and not reading.is_tied(e)
        }
        event.targets = list(others.values()) if len(others) == 1 else event.targets
    if event.rule.frame == "custody" and not event.perpetrators:
        event.perpetrators = posted_in(reading, i, event.targets)
    if event.incident_type in MEASURES:
        if not event.perpetrators and (lawgivers := by_law(reading)):
            event.perpetrators, event.targets = lawgivers, [t for t in event.targets if t.iso3 != lawgivers[0].iso3]
        if not any(p.iso3 for p in event.targets):
            event.targets = provoked(reading, event) or (answer_to(reading, event.perpetrators) if event.perpetrators else []) or event.targets
    if not any(p.iso3 for p in event.targets):
        whose = owner(reading, event.end, event.targets, event.perpetrators, event.accusers)
        event.targets = [whose] if whose is not None else event.targets
        if whose is None and (there := of_the_country(reading, event)) is not None:
            event.targets = [there]
        event.bystander = bystander(reading, i, event.perpetrators, event.accusers) if event.incident_type in HIDDEN else None
    if not event.perpetrators and not any(p.iso3 for p in event.targets):
        event.perpetrators, struck = states_beside(reading, event)
        event.targets = struck or event.targets
    if event.rule.incident_type == "disinformation" and event.perpetrators and not event.targets:  # "X ended the vote over disinformation of Y"
        event.targets = [e.party for e in reading.entities if e.last < i and e.party.iso3 and not same(e.party, event.perpetrators)][:1]


def type_by_doers(reading: Reading, event: Event) -> str:
    """The type of an act now that it is known who did it: an attack by hackers is one on computers, unless weapons are spoken of."""
    if event.incident_type == "attack" and not has_weapons(reading) and any(reading.lists.is_cyber(p.name) for p in event.perpetrators):
        return "cyberattack"
    return event.incident_type


def _known_actor(reading: Reading) -> list[Party]:
    """The one known group of hackers that a sentence names beside an act of nobody: "in a campaign by the same group, with Night Owl posing as"."""
    named = {e.party.label: e.party for e in reading.entities if e.kind == "actor" and reading.lists.is_cyber(e.party.name)}
    return list(named.values()) if len(named) == 1 and _NO_TIE.isdisjoint(reading.wordset) else []


_NO_TIE = frozenset(("despite", "like", "no", "not", "resembles", "similar", "unlike", "unrelated", "whether"))


def _charged_with(reading: Reading, blame: Blame, event: Event, i: int) -> bool:
    """Whether the act at word `i` is what somebody is accused of, and the doers found stand before the verb of accusing."""
    words = reading.words
    if not words[blame.at].startswith("accus") or "of" not in words[blame.at + 1 : min(i, blame.at + 12)]:
        return False
    return not any(e.first > blame.at and e.party in event.perpetrators for e in reading.entities)


def is_vague(doers: list[Party], lists: Lists) -> bool:
    """Whether nobody is named who acts, or only "hackers"."""
    return all(
        p.iso3 is None and p.party_type == "group" and p.name.lower().split()[-1] in lists.groups and not lists.is_actor(p.name) for p in doers
    )


def _punished(reading: Reading, seen: Sequence[Event], i: int) -> Event | None:
    """The measure which the sentence says is taken for this act: "sanctions on X for cyberattacks"."""
    if (
        not seen
        or seen[-1].rule.frame not in ("measure", "impose", "custody", "ties")
        or not {"for", "over", "accused", "response", "retaliation"} & set(reading.words[max(0, i - 8) : i])
    ):
        return None
    return seen[-1] if any(p.iso3 for p in seen[-1].targets) else None
