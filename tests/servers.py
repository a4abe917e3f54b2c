"""Servers on the loopback interface: a real Prefect with a home of its own, and whatever else runs beside a test."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parents[1]
POOL = "communique"
PREFECT = (sys.executable, "-m", "prefect", "--no-prompt")
PATIENCE = 240.0
"""Seconds after which a test gives up; for machines that have other things to do."""
PORTS = range(10_000, 32_000)
"""Below those that the kernel gives to outgoing connections: one of them might take the port before its server does."""


@dataclass(frozen=True)
class Server:
    """A server that is up: where it answers, the environment of its clients, where processes around it log, and a client of its API in this process: one
    for all, since to make one takes as long as fifteen answers."""

    url: str
    environment: dict[str, str]
    folder: Path
    client: Any

    def prefect(self, *arguments: str) -> str:
        """What `prefect` with these arguments prints; it must succeed."""
        command = [*PREFECT, *arguments]
        done = subprocess.run(command, cwd=PROJECT, env=self.environment, capture_output=True, text=True, timeout=PATIENCE, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@contextmanager
def serve(folder: Path, environment: Mapping[str, str]) -> Iterator[Server]:
    """A Prefect server, quick in what takes its time elsewhere."""
    from prefect.client.orchestration import SyncPrefectClient

    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {
        **environment,
        "PREFECT_API_URL": f"{url}/api",
        "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "2",
        "PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "2",
        "PREFECT_WORKER_QUERY_SECONDS": "1",
    }
    log = folder / "server.log"
    with process((*PREFECT, "server", "start", "--host", "127.0.0.1", "--port", str(port)), environment, log) as running:
        await_that(lambda: answers(f"{url}/api/health"), log, running)
        with SyncPrefectClient(f"{url}/api") as client:
            yield Server(url, environment, folder, client)


@contextmanager
def process(command: Sequence[str | Path], environment: Mapping[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A command in a process group of its own, which is ended whatever happens."""
    with log.open("w") as output:
        running = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True)
    try:
        yield running
    finally:
        running.terminate()
        with suppress(subprocess.TimeoutExpired):
            running.wait(15)
        with suppress(ProcessLookupError):  # what it started and left behind
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def free_port() -> int:
    """A port of the loopback interface on which nothing listens."""
    for port in random.SystemRandom().sample(PORTS, 100):  # the common generator is seeded alike in all processes of the tests
        with socket.socket() as free, suppress(OSError):
            free.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no free port among a hundred")


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=10) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def await_that(condition: Callable[[], bool], log: Path, running: subprocess.Popen[bytes] | None = None, every: float = 0.1) -> None:
    """Waits until the condition holds, as long as the process that is to bring it about, if one is named, is running. `every`: seconds."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        in_vain = time.monotonic() > deadline or (running is not None and running.poll() is not None)
        assert not in_vain, f"waited in vain; {log.name} ends with\n{log.read_text(errors='replace')[-3000:]}"
        time.sleep(every)
