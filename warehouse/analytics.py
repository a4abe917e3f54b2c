"""The views and macros of schema `analytics`: one .sql file each, in `views/` and `macros/`.

The first line of a view says by which columns its rows are sorted where order matters, as in the exports: `-- key: a, b` if no two rows share them,
`-- order: a, b` if they may be NULL, nothing if the view is not exported. A column that the view takes over from a table needs no comment: it gets that of
the first table that has a column of this name, of those that the last SELECT of the view names, then of those before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import duckdb

from schemas.derive import contract

VIEWS = Path(__file__).parent / "views"
MACROS = Path(__file__).parent / "macros"


@dataclass(frozen=True)
class View:
    """One view: its text, the columns that sort it, whether these are a key, and the tables it reads: those of its last SELECT first."""

    name: str
    sql: str
    order: tuple[str, ...]
    has_key: bool
    tables: tuple[str, ...]


@cache
def views() -> dict[str, View]:
    """All views, by name."""
    return {path.stem: _read(path) for path in sorted(VIEWS.glob("*.sql"))}


def version() -> str:
    """A hash of the text of all views and macros, and of the comments that views take over."""
    taken_over = [column.comment for view in views().values() for table in view.tables for column in contract(table).columns]
    return sha256("\n".join([*_scripts(), *taken_over]).encode()).hexdigest()[:16]


def create(con: duckdb.DuckDBPyConnection) -> None:
    """Makes schema `analytics` anew, in the transaction that the caller has begun, with a comment on each view, macro and column."""
    con.execute("DROP SCHEMA IF EXISTS analytics CASCADE")
    con.execute("CREATE SCHEMA analytics")
    for script in _scripts():
        con.execute(script)
    taken_over = []
    for view, column in con.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'analytics' AND database_name = current_database() AND comment IS NULL"
    ).fetchall():
        comment = _inherited_comment(views()[view], column)
        if comment:
            literal = comment.replace("'", "''")
            taken_over.append(f"COMMENT ON COLUMN analytics.{view}.\"{column}\" IS '{literal}'")
    con.execute(";\n".join(taken_over))


def _scripts() -> list[str]:
    return [path.read_text(encoding="utf-8") for folder in (VIEWS, MACROS) for path in sorted(folder.glob("*.sql"))]


def _read(path: Path) -> View:
    sql = path.read_text(encoding="utf-8")
    header = re.match(r"-- (key|order): (.+)\n", sql)
    order = tuple(header[2].split(", ")) if header else ()
    before, _, last = sql.rpartition("\nSELECT ")
    tables = [table for part in (last, before) for table in re.findall(r"\bmain\.(\w+)", part)]
    return View(path.stem, sql, order, bool(header and header[1] == "key"), tuple(dict.fromkeys(tables)))


def _inherited_comment(view: View, column: str) -> str | None:
    for table in view.tables:
        for known in contract(table).columns:
            if known.name == column:
                return known.comment
    return None
