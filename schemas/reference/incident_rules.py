"""`incident_rules.csv`: words for hostile acts."""

from __future__ import annotations

import polars as pl

from schemas.base import TEXT, Table, column
from schemas.vocabularies import INCIDENT_TYPE, PLOVER_EVENT

FRAME = (
    "noun",
    "verb",
    "passive",
    "measure",
    "impose",
    "custody",
    "custody-noun",
    "under",
    "foiled",
    "foiled-passive",
    "befell",
    "attributed",
    "campaign",
    "support",
    "ties",
)
NEEDS = (
    "cyber",
    "cyber-agent",
    "cyber-subject",
    "state",
    "actor",
    "armed",
    "armed-subject",
    "not-words",
    "violence",
    "no-accident",
    "terror",
    "imposed",
    "designation",
    "trade",
    "political",
    "expulsion",
    "expulsion-person",
    "espionage",
    "concern",
    "coup",
    "arms",
    "struck-by",
    "main-clause",
    "two-states",
    "two-parties",
    "foreign",
    "on-state",
    "force-and-place",
    "foreign-no-crime",
    "political-or-foreign",
    "sanctions",
    "charge",
)


class IncidentRules(Table):
    """One row per rule. `frame` says how the parties stand to the words (`transforms.incidents.frames`), `needs` what else the sentence must have
    (`transforms.incidents.needs`)."""

    rule_id: TEXT = column("Name of the rule", unique=True, pattern=r"^[a-z]+(-[a-z]+)*$")
    meaning: TEXT = column("What the rule recognises, in one line")
    incident_type: TEXT = column("Kind of hostile act", vocab=(*INCIDENT_TYPE, "campaign"))
    frame: TEXT = column("How the parties stand to the words", vocab=FRAME)
    words: TEXT = column("The word forms with which it begins, lower case, parted by blanks")
    cue: TEXT = column(
        "What selects sentences for the rule, where its words are too common: beginnings of words or phrases, lower case, parted by semicolons",
        nullable=True,
    )
    near: TEXT = column("Words of which one must stand in the same sentence, lower case, parted by blanks", nullable=True)
    before: TEXT = column("What must stand before the word: a regular expression (Python) over lower case text, up to 60 characters", nullable=True)
    after: TEXT = column("What must follow the word: a regular expression (Python) over lower case text", nullable=True)
    needs: TEXT = column("What else the sentence or article must have", vocab=NEEDS, nullable=True)
    weight: pl.Int32 = column("How much of an event the words tell; of several sentences the one with most is quoted", ge=1)
    plover_event: TEXT = column("PLOVER root event type of the act when it happened", vocab=PLOVER_EVENT)
    plover_mode: TEXT = column("PLOVER mode", nullable=True)
    example: TEXT = column("A sentence that the rule must find")  # type: ignore[assignment]  # the word of the field; pandera's own `example` makes no sense here
    counterexample: TEXT = column("A sentence in which no rule may find anything")

    class Config(Table.Config):
        name = "incident_rules"
        metadata = {"key": ["rule_id"]}
