"""Who undertakes, and to whom."""

from __future__ import annotations

import polars as pl

from schemas.base import TEXT, Table, column, country_code, identifier
from schemas.vocabularies import COMMITMENT_ROLE, PARTY_TYPE


class CommitmentParties(Table):
    """One row per actor and recipient of a commitment."""

    commitment_id: TEXT = identifier("The commitment")
    role: TEXT = column("Part played", vocab=COMMITMENT_ROLE)
    party_no: pl.Int32 = column("Order within the role, from 0", ge=0)
    party_type: TEXT = column("What the party is", vocab=PARTY_TYPE)
    iso3: TEXT = country_code(
        "The state, or the state behind a person, organisation or group where the article or the reference list says so",
    )
    minister_id: TEXT = identifier("The office-holder, for a person who is one (before the load: the person_key)", nullable=True)
    name: TEXT = column("The party by name")

    class Config(Table.Config):
        name = "commitment_parties"
        metadata = {
            "layer": "silver",
            "key": ["commitment_id", "role", "party_no"],
            "declare_key": False,
            "references": {"commitment_id": "commitments.commitment_id", "iso3": "countries.iso3", "minister_id": "ministers.minister_id"},
        }
