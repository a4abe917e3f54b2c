"""The corpus to measure on: always the same, and what it says of its pages is what is found in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from statistics import mean

import polars as pl
import pytest

from benchmarks import corpus
from benchmarks.truth import compare

PAGES = 400


@pytest.fixture(scope="module")
def pages() -> list[corpus.Page]:
    return list(corpus.pages(1, range(PAGES)))


def test_a_page_depends_on_its_seed_and_number_alone(pages: list[corpus.Page]) -> None:
    assert [corpus.page(1, n) for n in (399, 7, 100)] == [pages[n] for n in (399, 7, 100)]
    assert corpus.page(2, 7).data != pages[7].data


def test_kinds_lengths_and_repetition_are_those_promised(pages: list[corpus.Page]) -> None:
    kinds = Counter(corpus.kind(1, n) for n in range(5_000))
    for kind, weight in zip(corpus.KINDS, corpus.WEIGHTS, strict=True):
        assert kinds[kind] / 50 == pytest.approx(weight, abs=1.2), kind
    articles = [page for page in pages if page.truth is not None]
    assert mean(len(page.data) for page in articles) == pytest.approx(corpus.MEAN_SIZE, rel=0.1)
    known = {page.data for page in pages if page.kind not in ("duplicate", "reject")}
    assert len(known) == sum(page.kind not in ("duplicate", "reject") for page in pages)
    assert all(page.data in known for page in pages if page.kind == "duplicate")


def test_written_files_are_the_pages(tmp_path, pages: list[corpus.Page]) -> None:
    size = corpus.write(tmp_path, 30, workers=1)
    files = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert [path.read_bytes() for path in files] == [page.data for page in pages[:30]]
    assert size == sum(len(page.data) for page in pages[:30])


def test_what_the_pages_hold_is_found(pages: list[corpus.Page], read: Callable[..., dict[str, pl.DataFrame]]) -> None:
    chosen = [page for page in pages if page.truth is not None]
    frames = read(*(page.data.decode() for page in chosen))
    tables = {**frames, "ministers": frames["article_ministers"]}
    compared = compare(chosen, tables)
    assert min(told for told, _ in compared.values()) > 300
    assert {table: wrong for table, (told, wrong) in compared.items() if wrong > 0.01 * told} == {}
