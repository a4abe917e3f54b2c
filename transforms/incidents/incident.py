"""One incident: the events of an article that tell it, and what they tell together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from transforms.context import DateMention
from transforms.incidents.event import Event
from transforms.parties import Party, parties_in

OVERTHROWING = frozenset(("coup", "ousted", "overthrew", "overthrown", "power-by-coup", "seized-power", "took-power"))  # acts within one state
MEASURES = ("sanction", "tariff", "export_control")
ENTERING = frozenset(
    ("airspace-violation", "drones-seen", "encroach", "incursion", "intruded", "sailed-into", "ships-presence", "ships-seen")
)  # one act, told in different words
HELD = frozenset(
    (
        "arrest",
        "arrest-foreign",
        "custody",
        "detention",
        "handed-sentence",
        "held",
        "held-abroad",
        "in-detention",
        "prison-term",
        "sentenced",
        "suspects-arrested",
    )
)  # rules of arrest and prison
_RESPONSE = re.compile(
    r"\b(?:summon\w*|condemn\w*|expel(?:led|s)?|retaliat\w*|respond(?:ed|s)?|in\sresponse|protest(?:ed|s)|denounc\w+|recall(?:ed|s))\b"
)
_OWN_PEOPLE = re.compile(
    r"\b(?:activists?|bloggers?|citizens|civilians|critics|demonstrators|dissidents|journalists?|lawyers?|opposition|protesters|reporters?|residents|villagers)\b"
)


@dataclass(slots=True)
class Incident:
    """Events of one article that tell the same incident."""

    number: int
    incident_type: str
    told: list[Event] = field(default_factory=list)
    chosen: Event | None = None  # the best of them, once they are complete
    placed: list[Party] = field(default_factory=list)  # where it happened, from the page, if no sentence names a target's country

    @property
    def best(self) -> Event:
        """The event whose sentence of the body tells it best; of equals the first. Of the title, while only that tells it."""
        if self.chosen is not None:
            return self.chosen
        in_body = [e for e in self.told if e.sentence.field == "body"]
        return max(in_body or self.told, key=lambda e: (e.is_anchored, e.score, -e.sentence.index))

    @property
    def perpetrators(self) -> list[Party]:
        best = self.best  # another sentence tells who did it, unless it names those whom the best one tells as victims
        return best.perpetrators or next((e.perpetrators for e in self.told if e.perpetrators and not overlap(e.perpetrators, best.targets)), [])

    @property
    def targets(self) -> list[Party]:
        doers = {p.label for p in self.perpetrators}
        ranked = [self.best, *self.told]
        found = next((e.targets for e in ranked if any(p.iso3 for p in e.targets)), None)
        found = found or self.placed or next((e.targets for e in ranked if e.targets), [])
        kept = self.incident_type == "detention_or_expulsion" or self.placed or self.best.rule.rule_id in OVERTHROWING
        others = [p for p in found if kept or p.label not in doers or _OWN_PEOPLE.search(p.name)]
        return others or (self.best.targets if self.incident_type == "attack" else [])  # a state's forces against its own people

    @property
    def name(self) -> str | None:
        return self.best.name or next((e.name for e in self.told if e.name), None)

    @property
    def date(self) -> DateMention | None:
        return self.best.date or next((e.date for e in self.told if e.date), None)

    @property
    def location(self) -> str | None:
        """Where it happened: the target's country, for acts on the ground."""
        if self.incident_type in MEASURES:
            return None
        placed = next((e.location for e in (self.best, *self.told) if e.location), None)
        return placed.iso3 if placed else next((p.iso3 for p in self.targets if p.iso3), None)

    @property
    def responders(self) -> list[Party]:
        """Who condemned, summoned or expelled in a sentence that tells the incident."""
        acting = {p.label for p in self.perpetrators}
        result: dict[str, Party] = {}
        for event in self.told:
            if event.incident_type in MEASURES:
                continue
            own = range(event.at, event.end)  # an expulsion is no answer to itself
            response = next((r for r in _RESPONSE.finditer(event.sentence.lower) if r.start() not in own), None)
            for party in parties_in(event.sentence, 0, response.start())[:2] if response else ():
                if party.label not in acting:
                    result.setdefault(party.label, party)
        return list(result.values())


def overlap(a: list[Party], b: list[Party]) -> bool:
    """Whether two lists share a party."""
    return bool({p.label for p in a} & {p.label for p in b})
