"""A real Prefect server on the loopback interface, with a home of its own, and the processes around it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parents[1]
PREFECT = (sys.executable, "-m", "prefect")


@dataclass(frozen=True)
class Server:
    """A server that is up: where it answers, the environment of its clients, and where processes around it log."""

    url: str
    environment: dict[str, str]
    folder: Path

    def prefect(self, *arguments: str) -> str:
        """What `prefect` with these arguments prints; it must succeed."""
        command = [*PREFECT, "--no-prompt", *arguments]
        done = subprocess.run(command, cwd=PROJECT, env=self.environment, capture_output=True, text=True, timeout=180, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @contextmanager
    def client(self) -> Iterator[Any]:
        """A client of the server's API in this process."""
        from prefect.client.orchestration import get_client
        from prefect.settings import PREFECT_API_URL, temporary_settings

        with temporary_settings({PREFECT_API_URL: f"{self.url}/api"}), get_client(sync_client=True) as client:
            yield client


@contextmanager
def serve(folder: Path, environment: dict[str, str]) -> Iterator[Server]:
    """A server on a free port, quick in what takes its time elsewhere."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **environment,
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "2",
        "PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "2",
        "PREFECT_WORKER_QUERY_SECONDS": "1",
    }
    log = folder / "server.log"
    with process(("server", "start", "--host", "127.0.0.1", "--port", str(port)), environment, log):
        await_that(lambda: answers(f"http://127.0.0.1:{port}/api/health"), 120, log)
        yield Server(f"http://127.0.0.1:{port}", environment, folder)


@contextmanager
def process(arguments: tuple[str, ...], environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`prefect` with these arguments, in a process group of its own, which is ended whatever happens."""
    with log.open("w") as output:
        running = subprocess.Popen(
            [*PREFECT, *arguments], cwd=PROJECT, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        yield running
    finally:
        running.terminate()
        with suppress(subprocess.TimeoutExpired):
            running.wait(15)
        with suppress(ProcessLookupError):  # what it started and left behind
            os.killpg(running.pid, signal.SIGKILL)
        running.wait(5)


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def await_that(condition: Callable[[], bool], seconds: float, log: Path) -> None:
    """Waits until the condition holds; the bounds are wide for machines that have other things to do."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"waited {seconds} s in vain; {log.name} ends with\n" + log.read_text()[-3000:]
        time.sleep(0.2)
