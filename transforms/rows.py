"""Rows that several tables share: the party of an act, and the six columns of a date; and the frame of a table's rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from schemas.derive import polars_schema
from transforms.context import DateMention
from transforms.parties import Party
from transforms.text import SEPARATOR


def frame_of(rows: Sequence[dict[str, Any]], table: str) -> pl.DataFrame:
    """The rows of a table as a frame with the columns of its contract, in the order given.

    Lists of texts are joined and split again, since polars makes an object of each list it is given and takes twenty times as long."""
    schema = polars_schema(table)
    lists = [name for name, dtype in schema.items() if dtype == pl.List(pl.String)]
    plain = {name: pl.String if name in lists else dtype for name, dtype in schema.items()}
    columns = {name: [SEPARATOR.join(row[name]) if name in lists else row[name] for row in rows] for name in schema}
    return pl.DataFrame(columns, schema=plain).with_columns(
        pl.when(pl.col(name) == "").then(pl.lit([], pl.List(pl.String))).otherwise(pl.col(name).str.split(SEPARATOR)).alias(name) for name in lists
    )


def party_rows(kind: str, key: str, role: str, members: Sequence[Party]) -> Iterator[dict[str, Any]]:
    """The rows of `<kind>_parties` for those who play one role in one commitment or incident."""
    for number, party in enumerate(members):
        yield {
            f"{kind}_id": key,
            "role": role,
            "party_no": number,
            "party_type": party.party_type,
            "iso3": party.iso3,
            "minister_id": party.person_key,
            "name": party.name,
        }


def party_lists(members: Sequence[Party]) -> tuple[list[str], list[str]]:
    """The same parties in short: country codes, or names where no country is known, in order; and the country codes alone, each once, sorted."""
    return [party.label for party in members], sorted({party.iso3 for party in members if party.iso3})


def date_columns(name: str, date: DateMention | None) -> dict[str, Any]:
    """The columns `<name>_edtf` … of a date; of none, where there is none."""
    return {
        f"{name}_edtf": date.edtf if date else None,
        f"{name}_from": date.date_from if date else None,
        f"{name}_to": date.date_to if date else None,
        f"{name}_basis": date.basis if date else "none",
        f"{name}_text": date.text if date else None,
        f"{name}_conflict": date.conflict if date else None,
    }
