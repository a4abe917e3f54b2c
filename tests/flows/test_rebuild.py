"""`communique rebuild`: everything again from the texts in the warehouse, without the files."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import duckdb
import pytest

from flows import cli
from flows.direct import run
from flows.operations import Request
from flows.progress import Lines
from schemas import TABLES
from warehouse import repair, store
from warehouse.verify import verify

SEEDS = Path(__file__).parents[2] / "seeds" / "articles"


def communique(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as caught:
        cli.main(arguments)
    captured = capsys.readouterr()
    return int(caught.value.code or 0), captured.out, captured.err


def rows(warehouse: Path) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(str(warehouse), read_only=True) as con:
        return {t: con.execute(f"SELECT * FROM main.{t} ORDER BY ALL").fetchall() for t in TABLES if t != "runs"}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("original")
    pages, data = folder / "pages", folder / "data"
    pages.mkdir()
    for name in ("strait-convoy.txt", "strait-convoy.txt.meta.json", "morning-listing.txt", "hafen-deutsch.txt"):
        shutil.copy(SEEDS / name, pages)
    run(Request((pages,), data / "news.duckdb", data / "exports"), 1, Lines(io.StringIO()))
    shutil.rmtree(pages)
    return data


@pytest.fixture
def built(original: Path, tmp_path: Path) -> Path:
    """A warehouse of sample pages which are no longer there."""
    return Path(shutil.copytree(original, tmp_path / "data", symlinks=True))


def where(folder: Path) -> tuple[str, ...]:
    return ("--warehouse", str(folder / "news.duckdb"), "--exports", str(folder / "exports"))


def test_gives_the_same_rows_without_the_files_and_publishes(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    warehouse = built / "news.duckdb"
    before, state = rows(warehouse), repair.published_state(warehouse)
    code, out, err = communique(capsys, "rebuild", "--workers", "1", *where(built))
    assert code == 0, err
    assert "published" in out
    assert rows(warehouse) == before
    assert all(before[table] for table in ("articles", "country_mentions", "incidents"))
    after = repair.published_state(warehouse)
    assert state is not None
    assert after is not None
    assert (int(after["sequence"]), after["fingerprint"]) == (int(state["sequence"]) + 1, state["fingerprint"])
    assert verify(warehouse, built / "exports") == []


def test_mends_rows_that_are_wrong(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    warehouse = built / "news.duckdb"
    before = rows(warehouse)
    with store.open_work(warehouse) as work:
        work.con.execute("UPDATE main.articles SET title = 'wrong'")
        work.con.execute("DELETE FROM main.article_ministers")
        work.con.execute("INSERT INTO main.articles BY NAME SELECT * REPLACE ('0000000000000000' AS article_id) FROM main.articles LIMIT 1")
    code, _, err = communique(capsys, "rebuild", "--workers", "1", *where(built))
    assert code == 0, err
    assert rows(warehouse) == before
    assert verify(warehouse, built / "exports") == []


def test_a_rebuild_that_dies_leaves_the_rest_to_the_next_run(built: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    warehouse = built / "news.duckdb"
    before = rows(warehouse)
    with store.open_work(warehouse) as work:
        work.forget_derived()
    assert rows(warehouse) == before
    page = tmp_path / "new.txt"
    page.write_text("Chile and Peru agree\n\nChile and Peru agreed to share data on fishing fleets.\n")
    code, _, err = communique(capsys, "run", str(page), "--direct", "--workers", "1", *where(built))
    assert code == 0, err
    after = rows(warehouse)
    assert len(after["articles"]) == len(before["articles"]) + 1
    assert set(before["country_mentions"]) < set(after["country_mentions"])


def test_needs_a_warehouse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = communique(capsys, "rebuild", *where(tmp_path))
    assert (code, out) == (1, "")
    assert err == f"communique: no warehouse at {tmp_path / 'news.duckdb'}; communique run makes one\n"
    assert list(tmp_path.iterdir()) == []


def test_a_second_loader_waits_or_ends_with_one_line(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    warehouse = built / "news.duckdb"
    with store.open_work(warehouse):
        code, out, err = communique(capsys, "rebuild", "--lock-timeout", "0.3", *where(built))
    assert (code, out) == (1, "")
    waiting, failed = [line for line in err.splitlines() if "another run" in line]
    assert "waiting for another run (process " in waiting
    assert failed.startswith("communique: another run (process ")
    assert failed.endswith("waited 0.3 s")
    assert communique(capsys, "rebuild", "--workers", "1", "--lock-timeout", "0", *where(built))[0] == 0
