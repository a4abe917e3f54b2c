"""What the next run takes over from one that died, and what it must not."""

from __future__ import annotations

import io
from pathlib import Path

import polars as pl
import pytest

from flows import batches
from flows.direct import run
from flows.operations import Request, Summary
from flows.progress import Lines
from warehouse import reference, staging, store
from warehouse.errors import WarehouseError

TEXT = "Chile and Peru agree on harbour {0}\n\nChile and Peru agreed to share data on fishing fleets, harbour {0}.\n"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for i in range(6):
        (folder / f"{i}.txt").write_text(TEXT.format(i))
    return folder


@pytest.fixture(autouse=True)
def same_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference, "rules_version", lambda: "0123456789abcdef")


def build(pages: Path, name: str = "news", **options: object) -> Summary:
    folder = pages.parent
    request = Request((pages,), folder / f"{name}.duckdb", folder / f"exports-{name}", batch_pages=2, **options)  # type: ignore[arg-type]
    return run(request, 1, Lines(io.StringIO()))


def exports(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.parquet"))}


@pytest.fixture
def died(pages: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A warehouse whose first run failed when its three batches were staged, and none loaded."""

    def fail(*_: object) -> None:
        raise WarehouseError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr(store.Work, "load", fail)
        with pytest.raises(WarehouseError, match="no space"):
            build(pages)
    assert len(list(staging.root(pages.parent / "news.duckdb").rglob("shard.json"))) == 3
    return pages


def taken(summary: Summary) -> list[tuple[bool, int]]:
    return sorted((batch.taken_over, batch.pages) for batch in summary.batches)


def test_staged_batches_are_taken_over_and_give_the_bytes_of_a_fresh_build(died: Path) -> None:
    assert taken(build(died)) == [(True, 2)] * 3
    build(died, "fresh")
    assert exports(died.parent / "exports-news") == exports(died.parent / "exports-fresh")
    assert not staging.root(died.parent / "news.duckdb").exists()


def test_only_what_is_new_or_changed_since_is_computed(died: Path) -> None:
    """A name in the midst of the others, which would shift every batch; and a file of the last batch."""
    (died / "1a.txt").write_text(TEXT.format("new"))
    (died / "5.txt").write_text(TEXT.format("other"))
    assert taken(build(died)) == [(False, 1), (False, 2), (True, 2), (True, 2)]
    build(died, "fresh")
    assert exports(died.parent / "exports-news") == exports(died.parent / "exports-fresh")


def test_a_damaged_shard_is_computed_again(died: Path) -> None:
    shard = next(staging.root(died.parent / "news.duckdb").rglob("batch-00001/articles.parquet"))
    shard.write_bytes(shard.read_bytes()[:-10])
    assert taken(build(died)) == [(False, 2), (True, 2), (True, 2)]


def test_other_rules_or_limits_take_over_nothing(died: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference, "rules_version", lambda: "fedcba9876543210")
    assert taken(build(died)) == [(False, 2)] * 3


def test_texts_that_were_derived_again_are_taken_over(pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(pages)
    monkeypatch.setattr(store, "DOCUMENTS_PER_BATCH", 4)
    monkeypatch.setattr(store.Work.write_document_batches, "__defaults__", (4,))
    monkeypatch.setattr(reference, "rules_version", lambda: "fedcba9876543210")
    derive, calls = batches.derive, []

    def fail_at_the_second(documents: pl.DataFrame, lexicon: object) -> object:
        calls.append(documents.height)
        if len(calls) == 2:
            raise WarehouseError("no space left")
        return derive(documents, lexicon)  # type: ignore[arg-type]

    monkeypatch.setattr(batches, "derive", fail_at_the_second)
    with pytest.raises(WarehouseError, match="no space"):
        build(pages)
    assert taken(build(pages)) == [(False, 2), (True, 4)]
    assert calls == [4, 2, 2]


def test_a_run_that_is_stopped_leaves_nothing(pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(store.Work, "load", stop)
    with pytest.raises(KeyboardInterrupt):
        build(pages)
    assert not staging.root(pages.parent / "news.duckdb").exists()


def test_cleaning_up_leaves_alone_what_another_run_works_with(died: Path) -> None:
    warehouse = died.parent / "news.duckdb"
    with store.open_work(warehouse):
        assert not staging.clear_after(warehouse, 0.1)
    assert staging.root(warehouse).exists()
    assert staging.clear_after(warehouse, 0.1)
    assert not staging.root(warehouse).exists()
