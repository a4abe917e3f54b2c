"""Published file and work file: which of them is there and whole, and how the work file is mended or made anew from the other."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from schemas.derive import contract, schema_version
from warehouse import database, tables
from warehouse.errors import DamagedError, UnreadableError, WarehouseError


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


def mend(path: Path, warehouse: Path) -> Repair:
    """Sees to it that the work file `path`, if there is one, is whole, ours, of this schema and not older than what is published. A missing one is copied from
    the published file. Raises WarehouseError where neither file can be used."""
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
        remove(path)
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


def damaged(path: Path, warehouse: Path, mended: Repair) -> WarehouseError:
    """For a work file in which damage was met, and which was removed."""
    if mended.is_copy:
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
    remove(fresh)
    with database.work_session(fresh) as con:
        tables.create(con)
        con.execute(f"ATTACH {database.quoted(path)} AS old (READ_ONLY)")
        for table in ("files", "documents", "runs"):
            had = {row[0] for row in con.execute(f"DESCRIBE old.main.{table}").fetchall()}
            kept = ", ".join(n for n in contract(table).names if n in had and n != "derivation")
            con.execute(f"INSERT INTO main.{table} BY NAME SELECT {kept} FROM old.main.{table}")
        sequence = con.execute("SELECT value FROM old.meta.state WHERE key = 'sequence'").fetchall()[0][0]
        database.set_state(con, sequence=sequence)
    remove(path)
    fresh.replace(path)


def remove(path: Path) -> None:
    """Removes a database with all that DuckDB keeps beside it."""
    for extra in (path, path.with_name(path.name + ".wal")):
        extra.unlink(missing_ok=True)
    shutil.rmtree(path.with_name(path.name + ".tmp"), ignore_errors=True)
