"""The runs that published."""

from __future__ import annotations

import polars as pl

from schemas.base import ROW_COUNTS, TEXT, TIMESTAMP, Table, column


class Runs(Table):
    """One row per run that published."""

    run_id: TEXT = column("The run", unique=True)
    started_at: TIMESTAMP = column("Start", unit="UTC")
    finished_at: TIMESTAMP = column("End of the load", unit="UTC")
    code_version: TEXT = column("Version of communique")
    rules_version: TEXT = column("Hash of the extraction rules and reference lists")
    files_offered: pl.Int64 = column("Files and archive members offered", unit="files", ge=0)
    files_new: pl.Int64 = column("Of these, new or changed", unit="files", ge=0)
    rows_written: ROW_COUNTS = column("Rows in each table after the run", unit="table -> rows", duckdb_type="MAP(VARCHAR, BIGINT)")

    class Config(Table.Config):
        name = "runs"
        metadata = {"layer": "bronze", "key": ["run_id"], "declare_key": True, "references": {}}
