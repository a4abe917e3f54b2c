"""`incident_words.csv`: the word lists of the grammar of incidents."""

from __future__ import annotations

from schemas.base import TEXT, Table, column

WORD_LIST = (
    "accident",
    "accident_waived",
    "accusing",
    "answering",
    "armed",
    "carrier",
    "cyber",
    "cyber_agent",
    "doer",
    "ending",
    "general",
    "group_armed",
    "group_cyber",
    "group_kind",
    "imposer",
    "imposing",
    "kind_armed",
    "kind_cyber",
    "malware",
    "official",
    "private",
    "state_noun",
    "suffering",
    "supporting",
    "victim",
    "weapon",
)


class IncidentWords(Table):
    """One row per word form and list; what each list is for stands in `seeds/reference/README.md`."""

    list: TEXT = column("The list", vocab=WORD_LIST)
    word: TEXT = column("The word form, lower case")

    class Config(Table.Config):
        name = "incident_words"
        metadata = {"key": ["list", "word"]}
