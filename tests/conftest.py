"""What all tests share: golden files, the seed pages, and one Prefect harness per session."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.servers import POOL, PROJECT, Server, serve

if TYPE_CHECKING:
    import polars as pl

    from transforms.lexicon import Lexicon

TESTS = PROJECT / "tests"

# Before Prefect is imported anywhere: nothing leaves the machine.
os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
os.environ["DO_NOT_TRACK"] = "1"
# The processes that tests start find this project, and neither pandas nor hypothesis: who installs communique has none. (pandera, where it finds them, takes
# half a second to import them.)
os.environ["PYTHONPATH"] = os.pathsep.join((str(PROJECT), str(TESTS / "as_installed")))

SERVED = ("tests/flows/test_deployment.py", "tests/flows/test_dask.py", "tests/flows/test_build.py", "tests/browser/test_prefect_ui.py")
"""Modules that use the Prefect server."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew instead of comparing with them")
    parser.addoption("--update-images", action="store_true", help="write the pictures in docs/images anew, from the browser tests")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, in whatever order the rest is shuffled: else one core waits for it at the end."""
    items.sort(key=lambda item: (not item.nodeid.startswith(SERVED), item.get_closest_marker("long") is None))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """One process takes all modules that use the Prefect server, so that there is one."""
    from xdist.scheduler import LoadScopeScheduling

    class OneServer(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return "served" if nodeid.startswith(SERVED) else super()._split_scope(nodeid)

    return OneServer(config, log)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, pl.DataFrame], None]:
    """`golden("articles/x", frame)` compares a frame, row by row as JSON lines, with tests/goldens/articles/x.jsonl."""

    def compare(name: str, frame: pl.DataFrame) -> None:
        path = TESTS / "goldens" / f"{name}.jsonl"
        got = frame.write_ndjson()
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(got, encoding="utf-8")
        assert path.exists(), f"no golden file {path.relative_to(PROJECT)}: run pytest --update-golden and read what it wrote"
        assert got.splitlines() == path.read_text(encoding="utf-8").splitlines()

    return compare


@pytest.fixture(scope="session")
def two_publications(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of the sample pages, one of which came later than the others, with exports beside it (`exports`)."""
    from flows.direct import run as run_direct
    from flows.operations import Request
    from flows.progress import Lines

    folder = tmp_path_factory.mktemp("publications")
    pages, seeds = folder / "pages", PROJECT / "seeds" / "articles"
    later = "trilateral-industry-talks.txt"
    shutil.copytree(seeds, pages, ignore=shutil.ignore_patterns(later))
    request = Request((pages,), folder / "news.duckdb", folder / "exports")
    run_direct(request, 1, Lines(io.StringIO()))
    shutil.copy(seeds / later, pages)
    run_direct(request, 1, Lines(io.StringIO()))
    return request.warehouse


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """The real reference lists."""
    from transforms.lexicon import Lexicon
    from warehouse import reference

    return Lexicon(reference.load())


@pytest.fixture(scope="session")
def read(lexicon: Lexicon) -> Callable[..., dict[str, pl.DataFrame]]:
    """Every table of pages given as text."""
    from benchmarks.transforms import documents
    from transforms.pipeline import extract

    return lambda *texts: extract(documents(texts), lexicon)


@pytest.fixture(scope="session")
def rows_of(read: Callable[..., dict[str, pl.DataFrame]]) -> Callable[[str, Sequence[str]], dict[str, pl.DataFrame]]:
    """`rows_of("incidents", texts)` gives the rows of each page, by its text. All are read at once: a page alone takes nearly as long as a hundred."""

    def run(table: str, texts: Sequence[str]) -> dict[str, pl.DataFrame]:
        tables = read(*dict.fromkeys(texts))
        placed = tables["article_placements"].select("document_id", "article_id")
        assert placed["article_id"].is_unique().all(), "two of the pages tell the same story"
        rows = tables["documents"].select("document_id", "raw_text").join(placed, on="document_id").join(tables[table], on="article_id")
        return {text: rows.filter(raw_text=text) for text in texts}

    return run


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what a run over the sample pages gives: data/warehouse.duckdb and data/exports. Nobody changes it."""
    from flows import cli
    from flows.direct import run
    from flows.operations import Request
    from flows.progress import Lines

    folder = tmp_path_factory.mktemp("sample")
    run(Request((PROJECT / cli.SEEDS,), folder / cli.WAREHOUSE, folder / cli.EXPORTS), 1, Lines(io.StringIO()))
    return folder


@pytest.fixture(scope="session")
def prefect_environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of processes with a Prefect of their own, away from the user's. Shared, since its database takes six seconds to make."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")},
        "PREFECT_HOME": str(tmp_path_factory.mktemp("home")),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory, prefect_environment: dict[str, str]) -> Iterator[Server]:
    """A Prefect server on a free port of the loopback interface, once per session (it takes some ten seconds to start)."""
    with serve(tmp_path_factory.mktemp("server"), prefect_environment) as server:
        yield server


@pytest.fixture(scope="session")
def deployments(prefect_server: Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[Server, Path]:
    """The server with prefect.yaml deployed, without a worker and with no schedule active, and the folder where its warehouse and exports are to be."""
    folder = tmp_path_factory.mktemp("installation")
    project = yaml.safe_load((PROJECT / "prefect.yaml").read_text())
    for deployment in project["deployments"]:
        deployment["parameters"] |= {"warehouse": str(folder / "news.duckdb"), "exports": str(folder / "exports")}
        for schedule in deployment.get("schedules", []):
            schedule["active"] = False
    (folder / "prefect.yaml").write_text(yaml.safe_dump(project))
    prefect_server.prefect("work-pool", "create", POOL, "--type", "process")
    prefect_server.prefect("deploy", "--all", "--prefect-file", str(folder / "prefect.yaml"))
    return prefect_server, folder


@pytest.fixture
def prefect_harness(prefect_server: Server) -> Iterator[None]:
    """Flows called in this process are run with that server."""
    from prefect.settings import PREFECT_API_URL, PREFECT_FLOWS_HEARTBEAT_FREQUENCY, PREFECT_HOME, temporary_settings

    home = Path(prefect_server.environment["PREFECT_HOME"])
    url = f"{prefect_server.url}/api"
    with temporary_settings({PREFECT_API_URL: url, PREFECT_HOME: home, PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        yield
