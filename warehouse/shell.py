"""DuckDB's own command line on a published warehouse, as locked down as `database.connect` leaves its connections."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

from warehouse import database
from warehouse.errors import WarehouseError

LOCK_DOWN = (
    "SET autoinstall_known_extensions = false; SET autoload_known_extensions = false; SET allow_community_extensions = false",
    ".maxrows 100",
    ".safe_mode",
)
"""No other files, no net, no programs, and no way back. The option -safe would do as much, but leaves installing and loading of extensions as they are."""


def command(warehouse: Path) -> list[str]:
    """The words that start it. Raises WarehouseError where it is not installed."""
    orders = [word for order in LOCK_DOWN for word in ("-cmd", order)]
    return [str(_program()), "-readonly", *orders, str(warehouse)]


def contents(warehouse: Path) -> list[tuple[str, str]]:
    """Views and macros of `analytics`, views first, each with the first clause of its comment. Raises WarehouseError where `warehouse` cannot be read."""
    with database.connect(warehouse) as con:
        rows = con.execute(
            """
            SELECT 'analytics.' || view_name, comment, 1 AS part FROM duckdb_views() WHERE schema_name = 'analytics'
            UNION ALL
            SELECT 'analytics.' || function_name || '(' || array_to_string(parameters, ', ') || ')', regexp_replace(comment, '^[^:]*: ', ''), 2
            FROM duckdb_functions() WHERE schema_name = 'analytics'
            ORDER BY part, 1
            """
        ).fetchall()
    return [(name, comment.split(":")[0].split(". ")[0]) for name, comment, _ in rows]


def _program() -> Path:
    # The package's own script would set an option after the lock-down: the program that it carries is started instead.
    package = find_spec("duckdb_cli")
    if package and package.origin:
        carried = Path(package.origin).with_name("duckdb")
        if carried.is_file():
            return carried
    found = shutil.which("duckdb")
    if not found:
        raise WarehouseError("DuckDB's command line is not installed: pip install duckdb-cli")
    return Path(found)
