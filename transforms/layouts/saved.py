"""A whole saved page: menus, cookie notes, share buttons, teasers and footers around an article.

Running text gives the article away: each paragraph weighs for it, each label, menu item and headline against it, and the stretch of lines with most weight is
the article; its title is the headline above. What follows under headings are teasers; the rest is furniture.
"""

from __future__ import annotations

from collections.abc import Sequence

from transforms.layouts.blocks import read, title_key
from transforms.layouts.labels import Labels
from transforms.layouts.listing import page_names
from transforms.layouts.page import BLANK, LONGEST_TITLE, Entry, Line, Page, compose
from transforms.layouts.titles import inner_title, page_title, section_above, share, title_above
from transforms.layouts.wording import TEXT

NAME = "saved"
# What a line weighs for being in the article. A paragraph weighs its length, up to _FULL.
_WEIGHT = {
    "sentence": 40,
    "item": 30,
    "head": -60,
    "short": -40,
    "furniture": -15,
    "inline": -10,
    "date": -30,
    "byline": -30,
    "credit": -5,
    "section": -120,
}
_FULL = 500
_WALL = ("external", "comments")
_LEAST = 100  # characters of an article
_OPENING = 3  # filled lines in which the title of the page may stand, beside the name of the outlet
_TEASERS = 2
_TAIL = 3  # headlines at the very end of a page that are teasers,
_TAIL_WORDS = 7  # and the words of each at least
_TEASER_TEXT = 400  # characters of a teaser's text at most
_TEASER_WORDS = 5  # words of a teaser's title at least
_RESUMES = 3  # paragraphs without a title, behind a box of links, that show that the article goes on
_BOX_TEXTS = 2  # paragraphs, and
_BOX_LENGTH = 300  # characters of a note below an article at most
_BOX = 6  # headlines in a box of links at most


def detect(page: Page, labels: Labels) -> bool:
    """A good part of the lines is no text of a story, or headlines follow a heading."""
    lines = page.lines
    if page.is_wrapped:
        return False
    filled = [kind for kind in labels.kinds(page) if kind]
    labelled = sum(kind in ("furniture", "heading", "external", "comments") for kind in filled)
    others = labelled + sum(kind in ("short", "section") for kind in filled)
    if len(filled) >= 8 and ((labelled >= 3 and others >= 0.25 * len(filled)) or (labelled >= 2 and others >= 0.5 * len(filled))):
        return True
    if any(kinds_at == ("furniture", "furniture", "head", "head", "head") for kinds_at in zip(*(filled[n:] for n in range(5)), strict=False)):
        return True  # share buttons and headlines below
    if any(
        a in ("furniture", "external") and b == "head" and c in TEXT and (d == "head" or (d == "date" and e == "head"))
        for a, b, c, d, e in zip(*(filled[n:] for n in range(5)), strict=False)
    ):
        return True  # and with a paragraph and perhaps a date each
    if filled[-3:] == ["furniture", "head", "head"] and _are_headlines(["", *[line.text for line in lines if line][-2:]], _TEASER_WORDS):
        return True  # or two at the very end
    tail = next((n for n, kind in enumerate(reversed(filled)) if kind != "head"), 0)
    if tail >= _TAIL and filled[-tail - 1] == "prose" and _are_headlines([line.text for line in lines if line][-tail - 1 :]):
        return True
    return any(
        kind == "inline"
        or (
            kind == "heading"
            and "prose" in filled[:i]
            and ("prose" not in filled[i + 1 :] or any(k in ("head", "inline") for k in filled[i + 1 : i + 4]))
        )
        for i, kind in enumerate(filled)
    )


def _are_headlines(texts: Sequence[str], words: int = _TAIL_WORDS) -> bool:
    """Whether lines behind a paragraph are headlines, and no list that it announces."""
    return not texts[0].endswith(":") and all(text.count(" ") + 1 >= words for text in texts[1:])


def parse(page: Page, labels: Labels) -> list[Entry]:
    """The main article, if the page has one, then the teasers in order of the page."""
    lines, kinds = page.lines, labels.kinds(page)
    boxed = _boxes(kinds)
    run = _run(lines, kinds, boxed)
    if run is None:
        return read(lines, kinds, (0, len(lines)), "listing", labels, set())
    start, end = run
    first = next(line.text for line in lines if line)
    given = page.front_matter.get("title")
    opening = [lines[i].text for i in [i for i, kind in enumerate(kinds) if kind][:_OPENING] if kinds[i] not in ("furniture", "date", "byline")]
    names = (
        page_names(first)
        | {name for text in opening for name in page_names(text) if name != title_key(text)}
        | {title_key(title) for title in (page.headline, given) if title}
    )
    short = (i for i in range(start, end) if 0 < len(lines[i].text) <= LONGEST_TITLE)
    top = next((i for i in short if title_key(lines[i].text) in names and share(lines, kinds, (start, i), run) < 0.4), None)
    if top is None:
        top = inner_title(lines, kinds, run)
    if top is not None:
        start = next((i for i in range(top + 1, end + 1) if kinds[i] in TEXT), end)
    else:
        top = title_above(lines, kinds, start, names)
    title = (given or page_title(first)) if top is None or lines[top].text == first else lines[top].text
    boxed |= _promotions(kinds, (start, end))
    end = _without_box(lines, kinds, (start, end), boxed)
    entry = Entry("main", section_above(lines, kinds, top), lines[top if top is not None else start].start, lines[end].end, title)
    own = set() if top is None else {title_key(title)}
    upper = range(max(0, (top or 0) - 4), top or 0)
    lead = [lines[i] for i in upper if kinds[i] == "credit"] + [
        lines[i] for i in range((top if top is not None else start) + 1, start) if kinds[i] in ("date", "byline", "credit")
    ]
    if top is not None and not any(kinds[i] == "date" for i in range(top + 1, start)):
        lead += [lines[i] for i in upper if kinds[i] == "date"][-1:]
    tail = [lines[i] for i in range(end + 1, min(end + 8, len(lines))) if kinds[i] == "credit"]
    entry = compose([*lead, *_body(lines, kinds, (start, end), boxed, own), *tail], entry)
    entry.date_line = entry.date_line or _date_below(lines, kinds, end) or page.front_matter.get("date")
    seen = {title_key(title)} | names
    before = read(lines, kinds, (0, top if top is not None else start), None, labels, seen)
    within = [i for i in range(start, end + 1) if i in boxed or kinds[i] == "inline"]
    inside = [t for i in _stretches(within) for t in read(lines, kinds, i, "other", labels, seen)]
    return [entry, *sorted([*before, *inside, *read(lines, kinds, (end + 1, len(lines)), "other", labels, seen)], key=lambda e: e.start)]


def _date_below(lines: Sequence[Line], kinds: Sequence[str], end: int) -> str | None:
    """The date line right below an article, or below its issuer, unless it is that of a teaser."""
    below = [i for i in range(end + 1, len(lines)) if kinds[i]][:3]
    below = below[1:] if below and kinds[below[0]] == "short" else below[:2]
    if below and kinds[below[0]] == "date" and (len(below) == 1 or kinds[below[1]] not in ("head", "inline", *TEXT)):
        return lines[below[0]].text
    return None


def _boxes(kinds: Sequence[str]) -> set[int]:
    """The lines of boxes of links inside an article: a heading and headlines, behind which text goes on for several paragraphs."""
    boxed: set[int] = set()
    for i, kind in enumerate(kinds):
        if kind != "heading":
            continue
        j, heads = i + 1, 0
        while j < len(kinds) and kinds[j] in ("", "head", "date", "inline", "furniture", "short", "section", "credit") and heads <= _BOX:
            heads += kinds[j] in ("head", "inline")
            j += 1
        after = [k for k in kinds[j : j + 14] if k and k != "furniture"]
        goes_on = next((n for n, k in enumerate(after) if k not in TEXT), len(after))
        # a single link may well be followed by the last two paragraphs, as may several where nothing else does
        enough = _RESUMES if heads > 1 and goes_on < len(after) else _RESUMES - 1
        if heads <= _BOX and goes_on >= enough and any(k == "prose" for k in kinds[:i]):
            boxed.update(range(i, j))
    return boxed


def _promotions(kinds: Sequence[str], run: tuple[int, int]) -> set[int]:
    """The lines of other stories that an article is interrupted by: headline, byline or date, and a paragraph."""
    found: set[int] = set()
    filled = [i for i in range(run[0], run[1] + 1) if kinds[i]]
    for n, i in enumerate(filled[:-3]):
        if n and kinds[i] in ("head", "inline") and kinds[filled[n + 1]] in ("byline", "date") and kinds[filled[n + 2]] in TEXT:
            found.update(range(i, filled[n + 2] + 1))
    return found


def _run(lines: Sequence[Line], kinds: Sequence[str], boxed: set[int]) -> tuple[int, int] | None:
    """First and last line of the stretch with most weight, from text to text, without the teasers at its end. No stretch crosses a heading."""
    runs: list[tuple[int, int]] = []
    best: tuple[int, int] | None = None
    start, weight, most, under = None, 0, 0, False
    for i, kind in enumerate([*kinds, _WALL[0]]):
        if kind in _WALL or (kind == "heading" and i not in boxed):
            if best is not None:
                runs.append(_without_teasers(lines, kinds, best, under))
            best, start, most, under = None, None, 0, kind == "heading"
        elif kind in TEXT or start is not None:
            if start is None:
                start, weight = i, 0
            weight += min(len(lines[i].text), _FULL) if kind == "prose" else _WEIGHT.get(kind, 0) if i not in boxed else 0
            if weight <= 0:
                start = None
            elif weight > most and kind in TEXT:
                best, most = (start, i), weight
    weights = [sum(min(len(lines[i].text), _FULL) for i in range(a, b + 1) if kinds[i] in ("prose", "sentence") and i not in boxed) for a, b in runs]
    return runs[weights.index(max(weights))] if weights and max(weights) >= _LEAST else None


def _without_box(lines: Sequence[Line], kinds: Sequence[str], run: tuple[int, int], boxed: set[int]) -> int:
    """The last line without a short text at the end which two or more lines that are none part from the rest: a note on the author, a call for
    support."""
    texts = [i for i in range(run[0], run[1] + 1) if kinds[i] in TEXT and i not in boxed]
    n = 1
    while n <= min(_BOX_TEXTS, len(texts) - _RESUMES):
        between = [i for i in range(texts[-n - 1] + 1, texts[-n]) if kinds[i] not in ("", "credit", "inline") and i not in boxed]
        if len(between) >= 2 and sum(len(lines[i].text) for i in texts[-n:]) <= _BOX_LENGTH:
            texts, n = texts[:-n], 1
        else:
            n += 1
    return texts[-1] if texts else run[1]


def _without_teasers(lines: Sequence[Line], kinds: Sequence[str], run: tuple[int, int], labelled: bool) -> tuple[int, int]:
    """Cuts off what looks like teasers at the end: headlines in a row with no more than one short paragraph each. Two are enough under a heading, or where
    a label or date stands between; without any they may be subheadings, unless they are many."""
    start, end = run
    cut, groups, texts = end, 0, 0
    for i in range(end, start, -1):
        kind = kinds[i]
        if kind in TEXT:
            texts += 1
            if texts > 1 or len(lines[i].text) > _TEASER_TEXT:
                break
        elif kind == "head" and lines[i].text.count(" ") + 1 >= _TEASER_WORDS:
            groups, texts, cut = groups + 1, 0, i
        elif kind in ("furniture", "date", "byline", "section", "short"):
            labelled = True
        elif kind:
            break
    if groups < (_TEASERS if labelled else 2 * _TEASERS):
        return run
    last = next((i for i in range(cut - 1, start - 1, -1) if kinds[i] in TEXT), None)
    return run if last is None else (start, last)


def _body(lines: Sequence[Line], kinds: Sequence[str], run: tuple[int, int], boxed: set[int], own: set[str]) -> list[Line]:
    """The lines of an article without furniture, links, its own title and runs of short lines; a single short line is a subheading."""
    kept: list[Line] = []
    start, end = run
    loose: list[int] = []  # headlines and short lines since the last text
    for i in range(start, end + 1):
        kind = kinds[i]
        if kind in TEXT:
            if len(loose) == 1 and title_key(lines[loose[0]].text) not in own:
                kept += [lines[loose[0]], BLANK]
            loose = []
        if i in boxed or kind in ("furniture", "inline", "section", "heading"):
            continue
        if kind in ("head", "short"):
            loose.append(i)
        elif kind in ("date", "byline"):
            loose += [i, i]
        else:
            kept.append(lines[i])
    return kept


def _stretches(indices: Sequence[int]) -> list[tuple[int, int]]:
    """Half-open stretches of consecutive numbers."""
    result: list[tuple[int, int]] = []
    for i in indices:
        if result and result[-1][1] == i:
            result[-1] = (result[-1][0], i + 1)
        else:
            result.append((i, i + 1))
    return result
