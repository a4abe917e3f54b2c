"""Who did it, to whom, and who answered."""

from __future__ import annotations

import polars as pl

from schemas.base import TEXT, Table, column, country_code, identifier
from schemas.vocabularies import INCIDENT_ROLE, PARTY_TYPE


class IncidentParties(Table):
    """One row per perpetrator, target and responder of an incident. For a sanction or tariff the perpetrator is who imposes it."""

    incident_id: TEXT = identifier("The incident")
    role: TEXT = column("Part played", vocab=INCIDENT_ROLE)
    party_no: pl.Int32 = column("Order within the role, from 0", ge=0)
    party_type: TEXT = column("What the party is", vocab=PARTY_TYPE)
    iso3: TEXT = country_code(
        "The state, or the state behind a person, organisation or group where the article or the reference list says so",
    )
    minister_id: TEXT = identifier("The office-holder, for a person who is one (before the load: the person_key)", nullable=True)
    name: TEXT = column("The party by name")

    class Config(Table.Config):
        name = "incident_parties"
        metadata = {
            "layer": "silver",
            "key": ["incident_id", "role", "party_no"],
            "declare_key": False,
            "references": {"incident_id": "incidents.incident_id", "iso3": "countries.iso3", "minister_id": "ministers.minister_id"},
        }
