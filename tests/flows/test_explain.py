"""`communique explain`: each mention, commitment and incident of a page is marked in place, with the rule that found it."""

from __future__ import annotations

import io
from pathlib import Path

import polars as pl
import pytest
from rich.console import Console

from flows.batches import derive, lexicon
from flows.explain import explain
from warehouse import landing, reference

PAGES = tuple(sorted((Path(__file__).parents[2] / "seeds" / "articles").glob("*.txt")))


def explained(*paths: Path) -> tuple[int, str]:
    """What is printed, with every white space a single blank: lines are wrapped."""
    out = io.StringIO()
    pages = explain(paths, Console(file=out, width=200, color_system=None, highlight=False))
    return pages, " ".join(out.getvalue().split())


@pytest.fixture(scope="module")
def printed() -> tuple[int, str]:
    return explained(*PAGES)


@pytest.fixture(scope="module")
def frames(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pl.DataFrame]:
    [manifest] = landing.write_batches(landing.discover(PAGES), tmp_path_factory.mktemp("batches"))
    _, documents = landing.read(manifest)
    return derive(documents, lexicon(reference.REFERENCE_FOLDER))[0]


def test_every_page_and_story_is_shown(printed: tuple[int, str], frames: dict[str, pl.DataFrame]) -> None:
    pages, text = printed
    assert pages == len(PAGES) > 3
    assert all(path.name in text for path in PAGES)
    titles = frames["articles"]["title"].to_list()
    assert [title for title in titles if " ".join(title.split()) not in text] == []


def test_mentions_are_marked_in_place(printed: tuple[int, str], frames: dict[str, pl.DataFrame]) -> None:
    named = frames["country_mentions"].filter(field="body")
    wanted = {f"{surface}‹{iso3} {kind}›" for surface, iso3, kind in named.select("surface", "iso3", "mention_type").iter_rows()}
    people = (
        frames["minister_mentions"]
        .filter(field="body")
        .join(
            frames["article_ministers"].select("article_id", "full_name", "country_iso3", "organisation", minister_id="person_key"),
            on=["article_id", "minister_id"],
        )
    )
    for row in people.iter_rows(named=True):
        office = f", {row['office']}" if row["office"] else ""
        wanted.add(f"{row['surface']}‹{row['full_name']} {row['country_iso3'] or row['organisation'] or '?'}{office}›")
    assert len(wanted) > 20
    assert [mark for mark in sorted(wanted) if " ".join(mark.split()) not in printed[1]] == []


@pytest.mark.parametrize("kind", ["commitment", "incident"])
def test_each_commitment_and_incident_names_its_rule(kind: str, printed: tuple[int, str], frames: dict[str, pl.DataFrame]) -> None:
    rules = frames[f"{kind}s"].get_column("rule_id").to_list()
    assert len(rules) > 3
    assert {rule: printed[1].count(f"{kind} by rule {rule}:") for rule in rules} == {rule: rules.count(rule) for rule in rules}


def test_who_blames_whom(printed: tuple[int, str], frames: dict[str, pl.DataFrame]) -> None:
    blames = frames["incident_attributions"]
    assert len(blames) > 3
    assert printed[1].count(" blames ") >= len(blames)
    assert f"blames {blames['attributed_name'][0]}: {blames['stance'][0]}" in printed[1]


def test_a_file_that_is_no_text_says_so(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(bytes(range(256)) * 20)
    pages, text = explained(tmp_path)
    assert pages == 0
    assert "x.txt: not_text" in text
