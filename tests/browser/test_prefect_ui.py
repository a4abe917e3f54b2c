"""What an operator sees in Prefect's own UI: the run with its steps, its artifacts, and the form of a deployment."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import polars as pl
import pytest
from playwright.sync_api import Page, expect

from flows.artifacts import escaped, rejected_rows
from tests.servers import PATIENCE, PROJECT, Server

pytestmark = pytest.mark.long

HOSTILE = "<img src=x onerror=alert(1)> | [click](javascript:alert(1)) `a`.txt"


@pytest.fixture(scope="module")
def run(deployments: tuple[Server, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Server, Any, dict[str, Any]]:
    """A run of the sample pages with two files more that are rejected: the server, the run, its artifacts by key."""
    from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId, FlowRunFilter, FlowRunFilterName

    server, _ = deployments
    folder = tmp_path_factory.mktemp("communique")
    pages = folder / "landing"
    pages.mkdir()
    for page in (PROJECT / "seeds" / "articles").glob("*.txt"):
        (pages / page.name).write_bytes(page.read_bytes())
    (pages / HOSTILE).write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (pages / "empty.txt").touch()
    command = [sys.executable, "-m", "flows.cli", "run", str(pages), "--warehouse", "news.duckdb", "--exports", "exports", "--batch-pages", "4"]
    done = subprocess.run(command, cwd=folder, env=server.environment, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    (found,) = server.client.read_flow_runs(flow_run_filter=FlowRunFilter(name=FlowRunFilterName(any_=["build news.duckdb"])))
    artifacts = server.client.read_artifacts(artifact_filter=ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[found.id])))
    return server, found, {artifact.key: artifact for artifact in artifacts}


def test_run_page_shows_the_steps_by_name(run: Any, open_page: Callable[..., Page], picture: Callable[..., None]) -> None:
    server, found, _ = run
    page = open_page(f"{server.url}/runs/flow-run/{found.id}")
    expect(page.get_by_text("build news.duckdb").first).to_be_visible()
    expect(page.get_by_text("Completed").first).to_be_visible()
    page.get_by_text("Task Runs", exact=True).first.click()
    for step in ("discover", "transform batch-00000", "transform batch-00001", "load", "check", "publish", "export"):
        expect(page.get_by_text(step, exact=True).first).to_be_visible()
    picture(page, "prefect-run")


def test_artifacts_show_what_happened_and_nothing_of_a_file_name_is_live(
    run: Any, open_page: Callable[..., Page], picture: Callable[..., None]
) -> None:
    server, _, artifacts = run

    def shown(key: str) -> Page:
        return open_page(f"{server.url}/artifacts/artifact/{artifacts[key].id}")

    page = shown("summary")
    expect(page.get_by_role("heading", name="Published news.duckdb")).to_be_visible()
    for title in ("Files", "Rows", "Slowest batches"):
        expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    expect(page.get_by_role("cell", name="country_mentions")).to_be_visible()
    picture(page, "prefect-summary")

    page = shown("rejected-files")
    for text in ("not_text", "a PNG image", "unsupported_language"):
        expect(page.get_by_text(text)).to_be_visible()
    expect(page.locator("body")).to_contain_text("%3Cimg%20src%3Dx")
    picture(page, "prefect-rejected-files")

    page = shown("checks")
    expect(page.get_by_text("pass", exact=True).first).to_be_visible()
    assert page.get_by_text("FAIL", exact=True).count() == 0
    picture(page, "prefect-checks")


def test_nothing_that_is_quoted_is_live(run: Any, open_page: Callable[..., Page]) -> None:
    """File names come percent-encoded; but reasons and findings may quote anything, in cells and in text."""
    server, found, _ = run
    texts = [
        "<img src=x onerror=alert(1)>",
        "[click](javascript:alert(1))",
        "![x](https://outside.example/x.png) | https://outside.example and www.outside.example",
        "<a href='https://outside.example'>y</a> &lt;b&gt;",
    ]
    frame = pl.DataFrame({"source_uri": texts, "status": ["failed"] * 4, "status_reason": texts, "is_new": [True] * 4})
    for kind, data in (("table", json.dumps(rejected_rows(frame))), ("markdown", "\n\n".join(f"# {escaped(text)}" for text in texts))):
        artifact = {"type": kind, "key": "hostile", "data": data, "flow_run_id": str(found.id)}
        request = Request(f"{server.url}/api/artifacts/", json.dumps(artifact).encode(), {"Content-Type": "application/json"})
        with urlopen(request) as response:
            page = open_page(f"{server.url}/artifacts/artifact/{json.load(response)['id']}")
        for text in texts:
            expect(page.get_by_text(text, exact=True).first).to_be_visible()
        assert page.locator("img[src='x'], img[src*='outside'], a[href^='javascript'], a[href*='outside']").count() == 0


def test_the_form_of_a_deployment_explains_its_parameters(run: Any, open_page: Callable[..., Page], picture: Callable[..., None]) -> None:
    server, _, _ = run
    deployment = server.client.read_deployment_by_name("build/on-demand")
    page = open_page(f"{server.url}/deployments/deployment/{deployment.id}/run", viewport={"width": 1280, "height": 1600})
    for text in (
        "Files, folders (with all below), .gz and .zip archives of articles",
        "Forget files that are no longer under the inputs",
        "Address of a Dask scheduler",
        "Seconds to wait for another run on the same warehouse",
    ):
        expect(page.get_by_text(text).first).to_be_visible()
    picture(page, "prefect-form")
