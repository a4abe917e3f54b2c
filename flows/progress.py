"""How a run shows that it moves: a bar on a terminal, plain lines elsewhere. Both go to standard error, results to standard output."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

if TYPE_CHECKING:
    import polars as pl

    from flows.operations import Batch
    from warehouse.checks import Outcome

LINE_EVERY = 5.0
"""Seconds between two plain lines, so that a log of an hour stays readable."""


class Progress:
    """What `operations.build` tells about its way. By default nobody listens."""

    def say(self, message: str) -> None:
        """A step begins, or something has to be waited for."""

    def expect(self, pages: int) -> None:
        """So many pages more will be read."""

    def advance(self, pages: int) -> None:
        """So many pages have been read."""

    def batch(self, run_id: str, batch: Batch) -> None:
        """A batch has been transformed, or was taken over from a run that died."""

    def rejected(self, run_id: str, files: pl.DataFrame) -> None:
        """The rejected files of the ledger, as `Work.rejected_files` gives them, once they are loaded."""

    def checked(self, run_id: str, outcomes: Sequence[Outcome]) -> None:
        """The checks before publishing were made, and perhaps broken."""


class Lines(Progress):
    """Plain lines with the time since the start: for logs, pipes and files."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._start = self._last = time.monotonic()
        self._begun = self._start
        self._expected = self._done = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def say(self, message: str) -> None:
        print(f"[{time.monotonic() - self._start:6.1f} s] {message}", file=self._stream, flush=True)

    def expect(self, pages: int) -> None:
        if not self._expected:
            self._begun = time.monotonic()
        self._expected += pages

    def advance(self, pages: int) -> None:
        self._done += pages
        now = time.monotonic()
        if now - self._last >= LINE_EVERY or self._done == self._expected:
            self._last = now
            rate = self._done / max(now - self._begun, 1e-3)
            left = (self._expected - self._done) / max(rate, 1e-3)
            self.say(f"{self._done:,} of {self._expected:,} pages, {rate:,.0f} pages/s, {left:.0f} s left")


class Bar(Progress):
    """A live bar with pages, pages per second and time left."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        self._bar = RichProgress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task("starting", total=None, rate="")
        self._expected = 0

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self._bar.stop()

    def say(self, message: str) -> None:
        self._bar.update(self._task, description=message)

    def expect(self, pages: int) -> None:
        self._expected += pages
        self._bar.update(self._task, total=self._expected)

    def advance(self, pages: int) -> None:
        self._bar.update(self._task, advance=pages)
        speed = self._bar.tasks[0].speed
        self._bar.update(self._task, rate=f"{speed:,.0f} pages/s" if speed else "")


def for_terminal() -> Bar | Lines:
    """A bar if standard error is a terminal, else lines."""
    return Bar() if sys.stderr.isatty() else Lines()
