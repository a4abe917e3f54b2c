"""The whole product measured, side by side with the floor and with what a user would pick instead.

    python -m benchmarks [--pages 2000 20000] [--repeats 3] [--folder DIR] [--only NAME ...] [--write]

Each case runs in processes of its own, all cases of a round after each other, as many rounds as --repeats says; medians and spread are told. With --write the
figures join those of other sizes in docs/performance.json, and docs/performance.md and its charts are made anew. The pages are those of `benchmarks.corpus`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from benchmarks import corpus, page
from benchmarks.measure import Cost, cost
from benchmarks.truth import compare

PROJECT = Path(__file__).parents[1]
RESULTS = PROJECT / "docs" / "performance.json"
QUESTIONS = Path(__file__).with_name("questions.sql")
SAMPLE = {"spacy": 200, "re": 1_000}  # pages for the peers
CHECKED = 1_000  # pages of which every row is compared with what they hold
CHANGED = 100  # one file in so many

Figures = dict[str, Any]


class Bench:
    """The cases, on the first `count` pages of a corpus. A case gives figures: seconds, and what else it can tell."""

    def __init__(self, folder: Path, count: int) -> None:
        self.count, self.out = count, folder / "out"
        self.folders = [str(folder / "pages" / f"{n // corpus.FOLDER_SIZE:05}") for n in range(0, count, corpus.FOLDER_SIZE)]
        self.out.mkdir(parents=True, exist_ok=True)
        self.warehouse, self.exports = self.out / "news.duckdb", self.out / "exports"

    def cases(self) -> dict[str, Callable[[], Figures]]:
        """By name, in the order in which they run: the re-runs and questions need the warehouse of the run before them."""
        once = self.count == MAIN
        return {
            "floor-duckdb": lambda: self._python("benchmarks.floor", "duckdb", str(self.out / "floor.duckdb"), *self.folders),
            "floor-python": lambda: self._python("benchmarks.floor", "python", "-", *self.folders),
            **(
                {
                    "run-one-worker": lambda: self._fresh("--direct", "--workers", "1"),
                    "run-prefect": lambda: self._fresh("--workers", "2"),
                    "run-dask": self._dask,
                }
                if once
                else {}
            ),
            "run": lambda: self._fresh("--direct", "--workers", "2") | self._sizes(),
            "rerun-unchanged": lambda: self._run("--direct", "--workers", "2"),
            "questions": self._questions,
            "rows": self._rows,
            "rerun-changed": self._rerun_changed,
            **({f"peer-{kind}": lambda kind=kind: self._peer(kind) for kind in SAMPLE} if once else {}),
        }

    def _python(self, *arguments: str) -> Figures:
        return _figures(cost([sys.executable, "-m", *arguments], PROJECT)[0])

    def _fresh(self, *options: str) -> Figures:
        self._clear()
        return self._run(*options)

    def _dask(self) -> Figures:
        """Seconds without those in which the cluster starts; memory with the scheduler and the workers."""
        self._clear()
        measured, printed = cost([sys.executable, "-m", "benchmarks.cluster", *self._arguments()], PROJECT, self._environment())
        return _figures(measured) | {"seconds": float(printed.split()[-2])}

    def _run(self, *options: str) -> Figures:
        return _figures(cost([sys.executable, "-m", "flows.cli", "run", *self._arguments(), *options], PROJECT, self._environment())[0])

    def _clear(self) -> None:
        shutil.rmtree(self.out)
        self.out.mkdir()

    def _arguments(self) -> list[str]:
        return [*self.folders, "--warehouse", str(self.warehouse), "--exports", str(self.exports)]

    def _environment(self) -> dict[str, str]:
        return {"PREFECT_HOME": str(self.out.parent / "prefect")}

    def _sizes(self) -> Figures:
        pages = sum(path.stat().st_size for folder in self.folders for path in Path(folder).iterdir())
        return {"published": self.warehouse.stat().st_size, "input": pages}

    def _rerun_changed(self) -> Figures:
        """One file in a hundred has a sentence more; afterwards the files are as before."""
        files = [path for folder in self.folders for path in sorted(Path(folder).iterdir())][::CHANGED]
        before = [path.read_bytes() for path in files]
        for number, (path, data) in enumerate(zip(files, before, strict=True)):
            path.write_bytes(data + f"\n\nThe register has {number} entries more.\n".encode())
        try:
            return self._run("--direct", "--workers", "2") | {"changed": len(files)}
        finally:
            for path, data in zip(files, before, strict=True):
                path.write_bytes(data)

    def _questions(self) -> Figures:
        """Seconds of each question: the median of five, after one that warms the file's pages."""
        taken = {}
        with duckdb.connect(str(self.warehouse), read_only=True, config={"threads": 2}) as connection:
            for question in QUESTIONS.read_text("utf-8").split(";\n"):
                if question.strip():
                    name = question.strip().splitlines()[0].removeprefix("-- ")
                    taken[name] = statistics.median(_timed(lambda q=question: connection.sql(q).fetchall()) for _ in range(6))
        return {"seconds": max(taken.values()), "each": taken}

    def _rows(self) -> Figures:
        """Whether the rows are those that the pages hold."""
        begun = time.perf_counter()
        read = {
            name: pl.read_parquet(self.exports / f"{name}.parquet")
            for name in ("article_placements", "articles", "country_mentions", "commitments", "incidents")
        }
        named = pl.read_parquet(self.exports / "article_ministers.parquet").join(
            pl.read_parquet(self.exports / "ministers.parquet"), on="minister_id"
        )
        compared = compare(corpus.pages(1, range(min(CHECKED, self.count))), {**read, "ministers": named})
        return {"seconds": time.perf_counter() - begun, "compared": compared}

    def _peer(self, kind: str) -> Figures:
        measured, printed = cost([sys.executable, "-m", "benchmarks.peers", kind, str(SAMPLE[kind])], PROJECT)
        rate = float(printed.split()[-2])
        return _figures(measured) | {"seconds": SAMPLE[kind] / rate, "pages": SAMPLE[kind], "rate": rate}


MAIN = 20_000
"""Pages with which one and two workers, Prefect and the peers are compared."""


def _figures(measured: Cost) -> Figures:
    return {"seconds": measured.seconds, "memory": measured.memory, "written": measured.written}


def _timed(function: Callable[[], object]) -> float:
    begun = time.perf_counter()
    function()
    return time.perf_counter() - begun


def measure(folder: Path, count: int, repeats: int, only: list[str] | None) -> dict[str, Figures]:
    """Every case: its figures in the median run, with the seconds of all runs and when it was measured."""
    bench = Bench(folder, count)
    taken: dict[str, list[Figures]] = {}
    for number in range(repeats):
        for name, case in bench.cases().items():
            if only and name not in only:
                continue
            figures = case()
            taken.setdefault(name, []).append(figures)
            print(
                f"{count:>9,} pages  round {number + 1}  {name:16} {figures['seconds']:9.2f} s  {figures.get('memory', 0) / 2**20:7,.0f} MiB",
                flush=True,
            )
    shutil.rmtree(bench.out)
    result = {}
    for name, runs in taken.items():
        runs.sort(key=lambda figures: figures["seconds"])
        result[name] = {"pages": count, **runs[(len(runs) - 1) // 2], "all_seconds": [round(figures["seconds"], 3) for figures in runs]}
    return result


def machine() -> Figures:
    model = next(
        (line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "processor": model,
        "cores": len(os.sched_getaffinity(0)),
        "memory": memory,
        "versions": {name: version(name) for name in ("communique", "duckdb", "polars", "prefect", "pandera")}
        | {"python": platform.python_version()},
    }


@contextmanager
def _folder(given: Path | None) -> Iterator[Path]:
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = [2_000, MAIN] + ([200_000, 1_000_000] if os.environ.get("BENCH_FULL") else [])
    parser.add_argument("--pages", type=int, nargs="+", default=default, help="how many pages; BENCH_FULL=1 adds 200,000 and 1,000,000")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where pages and warehouses go; kept for the next time (default: a temporary folder)")
    parser.add_argument("--only", nargs="+", help="names of cases")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/")
    arguments = parser.parse_args()
    results = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    with _folder(arguments.folder) as folder:
        print(f"making {max(arguments.pages):,} pages", flush=True)
        corpus.write(folder / "pages", max(arguments.pages))
        for count in arguments.pages:
            found = measure(folder, count, arguments.repeats, arguments.only)
            results[str(count)] = {**results.get(str(count), {}), "machine": machine(), **found}
            if arguments.write:
                RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    if arguments.write:
        page.write(results)


if __name__ == "__main__":
    main()
