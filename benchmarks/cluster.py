"""`communique run` on a Dask cluster of this machine: a scheduler and two worker processes of one thread each.

    python -m benchmarks.cluster ARGUMENT OF RUN ...

Prints the seconds of the run, without those in which the cluster starts.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import ExitStack
from tempfile import TemporaryDirectory

from distributed import Client

WORKERS = 2


def main() -> None:
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory())
        address_file = f"{folder}/scheduler.json"
        environment = {**os.environ, "POLARS_MAX_THREADS": "1"}

        def start(*arguments: str) -> None:
            command = [sys.executable, "-m", "dask", *arguments, "--scheduler-file", address_file, "--no-dashboard"]
            process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            stack.callback(process.wait, 30)
            stack.callback(process.terminate)

        start("scheduler", "--host", "127.0.0.1", "--port", "0")
        for _ in range(WORKERS):
            start("worker", "--nthreads", "1", "--no-nanny", "--local-directory", folder)
        with Client(scheduler_file=address_file, timeout=60) as client:
            client.wait_for_workers(WORKERS, timeout=60)
            address = client.scheduler.address
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-m", "flows.cli", "run", *sys.argv[1:], "--dask", address], check=True)
        print(f"\n{time.perf_counter() - begun:.3f} seconds")


if __name__ == "__main__":
    main()
