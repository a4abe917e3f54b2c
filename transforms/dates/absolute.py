"""Dates with the numbers of a calendar, and parts of a year, as English news writes them."""

from __future__ import annotations

import re

from transforms.dates import values
from transforms.dates.form import Forms
from transforms.dates.values import Meaning
from transforms.dates.words import ORDINALS, SEASONS, SHIFTS, WORDS_TOO, is_in, is_tied, to_month, to_number, to_weekday, to_year

FORMS = Forms()


@FORMS.read_by(
    r"(?P<y><Y>)-(?P<m>[01][0-9])-(?P<d>[0-3][0-9])(?:(?:T|~)[0-2][0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?(?:Z|[+-][0-2][0-9]:?[0-5][0-9])?)?",
    r"(?P<y><Y>)[./](?P<m>[01][0-9])[./](?P<d>[0-3][0-9])",
)
def _iso(match: re.Match[str], _lead: str) -> Meaning | None:
    return values.calendar(int(match["y"]), int(match["m"]), int(match["d"]))


@FORMS.read_by(r"(?P<a>[0-3]?[0-9])(?P<by>[./-])~?(?P<b>[0-3]?[0-9])[./-]~?(?P<y>(?:19|20)[0-9][0-9])")
def _numeric(match: re.Match[str], _lead: str) -> Meaning | None:
    """12.03.2024: day first. 25/12/2024, 25-12-2024, 12/25/2024: as only one is a date; of 03/04/2024, written either way, the year alone is told."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    day_first, month_first = values.calendar(year, b, a), values.calendar(year, a, b)
    if match["by"] == ".":
        return day_first
    return values.some_day(year) if day_first and month_first and a != b else day_first or month_first


@FORMS.read_by(
    r"(?P<d><D>)~(?P<m><M>)(?:,?~(?P<x><Y>))?(?:<DASH>|~(?:to|until|through|and)~)(?P<e><D>)~(?P<n><M>)(?:,?~(?P<y><Y>))?",
    r"(?P<m><M>)~(?P<d><D>)(?:,?~(?P<x><Y>))?(?:<DASH>|~(?:to|until|through)~)(?P<n><M>)~(?P<e><D>)(?:,?~(?P<y><Y>))?",
    r"[Bb]etween~(?P<m><M>)~(?P<d><D>)(?:,?~(?P<x><Y>))?~and~(?P<n><M>)~(?P<e><D>)(?:,?~(?P<y><Y>))?",
)
def _days_of_two_months(match: re.Match[str], _lead: str) -> Meaning | None:
    """28 May to 2 June 2024, June 28-July 2, 30 December 2024 - 3 January 2025."""
    return _span(match, to_month(match["n"]), to_year(match["x"]))


@FORMS.read_by(
    r"(?P<d><D>)(?:<DASH>|~(?:to|until|and|&)~)(?P<e><D>)~(?:of~)?(?P<m><M>)(?:,?~(?P<y><Y>))?",
    r"(?P<m><M>)~(?P<d><D>)(?:<DASH>|~(?:to|until|and|&)~)(?P<e><D>)(?:,?~(?P<y><Y>))?",
)
def _days_of_a_month(match: re.Match[str], _lead: str) -> Meaning | None:
    """9-10 January 2023, May 18 and 19."""
    return _span(match, to_month(match["m"]), None) if to_number(match["d"]) < to_number(match["e"]) else None


def _span(match: re.Match[str], last_month: int, first_year: int | None) -> Meaning | None:
    month, last_year = to_month(match["m"]), to_year(match["y"])
    if first_year is None and last_year is not None:
        first_year = last_year - (month > last_month)
    elif first_year is not None and last_year is None:
        last_year = first_year + (month > last_month)
    return values.interval(values.calendar(first_year, month, to_number(match["d"])), values.calendar(last_year, last_month, to_number(match["e"])))


@FORMS.read_by(r"(?:(?P<w><W>)~?,?~?(?:the~)?\(?)?(?P<d><D>)(?:~of|\.)?(?:~|-)(?P<m><M>)(?:(?:,?(?:~|-)|,)(?P<y><Y>))?\b(?:\)|,?~\((?P<v><W>)\))?¦")
def _day_month(match: re.Match[str], _lead: str) -> Meaning | None:
    """27 June, Wednesday (27 June), the 27th of June 2024, 27-Jun-2024, 27 June (Wednesday)."""
    return values.calendar(to_year(match["y"]), to_month(match["m"]), to_number(match["d"]), to_weekday(match["w"] or match["v"]))


@FORMS.read_by(
    r"(?:(?P<w><W>)~?,?~?\(?)?(?P<m><M>)~(?P<d><D>)(?:,?~(?P<y><Y>)|,(?P<z><Y>))?\b(?:\)|,?~\((?P<v><W>)\))?"
    r"(?P<no>:[0-9]|,[0-9]{3}|\.[0-9]|~?%|~(?:percent|per~cent|people|million|billion|troops)\b)?¦"
)
def _month_day(match: re.Match[str], lead: str) -> Meaning | tuple[Meaning, str] | None:
    """June 27, 2024, Tuesday, November 19, Sept. 3. "In March 20 people died" has a month and a number: with "in" no day stands without its year."""
    year = to_year(match["y"] or match["z"])
    if match["no"] or (year is None and not match["w"] and is_in(lead)):
        month = values.calendar(None, to_month(match["m"]), None)
        return (month, "m") if month and not match["w"] and (is_tied(lead) or match["m"] not in WORDS_TOO) else None
    return values.calendar(year, to_month(match["m"]), to_number(match["d"]), to_weekday(match["w"] or match["v"]))


@FORMS.read_by(r"(?P<m><M>)(?:,?~(?P<x><Y>))?(?:<DASH>|~(?:to|until|through|and)~)(?P<n><M>),?~(?P<y><Y>)")
def _months(match: re.Match[str], _lead: str) -> Meaning | None:
    """March to May 2024, November 2023 - January 2024, July and September 2020."""
    first, last, year = to_month(match["m"]), to_month(match["n"]), int(match["y"])
    return values.interval(values.calendar(to_year(match["x"]) or year - (first > last), first, None), values.calendar(year, last, None))


@FORMS.read_by(r"(?P<m><M>),?~(?:of~)?(?P<which>last|this|next)~year")
def _month_of_year(match: re.Match[str], _lead: str) -> Meaning | None:
    """December last year, in May of next year."""
    return values.month_of(to_month(match["m"]), SHIFTS[match["which"]])


@FORMS.read_by(r"(?P<m><M>),?~(?:of~)?(?P<y><Y>)")
def _month_year(match: re.Match[str], _lead: str) -> Meaning | None:
    return values.calendar(to_year(match["y"]), to_month(match["m"]), None)


@FORMS.read_by(
    r"(?P<m><M>)(?:<DASH>|~(?:to|until|through|and|or)~)(?P<n><M>)~(?:of~)?(?P<which>last|this|next)~year",
    r"(?P<m><MONTH>)(?:<DASH>|~(?:to|until|through|and|or)~)(?P<n><MONTH>)",
    r"[Bb]etween~(?P<m><MONTH>)~and~(?P<n><MONTH>)(?:~(?P<e><D>))?",
)
def _months_alone(match: re.Match[str], lead: str) -> Meaning | None:
    """From March to May, in July or August, April to June this year; not of a sentence in which April speaks to June."""
    which = match.groupdict().get("which")
    if which:
        first, last = (values.month_of(to_month(match[m]), SHIFTS[which]) for m in "mn")
        return values.interval(first, last)
    if match["m"] in WORDS_TOO and not is_tied(lead) and match["core"][0] not in "Bb":
        return None
    day = match.groupdict().get("e")
    return values.interval(
        values.calendar(None, to_month(match["m"]), None), values.calendar(None, to_month(match["n"]), to_number(day) if day else None)
    )


@FORMS.read_by(
    r"(?P<x><Y>)[-–—/](?P<y><Y>|[0-9][0-9])\b(?P<no>[-/–][0-9])?¦",
    r"(?P<x><Y>)~(?:to|until|through)~(?P<y><Y>)",
    r"[Bb]etween~(?P<x><Y>)~and~(?P<y><Y>)",
)
def _years(match: re.Match[str], _lead: str) -> Meaning | None:
    """2014-2020, 2019/20, from 2017 to 2021; 2024-05 is a month, since no year 5 follows 2024."""
    first, last = int(match["x"]), match["y"]
    if match.groupdict().get("no"):
        return None
    if len(last) == 2 and int(last) <= first % 100 and match["core"][4] == "-":
        return values.calendar(first, int(last), None)
    end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return values.interval(values.whole_year(first), values.whole_year(end)) if first < end else None


@FORMS.read_by(r"(?P<c>1[5-9]|20|21)(?:th|st)(?:~|-)century")
def _century(match: re.Match[str], _lead: str) -> Meaning | None:
    """The 19th century: the years that begin with 18."""
    return values.century((int(match["c"]) - 1) * 100)


@FORMS.read_by(r"(?P<y><Y>)s", r"[’'](?P<t>[5-9]0)s")
def _decade(match: re.Match[str], _lead: str) -> Meaning | None:
    """The 1990s, the '90s; the 1500s are a century, the 2000s a decade yet."""
    year = int(match["y"]) if "y" in match.groupdict() else 1900 + int(match["t"])
    if year % 100 == 0 and year < 2000:
        return values.century(year)
    return None if year % 10 else values.decade(year)


# ---- parts of a year


@FORMS.read_by(
    r"(?P<which>[Ll]ast|[Tt]his|[Nn]ext)~(?P<s><SEASON>)",
    r"(?P<s><SEASON>)~(?:of~)?(?P<which>last|this|next)~year",
    r"(?:(?P<which>[Ll]ast|[Tt]his|[Nn]ext)~)?(?P<s><SEASON>)(?:~of)?~(?P<y><Y>)",
    r"(?P<s><SEASON>)\b(?P<no>~of\b)?¦",
)
def _season(match: re.Match[str], lead: str) -> Meaning | None:
    """Spring 2024, last autumn, in the summer; neither a spring of water nor the fall of a town."""
    groups = match.groupdict()
    year, which, name = to_year(groups.get("y")), groups.get("which"), match["s"].lower()
    if year is None and which is None and (groups.get("no") or name == "fall" or not is_tied(lead)):
        return None
    code, first, last = SEASONS[name]
    if which is None or year is not None:
        return values.part_of_year(code, first, last, year)
    shift = SHIFTS[which.lower()]
    if shift == 0 or match["core"].endswith("year"):
        return values.part_of_year(code, first, last, None, shift)

    def meaning(anchor: object, _ahead: bool) -> values.Day:  # the last summer before, the next one after the anchor
        return values.part_of_year(code, first, last, None)(anchor, shift == 1)  # type: ignore[arg-type]

    return meaning


@FORMS.read_by(r"(?:[Ll]ast|[Ff]inal)~quarter~of~(?:(?P<y><Y>)|(?P<which>the|this|last|next)~year)", r"(?P<y><Y>)(?:~|-)Q(?P<q>[1-4])")
def _quarter_of_year(match: re.Match[str], _lead: str) -> Meaning | None:
    """The last quarter of 2019 or of the year, 2019 Q4."""
    groups = match.groupdict()
    number, which = int(groups.get("q") or 4), groups.get("which")
    return values.part_of_year(32 + number, 3 * number - 2, 3 * number, to_year(match["y"]), SHIFTS[which] if which else None)


@FORMS.read_by(
    r"(?P<q>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[1-4](?:st|nd|rd|th))(?:~|-)(?P<part>quarter|half)"
    r"(?:,?(?:~of)?~(?P<y><Y>)|~(?:of~)?(?P<which>this|last|next)~year|~of~(?P<which2>the)~year|(?P<no>~of))?",
    r"Q(?P<q>[1-4])(?:,?(?:~of)?(?:~|-|/)(?P<y><Y>)|~(?:of~)?(?P<which>this|last|next)~year)?",
)
def _quarter(match: re.Match[str], _lead: str) -> Meaning | None:
    """The first quarter of 2024, the second half of next year, Q3; not the first half of a match."""
    groups = match.groupdict()
    number, year, which = ORDINALS.get(match["q"].lower()) or int(match["q"]), to_year(groups["y"]), groups.get("which") or groups.get("which2")
    shift = SHIFTS[which] if which else None
    if groups.get("part") == "half":
        if number > 2 or (year is None and which is None):
            return None
        return values.part_of_year(39 + number, 6 * number - 5, 6 * number, year, shift)
    return None if groups.get("no") else values.part_of_year(32 + number, 3 * number - 2, 3 * number, year, shift)
