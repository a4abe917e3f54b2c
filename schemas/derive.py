"""What is derived from the contracts: polars schemas, DuckDB DDL with COMMENTs, parquet field metadata, checks in SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

import polars as pl
import pyarrow as pa

from schemas import TABLES
from schemas.base import dtypes

RUN_COLUMNS = {"files": ("first_run_id", "last_run_id")}
"""Columns that name a run: two builds of the same files may differ in them, so the exports are without."""


@dataclass(frozen=True)
class Column:
    """One column of a contract, as its model has it."""

    name: str
    dtype: pl.DataType
    description: str
    nullable: bool
    unit: str | None = None
    source: str | None = None
    vocab: tuple[str, ...] | None = None
    pattern: str | None = None
    ge: float | None = None
    duckdb_type: str | None = None
    compression: str | None = None

    @property
    def comment(self) -> str:
        """Description with unit, source and vocabulary: what DuckDB and parquet keep beside the column."""
        notes = [("unit", self.unit), ("source", self.source), ("one of", ", ".join(self.vocab) if self.vocab else None)]
        return self.description + "".join(f". {label}: {value}" for label, value in notes if value)

    @property
    def sql_type(self) -> str:
        return self.duckdb_type or _sql_type(self.dtype)


@dataclass(frozen=True)
class Contract:
    """One table of the warehouse: its columns in order, its logical key, and what its columns refer to (column -> (table, column))."""

    name: str
    title: str
    layer: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    declare_key: bool
    references: tuple[tuple[str, str, str], ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.columns)


@cache
def contract(table: str) -> Contract:
    """The contract of a table. Raises KeyError where there is no such table."""
    model = TABLES[table]
    schema = model.to_schema()
    meta: dict[str, Any] = (model.get_metadata() or {})[table]["dataframe"]
    columns = tuple(
        Column(name=name, dtype=field.dtype.type, description=field.description, nullable=field.nullable, **(field.metadata or {}))
        for name, field in schema.columns.items()
    )
    references = tuple((column, *target.split(".")) for column, target in meta["references"].items())
    title = " ".join((model.__doc__ or "").split())
    return Contract(table, title, meta["layer"], columns, tuple(meta["key"]), meta["declare_key"], references)


def polars_schema(table: str) -> pl.Schema:
    """Column names and polars dtypes of a table, in order."""
    return dtypes(TABLES[table])


def empty(table: str) -> pl.DataFrame:
    """A frame of a table without rows."""
    return pl.DataFrame(schema=polars_schema(table))


def ddl(table: str) -> str:
    """CREATE TABLE with types, NOT NULL, forced compressions and, where the contract says so, PRIMARY KEY."""
    spec = contract(table)
    lines = [
        f"{c.name} {c.sql_type}{'' if c.nullable else ' NOT NULL'}{f' USING COMPRESSION {c.compression}' if c.compression else ''}"
        for c in spec.columns
    ]
    if spec.declare_key:
        lines.append(f"PRIMARY KEY ({', '.join(spec.key)})")
    return f"CREATE TABLE main.{table} (\n    " + ",\n    ".join(lines) + "\n)"


def comments(table: str) -> list[str]:
    """COMMENT ON statements for a table and each of its columns."""
    spec = contract(table)
    on_columns = [f"COMMENT ON COLUMN main.{table}.{c.name} IS {_literal(c.comment)}" for c in spec.columns]
    return [f"COMMENT ON TABLE main.{table} IS {_literal(spec.title)}", *on_columns]


def schema_version() -> str:
    """A hash of all DDL: warehouses of another version hold other columns."""
    return sha256("\n".join(ddl(t) for t in TABLES).encode()).hexdigest()[:16]


def exported_columns(table: str) -> tuple[str, ...]:
    """The columns of a table that its parquet export holds."""
    return tuple(n for n in contract(table).names if n not in RUN_COLUMNS.get(table, ()))


def arrow_schema(table: str) -> pa.Schema:
    """The exported columns as Arrow fields, each with its description (and unit, source, vocabulary) as metadata."""
    spec = contract(table)
    exported = exported_columns(table)
    # DuckDB writes every column as optional, so every field is nullable here, whatever the contract says of it.
    fields = [pa.field(c.name, _arrow_type(c.dtype), metadata=_field_metadata(c)) for c in spec.columns if c.name in exported]
    return pa.schema(fields, metadata={"description": spec.title, "key": ", ".join(spec.key), "layer": spec.layer})


def key_check(table: str, source: str | None = None) -> str:
    """SQL that gives the keys that occur more than once, with a column `n`, in `source` (default: the whole table)."""
    key = ", ".join(contract(table).key)
    return f"SELECT {key}, count(*) AS n FROM {source or f'main.{table}'} GROUP BY {key} HAVING count(*) > 1"


def value_conditions(table: str, *, vocabularies_only: bool = False) -> Iterator[tuple[str, str]]:
    """(column, SQL condition that holds for values outside its closed list or, unless `vocabularies_only`, its pattern or range)."""
    for c in contract(table).columns:
        conditions = []
        if c.vocab:
            conditions.append(f"{c.name} NOT IN ({', '.join(map(_literal, c.vocab))})")
        if c.pattern and not vocabularies_only:
            conditions.append(f"NOT regexp_full_match({c.name}, {_literal(c.pattern.strip('^$'))})")
        if c.ge is not None and not vocabularies_only:
            conditions.append(f"{c.name} < {c.ge}")
        if conditions:
            yield c.name, " OR ".join(conditions)


def reference_check(table: str, source: str | None = None) -> str | None:
    """SQL that gives (column, value) for values that name no row of the table they refer to; None for a table that refers to none."""
    parts = [
        f"SELECT DISTINCT '{column}' AS reference, {column} AS value FROM {source or f'main.{table}'} WHERE {column} IS NOT NULL "
        f"AND {column} NOT IN (SELECT {target_column} FROM main.{target})"
        for column, target, target_column in contract(table).references
    ]
    return " UNION ALL ".join(parts) or None


def _sql_type(dtype: pl.DataType) -> str:
    if isinstance(dtype, pl.List):
        return f"{_sql_type(dtype.inner)}[]"  # type: ignore[arg-type]
    if isinstance(dtype, pl.Datetime):
        return "TIMESTAMP"
    return {
        pl.String: "VARCHAR",
        pl.Boolean: "BOOLEAN",
        pl.Int32: "INTEGER",
        pl.Int64: "BIGINT",
        pl.Float64: "DOUBLE",
        pl.Date: "DATE",
    }[dtype.base_type()]


def _arrow_type(dtype: pl.DataType) -> pa.DataType:
    if isinstance(dtype, pl.List):
        return pa.list_(_arrow_type(dtype.inner))  # type: ignore[arg-type]
    if isinstance(dtype, pl.Datetime):
        return pa.timestamp("us")
    return {
        pl.String: pa.string(),
        pl.Boolean: pa.bool_(),
        pl.Int32: pa.int32(),
        pl.Int64: pa.int64(),
        pl.Float64: pa.float64(),
        pl.Date: pa.date32(),
    }[dtype.base_type()]


def _field_metadata(column: Column) -> dict[str, str]:
    values = {
        "description": column.description,
        "unit": column.unit,
        "source": column.source,
        "vocabulary": ", ".join(column.vocab) if column.vocab else None,
    }
    return {k: v for k, v in values.items() if v}


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
