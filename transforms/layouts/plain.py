"""Any plain-text article: a title line, perhaps a date line or byline, and the body."""

from __future__ import annotations

from transforms.layouts.labels import Labels
from transforms.layouts.page import Entry, Page, clean, compose

NAME = "plain"


def detect(page: Page, labels: Labels) -> bool:  # noqa: ARG001 - every layout is asked alike
    """Whatever no other layout claims."""
    return True


def parse(page: Page, labels: Labels) -> list[Entry]:  # noqa: ARG001
    """One entry: the first line that is not blank is the title, unless front matter gives one."""
    lines = page.lines
    first = next((i for i, line in enumerate(lines) if line), None)
    if first is None:
        return []
    last = max(i for i, line in enumerate(lines) if line)
    title = lines[first].text
    body_from = first + 1
    while title.startswith("#"):
        title = title[1:].lstrip()
    if given := page.front_matter.get("title"):
        same = clean(given).casefold() == title.casefold()
        title, body_from = clean(given), first + same
    entry = Entry("main", None, lines[first].start, lines[last].end, title)
    entry.date_line = page.front_matter.get("date") or page.front_matter.get("published_on") or page.front_matter.get("published")
    return [compose(lines[body_from : last + 1], entry)]
