"""`titles.csv`: titles that stand before names and are no part of them."""

from __future__ import annotations

from schemas.base import TEXT, Table, column


class Titles(Table):
    """One row per title."""

    title: TEXT = column("The title as written before a name; a full stop may follow", unique=True)

    class Config(Table.Config):
        name = "titles"
        metadata = {"key": ["title"]}
