"""Publishing: the work file copied beside the published file, synced, and put in its place at once. Readers keep what they have open."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from schemas import TABLES
from schemas.derive import exported_columns
from warehouse import checks, database, export
from warehouse.checks import Outcome
from warehouse.errors import CheckError, WarehouseError
from warehouse.repair import published_state, work_path
from warehouse.store import RunInfo, Work

LIMITS = Path(__file__).parent / "limits.toml"
"""Limits of the figures, unless a warehouse has its own: those of news.duckdb are in news.limits.toml beside it."""
LIMIT_NAMES = ("min_rows", "max_rows", "max_fall", "ignore_fall_below")


@dataclass(frozen=True)
class Checked:
    """What a work file holds, and what the checks say of it. `is_new` is False where the published file holds just this; nothing is checked
    then. `before`: rows by table of the last publication."""

    is_new: bool
    sequence: int
    fingerprint: str
    rows: Mapping[str, int]
    before: Mapping[str, int]
    files: Mapping[str, int]
    outcomes: tuple[Outcome, ...]


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


def publish(work: Work, exports: Path | None, run: RunInfo, *, force: bool = False, again: bool = False, limits: Path | None = None) -> Published:
    """`check`, `replace` and `write_exports`, one after the other. Raises what they raise."""
    checked = check(work, exports, force=force, again=again, limits=limits)
    notes = replace(work, run, checked)
    exported = write_exports(work, exports, checked, again=again)
    return Published(checked.is_new, exported, checked.sequence, checked.fingerprint, checked.rows, checked.files, notes)


def check(work: Work, exports: Path | None, *, force: bool = False, again: bool = False, limits: Path | None = None) -> Checked:
    """Whether what `work` holds may be published, and whether it is new (with `again` it always is).

    Raises CheckError where it breaks an invariant (always) or a limit of the figures (unless `force`): those in `limits`, beside the warehouse, or in
    LIMITS. Raises WarehouseError where these cannot be understood, or `exports` is somebody else's."""
    if exports is not None:
        export.refuse_foreign(exports.absolute())
    published = {} if work.is_published_damaged else published_state(work.warehouse) or {}
    fingerprint = _fingerprint(work)
    rows, files = work.counts(), work.files_by_status()
    last = work.con.execute("SELECT rows_written FROM main.runs ORDER BY finished_at DESC LIMIT 1").fetchall()
    before = last[0][0] if last else {}
    is_new = again or published.get("fingerprint") != fingerprint
    outcomes = _check(work, rows, before, force, limits) if is_new else ()
    return Checked(
        is_new, int(published.get("sequence") or database.state(work.con)["sequence"]) + is_new, fingerprint, rows, before, files, outcomes
    )


def replace(work: Work, run: RunInfo, checked: Checked) -> tuple[str, ...]:
    """Puts what `work` holds in the place of the published file, if it is new. Gives what the user should know, a line each.

    Raises OSError or WarehouseError where something cannot be written; then the old file stays readable."""
    if not checked.is_new:
        return ()
    _record(work, run, checked.rows)
    database.set_state(work.con, fingerprint=checked.fingerprint, sequence=str(checked.sequence))
    return tuple(_replace(work))


def write_exports(work: Work, exports: Path | None, checked: Checked, *, again: bool = False) -> bool:
    """Writes the parquet exports of what `work` holds and shows them at `exports`, unless they are there. Gives whether it did.

    Raises OSError or duckdb.Error where something cannot be written; then the old exports stay readable."""
    if exports is None:
        return False
    exports = exports.absolute()
    if not again and export.fingerprint(exports) == checked.fingerprint:
        return False
    export.show(exports, export.write(work.con, exports, checked.fingerprint))
    return True


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


def read_limits(path: Path) -> dict[str, dict[str, float]]:
    """The limits in a file, by table. Raises WarehouseError, in one line, where it cannot be read, or names a table or a limit that does not exist: a
    limit that is misspelt would hold nothing back."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise WarehouseError(f"{path} cannot be read: {error}") from error
    for table, limit in found.items():
        if table not in TABLES or not isinstance(limit, dict):
            raise WarehouseError(f"{path}: there is no table {table}")
        for name, value in limit.items():
            if name not in LIMIT_NAMES or not isinstance(value, int | float) or isinstance(value, bool) or value < 0:
                raise WarehouseError(f"{path}: [{table}] {name} = {value!r}: no such limit; there are {', '.join(LIMIT_NAMES)}, each a number")
    return found


def _own_limits(warehouse: Path) -> Path:
    return warehouse.with_name(f"{warehouse.stem}.limits.toml")


def _check(work: Work, rows: Mapping[str, int], before: Mapping[str, int], force: bool, limits: Path | None) -> tuple[Outcome, ...]:
    own = _own_limits(work.warehouse)
    limits = limits or (own if own.exists() else LIMITS)
    findings = work.check()
    outcomes = checks.outcomes(findings)
    for table, limit in sorted(read_limits(limits).items()):
        found = breaches(rows, before, {table: limit})
        outcomes.append(Outcome("limits", table, "; ".join(found) or None))
    broken = [outcome.breach for outcome in outcomes if outcome.check == "limits" and outcome.breach]
    if findings:
        raise CheckError(f"not published, an invariant does not hold: {findings[0]}; communique rebuild mends it", list(findings), outcomes)
    if broken and not force:
        advice = f"If that is right, run again with --force, or set other limits in {own} (as in {LIMITS})"
        raise CheckError(f"not published: {'; '.join(broken)}. {advice}", list(broken), outcomes)
    return tuple(outcomes)


def _record(work: Work, run: RunInfo, rows: Mapping[str, int]) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    work.con.execute(
        "INSERT OR REPLACE INTO main.runs VALUES ($id, $started, $now, $code, $rules, $offered, $new, $rows::JSON::MAP(VARCHAR, BIGINT))",
        {
            "id": run.run_id,
            "started": run.started_at,
            "now": now,
            "code": run.code_version,
            "rules": database.state(work.con).get("rules_version", ""),
            "offered": run.files_offered,
            "new": run.files_new,
            "rows": json.dumps(dict(rows)),
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
        if work.is_published_damaged:
            notes.append(f"the damaged file is kept as {_keep(warehouse)}")
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


def _keep(damaged: Path) -> Path:
    """A copy of a damaged published file: whoever put something else in its place may want it. Copied, so that at no instant there is none."""
    kept = damaged.with_name(damaged.name + ".damaged")
    kept.unlink(missing_ok=True)
    shutil.copyfile(damaged, kept)
    return kept


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
