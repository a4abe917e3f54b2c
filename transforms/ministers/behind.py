"""Reads what stands behind the head of an office: Minister | of Foreign Affairs and Trade, President | of the Republic of X."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from transforms.ministers.before import EU, Country
from transforms.ministers.vocabulary import Vocabulary

if TYPE_CHECKING:
    from transforms.ministers.offices import OfficeMention

_EU_AT = re.compile(
    r"(?:the )?(?:European (?:Commission|Council|Parliament|Union)|EU\b|Union (?=for)|EC\b)(?! (?:[Aa]ffairs|[Rr]elations|[Ii]ntegration|[Ff]unds)\b)(?: for (?=[A-Z]))?"
)
_STATE_AT = re.compile(
    r"(?:the )?(?:so-called )?(?:(?:Islamic|Royal|Transitional|Provisional|Federal|Federative|Democratic|People['’]s|Bolivarian|Plurinational|Hellenic|Socialist|"
    r"Arab|Co-operative|Portuguese|French|Italian|Czech|Slovak|Dominican|Kyrgyz|Swiss|Russian) )*(?:Republic|Kingdom|State Council|State of|"
    r"State(?= [^A-Z]|[,.;)])|Federation|"
    r"Confederation|Emirate|Government|Council of Ministers|Council of State|Presidential Council|Nation|country|nation|republic|state|kingdom)\b(?: of (?:the )?)?"
)
_OF = re.compile(
    r",?[ \u00a0](?:[oO]f|[fF]or|OF|FOR|in charge of|responsible for|to)[ \u00a0](?:(?:the|The|THE)[ \u00a0])?(?:(?:friendly|brotherly|sisterly|fraternal)[ \u00a0])?"
)
_PHRASE = re.compile(r"[\w&][\w’'\-‑]*")
_LINK = re.compile(r"(?:,? (?:and|&) (?:the |of |for )*|, (?:the )?|[ \u00a0](?:of the |of |for the |for |the |with the |with |against |to |in )?)")
REPUBLIC = re.compile(r" (?:Republic|Kingdom|Special Administrative Region)\b")  # the president of Benin Republic
_FOR = re.compile(r" for (?:the )?")
_MINISTRY = re.compile(r"(?: the| its| his| her)? ((?:(?!of\b|for\b|at\b)[\w.’'`\-]+ ){0,5}?)[Mm]inistry\b( of (?:the )?)?(?!['’])")
_GOVERNMENT = re.compile(
    r"(?: the| its)? ((?:[\w.’'`\-]+ ){1,4}?)(government|junta|regime|cabinet|state)\b(?=[,.;:)—–]|$| (?:and|said|says|told|in|has|is|was|who|met|visited)\b| [A-Z])"
)
_NO_GOVERNMENT = re.compile(r"\b(?:local|regional|provincial|state|city|municipal|shadow|previous|last|next|future|own)\b", re.IGNORECASE)
_DIPLOMACY = re.compile(
    r"(?: the)? (?:(?:EU|E\.U\.|European Union|bloc)(?:['’]s)?|European) "
    r"(?:foreign policy|foreign affairs|external (?:policy|action|affairs)|diplomacy|diplomatic service)\b"
)
_SHORT_NAME = re.compile(r" \([A-Z]{2,6}\)")
_SHORT_STATE = re.compile(r" \(M[oO]S\) for (?:the )?")
_ENDS = re.compile(r", (?:[A-Z]\w+\. |M[rs]s? )?([^\W\d_a-z][\w’'\-]+) [^\W\d_a-z]")
_REGION = re.compile(r"(?:[^\W\d_a-z][\w’'\-]+ ){1,3}(?:Region|Province|District|County)\b")
_AT_OFFICE = re.compile(
    r" (?:at|in) [tT]he (?:(Foreign|Home|Cabinet) Office|(Treasury|Presidency)|(?:President|Prime Minister)['’]s (?:Office|Department)"
    r"|Office of the (?:President|Prime Minister)"
    r"|Ministry of (?:the )?)"
)
_CHARGE = re.compile(r",? (?:responsible for|in charge of) (?:the )?")
_OF_STATE = re.compile(r"(?: I{1,3})?(?:, | \()(?:for )?([^\W\d_a-z]\w+(?:(?:, | and | )[^\W\d_a-z]\w+){0,3})(?:\)|(?=, ))")
_LIST_END = re.compile(r"(?:[\w’'\-]+,? ){1,6}?(?:and|&) (?:the |of |for )?([\w’'\-]+)")
_TO_COMMA = re.compile(r"[^,;:.()]{3,50}?(?=,|;| \()")
_TO_NAME = re.compile(r"[^,;:.()]{3,50}?(?=, [^\W\d_a-z])")
_WORD_AND_NAME = re.compile(r"[^\W\d_a-z]\w{3,}(?=(?: [^\W\d_a-z][\w’'\-]+){2,3}(?: [a-z]|[,;.)]))")
_ADJECTIVES = frozenset(
    {
        "public",
        "national",
        "social",
        "international",
        "natural",
        "human",
        "internal",
        "local",
        "rural",
        "regional",
        "civil",
        "urban",
        "special",
        "latin",
    }
)
_NAME_FOLLOWS = re.compile(r"[ \u00a0]([^\W\d_a-z][\w’'\-]+)[ \u00a0][^\W\d_a-z][\w’'\-]+")


_LIST_REACH = 60  # characters behind an unknown word of a portfolio in which the list goes on


class BehindReader:
    """Reads rightwards from heads of offices in one sentence."""

    def __init__(self, text: str, countries: list[Country], words: Vocabulary) -> None:
        self.text = text
        self.words = words
        self.starts = {c.start: c for c in countries}

    def read(self, mention: OfficeMention) -> list[str] | None:
        """The words of the portfolio behind "of" or "for"; moves `mention.end` over them, notes the countries. None if what stands there makes
        it no office of a minister."""
        match = _OF.match(self.text, mention.end)
        if match is None:
            return self._at_office(mention)
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
            return self._purpose(mention, takes_portfolio)
        if state and not (takes_portfolio and not the):
            mention.has_phrase = True
            if state.end() in self.starts and self._countries_at(mention, state.end()):
                return self._purpose(mention, takes_portfolio)
            if mention.office.evidence == "none" or takes_portfolio or the or state.end() in self.starts:
                mention.end = len(self.text[: state.end()].rstrip().removesuffix(" of"))
                mention.the_country = mention.the_country or (the and not takes_portfolio)  # the President of the Republic
                return []
        if takes_portfolio:
            if _REGION.match(self.text, at):
                return None
            words, good = self._phrase(mention, at)
            if words == ["state"] and (short := _SHORT_STATE.match(self.text, mention.end)):  # Minister of State (MoS) for Trade
                mention.end = short.end()
                words += self._phrase(mention, short.end())[0]
            if words == ["state"]:
                words += self._at_office(mention)
            if not good and self.text[match.start() : match.start() + 3].strip() == "to":
                return []
            return words
        if mention.office.rank is not None and mention.office.evidence in {"state", "country", "holder"}:
            if mention.countries and self.text[mention.start : mention.start + 4].lower() == "vice":
                return self._phrase(mention, at)[0] or None  # Norway's Vice President for Legal Affairs
            return None if self.text[match.start() :].lstrip(", ").startswith(("of", "for")) else []
        return None if mention.office.evidence == "none" and self.text[at : at + 1].isupper() and self._is_subnational_at(at) else []

    def _at_office(self, mention: OfficeMention) -> list[str]:
        """The words of the portfolio of a minister of state: at the Foreign Office, at the Ministry of Trade; (Trade); , Trade, and then the name."""
        office = _AT_OFFICE.match(self.text, mention.end)
        if office is not None:
            mention.end, mention.has_phrase = office.end(), True
            if charge := _CHARGE.match(self.text, office.end()):
                return self._phrase(mention, charge.end())[0]
            return self._phrase(mention, office.end())[0] if "Ministry" in office.group() else [w.lower() for w in office.groups() if w]
        state = _OF_STATE.match(self.text, mention.end) if mention.has_phrase else None
        words = [w.strip(",").lower() for w in state.group(1).split()] if state else []
        if state is None or not all(w in self.words.portfolio_words or w == "and" for w in words):
            return []
        mention.end = state.end()
        return words

    def _purpose(self, mention: OfficeMention, takes_portfolio: bool) -> list[str]:
        """The portfolio behind the country: Deputy Secretary of State of Norway for Trade, Vice President of Iran for Legal Affairs."""
        purpose = _FOR.match(self.text, mention.end)
        if purpose is None:
            return []
        word = self.text[purpose.end() :].partition(" ")[0]
        good = takes_portfolio or (word[:1].isupper() and word.lower() in self.words.portfolio_words)
        return self._phrase(mention, purpose.end())[0] if good else []

    def ministry(self, mention: OfficeMention) -> list[str]:
        """The words of the portfolio of a ministry behind "head of"; moves `mention.end` over it, notes the country. Empty where there is none."""
        match = _MINISTRY.match(self.text, mention.end)
        if match is None:
            return []
        words = [w for w in match.group(1).lower().split() if w in self.words.portfolio_words]
        inside = [self.starts[i].iso3 for i in range(mention.end, match.end()) if i in self.starts]
        mention.end = match.end()
        words += self._phrase(mention, match.end())[0] if match.group(2) else []
        if not mention.countries:
            mention.countries = inside[:1]
        short = _SHORT_NAME.match(self.text, mention.end)
        mention.end = short.end() if short else mention.end
        return words

    def government(self, mention: OfficeMention) -> bool:
        """Whether the government of a country, or the diplomacy of the European Union, stands behind "head of"; moves `mention.end` over it and says whose."""
        if union := _DIPLOMACY.match(self.text, mention.end):
            mention.organisation, mention.rank, mention.portfolio, mention.end = EU, "eu_official", "foreign", union.end()
            return True
        match = _GOVERNMENT.match(self.text, mention.end)
        inside = [self.starts[i].iso3 for i in range(mention.end, match.end()) if i in self.starts] if match else []
        if match is None or len(inside) != 1 or _NO_GOVERNMENT.search(match.group(1)) or self._is_subnational_at(match.start(1)):
            return False
        is_of_state = match.group(2) in {"junta", "regime", "state"} or "military" in match.group(1)
        mention.rank, mention.portfolio = "head_of_state" if is_of_state else "head_of_government", "head"
        mention.countries, mention.end = inside, match.end()
        return True

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
        mention.countries = found
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
            if at in self.starts and words and (inside := self._inside_list(at)):
                words.append(text[at:inside].strip().lower())
                at = inside
                continue
            if at in self.starts:
                self._countries_at(mention, at)
                break
            if match is None:
                break
            known = not self.words.portfolio_words.isdisjoint([match.group().lower(), *match.group().lower().split("-")])
            by_place = (words or mention.office.office != "secretary") and self._is_portfolio_by_place(match.group(), match.end(), words)
            if not known and not by_place:
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
            if at in self.starts and link.group().startswith((",", " and")) and not self._inside_list(at):
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
        return match is not None and (match.group(1).lower() in self.words.portfolio_words or self._inside_list(match.start(1)) > 0)

    def _inside_list(self, at: int) -> int:
        """Where the next word begins, if a word for people at `at` belongs to the portfolio: Foreign Affairs and Egyptian Expatriates; 0 if it does not."""
        country = self.starts.get(at)
        following = _PHRASE.match(self.text, country.end + 1) if country is not None and country.kind == "demonym" else None
        known = following is not None and following.group().lower() in self.words.portfolio_words - {
            "foreign",
            "prime",
            "defence",
            "defense",
            "interior",
        }
        return following.start() if following is not None and known else 0

    def _is_portfolio_by_place(self, word: str, end: int, words: list[str]) -> bool:
        """An unknown word of a portfolio: an abbreviation right behind "for", or a word before a known one (Smart
        Administration), what follows "and" with a whole name behind it, or the last one before a comma
        and a whole name."""
        if not words:
            follows = _PHRASE.match(self.text, end + 1)
            return (len(word) > 2 and word.isupper()) or (
                word[0].isupper() and word[-1].islower() and follows is not None and follows.group().lower() in self.words.portfolio_words
            )
        if words[-1] in _ADJECTIVES:
            return word[0].isupper()
        rest = [w.strip(",.").lower() for w in self.text[end : end + _LIST_REACH].split()[:5]]
        if rest[:1] == ["and"] and rest[1:] and rest[1] in self.words.portfolio_words and self.words.offices.keys().isdisjoint(rest[1:]):
            return word[0].isupper() and self.text[end] == " "  # Development Strategies and International Trade
        if (ends := _ENDS.match(self.text, end)) and (lower := ends[1].lower()) not in self.words.offices and lower not in self.words.non_names:
            return word[0].isupper()
        return (
            words[-1] == "and"
            and word[0].isupper()
            and not self.words.title.match(f"{word} x")
            and (follows := _NAME_FOLLOWS.match(self.text, end)) is not None
            and follows[1].lower() not in self.words.offices
        )
