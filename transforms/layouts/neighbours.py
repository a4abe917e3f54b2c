"""What a line is by what stands around it, where its wording alone says too little."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from transforms.layouts.page import BULLET, Page
from transforms.layouts.wording import DURATION, HEADLINE, LONG, SENTENCE_END, TEXT, TOPICAL, label_key

_TOPICAL_LINE = 60
_SENDERS = frozenset(
    {"from", "by", "author", "authors", "writer", "issued by", "published by", "delivered by", "organisation", "department", "ministry"}
)
_FORM = re.compile(
    r"(?:enter |type )?your e-?mail(?: address)?(?: here)?|e-?mail(?: address)?|sign (?:me )?up(?: now| here| for free)?|subscribe(?: now| here| for free)?|join now"
)
_LETTER = re.compile(
    r"newsletter|briefing|inbox|e-?mail|digest|bulletin|\bletter\b|sign up|subscribe|\bfree\b|\b(?:every|each) (?:\w+day|day|week|morning|evening)|\b(?:daily|weekly)\b",
    re.IGNORECASE,
)
_CREDIT_ALONE = re.compile(r"(?:[(\[][^()\[\]]{2,50}[)\]]|©.{2,50})\.?")
_CAPTION_REACH = 6  # filled lines
_FORM_LINES = 3
_PITCH = 160  # characters
_LABEL_WORDS, _LABEL_TIMES = 5, 3
_DATED_HEADS = 3
_VIDEOS = 2
_LISTED = re.compile(r"[^.!?:;]+\??[\"”’')]?")


def mark(page: Page, kinds: list[str]) -> None:
    """Corrects the kinds of the lines of a page, told line by line."""
    _mark_lists(page, kinds)
    _mark_repeated(page, kinds)
    _mark_topical(page, kinds)
    _mark_forms(page, kinds)
    _mark_captions(page, kinds)
    _mark_dated_heads(page, kinds)
    _mark_listed_heads(page, kinds)
    _mark_videos(page, kinds)


def _mark_lists(page: Page, kinds: list[str]) -> None:
    """Items of a list that are no text: headlines under a heading ("1. Two ships held"), and words of a menu that no line with a colon announces."""
    under, announced = False, False
    for i, kind in enumerate(kinds):
        if kind == "item":
            text = page.lines[i].text
            listed = text[BULLET.match(text).end() :] if BULLET.match(text) else text  # type: ignore[union-attr]
            if announced or (_LISTED.fullmatch(listed) is None and i not in page.links):
                continue
            if listed.count(" ") < 3:
                kinds[i] = "short"
            elif (under or i in page.links) and not listed[:1].islower() and len(listed) <= LONG:
                kinds[i] = "head"
        elif kind:
            announced = page.lines[i].text.endswith(":") and kind != "heading"
            under = kind == "heading" or (under and kind in ("head", "inline", "short", "date", "furniture", "credit"))


def _mark_forms(page: Page, kinds: list[str]) -> None:
    """The lines above a form that ask for a subscription are no text: "The morning briefing", "Five stories before breakfast.", "Your email"."""
    filled = [i for i, kind in enumerate(kinds) if kind]
    for n, i in enumerate(filled):
        if kinds[i] != "furniture" or _FORM.fullmatch(label_key(page.lines[i].text)) is None:
            continue
        box: list[int] = []
        for j in reversed(filled[max(0, n - _FORM_LINES) : n]):
            if kinds[j] not in ("head", "short", "sentence", "prose") or len(page.lines[j].text) > _PITCH:
                break
            box.append(j)
            if kinds[j] in ("head", "short"):
                if _LETTER.search(" ".join(page.lines[k].text for k in box)):
                    for k in box:
                        kinds[k] = "furniture"
                break


def _mark_captions(page: Page, kinds: list[str]) -> None:
    """A line above nothing but the credit of a photo is its caption, unless it is the first headline of the page."""
    filled = [i for i, kind in enumerate(kinds) if kind]
    for n, (i, below) in enumerate(pairwise(filled)):
        credited = kinds[i] == "head" and kinds[below] == "credit" and _CREDIT_ALONE.fullmatch(page.lines[below].text)
        if credited and any(kinds[j] == "head" for j in filled[max(0, n - _CAPTION_REACH) : n]):
            kinds[i] = "furniture"


def _mark_topical(page: Page, kinds: list[str]) -> None:
    """Labels that name their topic, with a headline below, are headings; a link to another story that opens the page is its headline; who stands below
    "From:" is none."""
    filled = [i for i, kind in enumerate(kinds) if kind and kind != "furniture"]
    if not filled:
        return
    if kinds[filled[0]] == "inline":
        kinds[filled[0]] = "head"
    for i, below, behind in zip(filled, filled[1:], [*filled[2:], filled[-1]], strict=False):
        if kinds[below] == "head" and page.lines[i].text.endswith(":") and label_key(page.lines[i].text) in _SENDERS:
            kinds[below] = "short"
        elif (
            kinds[i] in ("short", "head", "sentence")
            and (kinds[below] in ("head", "inline") or (kinds[below] in ("section", "short") and kinds[behind] == "head"))
            and i != filled[0]
            and len(page.lines[i].text) <= _TOPICAL_LINE
            and TOPICAL.match(label_key(page.lines[i].text))
        ):
            kinds[i] = "heading"


def _mark_dated_heads(page: Page, kinds: list[str]) -> None:
    """A long line that ends without a full stop and has a date below, or a label and a date, is a headline of several sentences."""
    filled = [i for i, kind in enumerate(kinds) if kind]
    for n, i in enumerate(filled):
        if kinds[i] == "date":
            above = next((j for j in (filled[m] for m in range(n - 1, max(-1, n - 3), -1)) if kinds[j] != "short"), None)
            if above is None or kinds[above] != "prose" or not _may_be_head(page.lines[above].text):
                continue
            before = filled.index(above) - 1
            if before < 0 or kinds[filled[before]] not in TEXT:
                kinds[above] = "head"


def _mark_repeated(page: Page, kinds: list[str]) -> None:
    """Short lines that stand again and again are labels: the names of sections and writers."""
    heads = [i for i, kind in enumerate(kinds) if kind == "head" and page.lines[i].text.count(" ") < _LABEL_WORDS]
    count = Counter(page.lines[i].text for i in heads)
    for i in heads:
        if count[page.lines[i].text] >= _LABEL_TIMES:
            kinds[i] = "short"


def _mark_listed_heads(page: Page, kinds: list[str]) -> None:
    """In a list where each headline has its date above, what looks like a sentence there is one, too; between the sections of headlines a few words are one."""
    filled = [i for i, kind in enumerate(kinds) if kind]
    dated = [(i, below) for above, i, below in zip(*(filled[n:] for n in range(3)), strict=False) if kinds[above] == "date"]
    if sum(kinds[i] == "head" for i, _ in dated) >= _DATED_HEADS:
        for i, below in dated:
            if kinds[i] in TEXT and kinds[below] not in TEXT and len(page.lines[i].text) <= HEADLINE:
                kinds[i] = "head"
    for around in zip(*(filled[n:] for n in range(5)), strict=False):
        i = around[2]
        if [kinds[j] for j in around] == ["head", "section", "short", "section", "head"] and " " in page.lines[i].text:
            kinds[i] = "head"


def _mark_videos(page: Page, kinds: list[str]) -> None:
    """A headline between two paragraphs, below the length of a video, is that of the video."""
    filled = [i for i, kind in enumerate(kinds) if kind]
    found = [
        i
        for before, above, i, below in zip(*(filled[n:] for n in range(4)), strict=False)
        if (kinds[before], kinds[i], kinds[below]) == ("prose", "head", "prose") and DURATION.fullmatch(page.lines[above].text)
    ]
    if len(found) <= _VIDEOS:  # more are a list of news by the hour
        for i in found:
            kinds[i] = "inline"


def _may_be_head(text: str) -> bool:
    return len(text) <= HEADLINE and not SENTENCE_END.search(text) and not text.endswith((":", ";", ","))
