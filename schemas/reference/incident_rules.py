"""`incident_rules.csv`: words for hostile acts."""

from __future__ import annotations

import polars as pl

from schemas.base import TEXT, Table, column
from schemas.vocabularies import INCIDENT_TYPE, PLOVER_EVENT

VOICE = ("verb", "noun", "measure", "custody", "agent")


class IncidentRules(Table):
    """One row per rule. voice says how perpetrator and target stand to the words: verb: subject and object (turned round in the passive); noun: by, of or
    adjective before, and on or against after; measure: whoever imposes it, and on whom; custody: who arrests or expels whom; agent: the words name
    the perpetrators themselves (hackers, gunmen)."""

    rule_id: TEXT = column("Name of the rule", unique=True, pattern=r"^[a-z]+(-[a-z]+)*$")
    meaning: TEXT = column("What the rule recognises, in one line")
    incident_type: TEXT = column("Kind of hostile act", vocab=INCIDENT_TYPE)
    voice: TEXT = column("How the parties stand to the words", vocab=VOICE)
    weight: pl.Int32 = column("How much of an event the words tell; of several sentences the one with most is quoted", ge=1)
    pattern: TEXT = column("Regular expression (Python), any case")
    plover_event: TEXT = column("PLOVER root event type of the act when it happened", vocab=PLOVER_EVENT)
    plover_mode: TEXT = column("PLOVER mode", nullable=True)
    example: TEXT = column("A sentence that the rule must find")  # type: ignore[assignment]  # the word of the field; pandera's own `example` makes no sense for a list
    counterexample: TEXT = column("A sentence in which it may find nothing")

    class Config(Table.Config):
        name = "incident_rules"
        metadata = {"key": ["rule_id"]}
