"""Rows that several tables share: the party of an act, and the six columns of a date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from transforms.context import DateMention
from transforms.parties import Party


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
