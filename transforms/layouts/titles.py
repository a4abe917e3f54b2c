"""Where the title of an article on a saved page stands: above it, at the head of the page, or inside a stretch of text that begins with teasers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise, takewhile

from transforms.layouts.blocks import title_key
from transforms.layouts.page import Line
from transforms.layouts.wording import TEXT

_PLACED = re.compile(r"(?:[A-Z][\w.’'-]+,? ){2,4}(?:and (?:[A-Z][\w.’'-]+ ){2,4})?in (?:[A-Z][\w.’'-]+,? ?){1,3}")
_REACH = 60  # filled lines above an article in which a line that bears the page's title is looked for
_LONG_TITLE = 25  # characters of a headline that is told by its wording alone
_SUBTITLE_REACH = 2  # filled lines above a subtitle in which the title is looked for
_SHARED = 0.6  # of the words of a headline that the title of the page shares at least
_TOP = 3  # lines between the headline that opens a page and its article at most
_NEAR = 15  # and in which any headline is
_RESUMES = 3  # paragraphs that an article has behind a title inside a stretch of text at least
_TEASER_WORDS = 5  # words of a teaser's title at least
_ABOVE = 8  # lines above the title of a page at most
_NO_TITLE = ("furniture", "date", "byline", "credit")
LABEL_WORDS = 3  # words of a line above a title that says where on the site the page stands
_TITLE_WORDS = 5  # and of the title below it
_DECK = 100  # characters of a line that is rather said about a title
_SAID = 12  # lines of text in which the words of a title are looked for
_TOLD, _UNTOLD = 0.5, 0.2  # of the longer words of a title that its text repeats at least, and of those of another line at most
_TOLD_WORDS = 3  # of them
_STEM = 5  # letters by which two words are one
# What a page calls itself that tells several stories under a title of its own.
DIGEST = (
    r"(?i)\b(?:news|world|nation(?:al)?|regional|daily|weekly|week|morning|evening|security|cyber\w*|business|market|political|threat|press)\b.*"
    r"\b(?:briefs?|in brief|round-?up|digest|summary|highlights|headlines|recap|wrap(?:-?up)?|bulletin|newsletter|at a glance)\b"
    r"|\b(?:daily|weekly|morning|evening|news|\w+day|cyber\w*|threat) briefing\b"
    r"|\b(?:summary|round-?up|digest|highlights|recap) of (?:\w+ ){0,3}(?:news|stories|headlines|events)\b"
    r"|^in other news\b|^this week in\b|\b(?:the )?week in (?:review|brief|\w+ news)\b|\bin brief$|\bnewsletter\b"
    r"|\bthings (?:you (?:should|need to|must)|to) know\b.*\b(?:today|news|this (?:week|morning)|\w+day)\b"
)
_RELEASE = re.compile(r"(?:media|press|news) (?:release|statement)\b", re.IGNORECASE)
_WORD = re.compile(
    r"\b(?!(?i:this|that|with|from|have|will|what|when|they|their|there|been|were|after|more|than|over|into|about|says|said|would|could|your|yours)\b)"
    r"(?:[^\W\d_]{4,}|[A-Z][^\W\d_]{2}\b)"
)


def headline(filled: Sequence[int], lines: Sequence[Line], kinds: Sequence[str]) -> int:
    """The line of the title of a page that begins with it: the first that is no date, byline or furniture. Labels of a few words stand above a headline, and
    so does a line of which the text says nothing, with others between, or one that ends with the headline (a path through the site). Of two headlines right
    above a date the shorter is the title."""
    top = [i for i in filled[:_ABOVE] if kinds[i] not in _NO_TITLE]
    if not top:
        return filled[0]
    if len(top) > 1 and lines[top[0]].text.endswith(("…", "...")) and lines[top[1]].text.startswith(lines[top[0]].text.rstrip("….")):
        return top[1]  # cut off above, whole below
    for whole, cut in pairwise(top):
        _, found, rest = lines[whole].text.partition(lines[cut].text.rstrip("… .") + " ")
        if found and rest[:1].isalnum() and lines[whole].text.startswith(found) and found.count(" ") > LABEL_WORDS:
            return whole
    if kinds[top[0]] == "prose" and (later := _below_text(filled[filled.index(top[0]) :], kinds)) is not None:
        return later
    if lines[top[0]].text.startswith("# "):
        return top[0]
    # a few words with a full stop may be the motto of the site
    top = [*takewhile(lambda i: kinds[i] not in TEXT or (i == top[0] and kinds[i] == "sentence"), top)] or top[:1]
    heads = [i for i in top if kinds[i] == "head" and lines[i].text.count(" ") >= _TITLE_WORDS - 1 and not _RELEASE.match(lines[i].text)]
    below = next((i for i in heads if i > top[0]), None)
    if below is None:
        return top[0]
    at = filled.index(top[0])
    pair = (
        filled[at : at + 2] == [top[0], below] and kinds[top[0]] == "head" and [kinds[i] for i in filled[at + 2 : at + 3]] in (["date"], ["byline"])
    )
    if pair and len(lines[below].text) < len(lines[top[0]].text):
        return below  # what is said about a title is longer than it
    if lines[top[0]].text[:2].islower() and not lines[below].text[0].islower():
        return below  # what is to be seen on a photo
    between = [i for i in top if i < below]
    words = stems(lines[i].text for i in [i for i in filled if kinds[i] in TEXT and i != top[0]][:_SAID])
    told = " " in lines[between[-1]].text and shared(lines[between[-1]].text, words) >= _TOLD
    if len(lines[below].text) >= _DECK and told and (between[-1] == top[0] or shared(lines[top[0]].text, words) <= _UNTOLD):
        return between[-1]  # of a few words
    if all(kinds[i] not in ("head", "sentence") or lines[i].text.count(" ") < LABEL_WORDS for i in between) or lines[top[0]].text.endswith(
        lines[below].text
    ):
        return below
    own = shared(lines[top[0]].text, words)
    said = next((i for i in heads if shared(lines[i].text, words) >= _TOLD), None)
    if said is None or own > _UNTOLD:
        return top[0]
    # right below, it may be a subtitle, unless it has one of its own
    return said if said != top[1] or (own == 0 and heads.index(said) + 1 < len(heads)) else top[0]


def _below_text(filled: Sequence[int], kinds: Sequence[str]) -> int | None:
    """A headline with a byline or date close below and a text, on a page that begins with what is said about it, or that stands below a photo with its caption
    and credit."""
    if [kinds[i] for i in filled[1:4]] == ["credit", "head", "prose"]:
        return filled[2]
    for n, i in enumerate(filled[1:_ABOVE], 1):
        if kinds[i] == "head":
            below = [kinds[j] for j in filled[n + 1 : n + 7]]
            last = max((m for m, kind in enumerate(below) if kind in ("date", "byline")), default=None)
            return i if last is not None and below[last + 1 : last + 2] == ["prose"] and "prose" not in below[:last] else None
    return None


def _holds(text: str, title: str) -> bool:
    """Whether a line is more than the title that it begins or ends with: it names the outlet, or is a path through the site."""
    return text != title and (text.startswith(title) or text.endswith(title))


def stems(texts: Iterable[str]) -> set[str]:
    """The beginnings of the longer words of texts."""
    return {word[:_STEM].casefold() for text in texts for word in _WORD.findall(text)}


def shared(title: str, words: set[str]) -> float:
    """How many of the longer words of a title are among those of a text."""
    own = stems([title])
    return len(own & words) / max(1, len(own))


def title_above(lines: Sequence[Line], kinds: Sequence[str], start: int, names: set[str]) -> int | None:
    """The line of the title above an article: one that bears the title of the page, else one that stands elsewhere on the page, too, else the nearest
    headline; of two headlines in a row the upper one, if the lower is longer: that is a subtitle."""
    above = [i for i in range(start - 1, -1, -1) if kinds[i]]
    first = above[-1] if above else None
    for i in above[:_REACH]:
        key = title_key(lines[i].text)
        if (
            i != first
            and kinds[i] != "furniture"
            and (key in names or (len(key) >= _LONG_TITLE and any(n.startswith(key) or key.startswith(n) for n in names if len(n) >= _LONG_TITLE)))
        ):
            return i
    others = [i for i in above[:_REACH] if i != first]
    if first is not None and (like := _nearest_in_wording(title_key(lines[first].text), lines, kinds, others)) is not None:
        return like
    heads = [i for i in above[:_NEAR] if kinds[i] == "head"]
    if not heads:
        return next((i for i in above[:_NEAR] if kinds[i] == "short" and lines[i].text.count(" ") >= 1), None)
    if first is not None and heads[0] == first:
        return first
    if first is not None and kinds[first] == "head" and page_title(lines[first].text) == lines[first].text:
        between = [i for i in above[:-1] if kinds[i] != "furniture"]
        if len(between) <= _TOP and lines[first].text.count(" ") + 1 >= _TEASER_WORDS:
            return first  # a page that begins with its headline, without the name of the outlet
    words = stems(line.text for line, kind in zip(lines[start : start + 3 * _SAID], kinds[start:], strict=False) if kind in TEXT)
    told = [i for i in heads if shared(lines[i].text, words) >= _TOLD and len(stems([lines[i].text]) & words) >= _TOLD_WORDS]
    told = [i for i in told if not any(_holds(lines[i].text, lines[j].text) for j in told)]
    if told:  # above captions, highlights and the headlines of videos
        heads = heads[heads.index(told[-1]) :]
    # "Jane Roe in Dublin", with the headline above it
    nearest = heads[1] if len(heads) > 1 and _PLACED.fullmatch(lines[heads[0]].text) else heads[0]
    between = [i for i in above if i < nearest][:_SUBTITLE_REACH]
    upper = next((i for i in between if kinds[i] != "furniture"), None)
    if (
        upper is not None
        and kinds[upper] == "head"
        and upper != first
        and (not told or shared(lines[upper].text, words) > _UNTOLD)
        and len(lines[nearest].text) > 1.1 * len(lines[upper].text)
    ):
        return upper
    return nearest


def _nearest_in_wording(title: str, lines: Sequence[Line], kinds: Sequence[str], above: Sequence[int]) -> int | None:
    """The headline of which most words stand in the title of the page, where search engines are told more, or something shorter; of equals the nearest."""
    words = set(title.split())
    best, most = None, _SHARED
    for i in above:
        key = title_key(lines[i].text).split()
        shared = len(words & set(key)) / max(1, len(set(key)))
        if kinds[i] == "head" and len(key) >= _TEASER_WORDS and (shared > most or (best is None and shared == most)):
            best, most = i, shared
    return best


def inner_title(lines: Sequence[Line], kinds: Sequence[str], run: tuple[int, int]) -> int | None:
    """A headline with a byline or date below, inside a stretch of text that begins with teasers: as many headlines as paragraphs stand above it."""
    filled = [i for i in range(run[0], run[1] + 1) if kinds[i]]
    for n, i in enumerate(filled[:-_RESUMES]):
        if kinds[i] == "head" and kinds[filled[n + 1]] in ("byline", "date"):
            above = [kinds[j] for j in filled[:n]]
            texts = sum(kind in TEXT for kind in above)
            alternate = all(a not in TEXT or b not in TEXT for a, b in pairwise(above))
            own = sum(kinds[j] in TEXT for j in filled[n + 2 :])
            if alternate and own >= max(_RESUMES, 2 * texts) and above.count("head") + 1 >= texts and share(lines, kinds, (run[0], i), run) < 0.4:
                return i
    return None


def page_title(first: str) -> str:
    """The title of a page without the name of the outlet behind it."""
    for separator in (" | ", " - ", " – ", " — ", " :: ", " » "):
        head, found, tail = first.rpartition(separator)
        if found and len(tail) < len(head):
            return head
    return first


def section_above(lines: Sequence[Line], kinds: Sequence[str], top: int | None) -> str | None:
    """The section label right above a title, if it is not the last line of a menu."""
    above = [i for i in range((top or 0) - 1, -1, -1) if kinds[i]][:2]
    if (
        not above
        or kinds[above[0]] != "section"
        or (len(above) > 1 and kinds[above[1]] in ("section", "short", "furniture") and not above[0] - above[1] > 1)
    ):
        return None
    return lines[above[0]].text


def share(lines: Sequence[Line], kinds: Sequence[str], part: tuple[int, int], whole: tuple[int, int]) -> float:
    """How much of the text of a stretch stands in the first part of it."""

    def text(a: int, b: int) -> int:
        return sum(len(lines[i].text) for i in range(a, b) if kinds[i] in TEXT)

    return text(*part) / max(1, text(whole[0], whole[1] + 1))
