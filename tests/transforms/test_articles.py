"""Articles: one row per story, its fullest version, its key, its dates, its publishers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.article_placements import ArticlePlacements
from schemas.articles import Articles
from transforms import articles, layouts
from transforms.lexicon import Lexicon
from transforms.text import hash_id

LEXICON = Lexicon({})
ENTRY: dict[str, object] = {
    "document_id": "0" * 16,
    "layout": "plain",
    "position": 0,
    "block": "main",
    "section": None,
    "start_char": 0,
    "end_char": 9,
    "title": "Port to open",
    "body": "The port will open in June. So it was said.",
    "date_line": None,
    "source_line": None,
    "photo_line": None,
}


def build(*entries: Mapping[str, object], published_on: date | None = None) -> tuple[pl.DataFrame, pl.DataFrame]:
    rows = [ENTRY | {"position": i} | dict(e) for i, e in enumerate(entries)]
    frame = pl.DataFrame(rows, schema=layouts._SCHEMA)
    ids = frame["document_id"].unique().sort()
    documents = pl.DataFrame(
        {"document_id": ids, "language": ["en"] * len(ids), "published_on": pl.Series([published_on] * len(ids), dtype=pl.Date)},
    )
    stories, placements = articles.build(frame, documents, LEXICON)
    return Articles.validate(stories, lazy=True), ArticlePlacements.validate(placements, lazy=True)


def test_one_row_per_story_in_its_fullest_version() -> None:
    teaser = {"block": "popular", "document_id": "1" * 16, "position": 4}
    long = {"body": str(ENTRY["body"]) + "\n\nMore text that only the full version has, and which makes it longer."}
    start = "The port will open in June, the harbour master of the small town at the northern end of the bay told the paper on Monday."
    stories, placements = build({"body": start}, teaser | {"body": f"{start} He smiled."}, long)
    assert sorted(stories["body"].to_list()) == sorted([f"{start} He smiled.", str(long["body"])])
    shared = stories.filter(pl.col("body").str.contains("smiled"))
    assert shared.select("n_placements", "is_teaser_only").rows() == [(2, False)]
    assert placements["article_id"].n_unique() == 2
    assert placements.filter(document_id="1" * 16).select("position", "block").rows() == [(4, "popular")]


def test_the_story_key_is_title_and_beginning_of_the_body() -> None:
    body = "Élan! " + "The port will open. " * 10
    stories, placements = build({"title": "“Port” to  open", "body": body})
    key = ("elan " + "the port will open " * 10)[:80]
    assert stories["article_id"].to_list() == [hash_id("port to open", key)]
    assert placements["title_key"].to_list() == [hash_id("port to open")]
    assert placements["story_key"].to_list() == stories["article_id"].to_list()


def test_typography_does_not_part_stories() -> None:
    stories, _ = build({"title": "Kyiv’s “new” port"}, {"title": 'Kyiv\'s "new" port'})
    assert len(stories) == 1


def test_of_equal_versions_the_smallest_hash_stands_in_any_order() -> None:
    a, b = {"source_line": "Source: A"}, {"source_line": "Source: B"}
    first, _ = build(a, b)
    second, _ = build(b, a)
    assert first["version_id"].to_list() == second["version_id"].to_list()
    _, placements = build(a, b)
    assert first["version_id"].to_list() == [placements["version_id"].min()]


def test_a_teaser_is_a_story_of_its_own() -> None:
    stories, _ = build({}, {"block": "related", "title": "Another story", "body": ""})
    rows = stories.filter(title="Another story").select("is_teaser_only", "word_count", "paragraph_count", "body").rows()
    assert rows == [(True, 0, 0, "")]


@pytest.mark.parametrize(
    ("date_line", "published_on", "expected"),
    [
        ("May 24, 2023", None, ("2023-05-24", date(2023, 5, 24), "stated", "May 24, 2023")),
        ("24 May 2023", date(2020, 1, 1), ("2023-05-24", date(2023, 5, 24), "stated", "24 May 2023")),
        (None, date(2020, 1, 2), ("2020-01-02", date(2020, 1, 2), "metadata", None)),
        (None, None, (None, None, "none", None)),
    ],
)
def test_publication_date(date_line: str | None, published_on: date | None, expected: tuple[object, ...]) -> None:
    stories, _ = build({"date_line": date_line}, published_on=published_on)
    assert stories.select("published_edtf", "published_from", "published_basis", "published_text").row(0) == expected


def test_the_date_beside_the_file_is_not_that_of_its_teasers() -> None:
    stories, _ = build({"block": "listing"}, published_on=date(2020, 1, 2))
    assert stories["published_basis"].to_list() == ["none"]


@pytest.mark.parametrize(
    ("line", "publishers"),
    [
        ("Source: Bay News and Reuters with other agencies", ["Bay News", "Reuters"]),
        ("SOURCE: Bay News", ["Bay News"]),
        ("Sources: Bay News, AFP, dpa", ["Bay News", "AFP", "dpa"]),
        ("Source: Bay News with agencies", ["Bay News"]),
        ("source: baynews.example via AP", ["baynews.example", "AP"]),
        ("Source: Bay News / Interfax (Moscow)", ["Bay News", "Interfax"]),
        ("Source: agencies", []),
        (None, None),
    ],
)
def test_publishers(line: str | None, publishers: list[str] | None) -> None:
    stories, _ = build({"source_line": line})
    assert stories["publishers"].to_list() == [publishers]


@pytest.mark.parametrize(
    ("body", "words", "paragraphs"),
    [
        ("One two three.", 3, 1),
        ("One two.\n\nThree – four — five - six.", 6, 2),
        ("They agreed to:\n- one thing\n- two\n\nThe end.", 8, 2),
        ("", 0, 0),
    ],
)
def test_counts(body: str, words: int, paragraphs: int) -> None:
    stories, _ = build({"body": body})
    assert stories.select("word_count", "paragraph_count").row(0) == (words, paragraphs)


def test_no_entries_no_rows() -> None:
    stories, placements = articles.build(
        pl.DataFrame(schema=layouts._SCHEMA),
        pl.DataFrame(schema={"document_id": pl.String, "language": pl.String, "published_on": pl.Date}),
        LEXICON,
    )
    assert (len(Articles.validate(stories)), len(ArticlePlacements.validate(placements))) == (0, 0)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["A port", "A Port!", "A ship"]), st.sampled_from(["", "It sank.", "It sank. All of it."])), min_size=1, max_size=6
    ),
    st.randoms(),
)
def test_order_of_entries_does_not_matter(pairs: list[tuple[str, str]], random: object) -> None:
    entries = [{"title": t, "body": b, "document_id": f"{i:016}", "position": 0} for i, (t, b) in enumerate(pairs)]
    mixed = list(entries)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    for one, other in zip(build(*entries), build(*mixed), strict=True):
        assert one.equals(other)
