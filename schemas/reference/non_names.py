"""`non_names.csv`: capitalised words that stand beside an office or a name and are no part of a name."""

from __future__ import annotations

from schemas.base import TEXT, Table, column

NON_NAME_KIND = ("calendar", "function", "noun", "verb", "modifier")


class NonNames(Table):
    """One row per word."""

    word: TEXT = column("The word, lower case", unique=True)
    kind: TEXT = column(
        "calendar: days and months; function: words that may start a sentence; noun and modifier: words of institutions; verb: of headlines",
        vocab=NON_NAME_KIND,
    )

    class Config(Table.Config):
        name = "non_names"
        metadata = {"key": ["word"]}
