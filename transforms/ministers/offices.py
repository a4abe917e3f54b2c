"""Reads offices: what stands around the word minister, president or secretary, and whose office it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from transforms.ministers.before import EU, Before, BeforeReader, Country
from transforms.ministers.vocabulary import Office, Vocabulary

_EU_AT = re.compile(
    r"(?:the )?(?:European (?:Commission|Council|Parliament|Union)|EU\b|Union (?=for)|EC\b)(?! (?:[Aa]ffairs|[Rr]elations|[Ii]ntegration|[Ff]unds)\b)(?: for (?=[A-Z]))?"
)
_STATE_AT = re.compile(
    r"(?:the )?(?:(?:Islamic|Federal|Federative|Democratic|People['’]s|Bolivarian|Plurinational|Hellenic|Socialist|Arab|Co-operative|Portuguese|"
    r"French|Italian|Czech|Slovak|Dominican|Kyrgyz|Swiss|Russian) )*(?:Republic|Kingdom|State Council|State of|Federation|Confederation|Government|"
    r"Council of Ministers|Council of State|Presidential Council|Nation|country|nation|republic|state|kingdom)\b(?: of (?:the )?)?"
)
_OF = re.compile(r",?[ \u00a0](?:[oO]f|[fF]or|OF|FOR|in charge of|responsible for|to)[ \u00a0](?:(?:the|The|THE)[ \u00a0])?")
_PHRASE = re.compile(r"[\w&][\w’'\-‑]*")
_LINK = re.compile(r"(?:,? (?:and|&) (?:the |of |for )*|, (?:the )?|[ \u00a0](?:of the |of |for the |for |the |with the |with |against |to |in )?)")
REPUBLIC = re.compile(r" (?:Republic|Kingdom)\b")  # the president of Benin Republic
_OF_COUNTRY = re.compile(r" of (?:the )?")
_FOR = re.compile(r" for (?:the )?")
_LIST_END = re.compile(r"(?:[\w’'\-]+,? ){1,6}?(?:and|&) (?:the |of |for )?([\w’'\-]+)")
_TO_COMMA = re.compile(r"[^,;:.()]{3,50}?(?=,|;| \()")
_TO_NAME = re.compile(r"[^,;:.()]{3,50}?(?=, [^\W\d_a-z])")
_WORD_AND_NAME = re.compile(r"[^\W\d_a-z]\w{3,}(?=(?: [^\W\d_a-z][\w’'\-]+){2,3}(?: [a-z]|[,;.)]))")
_ADJECTIVES = frozenset(
    {"public", "national", "social", "international", "natural", "human", "internal", "local", "rural", "regional", "civil", "urban"}
)
_ADDRESSES = frozenset({"Excellency", "Highness", "Majesty", "Mr", "Mrs", "Madam", "Madame", "Comrade", "Hon", "Honourable", "Honorable"})
_NAME_FOLLOWS = re.compile(r"[ \u00a0][^\W\d_a-z][\w’'\-]+[ \u00a0][^\W\d_a-z][\w’'\-]+")
_TENURE_AFTER = re.compile(r"[- ‑](?:elect|designate|nominee|in-waiting)\b|[- ‑](?:Elect|Designate|Nominee)\b")
_BEHIND = re.compile(
    r"[-‑,:(/–—]| [-–—]| [^\W_a-z]|[ \u00a0](?:\(|of|from|for|and|in charge|responsible|elect|designate|nominee|al-|el-|von|van|de|bin|including|"
    r"in the|in his|in her|under)"
)
_LINK_BEFORE = re.compile(r"[,(–—]| - | (?:is|was|be|made|being|over|has been|had been|became|becomes|remains|serves|served|serving|as) ")


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
    basis: str | None = None
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
        self.starts = {c.start: c for c in countries}
        self.before = BeforeReader(text, countries, words)

    def read(self, at: int, floor: int = 0) -> OfficeMention | None:
        """The office whose head stands at `at`, or None if it is none or not one of a minister. Nothing before `floor` belongs to it."""
        found = self._head(at)
        if found is None:
            return None
        office, end = found
        if office.evidence == "never" or not self._may_have_name(at, end):
            return None
        left = self.before.read(at, office, floor)
        if left is None:
            return None
        rank, portfolio = office.rank or "minister", office.portfolio or "other"
        mention = OfficeMention(office, left.outer, left.start, end, rank, portfolio, left.tenure)
        mention.the_country, mention.named, mention.has_article = left.is_the_country, left.named, left.is_definite
        if left.countries:
            mention.countries, mention.basis = left.countries, "stated"
        mention.organisation = left.organisation
        after = _TENURE_AFTER.match(self.text, end)
        if after:
            mention.tenure = "designate"
            mention.end = after.end()
        phrase = self._behind(mention)
        if phrase is None:
            return None
        if left.is_deputy and rank != "eu_official":
            mention.rank = "deputy_minister"
        self._portfolio([*left.portfolio, *phrase], mention)
        if left.countries and not mention.countries:
            mention.countries, mention.basis = left.countries, "stated"
        mention.is_bare = (
            office.portfolio == "other" and not left.portfolio and not phrase and office.office in {"minister", "secretary", "commissioner"}
        )
        mention.iso3 = office.iso3
        return mention if self._has_evidence(mention, left) else None

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

    def _behind(self, mention: OfficeMention) -> list[str] | None:
        """The words of the portfolio behind "of" or "for"; moves `mention.end` over them, notes the countries. None if what stands there makes
        it no office of a minister."""
        match = _OF.match(self.text, mention.end)
        if match is None:
            return []
        at = match.end()
        the = self.text[match.start() : at].rstrip().lower().endswith("the")
        words: list[str] = []
        if mention.office.evidence == "country" and mention.portfolio == "foreign" and "diplomat" in mention.office.office:
            return None if at not in self.starts else []
        takes_portfolio = mention.office.rank in {"minister", "deputy_minister", "eu_official"} and mention.office.portfolio != "head"
        state = _STATE_AT.match(self.text, at)
        union = _EU_AT.match(self.text, at)
        if union and at not in self.starts:
            mention.organisation = EU
            mention.end = union.end()
            mention.has_phrase = True
            if mention.rank == "eu_official" or takes_portfolio:
                words, _ = self._phrase(mention, mention.end)
            return words
        if at in self.starts:
            demonym = self.starts[at].kind == "demonym" and the and not state
            if demonym and (not takes_portfolio or mention.office.evidence == "portfolio"):
                return None  # president of the Iranian Resistance, secretary of the Australian Workers Union
            if not self._countries_at(mention, at):
                return [] if takes_portfolio else None
            purpose = _FOR.match(self.text, mention.end) if takes_portfolio else None  # Deputy Secretary of State of Norway for Trade
            return self._phrase(mention, purpose.end())[0] if purpose else []
        if state and not (takes_portfolio and not the):
            mention.has_phrase = True
            if state.end() in self.starts and self._countries_at(mention, state.end()):
                return []
            if mention.office.evidence == "none" or takes_portfolio or the or state.end() in self.starts:
                mention.end = len(self.text[: state.end()].rstrip().removesuffix(" of"))
                return []
        if takes_portfolio:
            words, good = self._phrase(mention, at)
            if not good and self.text[match.start() : match.start() + 3].strip() == "to":
                return []
            return words
        if mention.office.rank is not None and mention.office.evidence in {"state", "country", "holder"}:
            return None if self.text[match.start() :].lstrip(", ").startswith(("of", "for")) else []
        return None if mention.office.evidence == "none" and self.text[at : at + 1].isupper() and self._is_subnational_at(at) else []

    def _is_subnational_at(self, at: int) -> bool:
        parts = self.text[at : at + 40].split()
        return any(" ".join(parts[:n]).strip(",.").lower().removesuffix("'s").removesuffix("’s") in self.words.subnational for n in (1, 2, 3))

    def _countries_at(self, mention: OfficeMention, at: int) -> bool:
        """Takes the countries that stand at `at` as those of the office; False if a company or the like is meant (China Airlines)."""
        found: list[str] = []
        end = at
        while at in self.starts:
            country = self.starts[at]
            follows = self.text[country.end : country.end + 2]
            if (follows[:1] in {"-", "‑"} and follows[1:2].isalpha()) or follows in {"'s", "’s"}:
                break
            found.append(country.iso3)
            end = country.end
            link = _LINK.match(self.text, end) if mention.plural else None
            if link is None:
                break
            at = link.end()
        if not found:
            return False
        republic = REPUBLIC.match(self.text, end)
        mention.countries, mention.basis = found, "stated"
        mention.bare_end = mention.end
        mention.end = republic.end() if republic else end
        mention.has_phrase = True
        return True

    def _phrase(self, mention: OfficeMention, at: int) -> tuple[list[str], bool]:
        """Portfolio words from `at` on, over commas and "and" where another portfolio word follows."""
        words: list[str] = []
        text = self.text
        while True:
            match = _PHRASE.match(text, at)
            if at in self.starts:
                self._countries_at(mention, at)
                break
            if match is None:
                break
            if match.group().lower() not in self.words.portfolio_words and not self._is_portfolio_by_place(match.group(), match.end(), words):
                break
            if (
                text[match.start()].islower()
                and mention.end > 0
                and text[mention.start].isupper()
                and match.group() in {"public", "state", "home", "other"}
            ):
                break
            words.append(match.group().lower())
            mention.end = match.end()
            mention.has_phrase = True
            link = _LINK.match(text, match.end())
            if link is None or (link.group()[0] == "," and "and" not in link.group() and not self._list_goes_on(link.end())):
                break
            if link.group().startswith((",", " and")):
                words.append("and" if "and" in link.group() else ",")
            at = link.end()
            if at in self.starts and link.group().startswith((",", " and")):
                break
        if not words and self.text[at : at + 1].isupper() and not mention.countries:
            # unknown words: up to a comma with the name behind it, or one of them and the name
            stop = _TO_NAME.match(text, at) or _WORD_AND_NAME.match(text, at) or _TO_COMMA.match(text, at)
            if stop and mention.office.office in {"minister", "state secretary"} and not self._is_subnational_at(at):
                mention.end = stop.end()
                mention.has_phrase = True
                words = stop.group().lower().split()
        return words, bool(words)

    def _list_goes_on(self, at: int) -> bool:
        """Whether behind a comma the portfolio goes on: Economy, Trade and Industry."""
        match = _LIST_END.match(self.text, at)
        return match is not None and match.group(1).lower() in self.words.portfolio_words

    def _is_portfolio_by_place(self, word: str, end: int, words: list[str]) -> bool:
        """An unknown word of a portfolio: an abbreviation right behind "for", or what follows "and" with a whole name behind it."""
        if not words:
            return len(word) > 2 and word.isupper()
        if words[-1] in _ADJECTIVES:
            return word[0].isupper()
        return (
            words[-1] == "and" and word[0].isupper() and not self.words.title.match(f"{word} x") and _NAME_FOLLOWS.match(self.text, end) is not None
        )

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
                mention.is_weak = True
                return not mention.countries
            if mention.is_bare:
                mention.is_weak = True
            return True
        if evidence == "country":
            if not mention.countries:
                mention.is_weak = True
            return True
        if evidence == "holder":
            mention.is_weak = True
            return True
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
