"""What is derived from the contracts."""

from __future__ import annotations

import duckdb
import polars as pl
import pyarrow as pa
import pytest

from schemas import TABLES, derive


def test_there_are_contracts() -> None:
    assert len(TABLES) >= 15


@pytest.mark.parametrize("table", TABLES)
def test_empty_frames_keep_the_contract(table: str) -> None:
    frame = derive.empty(table)
    assert frame.height == 0
    TABLES[table].validate(frame, lazy=True)


@pytest.mark.parametrize("table", TABLES)
def test_ddl_has_types_and_comments_for_table_and_columns(table: str) -> None:
    with duckdb.connect() as con:
        con.execute(derive.ddl(table))
        for statement in derive.comments(table):
            con.execute(statement)
        spec = derive.contract(table)
        columns = con.execute(
            "SELECT column_name, data_type, is_nullable, comment FROM duckdb_columns() WHERE table_name = $t ORDER BY column_index", {"t": table}
        ).fetchall()
        assert [c[0] for c in columns] == list(spec.names)
        assert [c[2] for c in columns] == [c.nullable and c.name not in spec.key for c in spec.columns]
        assert all(comment for *_, comment in columns)
        assert con.execute("SELECT comment FROM duckdb_tables()").fetchall() == [(spec.title,)]
        # What DuckDB gives back is what polars expects.
        if table != "runs":
            assert con.execute(f"SELECT * FROM {table}").pl().schema == derive.polars_schema(table)


@pytest.mark.parametrize("table", TABLES)
def test_keys_and_references_name_columns_that_exist(table: str) -> None:
    spec = derive.contract(table)
    assert spec.key
    assert set(spec.key) <= set(spec.names)
    for column, target, target_column in spec.references:
        assert column in spec.names
        assert target_column in derive.contract(target).names


def test_arrow_fields_carry_description_unit_and_vocabulary() -> None:
    schema = derive.arrow_schema("commitments")
    assert schema.field("topics").type == pa.list_(pa.string())
    assert schema.field("made_from").type == pa.date32()
    metadata = schema.field("stage").metadata
    assert metadata[b"description"]
    assert metadata[b"vocabulary"].startswith(b"offered, ")
    assert schema.field("start_char").metadata[b"unit"].startswith(b"Unicode code points")


def test_columns_that_name_a_run_are_not_exported() -> None:
    assert "last_run_id" in derive.contract("files").names
    assert not any("run_id" in name for name in derive.exported_columns("files"))
    assert derive.exported_columns("articles") == derive.contract("articles").names


def _broken(table: str) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    for name in ("countries", "articles", "country_mentions"):
        con.execute(derive.ddl(name))
    row = "SELECT 'x' AS article_id, 'body' AS field, 0 AS start_char, 1 AS end_char, 'FRA' AS iso3, 'F' AS surface, 'name' AS mention_type"
    con.execute(f"INSERT INTO {table} BY NAME {row}")
    return con


def test_the_key_check_gives_keys_that_occur_twice() -> None:
    with _broken("country_mentions") as con:
        assert con.execute(derive.key_check("country_mentions")).fetchall() == []
        con.execute("INSERT INTO country_mentions SELECT * FROM country_mentions")
        assert con.execute(derive.key_check("country_mentions")).fetchall() == [("x", "body", 0, 1, "FRA", 2)]


def test_the_reference_check_gives_values_that_name_nothing() -> None:
    with _broken("country_mentions") as con:
        query = derive.reference_check("country_mentions")
        assert query
        assert sorted(con.execute(query).fetchall()) == [("article_id", "x"), ("iso3", "FRA")]
    assert derive.reference_check("countries") is None


def test_value_conditions_hold_for_what_is_outside() -> None:
    conditions = dict(derive.value_conditions("country_mentions"))
    with _broken("country_mentions") as con:
        con.execute("UPDATE country_mentions SET mention_type = 'nickname', iso3 = 'fra', start_char = -1")
        for column in ("mention_type", "iso3", "start_char", "article_id"):
            assert con.execute(f"SELECT count(*) FROM country_mentions WHERE {conditions[column]}").fetchall() == [(1,)]
        assert con.execute(f"SELECT count(*) FROM country_mentions WHERE {conditions['field']}").fetchall() == [(0,)]
    assert "iso3" not in dict(derive.value_conditions("country_mentions", vocabularies_only=True))


def test_types_follow_the_polars_dtypes() -> None:
    types = {c.name: c.sql_type for table in TABLES for c in derive.contract(table).columns}
    assert types["raw_text"] == "VARCHAR"
    assert types["topics"] == "VARCHAR[]"
    assert types["amount_value"] == "DOUBLE"
    assert types["rows_written"] == "MAP(VARCHAR, BIGINT)"
    assert derive.polars_schema("files")["modified_at"] == pl.Datetime("us")
