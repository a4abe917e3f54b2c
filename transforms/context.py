"""Sentences with everything that was found in them, for the grammars that read one sentence at a time.

Only articles in which a cue selected a sentence become objects, and of those only the sentences that a grammar asks for: a grammar in Python is too
slow for every sentence of every page, and so is the making of objects.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
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
    """One sentence of a title or body. `start` and `end` are code points in that field; `cues` names the families of cues found in it."""

    def __init__(self, article: Article, index: int, begin: int, stop: int, paragraph_no: int, is_item: bool, cues: str) -> None:
        self.article, self.index, self.paragraph_no, self.is_item = article, index, paragraph_no, is_item
        self.field = "title" if begin < article.offset else "body"
        self._begin, self._stop = begin, stop  # in the article's text
        origin = 0 if self.field == "title" else article.offset
        self.start, self.end = begin - origin, stop - origin
        self.text = article.text[begin:stop]
        self.cues = frozenset(cues.split(",")) if cues else frozenset()

    @cached_property
    def lower(self) -> str:
        """The text in lower case, character by character: patterns without IGNORECASE are several times as fast."""
        return lower(self.text)

    @cached_property
    def mentions(self) -> list[Mention]:
        """What is named in it, in order. What crosses the boundary of a sentence belongs to none."""
        begin, text = self._begin, self.article.text
        return [
            Mention(start - begin, end - begin, kind, text[start:end], *rest)
            for start, end, kind, *rest in self.article.mentions_from(begin, self._stop)
            if end <= self._stop
        ]

    @cached_property
    def dates(self) -> list[DateMention]:
        """Its dates, in order."""
        begin, stop = self._begin, self._stop
        return [DateMention(start - begin, end - begin, *rest) for start, end, *rest in self.article.dates if begin <= start and end <= stop]

    def previous(self) -> Sentence | None:
        """The sentence before it in the same field."""
        before = self.article.sentences[self.index - 1] if self.index else None
        return before if before is not None and before.field == self.field else None

    def countries(self, *types: str) -> list[Mention]:
        """Its country mentions, in order; all of them, or those of the given mention types."""
        return [m for m in self.mentions if m.kind == "country" and (not types or m.detail in types)]


class Sentences(Sequence[Sentence]):
    """The sentences of an article, the title first, then the body; each is made when it is asked for."""

    def __init__(self, article: Article, rows: Rows) -> None:
        self._article, self._rows = article, rows
        self._made: dict[int, Sentence] = {}

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> Sentence: ...
    @overload
    def __getitem__(self, index: slice) -> list[Sentence]: ...
    def __getitem__(self, index: int | slice) -> Sentence | list[Sentence]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        made = self._made.get(index)
        if made is None:
            made = self._made[index] = Sentence(self._article, index, *self._rows[index])
        return made


class Article:
    """One article: `text` is its title, a line break and its body, and the body begins at `offset`; `sentences` are those of both, in order."""

    def __init__(self, head: tuple[Any, ...], sentences: Rows, mentions: Rows, dates: Rows) -> None:
        self.article_id: str
        self.title: str
        self.published_edtf: str | None
        self.published_from: date | None
        self.published_to: date | None
        self.published_basis: str
        self.article_id, self.title, body, self.published_edtf, self.published_from, self.published_to, self.published_basis = head
        self.text = f"{self.title}\n{body}"
        self.offset = len(self.title) + 1
        self.sentences = Sentences(self, sentences)
        self.dates = dates
        self.memo: dict[str, Any] = {}  # what a grammar worked out once for the whole article
        self._rows, self._mentions = sentences, mentions
        self._starts = [row[0] for row in mentions]

    @cached_property
    def texts(self) -> list[str]:
        """The text of each sentence, for those who look at all of them."""
        return [self.text[row[0] : row[1]] for row in self._rows]

    def mentions_from(self, begin: int, stop: int) -> Rows:
        """The mentions that begin in a part of the text."""
        return self._mentions[bisect_left(self._starts, begin) : bisect_left(self._starts, stop)]

    def selected(self, cue: str) -> Iterator[Sentence]:
        """The sentences in which a cue of the family `cue` was found."""
        return (self.sentences[i] for i, row in enumerate(self._rows) if cue in row[4])

    def selected_texts(self, cue: str) -> Iterator[tuple[int, str]]:
        """The same by index and text, for those who need no more of most of them."""
        return ((i, self.text[row[0] : row[1]]) for i, row in enumerate(self._rows) if cue in row[4])

    def name_of(self, iso3: str) -> str | None:
        """The first name by which a sentence calls a country; None where none does."""
        for start, end, kind, code, detail, *_ in self._mentions:
            if code == iso3 and kind == "country" and detail == "name" and any(row[0] <= start and end <= row[1] for row in self._rows):
                return self.text[start:end]
        return None

    def naming(self, kind: str) -> Iterator[Sentence]:
        """The sentences that hold a mention of a kind, in order."""
        ends = [row[1] for row in self._rows]
        places = sorted({bisect_right(ends, start) for start, _, what, *_ in self._mentions if what == kind})
        return (self.sentences[i] for i in places if i < len(ends))


Rows = list[tuple[Any, ...]]


def build(
    articles: pl.DataFrame,
    sentences: pl.DataFrame,
    country_mentions: pl.DataFrame,
    article_ministers: pl.DataFrame,
    minister_mentions: pl.DataFrame,
    organisation_mentions: pl.DataFrame,
    date_mentions: pl.DataFrame,
) -> list[Article]:
    """Articles as objects, in the order of their ids.

    `sentences` are those of `transforms.sentences.split` with a column `cues` (the cue families found in each, a list, empty for none); the
    mentions are the frames of `countries.find`, `ministers.find`, `organisations.find` and `dates.find`.
    """
    with_cue = sentences.filter(pl.col("cues").list.len() > 0).select("article_id").unique()
    if with_cue.is_empty():
        return []
    chosen = articles.join(with_cue, on="article_id", how="semi").sort("article_id")
    offsets = chosen.select("article_id", (pl.col("title").str.len_chars() + 1).cast(pl.Int32).alias("offset"))
    shift = pl.when(pl.col("field") == "body").then(pl.col("offset")).otherwise(0)
    span = ((pl.col("start_char") + shift).alias("start"), (pl.col("end_char") + shift).alias("end"))

    def rows(frame: pl.DataFrame, *columns: str | pl.Expr) -> dict[str, Rows]:
        """By article, in the order of its text: start, end and `columns`."""
        placed = frame.join(offsets, on="article_id").select("article_id", *span, *columns)
        order = [name for name in ("article_id", "start", "end", "kind") if name in placed.columns]
        return placed.sort(order, maintain_order=True).rows_by_key("article_id")

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
    told = rows(sentences, "paragraph_no", "is_item", pl.col("cues").list.join(","))
    found = rows(mentions, "kind", "iso3", "detail", "person_key", "name", "office")
    dated = rows(date_mentions, "text", "edtf", "from", "to", "basis", "conflict", "relation")
    head = ("article_id", "title", "body", "published_edtf", "published_from", "published_to", "published_basis")
    return [Article(row, told[row[0]], found[row[0]], dated[row[0]]) for row in chosen.select(head).iter_rows()]


def _is(kind: str) -> pl.Expr:
    return pl.lit(kind).alias("kind")


def _as(**columns: str | pl.Expr) -> list[pl.Expr]:
    return [(pl.col(value) if isinstance(value, str) else value).alias(name) for name, value in columns.items()]
