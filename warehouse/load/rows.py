"""All that hangs on an article: which tables that is, how rows come in with it and go with it."""

from __future__ import annotations

from schemas import ARTICLE_TABLES
from schemas.derive import contract
from warehouse.load.work import Work

PARTIES = {"commitment_parties": "commitments", "incident_parties": "incidents", "incident_attributions": "incidents"}
"""Tables of rows that hang on a row of another table, not on the article itself."""
PERSON_COLUMNS = {
    "minister_mentions": "minister_id",
    "commitments": "speaker_minister_id",
    "commitment_parties": "minister_id",
    "incident_parties": "minister_id",
}
"""Columns that hold a person key in shards and a minister id in the warehouse."""


def load_rows(work: Work) -> None:
    """All that hangs on the chosen articles, with minister ids for person keys."""
    if not work.count("chosen"):
        return
    work.temp(
        "people_here",
        "SELECT article_id, person_key, minister_id FROM main.article_ministers WHERE article_id IN (SELECT article_id FROM chosen)",
    )
    for table in ARTICLE_TABLES:
        if table == "article_ministers":
            continue
        column = PERSON_COLUMNS.get(table)
        rows = of_chosen(work, table, with_story=column is not None)
        if column:
            # A key that names nobody stays as it is, for the checks to find.
            rows = (
                f"SELECT t.* EXCLUDE (story) REPLACE (coalesce(h.minister_id, t.{column}) AS {column}) FROM ({rows}) AS t "
                f"LEFT JOIN people_here AS h ON h.article_id = t.story AND h.person_key = t.{column}"
            )
        work.run(f"INSERT INTO main.{table} BY NAME {rows}")


def of_chosen(work: Work, table: str, *, with_story: bool = False) -> str:
    """The rows of a table in the shards that belong to chosen articles, under the id of the article; `story` repeats that id."""
    rows = work.shard(table)
    story = ", c.article_id AS story" if with_story else ""
    parent = PARTIES.get(table)
    if parent is None:
        return (
            f"SELECT r.* EXCLUDE (shard) REPLACE (c.article_id AS article_id){story} FROM {rows} AS r "
            "JOIN chosen AS c ON r.article_id = c.story_key AND r.shard = c.shard"
        )
    key = contract(parent).key[0]
    return (
        f"SELECT r.* EXCLUDE (shard){story} FROM {rows} AS r "
        f"JOIN (SELECT {key}, article_id AS story_key, shard FROM {work.shard(parent)}) AS p "
        f"ON r.{key} = p.{key} AND r.shard = p.shard "
        "JOIN chosen AS c ON p.story_key = c.story_key AND p.shard = c.shard"
    )


def delete(work: Work, which: str) -> None:
    """Removes the articles in a temporary table with all that hangs on them."""
    if not work.count(which):
        return
    listed = f"article_id IN (SELECT article_id FROM {which})"
    for table, parent in PARTIES.items():
        key = contract(parent).key[0]
        work.run(f"DELETE FROM main.{table} WHERE {key} IN (SELECT {key} FROM main.{parent} WHERE {listed})")
    for table in (*(t for t in ARTICLE_TABLES if t not in PARTIES), "articles"):
        work.run(f"DELETE FROM main.{table} WHERE {listed}")
