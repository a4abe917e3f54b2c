"""Parquet exports: a folder per publication, and a link to the newest."""

from __future__ import annotations

import base64
import json
import os
import shutil
from hashlib import file_digest
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from schemas import TABLES
from schemas.derive import arrow_schema, contract, exported_columns, schema_version
from warehouse.database import quoted
from warehouse.errors import WarehouseError

EXPORTED = tuple(table for table in TABLES if table != "runs")
ROW_GROUP_ROWS = 20_000
TEXT_ROW_GROUP_ROWS = 4_096
TEXT_TABLES = ("documents", "articles")
"""Tables with whole texts: their row groups are some 30 MB before compression."""
PART_ROWS = 20_480
CONTENTS = "publication.json"


def refuse_foreign(exports: Path) -> None:
    """Raises WarehouseError where `exports` exists and is not a link of ours: somebody else's folder or file is not touched."""
    if exports.is_symlink():
        if exports.readlink().parent != Path(versions(exports).name):
            raise WarehouseError(f"{exports} is a link that {versions(exports).name} did not make; name another path with --exports")
    elif exports.exists():
        raise WarehouseError(f"{exports} is there already and is not ours; remove it or name another path with --exports")


def versions(exports: Path) -> Path:
    """The folder that holds the export folders, beside the link."""
    return exports.with_name(f".{exports.name}.versions")


def fingerprint(exports: Path) -> str | None:
    """The fingerprint of the publication that the link shows; None where there is none."""
    try:
        found = json.loads((exports / CONTENTS).read_text())["fingerprint"]
    except (OSError, ValueError, KeyError):
        return None
    return str(found)


def write(con: duckdb.DuckDBPyConnection, exports: Path, fingerprint: str) -> Path:
    """Writes every table but `runs` as <table>.parquet: zstd, sorted by the key, row groups of a fixed size, each column's description,
    unit, source and vocabulary as field metadata; no times and no columns that name a run, so equal rows give equal bytes. Everything is
    synced to disk.

    Gives the new folder, which nobody sees until `show`."""
    folder = versions(exports) / fingerprint
    if exports.is_symlink() and exports.readlink().name == folder.name:  # what readers look at is never removed
        folder = folder.with_name(f"{fingerprint}-again")
    partial = versions(exports) / ".partial"
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    con.execute("SET preserve_insertion_order = true")
    try:
        for table in EXPORTED:
            write_table = _write_text_table if table in TEXT_TABLES else _write_table
            write_table(con, table, partial / f"{table}.parquet")
    finally:
        con.execute("SET preserve_insertion_order = false")
    digests = {table: digest(partial / f"{table}.parquet") for table in EXPORTED}
    contents = {"fingerprint": fingerprint, "schema_version": schema_version(), "sha256": digests}
    (partial / CONTENTS).write_text(json.dumps(contents, indent=2) + "\n")
    for path in partial.iterdir():
        path.chmod(0o444)
        sync(path)
    sync(partial)
    shutil.rmtree(folder, ignore_errors=True)
    partial.replace(folder)
    sync(folder.parent)
    return folder


def show(exports: Path, folder: Path) -> None:
    """Makes the link point to `folder`, at once for all readers, and removes export folders older than the one before."""
    before = exports.readlink().name if exports.is_symlink() else None
    fresh = exports.with_name(f".{exports.name}.link")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(Path(folder.parent.name) / folder.name)
    fresh.replace(exports)
    sync(exports.parent)
    for old in folder.parent.iterdir():
        if old.name not in (folder.name, before):
            shutil.rmtree(old, ignore_errors=True)


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def sync(path: Path) -> None:
    """fsync of a file or folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_table(con: duckdb.DuckDBPyConnection, table: str, path: Path) -> None:
    columns = ", ".join(exported_columns(table))
    key = ", ".join(contract(table).key)
    # Arrow readers find the fields' metadata in the schema under this name.
    schema = base64.b64encode(arrow_schema(table).serialize().to_pybytes()).decode()
    con.execute(
        f"COPY (SELECT {columns} FROM main.{table} ORDER BY {key}) TO {quoted(path)} "
        f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP_ROWS}, KV_METADATA {{'ARROW:schema': '{schema}'}})"
    )


def _write_text_table(con: duckdb.DuckDBPyConnection, table: str, path: Path) -> None:
    """A table of whole texts, in parts that fit into memory: DuckDB sorts at least 122,880 rows at once, 860 MB of texts of 7 kB. The parts are what ids
    begin with, so many digits that a part has no more than PART_ROWS rows or so (ids are hashes, so parts are even)."""
    columns = ", ".join(exported_columns(table))
    key = contract(table).key[0]
    rows = con.execute(f"SELECT count(*) FROM main.{table}").fetchall()[0][0]
    digits = 0
    while rows > PART_ROWS * 16**digits:
        digits += 1
    parts = path.with_suffix(".parts")
    sources = [f"main.{table}"]
    if digits:
        con.execute("SET partitioned_write_flush_threshold = 8192")
        con.execute(
            f"COPY (SELECT {columns}, left({key}, {digits}) AS part FROM main.{table}) TO {quoted(parts)} "
            "(FORMAT parquet, COMPRESSION lz4_raw, ROW_GROUP_SIZE 2048, PARTITION_BY (part))"
        )
        sources = [f"read_parquet({quoted(part / '*.parquet')}, hive_partitioning = false)" for part in sorted(parts.iterdir())]
    schema = arrow_schema(table)
    short = [c.name for c in contract(table).columns if not c.compression]
    with pq.ParquetWriter(path, schema, compression="zstd", use_dictionary=short, write_statistics=short) as writer:
        for source in sources:
            sorted_part = con.execute(f"SELECT {columns} FROM {source} ORDER BY {key}").to_arrow_table()
            writer.write_table(sorted_part.cast(schema), row_group_size=TEXT_ROW_GROUP_ROWS)
    shutil.rmtree(parts, ignore_errors=True)
