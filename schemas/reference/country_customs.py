"""`country_customs.csv`: what the offices and names of a country tell, by constitution and custom."""

from __future__ import annotations

from schemas.base import TEXT, Table, column, country_code

CUSTOM = (
    "no_minister",
    "no_prime_minister",
    "no_president",
    "federation",
    "chancellor_is_foreign_minister",
    "secretary_is_minister",
    "secretary_of_state_is_minister",
    "secretary_is_civil_servant",
    "undersecretary_is_deputy",
    "family_name_may_be_first",
    "family_name_is_first",
)


class CountryCustoms(Table):
    """One row per custom and country, those of a custom in the order in which they count where a page leaves the choice."""

    custom: TEXT = column(
        "no_minister, no_prime_minister, no_president: nobody there has held an office of that name since about 2000; federation: the only countries with a federal "
        "government; chancellor_is_foreign_minister: as canciller in Spanish and Portuguese; secretary_is_minister, secretary_of_state_is_minister, "
        "secretary_is_civil_servant, undersecretary_is_deputy: what those offices are there; family_name_may_be_first: news write names in either order; "
        "family_name_is_first: in that order",
        vocab=CUSTOM,
    )
    iso3: TEXT = country_code("The country", nullable=False)

    class Config(Table.Config):
        name = "country_customs"
        metadata = {"key": ["custom", "iso3"]}
