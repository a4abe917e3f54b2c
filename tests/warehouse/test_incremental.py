"""Any way to a folder gives the rows of one fresh build of that folder (architecture.md, invariant 4)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import hypothesis.strategies as st
from hypothesis import HealthCheck, Phase, given, settings

from tests.torture.harness import scratch
from warehouse import checks, store

TITLES = ("Alpha", "Beta")
BODIES = (
    "",
    "President Ann Bell of FRA pledged help to DEU.",
    "President Ann Bell of FRA pledged help to DEU. Then JPN attacked President Bell.",
    "President Bell pledged aid. Minister Bell attacked nobody.",
    "President Ann Bell spoke. President Bell of FRA pledged more.",
    "President Eve Bell of JPN pledged peace to FRA.",
    "Minister Eve Bell of DEU met President Ann Bell.",
)
DAYS = (None, date(2024, 5, 1), date(2024, 6, 2))
URIS = tuple(f"file:///f/{name}" for name in "abcdef")

entries = st.tuples(st.sampled_from(TITLES), st.sampled_from(BODIES), st.sampled_from(("main", "related", "popular")))
pages = st.tuples(st.lists(entries, min_size=0, max_size=3), st.sampled_from(("en", "en", "en", "de")), st.sampled_from(DAYS))
changes = st.dictionaries(st.sampled_from(URIS), st.one_of(pages, pages, st.none(), st.just("empty")), max_size=4)
steps = st.lists(st.tuples(changes, st.booleans(), st.integers(1, 3), st.sampled_from(("r1", "r1", "r2"))), min_size=1, max_size=5)


def _page(toy: SimpleNamespace, drawn: object) -> object:
    if drawn == "empty":
        return drawn
    drawn_entries, language, day = drawn  # type: ignore[misc]
    return toy.page(*(toy.Entry(*e) for e in drawn_entries), language=language, published_on=day)


def _batches(files: dict[str, object], size: int) -> list[dict[str, object]]:
    items = sorted(files.items(), reverse=size % 2 == 0)
    return [dict(items[i : i + size]) for i in range(0, len(items), size)]


@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], phases=[Phase.generate])
@given(steps)
def test_any_sequence_equals_a_fresh_build(toy: SimpleNamespace, drawn: list[tuple[dict[str, object], bool, int, str]]) -> None:
    with scratch() as folder:
        _play(toy, folder, drawn)


def _play(toy: SimpleNamespace, folder: Path, drawn: list[tuple[dict[str, object], bool, int, str]]) -> None:
    driver, now = toy.Driver(folder / "a"), {}
    with store.open_work(driver.warehouse) as work:
        for change, prune, size, rules in drawn:
            offered = {uri: _page(toy, p) for uri, p in change.items() if p is not None}
            gone = {uri for uri, p in change.items() if p is None}
            now = {**{uri: p for uri, p in now.items() if uri not in gone}, **offered}
            stale = () if rules == "r1" else work.stale(rules)
            driver.load(work, *_batches(offered, size), gone=sorted(gone), prune=prune, rules=rules)
            assert not set(stale) & set(work.stale(rules))
            assert checks.whole(work.con, rows=True) == []
        everything_gone = [row[0] for row in work.con.execute("SELECT source_uri FROM main.files").fetchall() if row[0] not in now]
        driver.load(work, gone=everything_gone, prune=True, rules="r1")
        found = toy.comparable(work)
    fresh = toy.Driver(folder / "b")
    with store.open_work(fresh.warehouse) as work:
        fresh.load(work, now, rules="r1")
        wanted = toy.comparable(work)
    assert found == wanted
