"""The engine of `--direct`: steps at once, batches in worker processes; no Prefect."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from flows.operations import Batch, Request, Summary, build
from flows.progress import Progress
from flows.workers import Workers

T = TypeVar("T")


def run(request: Request, workers: int, progress: Progress) -> Summary:
    """Builds what is asked for. Raises what `operations.build` raises."""
    return build(request, DirectEngine(workers), progress)


class DirectEngine:
    """Calls functions."""

    def __init__(self, workers: int) -> None:
        self._workers = workers

    def step(self, name: str, function: Callable[[], T]) -> T:  # noqa: ARG002
        return function()

    def transform(self, manifests: Sequence[Path], folder: Path) -> Iterator[Batch]:
        with Workers(min(self._workers, len(manifests))) as workers:
            for wait in [workers.submit(manifest, folder) for manifest in manifests]:
                yield wait()
