"""Checks frames against their contracts before anything is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
from pandera.errors import SchemaError, SchemaErrors

from schemas import TABLES
from schemas.derive import contract
from schemas.quick import keeps_contract

SHOWN_ROWS = 20
SHOWN_CHARACTERS = 80


class ContractError(Exception):
    """Rows break their contract, so the run stops. The first line says where, the others which rows and why."""


def validate(frames: Mapping[str, pl.DataFrame], where: str) -> None:
    """Checks each frame against the model of its table: whole frames, all rules at once. `where` names the batch in the report.

    Raises ContractError; nothing is dropped or coerced."""
    breaches = {name: report for name, frame in frames.items() if (report := _breach(name, frame))}
    if breaches:
        raise ContractError("\n".join([f"{where} breaks the contract of {', '.join(breaches)}; nothing was loaded", *breaches.values()]))


def _breach(name: str, frame: pl.DataFrame) -> str | None:
    if keeps_contract(name, frame):
        return None
    try:
        TABLES[name].validate(frame, lazy=True)
    except SchemaErrors as error:
        return _report(name, frame, error.failure_cases)
    except SchemaError as error:
        return f"  {name}: {error}"
    return f"  {name}: breaks its contract, but pandera finds no fault"


def _report(name: str, frame: pl.DataFrame, cases: pl.DataFrame) -> str:
    """A line for each case, up to SHOWN_ROWS: the row by its number and logical key, the column, the rule, the value."""
    key = [column for column in contract(name).key if column in frame.columns]
    lines = [_case(name, frame, key, case) for case in cases.sort("index", "column", nulls_last=False).head(SHOWN_ROWS).iter_rows(named=True)]
    if cases.height > SHOWN_ROWS:
        lines.append(f"  {name}: and {cases.height - SHOWN_ROWS} more")
    return "\n".join(lines)


def _case(name: str, frame: pl.DataFrame, key: list[str], case: dict[str, Any]) -> str:
    value = repr(case["failure_case"])[:SHOWN_CHARACTERS]
    if case["index"] is None:
        where = f"{name}.{case['column']}" if case["column"] in frame.columns else name
        return f"  {where}: {case['check']}: {value}"
    identity = ", ".join(f"{column}={str(frame[column][case['index']])[:SHOWN_CHARACTERS]}" for column in key)
    return f"  {name}: row {case['index']} ({identity}): {case['column']}: {case['check']}: {value}"
