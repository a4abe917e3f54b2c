"""Visits and releases: whose country an official is from who stands there without one, because the page tells who travels where, or who speaks."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from transforms.ministers.people import CountryPlace, Person
from transforms.ministers.vocabulary import fold

_TRAVELS = re.compile(
    r"(?:\bvisit(?:s|ed|ing)?(?: to)?|\b(?:trip|travels?|travell?ed|travell?ing|flew|flies|fly|journey|tour|traveling) to|\b(?:tour|visit) of"
    r"|\b(?:arriv(?:e|es|ed|ing)|touched down|landed|stay|while|is currently) in)"
    r" (?:the |neighbou?ring )?$",
    re.IGNORECASE,
)
# Whom somebody of another country receives: the delegation of, the ambassador of.
_GUESTS = re.compile(
    r"\b(?:receiv(?:e|es|ed|ing)|welcom(?:e|es|ed|ing)|met|meets|meeting|talks|audience)\b[^.;\n]{0,70}"
    r"\b(?:delegation|group|team|leaders|ambassador|envoy|investors|business\w+|lawmakers|parliamentarians|journalists|officials)(?: of| from) (?:the )?$"
)
_ALSO = re.compile(r"(?:,|,? and|,? then) (?:the |to |then )*$")
_OPENS = re.compile(r"(?:^|[.!?”\"]\s|\n)In (?:the )?$")
_VISIT_BEHIND = re.compile(r"(?:['’]s)?,? (?:state |official |working )?(?:visit|trip|tour)\b", re.IGNORECASE)
_MEETS = re.compile(
    r"\b(?:met|meets?|meeting|meetings|talks|discussions|called on|calls on|call on|received by|welcomed by|greeted by|hosted by|holds? talks|"
    r"held talks|spoke|dinner|lunch|breakfast)\b"
)
_MEETS_WITH = re.compile(r"\bmet\b|\b(?:meets?|met|talks?|spoke|speaks|signed|held|agreed|discuss\w*|negotiat\w*|meeting|call)\b.*\bwith\b")
_COLLEAGUE = re.compile(r"\b(?:my|our)(?: \w+)? colleagues?,? (?:the )?$", re.IGNORECASE)
_SPEAKS = re.compile(r"\b(?:release|statement|remarks|address|speech|message|interview|transcript|opinion piece|op-ed)\b[^\n]{0,60}$", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]y)\b")
_GOVERNMENT_BEHIND = re.compile(r"(?:['’]s?)? [Gg]overnment\b")
_GOVERNMENT_BEFORE = re.compile(r"\b[Gg]overnment of (?:the )?$")
_REACH = 45  # characters before a country in which a verb of travel ends
_GUEST_REACH = 110  # characters before a country in which a guest of it is named
_ABOVE = 100  # characters before a person in which words such as "a speech by" stand


@dataclass(slots=True)
class Visits:
    """The visits of one article: in the order of its text, which country is visited (`hosts`), and who the visitor is, if a name says so."""

    text: str  # title, line break, body
    offset: int  # where the body begins
    hosts: list[tuple[int, frozenset[str]]] = field(default_factory=list)  # offset of the first, and the countries of one list
    guests: list[tuple[int, frozenset[str]]] = field(default_factory=list)  # the countries of those whom somebody receives
    journeys: set[str] = field(default_factory=set)  # those to which somebody travels, and where it is not only said what happened there
    places: list[tuple[int, int, str]] = field(default_factory=list)  # the country mentions in the text, in order

    @classmethod
    def of(cls, text: str, mentions: list[CountryPlace]) -> Visits:
        """The visits that the text tells of."""
        offset = text.find("\n") + 1
        visits = cls(text, offset)
        placed = sorted(
            (start + (offset if where == "body" else 0), end + (offset if where == "body" else 0), iso3, kind)
            for where, start, end, iso3, kind in mentions
        )
        visits.places = [(start, end, iso3) for start, end, iso3, _ in placed]
        last = -1
        for start, end, iso3, kind in placed:
            before = text[max(0, start - _REACH) : start]
            if "deleg" in before or "group" in before or "leaders" in before or "amb" in before:
                around = text[max(0, start - _GUEST_REACH) : start]
                if _GUESTS.search(around):
                    visits.guests.append((start, frozenset({iso3})))
            if kind == "demonym":
                continue
            travels = _TRAVELS.search(before) is not None or (kind == "name" and _VISIT_BEHIND.match(text, end) is not None)
            if visits.hosts and _ALSO.fullmatch(text[last:start]):
                first, countries = visits.hosts[-1]
                visits.hosts[-1] = (first, countries | {iso3})
                travels = not visits.journeys.isdisjoint(countries)
            elif travels or _OPENS.search(before):
                visits.hosts.append((start, frozenset({iso3})))
            else:
                continue
            last = end
            if travels:
                visits.journeys.add(iso3)
        return visits

    def at(self, where: str, start: int) -> int:
        """An offset of a field as one of the text."""
        return start + (self.offset if where == "body" else 0)

    def foreign_to(self, person: Person, people: list[Person]) -> set[str]:
        """The countries of which the person is not, because he or she visits them or meets their officials."""
        return self._visited_by(person) | self._met_by(person, people)

    def _met_by(self, person: Person, people: list[Person]) -> set[str]:
        """The countries stated beside those whom the person meets in one sentence."""
        others = [(self.at(s.where, s.start), s.sighting.iso3) for p in people if p is not person for s in p.seen if s.sighting.basis == "stated"]
        found: set[str] = set()
        for s in person.seen:
            at = self.at(s.where, s.end)
            stop = re.compile(r"[.;] |\n|$").search(self.text, at)
            for other, iso3 in others:
                if iso3 and stop and at < other < stop.start() and _MEETS_WITH.search(self.text[at:other]):
                    found.add(iso3)
        return found

    def _visited_by(self, person: Person) -> set[str]:
        names = {fold(s.sighting.spelling).split()[-1] for s in person.seen}
        found: set[str] = set()
        for start, countries in [*self.hosts, *self.guests]:
            before = self.text[max(self.text.rfind(". ", 0, start), self.text.rfind("\n", 0, start)) + 1 : start]
            words = set(fold(before).split())
            if names & words or (self.speaks(person) and _FIRST_PERSON.search(before)):
                found |= countries
        return found

    def host_of(self, person: Person) -> str | None:
        """The country in which the person is met: the one visited that the paragraph named last; failing one, the only one of the article."""
        first = min(person.seen, key=lambda s: (s.where == "title", s.start))
        at = self.at(first.where, first.start)
        paragraph = self.text.rfind("\n", 0, at) + 1
        inside = [(start, countries) for start, countries in self.hosts if paragraph <= start < at]
        latest = next((countries for start, countries in reversed(self.hosts) if start < paragraph), frozenset())
        sentence = self.text[max(self.text.rfind(". ", 0, at), paragraph) : at]
        if inside and inside[-1][0] >= at - len(sentence):
            others = {iso3 for start, _, iso3 in self.places if inside[-1][0] < start < at} - inside[-1][1]
            return next(iter(inside[-1][1])) if len(inside[-1][1]) == 1 and not others else None
        if not _MEETS.search(sentence):
            return None
        named = {iso3 for _, countries in inside for iso3 in countries} or (latest & self.journeys) or self.journeys
        return next(iter(named)) if len(named) == 1 else None

    def is_colleague(self, person: Person) -> bool:
        """Whether the speaker calls the person a colleague."""
        return any(
            _COLLEAGUE.search(self.text[max(0, at - _ABOVE) : at])
            for s in person.seen
            if (at := self.at(s.where, s.start - (s.sighting.name.start - s.sighting.office.outer if s.sighting.office else 0)))
        )

    def speaks(self, person: Person) -> bool:
        """Whether the page is a release or speech of the person: the line that says so names him or her."""
        return any(_SPEAKS.search(self.text[max(0, self.at(s.where, s.start) - _ABOVE) : self.at(s.where, s.start)]) for s in person.seen)

    def government(self) -> str | None:
        """The country of whose government the text speaks most: that of a speaker who names no country."""
        count = Counter(
            iso3
            for start, end, iso3 in self.places
            if _GOVERNMENT_BEHIND.match(self.text, end) or _GOVERNMENT_BEFORE.search(self.text[max(0, start - 20) : start])
        ).most_common(2)
        return count[0][0] if count and (len(count) == 1 or count[0][1] > count[1][1]) else None
