"""Reads offices: what stands around the word minister, president or secretary, and whose office it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from transforms.ministers.vocabulary import Office, Vocabulary

EU = "European Union"

_WORD = re.compile(r"\S+")
_GRADES = frozenset(
    "deputy vice first second third executive associate senior junior state alternate minister cabinet parliamentary assistant shadow "
    "permanent press general union federal chief".split()
)
_DEPUTIES = frozenset({"deputy", "vice", "alternate", "associate", "junior", "vice-", "deputy-"})
_REFUSED_GRADES = frozenset({"assistant", "shadow", "permanent", "press", "general", "co", "co-", "honorary", "vice-chair"})
_TENURE = {
    **dict.fromkeys(
        (
            "former",
            "ex",
            "then",
            "late",
            "ousted",
            "deposed",
            "toppled",
            "disgraced",
            "erstwhile",
            "previous",
            "ex-",
            "then-",
            "overthrown",
            "onetime",
        ),
        "former",
    ),
    **dict.fromkeys(("acting", "interim", "caretaker", "transitional", "acting-"), "acting"),
    **dict.fromkeys(("incoming", "designate", "prospective"), "designate"),
}
# Words that may stand between a country and its office: Hungary's nationalist prime minister. Any other lower-case word ends the office.
_STOP_LEFT = frozenset(
    "a an the of in on at by to from for with without into over under between against about during through as and or but nor if when while after "
    "before since until because although that this these those is are was were be been has have had do does did will would shall should may can "
    "could must said says told met meets and, by, also not where who whom whose which".split()
)
_CORPORATE = frozenset(
    "bank club company university college school party board union council association federation foundation institute institution senate court "
    "parliament assembly academy city regional provincial league chamber network group studio division committee commission conference student class "
    "team society faculty senior executive bureau fund corporation firm bar tribunal congress organisation organization agency operations marketing "
    "sales hospital airline railway television news sports trade founding co honorary syndicate cooperative exchange house chapter district county "
    "municipal local state's inc corp ltd plc branch programme program campaign district department guild lodge museum orchestra festival fed "
    "fifa uefa ioc icc un nato ecb icrc unga cop28 cop29 cop30 cop27 cop26 iaea imf afdb ebrd eib ecowas au asean opec g20 knesset bundestag bundesrat "
    "duma rada sejm seimas saeima riigikogu majlis lok sabha diet legislative legislature constitutional bundesbank supreme".split()
)
_OPENERS = frozenset(
    "but and when while as if after before meanwhile today yesterday tomorrow although though since then for with by to even both so however because "
    "like under following former outgoing in on at from of the his her their its our also where whether plus statement readout remarks address "
    "only not that than or dear".split()
)
_EU_LEFT = re.compile(
    r"(?:\b(?:EU|E\.U\.|European Union|European Commission|European Council|European Parliament|[Tt]he Commission)(?:['’]s?)?|\b[Tt]he bloc['’]s"
    r"|(?:^|[^A-Z][a-z]*[,;:]? )Commission)[ \u00a0]+$"
)
_EU_AT = re.compile(r"(?:the )?(?:European (?:Commission|Council|Parliament|Union)|EU\b|Union (?=for)|EC\b)(?: for (?=[A-Z]))?")
_STATE_AT = re.compile(
    r"(?:the )?(?:(?:Islamic|Federal|Federative|Democratic|People['’]s|Bolivarian|Plurinational|Hellenic|Socialist|Arab|Co-operative|Portuguese|French|Italian|"
    r"Czech|Slovak|Dominican|Kyrgyz|Swiss|Russian) )*(?:Republic|Kingdom|State Council|State of|Federation|Confederation|Government|Council of Ministers|"
    r"Council of State|Presidential Council|Nation|country|nation|republic|state|kingdom)\b(?: of (?:the )?)?"
)
_OF = re.compile(r",?[ \u00a0](?:of|for|in charge of|responsible for|to)[ \u00a0](?:the[ \u00a0])?")
_PHRASE = re.compile(r"[\w&][\w’'\-‑]*")
_LINK = re.compile(r"(?:,? (?:and|&) (?:the |of |for )*|, (?:the )?|[ \u00a0](?:of the |of |for the |for |the |with the |with |against |to |in )?)")
_NAME_FOLLOWS = re.compile(r"[ \u00a0][^\W\d_a-z][\w’'\-]+[ \u00a0][^\W\d_a-z][\w’'\-]+")
_TENURE_AFTER = re.compile(r"[- ‑](?:elect|designate|nominee|in-waiting)\b|[- ‑](?:Elect|Designate|Nominee)\b")
_CONTEXT_LEFT = re.compile(r"(?:the|their|our|his|her|that|this) (?:country|nation|republic|kingdom|state|government)['’]s[ \u00a0]+$", re.I)
_LAST_WORD = re.compile(r"(?<![\w’'])(\w+-?)[ \u00a0]*$")
_LIST_LEFT = re.compile(r"(?:,? and |, |,? & |/|-|–)(?:the )?$")


class Country(NamedTuple):
    """A country mention in the sentence; offsets in it."""

    start: int
    end: int
    iso3: str
    kind: str


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

    @property
    def plural(self) -> bool:
        return self.office.plural


@dataclass(slots=True)
class Left:
    outer: int
    start: int
    grades: list[str]
    portfolio: list[str]
    tenure: str
    countries: list[str]
    organisation: str | None
    the_country: bool
    before: str  # the word before all that, as written; empty at the start
    first: bool  # that word opens the sentence
    definite: bool


class OfficeReader:
    """Reads the offices of one sentence."""

    def __init__(self, text: str, countries: list[Country], words: Vocabulary, title_case: bool) -> None:
        self.text = text
        self.words = words
        self.title_case = title_case
        self.starts = {c.start: c for c in countries}
        self.ends = {c.end: c for c in countries}

    def read(self, at: int, floor: int = 0) -> OfficeMention | None:
        """The office whose head stands at `at`, or None if it is none or not one of a minister. Nothing before `floor` belongs to it."""
        found = self._head(at)
        if found is None:
            return None
        office, end = found
        if office.evidence == "never":
            return None
        left = self._left(at, office, floor)
        if left is None:
            return None
        rank, portfolio = office.rank or "minister", office.portfolio or "other"
        mention = OfficeMention(office, left.outer, left.start, end, rank, portfolio, left.tenure)
        mention.the_country = left.the_country
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
        if set(left.grades) & _DEPUTIES and rank != "eu_official":
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
        lengths = self.words.lengths
        for length in lengths.get(text[at : at + 4].lower()) or lengths.get(text[at : at + 2].lower()) or ():
            end = at + length
            piece = text[at:end]
            office = self.words.offices.get(piece) or self.words.offices.get(piece.lower())
            if office is None or text[end : end + 1].isalnum():
                continue
            if office.office != office.office.lower() and piece.islower():
                continue
            return office, end
        return None

    def _left(self, at: int, office: Office, floor: int) -> Left | None:
        """What stands before the head, or None if it makes it no office of a minister."""
        text = self.text
        low = max(floor, at - 140)
        found = [(m.start() + low, m.group()) for m in _WORD.finditer(text[low:at])]
        if low > floor and found:
            found.pop(0)
        takes_portfolio = office.portfolio == "other" and office.rank is not None
        left = Left(at, at, [], [], "current", [], None, False, "", False, False)
        if at and not text[at - 1].isspace():  # ex-president, then-Secretary, or an opening quotation mark
            start, word = found.pop() if found else (at, "")
            prefix = word.lstrip("“\"‘'(—").lower()
            if prefix.rstrip("-‑") in {"co", "non", "mid"}:
                return None
            if prefix.rstrip("-‑") in _TENURE:
                left.tenure = _TENURE[prefix.rstrip("-‑")]
                left.outer = start
            elif prefix.rstrip("-‑") in _DEPUTIES:
                left.grades.append(prefix.rstrip("-‑"))
                left.outer = left.start = start
            elif prefix and prefix[-1] in "-‑/–":
                return None
        i = len(found) - 1
        phase = 0 if takes_portfolio else 1
        skipped = 0
        while i >= 0:
            start, word = found[i]
            country = self._country_ending(start, word)
            if country is not None and not (word.lower() in self.words.portfolio_words and word.islower()):
                left.countries = [country.iso3]
                left.outer = country.start
                i = self._earlier_countries(left, office.plural)
                break
            if self._in_organisation(left.outer):
                left.organisation = EU
                match = _EU_LEFT.search(text, max(0, left.outer - 30), left.outer)
                left.outer = left.start = match.start() if match else start
                break
            lower = word.lower()
            bare = lower.strip("“\"‘'([")
            if phase == 0 and self._is_portfolio_word(found, i, left):
                left.portfolio.insert(0, bare.rstrip(","))
                left.outer = left.start = start + len(word) - len(word.lstrip("“\"‘'(["))
            elif bare in _GRADES and word[-1] not in ",;:":
                if bare in _REFUSED_GRADES:
                    return None
                phase = 1 if left.portfolio else phase
                left.grades.append(bare)
                left.outer = left.start = start + len(word) - len(word.lstrip("“\"‘'(["))
            elif bare in _TENURE:
                left.tenure = _TENURE[bare]
                left.outer = start
                phase = 2
            elif bare.startswith(("vice-", "deputy-")) and bare.split("-", 1)[1] in self.words.portfolio_words:
                left.grades.append("vice")
                left.outer = left.start = start
                phase = 1
            elif self._is_subnational(found, i):
                return None
            elif bare in {"the", "a", "an"} and word == bare or bare == "the" and word == "The":
                left.definite = bare == "the"
                left.outer = start
                i -= 1
                break
            elif skipped < 3 and office.evidence != "country" and self._skippable(found, i):
                skipped += 1
                left_of = i - 1
                # an adjective is a part of the office only if a country follows on its left
                jump = self._country_behind_adjectives(found, left_of, 3 - skipped)
                if jump is None:
                    break
                i = jump
                continue
            else:
                break
            i -= 1
        if left.countries or left.organisation:
            self._words_before_country(left)
        if _CONTEXT_LEFT.search(text, max(0, left.outer - 30), left.outer) or _CONTEXT_LEFT.search(text[max(0, left.start - 30) : left.start]):
            left.the_country = True
        before = text[: left.outer].rstrip()
        left.before = before.rsplit(None, 1)[-1] if before else ""
        left.first = bool(before) and len(before) == len(left.before)
        return left

    def _words_before_country(self, left: Left) -> None:
        """Former, deputy and the like may stand before the country, too: former Pakistani prime minister, Deputy U.S. Secretary."""
        while True:
            match = _LAST_WORD.search(self.text, max(0, left.outer - 20), left.outer)
            word = match.group(1).lower() if match else ""
            if word in _TENURE:
                left.tenure = _TENURE[word]
            elif word in _DEPUTIES:
                left.grades.append(word)
            else:
                return
            left.outer = match.start(1) if match else left.outer

    def _is_portfolio_word(self, found: list[tuple[int, str]], i: int, left: Left) -> bool:
        word = found[i][1]
        lower = word.lower().lstrip("“\"‘'([")
        if lower in self.words.portfolio_words:
            return not (lower in {"state", "home"} and left.portfolio and word.islower())
        joint = lower in {"and", "&"} and bool(left.portfolio)
        comma = lower.endswith(",") and lower[:-1] in self.words.portfolio_words and bool(left.portfolio) and word[:1].isupper()
        if joint:
            return i > 0 and found[i - 1][1].lower().strip(",“\"‘'([") in self.words.portfolio_words
        if comma:
            return True
        hyphen = re.split(r"[-/]", lower)
        return len(hyphen) > 1 and all(h in self.words.portfolio_words for h in hyphen)

    def _country_ending(self, start: int, word: str) -> Country | None:
        end = start + len(word)
        for back in (0, 1, 2):
            country = self.ends.get(end - back)
            if country is not None and (back == 0 or self.text[end - back : end] in {"'", "’", "'s", "’s"}):
                return country if country.start <= start + 1 or country.start < end else None
        return None

    def _earlier_countries(self, left: Left, plural: bool) -> int:
        """The other countries of "the U.S., Japanese and Korean foreign ministers"; moves `left.outer` over them."""
        while plural:
            link = _LIST_LEFT.search(self.text, max(0, left.outer - 8), left.outer)
            earlier = link and next((c for e, c in self.ends.items() if e == link.start() or self.text[e : link.start()] in {"’s", "'s"}), None)
            if not link or not earlier:
                break
            left.countries.insert(0, earlier.iso3)
            left.outer = earlier.start
        return -1

    def _in_organisation(self, at: int) -> bool:
        return _EU_LEFT.search(self.text, max(0, at - 30), at) is not None

    def _is_subnational(self, found: list[tuple[int, str]], i: int) -> bool:
        for n in (1, 2, 3):
            if i - n + 1 < 0:
                return False
            joined = " ".join(w for _, w in found[i - n + 1 : i + 1]).strip("“\"‘'([").lower()
            if joined.removesuffix("'s").removesuffix("’s") in self.words.subnational:
                return True
        return False

    def _skippable(self, found: list[tuple[int, str]], i: int) -> bool:
        word = found[i][1]
        return word[0].islower() and word[-1].isalpha() and word not in _STOP_LEFT and word.lower() not in _CORPORATE

    def _country_behind_adjectives(self, found: list[tuple[int, str]], i: int, more: int) -> int | None:
        while i >= 0:
            start, word = found[i]
            country = self._country_ending(start, word)
            if country is not None:
                possessive = country.end < start + len(word)
                return i if possessive or country.kind == "demonym" or word.isupper() or "." in word else None
            if word.lower() in _TENURE:
                return i
            if more <= 0 or not self._skippable(found, i):
                return None
            more -= 1
            i -= 1
        return None

    def _behind(self, mention: OfficeMention) -> list[str] | None:
        """The words of the portfolio behind "of" or "for"; moves `mention.end` over them, notes the countries. None if what stands there makes
        it no office of a minister."""
        match = _OF.match(self.text, mention.end)
        if match is None:
            return []
        at = match.end()
        the = self.text[match.start() : at].rstrip().endswith("the")
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
            return [] if self._countries_at(mention, at) or takes_portfolio else None
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
            if follows[:1] in {"-", "‑"} and follows[1:2].isalpha() or follows in {"'s", "’s"}:
                break
            found.append(country.iso3)
            end = country.end
            link = _LINK.match(self.text, end) if mention.plural else None
            if link is None:
                break
            at = link.end()
        if not found:
            return False
        mention.countries, mention.basis = found, "stated"
        mention.end = end
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
            if link is None:
                break
            if link.group().startswith((",", " and")):
                words.append("and")
            at = link.end()
            if at in self.starts and link.group().startswith((",", " and")):
                break
        if not words and self.text[at : at + 1].isupper() and not mention.countries:
            stop = re.compile(r"[^,;:.()]{3,50}?(?=,|;| \()").match(text, at)
            if stop and mention.office.office in {"minister", "state secretary"} and not self._is_subnational_at(at):
                mention.end = stop.end()
                mention.has_phrase = True
                words = stop.group().lower().split()
        return words, bool(words)

    def _is_portfolio_by_place(self, word: str, end: int, words: list[str]) -> bool:
        """An unknown word of a portfolio: an abbreviation right behind "for", or what follows "and" with a whole name behind it."""
        if not words:
            return len(word) > 2 and word.isupper()
        return words[-1] == "and" and word[0].isupper() and _NAME_FOLLOWS.match(self.text, end) is not None

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

    def _has_evidence(self, mention: OfficeMention, left: Left) -> bool:
        """Whether what the list asks for stands beside the office. Offices that a known name may still save come back as weak."""
        evidence = mention.office.evidence
        if mention.organisation == EU:
            mention.rank = "eu_official"
            if left.grades and "European Parliament" in self.text[mention.outer : mention.end]:
                return False
            return evidence not in {"country", "holder"} or mention.office.office in {"top diplomat", "chief diplomat"}
        if evidence == "none" or mention.the_country:
            mention.is_weak = mention.is_bare and not mention.countries and self.text[mention.start].islower()
            return True
        if evidence == "state":
            if not mention.countries and not mention.has_phrase and self._is_other_president(left):
                mention.is_weak = True
            if not {"executive", "senior", "associate"}.isdisjoint(left.grades):
                mention.is_weak = True
            return True
        if evidence == "portfolio":
            if mention.office.rank == "eu_official":
                mention.is_weak = True
                if mention.countries:
                    return False
                return True
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

    def _is_other_president(self, left: Left) -> bool:
        """Whether the words before say that it is the president of a company, club, parliament or region."""
        word = left.before.strip("“\"‘'([—–")
        lower = word.lower().removesuffix("'s").removesuffix("’s")
        if not word or word[-1] in ",;:.)”!?—–" or left.definite:
            return False
        if lower in _CORPORATE:
            return True
        if word[0].isupper():
            common = lower in _OPENERS or self.words.non_names.get(lower) in {"calendar", "function", "verb"}
            return not common and (left.first or not self.title_case)
        return False
