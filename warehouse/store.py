"""The private work file: opened by one run at a time, reconciled with shards, checked, published.

with store.open_work(warehouse) as work:
    work.load_countries(frame)
    result = work.load(shards, gone, prune, run, rules_version)
    while result.derive_again: ...
    publish.publish(work, exports, run)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl

from schemas import ARTICLE_TABLES, TABLES
from schemas.vocabularies import REJECTED_STATUS
from warehouse import checks, database, lock, repair, tables
from warehouse import load as loading
from warehouse.checks import Finding
from warehouse.errors import WarehouseError
from warehouse.load import LoadResult
from warehouse.repair import Repair

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

    def __init__(self, con: duckdb.DuckDBPyConnection, warehouse: Path, mended: Repair) -> None:
        self.con = con
        self.warehouse = warehouse
        self.is_published_damaged = mended.is_published_damaged
        self.notes = mended.notes
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
    repair.is_published(warehouse)
    try:
        warehouse.parent.mkdir(parents=True, exist_ok=True)
        with lock.hold(lock.path(warehouse), lock_timeout, waiting):
            path = repair.work_path(warehouse)
            mended = repair.mend(path, warehouse)
            try:
                with database.work_session(path) as con:
                    if not database.is_ours(con):
                        tables.create(con)
                    tables.create_views(con)
                    yield Work(con, warehouse, mended)
            except (duckdb.Error, WarehouseError) as error:
                if any(isinstance(cause, duckdb.Error) and database.is_damage(cause) for cause in (error, error.__cause__)):
                    repair.remove(path)
                    raise repair.damaged(path, warehouse, mended) from error
                if isinstance(error, duckdb.Error):
                    raise WarehouseError(" ".join(str(error).split())) from error
                raise
    except OSError as error:
        raise WarehouseError(f"{error.filename or warehouse}: {error.strerror or error}") from error
