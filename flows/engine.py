"""The steps of a run as Prefect tasks: which are tried again, how long they may take, and where batches are transformed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

from prefect import Task, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.task_runners import ThreadPoolTaskRunner

from flows.operations import Batch
from flows.workers import Workers, run_batch
from warehouse.errors import WarehouseError, may_pass
from warehouse.reference import rules_version

T = TypeVar("T")

STEP_TIMEOUT = 4 * 3600.0
BATCH_TIMEOUT = 3600.0
"""Seconds; for what hangs, not for what is slow: a step with a million pages takes minutes, a batch seconds."""
RETRY_DELAYS = [2, 20]
"""Seconds before the second try and before the third."""


class PrefectEngine:
    """Steps as tasks. What they need reaches them as closures: Prefect would hash and walk arguments."""

    def __init__(self, workers: int, dask: str | None = None) -> None:
        self._workers = workers
        self._dask = dask

    def step(self, name: str, function: Callable[[], T]) -> T:
        step: Task[[], T] = task(name=name, task_run_name=name, timeout_seconds=STEP_TIMEOUT, **_options(retry=name != "check"))(function)
        return step()

    def transform(self, manifests: Sequence[Path], folder: Path) -> Iterator[Batch]:
        return self._transform_on_dask(manifests, folder) if self._dask else self._transform_here(manifests, folder)

    def _transform_here(self, manifests: Sequence[Path], folder: Path) -> Iterator[Batch]:
        count = min(self._workers, len(manifests))
        # One thread more than there are processes, so that none of these waits for Prefect's bookkeeping.
        threads: ThreadPoolTaskRunner[Batch] = ThreadPoolTaskRunner(max_workers=count + 1)
        with threads as runner, Workers(count) as workers:

            def transform(manifest: Path) -> Batch:
                return workers.submit(manifest, folder)()

            yield from _results(runner, transform, [{"manifest": manifest} for manifest in manifests])

    def _transform_on_dask(self, manifests: Sequence[Path], folder: Path) -> Iterator[Batch]:
        from prefect_dask.task_runners import DaskTaskRunner

        with ExitStack() as stack:
            try:
                runner = stack.enter_context(DaskTaskRunner(address=self._dask))
                runner.client.scheduler_info()  # it connects only when asked for something
            except OSError as error:
                raise WarehouseError(f"no Dask scheduler answers at {self._dask}: {error}") from error
            calls = [{"manifest": manifest.absolute(), "folder": folder.absolute(), "rules": rules_version()} for manifest in manifests]
            yield from _results(runner, _transform_there, calls)


def refuse_without_dask() -> None:
    """Raises WarehouseError where the extra `dask` is not installed."""
    if find_spec("prefect_dask") is None:
        raise WarehouseError("a Dask cluster needs the extra dask: pip install 'communique[dask]'")


def _results(runner: Any, function: Callable[..., Batch], calls: Sequence[dict[str, Any]]) -> Iterator[Batch]:
    """One task per batch, named after it."""
    transform: Task[..., Batch] = task(name="transform", timeout_seconds=BATCH_TIMEOUT, **_options(retry=True))(function)
    futures = [runner.submit(transform.with_options(task_run_name=f"transform {call['manifest'].stem}"), call) for call in calls]
    for future in futures:
        yield future.result()


def _transform_there(manifest: Path, folder: Path, rules: str) -> Batch:
    """`transform_batch` on a machine that sees the same files."""
    if rules_version() != rules:
        raise WarehouseError(f"the Dask worker has rules {rules_version()}, this machine {rules}: install the same communique on both")
    return run_batch(manifest, folder)


def _options(*, retry: bool) -> dict[str, Any]:
    options: dict[str, Any] = {"cache_policy": NO_CACHE, "persist_result": False}
    return options | {"retries": len(RETRY_DELAYS), "retry_delay_seconds": RETRY_DELAYS, "retry_condition_fn": _may_pass} if retry else options


def _may_pass(_task: Any, _run: Any, state: State[Any]) -> bool:
    """Whether another try may help: not with rows that break a rule, and not after hours."""
    error = state.result(raise_on_failure=False)
    return state.name != "TimedOut" and isinstance(error, BaseException) and may_pass(error)
