"""`currencies.csv`: how sums of money are written."""

from __future__ import annotations

from schemas.base import TEXT, Table, column

POSITION = ("before", "after")


class Currencies(Table):
    """One row per sign, code or word for a currency."""

    surface: TEXT = column("The sign, code or word, as written; words in lower case, singular", unique=True)
    position: TEXT = column("Whether it stands before or after the number", vocab=POSITION)
    currency: TEXT = column("The currency", unit="ISO 4217", pattern=r"^[A-Z]{3}$")

    class Config(Table.Config):
        name = "currencies"
        metadata = {"key": ["surface"]}
