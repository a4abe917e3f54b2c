"""What a command costs: seconds, memory and bytes written of its whole process tree."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event, Thread

import psutil

_EVERY = 0.2  # seconds between two looks at the memory: each costs some milliseconds per process


@dataclass(frozen=True)
class Cost:
    """`memory`: highest sum of the proportional set sizes of all processes, so that pages they share count once. `written`: what they gave to storage."""

    seconds: float
    memory: int
    written: int


class CommandFailedError(Exception):
    """The command ended with another code than 0; its last words."""


def cost(command: Sequence[str], cwd: Path, environment: dict[str, str] | None = None) -> tuple[Cost, str]:
    """Runs a command to its end; gives its cost and what it printed. Raises CommandFailedError."""
    with TemporaryFile() as out:
        begun = time.perf_counter()
        process = subprocess.Popen(command, cwd=cwd, env={**os.environ, **(environment or {})}, stdout=out, stderr=subprocess.STDOUT)
        watch = _Watch(process.pid)
        watch.start()
        code = process.wait()
        seconds = time.perf_counter() - begun
        watch.done.set()
        watch.join()
        out.seek(0)
        printed = out.read().decode("utf-8", "replace")
    if code:
        raise CommandFailedError(f"{' '.join(command[:4])} … ended with {code}: {printed.strip()[-500:]}")
    return Cost(seconds, watch.memory, sum(watch.written.values())), printed


class _Watch(Thread):
    """Looks at a process and its descendants until `done`."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._root = psutil.Process(pid)
        self.done = Event()
        self.memory = 0
        self.written: dict[int, int] = {}

    def run(self) -> None:
        while not self.done.is_set():
            total = 0
            for process in self._family():
                try:
                    self.written[process.pid] = process.io_counters().write_bytes
                    total += _proportional(process.pid)
                except (psutil.Error, OSError):
                    continue  # it ended between two looks
            self.memory = max(self.memory, total)
            self.done.wait(_EVERY)

    def _family(self) -> list[psutil.Process]:
        try:
            return [self._root, *self._root.children(recursive=True)]
        except psutil.Error:
            return []


def _proportional(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0
