"""Reads what stands before the head of an office: Hungary's nationalist deputy | prime minister."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from transforms.ministers.vocabulary import Office, Vocabulary

EU = "European Union"
_REACH = 110  # characters: the longest names of ministries
_QUOTES = "“\"‘'(["
# Words that cannot stand between a country and its office. Other lower-case words can: Israel's far-right finance minister.
_NO_ADJECTIVE = frozenset(
    {"a", "an", "the", "of", "in", "on", "at", "by", "to", "from", "for", "with", "without", "into", "over", "under", "between", "against",
     "about", "during", "through", "as", "and", "or", "but", "nor", "if", "when", "while", "after", "before", "since", "until", "because",
     "although", "that", "this", "these", "those", "is", "are", "was", "were", "be", "been", "has", "have", "had", "do", "does", "did", "will",
     "would", "shall", "should", "may", "can", "could", "must", "said", "says", "told", "met", "meets", "also", "not", "where", "who", "whom",
     "whose", "which"}
)  # fmt: skip
_EU_ENDS = frozenset({"eu", "e.u.", "union", "commission", "council", "parliament", "bloc"})
_EU_BEFORE = re.compile(
    r"(?:\b(?:EU|E\.U\.|European Union|(?:European|EU) Commission|(?:European|EU) Council|(?:European|EU) Parliament|[Tt]he Commission)(?:['’]s?)?|\b[Tt]he bloc['’]s"
    r"|(?:^|[^A-Z][a-z]*[,;:]? )Commission)[ \u00a0]+$"
)
_THE_COUNTRY = re.compile(r"(?:the|their|our|his|her|that|this) (?:country|nation|republic|kingdom|state|government)['’]s[ \u00a0]+$", re.I)
_TENURE_PREFIX = re.compile(r"(then|ex|former|acting|interim)[-‑]")
_NOW = frozenset({"now-", "now‑"})  # of one who then held another office: now-Prime Minister X
_ITEM = re.compile(r"\s*[-–—•*°·]\s*")  # - Norway: Foreign Minister X
_OFFICE_SLASH = re.compile(r"(?:minister|representative|president|secretary)/$", re.I)  # High Representative/Vice-President
_LAST_WORD = re.compile(r"(?<![\w’'])(\w+-?)[ \u00a0]*$")
_BETWEEN_COUNTRIES = re.compile(r"(?:,? and |, |,? & |/|-|–)(?:the )?$")


class Country(NamedTuple):
    """A country mention in the sentence; offsets in it."""

    start: int
    end: int
    iso3: str
    kind: str


@dataclass(slots=True)
class Before:
    """What stands before the head. `outer` is where its first word starts, articles, tenure and country included; `start` is where the wording of the
    office itself starts."""

    outer: int
    start: int
    named: int = -1  # where the country or organisation it names begins; -1 where it names none, or several
    is_deputy: bool = False
    is_senior: bool = False  # executive, senior, associate: rather a company's
    portfolio: list[str] = field(default_factory=list)
    tenure: str = "current"
    countries: list[str] = field(default_factory=list)
    organisation: str | None = None
    is_the_country: bool = False  # the country's president
    is_definite: bool = False
    word: str = ""  # the word before all that, as written; empty at the start
    is_first: bool = False  # that word opens the sentence


class BeforeReader:
    """Reads leftwards from heads of offices in one sentence."""

    def __init__(self, text: str, countries: list[Country], words: Vocabulary) -> None:
        self.text = text
        self.words = words
        self.ends = {c.end: c for c in countries}

    def read(self, at: int, office: Office, floor: int) -> Before | None:
        """What stands between `floor` and the head at `at`; None if it makes it no office of a minister."""
        before = Before(at, at)
        if at and self.text[at - 1] == "/" and _OFFICE_SLASH.search(self.text, max(0, at - 15), at):
            return before
        found = self._words(at, floor)
        if at and not self.text[at - 1].isspace() and not self._prefix(before, found, at):
            return None
        if not self._walk(before, found, office):
            return None
        if before.countries or before.organisation:
            before.named = before.outer if len(before.countries) <= 1 else -1
            self._words_before_country(before)
        elif (own := _THE_COUNTRY.search(self.text, max(0, before.start - 30), before.start)) is not None:
            before.is_the_country, before.outer = True, own.start()
        elif (country := self.ends.get(before.outer - 2)) is not None and _ITEM.fullmatch(self.text, 0, country.start):
            before.countries = [country.iso3] if self.text[country.end : before.outer] == ": " else []
        rest = self.text[: before.outer].rstrip()
        before.word = rest[rest.rfind(" ") + 1 :]
        before.is_first = bool(rest) and len(rest) == len(before.word)
        return before

    def _words(self, at: int, floor: int) -> list[tuple[int, str]]:
        """The words before the head with their offsets, first to last."""
        low = max(floor, at - _REACH)
        found = []
        for word in self.text[low:at].split(" "):
            if word:
                found.append((low, word))
            low += len(word) + 1
        if at - _REACH > floor and found:
            found.pop(0)
        return found

    def _prefix(self, before: Before, found: list[tuple[int, str]], at: int) -> bool:
        """Ex-president, then-Secretary, vice-president; or an opening quotation mark. False where it makes it another office."""
        start, word = found.pop() if found else (at, "")
        prefix = word.lstrip("—" + _QUOTES).lower()
        kind = self.words.office_words.get(prefix.rstrip("-‑"))
        if kind in {"former", "acting", "designate"}:
            before.tenure, before.outer = kind, start
        elif kind == "deputy":
            before.is_deputy = True
            before.outer = before.start = start
        elif prefix in _NOW:
            before.outer = start
            return True
        return kind in {"former", "acting", "designate", "deputy"} or not prefix or prefix[-1] not in "-‑/–"

    def _walk(self, before: Before, found: list[tuple[int, str]], office: Office) -> bool:
        """Takes one word after the other from the right; False where one makes it no office of a minister."""
        takes_portfolio = office.portfolio == "other" and office.rank is not None
        i = len(found) - 1
        while i >= 0:
            start, word = found[i]
            lower = word.lower()
            bare = lower.lstrip(_QUOTES)
            kind = self.words.office_words.get(bare)
            country = self._country_ending(start, word)
            if country is not None and not (word.islower() and lower in self.words.portfolio_words):
                before.countries, before.outer = [country.iso3], country.start
                if office.plural:
                    self._earlier_countries(before)
                return True
            if before.portfolio[:1] == ["affairs"] and bare in {"eu", "union"}:  # a country's EU Affairs Minister
                before.portfolio.insert(0, bare)
                before.outer = before.start = start
                i -= 1
                continue
            if self._take_organisation(before, bare, office):
                return True
            if word[:1].isupper() and i > 1 and self._is_subnational(found, i, 3):
                return False
            if takes_portfolio and self._is_portfolio(found, i, before):
                before.portfolio.insert(0, bare.rstrip(","))
                before.outer = before.start = start + len(word) - len(bare)
            elif kind == "refused":
                return False
            elif kind in {"grade", "deputy"}:
                before.is_deputy |= kind == "deputy"
                before.is_senior |= bare in {"executive", "senior", "associate"}
                takes_portfolio = takes_portfolio and not before.portfolio
                before.outer = before.start = start + len(word) - len(bare)
            elif kind in {"former", "acting", "designate"}:
                before.tenure, before.outer = kind, start
                takes_portfolio = False
            elif bare.startswith(("vice-", "deputy-")) and bare.partition("-")[2] in self.words.portfolio_words:
                before.is_deputy = True
                before.outer = before.start = start
            elif takes_portfolio and (tenure := _TENURE_PREFIX.match(bare)) and bare[tenure.end() :] in self.words.portfolio_words:
                before.tenure = self.words.office_words.get(tenure[1], "former")  # then-interior minister
                before.portfolio.insert(0, bare[tenure.end() :])
                before.outer, before.start = start, start + len(word) - len(bare) + tenure.end()
            elif self._is_subnational(found, i):
                return False
            elif bare in {"the", "a", "an"} and word in {bare, "The"}:
                before.is_definite, before.outer = bare == "the", start
                return True
            else:
                # adjectives belong to the office only if a country follows on their left
                i = self._behind_adjectives(found, i) if office.evidence != "country" else -1
                if i < 0:
                    return True
                continue
            i -= 1
        return True

    def _take_organisation(self, before: Before, bare: str, office: Office) -> bool:
        if bare == "european" and office.office == "commissioner" and "rights" not in before.portfolio:
            before.organisation = EU
            before.outer = before.start = self.text.rfind("uropean", 0, before.outer) - 1
            return True
        end = bare.removesuffix("'s").removesuffix("’s").rstrip("'’")
        if end not in _EU_ENDS:
            return False
        match = _EU_BEFORE.search(self.text, max(0, before.outer - 30), before.outer)
        if match is None:
            return False
        before.organisation = EU
        before.outer = match.start() + len(match.group()) - len(match.group().lstrip(" ,;:"))
        if not before.portfolio and end != "bloc":  # European Commission President; but foreign policy chief
            before.start = before.outer
        return True

    def _words_before_country(self, before: Before) -> None:
        """Former, deputy and the like may stand before the country, too: former Pakistani prime minister, Deputy U.S. Secretary."""
        while match := _LAST_WORD.search(self.text, max(0, before.outer - 20), before.outer):
            kind = self.words.office_words.get(match.group(1).lower().rstrip("-"))
            if kind in {"former", "acting", "designate"}:
                before.tenure = kind
            elif kind == "deputy":
                before.is_deputy = True
            else:
                return
            before.outer = match.start(1)

    def _is_portfolio(self, found: list[tuple[int, str]], i: int, before: Before) -> bool:
        """Whether the word belongs to the portfolio: "and" and commas do between two words that do."""
        word = found[i][1].lstrip(_QUOTES)
        lower = word.lower()
        known = self.words.portfolio_words
        joins = lower in {"and", "&"}
        if joins:
            word = found[i - 1][1].strip("," + _QUOTES) if i > 0 and before.portfolio else ""
        if not word or (word[0].islower() and self.text[before.start].isupper()):  # told state media Foreign Minister X
            return False
        if joins:
            return word.lower() in known
        if lower in known:
            return not (lower in {"state", "home"} and before.portfolio and word.islower())
        if lower[-1] == ",":
            return lower[:-1] in known and not {"and", "&"}.isdisjoint(before.portfolio)
        return "-" in lower and all(part in known for part in lower.split("-"))

    def _country_ending(self, start: int, word: str) -> Country | None:
        """The country mention that ends with the word, or with the word but for a possessive ending."""
        end = start + len(word)
        for back in (0, 1, 2):
            country = self.ends.get(end - back)
            if country is not None and (back == 0 or self.text[end - back : end] in {"'", "’", "'s", "’s"}):
                return country
        return None

    def _earlier_countries(self, before: Before) -> None:
        """The other countries of "the U.S., Japanese and Korean foreign ministers"; moves `outer` over them."""
        while link := _BETWEEN_COUNTRIES.search(self.text, max(0, before.outer - 8), before.outer):
            at = link.start()
            earlier = self.ends.get(at) or (self.ends.get(at - 2) if self.text[at - 2 : at] in {"'s", "’s"} else None)
            if earlier is None:
                return
            before.countries.insert(0, earlier.iso3)
            before.outer = earlier.start

    def _is_subnational(self, found: list[tuple[int, str]], i: int, least: int = 1) -> bool:
        """Whether the word ends the name of a part of a country that has at least `least` words."""
        last = found[i][1].lower().removesuffix("'s").removesuffix("’s").rstrip(")")
        if last.lstrip(_QUOTES) not in self.words.subnational_ends:
            return False
        earlier = [w.lower().lstrip(_QUOTES) for _, w in found[max(0, i - 2) : i]] + [last.lstrip(_QUOTES)]
        return any(" ".join(earlier[-n:]) in self.words.subnational for n in range(least, 4))

    def _is_adjective(self, word: str) -> bool:
        return word[0].islower() and word[-1].isalpha() and word not in _NO_ADJECTIVE and self.words.office_words.get(word) != "body"

    def _behind_adjectives(self, found: list[tuple[int, str]], i: int) -> int:
        """The index of the country or word of tenure to the left of up to three adjectives; -1 if there is none."""
        for j in range(i, max(-1, i - 4), -1):
            start, word = found[j]
            country = self._country_ending(start, word)
            if country is not None:
                possessive = country.end < start + len(word)
                return j if possessive or country.kind == "demonym" or word.isupper() or "." in word else -1
            if self.words.office_words.get(word.lower()) in {"former", "acting", "designate"}:
                return j
            if not self._is_adjective(word):
                return -1
        return -1
