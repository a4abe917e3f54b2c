"""The deployment of prefect.yaml on a real server with a real worker: its schedule fires, and the warehouse is published."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import duckdb
import pytest
import yaml

PROJECT = Path(__file__).parents[2]
PREFECT = (sys.executable, "-m", "prefect")
INTERVAL = 10
"""Seconds between two scheduled runs; enough for Prefect to plan one, few enough not to wait for it."""


@pytest.fixture
def prefect_server(tmp_path: Path, prefect_environment: dict[str, str]) -> Iterator[dict[str, str]]:
    """A server on a free port of the loopback interface; gives the environment of its clients."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **prefect_environment,
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "2",
        "PREFECT_WORKER_QUERY_SECONDS": "1",
    }
    arguments = ("server", "start", "--host", "127.0.0.1", "--port", str(port), "--no-ui")
    with process(arguments, environment, tmp_path / "server.log"):
        await_that(lambda: answers(f"http://127.0.0.1:{port}/api/health"), 120, tmp_path / "server.log")
        yield environment


@contextmanager
def process(arguments: tuple[str, ...], environment: dict[str, str], log: Path) -> Iterator[None]:
    """`prefect` with these arguments, in a process group of its own, which is ended whatever happens."""
    with log.open("w") as output:
        running = subprocess.Popen(
            [*PREFECT, *arguments], cwd=PROJECT, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        yield
    finally:
        running.terminate()
        with suppress(subprocess.TimeoutExpired):
            running.wait(15)
        with suppress(ProcessLookupError):  # what it started and left behind
            os.killpg(running.pid, signal.SIGKILL)
        running.wait(5)


def prefect(*arguments: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [*PREFECT, "--no-prompt", *arguments], cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


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
        time.sleep(0.25)


def test_the_hourly_deployment_fires_on_its_schedule_and_publishes(prefect_server: dict[str, str], tmp_path: Path) -> None:
    """The deployment as it is in prefect.yaml, but for its interval and its paths."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId
    from prefect.client.schemas.objects import FlowRun
    from prefect.settings import PREFECT_API_URL, temporary_settings

    warehouse = tmp_path / "news.duckdb"
    project = yaml.safe_load((PROJECT / "prefect.yaml").read_text())
    (deployment,) = project["deployments"]
    assert deployment["schedules"][0].pop("anchor_date")
    deployment["schedules"][0]["interval"] = INTERVAL
    deployment["parameters"] |= {
        "inputs": [str(PROJECT / "seeds" / "articles")],
        "warehouse": str(warehouse),
        "exports": str(tmp_path / "exports"),
    }
    (tmp_path / "prefect.yaml").write_text(yaml.safe_dump(project))
    pool = deployment["work_pool"]["name"]

    prefect("work-pool", "create", pool, "--type", "process", environment=prefect_server)
    prefect("deploy", "--all", "--prefect-file", str(tmp_path / "prefect.yaml"), environment=prefect_server)
    with ExitStack() as stack:
        stack.enter_context(process(("worker", "start", "--pool", pool), prefect_server, tmp_path / "worker.log"))
        await_that(warehouse.exists, 120, tmp_path / "worker.log")
        with temporary_settings({PREFECT_API_URL: prefect_server["PREFECT_API_URL"]}), get_client(sync_client=True) as client:
            found = client.read_deployment_by_name(f"build/{deployment['name']}")

            def completed() -> list[FlowRun]:
                runs = client.read_flow_runs(deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[found.id])))
                return [run for run in runs if run.state is not None and run.state.is_completed()]

            await_that(lambda: bool(completed()), 60, tmp_path / "worker.log")
            run = completed()[0]

    assert run.auto_scheduled
    assert found.global_concurrency_limit is not None
    assert found.global_concurrency_limit.limit == 1
    assert found.concurrency_options is not None
    assert str(found.concurrency_options.collision_strategy.value) == "CANCEL_NEW"
    with duckdb.connect(str(warehouse), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM runs").fetchall() == [(1,)]
        assert con.execute("SELECT count(*) > 5 FROM articles").fetchall() == [(True,)]
    assert (tmp_path / "exports" / "articles.parquet").exists()
