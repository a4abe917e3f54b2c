"""A hostile act as one sentence tells it."""

from __future__ import annotations

from dataclasses import dataclass, field

from transforms.context import DateMention, Sentence
from transforms.incidents.lists import Rule
from transforms.parties import Party


@dataclass(slots=True)
class Event:
    """A hostile act, told by the characters from `at` to `end` of a sentence."""

    sentence: Sentence
    rule: Rule
    incident_type: str
    at: int
    end: int
    perpetrators: list[Party] = field(default_factory=list)
    targets: list[Party] = field(default_factory=list)
    realis: str = "actual"
    stance: str = "asserted"
    hedge_cue: str | None = None
    accusers: list[Party] = field(default_factory=list)
    is_blamed: bool = False
    is_guessed: bool = False  # no sentence says who did it: another act of the page does
    name: str | None = None
    date: DateMention | None = None
    location: Party | None = None
    bystander: Party | None = None  # a state named beside the act, where the sentence names no target's country
    is_another: bool = False  # the words set it apart: another, a similar, an earlier one
    is_new: bool = False  # the sentence turns to another act: "On the same day", "In 2015"
    day: str | None = None  # the day on which the sentence puts it
    cities: frozenset[str] = frozenset()  # cities in which it struck
    rates: frozenset[str] = frozenset()  # of a tariff, in percent
    goods: frozenset[str] = frozenset()  # on which a tariff is laid
    is_many: bool = False  # the sentence tells many acts over a long time
    is_definite: bool = False  # "the attack": told before
    is_named: bool = False  # it bears its victim's name: "the Northgate hack"
    is_anchored: bool = False  # the sentence itself tells who, whom, where or when
    score: float = 0.0  # how well the sentence tells the incident

    @property
    def is_of_state(self) -> bool:
        """Whether any perpetrator's state is known."""
        return any(p.iso3 for p in self.perpetrators)
