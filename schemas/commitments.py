"""What somebody undertook to do."""

from __future__ import annotations

import polars as pl

from schemas.base import (
    TEXT,
    TEXT_LIST,
    Table,
    code_point,
    column,
    country_codes,
    date_basis,
    date_bound,
    date_conflict,
    date_edtf,
    date_text,
    identifier,
    party_names,
)
from schemas.vocabularies import FIRMNESS, PLOVER_EVENT, REPORTED_AS, SPEECH_ACT, STAGE, TOPIC


class Commitments(Table):
    """One row per undertaking by a government, its officials or an intergovernmental organisation."""

    commitment_id: TEXT = identifier("Hash of the story key of the version, the span and the quote", unique=True)
    article_id: TEXT = identifier("The story")
    quote: TEXT = column(
        "The sentence that undertakes, as it stands between start_char and end_char in articles.body, or in the title of a story without a body",
        compression="zstd",
    )
    start_char: pl.Int32 = code_point("Start in articles.body (in the title of a story without a body)")
    end_char: pl.Int32 = code_point("End in articles.body")
    speech_act: TEXT = column("What kind of act the words perform", vocab=SPEECH_ACT)
    stage: TEXT = column("How far the undertaking has got", vocab=STAGE)
    firmness: TEXT = column("soft: hedged wording (aim, hope, consider, seek)", vocab=FIRMNESS)
    is_negated: pl.Boolean = column("An undertaking not to do something: a refusal is one")
    is_conditional: pl.Boolean = column("The undertaking depends on a condition named in the sentence")
    condition_text: TEXT = column("The condition, as written", nullable=True)
    reported_as: TEXT = column("In whose voice the undertaking stands", vocab=REPORTED_AS)
    speaker_minister_id: TEXT = identifier("The office-holder who says so (before the load: the person_key)", nullable=True)
    actors: TEXT_LIST = party_names("Who undertakes")
    recipients: TEXT_LIST = party_names("Towards whom")
    actor_iso3: TEXT_LIST = country_codes("the actors")
    recipient_iso3: TEXT_LIST = country_codes("the recipients")
    action_text: TEXT = column("What is to be done, as written", nullable=True)
    topics: TEXT_LIST = column("Topics of the action, in order of the vocabulary", unit="list of: " + ", ".join(TOPIC))
    amount_value: pl.Float64 = column("Sum of money named in the action", unit="whole units of amount_currency", nullable=True)
    amount_currency: TEXT = column("Currency of the sum", unit="ISO 4217", nullable=True, pattern=r"^[A-Z]{3}$")
    made_edtf: TEXT = date_edtf("When it was undertaken")
    made_from: pl.Date = date_bound("When it was undertaken", "first")
    made_to: pl.Date = date_bound("When it was undertaken", "last")
    made_basis: TEXT = date_basis("When it was undertaken")
    made_text: TEXT = date_text("When it was undertaken")
    made_conflict: pl.Boolean = date_conflict("When it was undertaken")
    due_edtf: TEXT = date_edtf("By when it is to be done")
    due_from: pl.Date = date_bound("By when it is to be done", "first")
    due_to: pl.Date = date_bound("By when it is to be done", "last")
    due_basis: TEXT = date_basis("By when it is to be done")
    due_text: TEXT = date_text("By when it is to be done")
    due_conflict: pl.Boolean = date_conflict("By when it is to be done")
    plover_event: TEXT = column("PLOVER root event type", vocab=PLOVER_EVENT)
    rule_id: TEXT = column("The extraction rule that found it")

    class Config(Table.Config):
        name = "commitments"
        metadata = {
            "layer": "silver",
            "key": ["commitment_id"],
            "declare_key": False,
            "references": {"article_id": "articles.article_id", "speaker_minister_id": "ministers.minister_id"},
        }
