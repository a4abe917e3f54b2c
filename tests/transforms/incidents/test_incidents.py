"""Incidents: each rule finds its example and not its counterexample; who did what to whom, when, and who says so how firmly."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

from warehouse import reference

Read = Callable[..., dict[str, pl.DataFrame]]
RULES = list(reference.load()["incident_rules"].select("rule_id", "example", "counterexample").iter_rows())


def page(*paragraphs: str, title: str = "Talks go on in the valley") -> str:
    return "\n\n".join((title, *paragraphs))


def one(tables: dict[str, pl.DataFrame]) -> dict[str, object]:
    return tables["incidents"].row(0, named=True) if tables["incidents"].height == 1 else {"rows": tables["incidents"].to_dicts()}


def parties(tables: dict[str, pl.DataFrame], role: str) -> set[str]:
    rows = tables["incident_parties"].filter(role=role)
    return set(rows.select(pl.coalesce("iso3", "name")).to_series())


def test_there_are_rules() -> None:
    assert len(RULES) >= 60


@pytest.mark.parametrize(("rule", "example"), [(r, e) for r, e, _ in RULES])
def test_each_rule_finds_its_example(read: Read, rule: str, example: str) -> None:
    assert rule in read(page(example))["incidents"]["rule_id"].to_list()


@pytest.mark.parametrize("counterexample", [c for _, _, c in RULES])
def test_no_rule_finds_a_counterexample(read: Read, counterexample: str) -> None:
    assert read(page(counterexample))["incidents"]["quote"].to_list() == []
