"""Sentences with everything that was found in them, for the grammars that read one sentence at a time.

Only articles in which a cue selected a sentence become objects, and of those only the sentences that a grammar asks for: a grammar in Python is too
slow for every sentence of every page, and so is the making of objects.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, overload

import polars as pl


def lower(text: str) -> str:
    """Lower case that keeps each character in its place (a few letters have a lower case of two)."""
    simple = text.lower()
    return simple if len(simple) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


class Mention(NamedTuple):
    """Something named in a sentence. Offsets are code points in the sentence."""

    start: int
    end: int
    kind: str  # country, minister, organisation
    surface: str
    iso3: str | None
    detail: str  # country: mention_type; minister: rank; organisation: kind
    person_key: str | None = None
    name: str | None = None  # minister: full name; organisation: usual name
    office: str | None = None


class DateMention(NamedTuple):
    """A date in a sentence, as `transforms.dates.find` gives it, offsets relative to the sentence."""

    start: int
    end: int
    text: str
    edtf: str | None
    date_from: date | None
    date_to: date | None
    basis: str
    conflict: bool | None
    relation: str


class Sentence:
    """One sentence of a title or body. `start` and `end` are code points in that field."""

    def __init__(self, article: Article, index: int, begin: int, stop: int, paragraph_no: int, is_item: bool) -> None:
        self.article, self.index, self.paragraph_no, self.is_item = article, index, paragraph_no, is_item
        self.field = "title" if begin < article.offset else "body"
        self._begin, self._stop = begin, stop  # in the article's text
        origin = 0 if self.field == "title" else article.offset
        self.start, self.end = begin - origin, stop - origin
        self.text = article.text[begin:stop]

    @cached_property
    def lower(self) -> str:
        """The text in lower case, character by character: patterns without IGNORECASE are several times as fast."""
        return lower(self.text)

    @cached_property
    def mentions(self) -> list[Mention]:
        """What is named in it, in order. What crosses the boundary of a sentence belongs to none."""
        return self.article.mentions_in(self._begin, self._stop)

    @cached_property
    def dates(self) -> list[DateMention]:
        """Its dates, in order."""
        return self.article.dates_in(self._begin, self._stop)

    def previous(self) -> Sentence | None:
        """The sentence before it in the same field."""
        before = self.article.sentences[self.index - 1] if self.index else None
        return before if before is not None and before.field == self.field else None

    def countries(self, *types: str) -> list[Mention]:
        """Its country mentions, in order; all of them, or those of the given mention types."""
        return [m for m in self.mentions if m.kind == "country" and (not types or m.detail in types)]


class Sentences(Sequence[Sentence]):
    """The sentences of an article, the title first, then the body; each is made when it is asked for."""

    def __init__(self, article: Article, table: _Table, first: int, length: int) -> None:
        self._article, self._table, self._first, self._length = article, table, first, length
        self._made: dict[int, Sentence] = {}

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> Sentence: ...
    @overload
    def __getitem__(self, index: slice) -> list[Sentence]: ...
    def __getitem__(self, index: int | slice) -> Sentence | list[Sentence]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(self._length))]
        made = self._made.get(index)
        if made is None:
            if not 0 <= index < self._length:
                raise IndexError(index)
            row, table = self._first + index, self._table
            paragraph_no, is_item = table.rest[0][row], table.rest[1][row]
            made = self._made[index] = Sentence(self._article, index, table.starts[row], table.ends[row], paragraph_no, is_item)
        return made


class Article:
    """One article: `text` is its title, a line break and its body, and the body begins at `offset`; `sentences` are those of both, in order."""

    def __init__(self, number: int, head: tuple[Any, ...], batch: _Batch) -> None:
        self.article_id: str
        self.title: str
        self.published_edtf: str | None
        self.published_from: date | None
        self.published_to: date | None
        self.published_basis: str
        self.article_id, self.title, body, self.published_edtf, self.published_from, self.published_to, self.published_basis = head
        self.text = f"{self.title}\n{body}"
        self.offset = len(self.title) + 1
        self.memo: dict[str, Any] = {}  # what a grammar worked out once for the whole article
        self._batch = batch
        self._first, self._last = batch.sentences.rows_of(number)
        self._mentions, self._dates = batch.mentions.rows_of(number), batch.dates.rows_of(number)
        self.sentences = Sentences(self, batch.sentences, self._first, self._last - self._first)

    @property
    def has_body(self) -> bool:
        """Whether it is more than a title; what a story without a body says stands in its title."""
        return len(self.text) > self.offset

    def text_of(self, index: int) -> str:
        """The text of a sentence, for those who need no more of it."""
        table, row = self._batch.sentences, self._first + index
        return self.text[table.starts[row] : table.ends[row]]

    def marked(self, mark: str) -> list[int]:
        """The sentences that bear a mark, by index, in order."""
        rows = self._batch.marks.get(mark)
        if rows is not None:
            return [row - self._first for row in rows[bisect_left(rows, self._first) : bisect_left(rows, self._last)]]
        found: list[int] | None = self.memo.get(mark)
        if found is None:
            texts = self._batch.texts[self._first : self._last].to_frame()
            found = self.memo[mark] = texts.select(self._batch.rare[mark]).to_series().arg_true().to_list()
        return found

    def mentions_in(self, begin: int, stop: int) -> list[Mention]:
        """What is named in a part of the text; offsets count from its beginning."""
        table, text = self._batch.mentions, self.text
        kinds, countries, details, keys, names, offices = table.rest
        return [
            Mention(
                table.starts[i] - begin,
                table.ends[i] - begin,
                kinds[i],
                text[table.starts[i] : table.ends[i]],
                countries[i],
                details[i],
                keys[i],
                names[i],
                offices[i],
            )
            for i in table.inside(self._mentions, begin, stop)
        ]

    def dates_in(self, begin: int, stop: int) -> list[DateMention]:
        """The dates in a part of the text; offsets count from its beginning."""
        table = self._batch.dates
        return [
            DateMention(table.starts[i] - begin, table.ends[i] - begin, *(column[i] for column in table.rest))
            for i in table.inside(self._dates, begin, stop)
        ]

    def named_countries(self) -> Iterator[tuple[str, str, str, bool, int, int]]:
        """The country mentions that lie in a sentence, in order: country, mention type, surface, whether in the title, number of the paragraph, where it begins."""
        table, sentences = self._batch.mentions, self._batch.sentences
        kinds, countries, details = table.rest[:3]
        for i in range(*self._mentions):
            if kinds[i] == "country" and countries[i] is not None:
                start, end = table.starts[i], table.ends[i]
                row = bisect_right(sentences.starts, start, self._first, self._last) - 1
                if row >= self._first and end <= sentences.ends[row]:
                    yield countries[i], details[i], self.text[start:end], start < self.offset, sentences.rest[0][row], start

    def name_of(self, iso3: str) -> str | None:
        """The first name by which a sentence calls a country; None where none does."""
        return next((surface for code, kind, surface, *_ in self.named_countries() if code == iso3 and kind == "name"), None)


@dataclass(frozen=True, slots=True)
class _Table:
    """Places in the texts of all articles of a batch as columns, in the order of the articles and of their text: an object a row would cost more than
    most rows are worth."""

    bounds: list[int]  # the rows of article n are those from bounds[n] to bounds[n + 1]
    starts: list[int]
    ends: list[int]
    rest: tuple[list[Any], ...]

    def rows_of(self, number: int) -> tuple[int, int]:
        return self.bounds[number], self.bounds[number + 1]

    def inside(self, rows: tuple[int, int], begin: int, stop: int) -> Iterator[int]:
        """Those of `rows` that lie in a part of the text."""
        first = bisect_left(self.starts, begin, *rows)
        return (i for i in range(first, bisect_left(self.starts, stop, first, rows[1])) if self.ends[i] <= stop)


@dataclass(frozen=True, slots=True)
class _Batch:
    sentences: _Table
    mentions: _Table
    dates: _Table
    marks: dict[str, list[int]]  # the rows of `sentences` that bear each mark
    texts: pl.Series  # of `sentences`, for marks that few articles are asked for
    rare: Mapping[str, pl.Expr]


def build(
    articles: pl.DataFrame,
    sentences: pl.DataFrame,
    country_mentions: pl.DataFrame,
    article_ministers: pl.DataFrame,
    minister_mentions: pl.DataFrame,
    organisation_mentions: pl.DataFrame,
    date_mentions: pl.DataFrame,
    *,
    cues: Sequence[str],
    marks: Mapping[str, pl.Expr],
    rare: Mapping[str, pl.Expr],
) -> list[Article]:
    """The articles in which any sentence has a cue as objects, in the order of their ids.

    `sentences` are those of `transforms.sentences.split` with a Boolean column for each of `cues`; the mentions are the frames of `countries.find`,
    `ministers.find`, `organisations.find` and `dates.find`. `marks` are further conditions on a sentence (column `text`), looked for in these articles
    alone, and `rare` those that are looked for in an article when it is asked for them. By cue or mark `Article.marked` finds the sentences again.
    """
    with_cue = sentences.filter(pl.any_horizontal(*cues)).select("article_id").unique()
    if with_cue.is_empty():
        return []
    chosen = articles.join(with_cue, on="article_id", how="semi").sort("article_id")
    numbers = chosen.select("article_id", (pl.col("title").str.len_chars() + 1).cast(pl.Int32).alias("offset")).with_row_index("number")
    shift = pl.when(pl.col("field") == "body").then(pl.col("offset")).otherwise(0)
    span = ((pl.col("start_char") + shift).alias("start"), (pl.col("end_char") + shift).alias("end"))

    def placed(frame: pl.DataFrame, *columns: str | pl.Expr, order: Sequence[str] = ()) -> pl.DataFrame:
        return frame.join(numbers, on="article_id").select("number", *span, *columns).sort("number", "start", "end", *order, maintain_order=True)

    def table(ordered: pl.DataFrame) -> _Table:
        bounds = ordered["number"].search_sorted(pl.Series(range(chosen.height + 1), dtype=pl.UInt32)).to_list()
        starts, ends, *rest = (column.to_list() for column in ordered.drop("number").iter_columns())
        return _Table(bounds, starts, ends, tuple(rest))

    people = article_ministers.select("article_id", pl.col("person_key").alias("minister_id"), "full_name", "country_iso3", "rank")
    named = minister_mentions.join(people, on=["article_id", "minister_id"], how="left")
    where = ("article_id", "field", "start_char", "end_char")
    none = pl.lit(None, pl.String)
    mentions = pl.concat(
        [
            named.select(*where, _is("minister"), *_as(iso3="country_iso3", detail="rank", person_key="minister_id", name="full_name"), "office"),
            country_mentions.select(*where, _is("country"), *_as(iso3="iso3", detail="mention_type", person_key=none, name=none, office=none)),
            organisation_mentions.select(*where, _is("organisation"), *_as(iso3="iso3", detail="kind", person_key=none, name="name", office=none)),
        ]
    )
    told = placed(sentences, "paragraph_no", "is_item", "text", *cues, *(mark.alias(name) for name, mark in marks.items()))
    found = {name: told[name].arg_true().to_list() for name in (*cues, *marks)}
    batch = _Batch(
        table(told.select("number", "start", "end", "paragraph_no", "is_item")),
        table(placed(mentions, "kind", "iso3", "detail", "person_key", "name", "office", order=["kind"])),
        table(placed(date_mentions, "text", "edtf", "from", "to", "basis", "conflict", "relation")),
        found,
        told["text"],
        rare,
    )
    head = ("article_id", "title", "body", "published_edtf", "published_from", "published_to", "published_basis")
    return [Article(number, row, batch) for number, row in enumerate(chosen.select(head).iter_rows())]


def _is(kind: str) -> pl.Expr:
    return pl.lit(kind).alias("kind")


def _as(**columns: str | pl.Expr) -> list[pl.Expr]:
    return [(pl.col(value) if isinstance(value, str) else value).alias(name) for name, value in columns.items()]
