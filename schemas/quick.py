"""Whether a frame keeps its contract, in one query.

pandera asks polars anew for each rule of each column, some 170 times for a batch, which takes longer than the rules themselves. Here the same rules, taken from
the same models, are one query; which rows break which rule is for pandera to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import polars as pl

from schemas import TABLES
from schemas.base import Table, dtypes


def keeps_contract(table: str, frame: pl.DataFrame) -> bool:
    """Whether `frame` has the columns of the table, in order and with their dtypes, and every row keeps every rule: whether pandera would accept it."""
    return keeps_rules(TABLES[table], frame)


def keeps_rules(model: type[Table], frame: pl.DataFrame) -> bool:
    """The same of any model, such as those of the reference lists."""
    schema, rules = _rules(model)
    return frame.schema == schema and bool(frame.select(rules).item())


@cache
def _rules(model: type[Table]) -> tuple[pl.Schema, pl.Expr]:
    """The dtypes of a frame, and what is true for one of which every row keeps every rule. Raises NotImplementedError where a model has a rule that is not
    known here."""
    schema = model.to_schema()
    if schema.checks:
        raise NotImplementedError(f"{model.__name__}: rules for whole rows")
    rules = [rule for name, column in schema.columns.items() for rule in _of_column(name, column)]
    if schema.unique:
        rules.append(~pl.struct(schema.unique).is_duplicated().any())
    return dtypes(model), pl.all_horizontal(rules)


def _of_column(name: str, column: Any) -> Iterator[pl.Expr]:
    values = pl.col(name)
    if not column.nullable:
        yield values.null_count() == 0
        if column.dtype.type.is_float():
            yield ~values.is_nan().any()
    if column.unique:
        yield ~values.is_duplicated().any()
    for check in column.checks:  # NULL keeps each of them
        match check.name, check.statistics:
            case "isin", {"allowed_values": allowed}:
                yield values.is_in(list(allowed)).all()
            case "str_matches", {"pattern": str(pattern)}:
                yield values.str.contains(pattern if pattern.startswith("^") else f"^{pattern}").all()
            case "greater_than_or_equal_to", {"min_value": least}:
                yield (values >= least).all()
            case _:
                raise NotImplementedError(f"{name}: {check.name} {check.statistics}")
