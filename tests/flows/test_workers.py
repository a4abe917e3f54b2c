"""Worker processes: one that is killed ends the run with one line, and none outlives its run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.servers import PATIENCE, PROJECT

pytestmark = pytest.mark.long

BATCHES = 60
"""So many that the run is at work for much longer than it takes to notice its first batch; few are done before it is killed."""

Run = tuple["subprocess.Popen[str]", list[int]]


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Run]:
    """A run with two worker processes that have finished the first of many batches, and the ids of these processes."""
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(BATCHES * 5):
        (pages / f"{number}.txt").write_text(f"Chile and Peru agree\n\nChile and Peru agreed to share data on fishing fleets, harbour {number}.\n")
    command = ["run", str(pages), "--direct", "--workers", "2", "--batch-pages", "5", "--warehouse", str(tmp_path / "w.duckdb"), "--no-exports"]
    process = subprocess.Popen([sys.executable, "-m", "flows.cli", *command], cwd=PROJECT, stderr=subprocess.PIPE, text=True)
    try:
        wait_until(lambda: any((tmp_path / "staging").glob("w.duckdb/*/shards-0/batch-*")) or process.poll() is not None)
        workers = [pid for pid in children(process.pid) if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
        assert len(workers) == 2
        yield process, workers
    finally:
        process.kill()
        process.communicate()


def children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # threads come and go
            found += [int(child) for child in (task / "children").read_text().split()]
    return found


def is_running(pid: int) -> bool:
    """Whether a process is there and not yet dead, though nobody may have asked for its exit code."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_until(is_true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_worker_that_is_killed_ends_the_run_with_one_line(running: Run, tmp_path: Path) -> None:
    process, workers = running
    assert [int(Path(f"/proc/{pid}/oom_score_adj").read_text()) for pid in workers] == [500, 500]
    os.kill(workers[0], signal.SIGKILL)  # as the kernel does when memory runs out
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    failed = [line for line in said.splitlines() if not line.startswith("[")]
    assert len(failed) == 1
    assert failed[0].startswith("communique: a worker process died at or near batch batch-")
    assert "--workers" in failed[0]
    wait_until(lambda: not any(map(is_running, workers)))
    assert not (tmp_path / "w.duckdb").exists()


def test_a_run_that_is_killed_leaves_no_worker(running: Run) -> None:
    process, workers = running
    process.kill()
    wait_until(lambda: not any(map(is_running, workers)))
