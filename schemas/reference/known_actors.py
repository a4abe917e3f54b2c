"""`known_actors.csv`: names of groups that governments or security firms tie to a state, or that act on their own."""

from __future__ import annotations

from schemas.base import TEXT, Table, column, country_code
from schemas.vocabularies import INITIATOR_CATEGORY


class KnownActors(Table):
    """One row per name; aliases of one actor share `actor`."""

    alias: TEXT = column("The name as written; case counts", unique=True)
    actor: TEXT = column("The actor's usual name")
    iso3: TEXT = country_code("The state to which public attributions tie the actor")
    category: TEXT = column("Kind of initiator", source="EuRepoC codebook 1.1", vocab=INITIATOR_CATEGORY)
    field: TEXT = column("What it is known for", vocab=("cyber", "influence", "armed"))
    source: TEXT = column("Who attributes it so")

    class Config(Table.Config):
        name = "known_actors"
        metadata = {"key": ["alias"]}
