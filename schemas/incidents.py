"""What hostile acts are reported."""

from __future__ import annotations

import polars as pl

from schemas.base import (
    TEXT,
    TEXT_LIST,
    Table,
    code_point,
    column,
    country_code,
    country_codes,
    date_basis,
    date_bound,
    date_conflict,
    date_edtf,
    date_text,
    identifier,
    party_names,
)
from schemas.vocabularies import INCIDENT_TYPE, PLOVER_EVENT, REALIS


class Incidents(Table):
    """One row per incident reported in an article, however many of its sentences tell it."""

    incident_id: TEXT = identifier("Hash of the story key of the version, the span, the quote and the type", unique=True)
    article_id: TEXT = identifier("The story")
    quote: TEXT = column(
        "The sentence that tells it best, as it stands between start_char and end_char in articles.body, or in the title of a story without a body",
        compression="zstd",
    )
    start_char: pl.Int32 = code_point("Start in articles.body (in the title of a story without a body)")
    end_char: pl.Int32 = code_point("End in articles.body")
    incident_type: TEXT = column("Kind of hostile act", vocab=INCIDENT_TYPE)
    name: TEXT = column("Campaign or operation, if it has a name", nullable=True)
    realis: TEXT = column("Whether it happened: actual, alleged, attempted, threatened, planned or denied", vocab=REALIS)
    perpetrators: TEXT_LIST = party_names("Who did it, or is said to have")
    targets: TEXT_LIST = party_names("To whom")
    responders: TEXT_LIST = party_names("Who acts upon it")
    perpetrator_iso3: TEXT_LIST = country_codes("the perpetrators")
    target_iso3: TEXT_LIST = country_codes("the targets")
    occurred_edtf: TEXT = date_edtf("When it happened")
    occurred_from: pl.Date = date_bound("When it happened", "first")
    occurred_to: pl.Date = date_bound("When it happened", "last")
    occurred_basis: TEXT = date_basis("When it happened")
    occurred_text: TEXT = date_text("When it happened")
    occurred_conflict: pl.Boolean = date_conflict("When it happened")
    location_iso3: TEXT = country_code("Where it happened")
    plover_event: TEXT = column("PLOVER root event type", vocab=PLOVER_EVENT)
    plover_mode: TEXT = column("PLOVER mode of that type", nullable=True)
    rule_id: TEXT = column("The extraction rule that found it")

    class Config(Table.Config):
        name = "incidents"
        metadata = {
            "layer": "silver",
            "key": ["incident_id"],
            "declare_key": False,
            "references": {"article_id": "articles.article_id", "location_iso3": "countries.iso3"},
        }
