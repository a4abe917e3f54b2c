"""What a batch does with pages that break the rules, and with rules that break."""

from __future__ import annotations

import io
from pathlib import Path

import polars as pl
import pytest

from benchmarks.transforms import documents
from flows import batches, operations
from flows.batches import derive
from flows.direct import DirectEngine
from flows.direct import run as run_direct
from flows.operations import Request
from flows.progress import Lines
from flows.validation import ContractError
from schemas import TABLES
from transforms.lexicon import Lexicon
from transforms.pipeline import extract
from warehouse import reference

SEEDS = Path(__file__).parents[2] / "seeds" / "articles"
TEXT = "Chile and Peru agree\n\nChile and Peru agreed to share data on fishing fleets, harbour {}.\n"


def failing_on(word: str):  # type: ignore[no-untyped-def]
    def extract_or_fail(frame: pl.DataFrame, lexicon: Lexicon) -> dict[str, pl.DataFrame]:
        if frame["raw_text"].str.contains(word, literal=True).any():
            raise ValueError(f"cannot read\n{word}")
        return extract(frame, lexicon)

    return extract_or_fail


def test_pages_on_which_the_rules_fail_are_found_and_the_others_kept(lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = documents([TEXT.format(f"bad {i}" if i in (3, 8) else i) for i in range(11)]).sort("document_id")
    bad = set(pages.filter(pl.col("raw_text").str.contains("bad"))["document_id"])
    expected, _ = derive(pages.filter(~pl.col("document_id").is_in(list(bad))), lexicon)
    monkeypatch.setattr(batches, "extract", failing_on("bad"))
    frames, failures = derive(pages, lexicon)
    assert failures == dict.fromkeys(bad, "ValueError: cannot read bad")
    assert frames["documents"]["document_id"].to_list() == pages["document_id"].to_list()
    assert set(frames["documents"].filter(pl.col("language").is_null())["document_id"]) == bad
    for table in ("articles", "article_placements", "country_mentions", "commitments"):
        assert frames[table].equals(expected[table])


def test_rules_that_fail_on_every_page_stop_the_run(lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "extract", failing_on("Chile"))
    with pytest.raises(ValueError, match="cannot read"):
        derive(documents([TEXT.format(1), TEXT.format(2)]), lexicon)


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), MemoryError()])
@pytest.mark.parametrize("texts", [1, 3])
def test_a_full_disk_or_memory_is_no_fault_of_a_page(lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch, error: Exception, texts: int) -> None:
    def extract_or_fail(frame: pl.DataFrame, lexicon: Lexicon) -> dict[str, pl.DataFrame]:
        if frame["raw_text"].str.contains("harbour 0").any():
            raise error if frame.height == 1 else ValueError("first an error of ours, then of the machine")
        return extract(frame, lexicon)

    monkeypatch.setattr(batches, "extract", extract_or_fail)
    with pytest.raises(type(error)):
        derive(documents([TEXT.format(n) for n in range(texts)]), lexicon)


def test_no_documents_give_empty_frames_of_every_contract(lexicon: Lexicon) -> None:
    frames, failures = derive(documents([]), lexicon)
    assert failures == {}
    assert [name for name, frame in frames.items() if frame.height or not TABLES[name].validate(frame).is_empty()] == []


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for i in range(4):
        (folder / f"{i}.txt").write_text(TEXT.format("bad" if i == 2 else i))
    return folder


def test_a_page_that_fails_has_its_row_and_stops_nothing(pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "extract", failing_on("bad"))
    summary = run_direct(Request((pages,), tmp_path / "news.duckdb", tmp_path / "exports"), 1, Lines(io.StringIO()))
    assert summary.published
    assert summary.files == {"failed": 1, "loaded": 3}
    assert summary.rejected == 1
    failed = pl.read_parquet(tmp_path / "exports" / "files.parquet").filter(status="failed")
    assert failed.select("file_name", "status_reason").rows() == [("2.txt", "ValueError: cannot read bad")]


def test_a_row_that_breaks_its_contract_stops_the_run_and_leaves_no_trace(pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def with_a_wrong_block(frame: pl.DataFrame, lexicon: Lexicon) -> dict[str, pl.DataFrame]:
        frames = extract(frame, lexicon)
        return {**frames, "article_placements": frames["article_placements"].with_columns(block=pl.lit("margin"))}

    monkeypatch.setattr(batches, "extract", with_a_wrong_block)
    with pytest.raises(ContractError, match="article_placements"):
        run_direct(Request((pages,), tmp_path / "news.duckdb", tmp_path / "exports"), 1, Lines(io.StringIO()))
    assert not (tmp_path / "news.duckdb").exists()
    assert not (tmp_path / "exports").exists()
    assert list((tmp_path / "staging").rglob("shard.json")) == []


def test_rules_that_changed_are_applied_to_what_is_known(pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    request = Request((pages,), tmp_path / "news.duckdb", tmp_path / "exports")
    monkeypatch.setattr(reference, "rules_version", lambda: "0000000000000001")
    assert run_direct(request, 1, Lines(io.StringIO())).published
    assert not run_direct(request, 1, Lines(io.StringIO())).published
    monkeypatch.setattr(reference, "rules_version", lambda: "0000000000000002")
    again = run_direct(request, 1, Lines(io.StringIO()))
    assert again.published
    assert sum(batch.pages for batch in again.batches) == 4


def test_worker_processes_give_what_one_process_gives(tmp_path: Path) -> None:
    manifests = operations.landing.write_batches(operations.landing.discover([SEEDS]), tmp_path / "manifests", 3)
    one = [batch.shard for batch in DirectEngine(1).transform(manifests, tmp_path / "one")]
    two = [batch.shard for batch in DirectEngine(2).transform(manifests, tmp_path / "two")]
    assert [shard.name for shard in one] == [shard.name for shard in two]
    assert len(one) > 2
    for a, b in zip(one, two, strict=True):
        assert {p.name: p.read_bytes() for p in a.iterdir()} == {p.name: p.read_bytes() for p in b.iterdir()}
