"""The private work file: opened by one run at a time, reconciled with shards, checked, published.

with store.open_work(warehouse) as work:
    work.load_countries(frame)
    result = work.load(shards, gone, prune, run, rules_version)
    while result.derive_again: ...
    store.publish(work, exports, run)
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import polars as pl

from schemas import ARTICLE_TABLES, TABLES
from schemas.derive import contract, schema_version
from schemas.vocabularies import REJECTED_STATUS
from warehouse import checks, database, lock
from warehouse import load as loading
from warehouse.checks import Finding
from warehouse.errors import DamagedError, UnreadableError, WarehouseError
from warehouse.load import LoadResult

LOCK_TIMEOUT = 60.0
DOCUMENTS_PER_BATCH = 1000


@dataclass(frozen=True)
class RunInfo:
    """What a run says of itself in `runs`: id, start (UTC, without time zone), version of communique, how many files were offered and how
    many of these were new or changed."""

    run_id: str
    started_at: datetime
    code_version: str
    files_offered: int = 0
    files_new: int = 0


class Work:
    """An open work file. Made by `open_work`."""

    def __init__(self, con: duckdb.DuckDBPyConnection, warehouse: Path, repair: Repair) -> None:
        self.con = con
        self.warehouse = warehouse
        self.is_published_damaged = repair.is_published_damaged
        self.notes = repair.notes
        """What had to be repaired on opening, a line each."""

    def ledger(self) -> pl.DataFrame:
        """Every file ever offered: source_uri, fingerprint (NULL: read it again), status; sorted by source_uri."""
        return self._frame("SELECT source_uri, fingerprint, status FROM main.files ORDER BY source_uri")

    def load_countries(self, countries: pl.DataFrame) -> None:
        """Makes the table `countries` hold these rows (contract columns), if it does not."""
        new = countries.sort("iso3")
        if self._frame("SELECT * FROM main.countries ORDER BY iso3").equals(new):
            return
        self.con.register("new_countries", new.to_arrow())
        self.con.execute("DELETE FROM main.countries")
        self.con.execute("INSERT INTO main.countries BY NAME SELECT * FROM new_countries")
        self.con.unregister("new_countries")

    def load(self, folders: Sequence[Path], gone: Sequence[str], prune: bool, run: RunInfo, rules_version: str) -> LoadResult:
        """Reconciles the tables with the shards and with files that are gone (source_uris; those gone before may be among them), in one
        transaction.

        See `warehouse.load.load`. Call it again, with the shards of `result.derive_again`, until that is empty."""
        result = loading.load(self.con, folders, gone, prune=prune, run_id=run.run_id, rules_version=rules_version)
        database.set_state(self.con, rules_version=rules_version)
        return result

    def stale(self, rules_version: str) -> tuple[str, ...]:
        """Documents whose rows are missing, or were derived by other rules or from other metadata: derive them again, then load them."""
        return loading.stale(self.con, rules_version)

    def forget_derived(self) -> None:
        """Empties every table that follows from the texts and commits: all live documents are stale then. Ledger and texts stay."""
        self.con.execute("BEGIN")
        for table in ("articles", "article_placements", "ministers", *ARTICLE_TABLES):
            self.con.execute(f"DELETE FROM main.{table}")
        self.con.execute("UPDATE main.documents SET derivation = NULL")
        self.con.execute("COMMIT")

    def write_document_batches(self, document_ids: Sequence[str], folder: Path, size: int = DOCUMENTS_PER_BATCH) -> list[Path]:
        """Writes the text of these documents, `size` to a file, as `folder`/documents-NNNNN.parquet, for `shards.read_documents`. Sorted
        by document_id."""
        folder.mkdir(parents=True, exist_ok=True)
        paths = []
        ids = sorted(document_ids)
        for number, start in enumerate(range(0, len(ids), size)):
            path = folder / f"documents-{number:05d}.parquet"
            self.con.execute(
                "COPY (SELECT document_id, sha256, file_name, encoding, published_on, raw_text FROM main.documents "
                f"WHERE document_id IN (SELECT unnest($ids)) ORDER BY document_id) TO {database.quoted(path)} (FORMAT parquet, COMPRESSION zstd)",
                {"ids": ids[start : start + size]},
            )
            paths.append(path)
        return paths

    def check(self) -> list[Finding]:
        """References, ledger and stories of the whole work file. Rows were checked one by one when they were loaded."""
        return checks.whole(self.con, rows=False)

    def counts(self) -> dict[str, int]:
        """Rows of each table but `runs`, by name."""
        return {t: self.con.execute(f"SELECT count(*) FROM main.{t}").fetchall()[0][0] for t in TABLES if t != "runs"}

    def rejected(self, source_uris: pl.Series) -> int:
        """How many of these files were rejected (`REJECTED_STATUS`)."""
        self.con.register("offered_uris", source_uris.to_frame("source_uri").to_arrow())
        query = "SELECT count(*) FROM main.files SEMI JOIN offered_uris USING (source_uri) WHERE status IN (SELECT unnest($rejected))"
        count = self.con.execute(query, {"rejected": REJECTED_STATUS}).fetchall()[0][0]
        self.con.unregister("offered_uris")
        return int(count)

    def files_by_status(self) -> dict[str, int]:
        """Rows of the ledger by status, sorted by status."""
        return dict(self.con.execute("SELECT status, count(*) FROM main.files GROUP BY status ORDER BY status").fetchall())

    def rejected_files(self, run_id: str) -> pl.DataFrame:
        """The rejected files of the whole ledger: source_uri, file_name, status, status_reason, is_new (this run has rejected it); new ones first, then
        by source_uri."""
        return self.con.execute(
            "SELECT source_uri, file_name, status, status_reason, last_run_id = $run AS is_new FROM main.files "
            "WHERE status IN (SELECT unnest($rejected)) ORDER BY is_new DESC, source_uri",
            {"run": run_id, "rejected": REJECTED_STATUS},
        ).pl()

    def _frame(self, query: str) -> pl.DataFrame:
        return self.con.execute(query).pl()


@contextmanager
def open_work(warehouse: Path, lock_timeout: float = LOCK_TIMEOUT, waiting: Callable[[str], None] | None = None) -> Iterator[Work]:
    """The work file of a warehouse, alone: other runs wait up to `lock_timeout` seconds, telling `waiting` so.

    A work file that is missing, damaged or older than the published file is made anew from that; without a published file it begins empty. Where the
    published file is damaged and the work file is not, the work file will be published again. Raises WarehouseError, in one line, where `warehouse` is
    a folder, no DuckDB file or not ours, or both files are damaged, and LockedError where the lock is not to be had."""
    warehouse = warehouse.absolute()
    is_published(warehouse)
    try:
        warehouse.parent.mkdir(parents=True, exist_ok=True)
        with lock.hold(lock.path(warehouse), lock_timeout, waiting):
            path = work_path(warehouse)
            repair = _repair(path, warehouse)
            try:
                with database.work_session(path) as con:
                    if not database.is_ours(con):
                        database.create(con)
                    database.create_views(con)
                    yield Work(con, warehouse, repair)
            except (duckdb.Error, WarehouseError) as error:
                if any(isinstance(cause, duckdb.Error) and database.is_damage(cause) for cause in (error, error.__cause__)):
                    _remove(path)
                    raise _damaged(path, warehouse, repair) from error
                if isinstance(error, duckdb.Error):
                    raise WarehouseError(" ".join(str(error).split())) from error
                raise
    except OSError as error:
        raise WarehouseError(f"{error.filename or warehouse}: {error.strerror or error}") from error


def work_path(warehouse: Path) -> Path:
    """Where the private work file of a warehouse lies."""
    return warehouse.with_name(f".{warehouse.name}.work")


def is_published(warehouse: Path) -> bool:
    """Whether there is a published file, readable or, with a work file beside it, damaged. Raises WarehouseError where what is there is not ours, and is to
    be left alone."""
    database.refuse_what_is_no_file(warehouse)
    try:
        return published_state(warehouse) is not None
    except UnreadableError as error:
        if work_path(warehouse).exists():
            return True
        if isinstance(error, DamagedError):
            raise DamagedError(f"{warehouse} is damaged, and there is no work file to mend it; {_ANEW}") from error
        raise


def published_state(warehouse: Path) -> dict[str, str] | None:
    """What the published file says of itself (see `database.state`); None where nothing is published. Raises WarehouseError where it is
    not ours.

    A stray .wal beside the file is left out of account: nothing of it was ever published."""
    if not warehouse.exists():
        return None
    if not warehouse.with_name(warehouse.name + ".wal").exists():
        with database.connect(warehouse) as con:
            return database.state(con)
    with TemporaryDirectory(prefix="communique-") as folder:
        alias = Path(folder) / "published.duckdb"
        alias.symlink_to(warehouse)
        with database.connect(alias) as con:
            return database.state(con)


@dataclass(frozen=True)
class Repair:
    """What was done before the work file could be opened. `is_copy`: it was made from the published file; `is_published_damaged`: that has to be
    published again; `notes`: a line for each thing that was amiss."""

    is_copy: bool
    is_published_damaged: bool
    notes: tuple[str, ...]


def _repair(path: Path, warehouse: Path) -> Repair:
    """Sees to it that the work file, if there is one, is whole, ours, of this schema and not older than what is published."""
    notes = []
    is_damaged = False
    try:
        published = published_state(warehouse)
    except UnreadableError as error:
        published, is_damaged = _state_of_work(path), True
        if published is None or int(published["sequence"]) == 0:
            raise UnreadableError(f"{warehouse} is damaged, or no DuckDB file, and no work file can mend it; {_ANEW}") from error
        notes.append(f"{warehouse} is damaged, or no DuckDB file: it is published again from the work file")
    reason = _reason_to_discard(path, published)
    if reason:
        notes.append(f"work file made anew: {reason}")
        _remove(path)
    is_copy = bool(published) and not path.exists()
    if is_copy:
        fresh = path.with_name(path.name + ".new")
        shutil.copyfile(warehouse, fresh)
        fresh.chmod(0o600)
        fresh.replace(path)
    if path.exists():
        with database.work_session(path) as con:
            found = database.state(con)["schema_version"]
        if found != schema_version():
            notes.append(f"tables changed from {found} to {schema_version()}: everything is derived again")
            _migrate(path)
    return Repair(is_copy, is_damaged, tuple(notes))


_ANEW = "put a backup in its place, or move it away and run communique again: every file under the inputs is read anew"


def _damaged(path: Path, warehouse: Path, repair: Repair) -> WarehouseError:
    """For a work file in which damage was met, and which was removed."""
    if repair.is_copy:
        return DamagedError(f"{warehouse} is damaged inside; {_ANEW}")
    return WarehouseError(f"{path} was damaged and has been removed; the next run makes it anew from {warehouse}")


def _state_of_work(path: Path) -> dict[str, str] | None:
    """What the work file says of itself; None where it is missing or damaged."""
    if not path.exists():
        return None
    try:
        with database.work_session(path) as con:
            return database.state(con)
    except duckdb.Error:
        return None


def _reason_to_discard(path: Path, published: dict[str, str] | None) -> str | None:
    if not path.exists():
        return None
    found = _state_of_work(path)
    if found is None:
        return "it was damaged"
    if published is None and int(found["sequence"]) > 0:
        return "the published file was removed"
    if published is not None and int(published["sequence"]) > int(found["sequence"]):
        return "it was older than the published file"
    return None


def _migrate(path: Path) -> None:
    """Carries ledger, texts and runs over into tables of this schema. All else is derived from the texts, which count as stale."""
    fresh = path.with_name(path.name + ".new")
    _remove(fresh)
    with database.work_session(fresh) as con:
        database.create(con)
        con.execute(f"ATTACH {database.quoted(path)} AS old (READ_ONLY)")
        for table in ("files", "documents", "runs"):
            had = {row[0] for row in con.execute(f"DESCRIBE old.main.{table}").fetchall()}
            kept = ", ".join(n for n in contract(table).names if n in had and n != "derivation")
            con.execute(f"INSERT INTO main.{table} BY NAME SELECT {kept} FROM old.main.{table}")
        sequence = con.execute("SELECT value FROM old.meta.state WHERE key = 'sequence'").fetchall()[0][0]
        database.set_state(con, sequence=sequence)
    _remove(path)
    fresh.replace(path)


def _remove(path: Path) -> None:
    for extra in (path, path.with_name(path.name + ".wal")):
        extra.unlink(missing_ok=True)
    shutil.rmtree(path.with_name(path.name + ".tmp"), ignore_errors=True)
