"""`country_names.csv`: how countries are named."""

from __future__ import annotations

from schemas.base import TEXT, Table, column, country_code
from schemas.vocabularies import MENTION_TYPE

NAME_RULE = ("english", "georgia", "given", "language", "needs_country", "surname", "us_caps", "washington")


class CountryNames(Table):
    """One row per name of a country: short names, abbreviations, words for its people, its capital and seats of government."""

    surface: TEXT = column(
        "The words, as written; case counts, capitals throughout are understood as well, and so are the typographic apostrophe, "
        "St. for Saint and & for and",
        unique=True,
    )
    iso3: TEXT = country_code("The country, or the likelier of two", nullable=False)
    mention_type: TEXT = column("What kind of name it is", vocab=MENTION_TYPE)
    rules: TEXT = column(
        "What the context must show, one or more, parted by blanks: english (people or institutions follow, not the language), georgia "
        "(not the U.S. state), given and surname (not a person), language (not the language), needs_country (the country is named "
        "otherwise in the same article, or what only a state has stands behind an abbreviation or demonym: PNG police), "
        "us_caps (not the pronoun in capitals), washington (not the state)",
        nullable=True,
        pattern=rf"^(?:{'|'.join(NAME_RULE)})(?: (?:{'|'.join(NAME_RULE)}))*$",
    )
    shared_with: TEXT = country_code("Another country that bears the name: the one which the article names otherwise is meant")

    class Config(Table.Config):
        name = "country_names"
        metadata = {"key": ["surface"], "references": {"iso3": "countries.iso3", "shared_with": "countries.iso3"}}
