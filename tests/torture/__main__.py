"""`make torture`: does to the warehouse what should not happen to it, and prints what came of it as a table.

    python -m tests.torture [--only NAME ...] [--scale 1.0] [--jobs 2] [--seed N] [--write]

Exit code 1 if anything went wrong. A failure names the seed and number of its trial. With --write the table goes into docs/reliability.md."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed

os.environ.setdefault("POLARS_MAX_THREADS", "1")  # before polars is imported: the pages are small, the processes many

from tests.torture import report
from tests.torture.harness import CONTEXT, Figure, trial

PLAN = {
    "kill": ("crash", 200),
    "disk_full": ("crash", 20),
    "small_disk": ("crash", 20),
    "damaged": ("crash", 40),
    "fuzz": ("fuzz", 10_000),
    "sequences": ("sequences", 300),
    "runs": ("together", 8),
    "readers": ("together", 50),
}
"""Name of the trial: its module, and how many."""

WHOLE = ("fuzz", "runs", "readers")
"""Trials that are not divided among processes."""


def torture(names: Sequence[str], scale: float, jobs: int, seed: int) -> list[tuple[Figure, float]]:
    """The figures of these trials, with the seconds they took."""
    done = []
    for name in names:
        module, count = PLAN[name]
        begun, total = time.monotonic(), max(int(count * scale), 1)
        parts = 1 if name in WHOLE else min(jobs, total)
        with ProcessPoolExecutor(parts, mp_context=CONTEXT) as pool:
            shares = [total // parts + (part < total % parts) for part in range(parts)]
            futures = [pool.submit(trial, module, name, share, seed + part) for part, share in enumerate(shares)]
            figures = [future.result() for future in as_completed(futures)]
        for figure in figures[1:]:
            figures[0].add(figure)
        done.append((figures[0], time.monotonic() - begun))
        print_figure(*done[-1])
    return done


def print_figure(figure: Figure, seconds: float) -> None:
    print(report.row(figure, seconds), flush=True)
    for line in figure.wrong[:20]:
        print(f"    {line}"[:1000], file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.torture")
    parser.add_argument("--only", nargs="+", choices=PLAN, default=list(PLAN))
    parser.add_argument("--scale", type=float, default=1.0, help="share of the numbers in the plan")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="write the figures of all trials into docs/reliability.md")
    options = parser.parse_args()
    if options.write and (options.only != list(PLAN) or options.scale < 1):
        parser.error("--write takes all trials in full number")
    print("\n".join(report.HEAD), flush=True)
    done = torture(options.only, options.scale, options.jobs, options.seed)
    if options.write:
        report.write(done, f"python -m tests.torture --jobs {options.jobs} --seed {options.seed} --write")
    sys.exit(any(figure.wrong for figure, _ in done))


if __name__ == "__main__":
    main()
