"""A story, or none, followed by teasers under headings ("Related articles", "Popular"): each with labels, its title twice, and its text, often with
no blank line before the next."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from transforms.layouts.labels import Labels
from transforms.layouts.page import Entry, Line, Page, compose
from transforms.layouts.wording import TEXT

NAME = "teasers"
_MOST_FURNITURE = 2  # lines


def detect(page: Page, labels: Labels) -> bool:
    """Some title stands twice in a row, not only that of a page with other headlines, and the page was not saved with its menus."""
    kinds = labels.kinds(page)
    titles = _titles(page.lines, kinds)
    if not titles or kinds.count("furniture") > _MOST_FURNITURE:
        return False
    above = kinds[: titles[0][0]]
    if len(titles) == 1 and "head" in above and not any(kind in ("heading", *TEXT) for kind in above):
        return False  # the words of a photo below the title of the page, and its caption
    own = len(titles) == 1 and not any(kind in ("head", *TEXT) for kind in kinds[: titles[0][0]])
    rest = kinds[titles[0][1] + 1 :]
    return not (own and ("inline" in rest or ("heading" in rest and "head" in rest)))


def parse(page: Page, labels: Labels) -> list[Entry]:
    """The main story, if there is one before the first heading or teaser, then the teasers in order.

    The block of a teaser is that of the heading above it which stands alone; failing one, of a label of its own ("Editor's choice" right above the
    section); failing both, listing on a page without main story and other on a page with one."""
    lines, kinds = page.lines, labels.kinds(page)
    titles = _titles(lines, kinds)
    starts = [_with_labels(kinds, i) for i, _ in titles]
    entries: list[Entry] = []
    first_heading = next((i for i, kind in enumerate(kinds) if kind == "heading"), len(lines))
    head = next((i for i, kind in enumerate(kinds) if kind and kind not in ("section", "heading", "date", "byline")), None)
    body_from = None if head is None else head + 1
    if len(titles) == 1 and titles[0][0] == head and any(kind in TEXT for kind in kinds[head:]) and first_heading > head:
        # the only title that stands twice is that of the page itself
        body_from, titles, starts = titles[0][1] + 1, [], []
    main_end = min([first_heading if head is None or first_heading > head else len(lines), *starts])
    has_main = head is not None and body_from is not None and "prose" in kinds[body_from:main_end]
    if has_main and head is not None and body_from is not None:
        last = max(i for i in range(main_end) if kinds[i])
        above = [lines[i].text for i in range(head) if kinds[i] == "section"]
        entry = Entry("main", above[-1] if above else None, lines[head].start, lines[last].end, lines[head].text)
        dated = [lines[i] for i in range(head) if kinds[i] == "date"]
        entries.append(compose([*dated, *lines[body_from:main_end]], entry))
    for number, ((top, again), start) in enumerate(zip(titles, starts, strict=True)):
        end = starts[number + 1] if number + 1 < len(starts) else len(lines)
        own = _own(kinds, again + 1, end)
        tags = range(start, top)
        section = next((lines[i].text for i in reversed(tags) if kinds[i] == "section"), None)
        label = next((labels.block(lines[i].text) for i in tags if kinds[i] == "heading"), None)
        block = _heading_above(lines, kinds, start, labels) or label or ("other" if has_main else "listing")
        last = max(again, *own) if own else again
        entries.append(compose([lines[i] for i in own], Entry(block, section, lines[start].start, lines[last].end, lines[top].text)))
    return entries


def _own(kinds: Sequence[str], start: int, end: int) -> list[int]:
    """The lines of a teaser's text: up to the first heading, or to what follows its text and is none."""
    own: list[int] = []
    for i in range(start, end):
        if kinds[i] in ("heading", "furniture", "comments", "external"):
            break
        if kinds[i] in TEXT or kinds[i] in ("credit", "date", "byline") or not any(kinds[j] in TEXT for j in own):
            own.append(i)
    return [i for i in own if kinds[i]]


def _titles(lines: Sequence[Line], kinds: Sequence[str]) -> list[tuple[int, int]]:
    """Where a line stands twice in a row (blank lines between do not count): both indices."""
    filled = [i for i, line in enumerate(lines) if line.text]
    return [
        (i, j)
        for i, j in pairwise(filled)
        if kinds[i] in ("head", "short") and lines[i].text == lines[j].text and 15 <= len(lines[i].text) <= 300 and lines[i].text.count(" ") >= 2
    ]


def _with_labels(kinds: Sequence[str], top: int) -> int:
    """The first of the label lines that stand right above a title."""
    start = top
    while start and kinds[start - 1] in ("section", "heading"):
        start -= 1
    return start


def _heading_above(lines: Sequence[Line], kinds: Sequence[str], start: int, labels: Labels) -> str | None:
    """The block of the nearest heading above that stands alone: a blank line follows it."""
    return next((labels.block(lines[i].text) for i in range(start - 1, -1, -1) if kinds[i] == "heading" and not kinds[i + 1]), None)
