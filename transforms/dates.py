"""Dates as EDTF: found in sentences by their words, resolved only as far as the text and the publication date allow.

A cue selects sentences for the whole column; only in those are the forms below looked for, one sentence at a time.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

import polars as pl

from transforms.lexicon import Lexicon

REACH = 45  # no form is longer on either side of the words that give it away
COLUMNS = {"edtf": pl.String, "from": pl.Date, "to": pl.Date, "basis": pl.String, "text": pl.String, "conflict": pl.Boolean}
_SCHEMA = {
    "article_id": pl.String,
    "field": pl.String,
    "start_char": pl.Int32,
    "end_char": pl.Int32,
    "text": pl.String,
    "edtf": pl.String,
    "from": pl.Date,
    "to": pl.Date,
    "basis": pl.String,
    "conflict": pl.Boolean,
    "relation": pl.String,
}

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNITS = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3650}
_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {"a": 1, "an": 1} | {word: number for number, word in enumerate(_COUNTS, 1)}
# EDTF, level 1: 21 to 24 are spring to winter; level 2: 33 to 36 are quarters
_SEASONS = {"spring": (21, 3, 5), "summer": (22, 6, 8), "autumn": (23, 9, 11), "fall": (23, 9, 11), "winter": (24, 12, 2)}
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}

_M = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
_D = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_Y = r"(?:1[89]|20)\d\d"
_W = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Mon\.|Tues?\.|Wed\.|Thurs?\.|Fri\.|Sat\.|Sun\.)"
_N = r"(?:\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_TIED = "(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Bb]efore|[Aa]fter|[Ff]rom|[Dd]uring)"
_DASH = r"\s?[-–—]\s?"

_CUE = (
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b|\b(?:18|19|20)\d\d|\b(?i:ago|yesterday|tomorrow|today|tonight|decade|quarter)\b"
    r"|\b(?i:last|next|this|past|previous|following|coming|earlier|later this)\s(?i:week|month|year|spring|summer|autumn|fall|winter|quarter|decade)"
    r"|\b\d{1,2}[./]\d{1,2}[./]\d{4}"
)


@dataclass(frozen=True, slots=True)
class Day:
    """What is known of a date: EDTF, first and last day, and how; `weekday` is set where one is written beside a date."""

    edtf: str | None
    first: date | None
    last: date | None
    basis: str
    weekday: int | None = None

    @property
    def conflict(self) -> bool | None:
        return None if self.weekday is None or self.first is None or self.first != self.last else self.first.weekday() != self.weekday


_UNKNOWN = Day(None, None, None, "none")


def find(sentences: pl.DataFrame, articles: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:  # noqa: ARG001 - all transforms are asked alike
    """Dates in sentences (article_id, field, start_char, text): article_id, field, start_char, end_char (Int32, code points in the field), text,
    edtf, from, to (Date), basis (vocab), conflict (Boolean), relation; sorted by article_id, field, start_char.

    basis: stated (with XXXX for a year that is not); relative, where the publication date of the article (published_from, if it is one day) decided
    the year or the day; none, where nothing could: then edtf is NULL. relation is the word that ties the date to its sentence: on, since, until,
    by, before, after, from, during, within."""
    anchors = articles.select(
        "article_id", pl.when(pl.col("published_from") == pl.col("published_to")).then(pl.col("published_from")).alias("anchor")
    )
    cued = (
        sentences.filter(pl.col("text").str.contains(_CUE))
        .join(anchors, on="article_id", how="left")
        .select("article_id", "field", "start_char", "text", "anchor")
    )
    rows = []
    for article_id, field, origin, text, anchor in cued.iter_rows():
        for start, end, meaning in _snippets(text):
            day = meaning(anchor, _is_future(text, start))
            relation, day = _relation(text, start, day)
            rows.append(
                (article_id, field, origin + start, origin + end, text[start:end], day.edtf, day.first, day.last, day.basis, day.conflict, relation)
            )
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row").sort("article_id", "field", "start_char")


def publication_date(lines: pl.Series, lexicon: Lexicon) -> pl.DataFrame:  # noqa: ARG001
    """The first full date of each line ("By Jane Doe, 12 May 2020", "2025-03-03T14:30Z", NULL): edtf, from, to, basis (stated, or none where there is
    no date with a year), text (the line), conflict; row by row as the lines."""
    rows = []
    for line in lines.to_list():
        days = (meaning(None, False) for _, _, meaning in _snippets(line)) if line else ()
        day = next((d for d in days if d.first is not None and d.first == d.last), None)
        rows.append((day.edtf, day.first, day.last, "stated", line, day.conflict) if day else (None, None, None, "none", None, None))
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def _windows(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """The stretches of a text, each REACH characters around a match, overlapping ones as one."""
    result: list[tuple[int, int]] = []
    for match in pattern.finditer(text):
        low, high = max(0, match.start() - REACH), match.end() + REACH
        if result and low <= result[-1][1]:
            result[-1] = (result[-1][0], high)
        else:
            result.append((low, high))
    return result


Meaning = Callable[[date | None, bool], Day]


def _snippets(text: str) -> Iterator[tuple[int, int, Meaning]]:
    """The dates of a text in order, none inside another: offsets and what they mean, given an anchor and whether the sentence looks ahead."""
    taken: list[tuple[int, int]] = []
    found = []
    windows = {kind: _windows(pattern, text) for kind, pattern in _KINDS.items()}
    for kind, pattern, read in _FORMS:
        for match in (m for low, high in windows[kind] for m in pattern.finditer(text, low, high)):
            start, end = match.span("date") if "date" in pattern.groupindex else match.span()
            if any(start < e and s < end for s, e in taken):
                continue
            meaning = read(match)
            if meaning is not None:
                taken.append((start, end))
                found.append((start, end, meaning))
    yield from sorted(found, key=lambda x: x[0])


# ---- absolute dates


def _year(text: str | None) -> int | None:
    return int(text) if text else None


def _month(name: str) -> int:
    return next(i for i, m in enumerate(_MONTHS, 1) if m.startswith(name.lower().rstrip(".")[:3]))


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text)) if text[0].isdigit() else _NUMBERS[text.lower()]


def _weekday(name: str | None) -> int | None:
    return None if not name else next(i for i, d in enumerate(_DAYS) if d.startswith(name.lower().rstrip(".")[:3]))


def _calendar(year: int | None, month: int, day: int | None, weekday: int | None = None) -> Meaning | None:
    """A day or month; one that no calendar has is none (31 June)."""
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= monthrange(year or 2024, month)[1]):
        return None
    return partial(_resolved, year, month, day, weekday)


def _resolved(year: int | None, month: int, day: int | None, weekday: int | None, anchor: date | None, is_future: bool) -> Day:
    basis = "stated"
    if year is None:
        if anchor is None:
            return Day(f"XXXX-{month:02}" + (f"-{day:02}" if day else ""), None, None, "stated", weekday)
        year, basis = _nearest_year(anchor, month, day, is_future), "relative"
    if day is None:
        return Day(f"{year:04}-{month:02}", date(year, month, 1), date(year, month, monthrange(year, month)[1]), basis)
    try:
        only = date(year, month, day)
    except ValueError:  # 29 February of a year that has none
        return Day(f"XXXX-{month:02}-{day:02}", None, None, "stated", weekday)
    return Day(only.isoformat(), only, only, basis, weekday)


def _nearest_year(anchor: date, month: int, day: int | None, is_future: bool) -> int:
    """The year that puts a month, or a day of it, at or before the anchor, or, where the sentence looks ahead, at or after it."""
    place, at = (month, day or 1), (anchor.month, anchor.day if day else 1)
    if is_future:
        return anchor.year if place >= at else anchor.year + 1
    return anchor.year if place <= at else anchor.year - 1


def _full(match: re.Match[str]) -> Meaning | None:
    groups = match.groupdict()
    return _calendar(_year(groups["y"]), _month(groups["m"]), _number(groups["d"]), _weekday(groups.get("w") or groups.get("v")))


def _numeric(match: re.Match[str]) -> Meaning | None:
    """12.03.2024, 12/03/2024: day first, as outside the United States; month first where only that is a date."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    return _calendar(year, b, a) or _calendar(year, a, b)


def _iso(match: re.Match[str]) -> Meaning | None:
    return _calendar(int(match["y"]), int(match["mm"]), int(match["d"]))


def _span(match: re.Match[str]) -> Meaning | None:
    """May 18-19, 9-10 January 2023, 28 May to 2 June."""
    g = match.groupdict()
    first_month, last_month = _month(g["m"]), _month(g.get("n") or g["m"])
    year = _year(g.get("y"))
    first, last = _calendar(year, first_month, _number(g["d"])), _calendar(year, last_month, _number(g["e"]))
    if first is None or last is None or (first_month == last_month and _number(g["d"]) >= _number(g["e"])):
        return None
    return partial(_interval, first, last)


def _interval(first: Meaning, last: Meaning, anchor: date | None, is_future: bool) -> Day:
    a, b = first(anchor, is_future), last(anchor, is_future)
    if a.edtf is None or b.edtf is None or (a.first and b.last and a.first > b.last):
        return _UNKNOWN
    return Day(f"{a.edtf}/{b.edtf}", a.first, b.last, a.basis)


def _month_year(match: re.Match[str]) -> Meaning | None:
    return _calendar(_year(match["y"]), _month(match["m"]), None)


def _months(match: re.Match[str]) -> Meaning | None:
    first, last = _calendar(_year(match["x"] or match["y"]), _month(match["m"]), None), _calendar(_year(match["y"]), _month(match["n"]), None)
    return partial(_interval, first, last) if first and last else None


def _years(match: re.Match[str]) -> Meaning | None:
    first, last = int(match["x"]), int(match["y"]) if len(match["y"]) == 4 else int(match["x"][:2] + match["y"])
    if first >= last:
        return None
    return lambda *_: Day(f"{first}/{last}", date(first, 1, 1), date(last, 12, 31), "stated")


def _one_year(match: re.Match[str]) -> Meaning | None:
    return _whole_year(int(match["y"]))


def _whole_year(year: int) -> Meaning:
    return lambda *_: Day(str(year), date(year, 1, 1), date(year, 12, 31), "stated")


def _decade(match: re.Match[str]) -> Meaning | None:
    year = int(match["y"])
    return lambda *_: Day(f"{year // 10}X", date(year, 1, 1), date(year + 9, 12, 31), "stated")


def _season(match: re.Match[str]) -> Meaning | None:
    code, first, last = _SEASONS[match["s"].lower()]
    year = _year(match["y"])
    shift = {"last": -1, "this": 0, "next": 1}.get((match["which"] or "").lower())

    def meaning(anchor: date | None, is_future: bool) -> Day:
        at, basis = year, "stated"
        if at is None:
            if anchor is None:
                return Day(f"XXXX-{code}", None, None, "stated")
            at, basis = anchor.year + (shift or 0), "relative"
            if shift is None and not is_future and first > anchor.month:
                at -= 1
            elif shift == -1 and last < anchor.month:
                at = anchor.year
        end = at + (last < first)
        return Day(f"{at}-{code}", date(at, first, 1), date(end, last, monthrange(end, last)[1]), basis)

    return meaning


def _quarter(match: re.Match[str]) -> Meaning | None:
    number = _QUARTERS[match["q"].lower()]
    year = _year(match["y"])

    def meaning(anchor: date | None, is_future: bool) -> Day:
        at, basis = year, "stated"
        if at is None:
            if anchor is None:
                return Day(f"XXXX-{32 + number}", None, None, "stated")
            at, basis = _nearest_year(anchor, 3 * number - 2, None, is_future), "relative"
        last = 3 * number
        return Day(f"{at}-{32 + number}", date(at, last - 2, 1), date(at, last, monthrange(at, last)[1]), basis)

    return meaning


# ---- relative dates: nothing without an anchor


def _shifted(match: re.Match[str]) -> Meaning | None:
    """last month, next year, this week."""
    unit, which = match["unit"].lower(), match["which"].lower()
    shift = -1 if which in ("last", "past", "previous") else 1 if which in ("next", "following", "coming") else 0

    def meaning(anchor: date | None, is_future: bool) -> Day:  # noqa: ARG001
        if anchor is None:
            return _UNKNOWN
        if unit == "week":
            first = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=shift)
            return Day(f"{first}/{first + timedelta(days=6)}", first, first + timedelta(days=6), "relative")
        if unit == "month":
            at = anchor.year * 12 + anchor.month - 1 + shift
            return _of_basis(_resolved(at // 12, at % 12 + 1, None, None, None, False), "relative")
        if unit == "decade":
            decade = anchor.year // 10 + shift
            return Day(f"{decade}X", date(decade * 10, 1, 1), date(decade * 10 + 9, 12, 31), "relative")
        return _of_basis(_whole_year(anchor.year + shift)(None, False), "relative")

    return meaning


def _of_basis(day: Day, basis: str) -> Day:
    return Day(day.edtf, day.first, day.last, basis, day.weekday)


def _on_weekday(match: re.Match[str]) -> Meaning | None:
    """on Wednesday: the last one up to the anchor, or, where the sentence looks ahead, the next one."""
    weekday = _weekday(match["w"])
    which = (match["which"] or "").lower()

    def meaning(anchor: date | None, is_future: bool) -> Day:
        if anchor is None or weekday is None:
            return _UNKNOWN
        back = (anchor.weekday() - weekday) % 7
        only = anchor - timedelta(days=back)
        if which == "next" or (is_future and which != "last"):
            only = anchor + timedelta(days=(weekday - anchor.weekday()) % 7 or 7)
        elif which == "last" and back == 0:
            only -= timedelta(days=7)
        return Day(only.isoformat(), only, only, "relative")

    return meaning


def _near(match: re.Match[str]) -> Meaning | None:
    shift = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}[match["near"].lower()]

    def meaning(anchor: date | None, is_future: bool) -> Day:  # noqa: ARG001
        if anchor is None:
            return _UNKNOWN
        only = anchor + timedelta(days=shift)
        return Day(only.isoformat(), only, only, "relative")

    return meaning


def _ago(match: re.Match[str]) -> Meaning | None:
    """three years ago: the year; months: the month; days: the day; weeks: the week."""
    count, unit = _number(match["n"]), match["unit"].lower().rstrip("s")

    def meaning(anchor: date | None, is_future: bool) -> Day:  # noqa: ARG001
        if anchor is None or count * _UNITS[unit] > 365 * 1000:
            return _UNKNOWN
        if unit == "day":
            only = anchor - timedelta(days=count)
            return Day(only.isoformat(), only, only, "relative")
        if unit == "week":
            first = anchor - timedelta(days=anchor.weekday() + 7 * count)
            return Day(f"{first}/{first + timedelta(days=6)}", first, first + timedelta(days=6), "relative")
        if unit == "month":
            at = anchor.year * 12 + anchor.month - 1 - count
            return _of_basis(_resolved(at // 12, at % 12 + 1, None, None, None, False), "relative")
        return _of_basis(_whole_year(anchor.year - count * (10 if unit == "decade" else 1))(None, False), "relative")

    return meaning


Form = tuple[str, re.Pattern[str], Callable[[re.Match[str]], Meaning | None]]

# What a form cannot do without: looked for once a text, so that most forms are never tried.
_KINDS = {
    "month": re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"),
    "weekday": re.compile(r"(?:Mon|Tues?|Wed|Wednes|Thurs?|Fri|Satur|Sat|Sun)(?:day|\.)"),
    "year": re.compile(r"(?:1[89]|20)\d\d"),
    "words": re.compile(
        r"quarter|week|month|year|decade|\bago\b|earlier|yesterday|today|tonight|tomorrow|spring|summer|autumn|fall|winter", re.IGNORECASE
    ),
}


def _form(kind: str, pattern: str, read: Callable[[re.Match[str]], Meaning | None], flags: int = 0) -> Form:
    return kind, re.compile(pattern, flags), read


# Tried in this order: a longer form comes before those that are part of it.
_FORMS = (
    _form("month", rf"\b(?P<d>{_D})\s(?P<m>{_M}){_DASH}(?P<e>{_D})\s(?P<n>{_M})(?:,?\s(?P<y>{_Y}))?\b", _span),
    _form("month", rf"\b(?P<d>{_D})\s(?P<m>{_M})\s(?:to|until|and)\s(?P<e>{_D})\s(?P<n>{_M})(?:,?\s(?P<y>{_Y}))?\b", _span),
    _form("month", rf"\b(?P<m>{_M})\s(?P<d>{_D})(?:{_DASH}|\sto\s)(?P<n>{_M})\s(?P<e>{_D})\b(?:,?\s(?P<y>{_Y}))?", _span),
    _form("month", rf"\b(?P<m>{_M})\s(?P<d>{_D})(?:{_DASH}|\sto\s|\sand\s)(?P<e>{_D})\b(?:,?\s(?P<y>{_Y}))?", _span),
    _form("month", rf"\b(?P<d>{_D})(?:{_DASH}|\sto\s|\sand\s)(?P<e>{_D})\s(?P<m>{_M})\b(?:,?\s(?P<y>{_Y}))?", _span),
    _form("month", rf"\b(?:(?P<w>{_W}),?\s\(?(?:the\s)?)?(?P<d>{_D})(?:\sof)?[\s-](?P<m>{_M})(?:,?[\s-](?P<y>{_Y}))?(?![\d:])", _full),
    _form("month", rf"\b(?:(?P<w>{_W}),?\s\(?)?(?P<m>{_M})\s(?P<d>{_D})(?![\d:%])\b(?:,?\s(?P<y>{_Y}))?(?:\s\((?P<v>{_W})\))?", _full),
    _form("year", r"\b(?P<y>(?:1[89]|20)\d\d)-(?P<mm>\d{2})-(?P<d>\d{2})(?!\d)", _iso),
    _form("year", r"\b(?P<a>\d{1,2})[./](?P<b>\d{1,2})[./](?P<y>(?:19|20)\d\d)\b", _numeric),
    _form("month", rf"\b(?P<m>{_M})(?:\s(?P<x>{_Y}))?(?:{_DASH}|\s(?:to|until|through|and)\s)(?P<n>{_M})\s(?P<y>{_Y})\b", _months),
    _form("month", rf"\b(?P<m>{_M}),?\s(?:of\s)?(?P<y>{_Y})\b", _month_year),
    _form(
        "words",
        rf"\b(?:(?P<which>last|this|next)\s)?(?P<s>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)\s(?:of\s)?(?P<y>{_Y})\b",
        _season,
    ),
    _form("words", r"\b(?P<which>last|this|next)\s(?P<s>spring|summer|autumn|fall|winter)\b(?P<y>\b\B)?", _season, re.IGNORECASE),
    _form("words", rf"\b(?P<q>first|second|third|fourth|last|[1-4](?:st|nd|rd|th))\squarter(?:\s(?:of\s)?(?P<y>{_Y}))?\b", _quarter, re.IGNORECASE),
    _form("year", r"\b(?P<x>(?:1[89]|20)\d\d)(?:[-–—]|\s(?:to|until)\s)(?P<y>(?:1[89]|20)\d\d|\d\d)\b(?![-\d])", _years),
    _form("year", r"\b(?P<y>(?:1[89]|20)\d0)s\b", _decade),
    _form(
        "words", r"\b(?P<which>last|next|this|past|previous|following|coming)\s(?P<unit>week|month|year|decade)\b(?!['’]s)", _shifted, re.IGNORECASE
    ),
    _form("words", rf"\b(?P<n>{_N})\s(?P<unit>days?|weeks?|months?|years?|decades?)\s(?:ago|earlier)\b", _ago, re.IGNORECASE),
    _form("weekday", rf"\b(?:(?P<which>last|next|this)\s)?(?P<w>{_W})(?![\w’'])", _on_weekday),
    _form("words", r"\b(?P<near>yesterday|today|tonight|tomorrow)\b(?!['’]s)", _near, re.IGNORECASE),
    # a month alone, where a preposition tells that May is a month and March no walk
    _form(
        "month",
        rf"\b(?:{_TIED}|[Ll]ast|[Nn]ext|[Tt]his|early|late|mid-?|(?:end|beginning|start)\sof)\s(?:early\s|late\s|mid-?\s?)?"
        rf"(?P<date>(?P<m>{_M}))(?P<y>\b\B)?(?![\w’'])(?!\s\d)",
        _month_year,
    ),
    _form(
        "year",
        rf"\b(?:{_TIED}|[Oo]f|[Tt]hrough|late|early|mid-?|the|for|to|and)\s(?:early\s|late\s|mid-?\s?)?(?P<date>(?P<y>{_Y}))\b"
        r"(?![\d,.%]\d|\s?(?:%|percent|people|miles|km|troops|tons))",
        _one_year,
    ),
)

_FUTURE = re.compile(r"\b(?:will|shall|would|next|to\sbe|plans?\sto|due|by|until|scheduled|expected|upcoming|going\sto|(?:agree|promis|pledg|vow|offer|commit|decid)\w*\sto)\b", re.IGNORECASE)
_RELATIONS = re.compile(
    r"\b(?P<word>since|until|till|by|before|after|from|during|within|as\sof|starting|beginning|effective)\s"
    r"(?:on\s|in\s|the\s(?:end|middle|beginning|start)\sof\s|early\s|late\s|mid-?\s?|at\sthe\slatest\s)*$",
    re.IGNORECASE,
)
_STARTS = ("since", "as of", "starting", "beginning", "effective", "from")


def _is_future(text: str, start: int) -> bool:
    """Whether the words before a date look ahead."""
    return _FUTURE.search(text, max(0, start - 60), start) is not None


def _relation(text: str, start: int, day: Day) -> tuple[str, Day]:
    """How a date is tied to its sentence; "since" opens its interval."""
    match = _RELATIONS.search(text, max(0, start - 40), start)
    if match is None:
        return "on", day
    word = match["word"].lower()
    if word in _STARTS:
        if word == "since" and day.edtf is not None and "/" not in day.edtf:
            day = Day(f"{day.edtf}/..", day.first, None, day.basis, day.weekday)
        return ("since" if word in ("since", "as of") else "from"), day
    return ("until" if word == "till" else word), day
