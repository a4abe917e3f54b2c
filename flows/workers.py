"""Where batches are transformed: in this process, or in a pool of worker processes."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from concurrent import futures
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from threading import Lock, Thread
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:  # polars must not be imported in a worker before its threads are set
    from flows.operations import Batch

DASK_ADDRESS = r"^(tcp|tls|ws|wss|ucx)://\S+$"
"""What the address of a Dask scheduler looks like."""
HEED_SIGNALS_EVERY = 0.5
"""Seconds."""


OOM_SCORE = 500
"""How much sooner than others a worker is killed for want of memory, between 0 (as others) and 1,000 (first)."""


class WorkerDiedError(Exception):
    """A worker process ended without a word: mostly it was killed for want of memory."""


class Workers:
    """Runs `transform_batch`. With one worker it runs in this process, whose polars then uses all cores; with more, each worker process keeps to
    one core."""

    def __init__(self, count: int) -> None:
        self._one_at_a_time = Lock()
        self._others = {process.pid for process in active_children()}
        self._pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_begin) if count > 1 else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        if self._pool is None:
            return
        if error is not None:  # nobody wants what is being worked on
            for process in active_children():
                if process.pid not in self._others:
                    process.terminate()
        self._pool.shutdown(cancel_futures=True)

    def submit(self, manifest: Path, folder: Path) -> Callable[[], Batch]:
        """Starts a batch. Calling what is returned waits for it and gives its result, or raises what it raised; WorkerDiedError where the
        process died."""
        if self._pool is None:

            def run_here() -> Batch:
                with self._one_at_a_time:
                    return run_batch(manifest, folder)

            return run_here
        future = self._pool.submit(run_batch, manifest, folder)

        def result() -> Batch:
            # Not in one wait: polars' handler of SIGINT restarts system calls, so that Ctrl-C would be noticed only when the batch is done.
            while not futures.wait([future], HEED_SIGNALS_EVERY).done:
                pass
            try:
                return future.result()
            except BrokenProcessPool as error:
                message = f"a worker process died at or near batch {manifest.stem}, mostly for want of memory; nothing was published"
                raise WorkerDiedError(f"{message}; try fewer --workers or smaller --batch-pages") from error

        return result


def run_batch(manifest: Path, folder: Path) -> Batch:
    """`transform_batch`, imported where a batch is transformed and not where it is only waited for."""
    from flows.batches import transform_batch

    return transform_batch(manifest, folder)


def available_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin() -> None:
    """The first thing a worker process does."""
    os.environ["POLARS_MAX_THREADS"] = "1"
    # Ctrl-C reaches the whole process group; only the parent answers it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Where memory runs out, the kernel is to end a worker, whose run then says so, rather than the run or something else on the machine.
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(str(OOM_SCORE))
    Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """A parent that was killed cannot end its workers: they would wait for batches for ever."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
