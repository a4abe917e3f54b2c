"""The first page of a journal or a department: whole stories below each other, each with its date or the line about who posted it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from transforms.layouts.labels import Labels
from transforms.layouts.page import Entry, Line, Page, compose
from transforms.layouts.wording import TEXT

NAME = "posts"
_FEWEST = 3  # stories,
_PARAGRAPHS = 2  # of so many paragraphs in the mean: shorter ones are teasers,
_LONGEST = 4  # the longest of no more than so many times the mean: more is an article with teasers
_TOP = 4  # lines above the first
# What stands below a post.
_FOOT = re.compile(
    r"(?:posted|filed|published|submitted|written) (?:by|in|on|under|at)\b|(?:labels|tags|categories|permalink|comments?)\b.{0,60}$"
    r"|\d+ (?:comments?|replies)\b|no comments",
    re.IGNORECASE,
)
_FOOT_LENGTH = 120


def detect(page: Page, labels: Labels) -> bool:
    """Several headlines have a date beside them or the foot of another story above, and texts of about one length below."""
    lines, kinds = page.lines, labels.kinds(page)
    if page.is_wrapped:
        return False
    starts = _starts(lines, kinds)
    if len(starts) < _FEWEST:
        return False
    texts = [sum(kinds[i] in TEXT for i in range(a, b)) for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
    typical = median(texts)
    above = [kind for kind in kinds[: starts[0]] if kind and kind != "furniture"]
    return (
        typical >= _PARAGRAPHS and min(texts) >= 1 and max(texts) <= _LONGEST * typical and len(above) <= _TOP and not any(k in TEXT for k in above)
    )


def parse(page: Page, labels: Labels) -> list[Entry]:
    """The stories in order, in block listing, each with the date beside its headline."""
    lines, kinds = page.lines, labels.kinds(page)
    starts = _starts(lines, kinds)
    entries = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        above = next((i for i in range(start - 1, -1, -1) if kinds[i]), start)
        own = [
            i
            for i in range(start + 1, end)
            if kinds[i] not in ("furniture", "comments", "short", "external", "heading") and not _is_foot(lines[i], kinds[i])
        ]
        while own and kinds[own[-1]] in ("date", "byline", "") and (end < len(lines) or not kinds[own[-1]]):
            own.pop()  # the date above the next
        last = own[-1] if own else start
        dates = [lines[above]] if kinds[above] == "date" else []
        entry = Entry("listing", None, lines[start].start, lines[last].end, labels.headline(lines[start].text))
        entries.append(compose([*dates, *(lines[i] for i in own)], entry))
    return entries


def _is_foot(line: Line, kind: str) -> bool:
    return kind not in ("head", "") and len(line.text) <= _FOOT_LENGTH and _FOOT.match(line.text) is not None


def _starts(lines: Sequence[Line], kinds: Sequence[str]) -> list[int]:
    """The headlines: those with a date right above or below, or, where that is how most begin, those below the foot of the story before."""
    filled = [i for i, kind in enumerate(kinds) if kind and kind not in ("short", "section", "credit")]
    heads = [n for n, i in enumerate(filled) if kinds[i] == "head" and n + 1 < len(filled)]
    below = [n for n in heads if kinds[filled[n + 1]] in ("date", "byline")]
    above = [n for n in heads if n and kinds[filled[n - 1]] == "date" and kinds[filled[n + 1]] in TEXT]
    footed = [n for n in heads if kinds[filled[n + 1]] in TEXT and n and _is_foot(lines[filled[n - 1]], kinds[filled[n - 1]])]
    if footed:
        first = next((n for n in heads if kinds[filled[n + 1]] in TEXT), None)
        footed = sorted({first, *footed}) if first is not None else footed
    return [filled[n] for n in max(below, above, footed, key=len)]
