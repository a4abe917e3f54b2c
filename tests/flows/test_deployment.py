"""The deployments of prefect.yaml on a real server with a real worker, one after the other on one warehouse."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import tomllib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from shutil import which
from typing import Any

import duckdb
import pytest
import yaml

from tests.servers import PATIENCE, POOL, PREFECT, PROJECT, Server, await_that, process

pytestmark = pytest.mark.long

FIRST, INTERVAL = 6, 60
"""Seconds until the first scheduled run, enough for Prefect to plan it; and from each to the next, so many that none begins while one is waited for."""
ASK_EVERY = 0.5
"""Seconds."""
PAGE = "Chile and Peru agree on harbour {0}\n\nChile and Peru agreed to share data on fishing fleets, harbour {0}.\n"


@dataclass(frozen=True)
class Installation:
    """The deployments and a worker for them."""

    server: Server
    folder: Path
    messages: list[str]
    """What the notifications of deploy/automations.yaml said."""

    def deployment(self, name: str) -> Any:
        return self.server.client.read_deployment_by_name(name)

    def start(self, name: str, **parameters: Any) -> Any:
        """The id of a run that was asked for."""
        deployment = self.deployment(name)
        return self.server.client.create_flow_run_from_deployment(deployment.id, parameters=deployment.parameters | parameters).id

    def read(self, run_id: Any) -> Any:
        return self.server.client.read_flow_run(run_id)

    def await_state(self, run_id: Any, *states: str) -> Any:
        """The run, as soon as it is in one of these states."""
        self.await_answer(lambda: self.read(run_id).state.name in states)
        return self.read(run_id)

    def await_that(self, condition: Callable[[], bool]) -> None:
        await_that(condition, self.folder / "worker.log")

    def await_answer(self, condition: Callable[[], bool]) -> None:
        """The same, of what only the server knows: each answer costs it time that the run which is waited for then lacks."""
        await_that(condition, self.folder / "worker.log", every=ASK_EVERY)

    def stop(self) -> int:
        """Stops the process that is at work on the warehouse, so that it cannot end before something else has happened; gives its id."""
        pid = int((self.folder / "news.duckdb.lock").read_text())
        os.kill(pid, signal.SIGSTOP)
        return pid

    def artifacts(self, run_id: Any) -> dict[str, Any]:
        from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId

        found = self.server.client.read_artifacts(artifact_filter=ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[run_id])))
        return {artifact.key: artifact.data for artifact in found}

    def logs(self, run_id: Any) -> list[str]:
        from prefect.client.schemas.filters import LogFilter, LogFilterFlowRunId

        return [log.message for log in self.server.client.read_logs(LogFilter(flow_run_id=LogFilterFlowRunId(any_=[run_id])))]

    @property
    def staged(self) -> list[Path]:
        return list((self.folder / "staging").rglob("shard.json"))

    def pages(self, name: str, numbers: range) -> str:
        """A folder of pages; gives its path."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        for i in numbers:
            (folder / f"{i:04}.txt").write_text(PAGE.format(i))
        return str(folder)


class _Listener(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.messages.append(json.loads(body)["text"])  # type: ignore[attr-defined]
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def webhook() -> Iterator[HTTPServer]:
    with HTTPServer(("127.0.0.1", 0), _Listener) as listener:
        listener.messages = []  # type: ignore[attr-defined]
        threading.Thread(target=listener.serve_forever, daemon=True).start()
        yield listener
        listener.shutdown()


@pytest.fixture(scope="module")
def installation(deployments: tuple[Server, Path], webhook: HTTPServer) -> Iterator[Installation]:
    server, folder = deployments
    with process((*PREFECT, "worker", "start", "--pool", POOL), server.environment, folder / "worker.log"):
        yield Installation(server, folder, webhook.messages)  # type: ignore[attr-defined]


def test_one_after_the_other(installation: Installation, webhook: HTTPServer) -> None:
    """One test, since each step needs what the one before has left, and a run in a process of its own takes seconds to begin."""
    _a_schedule_fires_and_a_bad_file_stops_nothing(installation)
    _two_runs_collide_and_one_takes_over_from_the_other_that_is_killed(installation)
    _a_cancelled_run_stops_and_cleans_up(installation)
    _a_blocked_publish_fails_and_somebody_is_told(installation, webhook)


def _a_schedule_fires_and_a_bad_file_stops_nothing(place: Installation) -> None:
    from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId
    from prefect.client.schemas.schedules import IntervalSchedule
    from prefect.exceptions import ObjectNotFound

    deployment = place.deployment("build/hourly")
    assert deployment.global_concurrency_limit.limit == 1
    assert deployment.concurrency_options.collision_strategy.value == "CANCEL_NEW"
    landing = place.pages("landing", range(5))
    (Path(landing) / "<b>image|.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (schedule,) = deployment.schedules
    assert schedule.schedule.timezone == "UTC"
    client = place.server.client
    soon = IntervalSchedule(interval=INTERVAL, anchor_date=datetime.now(UTC) + timedelta(seconds=FIRST))
    client.update_deployment_schedule(deployment.id, schedule.id, active=True, schedule=soon, parameters={"inputs": [landing]})

    def runs() -> list[Any]:
        return list(client.read_flow_runs(deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[deployment.id]))))

    def without_planned(found: list[Any]) -> list[Any]:
        """Takes back those that are planned: the server may have been about to plan more when the schedule was ended."""
        for run in found:
            if run.state.is_scheduled():
                with suppress(ObjectNotFound):
                    client.delete_flow_run(run.id)
        return [run for run in found if not run.state.is_scheduled()]

    place.await_answer(lambda: any(run.state.is_completed() for run in runs()))
    client.update_deployment_schedule(deployment.id, schedule.id, active=False)
    place.await_answer(lambda: all(run.state.is_final() for run in without_planned(runs())))  # another may have begun meanwhile
    run = min((run for run in runs() if run.state.is_completed()), key=lambda run: run.start_time)
    assert run.auto_scheduled
    with duckdb.connect(str(place.folder / "news.duckdb"), read_only=True) as con:
        assert con.execute("SELECT status, count(*) FROM files GROUP BY ALL ORDER BY ALL").fetchall() == [("loaded", 5), ("not_text", 1)]
    assert (place.folder / "exports" / "articles.parquet").exists()

    shown = place.artifacts(run.id)
    assert {"summary", "progress", "rejected-files", "checks", "warehouse", "exports"} <= set(shown)
    (rejected,) = json.loads(shown["rejected-files"])
    assert rejected["status"] == "not_text"
    assert rejected["file"].endswith(r"/\%3Cb\%3Eimage\%7C.txt")
    assert {row["result"] for row in json.loads(shown["checks"])} == {"pass"}
    place.await_answer(lambda: any(line.startswith("event=rejected run=20") for line in place.logs(run.id)))
    assert any(line.startswith("event=batch run=20") for line in place.logs(run.id))


def _two_runs_collide_and_one_takes_over_from_the_other_that_is_killed(place: Installation) -> None:
    inputs = [place.pages("many", range(1000, 1120))]
    first = place.start("build/on-demand", inputs=inputs, batch_pages=8, workers=1)
    place.await_that(lambda: bool(place.staged))
    pid = place.stop()
    second = place.start("build/on-demand", inputs=inputs, batch_pages=8, workers=1)
    place.await_state(second, "AwaitingConcurrencySlot")
    assert place.read(first).state.is_running()
    os.kill(pid, signal.SIGKILL)
    place.await_state(first, "Crashed")
    staged = len(place.staged)
    assert 0 < staged < 15
    assert place.await_state(second, "Completed", "Failed", "Crashed").state.is_completed()
    summary = place.artifacts(second)["summary"]
    assert f"{staged} of them were taken over" in summary
    with duckdb.connect(str(place.folder / "news.duckdb"), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM files WHERE status = 'loaded'").fetchall() == [(125,)]
    assert place.staged == []


def _a_cancelled_run_stops_and_cleans_up(place: Installation) -> None:
    from prefect.states import Cancelling

    run = place.start("build/on-demand", inputs=[place.pages("more", range(2000, 2060))], batch_pages=1)
    place.await_that(lambda: len(place.staged) > 1)
    pid = place.stop()
    place.server.client.set_flow_run_state(run, Cancelling())
    place.await_that(lambda: _is_asked_to_end(pid))
    os.kill(pid, signal.SIGCONT)
    place.await_state(run, "Cancelled")
    place.await_that(lambda: place.staged == [])
    with duckdb.connect(str(place.folder / "news.duckdb"), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM files WHERE status = 'loaded'").fetchall() == [(125,)]


def _is_asked_to_end(pid: int) -> bool:
    """Whether SIGTERM waits for a process that is stopped."""
    status = dict(line.split(":\t", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return bool((int(status["ShdPnd"], 16) | int(status["SigPnd"], 16)) >> (signal.SIGTERM - 1) & 1)


def _a_blocked_publish_fails_and_somebody_is_told(place: Installation, webhook: HTTPServer) -> None:
    url = f"http://127.0.0.1:{webhook.server_port}/"
    command = [sys.executable, "deploy/tell.py", url]
    done = subprocess.run(command, cwd=PROJECT, env=place.server.environment, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    for page in sorted((place.folder / "many").iterdir())[1:]:
        page.unlink()
    before = (place.folder / "news.duckdb").stat().st_mtime_ns
    run = place.await_state(place.start("build/on-demand", inputs=[str(place.folder / "many")], prune=True), "Failed", "Completed")
    assert run.state.is_failed()
    assert "fell from 125 to 6 rows" in run.state.message
    assert (place.folder / "news.duckdb").stat().st_mtime_ns == before
    failed = [row for row in json.loads(place.artifacts(run.id)["checks"]) if row["result"] == "FAIL"]
    assert {row["check"] for row in failed} == {"limits"}
    place.await_that(lambda: any("nothing was published" in message for message in place.messages))
    (told,) = [message for message in place.messages if "nothing was published" in message]
    assert str(place.folder / "news.duckdb") in told
    assert "fell from 125 to 6 rows" in told


def test_prefect_yaml_bears_the_version_of_the_project_and_limits_every_deployment() -> None:
    version = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["version"]
    deployments = yaml.safe_load((PROJECT / "prefect.yaml").read_text())["deployments"]
    assert [deployment["name"] for deployment in deployments] == ["hourly", "nightly-rebuild", "on-demand"]
    for deployment in deployments:
        assert deployment["version"] == version
        assert deployment["concurrency_limit"]["limit"] == 1
        assert deployment["description"]
        assert "communique" in deployment["tags"]
        assert all(schedule["timezone"] for schedule in deployment.get("schedules", []))


@pytest.mark.skipif(which("systemd-analyze") is None, reason="no systemd-analyze on this machine")
@pytest.mark.parametrize("unit", sorted((PROJECT / "deploy").glob("*.service")), ids=lambda path: path.name)
def test_systemd_takes_the_units(unit: Path, tmp_path: Path) -> None:
    for path in (PROJECT / "deploy").glob("*.service"):  # one wants the other
        (tmp_path / path.name).write_text(path.read_text().replace("/opt/communique/.venv/bin/prefect", sys.executable))
    command = ["systemd-analyze", "verify", "--man=no", "--generators=no", str(tmp_path / unit.name)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert (done.returncode, done.stderr) == (0, "")
