"""A Prefect server for one command, where none is configured.

Prefect can start one by itself, but imports the whole server into the flow's process for that, and begins only when the flow does. This one starts in
a process of its own while the command line is still importing, registers no blocks and matches no triggers, and dies with the command, however that ends.
docs/operations.md has the figures."""

from __future__ import annotations

import atexit
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

WITHOUT = {
    "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    "PREFECT_SERVER_UI_ENABLED": "false",
}
"""What a server of one run does not need."""
STOP_SECONDS = 10.0
ANSWER_SECONDS = 10.0


class PrefectServerError(Exception):
    """No Prefect server answers."""


class TemporaryServer:
    """A server process that begins to start. It listens from the first moment: whoever asks waits until it answers."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/api"
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__, str(self._socket.fileno())],
            env={**WITHOUT, **os.environ},
            stdin=subprocess.PIPE,
            pass_fds=[self._socket.fileno()],
            start_new_session=True,  # Ctrl-C is for the run, which tells the server how it ended
        )
        # Prefect's own handlers, registered later and so run before, send what is still to be told.
        atexit.register(self.stop)

    def await_answer(self, seconds: float) -> None:
        """Raises PrefectServerError where it ends, or does not answer in time."""
        self._socket.close()  # the child has it
        deadline = time.monotonic() + seconds
        while self._process.poll() is None and time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.url}/health", timeout=max(deadline - time.monotonic(), 1)):
                    return
            except urllib.error.HTTPError as error:
                raise PrefectServerError(f"the temporary Prefect server answers {error.code}; try --direct") from error
            except OSError:
                time.sleep(0.1)
        raise PrefectServerError("no temporary Prefect server could be started; try --direct, or set PREFECT_API_URL")

    def stop(self) -> None:
        """Ends the process, once it has written down what it was told."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()


def start() -> TemporaryServer | None:
    """Starts a server unless the environment names one. Imports nothing of Prefect, so that it costs nothing here."""
    return None if os.environ.get("PREFECT_API_URL") else TemporaryServer()


@contextmanager
def used(server: TemporaryServer | None) -> Iterator[None]:
    """Flows run with `server` within, unless Prefect is configured to use another. Raises PrefectServerError where none answers."""
    from prefect.settings import PREFECT_API_URL, PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS, temporary_settings

    if url := PREFECT_API_URL.value():  # in the environment, a profile or a file of settings
        if server is not None:
            server.stop()
        _refuse_silence(url)
        yield
    elif server is not None:
        server.await_answer(PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS.value())
        with temporary_settings({PREFECT_API_URL: server.url}):
            yield


def _refuse_silence(url: str) -> None:
    try:
        with urllib.request.urlopen(f"{url.rstrip('/')}/health", timeout=ANSWER_SECONDS):
            pass
    except urllib.error.HTTPError:  # it answers
        pass
    except OSError as error:
        raise PrefectServerError(f"no Prefect server answers at {url}: start it, unset PREFECT_API_URL, or use --direct") from error


def _serve(descriptor: int) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    import uvicorn
    from prefect.server.api.server import create_app

    config = uvicorn.Config(create_app(ephemeral=True), log_level="error", lifespan="on", access_log=False)
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=descriptor)])


def _end_with_parent() -> None:
    """Nobody writes to our standard input; it ends when the parent does."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os._exit(1)


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
