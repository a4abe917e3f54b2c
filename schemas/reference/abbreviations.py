"""`abbreviations.csv`: words with a full stop that does not end a sentence."""

from __future__ import annotations

from schemas.base import TEXT, Table, column


class Abbreviations(Table):
    """One row per abbreviation, without its full stop; case counts."""

    abbreviation: TEXT = column("The abbreviation without its last full stop", unique=True)

    class Config(Table.Config):
        name = "abbreviations"
        metadata = {"key": ["abbreviation"]}
