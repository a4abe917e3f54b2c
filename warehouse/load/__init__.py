"""Reconciles the work file with batch shards, in one transaction.

What the tables should hold follows from the ledger and the placements of live documents alone; this is computed in SQL, compared with what
they do hold, and only the difference is written. So the order of files, batches and runs cannot matter. Work is proportional to what
changed, apart from a few scans of narrow columns.

Shards hold rows in local terms: `articles.article_id` is the story key, minister ids are person keys of `article_ministers`.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse import checks, shards
from warehouse.database import ROW_GROUP_ROWS
from warehouse.errors import CheckError, WarehouseError
from warehouse.load.articles import load_articles, load_placements
from warehouse.load.documents import derivation_sql, load_documents, load_files
from warehouse.load.people import load_people
from warehouse.load.rows import load_rows
from warehouse.load.work import Work


@dataclass(frozen=True)
class LoadResult:
    """What a load did. `derive_again`: documents whose rows the shards did not hold in the version wanted, sorted; load them next."""

    files: int
    documents: int
    articles: int
    derive_again: tuple[str, ...]


def load(con: duckdb.DuckDBPyConnection, folders: Sequence[Path], gone: Sequence[str], *, prune: bool, run_id: str, rules_version: str) -> LoadResult:
    """Brings the tables of `con` (its default database) in line with the shards in `folders` and the source_uris in `gone`, and commits.

    The rows of a document count as derived by `rules_version`. With `prune`, the documents that only `gone` files held are removed; their
    files stay in the ledger. Raises WarehouseError where a shard is damaged and CheckError where rows break an invariant; then nothing has
    changed."""
    for folder in folders:
        shards.check(folder)
    _vacuum(con, sum(shards.pages(folder) for folder in folders) < ROW_GROUP_ROWS)
    con.execute("BEGIN")
    try:
        result = _reconcile(Work(con, folders), gone, prune=prune, run_id=run_id, rules_version=rules_version)
        con.execute("COMMIT")
    except BaseException as error:
        with suppress(duckdb.Error):  # where DuckDB could not write, it has ended the transaction itself
            con.execute("ROLLBACK")
        if isinstance(error, duckdb.Error):
            raise WarehouseError(f"load failed, nothing changed: {' '.join(str(error).split())}") from error
        raise
    return result


def _reconcile(work: Work, gone: Sequence[str], *, prune: bool, run_id: str, rules_version: str) -> LoadResult:
    files = load_files(work, gone, prune=prune, run_id=run_id)
    documents = load_documents(work, prune=prune, rules_version=rules_version)
    load_placements(work)
    articles = load_articles(work)
    load_people(work)
    load_rows(work)
    findings = checks.changed_rows(work.con)
    if findings:
        raise CheckError(f"the batches break an invariant, nothing was loaded: {findings[0]}", list(findings))
    return LoadResult(files, documents, articles, stale(work.con, rules_version))


def stale(con: duckdb.DuckDBPyConnection, rules_version: str) -> tuple[str, ...]:
    """Documents whose rows are missing or were derived by other rules or from other metadata, sorted."""
    rows = con.execute(
        f"""
        SELECT document_id FROM main.documents WHERE NOT is_superseded AND derivation IS DISTINCT FROM {derivation_sql("published_on")}
        UNION
        SELECT arg_min(document_id, printf('%010d', 2147483647 - body_chars) || version_id || document_id)
        FROM main.article_placements WHERE article_id NOT IN (SELECT article_id FROM main.articles)
        GROUP BY article_id
        ORDER BY 1
        """,
        {"rules": rules_version},
    ).fetchall()
    return tuple(row[0] for row in rows)


def _vacuum(con: duckdb.DuckDBPyConnection, is_wanted: bool) -> None:
    """Whether what is committed is moved together with row groups that are not full. After a large load, whose threads leave one such group each, that would
    write many texts twice."""
    con.execute(f"SET max_vacuum_tasks = {100 if is_wanted else 0}")
