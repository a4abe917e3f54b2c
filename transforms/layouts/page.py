"""A page as lines, and what all layouts share: cleaning a line, putting a body together, Source, Photo and date lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

_ODD_BLANKS = re.compile(r"[\t\v\f\r\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000 ]+")
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffc]|</?u>")


def clean(text: str) -> str:
    """White space of any kind as single blanks; soft hyphens, zero-width, direction and control characters and stray underline marks removed."""
    if not text.isascii() or "<" in text or not text.isprintable():
        text = _INVISIBLE.sub("", text)
    return _ODD_BLANKS.sub(" ", text).strip(" ")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: `start` and `end` are code points in the raw text, `text` is clean."""

    start: int
    end: int
    text: str

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(slots=True)
class Entry:
    """A story where it stands on a page."""

    block: str
    section: str | None
    start: int
    end: int
    title: str
    body: str = ""
    date_line: str | None = None
    source_line: str | None = None
    photo_line: str | None = None


_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\r?\n(.*?\n)---[ \t]*(?:\r?\n|\Z)", re.DOTALL)


@dataclass
class Page:
    """A page of raw text; its lines do not include the front matter."""

    raw: str
    front_matter: dict[str, str] = field(init=False, default_factory=dict)

    @cached_property
    def lines(self) -> list[Line]:
        offset = 0
        if match := _FRONT_MATTER.match(self.raw):
            offset = match.end()
            for row in match[1].splitlines():
                key, colon, value = row.partition(":")
                if colon and not key.startswith((" ", "-", "#")):
                    self.front_matter[key.strip().lower()] = clean(value).strip("'\"")
        result = []
        for raw in self.raw[offset:].split("\n"):
            text = clean(raw)
            lead = len(raw) - len(raw.lstrip()) if text else 0
            result.append(Line(offset + lead, offset + lead + len(raw.strip()) if text else offset, text))
            offset += len(raw) + 1
        return result


_BULLET = re.compile(r"(?:[-•*▪◦●–·]|o|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+(?=\S)")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+")
_SOURCE = re.compile(r"(?:sources?)\s*[:：]\s*(?=\S)", re.IGNORECASE)
_PHOTO = re.compile(r"(?:photos?|images?|pictures?|photo credits?|image credits?)\s*[:：]\s*(?=\S)|photo by\s", re.IGNORECASE)
_CLICK = re.compile(r"\s*\((?:click|tap)\b[^()]{0,60}\)\.?\s*$", re.IGNORECASE)
_WRAPPED = 100  # lines of a hard-wrapped page are no longer
MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s{MONTH}\.?,?\s\d{{4}}|\b{MONTH}\.?\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}|\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}\b"
)
_DATELINE = re.compile(r"[A-Z][\w .’'/-]{1,40},\s(?P<date>[^,–—]{4,30}?\d{4})\s?[-–—]\s")


def is_date_line(text: str) -> bool:
    """Whether a line holds a date and little else: "May 24, 2023", "Published 14:30 GMT, 3 March 2025", "By Jane Doe, 12 May 2020"."""
    if len(text) > 90:
        return False
    match = _DATE.search(text)
    return match is not None and len(text) - len(match[0]) <= 50 and not re.search(r"[a-z]{3,}[.!?]$", text)


def is_byline(text: str) -> bool:
    return (
        len(text) <= 80 and re.match(r"(?:by|written by|reporting by|from|author)\b[: ]", text, re.IGNORECASE) is not None and not text.endswith(".")
    )


def compose(lines: Sequence[Line], entry: Entry) -> Entry:
    """Fills `entry` from the lines below its title: paragraphs, list items, and the Source, Photo and date lines, which are no part of the body."""
    wrapped = is_wrapped(lines)
    paragraphs: list[str] = []
    joins = False  # whether the next line goes on with the last paragraph
    for line in lines:
        text = line.text
        if not text:
            joins = False
            continue
        if match := _SOURCE.match(text):
            if entry.source_line is None and match.end() < len(text):
                entry.source_line = text
                joins = False
                continue
        elif _PHOTO.match(text) and len(text) < 600:
            if entry.photo_line is None:
                entry.photo_line = text
            joins = False
            continue
        if not paragraphs and (is_date_line(text) or is_byline(text)):
            if entry.date_line is None and is_date_line(text):
                entry.date_line = text
            continue
        if re.fullmatch(r"[#*_=\-–—.• ]+", text):
            joins = False
            continue
        bullet = _BULLET.match(text)
        if bullet is not None and not re.match(r"\d+\.\s[a-z]", text):
            item = "- " + text[bullet.end() :]
            if paragraphs and (paragraphs[-1].endswith(":") or paragraphs[-1].rpartition("\n")[2].startswith("- ")):
                paragraphs[-1] += "\n" + item
            else:
                paragraphs.append(item)
            joins = wrapped
        elif joins and wrapped:
            paragraphs[-1] += " " + text
        else:
            paragraphs.append(_MARKDOWN_HEADING.sub("", text))
            joins = wrapped
    if paragraphs:
        paragraphs[-1] = _CLICK.sub("", paragraphs[-1])
        if entry.date_line is None and (dateline := _DATELINE.match(paragraphs[0])):
            entry.date_line = dateline["date"]
    entry.body = "\n\n".join(p for p in paragraphs if p)
    return entry


def is_wrapped(lines: Sequence[Line]) -> bool:
    """Whether paragraphs are broken into lines: hardly any line is long, and most lines that are followed by another end in mid-sentence."""
    texts = [line.text for line in lines]
    if sum(len(t) > _WRAPPED for t in texts) > 0.05 * sum(map(bool, texts)):
        return False
    followed = [a for a, b in zip(texts, texts[1:], strict=False) if a and b]
    return len(followed) >= 2 and sum(not a.endswith((".", "!", "?", ":", "”", '"')) and len(a) > 40 for a in followed) >= 0.6 * len(followed)
