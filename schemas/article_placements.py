"""Where a story stands on a page."""

from __future__ import annotations

import polars as pl

from schemas.base import TEXT, Table, code_point, column, identifier
from schemas.vocabularies import BLOCK


class ArticlePlacements(Table):
    """One row per place where a story stands on a page."""

    document_id: TEXT = identifier("The page")
    position: pl.Int32 = column("Order on the page, from 0", ge=0)
    article_id: TEXT = identifier("The story")
    block: TEXT = column("Part of the page", vocab=BLOCK)
    section: TEXT = column("Section label above the entry, as written: News, Opinion, …", nullable=True)
    start_char: pl.Int32 = code_point("Start of the entry in documents.raw_text")
    end_char: pl.Int32 = code_point("End of the entry in documents.raw_text")
    story_key: TEXT = identifier(
        "Story key of this entry taken alone; differs from article_id where a teaser joined a story by its title",
    )
    title_key: TEXT = identifier("Hash of the normalised title")
    version_id: TEXT = identifier("Hash of everything this entry says")
    body_chars: pl.Int32 = column("Length of the body of this entry", unit="Unicode code points", ge=0)

    class Config(Table.Config):
        name = "article_placements"
        metadata = {
            "layer": "silver",
            "key": ["document_id", "position"],
            "declare_key": False,
            "references": {"document_id": "documents.document_id", "article_id": "articles.article_id"},
        }
