"""What all contracts share: the `Table` base class and the `column` field.

A column is written once, in the model of its table. Its polars dtype, description, vocabulary, unit and source stand there; the
DuckDB DDL, the parquet metadata and the data dictionary are derived from it (`schemas.derive`, `warehouse.dictionary`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import pandera.polars as pa
import polars as pl

from schemas.vocabularies import DATE_BASIS

TEXT = pl.String
if TYPE_CHECKING:  # a parametrised dtype is a value, which no type checker takes for a type
    TEXT_LIST = pl.List
    ROW_COUNTS = pl.List
    TIMESTAMP = pl.Datetime
else:
    TEXT_LIST = pl.List(pl.String)
    ROW_COUNTS = pl.List(pl.Struct({"key": pl.String, "value": pl.Int64}))
    TIMESTAMP = pl.Datetime("us")

ID_PATTERN = r"^[0-9a-f]{16}$"
ISO3_PATTERN = r"^[A-Z]{3}$"


class Table(pa.DataFrameModel):
    """One table of the warehouse. Frames must have exactly its columns, in its order, with its dtypes; nothing is coerced, because a
    coerced value is a guess.

    `Config.metadata` of a subclass says which columns are the logical key (`key`), whether DuckDB declares it too (`declare_key`, for small
    tables only), which layer the table belongs to (`layer`), and which columns name rows of other tables (`references`: column ->
    "table.column").
    """

    class Config:
        strict = True
        ordered = True
        coerce = False


@cache
def dtypes(model: type[Table]) -> pl.Schema:
    """Column names and polars dtypes of a model, in order."""
    return pl.Schema({name: column.dtype.type for name, column in model.to_schema().columns.items()})


def column(
    description: str,
    *,
    vocab: Sequence[str] | None = None,
    unit: str | None = None,
    source: str | None = None,
    nullable: bool = False,
    duckdb_type: str | None = None,
    compression: str | None = None,
    pattern: str | None = None,
    ge: int | float | None = None,
    unique: bool = False,
) -> Any:
    """A pandera field whose metadata carries what DuckDB, parquet and the data dictionary need.

    `vocab` is the closed list of values, `unit` the unit or notation, `source` where the value comes from, `duckdb_type` a type that the
    polars dtype does not determine, `compression` a DuckDB compression to force (zstd for long text).
    """
    metadata = {
        "vocab": tuple(vocab) if vocab else None,
        "unit": unit,
        "source": source,
        "duckdb_type": duckdb_type,
        "compression": compression,
        "pattern": pattern,
        "ge": ge,
    }
    return pa.Field(
        description=description,
        metadata={k: v for k, v in metadata.items() if v is not None},
        nullable=nullable,
        isin=list(vocab) if vocab else None,
        str_matches=pattern,
        ge=ge,
        unique=unique,
    )


def identifier(description: str, *, nullable: bool = False, unique: bool = False) -> Any:
    """An id: 16 hex digits of a hash of content, never a counter, never random."""
    return column(description, unit="16 hex digits", nullable=nullable, pattern=ID_PATTERN, unique=unique)


def country_code(description: str, *, nullable: bool = True, source: str | None = None) -> Any:
    """An ISO 3166-1 alpha-3 code (Kosovo: XKX)."""
    return column(description, unit="ISO 3166-1 alpha-3", nullable=nullable, pattern=ISO3_PATTERN, source=source)


def party_names(who: str) -> Any:
    """Parties beside the row they belong to, so that reading them needs no join and no aggregation."""
    return column(f"{who}: country code, or the name where no country is known, in order of party_no; empty if there are none")


def country_codes(who: str) -> Any:
    """Countries beside the row they belong to: what a list of parties holds besides is names."""
    return column(f"Countries of {who}, each once, in order of the alphabet", unit="list of ISO 3166-1 alpha-3")


def code_point(description: str) -> Any:
    """An offset in Unicode code points: Python's slicing and DuckDB's substring count alike."""
    return column(description, unit="Unicode code points, half-open", ge=0)


def date_edtf(what: str) -> Any:
    return column(
        f"{what}: the date in Extended Date/Time Format, with XXXX while the year is unknown",
        unit="EDTF (Library of Congress)",
        nullable=True,
    )


def date_bound(what: str, which: str) -> Any:
    return column(f"{what}: {which} day it may be; NULL while the year is unknown or this end is open", nullable=True)


def date_basis(what: str) -> Any:
    return column(
        f"{what}: stated in the text, relative to the publication, the publication itself, metadata beside the file, or none",
        vocab=DATE_BASIS,
    )


def date_text(what: str) -> Any:
    return column(f"{what}: the date as written", nullable=True)


def date_conflict(what: str) -> Any:
    return column(f"{what}: the weekday contradicts the date; NULL while the year is unknown or no weekday is written", nullable=True)
