"""What kind of line a line is: running text, a headline, or one of the labels of `page_labels.csv`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

import polars as pl

from transforms.layouts.fragments import join
from transforms.layouts.page import BULLET, Page, is_byline, is_credit, is_date_line
from transforms.lexicon import Lexicon

# What stands before a colon, a bar or a dash, and before a colon alone, and a headline behind: a link to another story.
INLINE_CUES = (
    "read more", "read also", "read next", "also read", "see also", "also see", "related", "more", "don['’]t miss", "must read", "recommended",
    "explainer", "in case you missed it", "previous", "prev", "next", "go deeper", "further reading", "keep reading", "related coverage",
)  # fmt: skip
INLINE_WORDS = ("see", "also", "read", "watch", "listen", "plus", "trending", "up next", "dive deeper", "dig deeper")
_SENTENCE_END = re.compile(r"[.!?…][\"”’'`»)\]]*$")
_ABBREVIATION_END = re.compile(r"\b(?:[A-Z]\.){2,}$|\b(?:Inc|Ltd|Co|Corp|Jr|Sr)\.$")
_INLINE = re.compile(
    rf"(?:(?:{'|'.join(INLINE_CUES)})(?: on this| stories| articles| post| article| story| here| now)?\s*[:|–—»-]|(?:{'|'.join(INLINE_WORDS)})\s*:)"
    r"\s*(?P<title>\S.*?)(?P<about>\s*\([^()]{3,40}\))?$",
    re.IGNORECASE,
)
# A label that names its topic, where headlines follow: "More on the bay", "Latest from Nairobi", "Most viewed in all sections".
_TOPICAL = re.compile(
    r"(?:(?:read|see|view|even) )?more (?:on|from|in|about|by|news|stories|articles|headlines|coverage|top|must-)\b"
    r"|(?:latest|recent|top|other|related|popular|trending|recommended|featured) (?:[\w-]+ )?(?:news|stories|articles|posts|headlines|videos|content|coverage|reports)\b"
    r"|(?:latest|trending|popular|also|elsewhere) (?:in|on|from|at|by)\b|in other news\b|(?:most|best) (?:read|popular|viewed|shared|commented|watched|emailed)\b"
    r"|(?:you|readers) (?:may|might|could|also|will)\b.* (?:like|love|enjoy|miss|missed|read|interested)\b|what (?:else|others|readers|people)\b.* read"
)
_TOPICAL_BLOCKS = (
    (("most", "top", "popular", "trending", "best"), "popular"),
    (("latest", "recent", "other", "in other"), "listing"),
    (("featured",), "editors_choice"),
)
_TOPICAL_LINE = 60
_COUNTED = re.compile(r"(?:list|item|slide|card|story) \d+ of \d+:? (?=\S)", re.IGNORECASE)  # for screen readers
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
_GOES_TO = re.compile(
    r"(?<=[.!?”\"’]) (?:full story|read more|continue reading|more|\[(?:\.\.\.|…)\])\s*[»>→]*$", re.IGNORECASE
)  # behind the text of a teaser
_FORM_LINES = 3
_PITCH = 160  # characters
_TITLE = 18  # characters of one
_MARKED = re.compile(r"\([\w ]{2,20}\) [^\W\d_a-z]")  # "(LEAD) Two ships held off the coast"
_LISTED = re.compile(r"[^.!?:;]+\??[\"”’')]?")
_EDGES = " \t:»›>|·•*-–—.…«‹<()[]+#/,!?→←▼▲"
_BARS = re.compile(r"\s*[|•·»›]\s+|\s[/>]\s|\s{2,}")
_FIGURES = re.compile(r"[\d.,()\s]+")
# A line of 120 characters is text, unless it may be a long headline: one without any full stop.
_AGO = re.compile(r"\b(?:\d{1,2}|an?) ?(?:h|hrs?|hours?|m|mins?|minutes?|d|days?|weeks?|months?|years?) ago$", re.IGNORECASE)
_AGO_LINE = 60
_TWICE = 80
_LONG = 120
_HEADLINE = 220
_NOTICE = 260
_QUESTION = 100  # a question of that length may be a headline
_REMEMBERED = 50_000

TEXT = frozenset({"prose", "sentence", "item"})


class Labels:
    """Tells the kind of a line, and remembers it: menus come back on every page of an outlet.

    Kinds: prose (a paragraph), sentence (a short one), item (of a list), head (may be a headline), inline ("Read more: a headline"), date, byline,
    credit (Source: or Photo:), heading, section, external, comments, furniture (see `schemas.reference.page_labels`), short (anything else)."""

    def __init__(self, lexicon: Lexicon) -> None:
        rows = lexicon.frame("page_labels")
        self._whole: dict[str, str] = {label: kind for label, kind in rows.select("label", "kind").iter_rows() if kind not in ("lead", "notice")}
        self._blocks: dict[str, str] = dict(rows.filter(kind="heading").select("label", "block").iter_rows())
        # furniture of three words or more is nothing else if more words follow
        leads = rows.filter(
            (pl.col("kind") == "lead") | ((pl.col("kind") == "furniture") & (pl.col("label").str.count_matches(" ", literal=True) >= 2))
        )
        # plain prefixes and substrings first: they cost a tenth of what the regular expression for the word's end does
        self._leads = tuple(leads["label"].to_list())
        self._lead = re.compile(r"(?:" + "|".join(re.escape(p) for p in sorted(self._leads, key=len, reverse=True)) + r")(?!\w)")
        self._notices = rows.filter(kind="notice")["label"].to_list()
        self._noticed: dict[str, bool] = {}  # of the lines of the last pages looked at
        self.kind: Callable[[str, bool], str] = lru_cache(_REMEMBERED)(self._kind)

    def kinds(self, page: Page) -> list[str]:
        """The kind of each line of a page; "" for a blank one."""
        if page.kinds is None:
            page.kinds = [
                ("prose" if len(text) > _NOTICE else self.kind(text, self._is_noticed(text))) if (text := line.text) else "" for line in page.lines
            ]
            _mark_lists(page, page.kinds)
            _mark_topical(page, page.kinds)
            _mark_forms(page, page.kinds)
            _mark_captions(page, page.kinds)
            _mark_dated_heads(page, page.kinds)
        return page.kinds

    def mend(self, page: Page) -> None:
        """Joins the lines of a page whose sentences a tool has broken into pieces."""
        if page.is_wrapped:
            return
        first = next((line.text for line in page.lines if line), "")
        page.lines = join(page.lines, self._is_label, lambda text: len(text) >= _TITLE and first.startswith(text))

    def _is_label(self, text: str) -> bool:
        key = _key(text)
        return not key or key in self._whole or _FIGURES.sub(" ", key).strip(_EDGES) in self._whole

    def block(self, text: str) -> str | None:
        """The block that a heading opens."""
        key = _key(text)
        if key in self._blocks or not _TOPICAL.match(key):
            return self._blocks.get(key)
        return next((block for words, block in _TOPICAL_BLOCKS if key.startswith(words)), "related")

    def look_for_notices(self, pages: list[Page]) -> None:
        """Looks for notices in the lines of all pages at once, which takes a fraction of the time that line by line takes."""
        texts = list(dict.fromkeys(line.text for page in pages for line in page.lines if 0 < len(line.text) <= _NOTICE))
        lines = pl.Series("line", texts, dtype=pl.String).to_frame()
        patterns = sorted({notice.replace("'", mark) for notice in self._notices for mark in "'’"})
        found = lines.filter(pl.col("line").str.contains_any(patterns, ascii_case_insensitive=True))
        noticed = set(found["line"].to_list())
        self._noticed = {text: text in noticed for text in texts}

    def _is_noticed(self, text: str) -> bool:
        noticed = self._noticed.get(text)
        return any(notice in _key(text) for notice in self._notices) if noticed is None else noticed

    def _kind(self, text: str, noticed: bool) -> str:
        key = _key(text)
        if not key:
            return "furniture"
        half, twice, again = key.partition(" " + key[: len(key) // 2]) if len(key) % 2 and len(key) <= _TWICE else (key, "", "")
        if twice and not again and half == twice[1:]:  # for the eye and for the screen reader: "Post a comment Post a comment"
            key = half
        if len(key) <= 45 and (whole := self._whole.get(key)):
            return whole
        if is_date_line(text):
            return "date"
        if len(key) <= 45 and (whole := self._whole.get(_FIGURES.sub(" ", key).strip(_EDGES))):
            return whole
        if is_credit(text):
            return "credit"
        if is_byline(text):
            return "byline"
        if len(text) <= _HEADLINE and (inline := _INLINE.match(text)):
            return "inline" if inline["title"].count(" ") >= 3 else "furniture"
        if len(text) <= _AGO_LINE and text.endswith("ago") and _AGO.search(text):
            return "furniture"
        if (len(text) <= _LONG and key.startswith(self._leads) and self._lead.match(key)) or noticed:
            return "furniture"
        if BULLET.match(text):
            return "item"
        if len(text) <= _LONG and self._is_menu(text):
            return "furniture"
        return _shape(text)

    def _is_menu(self, text: str) -> bool:
        """Whether a line is several labels in a row: "News Articles Interviews", "About us | Contact | Archive"."""
        parts = [part for part in _BARS.split(text) if part]
        if len(parts) >= 3:
            return max(map(len, parts)) <= 30 and not _SENTENCE_END.search(text)
        return all(word in self._whole for word in _key(text).split())

    def headline(self, text: str) -> str:
        """The headline in a line of kind head or inline: without what leads to it, and without the number or mark of a list."""
        if match := _INLINE.match(text):
            return str(match["title"])
        mark = BULLET.match(text) or _COUNTED.match(text)
        return text[mark.end() :] if mark else text


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
            elif (under or i in page.links) and not listed[:1].islower() and len(listed) <= _LONG:
                kinds[i] = "head"
        elif kind:
            announced = page.lines[i].text.endswith(":") and kind != "heading"
            under = kind == "heading" or (under and kind in ("head", "inline", "short", "date", "furniture", "credit"))


def _mark_forms(page: Page, kinds: list[str]) -> None:
    """The lines above a form that ask for a subscription are no text: "The morning briefing", "Five stories before breakfast.", "Your email"."""
    filled = [i for i, kind in enumerate(kinds) if kind]
    for n, i in enumerate(filled):
        if kinds[i] != "furniture" or _FORM.fullmatch(_key(page.lines[i].text)) is None:
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
    filled = [i for i, kind in enumerate(kinds) if kind]
    if not filled:
        return
    if kinds[filled[0]] == "inline":
        kinds[filled[0]] = "head"
    for i, below, behind in zip(filled, filled[1:], [*filled[2:], filled[-1]], strict=False):
        if kinds[below] == "head" and page.lines[i].text.endswith(":") and _key(page.lines[i].text) in _SENDERS:
            kinds[below] = "short"
        elif (
            kinds[i] in ("short", "head", "sentence")
            and (kinds[below] in ("head", "inline") or (kinds[below] in ("section", "short") and kinds[behind] == "head"))
            and i != filled[0]
            and len(page.lines[i].text) <= _TOPICAL_LINE
            and _TOPICAL.match(_key(page.lines[i].text))
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


def _may_be_head(text: str) -> bool:
    return len(text) <= _HEADLINE and not _SENTENCE_END.search(text) and not text.endswith((":", ";", ","))


def _shape(text: str) -> str:
    blanks = text.count(" ") - text.count(" & ")
    text = _GOES_TO.sub("", text.rstrip(" ■□◼▪●"))
    ends = _SENTENCE_END.search(text) is not None and _ABBREVIATION_END.search(text) is None
    if len(text) >= _LONG:  # so long a line that ends with "the U.S." is a sentence
        return (
            "head"
            if len(text) <= _HEADLINE and _SENTENCE_END.search(text) is None and ". " not in text and not text.endswith((":", ";", ","))
            else "prose"
        )
    if text.endswith("?") and blanks >= 3 and len(text) <= _QUESTION and ". " not in text and text[0] not in "“\"'‘":
        return "head"
    if ends and blanks >= 6 and len(text) >= 45:
        return "prose"
    if (ends and blanks >= 2) or (text.endswith((":", ";", ",")) and blanks >= 3):
        return "sentence"
    return "head" if blanks >= 3 and len(text) >= 18 and (text[0] not in "@#(" or _MARKED.match(text)) else "short"


def _key(text: str) -> str:
    return text.strip(_EDGES).casefold().replace("’", "'")
