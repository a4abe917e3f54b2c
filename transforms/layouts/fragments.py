"""Pages from which a tool wrote each piece of text on a line of its own: every link, name in bold and comma. Their lines are put together again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from transforms.layouts.page import BULLET, Line, is_date_line

# A line that goes on with the one above, and one that is not at its end.
_GOES_ON = re.compile(r"[,.;:!?)\]%’”]|['’]s\b|[a-z]+\b(?!\.\w| \d+ of \d)")
_TIGHT = re.compile(r"[,.;:!?)\]%”]|['’]s\b")
_OPEN_END = re.compile(r"[\w,(\[“‘$€£-]$")
# fmt: off
_LEADING_ON = (
    "the", "a", "an", "of", "and", "or", "to", "in", "for", "with", "by", "from", "on", "at", "that", "as", "its", "their", "his", "her", "between", "against",
    "under", "than"
)
# fmt: on
_ASKS_FOR_MORE = re.compile(rf"(?:\b(?:{'|'.join(_LEADING_ON)}|called|including|about)|[,(\[“‘$€£])$")
_LINK_WORDS = 8  # of a piece that is a link inside a sentence, at most
_FEWEST = 3
_ROW = 200  # characters of headlines in a row at least, in which no mark ends a sentence,
_NO_ROW = (". ", "! ", "? ", ":", ";", "|", "•", "@", "http")
_ROW_WORDS, _MOST_ROW_WORDS = 5, 16  # and the words of each
_JOINING = frozenset((*_LEADING_ON, "into", "over", "after", "before", "amid", "near", "vs"))
_BYLINE = re.compile(r"by(?:,? (?:and )?[A-Z][\w.’'-]+){2,8}")
_LABEL, _LABELS = 25, 3  # characters of a label, and how often it stands on a page
_PIECE = 45  # characters


def join(lines: list[Line], is_label: Callable[[str], bool], titles: Callable[[str], bool]) -> list[Line]:
    """The lines with pieces of one sentence joined; the lines themselves where hardly any goes on in the next. `is_label` tells labels, `titles` the
    title of the page, to neither of which anything is joined."""
    if len([line for line in lines if line.text and _goes_on(line.text)]) < _FEWEST:
        return lines
    count = Counter(line.text for line in lines if line.text[:1].isalpha() and len(line.text) <= _LABEL)
    joins = [_continues(a.text, b.text) for a, b in pairwise(lines)]
    for i, line in enumerate(lines[1:-1]):
        # between lines of which neither goes on, that is: in a sentence the same link may well stand three times
        if joins[i] and count[line.text] >= _LABELS and not (lines[i + 2].text and _goes_on(lines[i + 2].text)):
            joins[i] = False
    if sum(joins) < _FEWEST or sum(min(len(lines[i].text), len(lines[i + 1].text)) <= _PIECE for i, on in enumerate(joins) if on) < _FEWEST:
        return lines
    for i in range(len(joins) - 1, -1, -1):  # from below: a link is known by what follows it
        above, below = lines[i].text, lines[i + 1].text
        whole = not above or not below or titles(above) or is_date_line(above) or (is_label(above) and not above[0].islower())
        if whole or BULLET.match(below) or (joins[i] and " " in below and is_label(below)):  # a word alone may be of a sentence: "statement"
            joins[i] = False
        elif not joins[i] and not is_label(below):
            linked = i + 1 < len(joins) and joins[i + 1] and below.count(" ") < _LINK_WORDS and _OPEN_END.search(above) is not None
            joins[i] = _ASKS_FOR_MORE.search(above) is not None or (linked and not titles(below))
    result: list[Line] = lines[:1]
    for line, joined in zip(lines[1:], joins, strict=True):
        if joined:
            above_it = result[-1]
            tight = _TIGHT.match(line.text) or above_it.text[-1] in "([“‘$€£"
            result[-1] = Line(above_it.start, line.end, f"{above_it.text}{'' if tight else ' '}{line.text}")
        else:
            result.append(line)
    return result


def parted(lines: list[Line]) -> list[Line]:
    """The lines, with the headlines of other stories that stand in a row in the last one, no mark between them, on lines of their own."""
    last = next((i for i in range(len(lines) - 1, -1, -1) if lines[i].text), None)
    if last is None or len(lines[last].text) < _ROW or any(mark in lines[last].text for mark in _NO_ROW):
        return lines
    line = lines[last]
    words = line.text.split(" ")
    row: list[list[str]] = [[]]
    for word in words:
        starts = word[:1].isupper() or word[:1].isdigit()
        if starts and len(row[-1]) >= _ROW_WORDS and row[-1][-1].islower() and row[-1][-1] not in _JOINING:
            row.append([])
        row[-1].append(word)
    whole = all(_ROW_WORDS <= len(part) <= _MOST_ROW_WORDS and sum(word.islower() for word in part) >= len(part) / 2 for part in row)
    if len(row) < _FEWEST or not whole or line.end - line.start != len(line.text):
        return lines
    result, start = lines[:last], line.start
    for part in row:
        text = " ".join(part)
        result.append(Line(start, start + len(text), text))
        start += len(text) + 1
    return [*result, *lines[last + 1 :]]


def _goes_on(text: str) -> bool:
    """Whether a line begins as one may that goes on with the one above."""
    return text[0].islower() or text[0] in ",.;:!?)]%’”'"


def _continues(above: str, below: str) -> bool:
    if not above or not below or not _goes_on(below):
        return False
    return _GOES_ON.match(below) is not None and _BYLINE.fullmatch(below) is None and _OPEN_END.search(above) is not None and not BULLET.match(below)
