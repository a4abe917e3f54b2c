"""Batches on a Dask cluster: a real scheduler and two worker processes, all of them on this machine."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from flows import cli
from flows.direct import run as run_direct
from flows.operations import Request
from flows.progress import Lines
from tests.servers import PROJECT, await_that, free_port, process
from warehouse.errors import WarehouseError

pytestmark = pytest.mark.long

pytest.importorskip("distributed", reason="the extra dask is not installed")

PAGE = "Chile and Peru agree on harbour {0}\n\nChile and Peru agreed to share data on fishing fleets, harbour {0}.\n"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory, prefect_environment: dict[str, str]) -> Iterator[str]:
    """The address of the scheduler."""
    folder = tmp_path_factory.mktemp("dask")
    address = f"tcp://127.0.0.1:{free_port()}"
    environment = {**prefect_environment, "POLARS_MAX_THREADS": "1", "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "60s"}
    scheduler = ("scheduler", "--host", address, "--no-dashboard", "--no-show")
    worker = ("worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny", "--local-directory", str(folder))
    logs = [folder / f"{number}.log" for number in range(3)]
    with ExitStack() as stack:
        commands = [(sys.executable, "-m", "dask", *arguments) for arguments in (scheduler, worker, worker)]
        running = [stack.enter_context(process(command, environment, log)) for command, log in zip(commands, logs, strict=True)]
        for log, started in zip(logs[1:], running[1:], strict=True):
            await_that(lambda log=log: "Registered to" in log.read_text(), log, started)  # type: ignore[misc]
        yield address


@pytest.mark.usefixtures("prefect_harness")
def test_two_dask_workers_give_the_bytes_of_one_machine(cluster: str, tmp_path: Path) -> None:
    from flows.build import run as run_flow

    folder = tmp_path / "pages"
    folder.mkdir()
    for i in range(12):
        (folder / f"{i}.txt").write_text(PAGE.format(i))
    for page in sorted((PROJECT / "seeds" / "articles").glob("*.txt"))[:4]:
        (folder / page.name).write_bytes(page.read_bytes())
    run_direct(Request((folder,), tmp_path / "one.duckdb", tmp_path / "one"), 1, Lines(io.StringIO()))
    summary = run_flow(Request((folder,), tmp_path / "two.duckdb", tmp_path / "two", batch_pages=2), 1, Lines(io.StringIO()), cluster)

    assert len(summary.batches) == 8
    processes = {batch.where for batch in summary.batches}
    assert len(processes) == 2
    assert str(os.getpid()) not in {process.partition(":")[2] for process in processes}
    for path in sorted((tmp_path / "one").glob("*.parquet")):
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name
    assert json.loads((tmp_path / "one" / "publication.json").read_text()) == json.loads((tmp_path / "two" / "publication.json").read_text())


@pytest.mark.usefixtures("prefect_harness")
def test_workers_with_other_rules_are_refused(cluster: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from flows import engine
    from flows.build import run as run_flow

    (tmp_path / "page.txt").write_text(PAGE.format(1))
    monkeypatch.setattr(engine, "rules_version", lambda: "0123456789abcdef")
    with pytest.raises(Exception, match="install the same communique on both"):
        run_flow(Request((tmp_path / "page.txt",), tmp_path / "w.duckdb", None), 1, Lines(io.StringIO()), cluster)
    assert not (tmp_path / "w.duckdb").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--dask", "nonsense"], "tcp://"),
        (["--dask", "tcp://127.0.0.1:1", "--direct"], "leave out --direct"),
    ],
)
def test_wrong_usage_is_told_in_one_line(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["run", "seeds/articles", *arguments])
    assert caught.value.code == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1


def test_a_missing_extra_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from flows import engine

    monkeypatch.setattr(engine, "find_spec", lambda _: None)
    with pytest.raises(Exception, match=r"pip install 'communique\[dask\]'"):
        engine.refuse_without_dask()


@pytest.mark.usefixtures("prefect_harness")
def test_a_scheduler_that_does_not_answer_is_named(tmp_path: Path) -> None:
    import dask

    from flows.build import run as run_flow

    (tmp_path / "page.txt").write_text(PAGE.format(1))
    with dask.config.set({"distributed.comm.timeouts.connect": "1s"}), pytest.raises(WarehouseError, match="no Dask scheduler answers at tcp://127"):
        run_flow(Request((tmp_path / "page.txt",), tmp_path / "w.duckdb", None), 1, Lines(io.StringIO()), "tcp://127.0.0.1:1")
