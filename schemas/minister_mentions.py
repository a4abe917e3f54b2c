"""Where an office-holder is named."""

from __future__ import annotations

import polars as pl

from schemas.base import TEXT, Table, code_point, column, identifier
from schemas.vocabularies import FIELD, TENURE


class MinisterMentions(Table):
    """One row per place in a title or body where an office-holder is named."""

    article_id: TEXT = identifier("The story")
    field: TEXT = column("Where the offsets count", vocab=FIELD)
    start_char: pl.Int32 = code_point("Start of the name in that field")
    end_char: pl.Int32 = code_point("End of the name in that field")
    minister_id: TEXT = identifier("The office-holder (before the load: the person_key of article_ministers)")
    surface: TEXT = column("The name, as written")
    office: TEXT = column("The office, as written, with the country in front of it; NULL where the mention carries none", nullable=True)
    tenure: TEXT = column("Whether the office is held now", vocab=TENURE)

    class Config(Table.Config):
        name = "minister_mentions"
        metadata = {
            "layer": "silver",
            "key": ["article_id", "field", "start_char", "end_char", "minister_id"],
            "declare_key": False,
            "references": {"article_id": "articles.article_id", "minister_id": "ministers.minister_id"},
        }
