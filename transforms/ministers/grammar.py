"""Joins offices to names within one sentence."""

from __future__ import annotations

from itertools import pairwise

from transforms.ministers import links
from transforms.ministers.before import Country
from transforms.ministers.behind import REPUBLIC
from transforms.ministers.names import MONTHS, Name, name_before, read_name, without_honours
from transforms.ministers.offices import OfficeMention, OfficeReader
from transforms.ministers.sightings import Named, Sighting, sightings
from transforms.ministers.vocabulary import Vocabulary


class SentenceReader:
    """Finds the office-holders of one sentence. `lowered` is the body of the article where the sentence is a headline in title case."""

    def __init__(self, text: str, countries: list[Country], words: Vocabulary, lowered: str | None = None) -> None:
        self.text = text
        self.words = words
        self.countries = countries
        self.stops = frozenset(c.start for c in countries)
        self.lowered = lowered
        self.offices = OfficeReader(text, countries, words, title_case=lowered is not None)
        self.behind = False  # whether names stand behind their offices and a comma: a list keeps to one order
        self.taken: list[tuple[int, int]] = []  # spans of names
        self.begun: list[tuple[int, int]] = []  # the same with the titles before them

    def read(self, heads: list[int]) -> list[Sighting]:
        """The sightings, in the order of the offices. `heads` are the offsets at which words of offices were found."""
        offices: list[OfficeMention] = []
        for at in heads:
            if offices and at < offices[-1].end:
                continue
            office = self.offices.read(at, offices[-1].end if offices else 0)
            if office is not None:
                offices.append(office)
        result: list[Sighting] = []
        chain: list[OfficeMention] = []
        for i, office in enumerate(offices):
            if office.office.is_title and any(a <= office.end and office.start < b for a, b in self.begun):
                continue
            chain.append(office)
            following = offices[i + 1] if i + 1 < len(offices) else None
            names = self._names_of(office, following)
            if not names and following is not None and self._continues(office, following) and not self._has_own_name(chain[0], following):
                continue
            if not names and self.behind:
                names = self._names_behind_comma(office, chain[0], following)
            if not names:
                before = self._name_before(chain[0])
                names = [before] if before else []
                last = result[-1] if result else None  # a list keeps to one order: X, minister of this, Y, minister of that
                in_order = last is not None and last.office is not None and last.office.start > last.name.start
                if before and not in_order and links.OFFICE_AND_COMMA.search(self.text, max(0, before[0].begin - 70), before[0].begin):
                    names = self._names_behind_comma(office, chain[0], following) or names
            if not names and office is chain[-1]:
                names = self._names_behind_comma(office, chain[0], following)
                self.behind |= bool(names)
            says_little = office.office.evidence == "counterpart" or office.office.office in {"prince", "crown prince"}
            if says_little and len(names) == 1 and following is not None and self._tells_office(names[0][0], following):
                chain = []  # his counterpart X, Minister of External Relations of Angola; Prince X, Saudi Arabia's defence minister
                continue
            if names:
                self.taken += [(name.start, name.end) for name, _ in names]
                self.begun += [(name.begin, name.end) for name, _ in names]
                result += sightings(self.text, chain, names, [self._alias(name) for name, _ in names], result)
            chain = []
        return result

    def _continues(self, office: OfficeMention, following: OfficeMention) -> bool:
        """Whether both are offices of one person: Prime Minister and Minister of Defence X."""
        between = self.text[office.end : following.outer]
        if office.plural or following.plural or not links.OFFICE_LINK.search(between) or len(between) > 6:
            return False
        if office.office.office == "president" and "prime minister" in following.office.form and office.has_article:
            return False  # the President and Prime Minister X are two; Korea's acting president and prime minister X is one
        same_case = self.text[office.start].isupper() == self.text[following.start].isupper()
        own_article = following.outer < following.start and self.text[following.outer : following.start].strip() in {"the", "a"}
        other_country = bool(following.countries) and bool(office.countries) and following.countries != office.countries
        return same_case and not own_article and not other_country

    def _has_own_name(self, office: OfficeMention, following: OfficeMention) -> bool:
        """Whether the name before an office closes it, because the next one has a name behind it: X, President of Y, and Minister Z."""
        return (
            self.text[following.outer - 6 : following.outer].startswith(", and ")
            and bool(self._names_of(following, None))
            and self._name_before(office) is not None
        )

    def _tells_office(self, name: Name, following: OfficeMention) -> bool:
        """Whether the office behind a name is that of the person and says more than "counterpart"."""
        apposed = links.APPOSED.fullmatch(self.text, name.end, following.outer) is not None and not following.plural
        says_more = bool(following.countries) or following.has_phrase or following.portfolio not in {"head", "other"}
        return apposed and says_more and not self._names_of(following, None)

    def _names_of(self, office: OfficeMention, following: OfficeMention | None) -> list[Named]:
        """The names right behind an office, each with the country written behind it."""
        if office.plural:
            names = self._names_by_country(office, following)
            start = links.LIST_START.match(self.text, office.end) if len(names) < 2 else None
            return (self._name_list(start.end(), following) if start else []) or names
        if office.office.evidence == "counterpart" and (names := self._names_by_country(office, following)):
            return names
        match = links.BLANK.match(self.text, office.end)
        the = match is not None and match.group().endswith("the ") and not self.words.title.match(self.text, match.end())
        if match is None or the or links.POSSESSIVE.match(self.text, office.end):
            return []
        at = match.end()
        country = next((c for c in self.countries if c.start == at and c.kind == "name"), None)
        if country is not None and not office.countries and self.text[country.end : country.end + 1] == " ":  # Foreign Minister Norway Kari Lie
            name = self._name_at(country.end + 1, following)
            if name is not None and len(name.tokens) > 1:
                return [(name, country.iso3)]
        name = self._name_at(at, following)
        alone = not office.has_article or office.tenure == "former"  # the minister and negotiator Mary Jones are two
        other = links.AND_OTHER.match(self.text, office.end) if name is None and alone else None
        if other is not None and not any(other.start() < c.start < other.end() for c in self.countries):
            following = None if following is not None and following.end < other.end() else following
            name = self._name_at(other.end(), following)
            name = name if name is not None and len(name.tokens) > 1 else None
        if name is None:
            return []
        before = self.text[max(0, office.outer - 40) : office.start]
        if (office.bare_end or before.endswith((" of the ", " to the "))) and links.SERVANT_BEFORE.search(before):
            office.is_weak = True
        names = [self._with_country(name)]
        while names[-1][1]:  # President X of Norway and Y of Sweden
            separator = links.LIST_SEPARATOR.match(self.text, self._end_of(names[-1]))
            further = self._name_at(separator.end(), following) if separator else None
            if further is None or len(further.tokens) < 2 or further.begin < further.start or self._with_country(further)[1] is None:
                break
            names.append(self._with_country(further))
        return names

    def _names_by_country(self, office: OfficeMention, following: OfficeMention | None) -> list[Named]:
        """His counterparts from Latvia, X, and Estonia, Y; the presidents of Latvia (X) and Estonia (Y)."""
        names: list[Named] = []
        at = office.end
        iso3 = office.countries[0] if len(office.countries) == 1 and office.bare_end else None
        while True:
            if iso3 is None:
                link = (links.LIST_SEPARATOR if names else links.FROM).match(self.text, at)
                country = next((c for c in self.countries if c.start == link.end()), None) if link else None
                if country is None:
                    break
                iso3, at = country.iso3, country.end
            mark = links.COUNTRY_MARK.match(self.text, at)
            name = self._name_at(mark.end(), following) if mark else None
            if name is None:
                break
            names.append((name, iso3))
            at = name.end + (self.text[name.end : name.end + 1] == ")")
            iso3 = None
        return names

    def _name_at(self, at: int, following: OfficeMention | None) -> Name | None:
        if at in self.stops and any(c.start == at and " " in self.text[at : c.end] for c in self.countries):
            return None  # in Bhutan, Sri Lanka and Nepal
        name = read_name(self.text, at, self.words, self.stops, self.lowered)
        if name is None or any(a < name.end and name.start < b for a, b in self.taken):
            return None
        if following is not None and following.outer < name.end and not (following.start >= name.begin and following.office.is_title):
            return None
        return name

    def _name_list(self, at: int, following: OfficeMention | None) -> list[Named]:
        names: list[Named] = []
        while True:
            name = self._name_at(at, following)
            if name is None:
                break
            entry = self._with_country(name)
            names.append(entry)
            end = self._end_of(entry)
            if len(names) > 1 and entry[1] and (isos := self._respectively(name.end, len(names))):
                return [(n, iso3) for (n, _), iso3 in zip(names, isos, strict=True)]
            separator = links.LIST_SEPARATOR.match(self.text, end)
            if separator is None:
                break
            at = separator.end()
            if following is not None and at >= following.outer:
                break
        return names

    def _respectively(self, end: int, number: int) -> list[str]:
        """The countries behind a list of `number` names, one for each: Presidents X and Y of Norway and Sweden."""
        found = [c for c in self.countries if c.start > end][:number]
        between = [self.text[a.end : b.start] for a, b in pairwise(found)]
        good = len(found) == number and all(links.LIST_SEPARATOR.fullmatch(gap) for gap in between) and "and" in between[-1]
        return [c.iso3 for c in found] if good and found[0].start < end + 25 else []

    def _end_of(self, entry: Named) -> int:
        name, iso3 = entry
        if iso3 is None:
            return name.end
        behind = [c for c in self.countries if name.end < c.start < name.end + 45 and c.iso3 == iso3]
        end = behind[0].end if behind else name.end
        if republic := REPUBLIC.match(self.text, end):
            end = republic.end()
        return end + 1 if self.text[end : end + 1] == ")" else end

    def _with_country(self, name: Name) -> Named:
        """The name with the country that stands behind it: X of Japan, X (Japan)."""
        match = links.AFTER_NAME_COUNTRY.match(self.text, name.end)
        if match and not name.possessive:
            country = next((c for c in self.countries if c.start == match.end()), None)
            if country and country.kind != "demonym" and self.text[country.end : country.end + 2] not in {"’s", "'s"}:
                if "from" in match.group() or "for" in match.group():
                    return name, None
                return name, country.iso3
        return name, None

    def _name_before(self, office: OfficeMention) -> Named | None:
        """The name to which an office stands in apposition: X, the Russian foreign minister."""
        text = self.text
        if office.plural or links.POSSESSIVE.match(text, office.end):
            return None
        low = max(0, office.outer - 110)
        window = text[low : office.outer]
        link = (
            links.APPOSITION_TWICE.search(window)
            or links.APPOSITION.search(window)
            or (links.APPOSITION_AND.search(window) if " and " in window[-15:] else None)
        )
        copula = link is None
        if link is None and " as " in window[-15:]:
            link = links.LEFT.search(window) or links.STAYS.search(window)
        if link is None:
            link = links.COPULA.search(window)
        if link is None:
            return self._titled_before(office)
        end = low + link.start()
        if text[end - 1 : end] == ")" and not copula:
            end = text.rfind(" (", 0, end)
        if age := links.AGE.search(text, max(0, end - 12), end):
            end = age.start()
        name = name_before(text, without_honours(text, end), self.words, self.stops, self.lowered)
        if name is None or any(a < name.end and name.start < b for a, b in self.taken):
            return None
        if office.office.evidence == "counterpart":
            return None
        if not office.countries and office.organisation is None:
            office.countries = self._possessor(name)
        if copula and (replaced := links.REPLACES.search(text, max(0, name.begin - 30), name.begin)):
            other = name_before(text, replaced.start(), self.words, self.stops, self.lowered)
            if other is not None and not any(a < other.end and other.start < b for a, b in self.taken):
                return other, None  # X replaced Y as minister: X is it now
            office.tenure = "former"
        firm = bool(office.countries) or office.the_country or office.organisation is not None or office.iso3 is not None
        if office.office.evidence in {"state", "country", "holder"} and not firm:
            office.is_weak = True
        if copula:
            if len(name.tokens) < 2 and not firm:
                return None
            if not firm and not office.has_phrase and office.portfolio in {"other", "head"} and office.office.office != "prime minister":
                office.is_weak = True
            verb = link.group()
            if office.tenure != "former" and (
                "nominated" in verb
                or (" will " in verb and links.GOES_ON.search(verb) is None)
                or (verb.strip().startswith("as") and links.CHOSEN.search(text[max(0, name.begin - 30) : name.begin]))
            ):
                office.tenure = "designate"
            elif links.HELD.search(verb) or links.LEFT.fullmatch(verb):
                office.tenure = "former"
        return name, None

    def _possessor(self, name: Name) -> list[str]:
        """The country whose X a person is called: Norway's X, the president."""
        return [c.iso3 for c in self.countries if self.text[c.end : name.begin] in {"'s ", "’s "}]

    def _titled_before(self, office: OfficeMention) -> Named | None:
        """The name right before an office, with a title or a verb of appointment: His Excellency X President of the Republic of Y, appointed X minister of Y."""
        if self.text[office.outer - 1 : office.outer] != " " or not (office.has_phrase or office.countries):
            return None
        name = name_before(self.text, office.outer - 1, self.words, self.stops, self.lowered)
        if name is None or len(name.tokens) < 2 or any(a < name.end and name.start < b for a, b in self.taken):
            return None
        if verb := links.APPOINTS.search(self.text, max(0, name.begin - 20), name.begin):
            office.tenure = "designate" if links.CHOSEN.search(verb.group()) else office.tenure
            return name, None
        titled = name.begin < name.start and office.has_phrase and self.text[office.start].isupper() and bool(office.countries)
        return (name, None) if titled else None

    def _names_behind_comma(self, office: OfficeMention, first: OfficeMention, following: OfficeMention | None) -> list[Named]:
        """The name behind a comma: Japan's Minister of Trade, Ken Saito."""
        text = self.text
        further = links.FURTHER.match(text, office.end) if office.has_phrase or office.countries or office.office.evidence == "none" else None
        if further is not None:
            following = None if following is None or following.start < further.end() else following
            named = [c.iso3 for c in self.countries if further.start() < c.start < further.end()]
            if not office.countries and len(named) == 1:
                office.countries = named
        match = links.COMMA.match(text, further.end() if further else office.end)
        if match is None or office.plural or links.BAD_BEFORE.search(text[max(0, first.outer - 40) : first.outer]):
            return []
        if links.BAD_BEFORE.search(text[max(0, first.start - 40) : first.start]):
            return []
        name = self._name_at(match.end(), following)
        if name is None:
            return []
        if match.group() == " (" and (len(name.tokens) < 2 or text[name.end : name.end + 1] != ")"):
            return []
        closed = links.CLOSES.match(text, name.end) is not None
        if not (office.has_phrase or further or name.begin < name.start) and not closed:
            return []
        if (further or not office.has_phrase) and len(name.tokens) < 2 and name.begin == name.start and text[name.end : name.end + 1] != ",":
            return []
        if len(name.tokens) == 1 and name.tokens[0] in MONTHS:
            return []
        if text[office.end] == ":" and not (office.has_phrase or office.countries):
            return []
        if text[first.outer : first.start].strip() in {"a", "an"}:
            return []
        return [self._with_country(name)]

    def _alias(self, name: Name) -> str | None:
        match = links.ALIAS.match(self.text, name.end)
        if match is None:
            return name.nick
        alias = read_name(self.text, match.end() + (self.text[match.end() : match.end() + 1] in {'"', "“", "'", "‘"}), self.words, self.stops)
        return " ".join(alias.tokens) if alias and len(alias.tokens) == 1 else name.nick
