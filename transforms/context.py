"""Sentences with everything that was found in them, for the grammars that read one sentence at a time.

Only articles in which a cue selected a sentence become objects: a grammar in Python is too slow for every sentence of every page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as made
from datetime import date
from typing import Any

import polars as pl


def lower(text: str) -> str:
    """Lower case that keeps each character in its place (a few letters have a lower case of two)."""
    simple = text.lower()
    return simple if len(simple) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@dataclass(slots=True, frozen=True)
class Mention:
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


@dataclass(slots=True, frozen=True)
class DateMention:
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


@dataclass(slots=True)
class Sentence:
    """One sentence of a title or body. `start` and `end` are code points in that field; `cues` names the families of cues found in it."""

    article: Article
    index: int
    field: str
    paragraph_no: int
    is_item: bool
    start: int
    end: int
    text: str
    cues: frozenset[str] = frozenset()
    mentions: list[Mention] = made(default_factory=list)
    dates: list[DateMention] = made(default_factory=list)
    lower: str = ""  # the text in lower case, character by character: patterns without IGNORECASE are several times as fast

    def __post_init__(self) -> None:
        self.lower = lower(self.text)

    def previous(self) -> Sentence | None:
        """The sentence before it in the same field."""
        before = self.article.sentences[self.index - 1] if self.index else None
        return before if before is not None and before.field == self.field else None

    def countries(self, *types: str) -> list[Mention]:
        """Its country mentions, in order; all of them, or those of the given mention types."""
        return [m for m in self.mentions if m.kind == "country" and (not types or m.detail in types)]


@dataclass(slots=True)
class Article:
    """One article with all its sentences in order: the title first, then the body."""

    article_id: str
    title: str
    published_edtf: str | None
    published_from: date | None
    published_to: date | None
    published_basis: str
    sentences: list[Sentence] = made(default_factory=list)
    memo: dict[str, Any] = made(default_factory=dict)  # what a grammar worked out once for the whole article

    def selected(self, cue: str) -> Iterator[Sentence]:
        """The sentences of the body in which a cue of the family `cue` was found."""
        return (s for s in self.sentences if cue in s.cues)


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
    result: dict[str, Article] = {}
    head = ("article_id", "title", "published_edtf", "published_from", "published_to", "published_basis")
    for row in articles.join(with_cue, on="article_id", how="semi").sort("article_id").select(head).iter_rows():
        result[row[0]] = Article(*row)

    order = pl.col("field") == "body"
    wanted = sentences.join(with_cue, on="article_id", how="semi").sort("article_id", order, "start_char")
    columns = ("article_id", "field", "paragraph_no", "is_item", "start_char", "end_char", "text", "cues")
    starts: dict[tuple[str, str], list[Sentence]] = defaultdict(list)
    for article_id, part, paragraph_no, is_item, start, end, text, cues in wanted.select(columns).iter_rows():
        article = result[article_id]
        sentence = Sentence(article, len(article.sentences), part, paragraph_no, is_item, start, end, text, frozenset(cues or ()))
        article.sentences.append(sentence)
        starts[article_id, part].append(sentence)

    people = article_ministers.select("article_id", pl.col("person_key").alias("minister_id"), "full_name", "country_iso3", "rank", "organisation")
    named = (
        minister_mentions.join(with_cue, on="article_id", how="semi")
        .join(people, on=["article_id", "minister_id"], how="left")
        .select("article_id", "field", "start_char", "end_char", "surface", "country_iso3", "rank", "minister_id", "full_name", "office")
    )
    for article_id, part, start, end, surface, iso3, rank, key, name, office in named.iter_rows():
        _place(starts[article_id, part], start, end, "mentions", ("minister", surface, iso3, rank, key, name, office))
    placed = country_mentions.join(with_cue, on="article_id", how="semi").select(
        "article_id", "field", "start_char", "end_char", "surface", "iso3", "mention_type"
    )
    for article_id, part, start, end, surface, iso3, kind in placed.iter_rows():
        _place(starts[article_id, part], start, end, "mentions", ("country", surface, iso3, kind))
    bodies = organisation_mentions.join(with_cue, on="article_id", how="semi").select(
        "article_id", "field", "start_char", "end_char", "surface", "iso3", "kind", "name"
    )
    for article_id, part, start, end, surface, iso3, kind, name in bodies.iter_rows():
        _place(starts[article_id, part], start, end, "mentions", ("organisation", surface, iso3, kind, None, name))
    dated = date_mentions.join(with_cue, on="article_id", how="semi").select(
        "article_id", "field", "start_char", "end_char", "text", "edtf", "from", "to", "basis", "conflict", "relation"
    )
    for article_id, part, start, end, *values in dated.iter_rows():
        _place(starts[article_id, part], start, end, "dates", tuple(values))
    for article in result.values():
        for sentence in article.sentences:
            sentence.mentions.sort(key=lambda m: (m.start, m.end, m.kind))
            sentence.dates.sort(key=lambda d: (d.start, d.end))
    return list(result.values())


def _place(sentences: list[Sentence], start: int, end: int, where: str, values: tuple[object, ...]) -> None:
    """Puts a mention into the sentence that holds it; one that crosses a boundary belongs to none."""
    low, high = 0, len(sentences)
    while low < high:
        middle = (low + high) // 2
        if sentences[middle].start <= start:
            low = middle + 1
        else:
            high = middle
    if not low or end > sentences[low - 1].end:
        return
    sentence = sentences[low - 1]
    offsets = (start - sentence.start, end - sentence.start)
    if where == "dates":
        sentence.dates.append(DateMention(*offsets, *values))  # type: ignore[arg-type]
    else:
        sentence.mentions.append(Mention(*offsets, *values))  # type: ignore[arg-type]
