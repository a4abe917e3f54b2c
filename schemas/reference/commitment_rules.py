"""`commitment_rules.csv`: wordings by which somebody undertakes to do something."""

from __future__ import annotations

import polars as pl

from schemas.base import TEXT, Table, column
from schemas.vocabularies import FIRMNESS, PLOVER_EVENT, SPEECH_ACT, STAGE

SUBJECT = ("actor", "holder", "measure", "teller", "headline", "warner", "carried")


class CommitmentRules(Table):
    """One row per rule, in the order in which they are tried; of the rules that match a sentence the first whose subject fits decides."""

    rule_id: TEXT = column("Name of the rule", unique=True, pattern=r"^[a-z]+(-[a-z]+)*$")
    meaning: TEXT = column("What the rule recognises, in one line")
    pattern: TEXT = column(
        "Regular expression (Python); what follows its match, or its group `action`, is the action; a name in braces stands for a row of `commitment_phrases.csv`"
    )
    subject: TEXT = column(
        "actor: the subject of the verb must be able to act for a state or an intergovernmental organisation; holder: it may also stand as "
        "possessor or elsewhere in the clause; measure: the subject may be a measure, if a state takes it; teller: whoever says so commits himself; "
        "headline: nothing but names and offices may stand before it; carried: whoever undertook something shortly before",
        vocab=SUBJECT,
    )
    speech_act: TEXT = column("Kind of act", vocab=SPEECH_ACT)
    stage: TEXT = column("How far the undertaking has got", vocab=STAGE)
    firmness: TEXT = column("soft: hedged wording", vocab=FIRMNESS)
    is_negated: pl.Boolean = column("The wording itself negates")
    plover_event: TEXT = column("PLOVER root event type", vocab=PLOVER_EVENT)
    example: TEXT = column("A sentence that the rule must find, perhaps behind the one that it goes on from")  # type: ignore[assignment]  # the word of the field; pandera's own `example` makes no sense for a list
    counterexample: TEXT = column("A sentence that no rule may find")

    class Config(Table.Config):
        name = "commitment_rules"
        metadata = {"key": ["rule_id"]}
