"""`country_lookalikes.csv`: wordings that contain the name of a country and mean something else."""

from __future__ import annotations

from schemas.base import TEXT, Table, column

LOOKALIKE_KIND = ("idiom", "initials", "newspaper", "place", "region", "state", "treaty", "water")


class CountryLookalikes(Table):
    """One row per wording; the longest match wins, so the country inside is not seen."""

    phrase: TEXT = column("The words, as written; case counts, capitals throughout are understood as well", unique=True)
    kind: TEXT = column(
        "idiom (Guinea pig), initials (U.S.S.), newspaper (and other proper names with a capital's), place (New Mexico), region "
        "(Latin America), state (wordings that mean the U.S. state of Georgia), treaty (Paris Agreement), water (Gulf of Oman)",
        vocab=LOOKALIKE_KIND,
    )

    class Config(Table.Config):
        name = "country_lookalikes"
        metadata = {"key": ["phrase"]}
