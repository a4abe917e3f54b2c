"""What the exports say of themselves: metadata of each file, `datapackage.json` (https://datapackage.org, Frictionless), `README.md`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from schemas import TABLES
from schemas.derive import Column, arrow_schema, contract, exported_columns, schema_version
from warehouse.analytics import View

VERSION = "1.0.0"
"""Version of the columns of all exports, as semver.org has it: the first number rises when a column goes, or gets another name or type, the second when one is
added. A test compares it with what the exports hold."""

TITLE = "communique: what news articles say of ministers, commitments and incidents"


@dataclass(frozen=True)
class Source:
    """One table or view to export: its columns as Arrow fields with metadata, the columns that sort its rows, and whether these are a key."""

    name: str
    relation: str
    schema: pa.Schema
    order: tuple[str, ...]
    has_key: bool

    def __hash__(self) -> int:
        return hash(self.name)

    @property
    def columns(self) -> str:
        return ", ".join(f'"{name}"' for name in self.schema.names)


def table_source(table: str) -> Source:
    """A table, without columns that name a run."""
    schema, spec = arrow_schema(table), contract(table)
    return Source(table, f"main.{table}", _with_version(schema), spec.key, True)


def view_source(con: duckdb.DuckDBPyConnection, view: View) -> Source:
    """A view of `analytics`, with the comments that it has in the database of `con`."""
    empty = con.execute(f"SELECT * FROM analytics.{view.name} LIMIT 0").to_arrow_table().schema
    of_view = "schema_name = 'analytics' AND database_name = current_database()"
    comments = dict(
        con.execute(f"SELECT column_name, comment FROM duckdb_columns() WHERE {of_view} AND table_name = $v", {"v": view.name}).fetchall()
    )
    title = con.execute(f"SELECT comment FROM duckdb_views() WHERE {of_view} AND view_name = $v", {"v": view.name}).fetchall()[0][0]
    fields = [pa.field(field.name, field.type, metadata={"description": comments[field.name]}) for field in empty]
    schema = pa.schema(fields, metadata={"description": title, "key" if view.has_key else "order": ", ".join(view.order), "layer": "gold"})
    return Source(view.name, f"analytics.{view.name}", _with_version(schema), view.order, view.has_key)


def resource(source: Source, path: Path, sha256: str, *, is_whole: bool) -> dict[str, Any]:
    """A file of the package. `is_whole` is False for one of several files of a table: then nothing can be said of what it refers to."""
    known = {c.name: c for c in contract(source.name).columns} if source.name in TABLES else {}
    # Parquet has NULL, so an empty text is not a missing one.
    table_schema: dict[str, Any] = {"fields": [_field(field, known.get(field.name)) for field in source.schema], "missingValues": []}
    if source.has_key:
        table_schema["primaryKey"] = list(source.order)
    if is_whole and (references := _foreign_keys(source)):
        table_schema["foreignKeys"] = references
    return {
        "name": path.stem,
        "path": path.name,
        "description": source.schema.metadata[b"description"].decode(),
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "size_bytes": path.stat().st_size,  # not `bytes`: the frictionless library compares that with what it does not count for parquet
        "hash": f"sha256:{sha256}",
        "rows": pq.read_metadata(path).num_rows,
        "schema": table_schema,
    }


def package(resources: Sequence[dict[str, Any]], fingerprint: str) -> dict[str, Any]:
    """The descriptor of all files. Foreign keys into a table that is split into several files are left out."""
    names = {r["name"] for r in resources}
    for described in resources:
        keys = [key for key in described["schema"].get("foreignKeys", []) if key["reference"]["resource"] in names]
        if keys:
            described["schema"]["foreignKeys"] = keys
        else:
            described["schema"].pop("foreignKeys", None)
    return {
        "name": "communique",
        "title": TITLE,
        "version": VERSION,
        "fingerprint": fingerprint,
        "schema_version": schema_version(),
        "resources": list(resources),
    }


def readme(package: dict[str, Any]) -> str:
    """The README.md beside the files, from their descriptor."""
    rows = "\n".join(f"| `{r['path']}` | {r['rows']:,} | {r['description']} |" for r in package["resources"])
    return f"""# {package["title"]}

Version {package["version"]} of the columns, publication {package["fingerprint"]}. Every column is described in `datapackage.json` and in the metadata of its file.

| file | rows | what it holds |
|---|---:|---|
{rows}

Read them with anything that reads Parquet:

```python
import polars as pl

pl.read_parquet("articles.parquet")
```

Rows are sorted by their key; equal contents are equal bytes. A table of many millions of rows is split into `<table>-001.parquet`, `<table>-002.parquet` …, and there
is no `<table>.parquet` then: `<table>*.parquet` reads it either way.

`start_char` and `end_char` count Unicode code points, half-open: `body[start_char:end_char] == quote`. Dates in `*_edtf` are Extended Date/Time Format, with `XXXX` while
the year is unknown; `*_from` and `*_to` are the first and last day it may be.

To be sure of the columns, pin the first number of the version: it rises when a column goes, or gets another name or type. The second rises when one is added.

```python
import json

package = json.load(open("datapackage.json", encoding="utf-8"))
assert package["version"].split(".")[0] == "{package["version"].split(".")[0]}"
```

The same stands in each file, as `schema_version` in its metadata. `hash` in `datapackage.json` is the SHA-256 of a file.
"""


def _with_version(schema: pa.Schema) -> pa.Schema:
    return schema.with_metadata({**schema.metadata, "schema_version": VERSION})


def _field(field: pa.Field, column: Column | None) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": field.name,
        "type": _type(field.type),
        "description": column.comment if column else field.metadata[b"description"].decode(),
    }
    constraints: dict[str, Any] = {}
    if column and not column.nullable:
        constraints["required"] = True
    if column and column.vocab and not pa.types.is_list(field.type):
        constraints["enum"] = list(column.vocab)
    if column and column.pattern:
        constraints["pattern"] = column.pattern.strip("^$")
    if column and column.ge is not None:
        constraints["minimum"] = column.ge
    return described | ({"constraints": constraints} if constraints else {})


def _type(kind: pa.DataType) -> str:
    checks = {
        "string": pa.types.is_string,
        "boolean": pa.types.is_boolean,
        "integer": pa.types.is_integer,
        "number": pa.types.is_floating,
        "date": pa.types.is_date,
        "datetime": pa.types.is_timestamp,
    }
    # Lists: the frictionless library reads parquet through pandas and gets arrays of numpy, which its type "array" refuses.
    return next((name for name, is_it in checks.items() if is_it(kind)), "any")


def _foreign_keys(source: Source) -> list[dict[str, Any]]:
    """What the contract of a table says; in a view, each column that bears the name of a table's only key."""
    if source.name in TABLES:
        exported = exported_columns(source.name)
        found = [(column, table, target) for column, table, target in contract(source.name).references if column in exported]
    else:
        found = [(column, _owners()[column], column) for column in source.schema.names if column in _owners()]
    return [{"fields": [column], "reference": {"resource": table, "fields": [target]}} for column, table, target in found]


@cache
def _owners() -> dict[str, str]:
    return {contract(table).key[0]: table for table in TABLES if table != "runs" and len(contract(table).key) == 1}
