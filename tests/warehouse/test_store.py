"""The work file repairs itself; what is not ours is refused in one line and left alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest

from warehouse import database, lock, repair, store
from warehouse.errors import LockedError, WarehouseError


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, toy: SimpleNamespace) -> Any:
    driver = toy.Driver(tmp_path_factory.mktemp("whole"))
    driver.build({"file:///1": toy.page(toy.Entry("One", "FRA pledged."))})
    return driver


@pytest.fixture
def built(whole: Any, tmp_path: Path) -> Any:
    return whole.copy(tmp_path / "copy")


def titles(driver: Any) -> list[str]:
    with store.open_work(driver.warehouse) as work:
        return [row[0] for row in work.con.execute("SELECT title FROM main.articles ORDER BY 1").fetchall()]


@pytest.mark.parametrize("damage", ["missing", "truncated", "garbage", "empty"])
def test_a_lost_work_file_is_made_anew_from_the_published_one(built: Any, damage: str) -> None:
    work = repair.work_path(built.warehouse)
    content = work.read_bytes()
    if damage == "missing":
        work.unlink()
    else:
        work.write_bytes({"truncated": content[:20_000], "garbage": b"x" * 50_000, "empty": b""}[damage])
    assert titles(built) == ["One"]


def test_damage_found_in_the_middle_of_a_run_is_mended_by_the_next(built: Any) -> None:
    def read() -> None:
        with store.open_work(built.warehouse) as work:
            for table in ("articles", "documents", "commitments"):
                work.con.execute(f"SELECT * FROM main.{table}").fetchall()

    work = repair.work_path(built.warehouse)
    content = bytearray(work.read_bytes())
    for start in range(3 * 4096, len(content) - 512, 4096):
        content[start + 100 : start + 400] = bytes(300)
    work.write_bytes(content)
    for _ in range(2):
        try:
            read()
        except WarehouseError:
            continue
        break
    assert titles(built) == ["One"]


def test_a_work_file_older_than_the_published_one_is_made_anew(built: Any, toy: SimpleNamespace) -> None:
    work = repair.work_path(built.warehouse)
    old = work.read_bytes()
    built.build({"file:///2": toy.page(toy.Entry("Two", "FRA."))})
    work.write_bytes(old)
    assert titles(built) == ["One", "Two"]


def test_whoever_removes_the_published_file_begins_anew(built: Any) -> None:
    built.warehouse.unlink()
    assert titles(built) == []


def test_tables_of_an_older_version_are_carried_over_and_derived_again(built: Any) -> None:
    work = repair.work_path(built.warehouse)
    with database.work_session(work) as con:
        con.execute("ALTER TABLE main.articles DROP COLUMN photo_line")
        database.set_state(con, schema_version="older")
    with store.open_work(built.warehouse) as opened:
        assert any("everything is derived again" in note for note in opened.notes)
        assert len(opened.stale("r1")) == 1
        built.load(opened)
        assert opened.stale("r1") == ()
        assert opened.con.execute("SELECT title FROM main.articles").fetchall() == [("One",)]
        assert opened.check() == []


def test_a_document_batch_holds_the_text(built: Any, tmp_path: Path) -> None:
    with store.open_work(built.warehouse) as work:
        (manifest,) = work.write_document_batches(work.stale("r2"), tmp_path / "again")
    from warehouse import shards

    frame = shards.read_documents(manifest)
    assert frame.columns == ["document_id", "sha256", "file_name", "encoding", "published_on", "raw_text"]
    assert frame["file_name"].to_list() == ["1"]


def test_the_ledger_lists_every_file(built: Any) -> None:
    with store.open_work(built.warehouse) as work:
        ledger = work.ledger()
    assert ledger.columns == ["source_uri", "fingerprint", "status"]
    assert ledger.rows() == [("file:///1", ledger["fingerprint"][0], "loaded")]


def _foreign(path: Path, kind: str) -> str:
    """Puts something that is not a warehouse of ours at `path`; gives what the message must say."""
    if kind == "folder":
        path.mkdir()
        return "is a folder"
    if kind == "text":
        path.write_text("hello " * 3000)
        return "is not a DuckDB file"
    if kind == "empty":
        path.write_bytes(b"")
        return "DuckDB file"
    with duckdb.connect(str(path)) as con:
        con.execute("CREATE TABLE mine AS SELECT 42 AS a")
    return "not a warehouse of communique"


@pytest.mark.parametrize("kind", ["folder", "text", "empty", "other"])
def test_what_is_not_ours_is_refused_and_left_alone(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.duckdb"
    message = _foreign(path, kind)
    before = None if path.is_dir() else path.read_bytes()
    with pytest.raises(WarehouseError, match=message) as caught, store.open_work(path):
        pass
    assert "\n" not in str(caught.value)
    assert before is None or path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["x.duckdb"]


def test_a_parent_that_is_a_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(WarehouseError) as caught, store.open_work(tmp_path / "file" / "x.duckdb"):
        pass
    assert "\n" not in str(caught.value)


HOLDER = """
import os, sys, time
from pathlib import Path
from warehouse import lock
with lock.hold(Path(sys.argv[1]), 5):
    if os.fork() == 0:
        time.sleep(600)
        os._exit(0)
    print("held", flush=True)
    time.sleep(600)
"""


def test_a_second_loader_waits_and_a_killed_one_leaves_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "w.lock"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, path], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2], start_new_session=True
    )
    try:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        said: list[str] = []
        with pytest.raises(LockedError, match=f"process {holder.pid}"), lock.hold(path, 0.5, said.append):
            pass
        assert said == [f"waiting for another run (process {holder.pid}) to finish"]
        holder.kill()
        holder.wait()
        # The forked child is still there, but has not kept the lock.
        with lock.hold(path, 5):
            pass
    finally:
        import os
        import signal

        os.killpg(holder.pid, signal.SIGKILL)
        holder.stdout.close()


def test_two_threads_cannot_hold_one_lock(tmp_path: Path) -> None:
    with lock.hold(tmp_path / "l", 1), pytest.raises(LockedError), lock.hold(tmp_path / "l", 0):
        pass


def test_no_bar_of_duckdb_gets_into_what_is_printed(built: Any) -> None:
    with store.open_work(built.warehouse) as work, database.connect(built.warehouse) as con:
        for session in (work.con, con):
            assert session.execute("SELECT current_setting('enable_progress_bar')").fetchall() == [(False,)]
