"""The forms that dates take in English news, and what each one means: a pattern with named groups and a reader."""

from __future__ import annotations

import re
from collections.abc import Callable

from transforms.dates import values
from transforms.dates.values import Meaning
from transforms.dates.words import (
    NEAR,
    ORDINALS,
    SEASONS,
    SHIFTS,
    WORDS_TOO,
    is_in,
    is_named,
    is_owned,
    is_rough,
    is_tied,
    pattern,
    to_month,
    to_number,
    to_weekday,
    to_year,
)

Reader = Callable[[re.Match[str], str], Meaning | tuple[Meaning, str] | None]
"""What a match (its whole is the group `core`) behind a lead means, None if no date; with the name of the group that the date ends with, if not the last."""
BOUND = "¦"  # at the end of a form that says itself where a word has to end
FORMS: list[tuple[str, Reader]] = []
"""In the order in which they are tried, longer before shorter ones: the order of their definition below."""


def _form(*patterns: str) -> Callable[[Reader], Reader]:
    """Makes a function the reader of patterns."""

    def register(reader: Reader) -> Reader:
        FORMS.extend((pattern(p[:-1] if p.endswith(BOUND) else p + r"\b"), reader) for p in patterns)
        return reader

    return register


# ---- absolute: with the numbers of a calendar


@_form(
    r"(?P<y><Y>)-(?P<m>[01][0-9])-(?P<d>[0-3][0-9])(?:(?:T|~)[0-2][0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?(?:Z|[+-][0-2][0-9]:?[0-5][0-9])?)?",
    r"(?P<y><Y>)[./](?P<m>[01][0-9])[./](?P<d>[0-3][0-9])",
)
def _iso(match: re.Match[str], _lead: str) -> Meaning | None:
    return values.calendar(int(match["y"]), int(match["m"]), int(match["d"]))


@_form(r"(?P<a>[0-3]?[0-9])(?P<by>[./-])~?(?P<b>[0-3]?[0-9])[./-]~?(?P<y>(?:19|20)[0-9][0-9])")
def _numeric(match: re.Match[str], _lead: str) -> Meaning | None:
    """12.03.2024: day first. 25/12/2024, 25-12-2024, 12/25/2024: as only one is a date; of 03/04/2024, written either way, the year alone is told."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    day_first, month_first = values.calendar(year, b, a), values.calendar(year, a, b)
    if match["by"] == ".":
        return day_first
    return values.some_day(year) if day_first and month_first and a != b else day_first or month_first


@_form(
    r"(?P<d><D>)~(?P<m><M>)(?:,?~(?P<x><Y>))?(?:<DASH>|~(?:to|until|through|and)~)(?P<e><D>)~(?P<n><M>)(?:,?~(?P<y><Y>))?",
    r"(?P<m><M>)~(?P<d><D>)(?:,?~(?P<x><Y>))?(?:<DASH>|~(?:to|until|through)~)(?P<n><M>)~(?P<e><D>)(?:,?~(?P<y><Y>))?",
    r"[Bb]etween~(?P<m><M>)~(?P<d><D>)(?:,?~(?P<x><Y>))?~and~(?P<n><M>)~(?P<e><D>)(?:,?~(?P<y><Y>))?",
)
def _days_of_two_months(match: re.Match[str], _lead: str) -> Meaning | None:
    """28 May to 2 June 2024, June 28-July 2, 30 December 2024 - 3 January 2025."""
    return _span(match, to_month(match["n"]), to_year(match["x"]))


@_form(
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


@_form(r"(?:(?P<w><W>)~?,?~?(?:the~)?\(?)?(?P<d><D>)(?:~of|\.)?(?:~|-)(?P<m><M>)(?:(?:,?(?:~|-)|,)(?P<y><Y>))?\b(?:\)|,?~\((?P<v><W>)\))?¦")
def _day_month(match: re.Match[str], _lead: str) -> Meaning | None:
    """27 June, Wednesday (27 June), the 27th of June 2024, 27-Jun-2024, 27 June (Wednesday)."""
    return values.calendar(to_year(match["y"]), to_month(match["m"]), to_number(match["d"]), to_weekday(match["w"] or match["v"]))


@_form(
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


@_form(r"(?P<m><M>)(?:,?~(?P<x><Y>))?(?:<DASH>|~(?:to|until|through|and)~)(?P<n><M>),?~(?P<y><Y>)")
def _months(match: re.Match[str], _lead: str) -> Meaning | None:
    """March to May 2024, November 2023 - January 2024, July and September 2020."""
    first, last, year = to_month(match["m"]), to_month(match["n"]), int(match["y"])
    return values.interval(values.calendar(to_year(match["x"]) or year - (first > last), first, None), values.calendar(year, last, None))


@_form(r"(?P<m><M>),?~(?:of~)?(?P<which>last|this|next)~year")
def _month_of_year(match: re.Match[str], _lead: str) -> Meaning | None:
    """December last year, in May of next year."""
    return values.month_of(to_month(match["m"]), SHIFTS[match["which"]])


@_form(r"(?P<m><M>),?~(?:of~)?(?P<y><Y>)")
def _month_year(match: re.Match[str], _lead: str) -> Meaning | None:
    return values.calendar(to_year(match["y"]), to_month(match["m"]), None)


@_form(
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
    if len(last) == 2 and int(last) <= first % 100 and match["core"][4] == "-":
        return values.calendar(first, int(last), None)
    end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return values.interval(values.whole_year(first), values.whole_year(end)) if first < end else None


@_form(r"(?P<c>1[5-9]|20|21)(?:th|st)(?:~|-)century")
def _century(match: re.Match[str], _lead: str) -> Meaning | None:
    """The 19th century: the years that begin with 18."""
    return values.century((int(match["c"]) - 1) * 100)


@_form(r"(?P<y><Y>)s", r"[’'](?P<t>[5-9]0)s")
def _decade(match: re.Match[str], _lead: str) -> Meaning | None:
    """The 1990s, the '90s; the 1500s are a century, the 2000s a decade yet."""
    year = int(match["y"]) if "y" in match.groupdict() else 1900 + int(match["t"])
    if year % 100 == 0 and year < 2000:
        return values.century(year)
    return None if year % 10 else values.decade(year)


# ---- parts of a year


@_form(
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


@_form(r"(?:[Ll]ast|[Ff]inal)~quarter~of~(?:(?P<y><Y>)|(?P<which>the|this|last|next)~year)", r"(?P<y><Y>)(?:~|-)Q(?P<q>[1-4])")
def _quarter_of_year(match: re.Match[str], _lead: str) -> Meaning | None:
    """The last quarter of 2019 or of the year, 2019 Q4."""
    groups = match.groupdict()
    number, which = int(groups.get("q") or 4), groups.get("which")
    return values.part_of_year(32 + number, 3 * number - 2, 3 * number, to_year(match["y"]), SHIFTS[which] if which else None)


@_form(
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


# ---- relative to the day of publication


@_form(r"(?P<which>[Tt]he|[Tt]his|[Ll]ast|[Nn]ext)~(?P<unit>year|month|week|quarter|decade)[’']s~end", r"(?:[Yy]ear|[Mm]onth)(?:-|~)end")
@_form(
    r"(?P<end>[Ee]nd|[Ss]tart|[Bb]eginning)~of~(?P<which>the|this|last|next)~(?P<unit>year|month|week|quarter|decade)",
)
def _end(match: re.Match[str], _lead: str) -> Meaning | None:
    """The end of next year, year-end: with an anchor the last month of the year, or the month. The start of the year: its first month."""
    groups = match.groupdict()
    if (groups.get("end") or "end").lower() != "end" and match["unit"] == "year":
        return values.month_of(1, SHIFTS[match["which"]])
    return values.end_of(groups.get("unit") or match["core"][:-4].lower(), SHIFTS[(groups.get("which") or "the").lower()])


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
    count = to_number(groups.get("n") or "one")
    return values.stretch(match["unit"].rstrip("s"), -count if which in ("past", "last") else count)


@_form(r"(?P<n><N>|[Ss]everal|(?:a~)?few|[Ss]ome|(?:a~)?couple~of)~(?P<unit><UNIT>)~(?P<from>ago|earlier|later)")
def _ago(match: re.Match[str], _lead: str) -> Meaning | None:
    """Two years ago: the year; months: the month; weeks: the week; days: the day. "Earlier" and "later" are counted from a day that the story tells."""
    count, unit = match["n"], match["unit"].rstrip("s")
    if match["from"] != "ago" or not re.fullmatch(pattern("<N>"), count):
        return values.nothing
    return values.unit_from(unit if unit != "decade" else "year", -to_number(count) * (10 if unit == "decade" else 1))


@_form(r"(?:[Oo]ver|[Dd]uring|[Aa]t)~the~weekend")
def _the_weekend(_match: re.Match[str], _lead: str) -> Meaning | None:
    """Over the weekend: the last one, or, where the words look ahead, the coming one."""
    return values.the_weekend


@_form(
    r"(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Cc]urrent)~(?:fiscal|financial|calendar)~(?P<unit>year)",
    r"(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Cc]urrent)~(?P<unit>weekend|week|month|quarter|year|decade)",
    r"(?P<which>[Pp]revious|[Ff]ollowing)~(?P<unit>week|month|year|day)",
)
def _shifted(match: re.Match[str], _lead: str) -> Meaning | None:
    shift = SHIFTS.get(match["which"].lower())
    return values.nothing if shift is None else values.unit_from(match["unit"], shift)


@_form(r"(?P<which>[Ll]ast|[Nn]ext|[Tt]his)~(?P<m><MONTH>)")
def _shifted_month(match: re.Match[str], _lead: str) -> Meaning | None:
    """Last August: the one before the anchor's month; this August: that of the anchor's year."""
    shift, month = SHIFTS[match["which"].lower()], to_month(match["m"])
    if shift:
        return values.calendar(None, month, None, None, shift)

    def meaning(anchor: object, ahead: bool) -> values.Day:
        year = getattr(anchor, "year", None)
        plain = values.calendar(year, month, None)
        day = plain(None, ahead) if plain else values.UNKNOWN
        return day if year is None else values.Day(day.edtf, day.first, day.last, values.RELATIVE)

    return meaning


@_form(
    r"(?P<no>(?:USA|US|Russia|India|Malaysia|Pakistan|China|Nepal|Africa|Asia|Europe|World|Business|Psychology|Christianity|Physics|Sports)~)Today",
    r"(?P<day>[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow|[Ll]ast~night)(?:[’']s(?P<no>~(?:<NOWADAYS>)\b)?)?¦",
    r"(?P<day>[Tt]his)~(?:morning|afternoon|evening)",
)
def _near(match: re.Match[str], _lead: str) -> Meaning | None:
    """Yesterday, today's announcement; neither today's world nor USA Today."""
    return None if match.groupdict().get("no") else values.days_from(NEAR.get(match["day"].lower(), 0))


@_form(
    r"(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his)~)?(?P<w><WEEKDAY>)(?:[’']s)?\b"
    r"(?P<no>~(?:Times|Telegraph|Mail|Mirror|Express|Post|Star|Sun|Commentary|Club|Service|Night)\b)?¦",
    r"(?P<no>Bloody|Black|Good|Palm|Easter|Holy|Ash|Cyber|Super|Maundy|Shrove|Whit)~(?P<w><WEEKDAY>)",
)
def _on_weekday(match: re.Match[str], _lead: str) -> Meaning | None:
    """On Wednesday, last Friday, Tuesday's vote; neither the Sunday Times nor Good Friday."""
    which = match.groupdict().get("which")
    weekday = to_weekday(match["w"])
    return None if match["no"] or weekday is None else values.on_weekday(weekday, SHIFTS[which.lower()] if which else None)


# ---- alone: dates only by what stands in front


@_form(r"(?P<m><MONTH>)(?:[’']s|(?P<no>~(?:on|for|of)))?\b¦")
def _month_alone(match: re.Match[str], lead: str) -> Meaning | tuple[Meaning, str] | None:
    """In August, since March, November's elections, the June summit, set for April; neither Mr. March, the March on Rome nor Theresa May's cabinet."""
    month = values.calendar(None, to_month(match["m"]), None)
    if match["m"] in WORDS_TOO and not (is_tied(lead) and not match["core"].endswith("s")):
        named = is_named(lead) and not match["no"] and match["m"] != "May"
        return month if named else None
    return (month, "m") if month and match["no"] else month


@_form(
    r"(?:fiscal~|financial~|FY~?)?(?:year~)?(?P<y><Y>)(?:[’']s)?\b(?P<no>[,.][0-9]|[-‑][A-Za-z]|/[0-9]|~?(?:%|°)"
    r"|~(?:percent|per~cent|people|troops|soldiers|men|women|children|km|kilomet|miles|met|tons|tonnes|times|homes|houses|jobs|cases|deaths|dead|prisoners|barrels|hours|workers|employees|members|students|residents|migrants|refugees|delegates|police|rooms|seats))?¦"
)
def _year_alone(match: re.Match[str], lead: str) -> Meaning | None:
    """In 2024, by 2030, the 2015 deal, Japan's 2021 budget, FY2024; no number of people, no number of a resolution."""
    if match["no"] or not (lead or match["core"][0] in "fyF") or is_rough(lead) or (is_owned(lead) and int(match["y"]) < 1900):
        return None
    return values.whole_year(int(match["y"]))
