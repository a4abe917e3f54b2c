"""Damage to the published file, and to both files: what is whole mends the other; where nothing is, one line says what to do. And the order in which
a publication reaches the disk."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest

from warehouse import database, export, repair, store
from warehouse.errors import UnreadableError, WarehouseError
from warehouse.publish import publish
from warehouse.verify import verify

DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "nothing left": lambda _: b"",
    "cut in the header": lambda data: data[:5000],
    "cut in half": lambda data: data[: len(data) // 2],
    "noise": lambda data: random.Random(1).randbytes(len(data)),
    "noise in the header": lambda data: data[:8192] + random.Random(1).randbytes(8192) + data[16384:],
    "another file": lambda _: b"Somebody's notes.\n",
}
"""What DuckDB finds when it opens the file."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, toy: SimpleNamespace) -> Any:
    driver = toy.Driver(tmp_path_factory.mktemp("whole"))
    driver.build({f"file:///{n}": toy.page(toy.Entry(f"Title {n}", f"President Ann Bell of FRA pledged help number {n}.")) for n in range(3)})
    return driver


@pytest.fixture
def built(whole: Any, tmp_path: Path) -> Any:
    return whole.copy(tmp_path / "copy")


def spoil(path: Path, how: str) -> bytes:
    content = DAMAGE[how](path.read_bytes())
    path.chmod(0o644)
    path.write_bytes(content)
    return content


def rows(driver: Any, toy: SimpleNamespace) -> Any:
    with store.open_work(driver.warehouse) as work:
        return toy.comparable(work)


@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_published_file_is_published_again_from_the_work_file(built: Any, toy: SimpleNamespace, how: str) -> None:
    before = rows(built, toy)
    spoiled = spoil(built.warehouse, how)
    published = built.build()
    assert (published.is_new, published.sequence) == (True, 2)
    assert published.notes == (f"the damaged file is kept as {built.warehouse}.damaged",)
    assert Path(f"{built.warehouse}.damaged").read_bytes() == spoiled
    assert rows(built, toy) == before
    assert verify(built.warehouse, built.exports) == []
    assert not built.build().is_new


@pytest.mark.parametrize("how", DAMAGE)
@pytest.mark.parametrize("work", ["missing", "damaged", "never published"])
def test_with_no_work_file_to_mend_it_one_line_says_what_to_do(built: Any, how: str, work: str) -> None:
    path = repair.work_path(built.warehouse)
    if work == "missing":
        path.unlink()
    elif work == "damaged":
        spoil(path, "cut in half")
    else:
        with database.work_session(path) as con:
            database.set_state(con, sequence="0")
    spoiled = spoil(built.warehouse, how)
    with pytest.raises(UnreadableError) as caught, store.open_work(built.warehouse):
        pass
    assert "\n" not in str(caught.value)
    is_foreign = work == "missing" and how in ("nothing left", "noise", "another file")
    assert (
        "is not a DuckDB file" in str(caught.value)
        if is_foreign
        else "put a backup in its place, or move it away and run communique again" in str(caught.value)
    )
    assert built.warehouse.read_bytes() == spoiled


def test_damage_inside_the_published_file_that_the_work_file_is_made_from(built: Any, toy: SimpleNamespace) -> None:
    repair.work_path(built.warehouse).unlink()
    content = bytearray(built.warehouse.read_bytes())
    place = content.index(b"Title 1")
    content[place : place + 7] = b"Title X"
    built.warehouse.chmod(0o644)
    built.warehouse.write_bytes(content)
    for _ in range(2):
        with pytest.raises(UnreadableError, match="put a backup in its place, or move it away") as caught:
            rows(built, toy)
        assert "\n" not in str(caught.value)
    assert built.warehouse.read_bytes() == content
    built.warehouse.unlink()
    assert rows(built, toy)["articles"] == []


def test_a_duckdb_file_of_others_in_the_place_of_the_warehouse_is_left_alone(built: Any) -> None:
    built.warehouse.unlink()
    with duckdb.connect(str(built.warehouse)) as con:
        con.execute("CREATE TABLE mine AS SELECT 42 AS a")
    theirs = built.warehouse.read_bytes()
    with pytest.raises(WarehouseError, match="not a warehouse of communique"):
        built.build()
    assert built.warehouse.read_bytes() == theirs


def test_a_load_that_needs_more_memory_than_it_may_have_is_one_line(built: Any, toy: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    published = built.warehouse.read_bytes()
    pages = {f"file:///{n}": toy.page(toy.Entry(f"New {n}", f"Minister Eve Bell of JPN pledged {n}. " * 20)) for n in range(200)}
    monkeypatch.setenv("COMMUNIQUE_MEMORY_LIMIT", "1MB")
    with pytest.raises(WarehouseError, match="memory") as caught:
        built.build(pages)
    monkeypatch.undo()
    assert "\n" not in str(caught.value)
    assert built.warehouse.read_bytes() == published
    assert built.build({"file:///new": toy.page(toy.Entry("New", "JPN."))}).is_new


def test_all_of_a_publication_is_on_disk_before_its_name_and_its_name_before_the_end(
    built: Any, toy: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[tuple[str, str]] = []
    fsync, replace = os.fsync, os.replace

    def record_fsync(descriptor: int) -> None:
        calls.append(("fsync", os.readlink(f"/proc/self/fd/{descriptor}")))  # noqa: PTH115
        fsync(descriptor)

    def record_replace(source: os.PathLike[str], target: os.PathLike[str]) -> None:
        calls.append(("replace", f"{Path(source).name} -> {Path(target).name}"))
        replace(source, target)

    with store.open_work(built.warehouse) as work:
        built.load(work, {"file:///new": toy.page(toy.Entry("New", "JPN."))})
        monkeypatch.setattr(os, "fsync", record_fsync)
        monkeypatch.setattr(os, "replace", record_replace)
        fingerprint = publish(work, built.exports, built.run_info()).fingerprint
        monkeypatch.undo()
    folder, versions = built.folder, export.versions(built.exports)
    files = {str(versions / ".partial" / path.name) for path in built.exports.iterdir()}
    assert calls[:3] == [
        ("fsync", str(folder / ".w.duckdb.new")),
        ("replace", ".w.duckdb.new -> w.duckdb"),
        ("fsync", str(folder)),
    ]
    assert {path for _, path in calls[3:-5]} == files
    assert calls[-5:] == [
        ("fsync", str(versions / ".partial")),
        ("replace", f".partial -> {fingerprint}"),
        ("fsync", str(versions)),
        ("replace", ".exports.link -> exports"),
        ("fsync", str(folder)),
    ]
