"""`abbreviations.csv`: words with a full stop that does not end a sentence."""

from __future__ import annotations

from schemas.base import TEXT, Table, column

ABBREVIATION_KIND = ("name", "inside", "number", "either")


class Abbreviations(Table):
    """One row per abbreviation, without its last full stop; case counts. What stands behind it decides whether a sentence ends there: behind `name`
    (Mr, Gen) and `inside` (e.g, vs) it never does; behind `number` (No, Sept) it goes on if a digit follows; behind `either` (Inc, a.m) it ends only
    if a word follows that opens sentences."""

    abbreviation: TEXT = column("The abbreviation without its last full stop", unique=True)
    kind: TEXT = column("What follows it in the same sentence", vocab=ABBREVIATION_KIND)

    class Config(Table.Config):
        name = "abbreviations"
        metadata = {"key": ["abbreviation"]}
