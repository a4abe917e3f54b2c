"""What each article says of each office-holder."""

from __future__ import annotations

import polars as pl

from schemas.base import TEXT, Table, column, country_code, identifier
from schemas.vocabularies import COUNTRY_BASIS, PORTFOLIO, RANK


class ArticleMinisters(Table):
    """One row per office-holder and article: what this article alone says of him or her, before people are joined across articles."""

    article_id: TEXT = identifier("The story")
    person_key: TEXT = identifier("Hash of the normalised name (or surname) with country or organisation, as this article has them")
    minister_id: TEXT = identifier("The office-holder, joined across articles; NULL before the load", nullable=True)
    full_name: TEXT = column("Fullest form of the name in the article")
    name_key: TEXT = column("The name without accents, case, initials and titles: equal for spelling variants of one name")
    surname_key: TEXT = column("The surname, normalised likewise")
    is_surname_only: pl.Boolean = column("The article never gives more than the surname")
    country_iso3: TEXT = country_code("The country whose office it is")
    country_basis: TEXT = column(
        "How the country is known: stated beside the name, inferred from the page, from a sourced reference list, or not",
        vocab=COUNTRY_BASIS,
    )
    organisation: TEXT = column("European Union, for its officials", nullable=True)
    rank: TEXT = column("Rank of the office", vocab=RANK)
    office: TEXT = column("Most frequent wording of the office in the article", nullable=True)
    portfolio: TEXT = column("Portfolio of the office", vocab=PORTFOLIO)
    n_mentions: pl.Int32 = column("Mentions in the article", unit="mentions", ge=1)

    class Config(Table.Config):
        name = "article_ministers"
        metadata = {
            "layer": "silver",
            "key": ["article_id", "person_key"],
            "declare_key": False,
            "references": {"article_id": "articles.article_id", "minister_id": "ministers.minister_id"},
        }
