"""The work file and the shards that are loaded into it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from schemas.derive import contract
from warehouse.database import quoted

_SCRIPTS = Path(__file__).parent


class Work:
    """A connection `con` to the work file, in which a transaction is open, and the shards. What one step finds out for a later one it leaves in a temporary
    table."""

    def __init__(self, con: duckdb.DuckDBPyConnection, folders: Sequence[Path]) -> None:
        self.con = con
        self._folders = folders

    def run(self, sql: str, parameters: object = None) -> int:
        """Runs a statement and gives the rows it wrote."""
        row = self.con.execute(sql, parameters).fetchone()
        return int(row[0]) if row and isinstance(row[0], int) else 0

    def script(self, name: str) -> None:
        """Runs a file of statements in this folder."""
        self.con.execute((_SCRIPTS / name).read_text())

    def temp(self, name: str, query: str, parameters: object = None) -> None:
        """Makes a temporary table anew."""
        self.con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}", parameters)

    def count(self, table: str) -> int:
        return self.run(f"SELECT count(*) FROM {table}")

    def shard(self, table: str) -> str:
        """The rows of a table in all shards, with a column `shard` that numbers these."""
        if not self._folders:
            columns = ", ".join(f"NULL::{c.sql_type} AS {c.name}" for c in contract(table).columns)
            return f"(SELECT {columns}, NULL::UBIGINT AS shard WHERE false)"
        paths = ", ".join(quoted(folder / f"{table}.parquet") for folder in self._folders)
        return f"(SELECT *, file_index AS shard FROM read_parquet([{paths}]))"
