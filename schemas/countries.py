"""The countries of the world."""

from __future__ import annotations

import polars as pl

from schemas.base import TEXT, Table, column


class Countries(Table):
    """ISO 3166-1 and Kosovo, all of them, mentioned or not."""

    iso3: TEXT = column(
        "Alpha-3 code; Kosovo has the user-assigned XKX",
        unit="ISO 3166-1 alpha-3",
        pattern=r"^[A-Z]{3}$",
        unique=True,
    )
    iso2: TEXT = column("Alpha-2 code; Kosovo has the user-assigned XK", unit="ISO 3166-1 alpha-2", pattern=r"^[A-Z]{2}$", unique=True)
    iso_numeric: TEXT = column(
        "Numeric code with leading zeros; Kosovo has none",
        unit="ISO 3166-1 numeric",
        nullable=True,
        pattern=r"^[0-9]{3}$",
    )
    name: TEXT = column("Usual English short name")
    official_name: TEXT = column("Official English name")
    capital: TEXT = column("Capital; NULL for territories without one", nullable=True)
    un_region: TEXT = column("Region", source="UN M49", nullable=True)
    un_subregion: TEXT = column("Subregion", source="UN M49", nullable=True)
    is_un_member: pl.Boolean = column("Member state of the United Nations")

    class Config(Table.Config):
        name = "countries"
        metadata = {"layer": "silver", "key": ["iso3"], "declare_key": True, "references": {}}
