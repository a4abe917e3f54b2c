"""The one query says of a frame what pandera says of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from pandera.errors import SchemaError, SchemaErrors

from schemas import TABLES
from schemas.base import Table
from schemas.derive import Column, contract, polars_schema
from schemas.quick import keeps_rules
from schemas.reference import REFERENCE
from warehouse import reference

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


def row(name: str) -> pl.DataFrame:
    """A row that keeps the contract: of a reference list its first."""
    if name in REFERENCE:
        return reference.read(name).head(1)
    return pl.DataFrame({c.name: [value(c)] for c in contract(name).columns}, schema=polars_schema(name))


def variants(frame: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """The row, and what may be wrong with it."""
    yield "as it should be", frame
    yield "no rows", frame.clear()
    yield "twice", pl.concat([frame, frame])
    yield "columns in another order", frame.select(reversed(frame.columns))
    yield "a column more", frame.with_columns(more=1)
    yield "a column less", frame[:, 1:]
    yield "another type", frame.with_columns(pl.lit(b"x").alias(frame.columns[-1]))
    for name, kind in frame.schema.items():
        yield f"NULL in {name}", frame.with_columns(pl.lit(None, kind).alias(name))
        yield f"NULL in {name}, twice", pl.concat([frame, frame]).with_columns(pl.lit(None, kind).alias(name))
        if kind == pl.String:
            for wrong in ("x", f"{frame.item(0, name)}\n"):
                yield f"{wrong!r} in {name}", frame.with_columns(pl.lit(wrong).alias(name))
        if kind.is_numeric():
            yield f"a negative number in {name}", frame.with_columns(pl.lit(-1, kind).alias(name))
        if kind.is_float():
            yield f"NaN in {name}", frame.with_columns(pl.lit(float("nan"), kind).alias(name))


def accepts(model: type[Table], frame: pl.DataFrame) -> bool:
    try:
        model.validate(frame)  # not `lazy`: the first fault is enough
    except SchemaError:
        return False
    return True


@pytest.mark.parametrize("name", [*TABLES, *(name for name in REFERENCE if name not in TABLES)])
def test_it_accepts_what_pandera_accepts_and_nothing_else(name: str) -> None:
    model = (TABLES | REFERENCE)[name]
    said = {what: (keeps_rules(model, frame), accepts(model, frame)) for what, frame in variants(row(name))}
    assert said["as it should be"] == (True, True)
    assert [what for what, (quick, pandera) in said.items() if quick != pandera] == []
    assert {quick for quick, _ in said.values()} == {True, False}


def test_a_list_with_a_wrong_row_is_told_with_row_and_rule(tmp_path: Path) -> None:
    lines = (reference.REFERENCE_FOLDER / "titles.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "titles.csv").write_text("\n".join([*lines, lines[-1]]), encoding="utf-8")
    with pytest.raises(SchemaErrors, match="field_uniqueness"):
        reference.read("titles", tmp_path)
