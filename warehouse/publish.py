"""Publishing: the work file copied beside the published file, synced, and put in its place at once. Readers keep what they have open."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from schemas.derive import exported_columns
from warehouse import database, export
from warehouse.errors import CheckError, WarehouseError
from warehouse.store import RunInfo, Work, published_state, work_path

LIMITS = Path(__file__).parent / "limits.toml"


@dataclass(frozen=True)
class Published:
    """What a publish did. `is_new` is False where the published file already held just this; `exported` where the exports did."""

    is_new: bool
    exported: bool
    sequence: int
    fingerprint: str
    rows: Mapping[str, int]
    files: Mapping[str, int]
    notes: tuple[str, ...]


def publish(work: Work, exports: Path | None, run: RunInfo, *, force: bool = False, again: bool = False, limits: Path = LIMITS) -> Published:
    """Puts what `work` holds in the place of the published file, and new parquet exports in that of `exports` (None: no exports).

    Publishes nothing where the published file holds the same already, unless `again`. Raises CheckError where the work file breaks an invariant (always)
    or a limit of the figures in `limits` (unless `force`), and WarehouseError where something cannot be written; then the old state stays
    readable."""
    con, warehouse = work.con, work.warehouse
    if exports is not None:
        exports = exports.absolute()
        export.refuse_foreign(exports)
    published = published_state(warehouse) or {}
    fingerprint = _fingerprint(work)
    rows, files = work.counts(), work.files_by_status()
    is_new = again or published.get("fingerprint") != fingerprint
    sequence = int(published.get("sequence", "0")) + is_new
    if is_new:
        _check(work, rows, force, limits)
    has_exports = exports is None or (not again and export.fingerprint(exports) == fingerprint)
    folder = None if exports is None or has_exports else export.write(con, exports, fingerprint)
    notes = []
    if is_new:
        _record(work, run, rows)
        database.set_state(con, fingerprint=fingerprint, sequence=str(sequence))
        notes = _replace(work)
    if exports is not None and folder is not None:
        export.show(exports, folder)
    return Published(is_new, not has_exports, sequence, fingerprint, rows, files, tuple(notes))


def breaches(rows: Mapping[str, int], before: Mapping[str, int], limits: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Which limits the row counts break, a line each: `min_rows`, `max_rows` and `max_fall` (share of the rows of the last publication) by
    table."""
    found = []
    for table, limit in sorted(limits.items()):
        n, had = rows.get(table, 0), before.get(table, 0)
        if n < limit.get("min_rows", 0):
            found.append(f"{table} has {n:,} rows, fewer than min_rows = {limit['min_rows']:,}")
        if n > limit.get("max_rows", float("inf")):
            found.append(f"{table} has {n:,} rows, more than max_rows = {limit['max_rows']:,}")
        if had and (had - n) / had > limit.get("max_fall", 1.0) and had - n > limit.get("ignore_fall_below", 0):
            found.append(f"{table} fell from {had:,} to {n:,} rows, by more than max_fall = {limit['max_fall']:g}")
    return found


def _check(work: Work, rows: Mapping[str, int], force: bool, limits: Path) -> None:
    findings = work.check()
    if findings:
        raise CheckError(f"not published, an invariant does not hold: {findings[0]}; communique rebuild mends it", list(findings))
    last = work.con.execute("SELECT rows_written FROM main.runs ORDER BY finished_at DESC LIMIT 1").fetchall()
    found = breaches(rows, last[0][0] if last else {}, tomllib.loads(limits.read_text()))
    if found and not force:
        raise CheckError(f"not published: {'; '.join(found)}. If that is right, run again with --force, or change {limits}", list(found))


def _record(work: Work, run: RunInfo, rows: Mapping[str, int]) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    work.con.execute(
        "INSERT OR REPLACE INTO main.runs VALUES ($id, $started, $now, $code, $rules, $offered, $new, map($tables, $rows))",
        {
            "id": run.run_id,
            "started": run.started_at,
            "now": now,
            "code": run.code_version,
            "rules": database.state(work.con).get("rules_version", ""),
            "offered": run.files_offered,
            "new": run.files_new,
            "tables": list(rows),
            "rows": list(rows.values()),
        },
    )


def _replace(work: Work) -> list[str]:
    """Copy, sync, replace, sync: a crash at any instant leaves the old file or the new one under the name, whole."""
    warehouse = work.warehouse
    work.con.execute("CHECKPOINT")
    source = work_path(warehouse)
    wal = source.with_name(source.name + ".wal")
    if wal.exists() and wal.stat().st_size:
        raise WarehouseError(f"{wal} is not empty after a checkpoint; is another process writing to the work file?")
    fresh = warehouse.with_name(f".{warehouse.name}.new")
    fresh.unlink(missing_ok=True)
    try:
        shutil.copyfile(source, fresh)
        fresh.chmod(0o444)
        export.sync(fresh)
        notes = _set_stray_wal_aside(warehouse)
        fresh.replace(warehouse)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
    export.sync(warehouse.parent)
    return notes


def _set_stray_wal_aside(warehouse: Path) -> list[str]:
    """Somebody's read-write session may have left a .wal beside the published file. With it the new file could not be opened."""
    stray = warehouse.with_name(warehouse.name + ".wal")
    if not stray.exists():
        return []
    aside = stray.with_name(stray.name + ".stray")
    stray.replace(aside)
    return [f"somebody wrote to the published file; their changes are not in the warehouse but in {aside}"]


def _fingerprint(work: Work) -> str:
    """A hash of what decides all rows: ledger without columns that name a run, documents with what they were derived by, countries, tables
    and views. Independent of the order of rows."""
    parts = []
    for table, columns in (
        ("files", exported_columns("files")),
        ("documents", ("document_id", "file_name", "language", "layout", "is_superseded", "published_on", "derivation")),
        ("countries", exported_columns("countries")),
        ("articles", ("article_id", "version_id", "n_placements")),
        ("ministers", exported_columns("ministers")),
    ):
        values = ", ".join(f"coalesce({c}::VARCHAR, chr(30))" for c in columns)
        parts.append(
            f"SELECT '{table}' AS part, count(*)::VARCHAR || ' ' || coalesce(bit_xor(md5_number(concat_ws(chr(31), {values}))), 0)::VARCHAR AS hash "
            f"FROM main.{table}"
        )
    found: Sequence[tuple[str, str]] = work.con.execute(" UNION ALL ".join(parts) + " ORDER BY part").fetchall()
    state = database.state(work.con)
    text = "\n".join(f"{part} {value}" for part, value in [*found, ("schema", state["schema_version"]), ("views", state["views_version"])])
    return sha256(text.encode()).hexdigest()[:16]
