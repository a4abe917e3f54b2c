"""The words of which dates are made, as pieces of patterns, and what stands in front of a date to tie it to its sentence.

Patterns are written in the common subset of Python's and Rust's syntax, with ~ for a blank and <M>, <D>, <Y> and so on for the parts of a date.
"""

from __future__ import annotations

import re

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
# EDTF code, first and last month
SEASONS = {"spring": (21, 3, 5), "summer": (22, 6, 8), "autumn": (23, 9, 11), "fall": (23, 9, 11), "winter": (24, 12, 2)}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
SHIFTS = {"last": -1, "this": 0, "current": 0, "the": 0, "next": 1}
NEAR = {"yesterday": -1, "last night": -1, "today": 0, "tonight": 0, "tomorrow": 1}
# Months that are names or verbs as well: alone they are dates only where something ties them.
WORDS_TOO = ("March", "April", "May", "June", "August")

# Words in front of a date by the relation they tell, and those that tell none.
RELATIONS = {
    "on": "in",
    "since": "since|as of",
    "by": "by|no later than|not later than",
    "until": "until|till|through",
    "before": "before|ahead of|prior to",
    "after": "after",
    "from": "from|as from|starting|beginning|effective|not before|no earlier than|not earlier than",
    "during": "during|throughout",
    "within": "within",
}
TIES = "|".join(RELATIONS.values())
LOOSE = "on|at|of|to|and|or|for|over|around|about"
PARTS = "end|beginning|start|middle|close|course"
STAGES = "early|late|earlier|later|mid"
BLANK = "[ \n\xa0]"


def any_case(words: str) -> str:
    """Alternatives that may begin a sentence."""
    return "|".join(f"[{w[0].upper()}{w[0]}]{w[1:]}" for w in words.split("|"))


_PIECES = {
    "M": "(?:"
    + "|".join([*MONTHS, *(m.upper() for m in MONTHS)])
    + r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT|SEP|OCT|NOV|DEC)\.?)",
    "MONTH": "(?:" + "|".join(MONTHS) + ")",
    "D": "(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?",
    "Y": "(?:(?:1[5-9]|20)[0-9][0-9]|2100)",
    "W": "(?:" + "|".join([*DAYS, *(d.upper() for d in DAYS)]) + r"|(?:Mon|Tues|Tue|Weds|Wed|Thurs|Thur|Thu|Fri|Sat|Sun)\.?)",
    "WEEKDAY": "(?:" + "|".join(DAYS) + ")",
    "N": "(?:[0-9]{1,3}|[Aa]n?|" + any_case("|".join(NUMBERS)) + ")",
    "DASH": "~?[-–—]~?",
    "SEASON": "(?:" + any_case("|".join(SEASONS)) + ")",
    "NOWADAYS": "world|society|economy|youth|young|generations?|children|students|markets?|technology|standards|environment|climate|era|age|prices|money|dollars"
    "|terms|times|challenges|threats|globalized|globalised|interconnected|digital|modern|fast|most|Russia|China|America|Europe",
    "UNIT": "(?:days?|weeks?|months?|quarters?|years?|decades?)",
}


def pattern(text: str) -> str:
    """A readable pattern with its pieces and blanks put in."""
    for name, piece in _PIECES.items():
        text = text.replace(f"<{name}>", piece)
    return text.replace("~", BLANK)


LEAD = pattern(
    f"(?:(?:{any_case(f'{TIES}|{LOOSE}')})~(?:(?:on|in|at~the~latest~on|at~least|as~early~as|as~far~back~as|as~late~as)~)?)?"
    f"(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir)~|[’']s?~)?"
    f"(?:(?:[Tt]he~)?(?:{any_case(PARTS)})~of~(?:the~)?|(?:{any_case(STAGES + '|end')})(?:-|~))?"
)
"""What may stand in front: a preposition, an article or the ending of a possessive, "the end of", "early"; each may be missing."""

_TIED = re.compile(pattern(f"(?:{TIES}|of)~"), re.IGNORECASE)
_NAMED = re.compile(pattern("(?:.*~)?(?:the|its|their)~|for~"), re.IGNORECASE)
_OWNED = re.compile(pattern("[’']s?~"))
_PART = re.compile(pattern(f"(?:{STAGES}|{PARTS})(?:-|~|~of~(?:the~)?)$"), re.IGNORECASE)
_ROUGH = re.compile(pattern("(?:over|around|about)~"), re.IGNORECASE)
_IN = re.compile(pattern("(?:in|during)~"), re.IGNORECASE)
_BETWEEN = re.compile(pattern("between~"), re.IGNORECASE)
_RELATION = [(name, re.compile(pattern(f"(?:{words})~"), re.IGNORECASE)) for name, words in RELATIONS.items()]


def relation(lead: str, core: str) -> str:
    """How a date is tied to its sentence: on, since, by, until, before, after, from, during or within."""
    if _BETWEEN.match(core):
        return "during"
    return next((name for name, words in _RELATION if words.match(lead) or words.match(core)), "on")


def is_tied(lead: str) -> bool:
    """Whether what stands in front makes a month of "May"."""
    return _TIED.match(lead) is not None or _PART.search(lead) is not None


def is_named(lead: str) -> bool:
    """Whether what stands in front makes a month of "June", which may be a person: the June summit, set for June."""
    return _NAMED.fullmatch(lead) is not None


def is_owned(lead: str) -> bool:
    """Whether the date stands behind a possessive: Japan's 2021 budget."""
    return _OWNED.fullmatch(lead) is not None


def is_in(lead: str) -> bool:
    """Whether what stands in front is said of months and years, never of days."""
    return _IN.fullmatch(lead) is not None


def is_rough(lead: str) -> bool:
    """Whether what stands in front is said of numbers rather than of years."""
    return _ROUGH.match(lead) is not None


def to_year(text: str | None) -> int | None:
    return int(text) if text else None


def to_month(name: str) -> int:
    return next(i for i, full in enumerate(MONTHS, 1) if full[:3] == name[:3].capitalize())


def to_number(text: str) -> int:
    if text[0].isdigit():
        return int(re.sub(r"\D", "", text))
    return 1 if text.lower() in ("a", "an") else NUMBERS.index(text.lower()) + 1


def to_weekday(name: str | None) -> int | None:
    """0 is Monday."""
    return next(i for i, day in enumerate(DAYS) if day[:3] == name[:3].capitalize()) if name else None
