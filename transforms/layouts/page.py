"""A page as lines, and what all layouts share: cleaning a line, putting a body together, Source, Photo and date lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from transforms.layouts import front_matter
from transforms.layouts.cleaning import clean

# What parts lines in a page that kept its HTML, and what in it is never read.
_BREAKS = re.compile(r"</(?:p|h\d|div|li|ul|ol|tr|blockquote|figcaption|title|header|article|section)>|<(?:br|hr)\s*/?>", re.IGNORECASE)
_UNREAD = re.compile(r"<(script|style|noscript|svg|nav|footer|form|iframe)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)

# Style sheets, scripts and data for machines that have lost their tags: no such line is without one of these signs, and none is text.
CODE_SIGNS = ("{", "}", "px;", "!important", "\nvar ", "\nconst ", "\nfunction", "\nwindow.", "\ndocument.", "\n@import", "\n@media")
_STYLE = re.compile(r"\{\s*(?:[a-z-]{3,}\s*:|[^{}]{0,200}\{\s*[a-z-]{3,}\s*:)|^[.#@\w][\w .#:,>()*-]{0,200}\{$")  # ".menu a { color: red }"
_SCRIPT = re.compile(
    r"(?:(?:var|const) [\w$]+\s*=|[!(;]*function\b[\w\s]*\(|(?:window|document)\.\w[\w.]*\s*[=(\[]|@(?:import|media)\b"
    r"|[a-z-]{3,}\s*:[^.:]*(?:\dpx|!important)\s*;|\{\{[^{}]*\}\}$|[{}()\[\];,\s]+$|[\[{\s]*\"@(?:context|type|graph)\"\s*:)"
)


def _is_code(text: str) -> bool:
    return (text[-1] in "{};" and _STYLE.search(text) is not None) or _SCRIPT.match(text) is not None


class Line(NamedTuple):
    """A line of a page: `start` and `end` are code points in the raw text, `text` is clean."""

    start: int
    end: int
    text: str

    def __bool__(self) -> bool:
        return bool(self.text)


BLANK = Line(0, 0, "")  # wherever it stands


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


_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s\"[^\"]*\")?\)")
_NUMBERED = re.compile(r"\[\d{1,3}\](?=\w)")
_GLUED_ON = re.compile(r"(?:\.\.\.|…|\[…\])(?P<title>[“‘\"']?[A-Z](?:[^.!?…]|\b[A-Z]\.){20,150})$")
_GLUED_LINES = 3
_FENCE = re.compile(r"(?:`{3,}|~{3,})\w*")
_MARKDOWN = ("](http", "](/", "](#", "\n## ", "\n### ")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])")
_LEADING = re.compile(r"(?:>\s*)*(?:#{1,6}\s+(?=[^\s#]))?")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_]{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w*_])")


@dataclass
class Page:
    """A page of raw text; its lines do not include the front matter."""

    raw: str
    front_matter: dict[str, str] = field(init=False, default_factory=dict)
    kinds: list[str] | None = field(init=False, default=None)  # of its lines, once `Labels.kinds` was asked
    links: set[int] = field(init=False, default_factory=set)  # the lines that are an item of a list and nothing but a link, in markdown
    headline: str | None = field(init=False, default=None)  # the first heading of the first level, in markdown or HTML

    @cached_property
    def lines(self) -> list[Line]:
        self.front_matter, offset = front_matter.split(self.raw)
        body = self.raw[offset:].replace("\xa0", " ")
        if "</" in body or "<br" in body:  # lengths stay, so that offsets do
            body = _BREAKS.sub(_break, _UNREAD.sub(_blank, body))
        if "[2]" in body:  # lynx numbers the links of a page
            body = _NUMBERED.sub(_blank, body)
        markdown = bool(self.front_matter.keys() - {"date"}) or any(sign in body for sign in _MARKDOWN) or body.count("\n# ") > 1
        above = "\n" + body.lstrip()
        code = any(sign in above for sign in CODE_SIGNS)
        result: list[Line] = []
        for raw in body.split("\n" if "\n" in body else "\r"):
            text = raw.strip()
            if text and not (text[0] in "`~" and _FENCE.fullmatch(text)) and not (code and _is_code(text)):
                start = offset + raw.index(text[0])
                if markdown:
                    if "](" in text and _LISTED_LINK.fullmatch(text):
                        self.links.add(len(result))
                    elif text[:2] == "# " and self.headline is None:
                        self.headline = clean(_plain(text))
                elif text[:3] == "<h1" and self.headline is None:
                    self.headline = clean(text)
                if "://" in text and (listed := _LISTED_ADDRESS.fullmatch(text)):
                    text = listed[1]
                    self.links.add(len(result))
                result.append(Line(start, start + len(text), clean(_plain(text) if markdown else text)))
            else:
                result.append(BLANK)
            offset += len(raw) + 1
        return _unglued(result) if not self.links and ("..." in body or "…" in body) else result

    @cached_property
    def is_wrapped(self) -> bool:
        """`is_wrapped` of its lines."""
        return is_wrapped(self.lines)


def _unglued(lines: list[Line]) -> list[Line]:
    """The lines with the headlines that stand right behind the cut end of the text above ("… officials said on ...Nets found off the coast") on their own,
    where there are several."""
    found = {i: match for i, line in enumerate(lines) if line.text and (match := _GLUED_ON.search(line.text))}
    if len(found) < _GLUED_LINES:
        return lines
    result: list[Line] = []
    for i, line in enumerate(lines):
        if match := found.get(i):
            middle = line.end - len(match["title"])
            result += [Line(line.start, middle, line.text[: match.start("title")]), BLANK, Line(middle, line.end, match["title"])]
        else:
            result.append(line)
    return result


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _break(match: re.Match[str]) -> str:
    return "\n" + " " * (len(match[0]) - 1)


def _plain(text: str) -> str:
    """A line of markdown without its marks; links that go on in the next line stay. An image alone is nothing."""
    if text[0] in ">#":
        text = text[_LEADING.match(text).end() :]  # type: ignore[union-attr]
    if text[:2] == "![" and _LINK.fullmatch(text):
        return ""
    for _ in range(2):  # images inside links
        text = _LINK.sub(r"\1", text) if "](" in text else text
    text = _ESCAPED.sub(r"\1", text) if "\\" in text else text
    return _EMPHASIS.sub(r"\2", text) if "*" in text or "_" in text else text


BULLET = re.compile(r"(?:[-•*▪◦●–·‣■]|o|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+(?=\S)")
_LISTED_LINK = re.compile(rf"{BULLET.pattern}(?:{_LINK.pattern})")
_LISTED_ADDRESS = re.compile(rf"({BULLET.pattern}.*\S)\s+https?://\S+")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+")
_SOURCE = re.compile(r"sources?\s*[:：]\s*\S", re.IGNORECASE)
_PHOTO = re.compile(
    r"(?:photos?|images?|pictures?|caption|(?:photo|image|picture|file photo) (?:credits?|courtesy|source))\s*[:：]\s*\S|photo (?:by|courtesy of)\s",
    re.IGNORECASE,
)
_CLICK = re.compile(r"\s*\(?\b(?:click|tap)\b[^().]{0,60}\b(?:read|see|view|find|full|more|continue)\b[^().]{0,40}\)?\.?\)?\s*$", re.IGNORECASE)
_INVITATION = 130  # characters at the end of a text in which an invitation to click is looked for
_RULE = re.compile(r"(?:[#*_=\-–—.•~| ]+|-30-|\(?ends?\)?)", re.IGNORECASE)
LONGEST_TITLE = 300  # characters
_WRAPPED = 100  # lines of a hard-wrapped page are no longer
MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
DATE_FORMS = (
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?:\sof)?\.?[\s-]{MONTH}\.?,?[\s-]\d{{4}}\b"
    rf"|\b{MONTH}\.?\s\d{{1,2}}(?:st|nd|rd|th)?(?:,\s?|\s)(?:\d\d:\d\d(?::\d\d)?\s)?\d{{4}}(?:\b|\d?\d:\d\d)"
    r"|\b\d{4}[-/.]\d{2}[-/.]\d{2}|\b\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{4}\b"
)
DATE = f"(?i){DATE_FORMS}"
_DATE = re.compile(DATE)
_DATED = re.compile(r"\d{4}")
DATELINE = (
    r"^[A-Z][\w .’'/-]{1,40}(?:\([^()]{1,20}\)\s)?(?:,\s|,\s[A-Z][\w ]{2,30}\s[-–—]\s|\s[-–—]\s)([^,–—]{4,30}?\d{4}|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4})"
    r"(?:\s?[-–—]|,?\s?[(\[/][^()\[\]/]{2,25}[)\]/]\s?[-–—:.]*|\s?:)\s"
)
_DATELINE = re.compile(DATELINE)
DATE_LINE = 90  # a date line is no longer
DATE_REST = 50  # and holds no more than this besides the date,
DATE_REST_ALONE = 25  # or this where nothing says that it is that of the page
# What tells that the date is that of the page.
DATE_SAYS = r"(?i)^(?:by|posted|published|updated|last|created|first|date|written|release|issued|from|on)\b|[|•·]|\d:\d\d"
_DATE_SAYS = re.compile(DATE_SAYS)
_SENTENCE = re.compile(r"[a-z]{3,}[.!?]$")


def is_date_line(text: str) -> bool:
    """Whether a line holds a date and little else: "May 24, 2023", "Published 14:30 GMT, 3 March 2025", "By Jane Doe, 12 May 2020"."""
    if len(text) > DATE_LINE or _DATED.search(text) is None:
        return False
    match = _DATE.search(text)
    if match is None or _SENTENCE.search(text):
        return False
    rest = len(_DATE.sub("", text))
    # more than a few words beside the date make a caption or a headline, unless they say that the date is that of the page
    return rest <= DATE_REST_ALONE or (rest <= DATE_REST and _DATE_SAYS.search(text) is not None)


BYLINE = (
    r"(?i)^(?:by|(?:written|edited|compiled|reported|translated|produced|story|text|words) by|(?:additional )?(?:reporting|editing|writing) by"
    r"|author|editors?:)[: ]\s*\S"
)
_BYLINE = re.compile(BYLINE)
BYLINE_LENGTH = 80


def is_byline(text: str) -> bool:
    """Whether a line names the author or editor and no more."""
    return (
        len(text) <= BYLINE_LENGTH
        and text[:1] in "aAbBcCeEpPrRsStTwW"
        and _BYLINE.match(text) is not None
        and not text.endswith(".")
        and text.count(" ") <= 9
    )


_CREDITED = re.compile(
    r"[(\[](?:(?:file|ap|afp|reuters|epa)[ /-])?(?:photo|image|picture|credit|courtesy)\b[^()\[\]]{0,100}[)\]]\.?$|\b(?:photo|image|picture|credit)s?: [^.:]{2,60}$"
    r"|(?:/|via |[(\[])(?:afp|ap|reuters|epa|epa-efe|getty images|tass|xinhua|anadolu)(?: photo)?[)\]]?\.?$"
    r"|(?:^|[ .©])(?:afp|ap|reuters|epa|epa-efe|getty images|tass|xinhua)/[^\W\d][\w .'’-]{2,40}$",
    re.IGNORECASE,
)
_CAPTION = 400  # characters of a caption at most,
_SAID = re.compile(r"[.!?][”\"]? ?\([A-Z]\w{1,9}\)\.?$")  # and of one that ends like a report with its agency
_SAID_LENGTH = 120


def is_credit(text: str) -> bool:
    """Whether a line begins with Source: or Photo:, in any case, or is a caption that ends with the credit of its photo."""
    if text[:1] in "sSpPiIcCfF" and (_SOURCE.match(text) is not None or _PHOTO.match(text) is not None):
        return True
    if len(text) > _CAPTION or not _may_be_credited(text) or _CREDITED.search(text, max(0, len(text) - 130)) is None:
        return False
    return len(text) <= _SAID_LENGTH or _SAID.search(text, len(text) - 40) is None


def _may_be_credited(text: str) -> bool:
    """Plain looks at the end of a line, which spare most lines the regular expression."""
    tail = text[-45:]
    if text[-1] == ".":
        return text[-2:-1] in (")", "]") or "/" in tail or "(" in tail or "[" in tail or "via" in tail
    return text[-1] in ")]" or "/" in tail or "via" in tail or ": " in text[-65:]


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
        if is_credit(text) and len(text) < 600:
            if _SOURCE.match(text):
                entry.source_line = entry.source_line or text
            else:
                entry.photo_line = entry.photo_line or text
            joins = False
            continue
        if len(text) <= DATE_LINE:
            if not paragraphs and (is_date_line(text) or is_byline(text)):
                if entry.date_line is None and is_date_line(text):
                    entry.date_line = text
                continue
            if _RULE.fullmatch(text):
                joins = False
                continue
        bullet = BULLET.match(text)
        if bullet is not None and not re.match(r"\d+\.\s[a-z]", text) and not (joins and wrapped and text[0] not in "-•*▪◦●·‣■"):
            item = "- " + text[bullet.end() :]
            if paragraphs and (paragraphs[-1].endswith(":") or paragraphs[-1].rpartition("\n")[2].startswith("- ")):
                paragraphs[-1] += "\n" + item
            else:
                paragraphs.append(item)
            joins = wrapped
        elif joins and wrapped:
            paragraphs[-1] += text if paragraphs[-1][-2:-1].isalpha() and paragraphs[-1].endswith("-") else " " + text
        else:
            paragraphs.append(_MARKDOWN_HEADING.sub("", text) if text[0] == "#" else text)
            joins = wrapped
    if wrapped:
        paragraphs = [_LINK.sub(r"\1", p) if "](" in p else p for p in paragraphs]
    if paragraphs:
        paragraphs[-1] = _without_invitation(paragraphs[-1])
        if entry.date_line is None and entry.source_line and (dated := _DATE.search(entry.source_line)):
            entry.date_line = dated[0]  # "Source: Bay News   2025-03-04 09:12:41   Editor: …"
        if entry.date_line is None and (dateline := _DATELINE.match(paragraphs[0])):
            entry.date_line = dateline[1]
    entry.body = "\n\n".join(p for p in paragraphs if p)
    return entry


def _without_invitation(text: str) -> str:
    """The end of a teaser without "(Click the image to read more)"."""
    cut = max(0, len(text) - _INVITATION)
    return text[:cut] + _CLICK.sub("", text[cut:]) if "lick" in text[cut:] or "tap" in text[cut:].lower() else text


def is_wrapped(lines: Sequence[Line]) -> bool:
    """Whether paragraphs are broken into lines: hardly any line is long, and most lines that are followed by another go on in it in mid-sentence."""
    filled = [line.text for line in lines if line.text]
    if len([t for t in filled if len(t) > _WRAPPED]) > 0.05 * len(filled):
        return False
    pairs = [(a.text, b.text) for a, b in pairwise(lines) if len(a.text) > 40 and b.text]
    broken = sum(b[0].islower() or a[-1].islower() or a[-1] in ",-" for a, b in pairs if a[-1] not in '.!?:”"')
    goes_on = sum(b[0].islower() for _, b in pairs)
    return len(pairs) >= 2 and broken >= 0.6 * len(pairs) and goes_on >= 0.25 * len(pairs)
