"""What all tortures share: runs in this process, runs in processes that can be killed, rows to compare, figures."""

from __future__ import annotations

import multiprocessing
import os
import resource
import select
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from threading import Thread

import polars as pl

from flows.operations import Request, Summary
from flows.progress import Progress
from flows.workers import end_with_parent
from schemas import TABLES
from warehouse import database, export, reference, repair
from warehouse.verify import verify

PROJECT = Path(__file__).parents[2]
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["flows.cli", "flows.direct", "flows.operations", "flows.batches", "flows.report"])
"""Processes begin with everything imported and nothing done: a run in one of them begins in milliseconds."""

FILE_COLUMNS = "file_id, source_uri, file_name, document_id, status, status_reason, size_bytes, modified_at, observed_on, published_on, url"
TELL_EVERY = 15.0
"""Seconds."""
Rows = dict[str, list[tuple[object, ...]]]


@dataclass
class Figure:
    """What was done how often, and what went wrong."""

    what: str
    count: int = 0
    wrong: list[str] = field(default_factory=list)
    notes: dict[str, int] = field(default_factory=dict)
    _told: float = field(default_factory=time.monotonic)

    def one_more(self) -> None:
        """Counts a trial; now and then says on standard error how many there are (in this process)."""
        self.count += 1
        if time.monotonic() - self._told >= TELL_EVERY:
            self._told = time.monotonic()
            print(f"    {self.what}: {self.count}", file=sys.stderr, flush=True)

    def note(self, what: str, times: int = 1) -> None:
        self.notes[what] = self.notes.get(what, 0) + times

    def add(self, other: Figure) -> None:
        self.count += other.count
        self.wrong += other.wrong
        for what, times in other.notes.items():
            self.note(what, times)


class Quiet(Progress):
    """Progress that only remembers."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, message: str) -> None:
        self.said.append(message)


@contextmanager
def scratch() -> Iterator[Path]:
    """A new folder, in memory where there is such a thing: there `fsync` costs nothing."""
    memory = Path("/dev/shm")
    folder = Path(mkdtemp(prefix="torture-", dir=memory if memory.is_dir() and os.access(memory, os.W_OK) else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run_here(
    folder: Path,
    *inputs: Path,
    prune: bool = False,
    batch_pages: int = 1000,
    rebuild: bool = False,
    exports: bool = True,
    progress: Quiet | None = None,
) -> Summary:
    """A run in this process on folder/w.duckdb."""
    from flows.direct import run

    request = Request(
        inputs, folder / "w.duckdb", folder / "exports" if exports else None, prune, force=True, batch_pages=batch_pages, rebuild=rebuild
    )
    return run(request, 1, progress or Quiet())


def arguments(folder: Path, *inputs: Path, prune: bool = True, workers: int = 1) -> list[str]:
    """A run on folder/w.duckdb for the command line."""
    where = ["--warehouse", str(folder / "w.duckdb"), "--exports", str(folder / "exports")]
    return ["run", *map(str, inputs), "--direct", "--workers", str(workers), *["--prune"] * prune, "--force", *where]


def rows(warehouse: Path) -> Rows:
    """The rows that must be the same however the warehouse came about: all but runs, columns that name a run, files that are gone, and
    superseded documents."""
    queries = {table: f"SELECT * FROM main.{table}" for table in TABLES if table != "runs"}
    queries["files"] = f"SELECT {FILE_COLUMNS} FROM main.files WHERE status <> 'gone'"
    queries["documents"] += " WHERE NOT is_superseded"
    with database.connect(warehouse) as con:
        return {table: con.execute(f"{query} ORDER BY ALL").fetchall() for table, query in queries.items()}


def fresh_rows(folder: Path, *inputs: Path) -> Rows:
    """The rows of one fresh build."""
    build = folder / "fresh"
    shutil.rmtree(build, ignore_errors=True)
    run_here(build, *inputs, exports=False)
    return rows(build / "w.duckdb")


def difference(found: Rows, wanted: Rows) -> str | None:
    """Where two warehouses differ, in one line."""
    for table, want in wanted.items():
        have = found[table]
        if have != want:
            extra, missing = [r for r in have if r not in want], [r for r in want if r not in have]
            return f"{table}: {len(extra)} rows too many, {len(missing)} missing: {str((extra or missing)[:1])[:300]}"
    return None


def read(folder: Path) -> tuple[Rows | None, list[str]]:
    """What a reader finds, row by row, and what is wrong with it. None where nothing was published yet."""
    warehouse, exports = folder / "w.duckdb", folder / "exports"
    if not warehouse.exists():
        return None, []
    try:
        wrong = [str(finding) for finding in verify(warehouse)]
        if exports.exists():
            for table in export.EXPORTED:
                pl.read_parquet(exports / f"{table}.parquet")
        elif exports.is_symlink():
            wrong.append("the exports link leads nowhere")
        return rows(warehouse), wrong
    except Exception as error:
        return None, [f"unreadable: {type(error).__name__}: {error}"]


def agree(folder: Path) -> list[str]:
    """Whether warehouse and exports belong together and hold."""
    return [str(finding) for finding in verify(folder / "w.duckdb", folder / "exports")]


class Victim:
    """A run in a process of its own, by the command line's own code; `lines` is what it says."""

    def __init__(self, command: list[str], file_size_limit: int | None = None) -> None:
        self._receive, send = CONTEXT.Pipe(duplex=False)
        self._process = CONTEXT.Process(target=_victim, args=(send, command, file_size_limit))
        self._process.start()
        send.close()
        self.lines = ""
        self.marks: list[float] = [time.monotonic()]

    def wait_for(self, word: str | None, timeout: float = 120.0) -> bool:
        """Whether `word` was said; None waits for the end."""
        deadline = time.monotonic() + timeout
        while word is None or word not in self.lines:
            if not select.select([self._receive], [], [], max(deadline - time.monotonic(), 0))[0]:
                raise TimeoutError(f"a run said nothing for {timeout:g} s: {self.lines[-300:]}")
            said = os.read(self._receive.fileno(), 65536)
            if not said:
                return False
            self.lines += said.decode(errors="replace")
        return True

    def kill(self) -> bool:
        """SIGKILL. Whether that ended the run."""
        self._process.kill()
        return self.end() == -signal.SIGKILL

    def end(self, timeout: float = 120.0) -> int:
        """The exit code, once the run has ended. `timeout`: seconds that it may be silent."""
        self.wait_for(None, timeout)
        self._process.join()
        code = self._process.exitcode
        assert code is not None
        self._process.close()
        self._receive.close()
        return code


def _victim(send: Connection, command: list[str], file_size_limit: int | None) -> None:
    os.dup2(send.fileno(), 2)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    send.close()
    if file_size_limit is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_size_limit, file_size_limit))
    from flows import cli

    cli.main(command)


def trial(module: str, name: str, count: int, seed: int) -> Figure:
    """One share of one trial, in a process that ends with its parent."""
    Thread(target=end_with_parent, daemon=True).start()
    rules = reference.rules_version()
    figure: Figure = getattr(import_module(f"tests.torture.{module}"), name)(count, seed)
    if reference.rules_version() != rules:
        figure.wrong.append("somebody edited the rules meanwhile, so builds before and after it differ: run this trial again")
    return figure


def published_sequence(folder: Path) -> int:
    state = repair.published_state(folder / "w.duckdb")
    return int(state["sequence"]) if state else 0


def damage(path: Path, random: Random) -> str:
    """Damages a file, and says how."""
    how = random.choice(("cut", "cut to nothing", "overwritten", "a block of noise"))
    size = path.stat().st_size
    with path.open("r+b") as file:
        if how == "cut":
            file.truncate(random.randrange(1, size))
        elif how == "cut to nothing":
            file.truncate(0)
        elif how == "overwritten":
            file.write(random.randbytes(size))
        else:
            file.seek(random.randrange(0, max(size - 4096, 1)))
            file.write(random.randbytes(4096))
    return how
