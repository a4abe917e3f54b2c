"""What a flow run tells while it runs: its log, its progress, the tables of rejected files and of checks. None of it may stop the run.

A line of the log is `key=value` pairs, values with anything but plain signs as JSON, so that no file name can make up a line of its own."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast
from uuid import UUID

import polars as pl
from prefect import get_run_logger
from prefect.artifacts import create_progress_artifact, update_progress_artifact

from flows.artifacts import publish_checks, publish_rejected
from flows.operations import Batch
from flows.progress import Progress
from warehouse.checks import Outcome

T = TypeVar("T")

PROGRESS_EVERY = 2.0
"""Seconds between two updates of the progress that the UI shows."""


class RunLog(Progress):
    """Tells Prefect, and `listener`, who may be the command line."""

    def __init__(self, listener: Progress | None = None) -> None:
        self._listener = listener or Progress()
        self._log = get_run_logger()
        self._expected = self._done = 0
        self._progress: UUID | None = None
        self._told = 0.0

    def say(self, message: str) -> None:
        self._log.info(message)
        self._listener.say(message)

    def expect(self, pages: int) -> None:
        self._expected += pages
        self._listener.expect(pages)
        if self._progress is None:
            self._progress = self.quietly(
                lambda: cast(UUID, create_progress_artifact(0.0, key="progress", description="Pages transformed, in per cent"))
            )

    def advance(self, pages: int) -> None:
        self._done += pages
        self._listener.advance(pages)
        now = time.monotonic()
        if self._progress is not None and (now - self._told >= PROGRESS_EVERY or self._done >= self._expected):
            self._told, progress = now, self._progress
            percent = min(100.0, 100.0 * self._done / max(self._expected, 1))
            self.quietly(lambda: update_progress_artifact(progress, percent))

    def batch(self, run_id: str, batch: Batch) -> None:
        how = "taken_over" if batch.taken_over else "transformed"
        self._log.info(line("batch", run=run_id, batch=batch.name, how=how, pages=batch.pages, seconds=round(batch.seconds, 3), where=batch.where))
        self._listener.batch(run_id, batch)

    def rejected(self, run_id: str, files: pl.DataFrame) -> None:
        for row in files.filter("is_new").iter_rows(named=True):
            self._log.warning(line("rejected", run=run_id, status=row["status"], reason=row["status_reason"], file=row["source_uri"]))
        self.quietly(lambda: publish_rejected(run_id, files))
        self._listener.rejected(run_id, files)

    def checked(self, run_id: str, outcomes: Sequence[Outcome]) -> None:
        for outcome in outcomes:
            if outcome.breach is not None:
                self._log.error(line("check", run=run_id, check=outcome.check, table=outcome.table, breach=outcome.breach))
        if outcomes:
            self.quietly(lambda: publish_checks(run_id, outcomes))
        self._listener.checked(run_id, outcomes)

    def quietly(self, tell: Callable[[], T]) -> T | None:
        """The result of `tell()`; a warning and None where Prefect cannot be told."""
        try:
            return tell()
        except Exception as error:
            self._log.warning("not shown in Prefect: %s: %s", type(error).__name__, error)
            return None


def line(event: str, **values: Any) -> str:
    """`event=… key=value …`"""
    return " ".join(f"{key}={_value(value)}" for key, value in {"event": event, **values}.items())


def _value(value: Any) -> str:
    text = str(value)
    return text if re.fullmatch(r"[\w.:/+-]+", text, re.ASCII) else json.dumps(text)
