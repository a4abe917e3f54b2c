"""A page of teasers without a main article: headlines, each with a paragraph or two, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.layouts.blocks import longest_run, read, title_key
from transforms.layouts.labels import Labels
from transforms.layouts.page import Entry, Line, Page
from transforms.layouts.wording import PAGE_NAME, TEXT

NAME = "listing"
_MOST_PARAGRAPHS = 2  # of a teaser; an article has more
_FEWEST = 3  # headlines,
_FEWEST_CUT = 2  # or these where each text is cut off
_FEWEST_LABELS = 2
_REACH = 14  # lines that stand between a title and its article at most
_MANY = 5  # headlines with a paragraph each, one less where none has more, or
_SOME = 3  # below the name of the page, without an introduction, or with a link to the whole story each,
_SINGLE = 0.75  # of them that have no more
_HEAD_WORDS = 6  # the words that they have on average,
_CUT_WORDS = 4  # or these, where texts are cut off,
_DECK = 350  # and the characters that such a paragraph has at most
_LONG_DECK = 1200  # below the name of a page of stories
_LEADS_ON = re.compile(r"(?:read|continue|full|more)\b.{0,15}$", re.IGNORECASE)
_NAME_LENGTH = 60
_CUT_OFF = 100  # characters of a text that breaks off in mid-sentence
_OPENING = 2  # lines in which the name of the page stands
_GOES_ON = re.compile(r"(?:…|\.\.\.|\[(?:…|\.\.\.)\])(?:\s*(?:continue|read|more)\b.*)?$", re.IGNORECASE)
_END = 200  # characters of a text in which it says that it goes on
_LONE_TEXT = 250  # characters of a short article


def detect(page: Page, labels: Labels) -> bool:
    """Headlines are a good part of the lines, nowhere do more than two paragraphs follow each other, and no headline bears the page's own title."""
    lines, kinds = page.lines, labels.kinds(page)
    filled = sum(map(bool, kinds))
    heads = kinds.count("head") + kinds.count("inline")
    distinct = len({line.text for line, kind in zip(lines, kinds, strict=True) if kind in ("head", "inline")})
    given = title_key(page.front_matter.get("title", ""))
    if distinct < _FEWEST_CUT or (given and given == next((title_key(lines[i].text) for i, kind in enumerate(kinds) if kind == "head"), None)):
        return False
    if heads < 0.15 * filled or page.is_wrapped or longest_run(kinds) > _MOST_PARAGRAPHS:
        return False
    if _lists_stories(lines, kinds):
        return True
    if distinct < _FEWEST:
        return False
    labelled = sum(kind in ("furniture", "heading", "section", "comments", "date") for kind in kinds)
    if labelled < _FEWEST_LABELS and kinds.count("prose") >= 0.5 * heads:
        return False  # an article with subheadings
    return not (_has_lone_text(lines, kinds) or _dated_texts(kinds) == 1 or _bears_page_title(lines, kinds))


def parse(page: Page, labels: Labels) -> list[Entry]:
    """The teasers in order; without a heading above they stand in block listing."""
    lines, kinds = page.lines, labels.kinds(page)
    return read(lines, kinds, (0, len(lines)), "listing", labels, set())


def _lists_stories(lines: Sequence[Line], kinds: Sequence[str]) -> bool:
    """Whether many headlines of some length follow each other, from the first on, most with one short paragraph at most: sections of an article have short
    titles, or more text. A few are enough below the name of the page, or where texts are cut off or lead on to the whole story."""
    filled = [i for i, kind in enumerate(kinds) if kind and kind not in ("furniture", "short", "section", "date", "byline", "credit")]
    top = [i for i, kind in enumerate(kinds) if kind][:_OPENING]
    named = any(kinds[i] != "head" and len(lines[i].text) <= _NAME_LENGTH and PAGE_NAME.match(lines[i].text) for i in top)
    while len(filled) > 1 and kinds[filled[0]] in ("head", "heading") and kinds[filled[1]] in ("head", "heading"):
        filled.pop(0)  # the name of the page
        named = True
    heads = [n for n, i in enumerate(filled) if kinds[i] == "head"]
    if not heads or heads[0] != 0:
        return False
    stories = [filled[a + 1 : b] for a, b in zip(heads, [*heads[1:], len(filled)], strict=True)]
    texts = [sum(len(lines[i].text) for i in story) for story in stories]
    told = sum(any(kinds[i] in TEXT for i in story) for story in stories)
    single = sum(len(story) <= 1 for story in stories)
    led = sum(
        (_LEADS_ON if kind == "furniture" else _GOES_ON).search(line.text, max(0, len(line.text) - _END)) is not None
        for line, kind in zip(lines, kinds, strict=True)
        if kind == "furniture" or kind in TEXT
    )
    if len(heads) >= _FEWEST:
        led += sum(kind == "prose" and len(line.text) >= _CUT_OFF and line.text[-1].isalnum() for line, kind in zip(lines, kinds, strict=True))
    fewest = _FEWEST_CUT if led >= len(heads) else _SOME if named or led >= _SOME - 1 else _MANY - (single == len(heads))
    if len(heads) < fewest or not any(stories) or (told == 1 and max(texts) >= _LONE_TEXT):
        return False
    words = sum(lines[filled[n]].text.count(" ") + 1 for n in heads[1:])
    cut = 2 * led >= len(heads)
    # an article has a longer text below its title than its sections have
    longest = _LONG_DECK if named else 2 * _DECK
    short = len(stories[0]) <= 1 and max(map(len, stories)) <= _MOST_PARAGRAPHS and sorted(texts)[len(texts) // 2] <= _DECK and max(texts) <= longest
    return words >= (_CUT_WORDS if cut else _HEAD_WORDS) * len(heads[1:]) and (cut or (short and single >= _SINGLE * len(heads)))


def _has_lone_text(lines: Sequence[Line], kinds: Sequence[str]) -> bool:
    """Whether one text on the page is far longer than any other: then that is a short article."""
    texts = [0]
    for line, kind in zip(lines, kinds, strict=True):
        if kind in TEXT:
            texts[-1] += len(line.text)
        elif kind in ("head", "heading", "section", "comments", "external"):
            texts.append(0)
    texts.sort(reverse=True)
    return texts[0] >= _LONE_TEXT and (len(texts) == 1 or texts[0] >= 2 * texts[1])


def _dated_texts(kinds: Sequence[str]) -> int:
    """How many headlines have a date or byline below and then a text: an article has them, or each teaser of a list."""
    filled = [kind for kind in kinds if kind and kind not in ("furniture", "short", "credit")]
    return sum(
        kind == "head"
        and filled[i + 1 : i + 2] in (["date"], ["byline"])
        and "prose" in filled[i + 2 : i + 4]
        and "head" not in filled[i + 2 : i + 3]
        for i, kind in enumerate(filled)
    )


def _bears_page_title(lines: Sequence[Line], kinds: Sequence[str]) -> bool:
    """Whether text follows a headline with which the first line of the page ("Headline | Outlet") begins."""
    first = next((line.text for line in lines if line), "")
    names = page_names(first)
    for i, kind in enumerate(kinds):
        if kind == "head" and title_key(lines[i].text) in names and lines[i].text != first:
            below = [k for k in kinds[i + 1 :] if k][:_REACH]
            stop = next((n for n, k in enumerate(below) if k in ("heading", "head")), len(below))
            return "prose" in below[:stop]
    return False


def page_names(first: str) -> set[str]:
    """The headlines that the first line of a page may hold beside the name of the outlet, as `title_key`."""
    names = {title_key(first)}
    for separator in (" | ", " - ", " – ", " — ", " :: ", " » ", " > ", " • ", " · ", " / "):
        if separator in first:
            names.update(map(title_key, (first.partition(separator)[0], first.rpartition(separator)[0], *first.split(separator))))
    return {n for n in names if n.count(" ") >= 2}
