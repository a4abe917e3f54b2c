"""`office_words.csv`: words before an office that say what kind of office it is."""

from __future__ import annotations

from schemas.base import TEXT, Table, column

OFFICE_WORD_KIND = ("grade", "deputy", "refused", "former", "acting", "designate", "body", "opener")


class OfficeWords(Table):
    """One row per word."""

    word: TEXT = column("The word, lower case", unique=True)
    kind: TEXT = column(
        "deputy and grade: a part of the office; refused: makes it no office of a minister; former, acting, designate: tenure; body: a company, "
        "club, parliament or organisation whose president it is; opener: says nothing of the office, even with a capital at the start of a sentence",
        vocab=OFFICE_WORD_KIND,
    )

    class Config(Table.Config):
        name = "office_words"
        metadata = {"key": ["word"]}
