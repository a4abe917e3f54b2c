"""Integrity in SQL: of what a load changed before it commits, and of a whole warehouse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb

from schemas import ARTICLE_TABLES, TABLES
from schemas.derive import contract, key_check, reference_check, value_conditions

SHOWN = 3

SPANS = {
    "country_mentions": ("surface", "CASE t.field WHEN 'title' THEN a.title ELSE a.body END", "JOIN main.articles AS a USING (article_id)"),
    "minister_mentions": ("surface", "CASE t.field WHEN 'title' THEN a.title ELSE a.body END", "JOIN main.articles AS a USING (article_id)"),
    "commitments": ("quote", "CASE a.body WHEN '' THEN a.title ELSE a.body END", "JOIN main.articles AS a USING (article_id)"),
    "incidents": ("quote", "CASE a.body WHEN '' THEN a.title ELSE a.body END", "JOIN main.articles AS a USING (article_id)"),
    "incident_attributions": (
        "quote",
        "CASE a.body WHEN '' THEN a.title ELSE a.body END",
        "JOIN main.incidents AS i USING (incident_id) JOIN main.articles AS a USING (article_id)",
    ),
}
"""Evidence: the column that must equal the span, the text in which the offsets count, and how to reach that text."""


@dataclass(frozen=True)
class Finding:
    """An invariant that does not hold: which check, in which table, for how many rows, with a few of them."""

    check: str
    table: str
    rows: int
    examples: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.check}: {self.table}: {self.rows:,} rows, such as {'; '.join(self.examples)}"


@dataclass(frozen=True)
class Outcome:
    """A check that was made before publishing: of what, in which table, and how it was broken (None: it holds)."""

    check: str
    table: str
    breach: str | None


def outcomes(findings: Sequence[Finding]) -> list[Outcome]:
    """What `whole` without `rows` looks at, with what it found."""
    looked_at = [("reference", table) for table in TABLES if reference_check(table, table)]
    looked_at += [(check, table) for check, table, _ in _INVARIANTS]
    return [
        Outcome(check, table, "; ".join(str(f) for f in findings if (f.check, f.table) == (check, table)) or None)
        for check, table in dict.fromkeys(looked_at)
    ]


def changed_rows(con: duckdb.DuckDBPyConnection) -> list[Finding]:
    """Keys, closed lists, references and spans of the articles in temp.chosen and what hangs on them, and keys of the files and documents
    touched."""
    scopes = dict.fromkeys(("articles", *ARTICLE_TABLES), "article_id IN (SELECT article_id FROM temp.chosen)")
    for table, parent in (("commitment_parties", "commitments"), ("incident_parties", "incidents"), ("incident_attributions", "incidents")):
        key = contract(parent).key[0]
        scopes[table] = f"{key} IN (SELECT {key} FROM main.{parent} WHERE {scopes[parent]})"
    scopes["files"] = "file_id IN (SELECT file_id FROM temp.offered_files)"
    scopes["documents"] = "document_id IN (SELECT document_id FROM temp.derived)"
    scopes["article_placements"] = "document_id IN (SELECT document_id FROM temp.derived)"
    is_any_chosen = con.execute("SELECT count(*) FROM temp.chosen").fetchall()[0][0] > 0
    findings: list[Finding] = []
    for table, scope in scopes.items():
        if table in ("articles", *ARTICLE_TABLES) and not is_any_chosen:
            continue
        source = f"(SELECT * FROM main.{table} WHERE {scope})"
        # The ids that rows carry themselves are unique in the whole table, not among the changed rows alone.
        key = contract(table).key[0]
        is_own = key not in scope
        keys = f"(SELECT * FROM main.{table} WHERE {key} IN (SELECT {key} FROM main.{table} WHERE {scope}))" if is_own else source
        findings += _find(con, "key", table, key_check(table, keys))
        findings += _values(con, table, source, vocabularies_only=True)
        # A placement may wait for its article, which has to be derived again: `whole` looks at that before anything is published.
        if table != "article_placements":
            findings += _references(con, table, source)
    return findings


def whole(con: duckdb.DuckDBPyConnection, *, rows: bool) -> list[Finding]:
    """References between tables, the ledger and the stories of a whole warehouse; with `rows` also keys, closed lists and spans of every
    row."""
    findings = [f for table in TABLES for f in _references(con, table, f"main.{table}")]
    for check, table, query in _INVARIANTS:
        findings += _find(con, check, table, query)
    if not rows:
        return findings
    for table in TABLES:
        findings += _find(con, "key", table, key_check(table))
        findings += _values(con, table, f"main.{table}", vocabularies_only=False)
    for table in SPANS:
        findings += _find(con, "span", table, span_check(table))
    for check, table, query in _TEXT_INVARIANTS:
        findings += _find(con, check, table, query)
    return findings


def span_check(table: str, scope: str = "true") -> str:
    """SQL that gives the rows whose quote or surface is not what stands between their offsets."""
    column, text, joins = SPANS[table]
    key = ", ".join(f"t.{k}" for k in contract(table).key)
    return (
        f"SELECT {key}, t.{column} FROM (SELECT * FROM main.{table} WHERE {scope}) AS t {joins} "
        f"WHERE substring({text}, t.start_char + 1, t.end_char - t.start_char) <> t.{column} OR t.end_char <= t.start_char"
    )


def _values(con: duckdb.DuckDBPyConnection, table: str, source: str, *, vocabularies_only: bool) -> Iterator[Finding]:
    conditions = dict(value_conditions(table, vocabularies_only=vocabularies_only))
    if not conditions:
        return
    # One pass for all columns; only a breach costs another.
    columns = ", ".join(f"coalesce(bool_or({condition}), false)" for condition in conditions.values())
    breached = con.execute(f"SELECT {columns} FROM {source}").fetchall()[0]
    for (column, condition), is_breached in zip(conditions.items(), breached, strict=True):
        if is_breached:
            yield from _find(con, "values", table, f"SELECT '{column}', {column} FROM {source} WHERE {condition}")


def _references(con: duckdb.DuckDBPyConnection, table: str, source: str) -> Iterator[Finding]:
    query = reference_check(table, source)
    if query:
        yield from _find(con, "reference", table, query)


def _find(con: duckdb.DuckDBPyConnection, check: str, table: str, sql: str) -> Iterator[Finding]:
    # Not counted by `count(*) OVER ()` at once: now and then that fails over no rows, with an INTERNAL Error of DuckDB 1.5.5 (WindowLocalSourceState).
    examples = con.execute(f"FROM ({sql}) LIMIT {SHOWN}").fetchall()
    if examples:
        count = con.execute(f"SELECT count(*) FROM ({sql})").fetchall()[0][0]
        yield Finding(check, table, int(count), tuple(_row(example) for example in examples))


def _row(values: Sequence[object]) -> str:
    return ", ".join(" ".join(str(value)[:60].split()) for value in values)


_HELD = "SELECT document_id FROM main.files WHERE document_id IS NOT NULL"
_INVARIANTS = (
    ("ledger", "files", f"SELECT document_id FROM ({_HELD}) WHERE document_id NOT IN (SELECT document_id FROM main.documents)"),
    (
        "ledger",
        "files",
        """
        SELECT source_uri, status FROM main.files
        WHERE status IN ('loaded', 'duplicate', 'unsupported_language') AND document_id IS NULL
        OR status IN ('empty', 'not_text', 'too_large', 'unreadable') AND document_id IS NOT NULL
        OR status <> 'loaded' AND status_reason IS NULL
        """,
    ),
    (
        "ledger",
        "files",
        "SELECT document_id, count(*) FROM main.files WHERE document_id IS NOT NULL AND status NOT IN ('duplicate', 'gone') "
        "GROUP BY document_id HAVING count(*) > 1",
    ),
    ("live", "documents", f"SELECT document_id FROM main.documents WHERE is_superseded = (document_id IN ({_HELD}))"),
    (
        "live",
        "article_placements",
        "SELECT document_id FROM main.article_placements "
        "WHERE document_id IN (SELECT document_id FROM main.documents WHERE is_superseded OR language <> 'en')",
    ),
    (
        "stories",
        "articles",
        """
        SELECT article_id FROM main.articles FULL JOIN (
            SELECT article_id, count(*) AS n, NOT bool_or(block = 'main') AS is_teaser FROM main.article_placements GROUP BY article_id
        ) AS p USING (article_id)
        WHERE n IS DISTINCT FROM n_placements OR is_teaser IS DISTINCT FROM is_teaser_only
        """,
    ),
    ("people", "ministers", "SELECT minister_id FROM main.ministers WHERE minister_id NOT IN (SELECT minister_id FROM main.article_ministers)"),
    (
        "people",
        "minister_mentions",
        "SELECT DISTINCT article_id, minister_id FROM main.minister_mentions ANTI JOIN main.article_ministers USING (article_id, minister_id)",
    ),
)
_LISTS = (
    ("articles", "article_id", "mentioned_iso3", "(SELECT DISTINCT article_id, iso3 FROM main.country_mentions)", "iso3"),
    *(
        (f"{kind}s", f"{kind}_id", f"{role}s", f"(SELECT * FROM main.{kind}_parties WHERE role = '{role}')", "coalesce(iso3, name)")
        for kind, role in (
            ("commitment", "actor"), ("commitment", "recipient"),
            ("incident", "perpetrator"), ("incident", "target"), ("incident", "responder"),
        )
    ),
    *(
        (f"{kind}s", f"{kind}_id", f"{role}_iso3",
            f"(SELECT DISTINCT {kind}_id, iso3 FROM main.{kind}_parties WHERE role = '{role}' AND iso3 IS NOT NULL)", "iso3")
        for kind, role in (("commitment", "actor"), ("commitment", "recipient"), ("incident", "perpetrator"), ("incident", "target"))
    ),
)  # fmt: skip
"""Lists beside a row: the column, and the rows of another table whose values it must list."""
_TEXT_INVARIANTS = (
    ("hash", "documents", "SELECT document_id FROM main.documents WHERE document_id <> left(sha256, 16)"),
    *(
        (
            "lists",
            table,
            f"""
            SELECT {key} FROM main.{table} FULL JOIN (SELECT {key}, list({value} ORDER BY {value}) AS listed FROM {source} GROUP BY {key}) AS p USING ({key})
            WHERE list_sort({column}) IS DISTINCT FROM coalesce(listed, [])
            """,
        )
        for table, key, column, source, value in _LISTS
    ),
    (
        "stories",
        "articles",
        """
        SELECT article_id FROM main.articles AS a JOIN main.article_placements AS p USING (article_id) GROUP BY article_id, a.body, a.version_id
        HAVING length(a.body) <> max(p.body_chars) OR NOT bool_or(p.version_id = a.version_id)
        """,
    ),
    (
        "stories",
        "article_placements",
        "SELECT document_id, position FROM main.article_placements JOIN main.documents USING (document_id) "
        "WHERE end_char < start_char OR end_char > length(raw_text)",
    ),
)
