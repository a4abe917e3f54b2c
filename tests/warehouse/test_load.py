"""What a load makes of adds, changes, duplicates, renames, deletions, teasers and people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from warehouse import store
from warehouse.errors import CheckError, WarehouseError

LONG = "President Ann Bell of FRA pledged help to DEU. Then nobody attacked JPN, and everybody went home in good time for supper."


@contextmanager
def opened(driver: Any) -> Iterator[store.Work]:
    with store.open_work(driver.warehouse) as work:
        yield work


def rows(work: store.Work, query: str) -> list[tuple[Any, ...]]:
    return work.con.execute(query).fetchall()


def test_a_changed_file_supersedes_its_old_text(driver: Any, toy: SimpleNamespace) -> None:
    old, new = toy.page(toy.Entry("Old", "JPN was here.")), toy.page(toy.Entry("New", "DEU is here."))
    with opened(driver) as work:
        driver.load(work, {"file:///a": old})
        driver.load(work, {"file:///a": new})
        assert rows(work, "SELECT title FROM articles") == [("New",)]
        assert rows(work, "SELECT iso3 FROM country_mentions") == [("DEU",)]
        assert rows(work, "SELECT is_superseded, derivation IS NULL FROM documents ORDER BY 1") == [(False, False), (True, True)]
        driver.load(work, {"file:///a": old})
        assert rows(work, "SELECT title FROM articles") == [("Old",)]


def test_of_equal_files_the_first_is_loaded_and_the_others_are_duplicates(driver: Any, toy: SimpleNamespace) -> None:
    page = toy.page(toy.Entry("Same", "FRA."))
    with opened(driver) as work:
        driver.load(work, {"file:///b": page})
        driver.load(work, {"file:///c": page}, {"file:///a": page})
        assert rows(work, "SELECT source_uri, status, status_reason FROM files ORDER BY 1") == [
            ("file:///a", "loaded", None),
            ("file:///b", "duplicate", "same bytes as file:///a"),
            ("file:///c", "duplicate", "same bytes as file:///a"),
        ]
        assert rows(work, "SELECT file_name FROM documents") == [("a",)]
        assert rows(work, "SELECT n_placements FROM articles") == [(1,)]


def test_a_renamed_file_leaves_a_gone_one_and_keeps_its_text(driver: Any, toy: SimpleNamespace) -> None:
    page = toy.page(toy.Entry("Same", "FRA."))
    with opened(driver) as work:
        driver.load(work, {"file:///a": page})
        assert driver.load(work, {"file:///b": page}, gone=["file:///a"]) == [()]
        assert rows(work, "SELECT source_uri, status FROM files ORDER BY 1") == [("file:///a", "gone"), ("file:///b", "loaded")]
        assert rows(work, "SELECT file_name, is_superseded FROM documents") == [("b", False)]


def test_a_deleted_file_stays_until_it_is_pruned(driver: Any, toy: SimpleNamespace) -> None:
    with opened(driver) as work:
        driver.load(work, {"file:///a": toy.page(toy.Entry("One", "FRA.")), "file:///b": toy.page(toy.Entry("Two", LONG))})
        driver.load(work, gone=["file:///b"])
        assert len(rows(work, "FROM articles")) == 2
        driver.load(work, gone=["file:///b"], prune=True)
        assert rows(work, "SELECT title FROM articles") == [("One",)]
        assert rows(work, "SELECT count(*) FROM documents") == [(1,)]
        assert rows(work, "SELECT status, document_id FROM files WHERE source_uri = 'file:///b'") == [("gone", None)]
        for table in ("commitments", "commitment_parties", "incidents", "incident_attributions", "ministers", "minister_mentions"):
            assert rows(work, f"FROM {table}") == [], table


def test_pages_in_other_languages_are_documents_without_articles(driver: Any, toy: SimpleNamespace) -> None:
    with opened(driver) as work:
        driver.load(work, {"file:///a": toy.page(toy.Entry("Eins", "x"), language="de"), "file:///b": "not_text"})
        assert rows(work, "SELECT status, status_reason FROM files ORDER BY source_uri") == [
            ("unsupported_language", "language de"),
            ("not_text", "rejected"),
        ]
        assert rows(work, "SELECT language, layout FROM documents") == [("de", None)]
        assert rows(work, "FROM articles") == []


@pytest.mark.parametrize("main_first", [True, False])
def test_a_teaser_joins_the_one_story_of_its_title(driver: Any, toy: SimpleNamespace, main_first: bool) -> None:
    main = {"file:///m": toy.page(toy.Entry("Title", LONG))}
    teaser = {"file:///t": toy.page(toy.Entry("Other", "x."), toy.Entry("Title", "President Ann.", "related"))}
    with opened(driver) as work:
        for batch in (main, teaser) if main_first else (teaser, main):
            driver.load(work, batch)
        assert rows(work, "SELECT title, n_placements, is_teaser_only, body FROM articles ORDER BY title") == [
            ("Other", 1, False, "x."),
            ("Title", 2, False, LONG),
        ]


def test_without_its_story_a_teaser_is_derived_again(driver: Any, toy: SimpleNamespace) -> None:
    teaser_page = toy.page(toy.Entry("Title", "President Ann.", "related"))
    with opened(driver) as work:
        driver.load(work, {"file:///m": toy.page(toy.Entry("Title", LONG)), "file:///t": teaser_page})
        asked = driver.load(work, gone=["file:///m"], prune=True)
        assert asked == [(teaser_page.document_id,), ()]
        assert rows(work, "SELECT body, is_teaser_only FROM articles") == [("President Ann.", True)]


def test_a_teaser_whose_title_two_stories_bear_stands_alone(driver: Any, toy: SimpleNamespace) -> None:
    with opened(driver) as work:
        for n, entry in enumerate([toy.Entry("Title", "One."), toy.Entry("Title", "Two."), toy.Entry("Title", "Tea.", "popular")]):
            driver.load(work, {f"file:///{n}": toy.page(entry)})
        assert rows(work, "SELECT count(*) FROM articles") == [(3,)]


def test_two_teasers_of_a_title_are_one_story_and_the_fuller_names_it(driver: Any, toy: SimpleNamespace) -> None:
    with opened(driver) as work:
        driver.load(work, {"file:///1": toy.page(toy.Entry("Title", "Short.", "popular"))})
        driver.load(work, {"file:///2": toy.page(toy.Entry("Title", "A bit longer.", "related"), toy.Entry("Title", "", "related"))})
        # Three keys (two bodies and none): nobody joins anybody.
        assert rows(work, "SELECT count(*) FROM articles") == [(3,)]
        driver.load(work, {"file:///2": toy.page(toy.Entry("Title", "A bit longer.", "related"))})
        assert rows(work, "SELECT article_id, body FROM articles") == [(toy.hashed("Title", "A bit longer."), "A bit longer.")]


def test_a_longer_version_replaces_a_shorter_and_its_loss_brings_the_shorter_back(driver: Any, toy: SimpleNamespace) -> None:
    start = "President Ann Bell of FRA pledged help to DEU and a number of other things to all."
    short, long = toy.page(toy.Entry("T", start)), toy.page(toy.Entry("T", f"{start} JPN attacked."))
    with opened(driver) as work:
        driver.load(work, {"file:///l": long})
        driver.load(work, {"file:///s": short})
        assert rows(work, "SELECT body, n_placements FROM articles") == [(f"{start} JPN attacked.", 2)]
        assert len(rows(work, "FROM incidents")) == 1
        asked = driver.load(work, gone=["file:///l"], prune=True)
        assert asked == [(short.document_id,), ()]
        assert rows(work, "SELECT body, n_placements FROM articles") == [(start, 1)]
        assert rows(work, "FROM incidents") == []


def test_a_day_given_beside_the_text_by_another_file_derives_it_again(driver: Any, toy: SimpleNamespace) -> None:
    entry, day = toy.Entry("T", "FRA."), date(2024, 5, 1)
    with opened(driver) as work:
        driver.load(work, {"file:///b": toy.page(entry)})
        driver.load(work, {"file:///c": toy.page(entry, published_on=day)})
        assert rows(work, "SELECT published_from FROM articles") == [(day,)]
        asked = driver.load(work, gone=["file:///c"], prune=True)
        assert len(asked) == 2
        assert rows(work, "SELECT published_from FROM articles") == [(None,)]


def test_other_rules_make_everything_stale(driver: Any, toy: SimpleNamespace) -> None:
    first, second = toy.page(toy.Entry("One", "FRA.")), toy.page(toy.Entry("Two", "DEU."))
    with opened(driver) as work:
        driver.load(work, {"file:///a": first, "file:///b": second})
        assert work.stale("r1") == ()
        assert work.stale("r2") == tuple(sorted([first.document_id, second.document_id]))
        driver.load(work, rules="r2")
        assert work.stale("r2") == ()


def test_a_surname_joins_the_one_holder_of_its_rank(driver: Any, toy: SimpleNamespace) -> None:
    def directory(work: store.Work) -> list[tuple[Any, ...]]:
        return rows(work, "SELECT full_name, country_iso3, rank FROM ministers ORDER BY ALL")

    bell = ("Ann Bell", "FRA", "head_of_state")
    with opened(driver) as work:
        driver.load(work, {"file:///1": toy.page(toy.Entry("One", "President Bell pledged aid."))})
        assert directory(work) == [("Bell", None, "head_of_state")]
        driver.load(work, {"file:///2": toy.page(toy.Entry("Two", "President Ann Bell of FRA spoke."))})
        assert directory(work) == [bell]
        # The commitment of the first article follows its speaker.
        assert rows(work, "SELECT full_name FROM commitments JOIN ministers ON minister_id = speaker_minister_id") == [("Ann Bell",)]
        driver.load(work, {"file:///3": toy.page(toy.Entry("Three", "Minister Bell slept."))})
        assert directory(work) == [bell, ("Bell", None, "minister")]
        driver.load(work, {"file:///4": toy.page(toy.Entry("Four", "President Eve Bell of JPN spoke."))})
        assert [(name, iso3) for name, iso3, _ in directory(work)] == [("Ann Bell", "FRA"), ("Bell", None), ("Eve Bell", "JPN")]
        assert rows(work, "SELECT full_name FROM commitments JOIN ministers ON minister_id = speaker_minister_id") == [("Bell",)]
        driver.load(work, gone=["file:///4"], prune=True)
        assert rows(work, "SELECT full_name FROM commitments JOIN ministers ON minister_id = speaker_minister_id") == [("Ann Bell",)]


def test_a_full_name_without_country_joins_the_only_one_with(driver: Any, toy: SimpleNamespace) -> None:
    with opened(driver) as work:
        driver.load(work, {"file:///1": toy.page(toy.Entry("One", "President Ann Bell spoke to Minister Ann Bell."))})
        driver.load(work, {"file:///2": toy.page(toy.Entry("Two", "President Ann Bell of FRA spoke."))})
        assert rows(work, "SELECT full_name, country_iso3, country_basis FROM ministers") == [("Ann Bell", "FRA", "stated")]
        driver.load(work, {"file:///3": toy.page(toy.Entry("Three", "President Ann Bell of JPN spoke."))})
        assert rows(work, "SELECT country_iso3 FROM ministers ORDER BY 1") == [("FRA",), ("JPN",), (None,)]


def test_an_article_whose_people_part_is_derived_again(driver: Any, toy: SimpleNamespace) -> None:
    both = toy.page(toy.Entry("One", "President Ann Bell of FRA pledged peace. Then President Bell pledged war."))
    with opened(driver) as work:
        driver.load(work, {"file:///1": both})
        assert rows(work, "SELECT count(*), count(DISTINCT minister_id) FROM article_ministers") == [(2, 1)]
        asked = driver.load(work, {"file:///2": toy.page(toy.Entry("Two", "President Eve Bell of JPN spoke."))})
        assert asked == [(both.document_id,), ()]
        assert rows(
            work,
            "SELECT surface, full_name FROM minister_mentions JOIN ministers USING (minister_id) ORDER BY ALL",
        ) == [("Ann Bell", "Ann Bell"), ("Bell", "Bell"), ("Eve Bell", "Eve Bell")]


def test_rows_that_break_an_invariant_are_not_loaded(driver: Any, toy: SimpleNamespace) -> None:
    with opened(driver) as work:
        driver.load(work, {"file:///1": toy.page(toy.Entry("One", "FRA."))})
        work.con.execute("DELETE FROM main.countries WHERE iso3 = 'DEU'")
        shard = driver.shard({"file:///2": toy.page(toy.Entry("Two", "DEU."))})
        with pytest.raises(CheckError, match="reference: country_mentions: 1 rows, such as iso3, DEU"):
            work.load([shard], [], False, driver.run_info(), "r1")
        assert rows(work, "SELECT title FROM articles") == [("One",)]
        assert rows(work, "SELECT count(*) FROM files") == [(1,)]


@pytest.mark.parametrize("damage", ["truncated", "flipped", "missing", "unlisted"])
def test_a_damaged_shard_is_refused(driver: Any, toy: SimpleNamespace, damage: str) -> None:
    shard = driver.shard({"file:///1": toy.page(toy.Entry("One", "FRA."))})
    path: Path = shard / "articles.parquet"
    content = path.read_bytes()
    if damage == "truncated":
        path.write_bytes(content[: len(content) // 2])
    elif damage == "flipped":
        path.write_bytes(content[:40] + bytes([content[40] ^ 1]) + content[41:])
    elif damage == "missing":
        path.unlink()
    else:
        (shard / "shard.json").unlink()
    with opened(driver) as work:
        with pytest.raises(WarehouseError, match="damaged shard"):
            work.load([shard], [], False, driver.run_info(), "r1")
        assert rows(work, "FROM files") == []
