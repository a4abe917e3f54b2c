"""The stories."""

from __future__ import annotations

import polars as pl

from schemas.base import TEXT, TEXT_LIST, Table, column, country_codes, date_basis, date_bound, date_conflict, date_edtf, date_text, identifier


class Articles(Table):
    """One row per story, in its fullest version, however many pages show it."""

    article_id: TEXT = identifier(
        "Hash of the story key: the normalised title with the first 80 normalised characters of the body",
        unique=True,
    )
    title: TEXT = column("Headline")
    body: TEXT = column(
        "Text of the story, paragraphs parted by a blank line, white space normalised, without its Source and Photo lines",
        compression="zstd",
    )
    published_edtf: TEXT = date_edtf("Publication")
    published_from: pl.Date = date_bound("Publication", "first")
    published_to: pl.Date = date_bound("Publication", "last")
    published_basis: TEXT = date_basis("Publication")
    published_text: TEXT = date_text("Publication")
    published_conflict: pl.Boolean = date_conflict("Publication")
    source_line: TEXT = column("The line that names the sources, as written", nullable=True)
    publishers: TEXT_LIST = column("Publishers named in source_line, in order", nullable=True)
    mentioned_iso3: TEXT_LIST = country_codes("title and body, as country_mentions has them")
    photo_line: TEXT = column("Caption or credit of the photo, as written", nullable=True)
    language: TEXT = column("Language of the page", unit="ISO 639-1")
    word_count: pl.Int32 = column("Words in the body", unit="words", ge=0)
    paragraph_count: pl.Int32 = column("Paragraphs in the body", unit="paragraphs", ge=0)
    is_teaser_only: pl.Boolean = column("The story was never seen as the main article of a page")
    n_placements: pl.Int32 = column("Places on pages where the story stands", unit="placements", ge=1)
    version_id: TEXT = identifier("Hash of everything this version of the story says")

    class Config(Table.Config):
        name = "articles"
        metadata = {"layer": "silver", "key": ["article_id"], "declare_key": False, "references": {}}
