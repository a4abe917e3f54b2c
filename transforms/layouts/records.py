"""Stories as a machine lists them: the items of a feed, rows of a table, blocks of keys and values ("title: …", "published: …", "summary: …"), or headings
of markdown with an address, a source or a date below each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from transforms.layouts.cleaning import clean
from transforms.layouts.labels import Labels
from transforms.layouts.page import BULLET, DATE, Entry, Line, Page, compose

NAME = "records"
_FEWEST = 3  # records; two are enough where both have the same keys
# "title: …", "- **Headline:** …", and in JSON "title": "…"
_FIELD = re.compile(
    r"^[ \t]*(?P<mark>[-*+•]\s+|\{\s*|\d{1,3}[.)]\s+|#{1,6}\s+)?(?P<open>[*_\"'`]{0,3})(?P<key>[A-Za-z][A-Za-z_ -]{1,20}?)[*_\"'`]{0,3}[ \t]*[:：][*_]{0,3}[ \t]*"
    r"(?P<value>[^\n]*)$",
    re.MULTILINE,
)
_TITLE_FIELD = re.compile(r"^[^\w\n]{0,10}(?:title|headline)[^\w\n]{0,4}[:：]", re.MULTILINE | re.IGNORECASE)
_TITLES = frozenset({"title", "headline"})
_TEXTS = frozenset({"description", "summary", "content", "text", "body", "abstract", "snippet", "excerpt", "lead", "details", "brief", "teaser"})
_DATES = frozenset(
    {"date", "published", "pubdate", "published at", "publishedat", "published on", "date published", "publication date", "time", "posted"}
)
_SECTIONS = frozenset({"section", "category"})
_LINK = re.compile(r"\[([^\[\]\n]*)\]\([^()\s]*\)")
_JSON_KEY = re.compile(r"[{,] ?(?=\"\w+\"\s*:)")
_BLOCK_MARKS = ("|", ">", "|-", ">-")  # of YAML, above a text
# An item that is not closed ends at the next, so that a page of nothing else takes no longer than another of its length.
_ITEM = re.compile(r"<(item|entry)\b[^<>]*>(?:(?!<\1\b).)*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TAG = r"<{0}\b[^<>]*>((?:(?!<{0}\b).)*?)</{0}\b"
_PARTS = {
    name: [re.compile(_TAG.format(tag), re.DOTALL | re.IGNORECASE) for tag in tags]
    for name, tags in {
        "title": ("title",),
        "text": ("description", "summary", "content"),
        "date": ("pubDate", "published", "updated", "dc:date"),
    }.items()
}
# "## Headline", perhaps with a link, or a line that is nothing but a link in bold.
_HEADING = re.compile(r"^(?:(?P<level>#{1,6})[ \t]+(?P<text>\S[^\n]*)|\*\*\[(?P<linked>[^\[\]\n]+)\]\([^()\s]*\)\*\*)[ \t]*$", re.MULTILINE)
_ABOUT = re.compile(
    r"[\s>*+-]*(?:\[?https?://|[*_]{0,2}(?:source|link|url|date|published|posted|author|alert|summary|tags?)\b[^\n]{0,25}:)", re.IGNORECASE
)
_META = re.compile(r"[\s>*+-]*(?:\[?https?://\S+$|[*_]{0,2}[A-Za-z][A-Za-z ]{1,20}[*_]{0,2}:)|[^.!?]{0,60}\b(?:ago|\d{4})[*_]*$|[\s=_*-]+$")
_NOTES = re.compile(r"\n[ \t]*[-*] [*_]{0,2}(?:region|topic|cluster|source|sources|tags?|category|link|url|published|date)[*_]{0,2}:", re.IGNORECASE)
_TEXT_META = re.compile(r"[\s>*+-]*[*_]{0,2}(?:description|summary|excerpt|abstract|what happened)[*_]{0,2}:[*_]{0,2}\s*(?=\S)", re.IGNORECASE)
# "- [Headline](address) - Outlet", and "**Headline.** Text".
_LINKED = re.compile(r"^[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+\**\[(?P<title>[^\[\]\n]+)\]\([^()\s]*\)\**(?P<rest>[^\n]*)$", re.MULTILINE)
_BOLD = re.compile(
    r"^[ \t]*(?:[-*+•][ \t]+|\d{1,3}[.)][ \t]+)?\*\*(?P<title>[^*\n:]{20,150}?)[.]?\*\*[.]?[ \t–—-]+(?P<rest>[^\n]{40,})$", re.MULTILINE
)
_REST = 60  # characters behind a link that are text
_TOLD = 0.7  # of the headings at least have such a line, or are a link,
_TEXT = 900  # and the text below a link has no more characters
_CELL = re.compile(r"[ \t]*(?:\||\t)[ \t]*")
_RULED = re.compile(r"[\s|:+-]*")
_HEADING_WORDS = 3.5  # of a heading in the mean
_CELL_WORDS = 5  # of the headlines of a table in the mean
_DATED = re.compile(DATE)


class _Record(NamedTuple):
    """A story: offsets in the raw text, its title, its text and what tells its date."""

    start: int
    end: int
    title: str
    text: str
    date: str | None
    section: str | None = None


def detect(page: Page, labels: Labels) -> bool:  # noqa: ARG001 - every layout is asked alike
    """The page has items of a feed, several fields that hold a title, or a table with a column of headlines."""
    return bool(_records(page.raw))


def parse(page: Page, labels: Labels) -> list[Entry]:  # noqa: ARG001
    """The stories in order, in block listing."""
    entries = []
    for record in _records(page.raw):
        entry = Entry("listing", record.section, record.start, record.end, record.title, date_line=record.date)
        entries.append(compose([Line(record.start, record.end, clean(text)) for text in record.text.split("\n") if clean(text)], entry))
    return entries


def _records(raw: str) -> list[_Record]:
    if "</item>" in raw or "</entry>" in raw:
        return _of_feed(raw)
    if raw.lstrip()[:1] in ("[", "{"):  # each key of JSON on a line of its own
        raw = _JSON_KEY.sub(lambda match: "\n".ljust(len(match[0])), raw)
    if len(_TITLE_FIELD.findall(raw)) > 1 and (found := _of_fields(raw)):
        return found
    if raw.count("\n#") + raw.count("\n**[") >= _FEWEST - 1 and (found := _of_headings(raw)):
        return found
    if ("](" in raw or "**" in raw) and (found := _of_lines(raw)):
        return found
    return _of_table(raw) if raw.count("|") > _FEWEST or raw.count("\t") > _FEWEST else []


def _of_feed(raw: str) -> list[_Record]:
    """The items of RSS and the entries of Atom."""
    found = []
    for item in _ITEM.finditer(raw):
        told = {name: next((_bare(m[1]) for p in patterns if (m := p.search(item[0]))), "") for name, patterns in _PARTS.items()}
        if title := clean(clean(told["title"])):  # twice: marks of HTML are often written as entities
            found.append(_Record(item.start(), item.end(), title, clean(clean(told["text"])), told["date"] or None))
    return found


def _bare(text: str) -> str:
    return text.strip().removeprefix("<![CDATA[").removesuffix("]]>").strip()


def _of_fields(raw: str) -> list[_Record]:
    """Blocks of keys and values: each begins with the key with which the first does."""
    fields = list(_FIELD.finditer(raw))
    keys = [_key(field) for field in fields]
    titles = [n for n, key in enumerate(keys) if key in _TITLES]
    if titles and fields[titles[-1]]["mark"]:  # the title of the page itself has none
        titles = [n for n in titles if fields[n]["mark"]]
    if len(titles) < 2:
        return []
    marked = titles[1:] and fields[titles[-1]]["mark"] and not fields[titles[-1]]["mark"].startswith("#")
    lead = 0  # keys of a record above its title
    while (
        not marked
        and lead < titles[0]
        and all(
            t - lead - 1 > above and keys[t - lead - 1] == keys[titles[0] - lead - 1] and fields[t - lead - 1]["value"].strip()
            for above, t in zip([-1, *titles], titles, strict=False)
        )
    ):
        lead += 1
    starts = [t - lead for t in titles]
    blocks = [range(a, b) for a, b in zip(starts, [*starts[1:], len(fields)], strict=True)]
    shapes = [frozenset(keys[n] for n in block) for block in blocks]
    if min(map(len, shapes)) < 2 or (len(blocks) < _FEWEST and (shapes[0] != shapes[1] or not shapes[0] & (_TEXTS | _DATES))):
        return []
    ends = [fields[block[0]].start() for block in blocks[1:]]
    longest = max(end - fields[block[0]].start() for block, end in zip(blocks, ends, strict=False))
    if len(raw.rstrip()) - fields[-1].end() > longest + _TEXT:
        return []  # a text follows: these are the links of an article
    found = []
    for number, block in enumerate(blocks):
        start = fields[block[0]].start()
        end = fields[blocks[number + 1][0]].start() if number + 1 < len(blocks) else len(raw)
        values: dict[str, str] = {}
        for n in block:
            after = fields[n + 1].start() if n + 1 < len(fields) else len(raw)
            values.setdefault(keys[n], _value(fields[n]["value"], raw[fields[n].end() : after]))
        title = next((values[key] for key in values if key in _TITLES), "")
        if title and "\n" not in title:
            told = [next((values[key] for key in values if key in names and values[key]), None) for names in (_TEXTS, _DATES, _SECTIONS)]
            found.append(_Record(start, start + len(raw[start:end].rstrip()), title, told[0] or "", told[1], told[2]))
    return found


def _key(field: re.Match[str]) -> str:
    return field["key"].strip().replace("_", " ").casefold()


def _value(first: str, below: str) -> str:
    """The value of a key, which may go on in the lines below, without quotation marks and marks of markdown."""
    first = first.strip()
    lines = [] if first in _BLOCK_MARKS else [first]
    for line in below.split("\n"):
        text = line.strip()
        if text and text.strip("-=*_{}[], ") and not (lines and lines[0] and not line.startswith((" ", "\t")) and len(text) < 2):
            lines.append(text)
    text = _LINK.sub(r"\1", "\n".join(lines).strip())
    if text.startswith('"'):
        text = text.rstrip("},] \n")
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'`":
        text = text[1:-1].replace('\\"', '"').replace("''", "'")
    return clean(text) if "\n" not in text else text.strip("*_ ")


def _of_headings(raw: str) -> list[_Record]:
    """Headings of one level, each with a line about where or when the story was told, or a link and little text."""
    marks = list(_HEADING.finditer(raw))
    ends = [*[mark.start() for mark in marks], len(raw)][1:]
    below = [raw[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True)]
    levels = [mark["level"] or "" for mark in marks]
    for level, _ in Counter(levels).most_common():
        own = [n for n, other in enumerate(levels) if other == level]
        linked = [n for n in own if marks[n]["linked"] or _LINK.fullmatch(marks[n]["text"].strip("*_ "))]
        told = [n for n in own if _ABOUT.match(below[n]) or _NOTES.search(below[n])]
        short = sum(len(below[n]) <= _TEXT for n in linked)
        words = sum((marks[n]["text"] or marks[n]["linked"]).count(" ") + 1 for n in own)
        if (
            len(own) >= _FEWEST
            and words >= _HEADING_WORDS * len(own)
            and (len(told) >= _TOLD * len(own) or (len(linked) >= _TOLD * len(own) and short >= _TOLD * len(own)))
        ):
            found, section = [], None
            for n, mark in enumerate(marks):
                if 0 < len(levels[n]) < len(level):
                    section = mark
                elif levels[n] == level and (record := _under(mark, ends[n], below[n], section)) is not None:
                    found.append(record)
            return found
    return []


def _of_lines(raw: str) -> list[_Record]:
    """Lines of which most are a link with a headline, or begin with a headline in bold."""
    filled = [line for line in raw.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    for form in (_LINKED, _BOLD):
        found = list(form.finditer(raw))
        words = sum(match["title"].count(" ") + 1 for match in found)
        if len(found) >= _FEWEST and len(found) >= _TOLD * len(filled) and words >= _CELL_WORDS * len(found):
            rests = [_LINK.sub(r"\1", match["rest"]).strip(" -–—:|") for match in found]
            return [
                _Record(match.start(), match.end(), clean(match["title"]), rest if len(rest) >= _REST or form is _BOLD else "", _found(_DATED, rest))
                for match, rest in zip(found, rests, strict=True)
            ]
    return []


def _found(pattern: re.Pattern[str], text: str) -> str | None:
    return match[0] if (match := pattern.search(text)) else None


def _under(mark: re.Match[str], end: int, below: str, section: re.Match[str] | None) -> _Record | None:
    """The story of a heading."""
    title = clean(_LINK.sub(r"\1", mark["linked"] or mark["text"]).strip("*_ "))
    if (bullet := BULLET.match(title)) is not None:
        title = title[bullet.end() :]
    dates = [line for line in below.split("\n") if _META.match(line) and _DATED.search(line)]
    texts = [_TEXT_META.sub("", line) for line in below.split("\n") if not _META.match(line) or _TEXT_META.match(line)]
    if not title:
        return None
    start = mark.start() + mark[0].index(mark[0].strip()[0])
    date = _DATED.search(dates[0]) if dates else None
    within = clean(section["text"]) if section is not None and section["text"] and section["level"] != "#" else None
    text = "\n".join(_LINK.sub(r"\1", line) for line in texts)
    return _Record(start, max(mark.end(), end - 1), title, text, date[0] if date else None, within)


def _rows(raw: str) -> Iterator[tuple[int, int, list[str]]]:
    """The rows of a table: offsets and cells."""
    offset = 0
    for line in raw.split("\n"):
        text = line.strip()
        if not _RULED.fullmatch(text):
            cells = [_LINK.sub(r"\1", cell).strip("*_ ") for cell in _CELL.split(text.strip("|").strip())]
            start = offset + line.index(text[0])
            yield start, start + len(text), cells
        offset += len(line) + 1


def _of_table(raw: str) -> list[_Record]:
    """The rows of a table of which one column holds headlines and another dates; nothing where other lines are as many."""
    rows = list(_rows(raw))
    width = max((len(cells) for _, _, cells in rows), default=0)
    whole = [row for row in rows if len(row[2]) == width]
    barred = sum(raw[start] == "|" for start, _, _ in whole)
    if width < 2 or len(whole) < _FEWEST or len(whole) < (0.5 if barred == len(whole) else 0.7) * len(rows):
        return []
    columns = list(zip(*(cells for _, _, cells in whole), strict=True))
    words = [sum(cell.count(" ") + 1 for cell in column) / len(column) for column in columns]
    dated = next((c for c, column in enumerate(columns) if sum(_is_date(cell) for cell in column) >= 0.7 * len(column)), None)
    named = next((c for c, cell in enumerate(whole[0][2]) if cell.casefold() in _TITLES), None)
    title = named if named is not None else next((c for c, count in enumerate(words) if count >= _CELL_WORDS), None)
    if title is None or words[title] < _CELL_WORDS or (dated is None and named is None):
        return []
    text = next((c for c in range(title + 1, width) if words[c] >= _CELL_WORDS), None)
    return [
        _Record(start, end, clean(cells[title]), cells[text] if text is not None else "", None if dated is None else cells[dated])
        for start, end, cells in whole[named is not None :]
        if (dated is None or _is_date(cells[dated])) and cells[title]
    ]


def _is_date(cell: str) -> bool:
    return _DATED.match(cell) is not None
