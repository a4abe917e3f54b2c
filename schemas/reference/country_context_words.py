"""`country_context_words.csv`: words beside a name that tell whether a country is meant."""

from __future__ import annotations

from schemas.base import TEXT, Table, column

CONTEXT_LIST = (
    "georgia_country",
    "georgia_state",
    "georgia_state_next",
    "given_name",
    "not_surname",
    "title_of_person",
    "us_state",
    "us_state_short",
)


class CountryContextWords(Table):
    """One row per word and list."""

    word_list: TEXT = column(
        "georgia_country, georgia_state: stand in an article about the one or the other; georgia_state_next: follow the name of "
        "the state, where the country would have Georgian; given_name, title_of_person: stand before a "
        "surname; not_surname: follow a country's name with a capital and are no surname (Jordan Valley, Israel Sunday); us_state, "
        "us_state_short: follow the name of a town",
        vocab=CONTEXT_LIST,
    )
    word: TEXT = column("The word or words; case counts")

    class Config(Table.Config):
        name = "country_context_words"
        metadata = {"key": ["word_list", "word"]}
