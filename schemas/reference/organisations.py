"""`organisations.csv`: bodies that act in international affairs."""

from __future__ import annotations

from schemas.base import TEXT, Table, column, country_code

ORGANISATION_KIND = ("eu", "intergovernmental", "national")


class Organisations(Table):
    """One row per way in which an organisation or an organ of a state is named."""

    surface: TEXT = column("The name or abbreviation, as written; case counts", unique=True)
    name: TEXT = column("The usual name")
    kind: TEXT = column(
        "eu: an institution of the European Union; intergovernmental: its members are states; national: an organ of one state",
        vocab=ORGANISATION_KIND,
    )
    iso3: TEXT = country_code("The state, for a national organ")

    class Config(Table.Config):
        name = "organisations"
        metadata = {"key": ["surface"]}
