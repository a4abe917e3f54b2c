"""Where the time of a run goes: seconds and CPU time of each of its steps, worker processes included.

    python -m benchmarks.steps FOLDER [FOLDER ...]      folders of `benchmarks.corpus`

CPU time tells more than seconds where a machine has other work to do.
"""

from __future__ import annotations

import io
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from flows.direct import DirectEngine
from flows.operations import Batch, Request, build
from flows.progress import Lines

T = TypeVar("T")


def cpu() -> float:
    """Seconds of this process and of those children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


class TimedEngine(DirectEngine):
    """Two workers, and a line for each step."""

    def __init__(self) -> None:
        super().__init__(2)

    def step(self, name: str, function: Callable[[], T]) -> T:
        return timed(name, function)

    def transform(self, manifests: Sequence[Path], folder: Path) -> Iterator[Batch]:
        return iter(timed("transform", lambda: list(super(TimedEngine, self).transform(manifests, folder))))


def timed(name: str, function: Callable[[], T]) -> T:
    begun, used = time.perf_counter(), cpu()
    result = function()
    print(f"{name:10} {time.perf_counter() - begun:8.2f} s {cpu() - used:8.2f} s of CPU", flush=True)
    return result


def main() -> None:
    print(f"{'imports':10} {'':10} {cpu():8.2f} s of CPU")
    with TemporaryDirectory() as folder:
        request = Request(tuple(map(Path, sys.argv[1:])), Path(folder, "news.duckdb"), Path(folder, "exports"))
        timed("all", lambda: build(request, TimedEngine(), Lines(io.StringIO())))


if __name__ == "__main__":
    main()
