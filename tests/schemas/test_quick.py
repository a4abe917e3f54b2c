"""The one query says of a frame what pandera says of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import polars as pl
import pytest
from pandera.errors import SchemaError

from schemas import TABLES
from schemas.derive import Column, contract, polars_schema
from schemas.quick import keeps_contract

OF_PATTERN = {
    r"^[0-9a-f]{16}$": "0123456789abcdef",
    r"^[0-9a-f]{64}$": "0123456789abcdef" * 4,
    r"^[A-Z]{3}$": "ABC",
    r"^[A-Z]{2}$": "AB",
    r"^[0-9]{3}$": "012",
}
OF_TYPE: dict[Any, Any] = {
    pl.Boolean: True, pl.Int32: 1, pl.Int64: 1, pl.Float64: 1.5, pl.Date: date(2024, 6, 27), pl.Datetime: datetime(2024, 6, 27), pl.List: [], pl.String: "text",
}  # fmt: skip


def value(column: Column) -> Any:
    return column.vocab[0] if column.vocab else OF_PATTERN[column.pattern] if column.pattern else OF_TYPE[column.dtype.base_type()]


def rows(table: str, count: int = 1) -> pl.DataFrame:
    """Rows that keep the contract, if that asks for no ids that differ."""
    return pl.DataFrame({c.name: [value(c)] * count for c in contract(table).columns}, schema=polars_schema(table))


def variants(table: str) -> Iterator[tuple[str, pl.DataFrame]]:
    """The row, and what may be wrong with it."""
    frame = rows(table)
    yield "as it should be", frame
    yield "no rows", frame.clear()
    yield "twice", rows(table, 2)
    yield "columns in another order", frame.select(reversed(frame.columns))
    yield "a column more", frame.with_columns(more=1)
    yield "a column less", frame[:, 1:]
    yield "another type", frame.with_columns(pl.lit(b"x").alias(frame.columns[-1]))
    for column in contract(table).columns:
        name, kind = column.name, column.dtype
        yield f"NULL in {name}", frame.with_columns(pl.lit(None, kind).alias(name))
        if kind == pl.String:
            for wrong in ("x", value(column) + "\n"):
                yield f"{wrong!r} in {name}", frame.with_columns(pl.lit(wrong).alias(name))
        if kind.is_numeric():
            yield f"a negative number in {name}", frame.with_columns(pl.lit(-1, kind).alias(name))
        if kind.is_float():
            yield f"NaN in {name}", frame.with_columns(pl.lit(float("nan"), kind).alias(name))


def accepts(table: str, frame: pl.DataFrame) -> bool:
    try:
        TABLES[table].validate(frame)  # not `lazy`: the first fault is enough
    except SchemaError:
        return False
    return True


@pytest.mark.parametrize("table", TABLES)
def test_it_accepts_what_pandera_accepts_and_nothing_else(table: str) -> None:
    said = {what: (keeps_contract(table, frame), accepts(table, frame)) for what, frame in variants(table)}
    assert said["as it should be"] == (True, True)
    assert [what for what, (quick, pandera) in said.items() if quick != pandera] == []
    assert {quick for quick, _ in said.values()} == {True, False}
