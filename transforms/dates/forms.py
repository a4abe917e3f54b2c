"""The forms that dates take in English news, and what each one means.

A form is a pattern with named groups and a reader. From all of them together one pattern without groups is made, in the common subset of Python's and
Rust's syntax, with which polars finds the snippets of a whole column in one pass; each distinct snippet is then read once, by the first form that
fits it. In front of a form may stand what ties it to its sentence: a preposition, an article, "early", "the end of".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from transforms.dates import values
from transforms.dates.values import Meaning

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
SEASONS = {"spring": (21, 3, 5), "summer": (22, 6, 8), "autumn": (23, 9, 11), "fall": (23, 9, 11), "winter": (24, 12, 2)}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
SHIFTS = {"last": -1, "this": 0, "current": 0, "the": 0, "next": 1}
NEAR = {"yesterday": -1, "last night": -1, "today": 0, "tonight": 0, "tomorrow": 1}
# Months that are names or verbs as well: alone they are dates only behind one of the words that _TIES lists.
WORDS_TOO = ("March", "April", "May", "June", "August")

_TIES = "in|since|by|until|till|before|after|from|during|through|throughout|within"
_OPENERS = "as of|as from|starting|beginning|effective"
_LOOSE = "on|at|of|to|and|or|for|over|around|about"
_S = "[ \n\xa0]"


def _anycase(words: str) -> str:
    """Alternatives that may begin a sentence."""
    return "|".join(f"[{w[0].upper()}{w[0]}]{w[1:]}" for w in words.split("|"))


def _pattern(text: str) -> str:
    """Readable patterns: ~ is a blank, M D Y W N in angle brackets the parts of dates."""
    for name, part in _PARTS.items():
        text = text.replace(f"<{name}>", part)
    return text.replace("~", _S)


_PARTS = {
    "M": "(?:"
    + "|".join([*MONTHS, *(m.upper() for m in MONTHS)])
    + r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT|SEP|OCT|NOV|DEC)\.?)",
    "MONTH": "(?:" + "|".join(MONTHS) + ")",
    "D": "(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?",
    "Y": "(?:1[5-9]|20)[0-9][0-9]",
    "W": "(?:" + "|".join([*DAYS, *(d.upper() for d in DAYS)]) + r"|(?:Mon|Tues|Tue|Weds|Wed|Thurs|Thur|Thu|Fri|Sat|Sun)\.?)",
    "WEEKDAY": "(?:" + "|".join(DAYS) + ")",
    "N": "(?:[0-9]{1,3}|[Aa]n?|" + _anycase("|".join(NUMBERS)) + ")",
    "DASH": "~?[-–—]~?",
    "SEASON": "(?:" + _anycase("|".join(SEASONS)) + ")",
    "UNIT": "(?:days?|weeks?|months?|quarters?|years?|decades?)",
}

LEAD = _pattern(
    f"(?:(?:{_anycase(_TIES + '|' + _OPENERS + '|' + _LOOSE)})~(?:(?:on|in|at~the~latest~on)~)?)?"
    "(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir)~)?"
    f"(?:(?:[Tt]he~)?(?:{_anycase('end|beginning|start|middle|close|course')})~of~(?:the~)?|(?:{_anycase('early|late|earlier|later|mid|end')})[- ])?"
)

Reader = Callable[[re.Match[str], str], Meaning | tuple[Meaning, str] | None]
"""What a match behind a lead means (None: no date), with the name of the group that the date ends with, if not the last."""
BOUND = "¦"  # at the end of a form that says itself where a word has to end
_FORMS: list[tuple[str, Reader]] = []


def _form(*patterns: str) -> Callable[[Reader], Reader]:
    """Registers the reader of patterns; the order of registration is the order in which forms are tried, longer before shorter ones."""

    def register(reader: Reader) -> Reader:
        _FORMS.extend((_pattern(p[:-1] if p.endswith(BOUND) else p + r"\b"), reader) for p in patterns)
        return reader

    return register


# ---- parts


def _year(text: str | None) -> int | None:
    return int(text) if text else None


def _month(name: str) -> int:
    return next(i for i, month in enumerate(MONTHS, 1) if month[:3] == name[:3].capitalize())


def _number(text: str) -> int:
    if text[0].isdigit():
        return int(re.sub(r"\D", "", text))
    return 1 if text.lower() in ("a", "an") else NUMBERS.index(text.lower()) + 1


def _weekday(name: str | None) -> int | None:
    return next(i for i, day in enumerate(DAYS) if day[:3] == name[:3].capitalize()) if name else None


# ---- absolute: with the numbers of a calendar


@_form(
    r"(?P<y><Y>)-(?P<m>[01][0-9])-(?P<d>[0-3][0-9])(?:(?:T|~)[0-2][0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?(?:Z|[+-][0-2][0-9]:?[0-5][0-9])?)?"
)
def _iso(match: re.Match[str], _lead: str) -> Meaning | None:
    return values.calendar(int(match["y"]), int(match["m"]), int(match["d"]))


@_form(r"(?P<a>[0-3]?[0-9])(?P<by>[./])(?P<b>[0-3]?[0-9])[./](?P<y>(?:19|20)[0-9][0-9])")
def _numeric(match: re.Match[str], _lead: str) -> Meaning | None:
    """12.03.2024, 12/03/2024: day first, as outside the United States; month first where only that is a date."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    return values.calendar(year, b, a) or (values.calendar(year, a, b) if match["by"] == "/" else None)


@_form(
    r"(?P<d><D>)~(?P<m><M>)(?:,?~(?P<x><Y>))?(?:<DASH>|~(?:to|until|through|and)~)(?P<e><D>)~(?P<n><M>)(?:,?~(?P<y><Y>))?",
    r"(?P<m><M>)~(?P<d><D>)(?:,?~(?P<x><Y>))?(?:<DASH>|~(?:to|until|through)~)(?P<n><M>)~(?P<e><D>)(?:,?~(?P<y><Y>))?",
)
def _days_of_two_months(match: re.Match[str], _lead: str) -> Meaning | None:
    """28 May to 2 June 2024, June 28-July 2, 30 December 2024 - 3 January 2025."""
    return _span(match, _month(match["n"]), _year(match["x"]))


@_form(
    r"(?P<d><D>)(?:<DASH>|~(?:to|until|and|&)~)(?P<e><D>)~(?:of~)?(?P<m><M>)(?:,?~(?P<y><Y>))?",
    r"(?P<m><M>)~(?P<d><D>)(?:<DASH>|~(?:to|until|and|&)~)(?P<e><D>)(?:,?~(?P<y><Y>))?",
)
def _days_of_a_month(match: re.Match[str], _lead: str) -> Meaning | None:
    """9-10 January 2023, May 18 and 19."""
    return _span(match, _month(match["m"]), None) if _number(match["d"]) < _number(match["e"]) else None


def _span(match: re.Match[str], last_month: int, first_year: int | None) -> Meaning | None:
    month, last_year = _month(match["m"]), _year(match["y"])
    if first_year is None and last_year is not None:
        first_year = last_year - (month > last_month)
    return values.interval(values.calendar(first_year, month, _number(match["d"])), values.calendar(last_year, last_month, _number(match["e"])))


@_form(r"(?:(?P<w><W>)~?,?~?(?:the~)?\(?)?(?P<d><D>)(?:~of)?(?:~|-)(?P<m><M>)(?:,?(?:~|-)(?P<y><Y>))?\b(?:\)|,?~\((?P<v><W>)\))?¦")
def _day_month(match: re.Match[str], _lead: str) -> Meaning | None:
    """27 June, Wednesday (27 June), the 27th of June 2024, 27-Jun-2024, 27 June (Wednesday)."""
    return values.calendar(_year(match["y"]), _month(match["m"]), _number(match["d"]), _weekday(match["w"] or match["v"]))


@_form(
    r"(?:(?P<w><W>)~?,?~?\(?)?(?P<m><M>)~(?P<d><D>)(?:,?~(?P<y><Y>)|,(?P<z><Y>))?\b(?:\)|,?~\((?P<v><W>)\))?"
    r"(?P<no>:[0-9]|,[0-9]{3}|\.[0-9]|~?%|~(?:percent|per~cent|people|million|billion|troops)\b)?¦"
)
def _month_day(match: re.Match[str], lead: str) -> Meaning | tuple[Meaning, str] | None:
    """June 27, 2024, Tuesday, November 19, Sept. 3. "In March 20 people died" has a month and a number: with "in" no day stands without its year."""
    year = _year(match["y"] or match["z"])
    if match["no"] or (year is None and not match["w"] and re.fullmatch(_pattern(r"(?:[Ii]n|[Dd]uring)~.*"), lead)):
        month = values.calendar(None, _month(match["m"]), None)
        return (month, "m") if month and not match["w"] and (_is_tied(lead) or match["m"] not in WORDS_TOO) else None
    return values.calendar(year, _month(match["m"]), _number(match["d"]), _weekday(match["w"] or match["v"]))


@_form(r"(?P<m><M>)(?:,?~(?P<x><Y>))?(?:<DASH>|~(?:to|until|through|and)~)(?P<n><M>),?~(?P<y><Y>)")
def _months(match: re.Match[str], _lead: str) -> Meaning | None:
    """March to May 2024, November 2023 - January 2024, July and September 2020."""
    first, last, year = _month(match["m"]), _month(match["n"]), int(match["y"])
    return values.interval(values.calendar(_year(match["x"]) or year - (first > last), first, None), values.calendar(year, last, None))


@_form(r"(?P<m><M>),?~(?:of~)?(?P<y><Y>)")
def _month_year(match: re.Match[str], _lead: str) -> Meaning | None:
    return values.calendar(_year(match["y"]), _month(match["m"]), None)


@_form(r"(?P<m><MONTH>)(?:<DASH>|~(?:to|until|through)~)(?P<n><MONTH>)")
def _months_alone(match: re.Match[str], lead: str) -> Meaning | None:
    """From March to May; not of a sentence in which April speaks to June."""
    if match["m"] in WORDS_TOO and not _is_tied(lead):
        return None
    return values.interval(values.calendar(None, _month(match["m"]), None), values.calendar(None, _month(match["n"]), None))


@_form(
    r"(?P<x><Y>)[-–—/](?P<y><Y>|[0-9][0-9])\b(?P<no>[-/–][0-9])?¦",
    r"(?P<x><Y>)~(?:to|until|through)~(?P<y><Y>)",
    r"[Bb]etween~(?P<x><Y>)~and~(?P<y><Y>)",
)
def _years(match: re.Match[str], _lead: str) -> Meaning | None:
    """2014-2020, 2019/20, from 2017 to 2021; 2024-05 is a month, since no year 5 follows 2024."""
    first, last = int(match["x"]), match["y"]
    if match.groupdict().get("no"):
        return None
    if len(last) == 2 and int(last) <= first % 100 and match.group(0)[4] == "-":
        return values.calendar(first, int(last), None)
    end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return values.interval(values.whole_year(first), values.whole_year(end)) if first < end else None


@_form(r"(?P<y><Y>)s")
def _decade(match: re.Match[str], _lead: str) -> Meaning | None:
    """The 1990s; the 1500s are a century, the 2000s a decade yet."""
    year = int(match["y"])
    if year % 100 == 0 and year < 2000:
        return values.century(year)
    return None if year % 10 else values.decade(year)


# ---- parts of a year


@_form(
    r"(?P<which>[Ll]ast|[Tt]his|[Nn]ext)~(?P<s><SEASON>)",
    r"(?:(?P<which>[Ll]ast|[Tt]his|[Nn]ext)~)?(?P<s><SEASON>)(?:~of)?~(?P<y><Y>)",
    r"(?P<s><SEASON>)\b(?P<no>~of\b)?¦",
)
def _season(match: re.Match[str], lead: str) -> Meaning | None:
    """Spring 2024, last autumn, in the summer; neither a spring of water nor the fall of a town."""
    groups = match.groupdict()
    year, which, name = _year(groups.get("y")), groups.get("which"), match["s"].lower()
    if year is None and which is None and (groups.get("no") or name == "fall" or not _is_tied(lead)):
        return None
    code, first, last = SEASONS[name]
    if which is None or year is not None:
        return values.part_of_year(code, first, last, year)
    shift = SHIFTS[which.lower()]
    if shift == 0:
        return values.part_of_year(code, first, last, None, 0)

    def meaning(anchor: object, _ahead: bool) -> values.Day:  # the last summer before, the next one after the anchor
        return values.part_of_year(code, first, last, None)(anchor, shift == 1)  # type: ignore[arg-type]

    return meaning


@_form(
    r"(?P<q>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[1-4](?:st|nd|rd|th))(?:~|-)(?P<part>quarter|half)"
    r"(?:(?:~of)?~(?P<y><Y>)|~of~(?P<which>this|last|next|the)~year|(?P<no>~of))?",
    r"Q(?P<q>[1-4])(?:(?:~of)?~(?P<y><Y>))?",
)
def _quarter(match: re.Match[str], _lead: str) -> Meaning | None:
    """The first quarter of 2024, the second half of next year, Q3; not the first half of a match."""
    groups = match.groupdict()
    number, year, which = ORDINALS.get(match["q"].lower()) or int(match["q"]), _year(groups["y"]), groups.get("which")
    shift = SHIFTS[which] if which else None
    if groups.get("part") == "half":
        if number > 2 or (year is None and which is None):
            return None
        return values.part_of_year(39 + number, 6 * number - 5, 6 * number, year, shift)
    return None if groups.get("no") else values.part_of_year(32 + number, 3 * number - 2, 3 * number, year, shift)


# ---- relative to the day of publication


@_form(r"(?P<which>[Tt]he|[Tt]his|[Ll]ast|[Nn]ext)~(?P<unit>year|month|week|quarter|decade)[’']s~end", r"(?:[Yy]ear|[Mm]onth)(?:-|~)end")
@_form(
    r"(?P<end>[Ee]nd)~of~(?P<which>the|this|last|next)~(?P<unit>year|month|week|quarter|decade)",
)
def _end(match: re.Match[str], _lead: str) -> Meaning | None:
    """The end of next year, year-end: with an anchor the last month of the year, or the month."""
    groups = match.groupdict()
    return values.end_of(groups.get("unit") or match[0][:-4].lower(), SHIFTS[(groups.get("which") or "the").lower()])


@_form(
    r"(?P<which>[Pp]ast|[Ll]ast|[Pp]revious|[Nn]ext|[Cc]oming|[Ff]ollowing)~(?P<n><N>)~(?P<unit><UNIT>)",
    r"[Ww]ithin~(?:the~next~)?(?P<n><N>)~(?P<unit><UNIT>)",
    r"(?P<which>[Pp]ast|[Cc]oming)~(?P<unit>day|week|month|quarter|year|decade)",
)
def _stretch(match: re.Match[str], _lead: str) -> Meaning | None:
    """Over the past three years, within 60 days; "the following two weeks" are counted from a day that the story tells."""
    groups = match.groupdict()
    which = (groups.get("which") or "next").lower()
    if which in ("previous", "following"):
        return values.nothing
    count = _number(groups.get("n") or "one")
    return values.stretch(match["unit"].rstrip("s"), -count if which in ("past", "last") else count)


@_form(r"(?P<n><N>|[Ss]everal|(?:a~)?few|[Ss]ome|(?:a~)?couple~of)~(?P<unit><UNIT>)~(?P<from>ago|earlier|later)")
def _ago(match: re.Match[str], _lead: str) -> Meaning | None:
    """Two years ago: the year; months: the month; weeks: the week; days: the day. "Earlier" and "later" are counted from a day that the story tells."""
    count, unit = match["n"], match["unit"].rstrip("s")
    if match["from"] != "ago" or not re.fullmatch(_pattern("<N>"), count):
        return values.nothing
    return values.unit_from(unit if unit != "decade" else "year", -_number(count) * (10 if unit == "decade" else 1))


@_form(
    r"(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Cc]urrent)~(?P<unit>weekend|week|month|quarter|year|decade)",
    r"(?P<which>[Pp]revious|[Ff]ollowing)~(?P<unit>week|month|year|day)",
)
def _shifted(match: re.Match[str], _lead: str) -> Meaning | None:
    shift = SHIFTS.get(match["which"].lower())
    return values.nothing if shift is None else values.unit_from(match["unit"], shift)


@_form(r"(?P<which>[Ll]ast|[Nn]ext|[Tt]his)~(?P<m><MONTH>)")
def _shifted_month(match: re.Match[str], _lead: str) -> Meaning | None:
    """Last August: the one before the anchor's month; this August: that of the anchor's year."""
    shift, month = SHIFTS[match["which"].lower()], _month(match["m"])
    if shift:
        return values.calendar(None, month, None, None, shift)

    def meaning(anchor: object, ahead: bool) -> values.Day:
        year = getattr(anchor, "year", None)
        plain = values.calendar(year, month, None)
        day = plain(None, ahead) if plain else values.UNKNOWN
        return day if year is None else values.Day(day.edtf, day.first, day.last, values.RELATIVE)

    return meaning


@_form(r"(?:[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow|[Ll]ast~night)(?P<no>[’']s)?", r"[Tt]his~(?:morning|afternoon|evening)")
def _near(match: re.Match[str], _lead: str) -> Meaning | None:
    return None if match.groupdict().get("no") else values.days_from(NEAR.get(match[0].lower(), 0))


@_form(
    r"(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his)~)?(?P<w><WEEKDAY>)(?:[’']s)?\b"
    r"(?P<no>~(?:Times|Telegraph|Mail|Mirror|Express|Post|Star|Sun|Commentary|Club|Service|Night)\b)?¦",
    r"(?P<no>Bloody|Black|Good|Palm|Easter|Holy|Ash|Cyber|Super|Maundy|Shrove|Whit)~(?P<w><WEEKDAY>)",
)
def _on_weekday(match: re.Match[str], _lead: str) -> Meaning | None:
    """On Wednesday, last Friday, Tuesday's vote; neither the Sunday Times nor Good Friday."""
    which = match.groupdict().get("which")
    weekday = _weekday(match["w"])
    return None if match["no"] or weekday is None else values.on_weekday(weekday, SHIFTS[which.lower()] if which else None)


# ---- alone: dates only by what stands in front


@_form(r"(?P<m><MONTH>)(?:[’']s)?")
def _month_alone(match: re.Match[str], lead: str) -> Meaning | None:
    """In August, since March, November's elections; neither Mr. March nor Theresa May's cabinet."""
    if match["m"] in WORDS_TOO and (not _is_tied(lead) or match[0].endswith("s")):
        return None
    return values.calendar(None, _month(match["m"]), None)


@_form(
    r"(?:fiscal~|financial~)?(?:year~)?(?P<y><Y>)(?:[’']s)?\b(?P<no>[,.][0-9]|[-‑][A-Za-z]|/[0-9]|~?(?:%|°)"
    r"|~(?:percent|per~cent|people|troops|soldiers|men|women|children|km|kilomet|miles|met|tons|tonnes|times|homes|houses|jobs|cases|deaths|dead|prisoners|barrels|hours))?¦"
)
def _year_alone(match: re.Match[str], lead: str) -> Meaning | None:
    """In 2024, by 2030, the 2015 deal; no number of people, no number of a resolution."""
    if match["no"] or not (lead or match[0][0] in "fy") or _ABOUT.match(lead):
        return None
    return values.whole_year(int(match["y"]))


def _is_tied(lead: str) -> bool:
    return _TIED.match(lead) is not None or _PART.search(lead) is not None


_TIED = re.compile(_pattern(f"(?:{_anycase(_TIES + '|' + _OPENERS + '|of')})~"))
_ABOUT = re.compile(_pattern(f"(?:{_anycase('over|around|about')})~"))
_PART = re.compile(_pattern(r"(?:early|late|mid|end|beginning|start|middle|close|course)(?:(?:-|~)|~of~(?:the~)?)$"), re.IGNORECASE)
_RELATION = re.compile(_pattern(f"({_TIES}|{_OPENERS}|between)~"), re.IGNORECASE)
_RELATIONS = {"till": "until", "through": "until", "throughout": "during", "between": "during", "as of": "since"} | dict.fromkeys(
    ("as from", "starting", "beginning", "effective"), "from"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a snippet says: where in it the date stands, how it is tied to its sentence, and what it means."""

    start: int
    end: int
    relation: str
    meaning: Meaning
    is_open: bool  # an anchor would tell more


class Grammar:
    """All forms, compiled: `pattern` finds snippets (Rust's syntax), `read` reads one."""

    def __init__(self) -> None:
        cores = "|".join(re.sub(r"\(\?P<\w+>", "(?:", core) for core, _ in _FORMS)
        self.pattern = rf"\b(?:{LEAD})(?:{cores})".replace(r"\b", r"(?-u:\b)")
        self._forms = [(re.compile(f"(?P<lead>{LEAD})(?P<core>{core})"), reader) for core, reader in _FORMS]
        self.read = lru_cache(maxsize=1 << 16)(self._read)

    def _read(self, snippet: str) -> Reading | None:
        for pattern, reader in self._forms:
            match = pattern.fullmatch(snippet)
            if match is not None:
                lead = match["lead"]
                read = reader(match, lead)
                if read is None:
                    return None
                meaning, last = read if isinstance(read, tuple) else (read, "core")
                start, end = match.start("core"), match.end(last)
                if last == "core" and snippet.endswith(("’s", "'s")):
                    end -= 2
                return Reading(start, end, self._relation(lead, snippet), meaning, meaning(None, False).first is None)
        return None

    @staticmethod
    def _relation(lead: str, snippet: str) -> str:
        match = _RELATION.match(lead) or _RELATION.match(snippet)
        if match is None:
            return "on"
        word = match[1].lower()
        return "on" if word == "in" else _RELATIONS.get(word, word)
