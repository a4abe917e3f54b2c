"""The flow, on a temporary Prefect server that all these tests share."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from flows.direct import run as run_direct
from flows.operations import Request
from flows.progress import Lines
from tests.servers import PATIENCE
from warehouse import reference
from warehouse.landing import LandingError

SEEDS = Path(__file__).parents[2] / "seeds" / "articles"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for page in sorted(SEEDS.glob("*.txt"))[:4]:
        (folder / page.name).write_bytes(page.read_bytes())
    return folder


def exports(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "exports").glob("*.parquet"))}


@pytest.mark.usefixtures("prefect_harness")
def test_flow_gives_the_bytes_of_the_direct_run_and_shows_its_batches(pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterName

    from flows.build import run as run_flow

    # Both runs must name the same rules, even if somebody is just editing them.
    monkeypatch.setattr(reference, "rules_version", lambda: "0123456789abcdef")
    direct, flow = tmp_path / "direct", tmp_path / "flow"
    expected = run_direct(Request((pages,), direct / "news.duckdb", direct / "exports"), 1, Lines(io.StringIO()))
    told = io.StringIO()
    request = Request((pages,), flow / "news.duckdb", flow / "exports", batch_pages=2)
    summary = run_flow(request, 1, Lines(told))

    assert summary.published
    assert (summary.files, summary.rows) == (expected.files, expected.rows)
    assert exports(flow) == exports(direct)
    assert "4 of 4 pages" in told.getvalue()

    with get_client(sync_client=True) as client:
        name = FlowRunFilterName(any_=[f"build {request.warehouse}"])
        (run,) = client.read_flow_runs(flow_run_filter=FlowRunFilter(name=name))
        tasks = {task.name for task in client.read_task_runs() if task.flow_run_id == run.id}
        artifacts = [a for a in client.read_artifacts() if a.flow_run_id == run.id]
    assert run.state is not None
    assert run.state.is_completed()
    assert tasks == {"discover", "transform batch-00000", "transform batch-00001", "load", "check", "publish", "export"}
    shown = {a.key: a for a in artifacts}
    assert set(shown) == {"progress", "rejected-files", "checks", "summary", "warehouse", "exports"}
    assert "Published" in str(shown["summary"].data)
    assert shown["progress"].data == 100.0

    again = run_flow(request, 1, Lines(io.StringIO()))
    assert not again.published
    assert again.batches == ()


@pytest.mark.usefixtures("prefect_harness")
def test_a_flow_run_that_fails_raises_what_was_wrong_and_publishes_nothing(tmp_path: Path) -> None:
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterName

    from flows.build import run as run_flow

    with pytest.raises(LandingError, match="no such file or folder"):
        run_flow(Request((tmp_path / "missing",), tmp_path / "news.duckdb", None), 1, Lines(io.StringIO()))
    assert list(tmp_path.iterdir()) == []
    with get_client(sync_client=True) as client:
        name = FlowRunFilterName(any_=[f"build {tmp_path / 'news.duckdb'}"])
        (run,) = client.read_flow_runs(flow_run_filter=FlowRunFilter(name=name))
    assert run.state is not None
    assert run.state.is_failed()


def test_the_command_line_needs_no_server(pages: Path, tmp_path: Path, prefect_environment: dict[str, str]) -> None:
    """The one test that pays for a temporary server: what the command line sets before Prefect is imported cannot be seen in this process."""
    arguments = ("run", str(pages), "--warehouse", "news.duckdb", "--no-exports")
    command = (sys.executable, "-c", "from flows.cli import main; main()", *arguments)
    done = subprocess.run(command, cwd=tmp_path, env=prefect_environment, capture_output=True, text=True, timeout=PATIENCE, check=False)

    assert done.returncode == 0, done.stderr
    assert "published  news.duckdb" in done.stdout
    assert (tmp_path / "news.duckdb").is_file()
    lines = done.stderr.splitlines()
    assert [line for line in lines if not line.startswith("[")] == [], "Prefect's own words got through"
    assert lines[0].endswith("starting Prefect")
    assert "4 of 4 pages" in done.stderr
