"""Parquet exports: a folder per publication, and a link to the newest."""

from __future__ import annotations

import base64
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import file_digest
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from schemas import TABLES
from schemas.derive import contract, schema_version
from warehouse import analytics, datapackage
from warehouse.database import quoted
from warehouse.datapackage import Source
from warehouse.errors import WarehouseError

EXPORTED = tuple(table for table in TABLES if table != "runs")
ROW_GROUP_ROWS = 20_000
TEXT_ROW_GROUP_ROWS = 4_096
TEXT_TABLES = ("documents", "articles")
"""Tables with whole texts: their row groups are some 30 MB before compression."""
PART_ROWS = 20_480
ROWS_PER_FILE: Mapping[str, int] = {"documents": 500_000, "articles": 500_000}
DEFAULT_ROWS_PER_FILE = 5_000_000
"""Past these a table is split by its key into <table>-001.parquet, <table>-002.parquet …: texts of 7 kB at more than a GB a file."""
CONTENTS = "publication.json"
PACKAGE = "datapackage.json"
README = "README.md"


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
    """Writes every table but `runs`, and every view of `analytics` that names no run, as <name>.parquet: zstd, sorted by the key, row groups of a fixed
    size, each column's description, unit, source and vocabulary as field metadata; no times and no columns that name a run, so equal rows give equal
    bytes. With them datapackage.json (Frictionless) and README.md, which say what is in which file. Everything is synced to disk.

    Gives the new folder, which nobody sees until `show`."""
    folder = versions(exports) / fingerprint
    if exports.is_symlink() and exports.readlink().name == folder.name:  # what readers look at is never removed
        folder = folder.with_name(f"{fingerprint}-again")
    partial = versions(exports) / ".partial"
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    con.execute("SET preserve_insertion_order = true")
    try:
        resources = _write_all(con, sources(con), partial)
    finally:
        con.execute("SET preserve_insertion_order = false")
    package = datapackage.package(resources, fingerprint)
    (partial / PACKAGE).write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    (partial / README).write_text(datapackage.readme(package), encoding="utf-8")
    contents = {"fingerprint": fingerprint, "version": datapackage.VERSION, "schema_version": schema_version()}
    (partial / CONTENTS).write_text(json.dumps(contents, indent=2) + "\n", encoding="utf-8")
    for name in (CONTENTS, PACKAGE, README):
        _finish(partial / name)
    sync(partial)
    shutil.rmtree(folder, ignore_errors=True)
    partial.replace(folder)
    sync(folder.parent)
    return folder


def sources(con: duckdb.DuckDBPyConnection) -> list[Source]:
    """What is exported: tables, then views."""
    return [
        *(datapackage.table_source(table) for table in EXPORTED),
        *(datapackage.view_source(con, view) for view in analytics.views().values() if view.order),
    ]


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


def _write_all(con: duckdb.DuckDBPyConnection, chosen: Sequence[Source], folder: Path) -> list[dict[str, Any]]:
    """Writes every source and gives its resources, in order: the tables of whole texts one after the other, since each of them fills the memory, and at the
    same time all others, since compressing a file takes one core only. With more texts than a part holds, one after the other: the memory is not enough for two
    large sorts."""

    def write(sources: Sequence[Source]) -> dict[str, list[dict[str, Any]]]:
        with con.cursor() as own:
            own.execute("USE work")
            return {source.name: _resources(own, source, folder) for source in sources}

    texts = [source for source in chosen if source.name in TEXT_TABLES]
    others = [source for source in chosen if source.name not in TEXT_TABLES]
    is_large = any(_count(con, source.relation) > PART_ROWS for source in texts)
    with ThreadPoolExecutor() as pool:
        written = {name: resources for part in pool.map(write, [chosen] if is_large else [texts, others]) for name, resources in part.items()}
    return [resource for source in chosen for resource in written[source.name]]


def _resources(con: duckdb.DuckDBPyConnection, source: Source, folder: Path) -> list[dict[str, Any]]:
    paths = _write(con, source, folder)
    for path in paths:
        _finish(path)
    return [datapackage.resource(source, path, digest(path), is_whole=len(paths) == 1) for path in paths]


def _finish(path: Path) -> None:
    path.chmod(0o444)
    sync(path)


def _write(con: duckdb.DuckDBPyConnection, source: Source, folder: Path) -> list[Path]:
    ranges = _ranges(con, source)
    names = [source.name] if len(ranges) == 1 else [f"{source.name}-{number:03d}" for number in range(1, len(ranges) + 1)]
    paths = [folder / f"{name}.parquet" for name in names]
    write_range = _write_texts if source.name in TEXT_TABLES else _write_rows
    for condition, path in zip(ranges, paths, strict=True):
        write_range(con, source, condition, path)
    return paths


def _count(con: duckdb.DuckDBPyConnection, relation: str) -> int:
    found: int = con.execute(f"SELECT count(*) FROM {relation}").fetchall()[0][0]
    return found


def _ranges(con: duckdb.DuckDBPyConnection, source: Source) -> list[str]:
    """SQL conditions that part the rows by the first column of the key, one for each file."""
    limit, key = ROWS_PER_FILE.get(source.name, DEFAULT_ROWS_PER_FILE), source.order[0]
    rows = _count(con, source.relation)
    if rows <= limit or not source.has_key:
        return ["true"]
    starts = con.execute(
        f"SELECT DISTINCT {key} FROM (SELECT {key}, row_number() OVER (ORDER BY {key}) AS n FROM {source.relation}) WHERE n % {limit} = 1 ORDER BY 1"
    ).fetchall()
    bounds: Sequence[str] = [f"'{start}'" for (start,) in starts[1:]]
    between = [f"{key} >= {low} AND {key} < {high}" for low, high in pairwise(bounds)]
    return [f"{key} < {bounds[0]}", *between, f"{key} >= {bounds[-1]}"] if bounds else ["true"]


def _write_rows(con: duckdb.DuckDBPyConnection, source: Source, condition: str, path: Path) -> None:
    # Arrow readers find the fields' metadata in the schema under this name; other readers see the rest of the metadata.
    metadata = {key.decode(): value.decode() for key, value in source.schema.metadata.items()}
    metadata["ARROW:schema"] = base64.b64encode(source.schema.serialize().to_pybytes()).decode()
    pairs = ", ".join(f"'{key}': '{value.replace(chr(39), chr(39) * 2)}'" for key, value in metadata.items())
    con.execute(
        f"COPY (SELECT {source.columns} FROM {source.relation} WHERE {condition} ORDER BY {', '.join(source.order)}) TO {quoted(path)} "
        f"(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE {ROW_GROUP_ROWS}, KV_METADATA {{{pairs}}})"
    )


def _write_texts(con: duckdb.DuckDBPyConnection, source: Source, condition: str, path: Path) -> None:
    """A table of whole texts, in parts that fit into memory: DuckDB sorts at least 122,880 rows at once, 860 MB of texts of 7 kB. The parts are what ids
    begin with, so many digits that a part has no more than PART_ROWS rows or so (ids are hashes, so parts are even)."""
    columns, key = source.columns, source.order[0]
    chosen = f"{source.relation} WHERE {condition}"
    rows = _count(con, chosen)
    digits = 0
    while rows > PART_ROWS * 16**digits:
        digits += 1
    parts = path.with_suffix(".parts")
    parted = [chosen]
    if digits:
        con.execute("SET partitioned_write_flush_threshold = 8192")
        con.execute(
            f"COPY (SELECT {columns}, left({key}, {digits}) AS part FROM {chosen}) TO {quoted(parts)} "
            "(FORMAT parquet, COMPRESSION lz4_raw, ROW_GROUP_SIZE 2048, PARTITION_BY (part))"
        )
        parted = [f"read_parquet({quoted(part / '*.parquet')}, hive_partitioning = false)" for part in sorted(parts.iterdir())]
    short = [c.name for c in contract(source.name).columns if not c.compression]
    with pq.ParquetWriter(path, source.schema, compression="zstd", use_dictionary=short, write_statistics=short) as writer:
        for part in parted:
            sorted_part = con.execute(f"SELECT {columns} FROM {part} ORDER BY {key}").to_arrow_table()
            writer.write_table(sorted_part.cast(source.schema), row_group_size=TEXT_ROW_GROUP_ROWS)
    shutil.rmtree(parts, ignore_errors=True)
