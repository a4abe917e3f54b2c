"""The invariants of a published warehouse, checked row by row."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

from schemas.derive import schema_version
from warehouse import checks, database, export
from warehouse.checks import Finding
from warehouse.errors import WarehouseError


def verify(warehouse: Path, exports: Path | None = None) -> list[Finding]:
    """What does not hold: keys, references, closed lists, evidence spans, the ledger, stories, people, documents' hashes, views; with
    `exports` also whether these belong to this warehouse and hold as many rows. Empty if all is well.

    Raises WarehouseError where the warehouse cannot be read at all."""
    with database.connect(warehouse) as con:
        found = database.state(con)["schema_version"]
        if found != schema_version():
            raise WarehouseError(f"{warehouse} has tables of another version ({found}); run communique once to bring it up to date")
        try:
            findings = [*checks.whole(con, rows=True), *_views(con)]
            if exports is not None:
                findings += _exports(con, exports)
        except duckdb.Error as error:
            raise WarehouseError(f"{warehouse} cannot be read: {' '.join(str(error).split())}") from error
        return findings


def _views(con: duckdb.DuckDBPyConnection) -> list[Finding]:
    names = con.execute("SELECT view_name FROM duckdb_views() WHERE schema_name = 'analytics' ORDER BY view_name").fetchall()
    findings = [] if names else [Finding("views", "analytics", 0, ("there are no views",))]
    for (name,) in names:
        try:
            con.execute(f"SELECT count(COLUMNS(*)) FROM analytics.{name}").fetchall()
        except duckdb.Error as error:
            findings.append(Finding("views", f"analytics.{name}", 0, (" ".join(str(error).split())[:200],)))
    return findings


def _exports(con: duckdb.DuckDBPyConnection, exports: Path) -> list[Finding]:
    shown, wanted = export.fingerprint(exports), database.state(con)["fingerprint"]
    if shown != wanted:
        return [Finding("exports", str(exports), 0, (f"they belong to publication {shown}, the warehouse is {wanted}",))]
    findings = []
    for resource in json.loads((exports / export.PACKAGE).read_text(encoding="utf-8"))["resources"]:
        path = exports / resource["path"]
        if not path.exists() or f"sha256:{export.digest(path)}" != resource["hash"]:
            findings.append(Finding("exports", resource["name"], 0, (f"{path} is not what was written",)))
    return findings
