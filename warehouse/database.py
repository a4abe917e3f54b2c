"""DuckDB files of ours: how they are opened, and what tells them from others. Knows nothing of the contracts, whose import takes longer than most
questions: what is in the files is made by `warehouse.tables`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.errors import DamagedError, UnreadableError, WarehouseError

PRODUCT = "communique"
STORAGE_VERSION = "v1.5.0"
"""With this storage version a stray .wal beside the published file is refused; the older default replays it silently into the new file."""

MEMORY_LIMIT = "1200MB"
"""What a loading DuckDB may use before it spills beside the work file; the environment variable COMMUNIQUE_MEMORY_LIMIT says otherwise."""
ROW_GROUP_ROWS = 4_096
"""Rows that DuckDB keeps together and in memory until they are written: of texts of 7 kB, some 29 MB a thread (its default would be 860 MB)."""

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "python_enable_replacements": False,
}
"""Nothing is fetched or loaded unasked."""
NO_PROGRESS = "SET enable_progress_bar = false"
"""DuckDB writes a bar to standard output when a query takes more than two seconds, even into a pipe: it would end up in `sql --csv`."""


def connect(warehouse: Path) -> duckdb.DuckDBPyConnection:
    """A read-only, locked-down connection to a published warehouse.

    Raises WarehouseError, in one line, where there is none, or it is a folder, unreadable, or not ours; UnreadableError, which is one, where it is no
    DuckDB file or damaged."""
    if not warehouse.exists():
        raise WarehouseError(f"no warehouse at {warehouse}; communique run makes one")
    refuse_what_is_no_file(warehouse)
    con = _open(warehouse)
    try:
        require_ours(con, warehouse)
    except duckdb.Error as error:
        con.close()
        raise _unreadable(warehouse, error) from error
    return con


def refuse_what_is_no_file(path: Path) -> None:
    """Raises WarehouseError where `path` exists and is not a readable regular file."""
    if path.is_dir():
        raise WarehouseError(f"{path} is a folder; a DuckDB file is wanted")
    if path.exists() and not path.is_file():
        raise WarehouseError(f"{path} is not a regular file")
    if path.exists() and not os.access(path, os.R_OK):
        raise WarehouseError(f"{path} cannot be read: permission denied")


def is_damage(error: duckdb.Error) -> bool:
    """Whether DuckDB says that a file of its own is not what it wrote."""
    return any(words in str(error) for words in _DAMAGE)


_DAMAGE = ("checksum", "orrupt", "Could not read enough bytes", "Failed to load metadata pointer", "database has been invalidated")


def _unreadable(path: Path, error: duckdb.Error) -> WarehouseError:
    reason = " ".join(str(error).split())
    if "not a valid DuckDB database file" in reason:
        return UnreadableError(f"{path} is not a DuckDB file; nothing was changed")
    if is_damage(error):
        return DamagedError(f"{path} is damaged, communique run mends it or says what to do: {reason[:200]}")
    return WarehouseError(f"{path} cannot be opened: {reason[:200]}")


def require_ours(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Raises WarehouseError where the default database of `con` was not made by us; closes `con` then."""
    if not is_ours(con):
        con.close()
        raise WarehouseError(f"{path} is a DuckDB file, but not a warehouse of {PRODUCT}; nothing was changed")


def is_ours(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether the default database of `con` was made by us. Raises duckdb.Error where it cannot be read."""
    try:
        return state(con).get("product") == PRODUCT
    except duckdb.CatalogException:
        return False


def state(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """What a warehouse says of itself: product, schema_version, rules_version, sequence, fingerprint."""
    return dict(con.execute("SELECT key, value FROM meta.state").fetchall())


def set_state(con: duckdb.DuckDBPyConnection, **values: str) -> None:
    for key, value in values.items():
        con.execute("INSERT OR REPLACE INTO meta.state VALUES ($key, $value)", {"key": key, "value": value})


@contextmanager
def work_session(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A writing connection whose default database is the file `path`, created if missing. Spills beside it."""
    temporary = str(path.with_name(path.name + ".tmp"))
    limit = os.environ.get("COMMUNIQUE_MEMORY_LIMIT", MEMORY_LIMIT)
    config = {**_CONFIG, "preserve_insertion_order": False, "temp_directory": temporary, "memory_limit": limit}
    con = duckdb.connect(":memory:", config=config)
    try:
        con.execute(NO_PROGRESS)
        con.execute(f"ATTACH {quoted(path)} AS work (STORAGE_VERSION '{STORAGE_VERSION}', ROW_GROUP_SIZE {ROW_GROUP_ROWS})")
        con.execute("USE work")
        yield con
    finally:
        con.close()


def quoted(path: Path) -> str:
    """A path as an SQL literal."""
    return "'" + str(path).replace("'", "''") + "'"


def _open(path: Path) -> duckdb.DuckDBPyConnection:
    # Attached, not connected to: one process may then open the file with other settings too, as a notebook does.
    con = duckdb.connect(":memory:", config=_CONFIG)
    try:
        con.execute(NO_PROGRESS)
        con.execute(f"ATTACH {quoted(path)} AS warehouse (READ_ONLY)")
    except duckdb.Error as error:
        con.close()
        raise _unreadable(path, error) from error
    con.execute("USE warehouse")
    con.execute("SET enable_external_access = false")
    con.execute("SET lock_configuration = true")
    return con
