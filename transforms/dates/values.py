"""What is known of a date: EDTF with its first and last day, and how an anchor (the publication date) completes what the words leave open.

EDTF as the Library of Congress specifies it (2019): X for a digit that is not known, `/` between the ends of an interval, `..` for an open end, 21 to 24 for
spring to winter (level 1), 33 to 36 for quarters and 40 and 41 for halves of a year (level 2). Seasons are read as in the northern hemisphere.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

SOON = 45  # days: a day without a year that is this near to the anchor is meant, whatever weekday is written
SATURDAY = 5
LEAP = 2024  # any leap year: a day that some year has is a day
FIRST, LAST = date.min.year + 1, date.max.year - 1


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as it is known; `weekday` (0 is Monday) is set where one is written beside it."""

    edtf: str | None
    first: date | None
    last: date | None
    basis: str
    weekday: int | None = None

    @property
    def conflict(self) -> bool | None:
        """Whether the weekday contradicts the date; None without a weekday or while the day is not known."""
        return None if self.weekday is None or self.first is None or self.first != self.last else self.first.weekday() != self.weekday

    def since(self) -> Day:
        """The interval that begins here and is open."""
        return self if self.edtf is None or "/" in self.edtf else replace(self, edtf=f"{self.edtf}/..", last=None)


Meaning = Callable[[date | None, bool], Day]
"""A date for an anchor (None: not known) in words that look ahead (True) or do not."""

UNKNOWN = Day(None, None, None, "none")
RELATIVE = "relative"
STATED = "stated"


def nothing(_anchor: date | None, _ahead: bool) -> Day:
    """A date that nothing on the page tells."""
    return UNKNOWN


# ---- one day, month, year


def calendar(year: int | None, month: int, day: int | None, weekday: int | None = None, shift: int | None = None) -> Meaning | None:
    """A day or month, with or without its year; None for one that no calendar has (31 June). `shift` -1 or 1: the last or the next one."""
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= monthrange(year or LEAP, month)[1]):
        return None

    def meaning(anchor: date | None, ahead: bool) -> Day:
        if year is not None:
            return _dated(year, month, day, STATED, weekday)
        if anchor is None:
            return Day(f"XXXX-{month:02}" + (f"-{day:02}" if day else ""), None, None, STATED, weekday)
        return _dated(_year_of(anchor, month, day, weekday, ahead, shift), month, day, RELATIVE, weekday)

    return meaning


def _dated(year: int, month: int, day: int | None, basis: str, weekday: int | None) -> Day:
    if day is None:
        return Day(f"{year:04}-{month:02}", date(year, month, 1), date(year, month, monthrange(year, month)[1]), basis)
    if day > monthrange(year, month)[1]:  # 29 February of a year that has none
        return Day(f"XXXX-{month:02}-{day:02}", None, None, STATED, weekday)
    only = date(year, month, day)
    return Day(only.isoformat(), only, only, basis, weekday)


def _year_of(anchor: date, month: int, day: int | None, weekday: int | None, ahead: bool, shift: int | None) -> int:
    """The year of a month, or of a day of it: at or before the anchor, or, where the words look ahead, at or after it. A day that is SOON, and nearer
    than the one behind, is the coming one; of a day that is far from the anchor either way, the weekday decides if it fits one year alone."""
    place, at = (month, day or 1), (anchor.month, anchor.day if day else 1)
    before = anchor.year - (place > at or (shift == -1 and place == at))
    after = anchor.year + (place < at or (shift == 1 and place == at))
    if shift or day is None or day > monthrange(before, month)[1] or day > monthrange(after, month)[1]:
        return after if shift == 1 or (ahead and not shift) else before
    behind, coming = (anchor - date(before, month, day)).days, (date(after, month, day) - anchor).days
    if coming <= SOON and (ahead or coming < behind):
        return after
    if behind <= SOON and not ahead:
        return before
    fits = [year for year in (before, after) if date(year, month, day).weekday() == weekday]
    if len(fits) == 1:
        return fits[0]
    return after if ahead else before


def month_of(month: int, shift: int) -> Meaning:
    """A month of the last, this or the next year."""

    def read(anchor: date, _ahead: bool) -> Day:
        return _dated(anchor.year + shift, month, None, RELATIVE, None)

    return lambda anchor, ahead: Day(f"XXXX-{month:02}", None, None, STATED) if anchor is None else _anchored(read)(anchor, ahead)


def some_day(year: int) -> Meaning:
    """A day of a year, not told which."""
    return lambda _anchor, _ahead: Day(f"{year:04}-XX-XX", date(year, 1, 1), date(year, 12, 31), STATED)


def whole_year(year: int, basis: str = STATED) -> Meaning:
    return lambda _anchor, _ahead: Day(f"{year:04}", date(year, 1, 1), date(year, 12, 31), basis)


def decade(year: int, basis: str = STATED) -> Meaning:
    """The ten years from `year` on, a multiple of ten."""
    return lambda _anchor, _ahead: Day(f"{year // 10:03}X", date(year, 1, 1), date(year + 9, 12, 31), basis)


def century(year: int) -> Meaning:
    """The hundred years from `year` on, a multiple of a hundred."""
    return lambda _anchor, _ahead: Day(f"{year // 100:02}XX", date(year, 1, 1), date(year + 99, 12, 31), STATED)


def part_of_year(code: int, first: int, last: int, year: int | None, shift: int | None = None) -> Meaning:
    """A season, quarter or half (EDTF code, first and last month), of a year, of the last, this or next one (`shift`), or of none that is written."""

    def meaning(anchor: date | None, ahead: bool) -> Day:
        at, basis = year, STATED
        if at is None:
            if anchor is None:
                return Day(f"XXXX-{code}", None, None, STATED)
            basis = RELATIVE
            at = anchor.year + shift if shift is not None else _year_of(anchor, first, None, None, ahead, None)
        end = at + (last < first)
        return Day(f"{at:04}-{code}", date(at, first, 1), date(end, last, monthrange(end, last)[1]), basis)

    return meaning


def interval(first: Meaning | None, last: Meaning | None) -> Meaning | None:
    """From the one to the other; unknown where either is, or the end comes first."""
    if first is None or last is None:
        return None

    def meaning(anchor: date | None, ahead: bool) -> Day:
        a, b = first(anchor, ahead), last(anchor, ahead)
        if a.edtf is None or b.edtf is None or (a.first and b.last and a.first > b.last):
            return UNKNOWN
        return Day(f"{a.edtf}/{b.edtf}", a.first, b.last, a.basis)

    return meaning


# ---- nothing without an anchor


def _anchored(read: Callable[[date, bool], Day]) -> Meaning:
    def meaning(anchor: date | None, ahead: bool) -> Day:
        if anchor is None:
            return UNKNOWN
        try:
            return read(anchor, ahead)
        except (ValueError, OverflowError):  # before the first or after the last year of the calendar
            return UNKNOWN

    return meaning


def days_from(count: int) -> Meaning:
    """The day that lies `count` days from the anchor."""

    def read(anchor: date, _ahead: bool) -> Day:
        only = anchor + timedelta(days=count)
        return Day(only.isoformat(), only, only, RELATIVE)

    return _anchored(read)


def on_weekday(weekday: int, shift: int | None) -> Meaning:
    """The last such day up to the anchor, or, where the words look ahead, the next one. `shift` -1: before the anchor; 1: after it; 0: in its week."""

    def read(anchor: date, ahead: bool) -> Day:
        back = (anchor.weekday() - weekday) % 7
        if shift == 0:
            only = anchor + timedelta(days=weekday - anchor.weekday())
        elif shift == 1 or (ahead and shift is None):
            only = anchor + timedelta(days=7 - back)
        else:
            only = anchor - timedelta(days=back or (7 if shift == -1 else 0))
        return Day(only.isoformat(), only, only, RELATIVE)

    return _anchored(read)


def unit_from(unit: str, count: int) -> Meaning:
    """The day, week, month, quarter, year, decade or weekend that lies `count` of them from the anchor's own."""

    def read(anchor: date, ahead: bool) -> Day:
        if unit == "day":
            return days_from(count)(anchor, ahead)
        if unit in ("week", "weekend"):
            monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=count)
            first, last = monday + timedelta(days=SATURDAY if unit == "weekend" else 0), monday + timedelta(days=6)
            return Day(f"{first.isoformat()}/{last.isoformat()}", first, last, RELATIVE)
        if unit == "month":
            year, month = _month_from(anchor, count)
            return _dated(year, month, None, RELATIVE, None)
        if unit == "quarter":
            year, month = _month_from(date(anchor.year, (anchor.month - 1) // 3 * 3 + 1, 1), 3 * count)
            return replace(part_of_year(33 + month // 3, month, month + 2, year)(None, False), basis=RELATIVE)
        if unit == "decade":
            return decade((anchor.year // 10 + count) * 10, RELATIVE)(None, False)
        return whole_year(anchor.year + count, RELATIVE)(None, False)

    return _anchored(read)


def the_weekend(anchor: date | None, ahead: bool) -> Day:
    """The anchor's own weekend, if it lies in one; else the one before it, or, where the words look ahead, the one behind."""
    is_weekday = anchor is not None and anchor.weekday() < SATURDAY
    return unit_from("weekend", -1 if is_weekday and not ahead else 0)(anchor, ahead)


def end_of(unit: str, count: int) -> Meaning:
    """The end of the anchor's year or another: its last month; of a shorter unit: the unit."""

    def read(anchor: date, ahead: bool) -> Day:
        return _dated(anchor.year + count, 12, None, RELATIVE, None) if unit == "year" else unit_from(unit, count)(anchor, ahead)

    return _anchored(read)


def stretch(unit: str, count: int) -> Meaning:
    """The time from the anchor that many units on, or, if negative, back."""

    def read(anchor: date, _ahead: bool) -> Day:
        if unit in ("day", "week"):
            other = anchor + timedelta(days=count * (7 if unit == "week" else 1))
        else:
            year, month = _month_from(anchor, count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit])
            other = date(year, month, min(anchor.day, monthrange(year, month)[1]))
        first, last = min(anchor, other), max(anchor, other)
        return Day(f"{first.isoformat()}/{last.isoformat()}", first, last, RELATIVE)

    return _anchored(read)


def _month_from(anchor: date, count: int) -> tuple[int, int]:
    at = anchor.year * 12 + anchor.month - 1 + count
    year, month = at // 12, at % 12 + 1
    if not FIRST <= year <= LAST:
        raise ValueError("outside the calendar")
    return year, month
