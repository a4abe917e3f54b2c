"""Readers never wait and never see half; what is equal is published once and exported to the same bytes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from schemas.derive import arrow_schema, contract, exported_columns
from warehouse import analytics, export, publish, store
from warehouse.errors import CheckError, WarehouseError

CLI = Path(sys.executable).with_name("duckdb")
READER = """
import sys, duckdb
con = duckdb.connect(sys.argv[1], read_only=True)
for line in sys.stdin:
    print(con.execute("SELECT count(*) FROM main.articles").fetchone()[0], flush=True)
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, toy: SimpleNamespace, pages: dict[str, Any]) -> Any:
    """A warehouse of `pages` that no test changes."""
    driver = toy.Driver(tmp_path_factory.mktemp("built"))
    driver.build(pages)
    return driver


@pytest.fixture(scope="module")
def pages(toy: SimpleNamespace) -> dict[str, Any]:
    return {f"file:///{n}": toy.page(toy.Entry(f"Title {n}", f"President Ann Bell of FRA pledged help number {n}. DEU attacked.")) for n in range(7)}


@pytest.fixture
def whole(built: Any, tmp_path: Path) -> Any:
    """A warehouse of `pages`, to be changed."""
    return built.copy(tmp_path / "whole")


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory, toy: SimpleNamespace, pages: dict[str, Any]) -> Any:
    driver = toy.Driver(tmp_path_factory.mktemp("three"))
    driver.build(dict(list(pages.items())[:3]))
    return driver


@pytest.fixture
def begun(three: Any, tmp_path: Path) -> Any:
    """A warehouse of the first three pages, to be changed."""
    return three.copy(tmp_path / "begun")


def count(warehouse: Path) -> int:
    with duckdb.connect(str(warehouse), read_only=True) as con:
        return int(con.execute("SELECT count(*) FROM main.articles").fetchall()[0][0])


def test_a_reader_keeps_what_it_has_open_while_a_new_file_is_published(whole: Any, toy: SimpleNamespace) -> None:
    sessions = [subprocess.Popen([sys.executable, "-c", READER, whole.warehouse], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)]
    ask = ["go\n"]
    if CLI.exists():
        sessions.append(
            subprocess.Popen([CLI, "-readonly", "-noheader", "-list", whole.warehouse], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        )
        ask.append("SELECT count(*) FROM main.articles;\n")

    def answers() -> list[str]:
        found = []
        for session, question in zip(sessions, ask, strict=True):
            assert session.stdin
            assert session.stdout
            session.stdin.write(question)
            session.stdin.flush()
            found.append(session.stdout.readline().strip())
        return found

    try:
        assert set(answers()) == {"7"}
        whole.build({"file:///new": toy.page(toy.Entry("New", "JPN."))})
        assert count(whole.warehouse) == 8
        assert set(answers()) == {"7"}
    finally:
        for session in sessions:
            session.communicate(timeout=240)


def test_what_is_equal_is_not_published_again(driver: Any, toy: SimpleNamespace, pages: dict[str, Any]) -> None:
    first = driver.build(pages)
    inode = driver.warehouse.stat().st_ino
    assert (first.is_new, first.exported, first.sequence) == (True, True, 1)
    again = driver.build(pages)
    assert (again.is_new, again.exported, again.sequence) == (False, False, 1)
    assert driver.warehouse.stat().st_ino == inode
    changed = driver.build({"file:///0": toy.page(toy.Entry("Other", "JPN."))})
    assert (changed.is_new, changed.sequence) == (True, 2)
    assert driver.warehouse.stat().st_ino != inode


def test_what_a_crash_left_unpublished_is_published_by_the_next_run(begun: Any, pages: dict[str, Any]) -> None:
    with store.open_work(begun.warehouse) as work:
        begun.load(work, pages)
    assert count(begun.warehouse) == 3
    assert begun.build().is_new
    assert count(begun.warehouse) == 7


def test_exports_that_a_crash_kept_back_are_shown_by_the_next_run(begun: Any, pages: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    before = export.fingerprint(begun.exports)

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(export, "show", crash)
        with pytest.raises(KeyboardInterrupt):
            begun.build(pages)
    assert export.fingerprint(begun.exports) == before
    mended = begun.build()
    assert (mended.is_new, mended.exported) == (False, True)
    assert export.fingerprint(begun.exports) == mended.fingerprint


def test_published_files_are_read_only_and_hold_all_in_one_file(built: Any) -> None:
    assert built.warehouse.stat().st_mode & 0o777 == 0o444
    assert sorted(p.name for p in built.folder.iterdir() if not p.name.startswith(".")) == ["exports", "staging", "w.duckdb", "w.duckdb.lock"]


def test_a_stray_wal_is_set_aside(begun: Any, pages: dict[str, Any]) -> None:
    stray = begun.warehouse.with_name("w.duckdb.wal")
    scribbled = begun.folder / "scribbled.duckdb"
    scribbled.write_bytes(begun.warehouse.read_bytes())
    # A session that writes and dies leaves its .wal.
    code = "import duckdb, os, sys; c = duckdb.connect(sys.argv[1]); c.execute('PRAGMA disable_checkpoint_on_shutdown; CREATE TABLE main.x (a INT)'); os._exit(0)"
    subprocess.run([sys.executable, "-c", code, scribbled], check=True)
    scribbled.with_name("scribbled.duckdb.wal").rename(stray)
    published = begun.build(pages)
    assert published.is_new
    assert any("changes are not in the warehouse" in note for note in published.notes)
    assert not stray.exists()
    with duckdb.connect(str(begun.warehouse), read_only=True) as con:
        tables = {row[0] for row in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    assert "x" not in tables
    assert count(begun.warehouse) == 7


def exported(driver: Any) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in driver.exports.iterdir()}


def test_equal_rows_export_to_equal_bytes_in_any_order_of_batches(toy: SimpleNamespace, tmp_path: Path, pages: dict[str, Any]) -> None:
    one, two = toy.Driver(tmp_path / "one"), toy.Driver(tmp_path / "two")
    one.build(pages)
    items = list(pages.items())
    for batch in (items[4:], items[:2]):
        two.build(dict(batch))
    two.build(dict(items[3:4]), dict(items[2:3]))
    assert exported(one) == exported(two)
    views = [view.name for view in analytics.views().values() if view.order]
    named = [*(f"{name}.parquet" for name in (*export.EXPORTED, *views)), export.CONTENTS, export.PACKAGE, export.README]
    assert sorted(exported(one)) == sorted(named)


@pytest.mark.parametrize("table", export.TEXT_TABLES)
def test_large_tables_of_texts_are_sorted_in_parts(whole: Any, table: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    at_once = pq.read_table(whole.exports / f"{table}.parquet")
    monkeypatch.setattr(export, "PART_ROWS", 1)
    with store.open_work(whole.warehouse) as work:
        folder = export.write(work.con, tmp_path / "again", "0")
    assert sorted(path.suffix for path in folder.iterdir() if path.stem == table) == [".parquet"]
    assert pq.read_table(folder / f"{table}.parquet").equals(at_once, check_metadata=True)
    assert at_once.num_rows == 7


@pytest.mark.parametrize("table", export.EXPORTED)
def test_exports_are_sorted_and_describe_their_columns(built: Any, table: str) -> None:
    found = pq.read_table(built.exports / f"{table}.parquet")
    assert found.schema.equals(arrow_schema(table), check_metadata=False)
    assert tuple(found.column_names) == exported_columns(table)
    for field in found.schema:
        assert field.metadata[b"description"].decode() == {c.name: c.description for c in contract(table).columns}[field.name]
    keys = list(zip(*(found.column(k).to_pylist() for k in contract(table).key), strict=True))
    assert keys == sorted(keys)
    assert pq.ParquetFile(built.exports / f"{table}.parquet").metadata.row_group(0).column(0).compression == "ZSTD"


def test_exports_hold_no_columns_that_name_a_run(built: Any) -> None:
    assert not (built.exports / "runs.parquet").exists()
    assert not any("run_id" in name for name in pq.read_schema(built.exports / "files.parquet").names)


def test_old_exports_go_after_the_one_before(driver: Any, toy: SimpleNamespace) -> None:
    for n in range(4):
        driver.build({"file:///0": toy.page(toy.Entry(f"Title {n}", "FRA."))})
        assert json.loads((driver.exports / export.CONTENTS).read_text())["fingerprint"] == export.fingerprint(driver.exports)
    assert len(list(export.versions(driver.exports).iterdir())) == 2


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_exports_of_somebody_else_are_not_touched(driver: Any, pages: dict[str, Any], kind: str) -> None:
    if kind == "folder":
        driver.exports.mkdir()
        (driver.exports / "precious").write_text("x")
    elif kind == "file":
        driver.exports.write_text("x")
    else:
        driver.exports.symlink_to("/somewhere/else")
    with pytest.raises(WarehouseError, match="name another path with --exports"):
        driver.build(pages)
    assert not driver.warehouse.exists()


def test_a_fall_is_not_published_unless_forced(whole: Any, pages: dict[str, Any], tmp_path: Path) -> None:
    limits = tmp_path / "limits.toml"
    limits.write_text("[articles]\nmax_fall = 0.5\n")
    with store.open_work(whole.warehouse) as work:
        whole.load(work, gone=list(pages)[:5], prune=True)
        with pytest.raises(CheckError, match=r"articles fell from 7 to 2 rows, by more than max_fall = 0.5.*--force"):
            publish.publish(work, None, whole.run_info(), limits=limits)
        assert count(whole.warehouse) == 7
        assert publish.publish(work, None, whole.run_info(), limits=limits, force=True).is_new
    assert count(whole.warehouse) == 2


@pytest.mark.parametrize(
    ("limits", "breach"),
    [
        ({"articles": {"min_rows": 5}}, "articles has 4 rows, fewer than min_rows = 5"),
        ({"articles": {"max_rows": 3}}, "articles has 4 rows, more than max_rows = 3"),
        ({"articles": {"max_fall": 0.1}}, "articles fell from 8 to 4 rows, by more than max_fall = 0.1"),
        ({"articles": {"max_fall": 0.1, "ignore_fall_below": 10}}, None),
        ({"articles": {"min_rows": 4, "max_rows": 4, "max_fall": 0.5}}, None),
    ],
)
def test_limits(limits: dict[str, dict[str, float]], breach: str | None) -> None:
    assert publish.breaches({"articles": 4}, {"articles": 8}, limits) == ([breach] if breach else [])


def test_a_warehouse_may_have_limits_of_its_own(driver: Any, pages: dict[str, Any]) -> None:
    own = driver.folder / "w.limits.toml"
    own.write_text("[articles]\nmin_rows = 8\n")
    with pytest.raises(CheckError, match=r"fewer than min_rows = 8.*set other limits in .*w\.limits\.toml"):
        driver.build(pages)
    assert not driver.warehouse.exists()
    own.write_text("[articles]\nmin_rows = 7\n")
    assert driver.build(pages).is_new


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[articles", "cannot be read"),
        ("[artikel]\nmin_rows = 1", "there is no table artikel"),
        ("min_rows = 1", "there is no table min_rows"),
        ("[articles]\nmin_row = 1", "no such limit; there are min_rows, max_rows, max_fall, ignore_fall_below"),
        ("[articles]\nmin_rows = 'many'", "each a number"),
    ],
)
def test_limits_that_cannot_be_understood_are_one_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "w.limits.toml"
    path.write_text(text)
    with pytest.raises(WarehouseError, match=message) as caught:
        publish.read_limits(path)
    assert "\n" not in str(caught.value)


def test_the_limits_that_come_with_the_project_are_sound() -> None:
    assert publish.read_limits(publish.LIMITS)


def test_a_work_file_that_breaks_an_invariant_is_not_published(driver: Any, pages: dict[str, Any]) -> None:
    with store.open_work(driver.warehouse) as work:
        driver.load(work, pages)
        work.con.execute("DELETE FROM main.ministers")
        with pytest.raises(CheckError, match="not published, an invariant does not hold: reference"):
            publish.publish(work, None, driver.run_info(), force=True)
    assert not driver.warehouse.exists()


def test_runs_say_what_was_written(whole: Any) -> None:
    whole.build()
    with duckdb.connect(str(whole.warehouse), read_only=True) as con:
        runs = con.execute("SELECT rows_written['articles'], rules_version FROM main.runs").fetchall()
    assert runs == [(7, "r1")]
