"""What kind of line a line is: running text, a headline, or one of the labels of `page_labels.csv`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import polars as pl

from transforms.layouts.fragments import join, parted
from transforms.layouts.neighbours import mark
from transforms.layouts.page import BULLET, DATE_FORMS, Page, is_byline, is_credit, is_date_line
from transforms.layouts.wording import (
    AGO,
    BESIDE,
    CLOCK,
    DURATION,
    EDGES,
    HEADLINE,
    INLINE_CUES,
    INLINE_WORDS,
    LONG,
    NOTICE,
    SENTENCE_END,
    TOPICAL,
    label_key,
)
from transforms.lexicon import Lexicon

_ABBREVIATION_END = re.compile(r"\b(?:[A-Z]\.){2,}$|\b(?:Inc|Ltd|Co|Corp|Jr|Sr)\.$")
_INLINE = re.compile(
    rf"[►▶▸➤→»•◆☛✔\s]*(?:(?:{'|'.join(INLINE_CUES)})(?: on this| stories| articles| post| article| story| here| now)?\s*[:|–—»-]|(?:{'|'.join(INLINE_WORDS)})\s*:)"
    r"\s*(?P<title>\S.*?)(?P<about>\s*\([^()]{3,40}\))?$",
    re.IGNORECASE,
)
# The same without a mark: "See also Two ships held off the coast", "Previous post Two ships …".
_LED = re.compile(
    r"(?:(?:(?:see|read) also|also (?:read|see))\s|(?:previous|next) (?:post|article|story|news))\s*(?P<title>(?-i:[A-Z\d“‘\"'])(?:\S*\s+){3,}\S+)$",
    re.IGNORECASE,
)
_TOPICAL_BLOCKS = (
    (("most", "top", "popular", "trending", "best"), "popular"),
    (("latest", "recent", "other", "in other"), "listing"),
    (("featured",), "editors_choice"),
)
_COUNTED = re.compile(r"(?:list|item|slide|card|story) \d+ of \d+:? (?=\S)", re.IGNORECASE)  # for screen readers
_GOES_TO = re.compile(
    r"(?<=[.!?…”\"’]) ?(?:full story|read more|continue reading|(?<= )more|\[(?:\.\.\.|…)\])\s*[»>→]*$", re.IGNORECASE
)  # behind the text of a teaser
_TITLE = 18  # characters of one
_MARKED = re.compile(r"\((?!END\b)[\w. ]{2,20}\) [^\W\d_a-z]")  # "(LEAD) Two ships held off the coast"
_BARS = re.compile(r"\s*[|•·»›]\s+|\s[/>]\s|\s{2,}")
_FIGURES = re.compile(r"[\d.,()\s]+")
_AGO_LINE = 60
_CRUMBS = re.compile(r"Home\b.{0,60} [Pp]age \d+|[^.!?>»›]{2,40}(?: [>»›] [^.!?>»›]{2,40})+")  # "Home > World > Asia"
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_GLUED = re.compile(r"\b(?=\w{14})\w*[a-zß-ÿ][A-ZÀ-Þ][a-zß-ÿ]\w*")  # labels of a menu that have lost the blanks between them
_JOINTS = re.compile(r"[a-zß-ÿ®]{2}[A-ZÀ-Þ][a-zß-ÿ]{2}")  # the same, where the labels are short
_MOST_JOINTS = 2
_BESIDE_ENDS = (" article", " post", " story")
_BESIDE = re.compile(r"(?P<title>.{20,}[\w.?!’”)])(?:Previous|Next) (?:article|post|story)$")  # links that have lost it
_COLLECTED = re.compile(
    r"[-*] (?:https?|(?:url|link|domain|scraped|fetched|http status|rss feed)\b[^:]{0,10}):", re.IGNORECASE
)  # what a collector noted
_FULL = re.compile(
    r"(?:[Rr]ead|[Ss]ee|[Ww]atch|[Vv]iew|[Dd]ownload) (?:the |his |her |our )?[^.!?]{0,40}\b[Ff]ull (?:statement|report|text|story|article|speech|interview)"
)
_DIGITS = "0123456789"
_NO_STOP = frozenset(";:!?…")
# "25 Nov 2023 - Articles, News, Service"
_FILE = re.compile(r".{1,80}\.[a-z0-9]{3,4} ?\(\d+(?:[.,]\d+)? ?[KM]B\)", re.IGNORECASE)  # a name and its size
_FILED = re.compile(rf"(?:{DATE_FORMS}) ?[-–|·•] ?[^.!?,]{{2,25}}(?:, ?[^.!?,]{{2,25}})+$", re.IGNORECASE)
_STAMP = re.compile(
    r"(?:[©Ⓒ]|\(c\)|copyright).{0,12}\b(?:19|20)\d\d\b|^(?:last )?(?:updated|modified|published|posted)\b.{0,25}\b\d{1,2}[:.]\d\d\b", re.IGNORECASE
)  # without a year
_TAGGED = re.compile(r"^\[[^\[\]]{2,30}\] | \(link\)$")  # around the headline of an item
_ADDRESSED = re.compile(r"\b(?:you|your|us|we|our)\b", re.IGNORECASE)  # readers are
_TWICE = 80
_POINTER = 80  # characters of a line that names an address
_ARROWS = " ←→«»‹›►▶"  # around links to the story before and after
_STOP = re.compile(r"[\w”\"’][^\W\dA-Z][”\"’)]?\. ")  # but not "U.S. "
_QUESTION = 100  # a question of that length may be a headline
_REMEMBERED = 50_000


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
                (_long(text) if len(text) > NOTICE else self.kind(text, self._is_noticed(text))) if (text := line.text) else "" for line in page.lines
            ]
            mark(page, page.kinds)
        return page.kinds

    def mend(self, page: Page) -> None:
        """Joins the lines of a page whose sentences a tool has broken into pieces."""
        if page.is_wrapped:
            return
        page.lines = parted(page.lines)
        first = next((line.text for line in page.lines if line), "")
        page.lines = join(page.lines, self._is_label, lambda text: len(text) >= _TITLE and first.startswith(text))

    def _is_label(self, text: str) -> bool:
        key = label_key(text)
        return not key or key in self._whole or _FIGURES.sub(" ", key).strip(EDGES) in self._whole

    def block(self, text: str) -> str | None:
        """The block that a heading opens."""
        key = label_key(text)
        if CLOCK.fullmatch(key):
            return "listing"
        if key in self._blocks or not TOPICAL.match(key):
            return self._blocks.get(key)
        return next((block for words, block in _TOPICAL_BLOCKS if key.startswith(words)), "related")

    def look_for_notices(self, pages: list[Page]) -> None:
        """Looks for notices in the lines of all pages at once, which takes a fraction of the time that line by line takes."""
        texts = list(dict.fromkeys(line.text for page in pages for line in page.lines if 0 < len(line.text) <= NOTICE))
        lines = pl.Series("line", texts, dtype=pl.String).to_frame()
        patterns = sorted({notice.replace("'", mark) for notice in self._notices for mark in "'’"})
        found = lines.filter(pl.col("line").str.contains_any(patterns, ascii_case_insensitive=True))
        noticed = set(found["line"].to_list())
        self._noticed = {text: text in noticed for text in texts}

    def _is_noticed(self, text: str) -> bool:
        noticed = self._noticed.get(text)
        return any(notice in label_key(text) for notice in self._notices) if noticed is None else noticed

    def _kind(self, text: str, noticed: bool) -> str:
        key = label_key(text)
        if not key or _ADDRESS.match(text) or ("www." in text and len(text) <= _POINTER and text[0] != "-" and not SENTENCE_END.search(text)):
            return "furniture"
        half, twice, again = key.partition(" " + key[: len(key) // 2]) if len(key) % 2 and len(key) <= _TWICE else (key, "", "")
        if twice and not again and half == twice[1:]:  # for the eye and for the screen reader: "Post a comment Post a comment"
            key = half
        if len(key) <= 45 and (whole := self._whole.get(key)):
            return whole
        if is_date_line(text):
            return "date"
        if len(key) <= 45 and (whole := self._whole.get(_FIGURES.sub(" ", key).strip(EDGES))):
            return whole
        if text.endswith("B)") and _FILE.fullmatch(text):
            return "furniture"
        if text[0] in _DIGITS and _FILED.match(text):
            return "furniture"
        if is_credit(text):
            return "credit"
        if is_byline(text):
            return "byline"
        if len(text) <= HEADLINE and (inline := _linked(text)):
            return "inline" if inline["title"].count(" ") >= 3 else "furniture"
        if len(text) <= _AGO_LINE and ((text.endswith(("ago", "read")) and AGO.search(text)) or (text[0].isdigit() and DURATION.fullmatch(text))):
            return "furniture"
        if (len(text) <= LONG and key.startswith(self._leads) and self._lead.match(key)) or noticed:
            return "furniture"
        if len(text) <= _AGO_LINE and _STAMP.search(text):
            return "furniture"
        if text[0] in "RrSsWwVvDd" and len(text) <= _POINTER and _FULL.fullmatch(text):
            return "furniture"
        if text.endswith(_BESIDE_ENDS) and _BESIDE.match(text):
            return "inline"
        if BULLET.match(text):
            return "short" if _COLLECTED.match(text) else "item"
        if len(text) <= LONG and not TOPICAL.match(key) and (self._is_menu(text) or _CRUMBS.fullmatch(text)):
            return "furniture"
        if (len(text) <= LONG and len(_GLUED.findall(text)) > 1) or len(_JOINTS.findall(text)) > _MOST_JOINTS:
            return "furniture"
        return _shape(text)

    def _is_menu(self, text: str) -> bool:
        """Whether a line is several labels in a row: "News Articles Interviews", "About us | Contact | Archive"."""
        parts = [part for part in _BARS.split(text) if part]
        if len(parts) >= 3:
            return max(map(len, parts)) <= 30 and not SENTENCE_END.search(text)
        words = label_key(text).split()
        if words[-1][0] in _DIGITS and {"furniture"} == {self._whole.get(word) for word in words if word[0] not in _DIGITS}:
            return True  # what was shared how often
        return all(word in self._whole for word in words) or (len(parts) > 1 and all(map(self._is_label, parts)))

    def headline(self, text: str, is_link: bool = False) -> str:
        """The headline in a line of kind head or, then it is a link, inline: without what leads to it, and without arrows, the number or mark of a list."""
        item = BULLET.match(text)
        text = text.strip(_ARROWS).lstrip("-–— ") or text
        if match := _linked(text) or _BESIDE.match(text) or (BESIDE.match(text) if is_link else None):
            return str(match["title"])
        mark = BULLET.match(text) or _COUNTED.match(text)
        text = text[mark.end() :] if mark else text
        return _TAGGED.sub("", text) if item else text


def _linked(text: str) -> re.Match[str] | None:
    bare = text.lstrip(_ARROWS)
    return _INLINE.match(bare) or _LED.match(bare)


def _long(text: str) -> str:
    """A menu whose labels stand in one line has no stop and no comma."""
    return "prose" if "." in text or "," in text or not _NO_STOP.isdisjoint(text) else "furniture"


def _shape(text: str) -> str:
    blanks = text.count(" ") - text.count(" & ")
    text = _GOES_TO.sub("", text.rstrip(" ■□◼▪●→") or text)
    ends = SENTENCE_END.search(text) is not None and _ABBREVIATION_END.search(text) is None
    if len(text) >= LONG:  # so long a line that ends with "the U.S." is a sentence
        return (
            "head"
            if len(text) <= HEADLINE and SENTENCE_END.search(text) is None and ". " not in text and not text.endswith((":", ";", ","))
            else "prose"
        )
    called = text.endswith("?") or (text[-1] == "!" and _ADDRESSED.search(text) is None)
    if called and blanks >= 3 and len(text) <= _QUESTION and _STOP.search(text) is None and text[0] not in "“\"'‘":
        return "head"
    if ends and blanks >= 6 and len(text) >= 45:
        return "prose"
    if (ends and blanks >= 2) or (text.endswith((":", ";", ",")) and blanks >= 3):
        return "sentence"
    return "head" if blanks >= 3 and len(text) >= 18 and (text[0] not in "@#(" or _MARKED.match(text)) else "short"
