"""What is in a warehouse from the first moment: the tables of the contracts, and the views on them."""

from __future__ import annotations

import duckdb

from schemas import TABLES
from schemas.derive import comments, ddl, schema_version
from warehouse import analytics, database


def create(con: duckdb.DuckDBPyConnection) -> None:
    """Makes the tables in an empty database."""
    con.execute("BEGIN")
    con.execute("CREATE SCHEMA meta")
    con.execute("CREATE TABLE meta.state (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL)")
    con.execute(
        "COMMENT ON TABLE meta.state IS 'Product, schema and rules version; "
        "sequence counts publications, fingerprint tells which exports belong here'"
    )
    con.execute(
        ";\n".join(statement for table in TABLES for statement in (ddl(table), *comments(table)))
    )  # 220 statements take twice as long one by one
    database.set_state(con, product=database.PRODUCT, schema_version=schema_version(), sequence="0")
    con.execute("COMMIT")


def create_views(con: duckdb.DuckDBPyConnection) -> None:
    """Makes the views and macros of schema `analytics` anew, if their text has changed."""
    if database.state(con).get("views_version") == analytics.version():
        return
    con.execute("BEGIN")
    analytics.create(con)
    database.set_state(con, views_version=analytics.version())
    con.execute("COMMIT")
