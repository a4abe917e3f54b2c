"""`make serve`: a Prefect server, the deployments of prefect.yaml and a worker for them, in one terminal. They end together, with Ctrl-C or when one of them
ends.

Its database is under data/prefect, away from the user's own Prefect. COMMUNIQUE_PORT names another port."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from types import FrameType

POOL = "communique"
PREFECT = (sys.executable, "-m", "prefect", "--no-prompt")
START_SECONDS = 120.0
STOP_SECONDS = 30.0


def main() -> int:
    port = os.environ.get("COMMUNIQUE_PORT", "4200")
    url = f"http://127.0.0.1:{port}"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PREFECT_API_")},
        "PREFECT_HOME": str(Path("data/prefect").absolute()),
        "PREFECT_API_URL": f"{url}/api",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    Path("data/prefect").mkdir(parents=True, exist_ok=True)
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell in the background may have set SIGINT aside
        signal.signal(number, _interrupt)
    if _answers(f"{url}/api/health"):
        print(f"communique: something answers at {url} already; set COMMUNIQUE_PORT to another port", file=sys.stderr)
        return 1
    try:
        with ExitStack() as stack:
            server = _start(stack, environment, "server", "start", "--host", "127.0.0.1", "--port", port)
            _await(server, f"{url}/api/health")
            _do(environment, "work-pool", "create", POOL, "--type", "process", "--overwrite")
            _do(environment, "deploy", "--all")
            worker = _start(stack, environment, "worker", "start", "--pool", POOL)
            print(f"\n{url}/deployments: pick one, then Run > Quick run. Ctrl-C ends server and worker.\n", flush=True)
            while server.poll() is None and worker.poll() is None:
                time.sleep(0.5)
        return 1
    except KeyboardInterrupt:
        return 0
    except _Failed as error:
        print(f"communique: {error}", file=sys.stderr)
        return 1


class _Failed(Exception):
    pass


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _start(stack: ExitStack, environment: Mapping[str, str], *arguments: str) -> subprocess.Popen[bytes]:
    """A process that is stopped when `stack` is closed. In a session of its own, so that Ctrl-C reaches it through us, worker first."""
    process = subprocess.Popen([*PREFECT, *arguments], env=environment, stdin=subprocess.DEVNULL, start_new_session=True)
    stack.callback(_stop, process)
    return process


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
        process.wait(STOP_SECONDS)
    with suppress(ProcessLookupError):  # what it started and left behind
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _do(environment: Mapping[str, str], *arguments: str) -> None:
    done = subprocess.run([*PREFECT, *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise _Failed(f"prefect {' '.join(arguments)} failed: {' '.join((done.stderr or done.stdout).split())[-500:]}")


def _await(server: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _answers(url):
        if server.poll() is not None or time.monotonic() > deadline:
            raise _Failed("the Prefect server did not start; its words are above")
        time.sleep(0.2)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return bool(response.status == 200)
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())
