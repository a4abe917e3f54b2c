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
import pyarrow as pa

from schemas import ARTICLE_TABLES
from schemas.derive import contract
from warehouse import checks, shards
from warehouse.database import ROW_GROUP_ROWS, quoted
from warehouse.errors import CheckError, WarehouseError

SQL = Path(__file__).parent
LANGUAGE = "en"

PARTIES = {"commitment_parties": "commitments", "incident_parties": "incidents", "incident_attributions": "incidents"}
"""Tables of rows that hang on a row of another table, not on the article itself."""
OF_ARTICLE = tuple(t for t in ARTICLE_TABLES if t not in PARTIES)
PERSON_COLUMNS = {
    "minister_mentions": "minister_id",
    "commitments": "speaker_minister_id",
    "commitment_parties": "minister_id",
    "incident_parties": "minister_id",
}
"""Columns that hold a person key in shards and a minister id in the warehouse."""


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
        result = _Load(con, folders, run_id, rules_version).run(gone, prune)
        con.execute("COMMIT")
    except BaseException as error:
        with suppress(duckdb.Error):  # where DuckDB could not write, it has ended the transaction itself
            con.execute("ROLLBACK")
        if isinstance(error, duckdb.Error):
            raise WarehouseError(f"load failed, nothing changed: {' '.join(str(error).split())}") from error
        raise
    return result


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


def derivation_sql(published_on: str) -> str:
    """SQL for what the rows of a document are derived with: the rules ($rules) and the publication day beside the text."""
    return f"left(sha256($rules || chr(31) || coalesce({published_on}::VARCHAR, '')), 16)"


def _vacuum(con: duckdb.DuckDBPyConnection, is_wanted: bool) -> None:
    """Whether what is committed is moved together with row groups that are not full. After a large load, whose threads leave one such group each, that would
    write many texts twice."""
    con.execute(f"SET max_vacuum_tasks = {100 if is_wanted else 0}")


class _Load:
    def __init__(self, con: duckdb.DuckDBPyConnection, folders: Sequence[Path], run_id: str, rules_version: str) -> None:
        self._con = con
        self._folders = folders
        self._run_id = run_id
        self._rules = rules_version

    def run(self, gone: Sequence[str], prune: bool) -> LoadResult:
        files = self._files(gone, prune)
        documents = self._documents(prune)
        self._placements()
        articles = self._articles()
        self._people()
        self._mentions()
        findings = checks.changed_rows(self._con)
        if findings:
            raise CheckError(f"the batches break an invariant, nothing was loaded: {findings[0]}", list(findings))
        return LoadResult(files, documents, articles, stale(self._con, self._rules))

    def _sql(self, sql: str, parameters: object = None) -> int:
        """Runs a statement and gives the rows it wrote."""
        row = self._con.execute(sql, parameters).fetchone()
        return int(row[0]) if row and isinstance(row[0], int) else 0

    def _temp(self, name: str, query: str, parameters: object = None) -> None:
        self._con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}", parameters)

    def _shard(self, table: str) -> str:
        """The rows of a table in all shards, with a column `shard` that numbers these."""
        if not self._folders:
            columns = ", ".join(f"NULL::{c.sql_type} AS {c.name}" for c in contract(table).columns)
            return f"(SELECT {columns}, NULL::UBIGINT AS shard WHERE false)"
        paths = ", ".join(quoted(folder / f"{table}.parquet") for folder in self._folders)
        return f"(SELECT *, file_index AS shard FROM read_parquet([{paths}]))"

    def _files(self, gone: Sequence[str], prune: bool) -> int:
        self._temp(
            "offered_files",
            f"SELECT * EXCLUDE (shard) FROM {self._shard('files')} QUALIFY row_number() OVER (PARTITION BY file_id ORDER BY shard DESC) = 1",
        )
        self._con.register("gone_uris", pa.table({"source_uri": pa.array(gone, pa.string())}))
        self._temp(
            "gone_files",
            f"""
            SELECT file_id, document_id FROM main.files
            WHERE source_uri IN (SELECT source_uri FROM gone_uris) AND file_id NOT IN (SELECT file_id FROM offered_files)
            AND (status <> 'gone' OR ({prune} AND document_id IS NOT NULL))
            """,
        )
        self._con.unregister("gone_uris")
        self._temp(
            "touched",
            f"""
            SELECT document_id FROM main.files WHERE document_id IS NOT NULL AND file_id IN (SELECT file_id FROM offered_files)
            UNION SELECT document_id FROM offered_files WHERE document_id IS NOT NULL
            UNION SELECT document_id FROM gone_files WHERE document_id IS NOT NULL
            UNION SELECT document_id FROM {self._shard("documents")}
            """,
        )
        offered = [n for n in contract("files").names if n not in ("file_id", "source_uri", "first_run_id", "last_run_id")]
        self._sql(
            f"""
            UPDATE main.files AS f SET {", ".join(f"{n} = o.{n}" for n in offered)}, last_run_id = $run
            FROM offered_files AS o WHERE f.file_id = o.file_id
            """,
            {"run": self._run_id},
        )
        self._sql(
            """
            INSERT INTO main.files BY NAME SELECT * REPLACE ($run AS first_run_id, $run AS last_run_id) FROM offered_files
            WHERE file_id NOT IN (SELECT file_id FROM main.files)
            """,
            {"run": self._run_id},
        )
        self._sql(
            f"""
            UPDATE main.files AS f SET status = 'gone', status_reason = {"'no longer there; pruned'" if prune else "'no longer there'"}
            {", document_id = NULL" if prune else ""}
            FROM gone_files AS g WHERE f.file_id = g.file_id
            """
        )
        return self._count("offered_files") + self._count("gone_files")

    def _documents(self, prune: bool) -> int:
        """Which documents are live, what the ledger says of them, and from which shard their rows come."""
        self._temp(
            "document_state",
            """
            SELECT document_id,
                arg_min(file_name, (status = 'gone')::INTEGER || source_uri) AS file_name,
                arg_min(published_on, (status = 'gone')::INTEGER || source_uri) FILTER (published_on IS NOT NULL) AS published_on
            FROM main.files WHERE document_id IN (SELECT document_id FROM touched)
            GROUP BY document_id
            """,
        )
        # Only rows derived with the publication day that the ledger wants count as derived.
        self._temp(
            "offered_documents",
            f"""
            SELECT document_id, s.file_name, s.published_on,
                coalesce(min(d.shard) FILTER (d.published_on IS NOT DISTINCT FROM s.published_on), min(d.shard)) AS shard,
                bool_or(d.published_on IS NOT DISTINCT FROM s.published_on) AS is_derived
            FROM {self._shard("documents")} AS d JOIN document_state AS s USING (document_id)
            GROUP BY ALL
            """,
        )
        self._temp("derived", "SELECT document_id, shard FROM offered_documents WHERE is_derived")
        self._temp(
            "dead",
            "SELECT document_id FROM main.documents WHERE NOT is_superseded "
            "AND document_id IN (SELECT document_id FROM touched) AND document_id NOT IN (SELECT document_id FROM document_state)",
        )
        self._sql(
            """
            UPDATE main.documents AS d SET file_name = s.file_name, published_on = s.published_on, is_superseded = false
            FROM document_state AS s WHERE d.document_id = s.document_id
            AND (d.file_name <> s.file_name OR d.published_on IS DISTINCT FROM s.published_on OR d.is_superseded)
            """
        )
        self._sql(
            f"""
            UPDATE main.documents AS d
            SET language = n.language, layout = n.layout, encoding = n.encoding, derivation = {derivation_sql("d.published_on")}
            FROM (
                SELECT document_id, language, layout, encoding
                FROM {self._shard("documents")} AS r
                JOIN derived AS a USING (document_id) WHERE r.shard = a.shard
            ) AS n WHERE d.document_id = n.document_id
            """,
            {"rules": self._rules},
        )
        self._sql(
            f"""
            INSERT INTO main.documents BY NAME
            SELECT r.document_id, r.sha256, o.file_name, r.encoding, r.language, r.layout, false AS is_superseded, o.published_on,
                CASE WHEN o.is_derived THEN {derivation_sql("o.published_on")} END AS derivation, r.raw_text
            FROM {self._shard("documents")} AS r
            JOIN (
                SELECT * FROM offered_documents WHERE document_id NOT IN (SELECT document_id FROM main.documents)
            ) AS o ON r.document_id = o.document_id AND r.shard = o.shard
            """,
            {"rules": self._rules},
        )
        if prune:
            self._sql(
                "DELETE FROM main.documents WHERE document_id IN (SELECT document_id FROM gone_files) "
                "AND document_id NOT IN (SELECT document_id FROM document_state)"
            )
        self._sql("UPDATE main.documents SET is_superseded = true, derivation = NULL WHERE document_id IN (SELECT document_id FROM dead)")
        self._statuses()
        return self._count("derived") + self._count("dead")

    def _statuses(self) -> None:
        """The first file of a document in order of source_uri says what became of the text, the others are duplicates of it."""
        self._temp(
            "statuses",
            f"""
            WITH holders AS (
                SELECT file_id, document_id, status, status_reason, first_value(source_uri) OVER held AS first_uri,
                    row_number() OVER held = 1 AS is_first
                FROM main.files WHERE status <> 'gone' AND document_id IN (SELECT document_id FROM touched)
                WINDOW held AS (PARTITION BY document_id ORDER BY source_uri)
            ),
            failed AS (
                -- apart, so that no other text is read
                SELECT document_id FROM main.documents WHERE language IS NULL AND regexp_matches(raw_text, '\\p{{L}}')
            ),
            texts AS (
                SELECT document_id, language, document_id IN (SELECT document_id FROM failed) AS is_failed
                FROM main.documents WHERE document_id IN (SELECT document_id FROM touched)
            )
            SELECT file_id,
                CASE WHEN NOT is_first THEN 'duplicate' WHEN is_failed THEN 'failed' WHEN language = '{LANGUAGE}' THEN 'loaded'
                    ELSE 'unsupported_language' END AS status,
                CASE WHEN NOT is_first THEN 'same bytes as ' || first_uri
                    WHEN is_failed THEN CASE WHEN status = 'failed' THEN status_reason ELSE 'the rules fail on this text' END
                    WHEN language = '{LANGUAGE}' THEN CASE WHEN status = 'loaded' THEN status_reason END
                    ELSE coalesce('language ' || language, 'no words') END AS status_reason
            FROM holders JOIN texts USING (document_id)
            """,
        )
        self._sql(
            """
            UPDATE main.files AS f SET status = s.status, status_reason = s.status_reason FROM statuses AS s WHERE f.file_id = s.file_id
            AND (f.status <> s.status OR f.status_reason IS DISTINCT FROM s.status_reason)
            """
        )

    def _placements(self) -> None:
        """Placements of the derived documents replaced, of the dead removed; then which entries are one story, and its wanted version."""
        entries = f"(SELECT p.* FROM {self._shard('article_placements')} AS p "
        entries += "JOIN derived AS d ON p.document_id = d.document_id AND p.shard = d.shard)"
        replaced = "document_id IN (SELECT document_id FROM derived UNION ALL SELECT document_id FROM dead)"
        self._temp(
            "affected_titles",
            f"SELECT title_key FROM main.article_placements WHERE {replaced} UNION SELECT title_key FROM {entries}",
        )
        self._temp(
            "old_articles",
            "SELECT DISTINCT article_id FROM main.article_placements WHERE title_key IN (SELECT title_key FROM affected_titles)",
        )
        self._sql(f"DELETE FROM main.article_placements WHERE {replaced}")
        self._sql(f"INSERT INTO main.article_placements BY NAME SELECT * EXCLUDE (shard) REPLACE (story_key AS article_id) FROM {entries}")
        self._con.execute((SQL / "identity.sql").read_text())

    def _articles(self) -> int:
        """Articles that are not what is wanted removed with all that hangs on them; inserted again where a shard holds the wanted
        version."""
        self._temp(
            "chosen",
            f"""
            SELECT article_id, o.story_key, o.version_id, o.shard FROM wanted JOIN (
                SELECT article_id AS story_key, version_id, min(shard) AS shard
                FROM {self._shard("articles")} GROUP BY ALL
            ) AS o USING (version_id)
            """,
        )
        self._temp(
            "outdated",
            """
            SELECT article_id FROM main.articles AS a
            WHERE article_id IN (SELECT article_id FROM old_articles UNION ALL SELECT article_id FROM wanted)
            AND (article_id IN (SELECT article_id FROM chosen)
                OR NOT EXISTS (SELECT 1 FROM wanted AS w WHERE w.article_id = a.article_id AND w.version_id = a.version_id))
            """,
        )
        self._temp(
            "changed_ministers",
            "SELECT DISTINCT minister_id FROM main.article_ministers WHERE article_id IN (SELECT article_id FROM outdated)",
        )
        self._delete("outdated")
        self._sql(
            """
            UPDATE main.articles AS a SET n_placements = w.n_placements, is_teaser_only = w.is_teaser_only
            FROM wanted AS w WHERE a.article_id = w.article_id
            AND (a.n_placements <> w.n_placements OR a.is_teaser_only <> w.is_teaser_only)
            """
        )
        return self._sql(
            f"""
            INSERT INTO main.articles BY NAME
            SELECT r.* EXCLUDE (shard)
                REPLACE (w.article_id AS article_id, w.is_teaser_only AS is_teaser_only, w.n_placements AS n_placements)
            FROM {self._shard("articles")} AS r
            JOIN (SELECT * FROM chosen JOIN wanted USING (article_id, version_id)) AS w
                ON r.article_id = w.story_key AND r.version_id = w.version_id AND r.shard = w.shard
            """
        )

    def _delete(self, which: str) -> None:
        """Removes the articles in a temporary table with all that hangs on them."""
        if not self._count(which):
            return
        listed = f"article_id IN (SELECT article_id FROM {which})"
        for table, parent in PARTIES.items():
            key = contract(parent).key[0]
            self._sql(f"DELETE FROM main.{table} WHERE {key} IN (SELECT {key} FROM main.{parent} WHERE {listed})")
        for table in (*OF_ARTICLE, "articles"):
            self._sql(f"DELETE FROM main.{table} WHERE {listed}")

    def _people(self) -> None:
        """People joined across all articles; those of the chosen articles inserted, others moved where the join has changed."""
        self._temp("people_in", self._of_chosen("article_ministers"))
        if not self._count("people_in") and not self._count("changed_ministers"):
            return
        self._con.execute((SQL / "people.sql").read_text())
        same = "m.name_key = a.name_key AND m.surname_key = a.surname_key AND m.is_surname_only = a.is_surname_only "
        same += "AND m.place = coalesce(a.country_iso3, a.organisation, '') AND m.rank = a.rank"
        self._temp(
            "moved",
            f"""
            SELECT a.article_id, a.person_key, a.minister_id AS old_id, m.minister_id AS new_id
            FROM main.article_ministers AS a JOIN person_map AS m ON {same} WHERE a.minister_id <> m.minister_id
            """,
        )
        if self._count("moved"):
            self._move()
        self._sql(
            f"""
            INSERT INTO main.article_ministers BY NAME
            SELECT a.* REPLACE (m.minister_id AS minister_id) FROM people_in AS a JOIN person_map AS m ON {same}
            """
        )
        self._sql(
            "INSERT INTO changed_ministers SELECT DISTINCT minister_id FROM main.article_ministers "
            "WHERE article_id IN (SELECT article_id FROM chosen)"
        )
        self._con.execute((SQL / "ministers.sql").read_text())

    def _move(self) -> None:
        """Gives people of articles already loaded their new ids. Where one id of an article parts into two, its mentions cannot tell which
        is whose: the article is removed, and so derived again."""
        self._temp(
            "parted",
            """
            SELECT DISTINCT a.article_id FROM main.article_ministers AS a LEFT JOIN moved AS m USING (article_id, person_key)
            WHERE a.article_id IN (SELECT article_id FROM moved)
            GROUP BY a.article_id, a.minister_id HAVING count(DISTINCT coalesce(m.new_id, a.minister_id)) > 1
            """,
        )
        self._sql(
            "INSERT INTO changed_ministers SELECT old_id FROM moved UNION SELECT new_id FROM moved "
            "UNION SELECT minister_id FROM main.article_ministers WHERE article_id IN (SELECT article_id FROM parted)"
        )
        self._delete("parted")
        self._sql("DELETE FROM moved WHERE article_id IN (SELECT article_id FROM parted)")
        self._sql(
            """
            UPDATE main.article_ministers AS a SET minister_id = m.new_id FROM moved AS m
            WHERE a.article_id = m.article_id AND a.person_key = m.person_key
            """
        )
        self._temp("renamed", "SELECT DISTINCT article_id, old_id, new_id FROM moved")
        for table, column in PERSON_COLUMNS.items():
            parent = PARTIES.get(table)
            if parent:
                key = contract(parent).key[0]
                names = f"(SELECT p.{key}, r.old_id, r.new_id FROM main.{parent} AS p JOIN renamed AS r USING (article_id))"
            else:
                key, names = "article_id", "renamed"
            self._sql(f"UPDATE main.{table} AS t SET {column} = r.new_id FROM {names} AS r WHERE t.{key} = r.{key} AND t.{column} = r.old_id")

    def _mentions(self) -> None:
        """All that hangs on the chosen articles, with minister ids for person keys."""
        if not self._count("chosen"):
            return
        self._temp(
            "people_here",
            "SELECT article_id, person_key, minister_id FROM main.article_ministers WHERE article_id IN (SELECT article_id FROM chosen)",
        )
        for table in ARTICLE_TABLES:
            if table == "article_ministers":
                continue
            column = PERSON_COLUMNS.get(table)
            rows = self._of_chosen(table, with_story=column is not None)
            if column:
                # A key that names nobody stays as it is, for the checks to find.
                rows = (
                    f"SELECT t.* EXCLUDE (story) REPLACE (coalesce(h.minister_id, t.{column}) AS {column}) FROM ({rows}) AS t "
                    f"LEFT JOIN people_here AS h ON h.article_id = t.story AND h.person_key = t.{column}"
                )
            self._sql(f"INSERT INTO main.{table} BY NAME {rows}")

    def _of_chosen(self, table: str, *, with_story: bool = False) -> str:
        """The rows of a table in the shards that belong to chosen articles, under the id of the article; `story` repeats that id."""
        rows = self._shard(table)
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
            f"JOIN (SELECT {key}, article_id AS story_key, shard FROM {self._shard(parent)}) AS p "
            f"ON r.{key} = p.{key} AND r.shard = p.shard "
            "JOIN chosen AS c ON p.story_key = c.story_key AND p.shard = c.shard"
        )

    def _count(self, table: str) -> int:
        return self._sql(f"SELECT count(*) FROM {table}")
