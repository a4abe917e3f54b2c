"""Who blames whom."""

from __future__ import annotations

import polars as pl

from schemas.base import TEXT, Table, code_point, column, country_code, identifier
from schemas.vocabularies import ATTRIBUTION_BASIS, INITIATOR_CATEGORY, STANCE


class IncidentAttributions(Table):
    """One row per attribution of an incident: who says who did it, how firmly, on what basis."""

    attribution_id: TEXT = identifier("Hash of the incident, the span and the attributed name", unique=True)
    incident_id: TEXT = identifier("The incident")
    attributing_name: TEXT = column("Who says so; NULL where nobody is named", nullable=True)
    attributing_iso3: TEXT = country_code("Country that says so")
    attributed_name: TEXT = column("Who is blamed", nullable=True)
    attributed_iso3: TEXT = country_code("Country that is blamed")
    stance: TEXT = column("How firmly: hedged accusations stay hedged", vocab=STANCE)
    hedge_cue: TEXT = column("The words that hedge or deny, as written", nullable=True)
    basis: TEXT = column("Attribution basis", source="EuRepoC codebook 1.1", vocab=ATTRIBUTION_BASIS, nullable=True)
    initiator_category: TEXT = column("Category of the blamed", source="EuRepoC codebook 1.1", vocab=INITIATOR_CATEGORY)
    quote: TEXT = column(
        "The sentence that attributes, as it stands between start_char and end_char in articles.body, or in the title of a story without a body",
        compression="zstd",
    )
    start_char: pl.Int32 = code_point("Start in articles.body (in the title of a story without a body)")
    end_char: pl.Int32 = code_point("End in articles.body")

    class Config(Table.Config):
        name = "incident_attributions"
        metadata = {
            "layer": "silver",
            "key": ["attribution_id"],
            "declare_key": False,
            "references": {
                "incident_id": "incidents.incident_id",
                "attributing_iso3": "countries.iso3",
                "attributed_iso3": "countries.iso3",
            },
        }
