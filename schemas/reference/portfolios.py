"""`portfolios.csv`: the words of which the names of ministries consist."""

from __future__ import annotations

from schemas.base import TEXT, Table, column
from schemas.vocabularies import PORTFOLIO


class Portfolios(Table):
    """One row per word or phrase; a phrase outweighs the words in it, a portfolio outweighs `other`."""

    phrase: TEXT = column("Word or phrase, lower case", unique=True)
    portfolio: TEXT = column("The portfolio it points to; `other` for words that only belong to such names", vocab=PORTFOLIO)

    class Config(Table.Config):
        name = "portfolios"
        metadata = {"key": ["phrase"]}
