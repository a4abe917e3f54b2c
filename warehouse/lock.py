"""One loader at a time: a lock of the operating system, which dies with its process."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.errors import LockedError

POLL_SECONDS = 0.2


def path(warehouse: Path) -> Path:
    """The lock file of a warehouse."""
    return warehouse.absolute().with_name(warehouse.name + ".lock")


@contextmanager
def hold(path: Path, timeout: float, waiting: Callable[[str], None] | None = None) -> Iterator[None]:
    """Holds the lock file `path` (created if missing, never removed: removing it would let two processes lock two files of one name).

    Waits up to `timeout` seconds; `waiting` is told once, in one line, that it waits and for whom. Raises LockedError where the lock is
    not free by then. A killed process leaves no lock; its forked children do not keep it either."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    open_here.add(descriptor)
    try:
        _acquire(descriptor, path, timeout, waiting)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        open_here.discard(descriptor)
        os.close(descriptor)


def _acquire(descriptor: int, path: Path, timeout: float, waiting: Callable[[str], None] | None) -> None:
    deadline = time.monotonic() + timeout
    told = False
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            holder = os.pread(descriptor, 32, 0).decode(errors="replace").strip() or "unknown"
            if time.monotonic() >= deadline:
                raise LockedError(f"another run (process {holder}) holds {path}; waited {timeout:g} s") from None
            if waiting and not told:
                waiting(f"waiting for another run (process {holder}) to finish")
                told = True
            time.sleep(min(POLL_SECONDS, max(deadline - time.monotonic(), 0.01)))


open_here: set[int] = set()
"""Descriptors of locks of this process. A forked child closes them, or it would keep the lock after its parent was killed."""


def _close_in_child() -> None:
    for descriptor in open_here:
        os.close(descriptor)
    open_here.clear()


os.register_at_fork(after_in_child=_close_in_child)
