"""Stories as a machine lists them: the items of a feed, rows of a table, or blocks of keys and values ("title: …", "published: …", "summary: …")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from transforms.layouts.cleaning import clean
from transforms.layouts.labels import Labels
from transforms.layouts.page import DATE, Entry, Line, Page, compose

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
_DATES = frozenset({"date", "published", "pubdate", "published at", "publishedat", "published on", "date published", "publication date", "time", "posted"})
_SECTIONS = frozenset({"section", "category"})
_LINK = re.compile(r"\[([^\[\]\n]*)\]\([^()\s]*\)")
_JSON_KEY = re.compile(r"[{,] ?(?=\"\w+\"\s*:)")
_BLOCK_MARKS = ("|", ">", "|-", ">-")  # of YAML, above a text
_ITEM = re.compile(r"<(item|entry)\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TAG = r"<{0}\b[^>]*>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</{0}\s*>"
_PARTS = {
    name: [re.compile(_TAG.format(tag), re.DOTALL | re.IGNORECASE) for tag in tags]
    for name, tags in {"title": ("title",), "text": ("description", "summary", "content"), "date": ("pubDate", "published", "updated", "dc:date")}.items()
}
_CELL = re.compile(r"[ \t]*(?:\||\t)[ \t]*")
_RULED = re.compile(r"[\s|:+-]*")
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
    return _of_table(raw) if raw.count("|") > _FEWEST or raw.count("\t") > _FEWEST else []


def _of_feed(raw: str) -> list[_Record]:
    """The items of RSS and the entries of Atom."""
    found = []
    for item in _ITEM.finditer(raw):
        told = {name: next((m[1] for p in patterns if (m := p.search(item[0]))), "") for name, patterns in _PARTS.items()}
        if title := clean(clean(told["title"])):  # twice: marks of HTML are often written as entities
            found.append(_Record(item.start(), item.end(), title, clean(clean(told["text"])), told["date"] or None))
    return found


def _of_fields(raw: str) -> list[_Record]:
    """Blocks of keys and values: each begins with the key with which the first does."""
    fields = list(_FIELD.finditer(raw))
    keys = [_key(field) for field in fields]
    titles = [n for n, key in enumerate(keys) if key in _TITLES]
    if len(titles) < 2:
        return []
    marked = titles[1:] and fields[titles[-1]]["mark"] and not fields[titles[-1]]["mark"].startswith("#")
    lead = 0  # keys of a record above its title
    while not marked and lead < titles[0] and all(
        t - lead - 1 > above and keys[t - lead - 1] == keys[titles[0] - lead - 1] and fields[t - lead - 1]["value"].strip()
        for above, t in zip([-1, *titles], titles, strict=False)
    ):
        lead += 1
    starts = [t - lead for t in titles]
    blocks = [range(a, b) for a, b in zip(starts, [*starts[1:], len(fields)], strict=True)]
    shapes = [frozenset(keys[n] for n in block) for block in blocks]
    if min(map(len, shapes)) < 2 or (len(blocks) < _FEWEST and (shapes[0] != shapes[1] or not shapes[0] & (_TEXTS | _DATES))):
        return []
    found = []
    for number, block in enumerate(blocks):
        start = fields[block[0]].start()
        end = fields[blocks[number + 1][0]].start() if number + 1 < len(blocks) else len(raw)
        values = {}
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
    if width < 2 or len(whole) < _FEWEST or len(whole) < 0.7 * len(rows):
        return []
    columns = list(zip(*(cells for _, _, cells in whole), strict=True))
    words = [sum(cell.count(" ") + 1 for cell in column) / len(column) for column in columns]
    dated = next((c for c, column in enumerate(columns) if sum(_is_date(cell) for cell in column) >= 0.7 * len(column)), None)
    title = next((c for c, count in enumerate(words) if count >= _CELL_WORDS), None)
    if title is None or dated is None:
        return []
    text = next((c for c in range(title + 1, width) if words[c] > words[title]), None)
    return [
        _Record(start, end, clean(cells[title]), cells[text] if text is not None else "", cells[dated])
        for start, end, cells in whole
        if _is_date(cells[dated]) and cells[title]
    ]


def _is_date(cell: str) -> bool:
    return _DATED.match(cell) is not None
