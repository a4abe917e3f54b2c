"""`subnational.csv`: provinces, states and unrecognised bodies that have ministers of their own."""

from __future__ import annotations

from schemas.base import TEXT, Table, column


class Subnational(Table):
    """One row per name or adjective."""

    surface: TEXT = column("Name or adjective, as written before an office", unique=True)
    part_of: TEXT = column("The state it belongs to, or `other`")

    class Config(Table.Config):
        name = "subnational"
        metadata = {"key": ["surface"]}
