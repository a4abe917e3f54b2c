"""Shards are whole, or refused; their evidence is in its place."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest

from warehouse import shards
from warehouse.errors import WarehouseError


@pytest.fixture
def frames(toy: SimpleNamespace) -> dict[str, pl.DataFrame]:
    page = toy.page(toy.Entry("Title", "“Ünïcode” first. President Ann Bell of FRA pledged help. DEU attacked JPN."))
    found: dict[str, pl.DataFrame] = toy.frames({"file:///1": page}, {"1": page})
    return found


def test_what_is_written_is_whole(frames: dict[str, pl.DataFrame], tmp_path: Path) -> None:
    folder = tmp_path / "run" / "batch"
    shards.write(frames, folder)
    assert shards.is_whole(folder)
    for table in shards.TABLES:
        assert pl.read_parquet(folder / f"{table}.parquet").equals(frames[table])
    assert [path.name for path in folder.parent.iterdir()] == ["batch"]


def test_a_shard_written_again_replaces_the_first(frames: dict[str, pl.DataFrame], tmp_path: Path) -> None:
    shards.write(frames, tmp_path / "batch")
    shards.write({**frames, "files": frames["files"].clear()}, tmp_path / "batch")
    assert pl.read_parquet(tmp_path / "batch" / "files.parquet").is_empty()
    assert shards.is_whole(tmp_path / "batch")


@pytest.mark.parametrize("table", shards.TABLES)
def test_a_damaged_file_is_told(frames: dict[str, pl.DataFrame], tmp_path: Path, table: str) -> None:
    shards.write(frames, tmp_path / "batch")
    path = tmp_path / "batch" / f"{table}.parquet"
    path.write_bytes(path.read_bytes()[:-1])
    assert not shards.is_whole(tmp_path / "batch")


def test_a_missing_table_is_refused(frames: dict[str, pl.DataFrame], tmp_path: Path) -> None:
    del frames["incidents"]
    with pytest.raises(WarehouseError, match="lacks incidents"):
        shards.write(frames, tmp_path / "batch")


@pytest.mark.parametrize("table", shards.QUOTED)
@pytest.mark.parametrize("change", ["start_char", "end_char", "evidence"])
def test_misplaced_evidence_is_refused(frames: dict[str, pl.DataFrame], tmp_path: Path, table: str, change: str) -> None:
    assert frames[table].height > 0
    column = shards.QUOTED[table] if change == "evidence" else change
    wrong: Any = pl.col(column) + ("x" if change == "evidence" else 1)
    if change == "end_char":
        wrong = pl.col(column) - 1
    with pytest.raises(WarehouseError, match=f"{table}: {frames[table].height} rows without their {shards.QUOTED[table]} in place"):
        shards.write({**frames, table: frames[table].with_columns(wrong)}, tmp_path / "batch")
    assert not (tmp_path / "batch").exists()
