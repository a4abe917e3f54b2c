"""Several processes at one warehouse: runs that wait for each other, and readers that hold the file while it is published."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

import duckdb

from tests.torture.harness import (
    CONTEXT,
    Figure,
    Quiet,
    Victim,
    agree,
    arguments,
    difference,
    fresh_rows,
    published_sequence,
    rows,
    run_here,
    scratch,
)
from tests.torture.pages import Folder

CLI = Path(sys.executable).with_name("duckdb")
QUERY = "SELECT count(*), sum(length(body)) FROM main.articles; SELECT value FROM meta.state WHERE key = 'sequence';"


def runs(processes: int, seed: int) -> Figure:
    """That many `communique run` at once on one warehouse, each with pages of its own: all must be in, as if one run had read them all."""
    figure = Figure("concurrent runs")
    random = Random(seed)
    with scratch() as root:
        folder = root / "data"
        inputs = [Folder(root / "pages" / f"{number}", random) for number in range(processes)]
        for pages in inputs:
            pages.change(12)
        started = [Victim([*arguments(folder, pages.path, prune=False), "--lock-timeout", "600"]) for pages in inputs]
        for process in started:
            code = process.end(timeout=900)
            figure.one_more()
            figure.note("waited for another", process.lines.count("waiting for another run"))
            if code:
                figure.wrong.append(f"exit code {code}: {process.lines[-300:]}")
        figure.wrong += agree(folder)
        different = difference(rows(folder / "w.duckdb"), fresh_rows(root, *(pages.path for pages in inputs)))
        if different:
            figure.wrong.append(different)
        figure.note("files in the ledger", len(rows(folder / "w.duckdb")["files"]))
        figure.note("publications", published_sequence(folder))
    return figure


def readers(publishes: int, seed: int, processes: int = 20) -> Figure:
    """Publishes while readers hold and query the file: half of them the DuckDB command line with -readonly, half Python."""
    figure = Figure(f"publishes under {processes} readers")
    random = Random(seed)
    with scratch() as root:
        folder = root / "data"
        pages = Folder(root / "pages", random)
        pages.change(8)
        run_here(folder, pages.path)
        clis = [_Cli(folder / "w.duckdb") for _ in range(processes // 2)]
        pythons = [_Python(folder / "w.duckdb", seed + number) for number in range(processes - len(clis))]
        try:
            begun = published_sequence(folder)
            while (done := published_sequence(folder) - begun) < publishes:
                pages.change(3)
                progress = Quiet()
                run_here(folder, pages.path, prune=True, progress=progress)
                figure.note("writer waits", sum("waiting" in line for line in progress.said))
                figure.one_more()
                for number, cli in enumerate(clis):
                    if number % 5 == done % 5:  # the others keep the file open that they have
                        cli.reopen(figure)
                    cli.ask(figure)
        finally:
            for reader in (*clis, *pythons):
                reader.stop(figure)
        figure.count = published_sequence(folder) - begun
        if figure.notes["writer waits"]:
            figure.wrong.append(f"the writer waited {figure.notes['writer waits']} times")
        figure.wrong += agree(folder)
    return figure


class _Cli:
    """A `duckdb -readonly` that stays open, as an analyst's does."""

    def __init__(self, warehouse: Path) -> None:
        self._warehouse = warehouse
        self._open()

    def _open(self) -> None:
        command = [str(CLI), "-readonly", "-csv", "-noheader", str(self._warehouse)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self._sequence = 0

    def ask(self, figure: Figure) -> None:
        """A query; a session must see one and the same publication for as long as it is open."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(QUERY + "\n")
            self._process.stdin.flush()
            said = [self._process.stdout.readline().strip() for _ in range(2)]
            sequence = int(said[1])
        except (OSError, ValueError) as error:
            figure.wrong.append(f"duckdb -readonly: {error}")
            self._open()
            return
        figure.note("queries by the CLI")
        if self._sequence and sequence != self._sequence:
            figure.wrong.append(f"a session saw publication {self._sequence}, then {sequence}")
        self._sequence = sequence

    def reopen(self, figure: Figure) -> None:
        self.stop(figure)
        self._open()

    def stop(self, figure: Figure) -> None:
        said, _ = self._process.communicate(timeout=240)
        if self._process.returncode or said.strip():
            figure.wrong.append(f"duckdb -readonly ended with {self._process.returncode}: {said[-200:]}")


class _Python:
    """A process that opens, queries, holds and closes the file, again and again."""

    def __init__(self, warehouse: Path, seed: int) -> None:
        self._here, there = CONTEXT.Pipe()
        self._process = CONTEXT.Process(target=_query, args=(there, str(warehouse), seed))
        self._process.start()
        there.close()

    def stop(self, figure: Figure) -> None:
        with suppress(OSError):
            self._here.send("stop")
        try:
            queries, errors = self._here.recv()
        except EOFError:
            queries, errors = 0, ["a reader process died"]
        self._process.join()
        figure.note("queries by Python", queries)
        figure.wrong += [f"Python reader: {error}" for error in errors]


def _query(there: Connection, warehouse: str, seed: int) -> None:
    random = Random(seed)
    queries, errors = 0, []
    while not there.poll(random.uniform(0.1, 0.6)):
        try:
            with duckdb.connect(warehouse, read_only=True, config={"threads": 1}) as con:
                for _ in range(random.randint(1, 3)):
                    stories = con.execute("SELECT count(DISTINCT article_id) FROM main.article_placements").fetchall()
                    time.sleep(random.uniform(0, 0.5))
                    if con.execute("SELECT count(*) FROM main.articles").fetchall() != stories:
                        errors.append("half a publication")
                    queries += 1
        except duckdb.Error as error:
            errors.append(str(error)[:300])
    there.send((queries, errors))
