"""`offices.csv`: the offices that make somebody a minister, and those that only look like it."""

from __future__ import annotations

from schemas.base import TEXT, Table, column, country_code
from schemas.vocabularies import PORTFOLIO, RANK

EVIDENCE = ("none", "state", "portfolio", "country", "organisation", "holder", "ministry", "never")


class Offices(Table):
    """One row per office."""

    office: TEXT = column("The office, lower case but for abbreviations, whose case counts", unique=True)
    plural: TEXT = column("Its plural, written likewise")
    rank: TEXT = column("Rank of who holds it, before deputy and vice are counted in", vocab=RANK, nullable=True)
    portfolio: TEXT = column(
        "Portfolio of the office; `other` where the words around it decide, as with minister of trade", vocab=PORTFOLIO, nullable=True
    )
    evidence: TEXT = column(
        "What must stand beside it: nothing; no sign of a company or club (state); a portfolio; a country; an organisation; a name of "
        "office_holders.csv (holder); the ministry behind it (head of …); never: this is no minister",
        vocab=EVIDENCE,
    )
    iso3: TEXT = country_code("The one country that has an office of this name")
    organisation: TEXT = column("European Union, for its offices", nullable=True)

    class Config(Table.Config):
        name = "offices"
        metadata = {"key": ["office"]}
