"""The data dictionary."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas import TABLES
from schemas.derive import contract
from warehouse import analytics
from warehouse.dictionary import dictionary

DICTIONARY = Path(__file__).parents[2] / "docs" / "data-dictionary.md"


@pytest.fixture(scope="module")
def sections() -> dict[str, str]:
    """The text below each heading of a table or view."""
    return {name: text for name, _, text in (part.partition("\n") for part in dictionary().split("\n## ")[1:])}


def test_it_is_up_to_date() -> None:
    assert DICTIONARY.read_text(encoding="utf-8") == dictionary(), "run: python -m warehouse.dictionary > docs/data-dictionary.md"


def test_it_describes_every_table_and_view_once_in_order(sections: dict[str, str]) -> None:
    assert list(sections) == [*TABLES, *(f"analytics.{view}" for view in analytics.views())]


def test_a_view_names_its_columns_with_types_and_what_they_mean(sections: dict[str, str]) -> None:
    ledger = sections["analytics.commitment_ledger"]
    assert "Key: `commitment_id`." in ledger
    assert "| `dated_on` | DATE | First day on which it may have been made, or else day of publication |" in ledger
    title = next(c.comment for c in contract("articles").columns if c.name == "title")
    assert f"| `title` | VARCHAR | {title} |" in ledger  # taken over from a table
    assert "Order: `month`" in sections["analytics.commitments_monthly"]
    assert "Not exported." in sections["analytics.run_history"]
    assert not any("| None |" in section or "| |" in section for name, section in sections.items() if name.startswith("analytics."))
