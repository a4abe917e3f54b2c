"""Dates that only the day of publication makes a day, and those that are dates only by the word in front of them."""

from __future__ import annotations

import re

from transforms.dates import values
from transforms.dates.form import Forms
from transforms.dates.values import Meaning
from transforms.dates.words import NEAR, SHIFTS, WORDS_TOO, is_named, is_owned, is_rough, is_tied, pattern, to_month, to_number, to_weekday

FORMS = Forms()


# ---- relative to the day of publication


@FORMS.read_by(r"(?P<which>[Tt]he|[Tt]his|[Ll]ast|[Nn]ext)~(?P<unit>year|month|week|quarter|decade)[’']s~end", r"(?:[Yy]ear|[Mm]onth)(?:-|~)end")
@FORMS.read_by(
    r"(?P<end>[Ee]nd|[Ss]tart|[Bb]eginning)~of~(?P<which>the|this|last|next)~(?P<unit>year|month|week|quarter|decade)",
)
def _end(match: re.Match[str], _lead: str) -> Meaning | None:
    """The end of next year, year-end: with an anchor the last month of the year, or the month. The start of the year: its first month."""
    groups = match.groupdict()
    if (groups.get("end") or "end").lower() != "end" and match["unit"] == "year":
        return values.month_of(1, SHIFTS[match["which"]])
    return values.end_of(groups.get("unit") or match["core"][:-4].lower(), SHIFTS[(groups.get("which") or "the").lower()])


@FORMS.read_by(
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


@FORMS.read_by(r"(?P<n><N>|[Ss]everal|(?:a~)?few|[Ss]ome|(?:a~)?couple~of)~(?P<unit><UNIT>)~(?P<from>ago|earlier|later)")
def _ago(match: re.Match[str], _lead: str) -> Meaning | None:
    """Two years ago: the year; months: the month; weeks: the week; days: the day. "Earlier" and "later" are counted from a day that the story tells."""
    count, unit = match["n"], match["unit"].rstrip("s")
    if match["from"] != "ago" or not re.fullmatch(pattern("<N>"), count):
        return values.nothing
    return values.unit_from(unit if unit != "decade" else "year", -to_number(count) * (10 if unit == "decade" else 1))


@FORMS.read_by(r"(?:[Oo]ver|[Dd]uring|[Aa]t)~the~weekend")
def _the_weekend(_match: re.Match[str], _lead: str) -> Meaning | None:
    """Over the weekend: the last one, or, where the words look ahead, the coming one."""
    return values.the_weekend


@FORMS.read_by(
    r"(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Cc]urrent)~(?:fiscal|financial|calendar)~(?P<unit>year)",
    r"(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Cc]urrent)~(?P<unit>weekend|week|month|quarter|year|decade)",
    r"(?P<which>[Pp]revious|[Ff]ollowing)~(?P<unit>week|month|year|day)",
)
def _shifted(match: re.Match[str], _lead: str) -> Meaning | None:
    shift = SHIFTS.get(match["which"].lower())
    return values.nothing if shift is None else values.unit_from(match["unit"], shift)


@FORMS.read_by(r"(?P<which>[Ll]ast|[Nn]ext|[Tt]his)~(?P<m><MONTH>)")
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


@FORMS.read_by(
    r"(?P<no>(?:USA|US|Russia|India|Malaysia|Pakistan|China|Nepal|Africa|Asia|Europe|World|Business|Psychology|Christianity|Physics|Sports)~)Today",
    r"(?P<day>[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow|[Ll]ast~night)(?:[’']s(?P<no>~(?:<NOWADAYS>)\b)?)?¦",
    r"(?P<day>[Tt]his)~(?:morning|afternoon|evening)",
)
def _near(match: re.Match[str], _lead: str) -> Meaning | None:
    """Yesterday, today's announcement; neither today's world nor USA Today."""
    return None if match.groupdict().get("no") else values.days_from(NEAR.get(match["day"].lower(), 0))


@FORMS.read_by(
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


@FORMS.read_by(r"(?P<m><MONTH>)(?:[’']s|(?P<no>~(?:on|for|of)))?\b¦")
def _month_alone(match: re.Match[str], lead: str) -> Meaning | tuple[Meaning, str] | None:
    """In August, since March, November's elections, the June summit, set for April; neither Mr. March, the March on Rome nor Theresa May's cabinet."""
    month = values.calendar(None, to_month(match["m"]), None)
    if match["m"] in WORDS_TOO and not (is_tied(lead) and not match["core"].endswith("s")):
        named = is_named(lead) and not match["no"] and match["m"] != "May"
        return month if named else None
    return (month, "m") if month and match["no"] else month


@FORMS.read_by(
    r"(?:fiscal~|financial~|FY~?)?(?:year~)?(?P<y><Y>)(?:[’']s)?\b(?P<no>[,.][0-9]|[-‑][A-Za-z]|/[0-9]|~?(?:%|°)"
    r"|~(?:percent|per~cent|people|troops|soldiers|men|women|children|km|kilomet|miles|met|tons|tonnes|times|homes|houses|jobs|cases|deaths|dead|prisoners|barrels|hours|workers|employees|members|students|residents|migrants|refugees|delegates|police|rooms|seats))?¦"
)
def _year_alone(match: re.Match[str], lead: str) -> Meaning | None:
    """In 2024, by 2030, the 2015 deal, Japan's 2021 budget, FY2024; no number of people, no number of a resolution."""
    if match["no"] or not (lead or match["core"][0] in "fyF") or is_rough(lead) or (is_owned(lead) and int(match["y"]) < 1900):
        return None
    return values.whole_year(int(match["y"]))
