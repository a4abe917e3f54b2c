from __future__ import annotations

import polars as pl
import pytest

from flows.validation import SHOWN_ROWS, ContractError, validate
from schemas import TABLES


def placements(rows: int, block: str = "main") -> pl.DataFrame:
    schema = {name: column.dtype.type for name, column in TABLES["article_placements"].to_schema().columns.items()}
    values = {
        "document_id": ["0123456789abcdef"] * rows,
        "position": list(range(rows)),
        "article_id": ["fedcba9876543210"] * rows,
        "block": [block] * rows,
        "start_char": [0] * rows,
        "end_char": [1] * rows,
        "story_key": ["fedcba9876543210"] * rows,
        "title_key": ["fedcba9876543210"] * rows,
        "version_id": ["fedcba9876543210"] * rows,
        "body_chars": [1] * rows,
    }
    return pl.DataFrame({name: values.get(name, [None] * rows) for name in schema}, schema=schema)


def test_frames_that_keep_their_contract_pass() -> None:
    validate({"article_placements": placements(3)}, "batch a")
    validate({"article_placements": placements(0)}, "batch a")


def test_report_names_batch_table_row_key_column_rule_and_value() -> None:
    with pytest.raises(ContractError) as caught:
        validate({"article_placements": placements(2, block="margin")}, "batch a")
    first, *rows = str(caught.value).splitlines()
    assert "batch a" in first
    assert "article_placements" in first
    assert len(rows) == 2
    assert "row 1 (document_id=0123456789abcdef, position=1): block: isin" in rows[1]
    assert rows[1].endswith("'margin'")


def test_report_is_short_whatever_the_number_of_rows() -> None:
    with pytest.raises(ContractError) as caught:
        validate({"article_placements": placements(500, block="margin")}, "batch a")
    lines = str(caught.value).splitlines()
    assert len(lines) == 1 + SHOWN_ROWS + 1
    assert lines[-1].endswith("and 480 more")


def test_missing_and_wrongly_typed_columns_are_reported() -> None:
    frame = placements(1).drop("block").with_columns(pl.col("position").cast(pl.Int64))
    with pytest.raises(ContractError, match="column_in_dataframe: 'block'") as caught:
        validate({"article_placements": frame}, "batch a")
    assert "position" in str(caught.value)


def test_all_tables_are_checked_before_anything_is_raised() -> None:
    good, bad = placements(1), placements(1, block="margin")
    with pytest.raises(ContractError, match="documents"):
        validate({"article_placements": bad, "documents": good}, "batch a")
