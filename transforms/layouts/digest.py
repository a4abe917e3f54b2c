"""A digest: a title of its own ("World news in brief"), perhaps an introduction, and below it stories of a few paragraphs, each with a headline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from transforms.layouts.blocks import read, title_key
from transforms.layouts.labels import Labels
from transforms.layouts.page import Entry, Line, Page, compose
from transforms.layouts.titles import DIGEST
from transforms.layouts.wording import TEXT

NAME = "digest"
_DIGEST = re.compile(DIGEST)
_NAMED = 3  # lines at the head of a page in which it says that it is a digest
_ANNOUNCED = 10  # and in which it may announce stories instead: "Here are the stories of the week:"
_ANNOUNCES = re.compile(r"\b(?:stories|headlines|news|updates|developments)\b", re.IGNORECASE)
_FEWEST = 3  # stories,
_STORY_WORDS = 3  # the words of the headline of one,
_WORDS = 4.5  # and those that they have in the mean
_PARAGRAPHS = 4  # of a story at most


def detect(page: Page, labels: Labels) -> bool:
    """The title tells of several stories, and headlines follow, each with a text of a few paragraphs, or each a link."""
    lines, kinds = page.lines, labels.kinds(page)
    return not page.is_wrapped and (title := _title(page, kinds)) is not None and bool(_stories(lines, kinds, title))


def parse(page: Page, labels: Labels) -> list[Entry]:
    """The digest with its introduction, in block main, then its stories in order, in block listing."""
    lines, kinds = page.lines, labels.kinds(page)
    top = _title(page, kinds) or 0
    start = _stories(lines, kinds, top)[0]
    given = page.front_matter.get("title")
    title = given or lines[top].text
    begin = 0 if given else top
    intro = lines[:start] if given else lines[top + 1 : start]
    last = max(i for i in range(start) if lines[i]) if any(lines[:start]) else start
    dates = [lines[i] for i in range(begin) if kinds[i] == "date"]
    main = compose([*dates, *intro], Entry("main", None, lines[begin].start, lines[last].end, title))
    main.date_line = main.date_line or page.front_matter.get("date")
    return [main, *read(lines, kinds, (start, len(lines)), "listing", labels, {title_key(title)})]


def _title(page: Page, kinds: Sequence[str]) -> int | None:
    """The line that says that the page is a digest, or its first where the front matter says so."""
    filled = [i for i, kind in enumerate(kinds) if kind]
    if filled and _DIGEST.search(page.front_matter.get("title", "")):
        return filled[0] - 1
    named = next(
        (i for i in filled[:_NAMED] if kinds[i] != "furniture" and page.lines[i].text[-1] != ":" and _DIGEST.search(page.lines[i].text)), None
    )
    if named is None and kinds and (head := next((i for i in filled[:_NAMED] if kinds[i] == "head"), None)) is not None:
        for i, below in pairwise(filled[_NAMED - 2 : _ANNOUNCED]):
            if kinds[below] == "head" and page.lines[i].text[-1] == ":" and _ANNOUNCES.search(page.lines[i].text):
                return head
    return named


def _stories(lines: Sequence[Line], kinds: Sequence[str], title: int) -> list[int]:
    """The headlines below the title, each with a text; none where they are few, or rather the short titles of sections."""
    filled = [i for i in range(title + 1, len(lines)) if kinds[i] and kinds[i] not in ("furniture", "date", "byline", "credit")]
    heads = [n for n, i in enumerate(filled) if kinds[i] in ("head", "inline") and lines[i].text.count(" ") >= _STORY_WORDS]
    if len(heads) < _FEWEST:
        return []
    texts = [sum(kinds[i] in TEXT for i in filled[a + 1 : b]) for a, b in zip(heads, [*heads[1:], len(filled)], strict=True)]
    words = sum(lines[filled[n]].text.count(" ") + 1 for n in heads)
    told = sum(1 <= count <= _PARAGRAPHS for count in texts[:-1]) + (texts[-1:] != [0])
    linked = texts[:-1].count(0) + 1
    if words < _WORDS * len(heads) or max(told, linked) < 0.8 * len(heads):
        return []
    return [filled[n] for n in heads]
