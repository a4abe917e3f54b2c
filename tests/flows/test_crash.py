"""Runs that cannot write, or whose shards were damaged meanwhile: one line, the published file as it was, and the next run repairs the rest."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from flows.direct import DirectEngine
from flows.operations import Batch, Request, build
from flows.progress import Lines
from schemas import TABLES
from warehouse import database
from warehouse.errors import WarehouseError
from warehouse.verify import verify

PROJECT = Path(__file__).parents[2]
TEXT = "Chile and Peru agree\n\nChile and Peru agreed to share data on fishing fleets, harbour {}.\n"


class Vandal(DirectEngine):
    """Damages the shards of each batch before they are loaded."""

    def transform(self, manifests: Sequence[Path], folder: Path) -> Iterator[Batch]:
        for batch in super().transform(manifests, folder):
            path = batch.shard / "country_mentions.parquet"
            path.write_bytes(path.read_bytes()[:-20])
            yield batch


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a warehouse of some pages (`data`), these pages and a new one (`pages`), and a fresh warehouse of them all (`fresh`)."""
    folder = tmp_path_factory.mktemp("known")
    pages = folder / "pages"
    pages.mkdir()
    for number in range(3):
        (pages / f"{number}.txt").write_text(TEXT.format(number))
    run(pages, folder / "data")
    (pages / "new.txt").write_text(TEXT.format("new"))
    run(pages, folder / "fresh")
    return folder


@pytest.fixture
def data(known: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(known / "data", tmp_path / "data", symlinks=True))


def request(pages: Path, data: Path) -> Request:
    return Request((pages,), data / "w.duckdb", data / "exports")


def run(pages: Path, data: Path, engine: type[DirectEngine] = DirectEngine) -> None:
    build(request(pages, data), engine(1), Lines(io.StringIO()))


def rows(data: Path) -> dict[str, list[tuple[object, ...]]]:
    with database.connect(data / "w.duckdb") as con:
        return {t: con.execute(f"SELECT * FROM main.{t} ORDER BY ALL").fetchall() for t in TABLES if t not in ("runs", "files")}


def test_a_damaged_shard_is_one_line_and_the_next_run_reads_the_pages_again(known: Path, data: Path) -> None:
    pages = known / "pages"
    published = (data / "w.duckdb").read_bytes()
    with pytest.raises(WarehouseError, match=r"^damaged shard: .*country_mentions.parquet is not what was written$"):
        run(pages, data, Vandal)
    assert (data / "w.duckdb").read_bytes() == published
    run(pages, data)
    assert rows(data) == rows(known / "fresh")
    assert verify(data / "w.duckdb", data / "exports") == []
    assert not list((data / "staging").rglob("*.parquet"))


@pytest.mark.parametrize("which", ["all of it", "the exports"])
def test_a_read_only_folder_is_one_line(known: Path, data: Path, which: str) -> None:
    pages = known / "pages"
    published = rows(data)
    locked = [data] if which == "all of it" else [data / ".exports.versions"]
    for folder in locked:
        folder.chmod(0o555)
    # root writes everywhere, unless it gives that right away
    without_rights = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
    if without_rights and not shutil.which("setpriv"):
        pytest.skip("root writes to read-only folders, and there is no setpriv to stop it")
    where = ["--warehouse", str(data / "w.duckdb"), "--exports", str(data / "exports")]
    command = [*without_rights, sys.executable, "-m", "flows.cli", "run", str(pages), "--direct", "--workers", "1", *where]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    for folder in locked:
        folder.chmod(0o755)
    assert done.returncode == 1
    said = [line for line in done.stderr.splitlines() if not line.startswith("[")]
    assert len(said) == 1
    assert said[0].startswith("communique: ")
    assert "ermission denied" in said[0]
    assert "unexpected" not in said[0]
    if which == "all of it":
        assert rows(data) == published
    run(pages, data)
    assert rows(data) == rows(known / "fresh")
    assert verify(data / "w.duckdb", data / "exports") == []
