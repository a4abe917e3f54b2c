"""`commitment_phrases.csv`: pieces of patterns that several rows of `commitment_rules.csv` share."""

from __future__ import annotations

from schemas.base import TEXT, Table, column


class CommitmentPhrases(Table):
    """One row per phrase; a rule names it in braces."""

    phrase: TEXT = column("Name of the phrase", unique=True, pattern=r"^[a-z]+$")
    meaning: TEXT = column("What it matches, in one line")
    pattern: TEXT = column("Regular expression (Python)")

    class Config(Table.Config):
        name = "commitment_phrases"
        metadata = {"key": ["phrase"]}
