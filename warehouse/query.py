"""Questions to a published warehouse: SQL, evidence, status. Everything through the locked-down, read-only connection of
`database.connect`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from warehouse import database
from warehouse.errors import WarehouseError

RUNS_SHOWN = 10


def sql(warehouse: Path, query: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Column names and rows of a query. Raises WarehouseError, in one line, where the query or the warehouse cannot be read."""
    with database.connect(warehouse) as con:
        try:
            result = con.execute(query)
            return [column[0] for column in result.description or []], result.fetchall()
        except duckdb.Error as error:
            raise WarehouseError(" ".join(str(error).split())) from error


def evidence(warehouse: Path, evidence_id: str) -> dict[str, Any] | None:
    """The row of `analytics.evidence(id)` by column name, with `paragraph` (the paragraphs of the body that the quote stands in) and
    `paragraph_start` (where these start in the body, in code points); None where no commitment, incident or attribution has that id."""
    with database.connect(warehouse) as con:
        result = con.execute("SELECT * FROM analytics.evidence($id)", {"id": evidence_id})
        names = [column[0] for column in result.description]
        row = result.fetchone()
    if row is None:
        return None
    found = dict(zip(names, row, strict=True))
    body, start, end = found["body"], found["start_char"], found["end_char"]
    begin = body.rfind("\n\n", 0, start)
    begin = 0 if begin < 0 else begin + 2
    stop = body.find("\n\n", end)
    return {**found, "paragraph": body[begin:] if stop < 0 else body[begin:stop], "paragraph_start": begin}


def status(warehouse: Path) -> dict[str, Any]:
    """What a warehouse says of itself: `state` (sequence, fingerprint, rules_version, …), `runs` (the last ones, newest first, a dict
    each), `files` (count by status), `rows` (count by table)."""
    with database.connect(warehouse) as con:
        result = con.execute("SELECT * FROM main.runs ORDER BY finished_at DESC, run_id LIMIT $n", {"n": RUNS_SHOWN})
        names = [column[0] for column in result.description]
        runs = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
        files = dict(con.execute("SELECT status, count(*) FROM main.files GROUP BY status ORDER BY status").fetchall())
        return {"state": database.state(con), "runs": runs, "files": files, "rows": dict(runs[0]["rows_written"]) if runs else {}}
