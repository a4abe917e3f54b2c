"""`topics.csv`: words that tell what an undertaking is about."""

from __future__ import annotations

from schemas.base import TEXT, Table, column
from schemas.vocabularies import TOPIC


class Topics(Table):
    """One row per word or phrase; it is found at the start of a word, in any case."""

    topic: TEXT = column("The topic", vocab=TOPIC)
    stem: TEXT = column("Beginning of the word or phrase, in lower case", unique=True)

    class Config(Table.Config):
        name = "topics"
        metadata = {"key": ["stem"]}
