"""The notebook runs as a script over the exports, and says in one line what is missing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import polars as pl

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "explore.py"


def run(exports: Path) -> tuple[int, str, str]:
    done = subprocess.run([sys.executable, NOTEBOOK, "--exports", exports], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_every_cell_runs_and_every_row_of_the_ledgers_is_there(two_publications: Path) -> None:
    exports = two_publications.with_name("exports")
    code, out, err = run(exports)
    assert (code, err) == (0, "")
    rows = sum(pl.read_parquet(exports / f"{name}.parquet").height for name in ("commitments", "incidents", "incident_attributions"))
    assert rows > 40
    assert f"{exports}: {rows} sentences" in out.splitlines()


def test_exports_without_a_row_are_shown_too(two_publications: Path, tmp_path: Path) -> None:
    for path in two_publications.with_name("exports").glob("*.parquet"):
        frame = pl.read_parquet(path)
        (frame if path.stem == "countries" else frame.clear()).write_parquet(tmp_path / path.name)
    code, out, err = run(tmp_path)
    assert (code, err) == (0, "")
    assert f"{tmp_path}: 0 sentences" in out.splitlines()


def test_without_exports_it_stops(tmp_path: Path) -> None:
    code, out, _ = run(tmp_path / "none")
    assert (code, out) == (0, "")
