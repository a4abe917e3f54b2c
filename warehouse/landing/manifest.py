"""What passes from discovery to reading: one row per file, in memory a tuple, on disk parquet."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from warehouse.limits import Limits

MANIFEST: dict[str, pl.DataType | type[pl.DataType]] = {
    "source_uri": pl.String,
    "path": pl.Binary,
    "member": pl.String,
    "file_name": pl.String,
    "size_bytes": pl.Int64,
    "modified_at": pl.Datetime("us"),
    "fingerprint": pl.String,
    "sidecar": pl.Binary,
    "sidecar_member": pl.String,
    "status": pl.String,
    "status_reason": pl.String,
}
"""Columns of a manifest of kind "files". `path` and `sidecar` are file system bytes, links resolved; `member` and `sidecar_member` say where in the
archive at `path` the bytes are (`zips.Member.locator`; empty: it cannot be read); `status` with its reason is set where nothing is to be read."""


class Row(NamedTuple):
    """One row of a manifest."""

    source_uri: str
    path: bytes
    member: str | None
    file_name: str
    size_bytes: int | None
    modified_at: object
    """Microseconds since 1970 while rows are collected, a datetime once read from a manifest."""
    fingerprint: str | None
    sidecar: bytes | None
    sidecar_member: str | None
    status: str | None
    status_reason: str | None


def write(rows: pl.DataFrame, path: Path, limits: Limits) -> None:
    """Writes rows of MANIFEST with the limits under which they were offered: the files are read under the same, wherever that happens."""
    rows.write_parquet(path, metadata={_LIMITS: json.dumps(asdict(limits))})


def limits(path: Path) -> Limits:
    """The limits that a manifest was written with."""
    return Limits(**json.loads(pl.read_parquet_metadata(path)[_LIMITS]))


_LIMITS = "limits"


def frame(rows: Sequence[Sequence[object]], schema: Mapping[str, Any]) -> pl.DataFrame:
    """A frame from rows in the order of the schema, built by column: several times faster than by row."""
    columns = zip(*rows, strict=True) if rows else ((),) * len(schema)
    return pl.DataFrame([pl.Series(name, values, dtype) for (name, dtype), values in zip(schema.items(), columns, strict=True)])
