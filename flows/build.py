"""The flow `build`: the steps of `operations.build` as Prefect tasks, one task per batch, named after it. The only module that imports Prefect.

Deployments run `flows/build.py:build`, the command line runs `run`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Annotated, Any, TypeVar

from prefect import Task, flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import Field

from flows import operations
from flows.artifacts import publish_summary
from flows.operations import Batch, Request, Summary
from flows.progress import Progress
from flows.workers import Workers, available_cores
from warehouse.limits import DEFAULTS, Limits

T = TypeVar("T")

_RUNNER: Any = ThreadPoolTaskRunner()

_progress: ContextVar[Progress | None] = ContextVar("progress", default=None)
"""Where the command line wants to see the run move; a deployment has its log."""


def run(request: Request, workers: int, progress: Progress) -> Summary:
    """Runs the flow in this process, with the configured server or a temporary one. Raises what `operations.build` raises."""
    token = _progress.set(progress)
    try:
        return build(
            inputs=[str(path) for path in request.inputs],
            warehouse=str(request.warehouse),
            exports=None if request.exports is None else str(request.exports),
            workers=workers,
            prune=request.prune,
            force=request.force,
            batch_pages=request.batch_pages,
            lock_timeout=request.lock_timeout,
            limits=request.limits,
        )
    finally:
        _progress.reset(token)


@flow(name="build", flow_run_name="build {warehouse}", task_runner=_RUNNER, persist_result=False)
def build(
    inputs: Annotated[list[str], Field(min_length=1)],
    warehouse: str = "data/warehouse.duckdb",
    exports: str | None = "data/exports",
    workers: Annotated[int | None, Field(ge=1)] = None,
    prune: bool = False,
    force: bool = False,
    batch_pages: Annotated[int, Field(ge=1)] = 1000,
    lock_timeout: Annotated[float, Field(ge=0)] = 60.0,
    limits: Limits = DEFAULTS,
) -> Summary:
    """Turn news articles into the warehouse: discover, transform in batches, load, check, publish. Only what is new or changed is read.

    Args:
        inputs: Files, folders (with all below), .gz and .zip archives of articles
        warehouse: The published DuckDB file
        exports: The link to the newest parquet exports; none for no exports
        workers: Worker processes; none for one per core
        prune: Forget files that are no longer under the inputs
        force: Publish although the checks of the figures object
        batch_pages: Pages per batch
        lock_timeout: Seconds to wait for another run on the same warehouse
        limits: How much of the inputs is read: sizes in bytes, entries of an archive, growth by unpacking
    """
    request = Request(
        inputs=tuple(Path(path) for path in inputs),
        warehouse=Path(warehouse),
        exports=Path(exports) if exports else None,
        prune=prune,
        force=force,
        batch_pages=batch_pages,
        lock_timeout=lock_timeout,
        limits=limits,
    )
    summary = operations.build(request, PrefectEngine(workers or available_cores()), _progress.get() or _Log())
    publish_summary(summary, request)
    return summary


class PrefectEngine:
    """Steps as tasks. What they need reaches them as closures: Prefect would hash and walk arguments."""

    def __init__(self, workers: int) -> None:
        self._workers = workers

    def step(self, name: str, function: Callable[[], T]) -> T:
        step: Task[[], T] = task(name=name, task_run_name=name, cache_policy=NO_CACHE, persist_result=False)(function)
        return step()

    def transform(self, manifests: Sequence[Path], folder: Path) -> Iterator[Batch]:
        with Workers(min(self._workers, len(manifests))) as workers:

            def transform(manifest: Path) -> Batch:
                return workers.submit(manifest, folder)()

            batch = task(name="transform", cache_policy=NO_CACHE, persist_result=False)(transform)
            futures = [batch.with_options(task_run_name=f"transform {manifest.stem}").submit(manifest) for manifest in manifests]
            for future in futures:
                yield future.result()


class _Log:
    """Progress in the log of the flow run."""

    def __init__(self) -> None:
        self._expected = self._done = 0

    def say(self, message: str) -> None:
        get_run_logger().info(message)

    def expect(self, pages: int) -> None:
        self._expected += pages

    def advance(self, pages: int) -> None:
        self._done += pages
        get_run_logger().info("%d of %d pages", self._done, self._expected)
