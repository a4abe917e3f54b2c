"""`office_holders.csv`: who has held which office, since about 2015, in larger countries since about 2000."""

from __future__ import annotations

from schemas.base import TEXT, Table, column, country_code
from schemas.vocabularies import PORTFOLIO, RANK


class OfficeHolders(Table):
    """One row per person and kind of office. There is no date in it: a page tells whether somebody is in office."""

    name: TEXT = column("Usual English form of the name")
    surname: TEXT = column("The part by which news refer to the person")
    also_written: TEXT = column("Further spellings and aliases, with | between them; a single word is a further surname", nullable=True)
    iso3: TEXT = country_code("The country whose office it is")
    organisation: TEXT = column("European Union, for its officials", nullable=True)
    rank: TEXT = column("Rank of the office", vocab=RANK)
    portfolio: TEXT = column("Portfolio of the office", vocab=PORTFOLIO)
    alone: TEXT = column(
        "For those whom news name without an office, as readers know it: by full name, or by surname, too",
        vocab=("full", "surname"),
        nullable=True,
    )

    class Config(Table.Config):
        name = "office_holders"
        unique = ["name", "iso3", "organisation", "rank", "portfolio"]
        metadata = {"key": ["name", "iso3", "organisation", "rank", "portfolio"]}
