"""Dates in EDTF (Library of Congress) as people read them."""

from __future__ import annotations

import re

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
OPEN = re.compile(r"XXXX-(\d\d)(?:-(\d\d))?")
SEASON = re.compile(r"(\d{4})-(2[1-4])")


def readable(edtf: str | None) -> str:
    """`2024-06-27` stays, `2024-08/..` is "from 2024-08", `XXXX-06-27` is "27 June, year open"; what is not known here stays as it is."""
    if not edtf:
        return ""
    first, slash, last = edtf.partition("/")
    if not slash:
        return _one(edtf)
    if last in ("..", ""):
        return f"from {_one(first)}"
    return f"by {_one(last)}" if first in ("..", "") else f"{_one(first)} to {_one(last)}"


def _one(edtf: str) -> str:
    if season := SEASON.fullmatch(edtf):
        return f"{SEASONS[season[2]]} {season[1]}"
    found = OPEN.fullmatch(edtf)
    if not found:
        return edtf
    month, day = found.groups()
    name = SEASONS.get(month) or (MONTHS[int(month) - 1] if 1 <= int(month) <= 12 else None)
    return f"{int(day)} {name}, year open" if name and day else f"{name}, year open" if name else edtf
