"""`places.csv`: cities, regions and territories below the level of a country, for telling where a hostile act struck."""

from __future__ import annotations

from schemas.base import TEXT, Table, column, country_code


class Places(Table):
    """One row per name. A place tells target and location of an incident; it is no mention of a country."""

    name: TEXT = column("The name as news writes it; case counts", unique=True)
    iso3: TEXT = country_code("The country to which it belongs under the maps of the United Nations", nullable=False)
    kind: TEXT = column("Kind of place", vocab=("city", "region", "territory"))

    class Config(Table.Config):
        name = "places"
        metadata = {"key": ["name"]}
