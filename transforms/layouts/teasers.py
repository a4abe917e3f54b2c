"""A story, or none, followed by teasers under headings ("Related articles", "Popular"): each with labels, its title twice, and its text, often with
no blank line before the next."""

from __future__ import annotations

from transforms.layouts.labels import Labels
from transforms.layouts.page import Entry, Line, Page, compose

NAME = "teasers"


def detect(page: Page, labels: Labels) -> bool:  # noqa: ARG001
    """Some title stands twice in a row."""
    return bool(_titles(page.lines))


def parse(page: Page, labels: Labels) -> list[Entry]:
    """The main story, if there is one before the first heading or teaser, then the teasers in order."""
    lines = page.lines
    titles = _titles(lines)
    starts = [_with_labels(lines, i, labels) for i, _ in titles]
    entries: list[Entry] = []
    first_heading = next((i for i, line in enumerate(lines) if labels.heading(line.text)), len(lines))
    main_end = min(first_heading, starts[0])
    head = next((i for i in range(main_end) if lines[i] and not labels.is_section(lines[i].text)), None)
    has_main = head is not None and any(len(line.text) > 120 for line in lines[head + 1 : main_end])
    if head is not None and has_main:
        last = max(i for i in range(main_end) if lines[i])
        above = [lines[i].text for i in range(head) if lines[i]]
        entry = Entry("main", above[-1] if above else None, lines[head].start, lines[last].end, lines[head].text)
        entries.append(compose(lines[head + 1 : main_end], entry))
    for number, ((top, again), start) in enumerate(zip(titles, starts, strict=True)):
        end = starts[number + 1] if number + 1 < len(starts) else len(lines)
        body = [line for line in lines[again + 1 : end] if labels.heading(line.text) is None]
        tags = [line.text for line in lines[start:top] if line]
        section = next((t for t in reversed(tags) if labels.is_section(t)), None)
        block = _block(lines, start, top, labels) or ("listing" if not has_main else "other")
        last = max((i for i in range(again, end) if lines[i] and labels.heading(lines[i].text) is None), default=again)
        entries.append(compose(body, Entry(block, section, lines[start].start, lines[last].end, lines[top].text)))
    return entries


def _titles(lines: list[Line]) -> list[tuple[int, int]]:
    """Where a line stands twice in a row (blank lines between do not count): both indices."""
    filled = [i for i, line in enumerate(lines) if line]
    return [
        (i, j)
        for i, j in zip(filled, filled[1:], strict=False)
        if lines[i].text == lines[j].text and len(lines[i].text) >= 15 and lines[i].text.count(" ") >= 2
    ]


def _with_labels(lines: list[Line], top: int, labels: Labels) -> int:
    """The first of the label lines that stand right above a title."""
    start = top
    while start and lines[start - 1] and (labels.is_section(lines[start - 1].text) or labels.heading(lines[start - 1].text)):
        start -= 1
    return start


def _block(lines: list[Line], start: int, top: int, labels: Labels) -> str | None:
    """The block of a teaser: that of the nearest heading above it which stands alone, else of a label of its own."""
    for i in range(start - 1, -1, -1):
        if (block := labels.heading(lines[i].text)) and (i + 1 >= len(lines) or not lines[i + 1]):
            return block
    return next((b for line in lines[start:top] if (b := labels.heading(line.text))), None)
