"""The flows `build` and `rebuild`: the steps of `operations.build` as Prefect tasks, one task per batch, named after it. Only what this module
imports knows of Prefect.

Deployments (`prefect.yaml`) run `flows/build.py:build` and `flows/build.py:rebuild`, the command line runs `run`."""

from __future__ import annotations

from contextvars import ContextVar
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

from prefect import flow, runtime
from prefect.client.orchestration import get_client
from prefect.exceptions import TerminationSignal
from pydantic import Field

from flows import operations
from flows.artifacts import publish_summary
from flows.engine import PrefectEngine, refuse_without_dask
from flows.hooks import PATIENCE, announce, clean_up, warn
from flows.operations import Request, Summary
from flows.progress import Progress
from flows.runlog import RunLog
from flows.workers import DASK_ADDRESS, available_cores
from warehouse.limits import DEFAULTS, Limits
from warehouse.staging import clear_after

Warehouse = Annotated[str, Field(min_length=1, pattern=r"\S")]
WorkerCount = Annotated[int | None, Field(ge=1, le=256)]
Seconds = Annotated[float, Field(ge=0, le=86_400)]
DaskAddress = Annotated[str | None, Field(pattern=DASK_ADDRESS)]
"""What a form of Prefect's UI checks before a run starts."""

OPTIONS: dict[str, Any] = {"persist_result": False, "on_completion": [announce], "on_failure": [warn], "on_cancellation": [clean_up]}
"""Of both flows. They are decorated with `@flow` itself, since Prefect reads their names from the source of this file."""

_listener: ContextVar[Progress | None] = ContextVar("listener", default=None)
"""Where the command line wants to see the run move; a deployment has its log."""


def run(request: Request, workers: int, progress: Progress, dask: str | None = None) -> Summary:
    """Runs the flow in this process, with the configured server or a temporary one. Raises what `operations.build` raises."""
    token = _listener.set(progress)
    try:
        return build(
            inputs=[str(path) for path in request.inputs],
            warehouse=str(request.warehouse),
            exports=None if request.exports is None else str(request.exports),
            workers=workers,
            dask=dask,
            prune=request.prune,
            force=request.force,
            batch_pages=request.batch_pages,
            lock_timeout=request.lock_timeout,
            limits=request.limits,
        )
    finally:
        _listener.reset(token)


@flow(name="build", flow_run_name="build {warehouse}", **OPTIONS)
def build(
    inputs: Annotated[list[Annotated[str, Field(min_length=1)]], Field(min_length=1)],
    warehouse: Warehouse = "data/warehouse.duckdb",
    exports: str | None = "data/exports",
    workers: WorkerCount = None,
    dask: DaskAddress = None,
    prune: bool = False,
    force: bool = False,
    batch_pages: Annotated[int, Field(ge=1, le=100_000)] = 1000,
    lock_timeout: Seconds = 60.0,
    limits: Limits = DEFAULTS,
) -> Summary:
    """Turn news articles into the warehouse: discover, transform in batches, load, check, publish, export. Only what is new or changed is read.

    Args:
        inputs: Files, folders (with all below), .gz and .zip archives of articles
        warehouse: The published DuckDB file
        exports: The link to the newest parquet exports; none for no exports
        workers: Worker processes; none for one per core
        dask: Address of a Dask scheduler whose workers transform the batches, such as tcp://10.0.0.5:8786; none for this machine
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
    return _run(request, workers, dask)


@flow(name="rebuild", flow_run_name="rebuild {warehouse}", **OPTIONS)
def rebuild(
    warehouse: Warehouse = "data/warehouse.duckdb",
    exports: str | None = "data/exports",
    workers: WorkerCount = None,
    dask: DaskAddress = None,
    force: bool = False,
    lock_timeout: Seconds = 60.0,
) -> Summary:
    """Derive everything again from the texts in the warehouse with the rules of today, and publish. The files need not be there any more.

    Args:
        warehouse: The published DuckDB file
        exports: The link to the newest parquet exports; none for no exports
        workers: Worker processes; none for one per core
        dask: Address of a Dask scheduler whose workers transform the batches, such as tcp://10.0.0.5:8786; none for this machine
        force: Publish although the checks of the figures object
        lock_timeout: Seconds to wait for another run on the same warehouse
    """
    request = Request((), Path(warehouse), Path(exports) if exports else None, force=force, lock_timeout=lock_timeout, rebuild=True)
    return _run(request, workers, dask)


def _run(request: Request, workers: int | None, dask: str | None) -> Summary:
    if dask:
        refuse_without_dask()
    log = RunLog(_listener.get())
    try:
        summary = operations.build(request, PrefectEngine(workers or available_cores(), dask), log)
    except TerminationSignal:  # somebody cancelled the run, or the machine goes down: then the next run takes over what is staged
        if log.quietly(_is_cancelled):
            clear_after(request.warehouse, PATIENCE)
        raise
    log.quietly(lambda: publish_summary(summary, request))
    return summary


def _is_cancelled() -> bool:
    with get_client(sync_client=True) as client:
        state = client.read_flow_run(UUID(str(runtime.flow_run.id))).state
    return state is not None and (state.is_cancelling() or state.is_cancelled())
