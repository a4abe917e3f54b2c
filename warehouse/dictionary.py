"""The data dictionary, which `docs/data-dictionary.md` holds: every table as its contract has it, every view as an empty warehouse describes it.

`python -m warehouse.dictionary` prints it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb

from schemas import TABLES
from schemas.derive import Column, contract
from warehouse import analytics, tables


def dictionary() -> str:
    """The data dictionary, as Markdown."""
    parts = [
        "# Data dictionary",
        "<!-- Generated from schemas/*.py and warehouse/views/*.sql: change those, then run `python -m warehouse.dictionary > docs/data-dictionary.md` -->",
        "Every table of the warehouse and of the parquet exports, and below them every view of the schema `analytics`. The key is the logical key: no two rows share "
        "it. Offsets count Unicode code points, half-open: `substring(text, start_char + 1, end_char - start_char)`.",
        *_tables(),
        "# Views of `analytics`",
        "Those with a key or an order are exported, too, sorted by it. Any column of a view may be NULL. A column that a view takes over from a table means "
        "what it means there.",
        *_views(),
    ]
    return "\n\n".join(parts) + "\n"


def _tables() -> Iterator[str]:
    for table in TABLES:
        spec = contract(table)
        references = {column: f"{target}.{target_column}" for column, target, target_column in spec.references}
        yield f"## {table}"
        yield f"{spec.title}\n\nLayer: {spec.layer}. Key: {_names(spec.key)}."
        yield _markdown_table(("column", "type", "NULL", "meaning", "refers to"), [_table_row(c, references.get(c.name)) for c in spec.columns])


def _views() -> Iterator[str]:
    with duckdb.connect() as con:
        tables.create(con)
        tables.create_views(con)
        titles = dict(con.execute("SELECT view_name, comment FROM duckdb_views() WHERE schema_name = 'analytics'").fetchall())
        for view in analytics.views().values():
            rows = con.execute(
                "SELECT column_name, data_type, comment FROM duckdb_columns() WHERE schema_name = 'analytics' AND table_name = $view ORDER BY column_index",
                {"view": view.name},
            ).fetchall()
            sorting = f" {'Key' if view.has_key else 'Order'}: {_names(view.order)}." if view.order else " Not exported."
            yield f"## analytics.{view.name}"
            yield f"{titles[view.name]}.\n\nLayer: gold.{sorting}"
            yield _markdown_table(("column", "type", "meaning"), [(f"`{name}`", data_type, comment) for name, data_type, comment in rows])


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f"`{column}`" for column in columns)


def _table_row(column: Column, reference: str | None) -> tuple[str, ...]:
    return (f"`{column.name}`", column.sql_type, "yes" if column.nullable else "", column.comment, f"`{reference}`" if reference else "")


def _markdown_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


if __name__ == "__main__":
    print(dictionary(), end="")
