"""The office-holders."""

from __future__ import annotations

from schemas.base import TEXT, Table, column, country_code, identifier
from schemas.vocabularies import COUNTRY_BASIS, PORTFOLIO, RANK


class Ministers(Table):
    """One row per office-holder, joined across articles and spellings."""

    minister_id: TEXT = identifier("Hash of the normalised full name with country or organisation", unique=True)
    full_name: TEXT = column("Most frequent full form of the name")
    country_iso3: TEXT = country_code("The country whose office it is")
    country_basis: TEXT = column(
        "How the country is known: stated beside the name, inferred from the page, from a sourced reference list, or not",
        vocab=COUNTRY_BASIS,
    )
    organisation: TEXT = column("European Union, for its officials", nullable=True)
    rank: TEXT = column("Rank of the office", vocab=RANK)
    office: TEXT = column("Most frequent wording of the office", nullable=True)
    portfolio: TEXT = column("Portfolio of the office", vocab=PORTFOLIO)

    class Config(Table.Config):
        name = "ministers"
        metadata = {"layer": "silver", "key": ["minister_id"], "declare_key": False, "references": {"country_iso3": "countries.iso3"}}
