"""Reads `seeds/reference/*.csv`: the lists that people extend."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # `rules_version` answers without: who only asks for it does not wait for polars and pandera
    import polars as pl

PROJECT = Path(__file__).resolve().parents[1]
REFERENCE_FOLDER = PROJECT / "seeds" / "reference"


def load(folder: Path = REFERENCE_FOLDER) -> dict[str, pl.DataFrame]:
    """Every reference list, validated, by the stem of its file name. Empty cells are NULL.

    Raises FileNotFoundError where a list is missing and pandera's SchemaErrors where a row breaks its contract."""
    from schemas.reference import REFERENCE

    return {name: read(name, folder) for name in REFERENCE}


def read(name: str, folder: Path = REFERENCE_FOLDER) -> pl.DataFrame:
    """One of them. Raises what `load` raises."""
    import polars as pl

    from schemas.base import dtypes
    from schemas.quick import keeps_rules
    from schemas.reference import REFERENCE

    model = REFERENCE[name]
    rows = pl.read_csv(folder / f"{name}.csv", schema=dtypes(model))
    return rows if keeps_rules(model, rows) else model.validate(rows, lazy=True)  # pandera says which rows break which rule


def rules_version(folder: Path = REFERENCE_FOLDER) -> str:
    """A hash of all that decides what the text of a page becomes: the code of the transforms, the reference lists, and the loader's SQL on who and what
    is the same."""
    digest = sha256()
    for path in sorted([*(PROJECT / "transforms").rglob("*.py"), *folder.glob("*.csv"), *(PROJECT / "warehouse").glob("*.sql")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
