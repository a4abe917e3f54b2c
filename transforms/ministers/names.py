"""Reads names of persons: where one starts and ends, and what is a part of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.ministers.vocabulary import Vocabulary, fold, soft

_UPPER = "".join(filter(str.isupper, map(chr, (*range(0x250), *range(0x1E00, 0x1F00)))))
UPPER = "".join(f"\\{c}" if c in r"\]^-" else c for c in _UPPER)
_APOSTROPHE = "'’ʻʼ`"

_PIECE = re.compile(
    rf"(?P<suffix>,? (?:[JS]r\.?(?!\w)|I{{2,3}}\b|IV\b|VI{{0,3}}\b|XI?[VI]*\b)(?!\. [{UPPER}]))"
    rf"|(?P<gap>\]?[ \u00a0]?)(?:(?P<initial>(?:[{UPPER}]\.[ \u00a0]?-?)+(?=[ \u00a0{UPPER}]|$|,))"
    rf"|(?P<nick>[“\"‘(][{UPPER}][\w\-]+[”\"’)](?= ))"
    rf"|(?P<token>(?:[ʻʼ](?=[AEIOU])|'(?=[AEIOU][a-z]+ [{UPPER}])(?![^'\n]{{0,40}}'))?"
    rf"(?:(?:[aAeEuU][lrdsntz]h?|[dD])[-{_APOSTROPHE}]|[nN]{_APOSTROPHE[0]})?[{UPPER}]\w*(?:[{_APOSTROPHE}\-‑–]\w+)*(?:[{_APOSTROPHE}](?= [Aa]l[- ]))?)"
    rf"|(?P<particle>(?:de la|de los|de las|van der|van den|van de|von der|von dem|bin|bint|ibn|ben|ould|abu|abd|de|da|do|dos|das|del|della"
    rf"|der|den|di|du|el|la|le|les|lo|van|von|vom|zu|zur|af|av|al|ul|ur|ud|ad|ter|ten|te|y|e)(?=[ \u00a0])))"
)
# letters behind a name: members of parliaments, counsel, orders, degrees
_HONOURS = re.compile(
    r"(?:,? (?:MPP?|MEP|MSP|MLA|MLC|MHA|MNA|TD|JP|KC|QC|SC|OBE|CBE|MBE|KBE|DBE|CMG|KCMG|GCMG|AO|AC|AM|OAM|PC|OJ|ON|OCC|CD|OD|MH|EGH|EBS|CBS|CFR|GCFR|GCON|MFR|OFR|SAN"
    r"|FRS|PhD|Ph\.D\.?|M\.P\.?|J\.P\.?|K\.C\.?|Q\.C\.?|S\.C\.?))+$"
)
_PATRONYMIC = re.compile(r"(?:bin|bint|ibn|ben) ", re.IGNORECASE)
_DOCTOR = re.compile(rf"\.?(?= [{UPPER}]\w+ [{UPPER}])")
_PATRONYMIC_BEFORE = re.compile(r"\b(?:bin|ibn|ben|al)[ -]$", re.IGNORECASE)
_ROMAN = re.compile(r"[IVX]+$")
_SHORT = frozenset({"an", "do", "he", "no", "so", "her", "has", "let", "at", "than"})  # function words that are East Asian names, too
# months that are given names, too: "in August, the foreign minister said"
MONTHS = frozenset({"April", "May", "June", "August"})
_NICK = re.compile(r"[“\"‘(]\w+[”\"’)]$")
_DAY = re.compile(r",? \d")
_LEADING = frozenset({"von", "von der", "von dem", "van", "van der", "van den", "van de", "de", "de la", "di", "del", "bin", "ten", "ter", "zu"})
_COMPOUNDS = frozenset(
    {
        "era",
        "backed",
        "led",
        "style",
        "appointed",
        "brokered",
        "linked",
        "controlled",
        "run",
        "aligned",
        "friendly",
        "like",
        "allied",
        "supported",
        "elect",
        "designate",
    }
)


@dataclass(slots=True)
class Name:
    """A name in a text. `start` and `end` are the offsets of the name proper, `begin` includes titles before it, `tokens` its parts."""

    begin: int
    start: int
    end: int
    tokens: tuple[str, ...]
    nick: str | None = None
    possessive: bool = False


def read_name(text: str, at: int, words: Vocabulary, stops: frozenset[int] | set[int], lowered: str | None = None) -> Name | None:
    """The name that starts at `at`, or None. `stops` are offsets at which something else is known to start (a country), `lowered`, for
    headlines in title case, the body of the article: words that it writes in lower case end the name."""
    begin = at
    if at in stops and words.title.match(text, at):
        return None  # Sri Lanka
    before = at
    while title := words.title.match(text, at):
        before, at = at, title.end()
    if before < at and _PATRONYMIC.match(text, at):
        at = before  # Sheikh Sultan bin Zayed
    start = at
    tokens: list[str] = []
    nick: str | None = None
    possessive = False
    kept_end, kept = at, 0
    while len(tokens) < 8:
        match = _PIECE.match(text, at)
        if match is None or (tokens and not match["gap"] and not match["suffix"] and match.start() == at and text[at - 1] not in " \u00a0.-"):
            break
        if not tokens and (match["suffix"] or match["gap"] or match["nick"]):
            break
        kind = match.lastgroup
        piece = match[kind or 0]
        end = match.end()
        if kind == "token":
            piece, cut = _possessive(piece)
            end -= cut
            lower = piece.lower()
            if tokens and lower in {"mr", "mrs"}:
                break
            if tokens and lower == "dr" and len(tokens) == 1 and (titled := _DOCTOR.match(text, end)):  # Samoan chiefs: Aiono Dr Mary Jones
                at = titled.end()
                continue
            if _is_no_name(text, piece, lower, bool(kept), match.start(kind), end, words, stops, lowered):
                break
            tokens.append(piece)
            kept_end, kept = end, len(tokens)
            possessive = cut > 0
            if possessive:
                break
        elif kind == "suffix":
            if not kept:
                break
            kept_end, kept = end, len(tokens)
            if not piece.strip(" ,").startswith(("J", "S")):
                tokens.append(piece.strip(" ,"))
                kept = len(tokens)
        elif kind == "nick":
            nick = piece.strip('“”"‘’()')
        elif kind == "initial":
            tokens.append(piece.strip())
            end = match.start(kind) + len(piece.rstrip())
        else:
            if not tokens and piece not in _LEADING:
                break
            tokens.append(piece)
        at = end
    tokens = tokens[:kept]
    if not any(len(t.strip(".")) > 1 for t in tokens):
        return None
    if len(tokens) == 1 and tokens[0].lower() in words.portfolio_words and start == begin:
        return None
    if len(tokens) == 1 and len(tokens[0]) == 2 and tokens[0].isupper() and not text.isupper():
        return None  # seen on Russian TV, the former leader says
    if len(tokens) == 1 and tokens[0] in MONTHS and _DAY.match(text, kept_end):
        return None
    return Name(begin, start, kept_end, tuple(tokens), nick if nick and text.find(nick, start, kept_end) > 0 else None, possessive)


def _possessive(piece: str) -> tuple[str, int]:
    """The word without a possessive ending, and how many characters that is."""
    if piece[-2:] in {"'s", "’s", "'S", "’S"}:
        return piece[:-2], 2
    return piece, 0


def _is_no_name(
    text: str,
    piece: str,
    lower: str,
    started: bool,
    at: int,
    end: int,
    words: Vocabulary,
    stops: frozenset[int] | set[int],
    lowered: str | None,
) -> bool:
    if piece in words.abbreviations or (not piece.isalpha() and any(map(str.isdigit, piece))):
        return True
    kind = words.non_names.get(lower)
    if kind is not None:
        short = not started and (lower in _SHORT or (lower == "to" and lowered is None)) and _follows_name(text, end, words)
        if not short and not (lower == "said" and _PATRONYMIC_BEFORE.search(text, max(0, at - 5), at)):
            return True
    if "-" in piece and any(part in _COMPOUNDS or part.lower() in words.non_names for part in piece.split("-")[1:] if len(part) > 2):
        return True
    if started and at in stops:
        return True
    if not started and at in stops and not _follows_name(text, end, words):
        return True
    if piece.isupper() and len(piece) > 1 and started and not _ROMAN.match(piece) and (len(piece) < 4 or not _all_caps_before(text, at)):
        return not _surname_in_capitals(text, at, piece)
    if not started and lower in words.offices and not words.offices[lower].is_title:
        return True
    return lowered is not None and kind is None and f" {lower} " in lowered and (started or lower not in words.surnames)


def _surname_in_capitals(text: str, at: int, piece: str) -> bool:
    """French usage: Emmanuel MACRON. Abbreviations of three letters or fewer are none."""
    before = text[:at].rstrip().rsplit(None, 1)
    return len(piece) >= 4 and bool(before) and before[-1][:1].isupper() and piece not in {"NATO", "OPEC", "ASEAN", "UNESCO", "BRICS", "ECOWAS"}


def _all_caps_before(text: str, at: int) -> bool:
    before = text[:at].rstrip().rsplit(None, 1)
    return bool(before) and before[-1].isupper()


def _follows_name(text: str, end: int, words: Vocabulary) -> bool:
    match = _PIECE.match(text, end)
    return bool(match and match["token"] and match["gap"] and match["token"].lower() not in words.non_names)


def without_honours(text: str, end: int) -> int:
    """Where a name that seems to end at `end` ends without the letters behind it: "Jane Doe MP"."""
    match = _HONOURS.search(text, max(0, end - 30), end)
    return match.start() if match else end


def name_before(text: str, end: int, words: Vocabulary, stops: frozenset[int] | set[int], lowered: str | None = None) -> Name | None:
    """The name that ends exactly at `end`, or None."""
    starts: list[int] = []
    at = end
    while at > 0 and len(starts) < 9:
        begin = max(text.rfind(" ", 0, at), text.rfind("\u00a0", 0, at)) + 1
        word = text[begin:at]
        if not word:
            break
        if starts and _NICK.match(word):
            at = begin - 1
            continue
        first = word.lstrip("“\"‘'([—–")
        begin += len(word) - len(first)
        if not first or (starts and first[-1] in ",;:)]”—–!?"):
            break
        capital = first[:1].isupper() or (len(first) > 3 and first[2:3] in "-’'" and first[3:4].isupper())
        if starts and first.endswith(".") and len(first) > 2 and not words.title.match(first + " x") and not re.match(r"(?:\w\.)+$", first):
            break
        if not capital and not (_PIECE.match(first + " x") or first in {"(", "“"}):
            break
        if capital:
            starts.append(begin)
        if len(first) != len(word):
            break
        at = begin - 1
    for begin in reversed(starts):
        name = read_name(text, begin, words, stops, lowered)
        if name is not None and name.end == end and not any(t.lower() in words.offices or t == "Crown" for t in name.tokens[1:-1]):
            return None if name.tokens[-1] in MONTHS and len(name.tokens) == 1 else name
    return None


def key_parts(tokens: tuple[str, ...], words: Vocabulary) -> tuple[list[str], list[str]]:
    """The parts of a name, folded, given names in their shared form, without initials and Jr.; and the same parts softened."""
    if tokens not in words.known_parts:
        parts = [p for t in tokens for p in fold(t).split()]
        kept = [words.given.get(p, p) for p in parts if len(p) > 1 and p not in {"jr", "sr"}] or parts
        words.known_parts[tokens] = (kept, [soft(p) for p in kept])
    return words.known_parts[tokens]
