"""Batch shards: what one batch of pages became, one parquet file per table in one folder, and a list of what must be there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from hashlib import file_digest
from pathlib import Path

import polars as pl

from schemas import ARTICLE_TABLES
from warehouse.errors import WarehouseError

TABLES = ("files", "documents", "articles", "article_placements", *ARTICLE_TABLES)
"""The tables of a shard."""

CONTENTS = "shard.json"


def write(frames: Mapping[str, pl.DataFrame], folder: Path) -> None:
    """Writes the frames of TABLES (contract columns; `articles.article_id` is the story key, minister ids are person keys) as
    `folder`/<table>.parquet.

    The folder appears whole or not at all: it is written under another name first. One that is there already is replaced. Raises
    WarehouseError where a table is missing."""
    missing = [table for table in TABLES if table not in frames]
    if missing:
        raise WarehouseError(f"shard {folder} lacks {', '.join(missing)}")
    partial = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    contents = {}
    for table in TABLES:
        path = partial / f"{table}.parquet"
        frames[table].write_parquet(path, compression="zstd", compression_level=1)
        contents[table] = {"bytes": path.stat().st_size, "sha256": _digest(path)}
    (partial / CONTENTS).write_text(json.dumps(contents))
    shutil.rmtree(folder, ignore_errors=True)
    partial.replace(folder)


def check(folder: Path) -> None:
    """Raises WarehouseError where a file of the shard is missing, truncated or otherwise not what was written."""
    try:
        contents = json.loads((folder / CONTENTS).read_text())
        for table in TABLES:
            path = folder / f"{table}.parquet"
            if path.stat().st_size != contents[table]["bytes"] or _digest(path) != contents[table]["sha256"]:
                raise WarehouseError(f"damaged shard: {path} is not what was written")
    except (OSError, ValueError, KeyError) as error:
        raise WarehouseError(f"damaged shard: {folder}: {error}") from error


def is_whole(folder: Path) -> bool:
    """Whether the shard is there and undamaged, so that a later run may use it."""
    try:
        check(folder)
    except WarehouseError:
        return False
    return True


def read_documents(manifest: Path) -> pl.DataFrame:
    """Documents to derive again, as `Work.write_document_batches` wrote them: document_id, sha256, file_name, encoding, published_on
    (Date), raw_text; sorted by document_id."""
    return pl.read_parquet(manifest)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
