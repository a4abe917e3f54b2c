"""An office-holder in one article, and the sightings of which he or she consists."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from transforms.ministers.sightings import Sighting
from transforms.ministers.vocabulary import Holder

HEADS = ("head_of_state", "head_of_government")
CountryPlace = tuple[str, int, int, str, str]
"""A country mention: field, start, end, country, kind."""


@dataclass
class Article:
    """What is known of an article before its persons are."""

    title: str
    body: str
    mentions: list[CountryPlace]  # sorted

    @cached_property
    def text(self) -> str:
        """Title, line break, body."""
        return f"{self.title}\n{self.body}"

    @property
    def fields(self) -> dict[str, str]:
        """The texts in which persons are named, by field."""
        return {"title": self.title, "body": self.body}

    @cached_property
    def scores(self) -> dict[str, float]:
        """How much the article speaks of each country that it names: twice as much in its title, half as much where it names the capital."""
        scores: dict[str, float] = defaultdict(float)
        for where, _, _, iso3, kind in self.mentions:
            scores[iso3] += (2 if where == "title" else 1) * (1 if kind != "capital" else 0.5)
        return dict(scores)


@dataclass(slots=True)
class Seen:
    """A sighting with its place in the article."""

    where: str  # title or body
    start: int
    end: int
    sighting: Sighting
    side: str | None  # the country whose delegation the sentence speaks of
    parts: list[str] = field(default_factory=list)
    soft: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Person:
    """An office-holder in one article."""

    seen: list[Seen]
    parts: list[str]
    soft: list[str]
    spelling: str
    aliases: set[str] = field(default_factory=set)
    surname: list[str] = field(default_factory=list)
    holder: Holder | None = None
    iso3: str | None = None
    basis: str = "none"
    organisation: str | None = None
    rank: str = "minister"
    portfolio: str = "other"
    is_leader: bool = False  # the page says no more than that he or she leads the country
    key: str = ""
    forms: list[str] = field(default_factory=list)

    @property
    def is_current(self) -> bool:
        """Whether the office is held now, as far as the page says."""
        return any(s.sighting.tenure not in {"former", "designate"} for s in self.seen)
