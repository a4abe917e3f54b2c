"""Where a country is named."""

from __future__ import annotations

import polars as pl

from schemas.base import TEXT, Table, code_point, column, country_code, identifier
from schemas.vocabularies import FIELD, MENTION_TYPE


class CountryMentions(Table):
    """One row per place in a title or body where a country is named."""

    article_id: TEXT = identifier("The story")
    field: TEXT = column("Where the offsets count", vocab=FIELD)
    start_char: pl.Int32 = code_point("Start in that field")
    end_char: pl.Int32 = code_point("End in that field")
    iso3: TEXT = country_code("The country", nullable=False)
    surface: TEXT = column("The words that name it, as written")
    mention_type: TEXT = column(
        "Name, abbreviation, demonym (people and adjectives), or capital (which includes seats of government such as the Kremlin)",
        vocab=MENTION_TYPE,
    )

    class Config(Table.Config):
        name = "country_mentions"
        metadata = {
            "layer": "silver",
            "key": ["article_id", "field", "start_char", "end_char", "iso3"],
            "declare_key": False,
            "references": {"article_id": "articles.article_id", "iso3": "countries.iso3"},
        }
