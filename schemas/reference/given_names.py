"""`given_names.csv`: given names that stand for one another."""

from __future__ import annotations

from schemas.base import TEXT, Table, column


class GivenNames(Table):
    """One row per short form or transliteration."""

    name: TEXT = column("Given name, lower case without accents", unique=True)
    stands_for: TEXT = column("The form that all its variants share")

    class Config(Table.Config):
        name = "given_names"
        metadata = {"key": ["name"]}
