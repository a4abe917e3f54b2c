"""Reads offices: what stands around the word minister, president or secretary, and whose office it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from transforms.ministers.before import EU, Before, BeforeReader, Country
from transforms.ministers.behind import BehindReader
from transforms.ministers.vocabulary import Office, Vocabulary

_ADDRESSES = frozenset({"Excellency", "Highness", "Majesty", "Mr", "Mrs", "Madam", "Madame", "Comrade", "Hon", "Honourable", "Honorable"})
_OF_EMIRATES = frozenset({"crown prince", "ruler"})  # those of Abu Dhabi rule a part of their country
_MANY_ARE = frozenset({"peer", "colleague"})  # those of a country alone: his Polish colleague
_TENURE_AFTER = re.compile(r"[- ‑](?:elect|designate|nominee|in-waiting)\b|[- ‑](?:Elect|Designate|Nominee)\b")
_BEHIND = re.compile(
    r"[-‑,:(/–—]| [-–—]| [^\W_a-z]|[ \u00a0](?:\(|of|from|for|and|in charge|responsible|elect|designate|nominee|al-|el-|von|van|de|bin|including|at the|"
    r"in [tT]he|in his|in her|under)"
)
_FORMER = re.compile(r"\b(?:[Ff]ormer|[Ee]x)[ -]$")
_LINK_BEFORE = re.compile(
    r"[,(–—]| - | (?:is|was|be|made|being|over|has been|had been|became|becomes|remains|serves|served|serving|remain|stay|stays|serve|as) "
)


@dataclass(slots=True)
class OfficeMention:
    """An office as it stands in a sentence. `outer` is where its first word starts, articles, tenure and country included; `start` to `end`
    is the wording of the office itself."""

    office: Office
    outer: int
    start: int
    end: int
    rank: str
    portfolio: str
    tenure: str = "current"
    countries: list[str] = field(default_factory=list)
    organisation: str | None = None
    iso3: str | None = None  # the one country with such an office
    is_weak: bool = False  # counts only if the name is known
    is_bare: bool = False  # no portfolio written: Minister Smith, Secretary Smith
    has_phrase: bool = False  # of or for with something behind it
    the_country: bool = False  # the country's president
    named: int = -1  # where the country before it begins, if there is one
    has_article: bool = False  # the President
    bare_end: int = 0  # where the wording ends without the countries behind it; 0 where there are none

    @property
    def plural(self) -> bool:
        return self.office.plural


class OfficeReader:
    """Reads the offices of one sentence."""

    def __init__(self, text: str, countries: list[Country], words: Vocabulary, title_case: bool) -> None:
        self.text = text
        self.words = words
        self.title_case = title_case
        self.behind = BehindReader(text, countries, words)
        self.before = BeforeReader(text, countries, words)

    def read(self, at: int, floor: int = 0, needs_name: bool = True) -> OfficeMention | None:
        """The office whose head stands at `at`, or None if it is none or not one of a minister, or, if it `needs_name`, can have none beside it.
        Nothing before `floor` belongs to it."""
        found = self._head(at)
        if found is None:
            return None
        office, end = found
        if office.evidence == "ministry":
            return self._head_of_ministry(office, at, end)
        if office.evidence == "never" or (needs_name and not self._may_have_name(at, end)):
            return None
        left = self.before.read(at, office, floor)
        if left is None:
            return None
        if office.office in _OF_EMIRATES and any(c.kind == "capital" and left.outer <= c.start < end + 5 for c in self.before.ends.values()):
            return None
        rank, portfolio = office.rank or "minister", office.portfolio or "other"
        mention = OfficeMention(office, left.outer, left.start, end, rank, portfolio, left.tenure)
        mention.the_country, mention.named, mention.has_article = left.is_the_country, left.named, left.is_definite
        if left.countries:
            mention.countries = left.countries
        mention.organisation = left.organisation
        after = _TENURE_AFTER.match(self.text, end)
        if after:
            mention.tenure = "designate"
            mention.end = after.end()
        phrase = self.behind.read(mention)
        if phrase is None:
            return None
        if mention.tenure == "current" and phrase and (after := _TENURE_AFTER.match(self.text, mention.end)):
            mention.tenure, mention.end = "designate", after.end()
        if left.is_deputy and rank != "eu_official":
            mention.rank = "deputy_minister"
        self._portfolio([*left.portfolio, *phrase], mention)
        if left.countries and not mention.countries:
            mention.countries = left.countries
        mention.is_bare = (
            office.portfolio == "other"
            and not left.portfolio
            and not phrase
            and office.office in {"minister", "secretary", "commissioner", "cabinet secretary", "CS"}
        )
        mention.iso3 = office.iso3
        return mention if self._has_evidence(mention, left) else None

    def _head_of_ministry(self, office: Office, at: int, end: int) -> OfficeMention | None:
        """Head of Norway's Foreign Ministry, head of the Ministry of Defence: a minister, as state media of Eastern Europe and Central Asia say it;
        head of the Norwegian government, head of EU diplomacy."""
        mention = OfficeMention(office, at, at, end, "minister", "other", has_phrase=True)
        former = _FORMER.search(self.text, max(0, at - 12), at)
        if former:
            mention.tenure, mention.outer = "former", former.start()
        if self.behind.government(mention):
            return mention
        words = self.behind.ministry(mention)
        self._portfolio(words, mention)
        return mention if words else None

    def _head(self, at: int) -> tuple[Office, int] | None:
        """The longest office written at `at`, with its end."""
        text = self.text
        if at and (text[at - 1].isalnum() or text[at - 1] in "&_"):
            return None
        window = text[at : at + self.words.longest_form].lower()
        for form in self.words.forms.get(window[:4]) or self.words.forms.get(window[:2]) or ():
            if window.startswith(form):
                end = at + len(form)
                office = self.words.offices[form]
                hour = office.is_abbreviation and (text[at].islower() or text[max(0, at - 2) : at].strip().isdigit())  # 5 PM
                if not text[end : end + 1].isalnum() and not hour:
                    return office, end
        return None

    def _may_have_name(self, at: int, end: int) -> bool:
        """A cheap look around an office: a capital, a phrase or a further office behind it, or a link to a name before it."""
        return _BEHIND.match(self.text, end) is not None or _LINK_BEFORE.search(self.text, max(0, at - 90), at) is not None

    def _portfolio(self, words: list[str], mention: OfficeMention) -> None:
        """Reads the portfolio from its words: a phrase outweighs a word, the first that says something counts."""
        if not words:
            return
        known = self.words.portfolios
        for n in (3, 2, 1):
            for i in range(len(words) - n + 1):
                found = known.get(" ".join(words[i : i + n]))
                if found and found != "other":
                    mention.portfolio = found
                    return
        mention.portfolio = "other"

    def _has_evidence(self, mention: OfficeMention, left: Before) -> bool:
        """Whether what the list asks for stands beside the office. Offices that a known name may still save come back as weak."""
        evidence = mention.office.evidence
        if mention.organisation == EU:
            mention.rank = "eu_official"
            if left.is_deputy and "European Parliament" in self.text[mention.outer : mention.end]:
                return False
            return evidence not in {"country", "holder"} or mention.office.office in {"top diplomat", "chief diplomat"}
        if evidence == "none" or mention.the_country:
            mention.is_weak = mention.is_bare and not mention.countries and self.text[mention.start].islower()
            return True
        if evidence == "state":
            if not mention.countries and not mention.has_phrase and self._is_other_president(left):
                mention.is_weak = True
            if left.is_senior:
                mention.is_weak = True
            return True
        if evidence == "portfolio":
            if mention.office.rank == "eu_official":
                if mention.countries and "president" in mention.office.office:  # a country's executive vice president
                    mention.rank, mention.portfolio = "deputy_minister", "head"
                    return True
                mention.is_weak = True
                return not mention.countries
            if mention.is_bare:  # a Cabinet Secretary is a minister in the one country that the list names, elsewhere a civil servant
                mention.is_weak = mention.iso3 is None or mention.countries not in ([], [mention.iso3])
            return True
        if evidence == "country":
            if not mention.countries:
                mention.is_weak = True
            return True
        if evidence == "holder":
            mention.is_weak = True
            return True
        if mention.office.office in _MANY_ARE:
            return bool(mention.countries or left.portfolio) or self.text.startswith(" from ", mention.end)
        return evidence == "counterpart"

    def _is_other_president(self, left: Before) -> bool:
        """Whether the words before say that it is the president of a company, club, parliament or region."""
        word = left.word.strip("“\"‘'([—–")
        if word in _ADDRESSES:
            return False
        lower = word.lower().removesuffix("'s").removesuffix("’s")
        if not word or word[-1] in ",;:.)”!?—–" or left.is_definite:
            return False
        if self.words.office_words.get(lower) == "body":
            return True
        if word[0].isupper():
            common = self.words.office_words.get(lower) == "opener" or self.words.non_names.get(lower) in {"calendar", "function", "verb"}
            return not common and (left.is_first or not self.title_case)
        return False
