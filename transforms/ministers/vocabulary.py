"""What the grammar of ministers compiles from the reference lists."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from transforms.lexicon import Lexicon

_LETTERS = str.maketrans(
    {
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ı": "i",
        "ß": "ss",
        "æ": "ae",
        "Æ": "Ae",
        "þ": "th",
        "Þ": "Th",
        "ð": "d",
        "ə": "a",
    }
)
TITLES = frozenset({"king", "queen", "emir", "amir", "sultan", "emperor", "prince", "grand duke"})
COUNTERPARTS = ("counterpart", "opposite number", "homologue", "peer", "colleague")
_NOT_WORD = re.compile(r"[^\w]+|_")
_SOFT = (
    (re.compile(r"iy|yy|yi|ij|ii|y|j"), "i"),
    (re.compile(r"kh"), "h"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"ck|q"), "k"),
    (re.compile(r"oo|ou"), "u"),
    (re.compile(r"ee"), "i"),
    (re.compile(r"w"), "v"),
    (re.compile(r"ks"), "x"),
    (re.compile(r"(.)\1+"), r"\1"),
)


@dataclass(slots=True, frozen=True)
class Office:
    """A row of `offices.csv`."""

    office: str
    form: str  # singular or plural, as listed
    plural: bool
    rank: str | None
    portfolio: str | None
    evidence: str
    iso3: str | None
    organisation: str | None

    @property
    def is_abbreviation(self) -> bool:
        return self.form != self.form.lower()

    @property
    def is_title(self) -> bool:
        """Whether it stands before a name like a title and may be a given name, too: King, Sultan, Amir."""
        return self.office in TITLES


@dataclass(slots=True, frozen=True)
class Holder:
    """A row of `office_holders.csv`; `key` is the name key that all spellings share."""

    key: str
    surname_key: str
    iso3: str | None
    organisation: str | None
    rank: str
    portfolio: str


@dataclass(slots=True)
class Vocabulary:
    """The reference lists, indexed."""

    offices: dict[str, Office] = field(default_factory=dict)
    forms: dict[str, list[str]] = field(default_factory=dict)  # by their first letters, lower case, the longest first
    longest_form: int = 0
    office_words: dict[str, str] = field(default_factory=dict)
    portfolios: dict[str, str] = field(default_factory=dict)
    portfolio_words: frozenset[str] = frozenset()
    title: re.Pattern[str] = re.compile(r"(?!)")
    given: dict[str, str] = field(default_factory=dict)
    non_names: dict[str, str] = field(default_factory=dict)
    abbreviations: frozenset[str] = frozenset()  # of organisations, in capitals
    subnational: frozenset[str] = frozenset()
    subnational_ends: frozenset[str] = frozenset()
    holders: dict[frozenset[str], list[Holder]] = field(default_factory=dict)
    surnames: dict[str, list[Holder]] = field(default_factory=dict)
    spellings: dict[str, list[str]] = field(default_factory=dict)
    longer: defaultdict[str, list[tuple[frozenset[str], Holder]]] = field(
        default_factory=lambda: defaultdict(list)
    )  # names of three parts, by the first
    alone: dict[str, Holder] = field(default_factory=dict)  # by each form of the names that stand without an office, the longest first
    customs: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # the countries of each custom
    patterns: list[str] = field(default_factory=list)
    cue: str = ""
    known_parts: dict[tuple[str, ...], tuple[list[str], list[str]]] = field(default_factory=dict)  # what names.key_parts gave
    known_forms: dict[tuple[str, ...], list[str]] = field(default_factory=dict)  # what people.forms_of gave


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Lower case, no accents, letters and digits, single blanks."""
    text = _without_accents(text).replace("ʻ", "").replace("ʼ", "")
    return " ".join(_NOT_WORD.sub(" ", text.replace("'", "").replace("’", "")).lower().split())


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text.translate(_LETTERS)) if not unicodedata.combining(c))


@lru_cache(maxsize=100_000)
def soft(word: str) -> str:
    """A folded word in a form that usual transliterations share: Zelenskyy, Zelensky and Zelenskiy are one."""
    for pattern, by in _SOFT:
        word = pattern.sub(by, word)
    return word


def build(lexicon: Lexicon) -> Vocabulary:
    """The vocabulary of a lexicon."""
    words = Vocabulary()
    for office, plural, rank, portfolio, evidence, iso3, organisation in lexicon.frame("offices").iter_rows():
        for form, many in ((office, False), (plural, True)):
            words.offices[form.lower()] = Office(office, form, many, rank, portfolio, evidence, iso3, organisation)
    for word in COUNTERPARTS:
        words.offices[word] = Office(word, word, False, "minister", "other", "counterpart", None, None)
        words.offices[word + "s"] = Office(word, word + "s", True, "minister", "other", "counterpart", None, None)
    for form in sorted(words.offices, key=len, reverse=True):
        words.forms.setdefault(form[: 4 if len(form) > 3 else 2], []).append(form)
    words.longest_form = max(map(len, words.offices))
    words.office_words = dict(lexicon.frame("office_words").iter_rows())
    words.portfolios = dict(lexicon.frame("portfolios").iter_rows())
    words.portfolio_words = frozenset(w for phrase in words.portfolios for w in phrase.split()) - {"and", "of", "the"}
    listed = lexicon.frame("titles").get_column("title").to_list()
    titles = sorted({*listed, *(title.upper() for title in listed)}, key=lambda t: (-len(t), t))
    words.title = re.compile(rf"(?:(?:[Tt]he )?(?:{'|'.join(map(re.escape, titles))})\.?(?:[-‑]General)?|\([Rr]etd?\.?\))[ \u00a0]+(?=[\"“'‘(\w])")
    words.given = dict(lexicon.frame("given_names").iter_rows())
    words.non_names = dict(lexicon.frame("non_names").iter_rows())
    organisations = lexicon.frame("organisations").get_column("surface").to_list()
    words.abbreviations = frozenset(s for s in organisations if s.isalpha() and s.isupper())
    words.subnational = frozenset(s.lower() for s in lexicon.frame("subnational").get_column("surface"))
    words.subnational_ends = frozenset(s.rsplit(None, 1)[-1] for s in words.subnational)
    for custom, iso3 in lexicon.frame("country_customs").iter_rows():
        words.customs[custom].append(iso3)
    _index_holders(lexicon, words)
    words.patterns = _patterns(words)
    words.cue = "|".join(re.escape(s) for s in _stems(words.patterns))
    return words


def _index_holders(lexicon: Lexicon, words: Vocabulary) -> None:
    holders: dict[frozenset[str], list[Holder]] = defaultdict(list)
    surnames: dict[str, list[Holder]] = defaultdict(list)
    spellings: dict[str, list[str]] = defaultdict(list)
    for name, surname, also, iso3, organisation, rank, portfolio, alone in lexicon.frame("office_holders").iter_rows():
        forms = [name, *(also.split("|") if also else ())]
        key = fold(name)
        holder = Holder(key, fold(surname), iso3, organisation, rank, portfolio)
        for form in dict.fromkeys(forms):
            if " " in form:
                parts = name_set(form, words)
                holders[parts].append(holder)
                if len(parts) > 2:
                    first = fold(form).split()[0]
                    words.longer[soft(words.given.get(first, first))].append((parts, holder))
            else:
                surnames[soft(fold(form))].append(holder)
            if form not in spellings[key]:
                spellings[key].append(form)
        for form in {soft(fold(surname)), soft(_bare(fold(surname)))}:
            surnames[form].append(holder)
        if alone:
            known = [f for f in forms if " " in f or alone == "surname"] + ([surname] if alone == "surname" else [])
            words.alone.update((f, holder) for form in known for f in (form, _without_accents(form)))
    words.alone = dict(sorted(words.alone.items(), key=lambda item: (-len(item[0]), item[0])))
    words.holders, words.surnames, words.spellings = dict(holders), dict(surnames), dict(spellings)


def _bare(surname: str) -> str:
    """A surname without the particles that newspapers drop."""
    parts = surname.split()
    while len(parts) > 1 and parts[0] in {"al", "el", "ould", "bin", "von", "van", "de"}:
        parts = parts[1:]
    return " ".join(parts)


def name_set(name: str, words: Vocabulary) -> frozenset[str]:
    """The parts of a full name in any order, given names in their shared form, initials and particles of style left out."""
    parts = [words.given.get(w, w) for w in fold(name).split()]
    kept = [soft(w) for w in parts if len(w) > 1 and w not in {"jr", "sr", "al", "el", "ii", "iii", "bin", "king", "queen"}]
    return frozenset(kept)


def _patterns(words: Vocabulary) -> list[str]:
    """What to look for in the sentences, longest first: every office in the cases that occur. Royal titles and abbreviations count only in
    capitals before a name; `leader` and the like are cheap to refuse later."""
    patterns: set[str] = set()
    for form, office in words.offices.items():
        if office.is_abbreviation:
            patterns.update({office.form + " ", office.form + ","})
        elif office.office in TITLES:
            if not office.plural:
                patterns.add(form.title() + " ")
        else:
            titled = form.title().replace(" Of ", " of ").replace(" The ", " the ").replace(" To ", " to ")
            patterns.update({form, form.title(), titled, titled[0].lower() + titled[1:], form[0].upper() + form[1:], form.upper()})
            if form.count(" ") > 1:  # Sovereign Council chief
                patterns.add(form[: form.rfind(" ")].title() + form[form.rfind(" ") :])
    return sorted(patterns, key=lambda p: (-len(p), p))


def _stems(patterns: list[str]) -> list[str]:
    """A short list of substrings of which each pattern contains one: a cheap first cue before the long list is looked for."""
    stems: list[str] = []
    for pattern in sorted(patterns, key=lambda p: (len(p.split()), len(p), p)):
        if not any(s in pattern for s in stems):
            whole = len(pattern) < 8 or pattern.endswith((" ", ","))
            stems.append(pattern if whole else max(pattern.split(), key=len)[1:])
    return stems
