"""The views and macros of schema `analytics`, and the questions of the command line, on known rows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from warehouse import analytics, database, query
from warehouse.errors import WarehouseError

CLI = Path(sys.executable).with_name("duckdb")
STORY = "President Ann Bell of FRA pledged help to DEU.\n\nJPN watched. Then DEU attacked.\n\nThe end."


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory, toy: SimpleNamespace) -> Path:
    driver = toy.Driver(tmp_path_factory.mktemp("views"))
    driver.build(
        {
            "file:///1": toy.page(toy.Entry("Title 1", STORY)),
            "file:///2": toy.page(toy.Entry("Title 1", "President Ann.", "related")),
            "file:///3": toy.page(toy.Entry("Eins", "x"), language="de"),
        }
    )
    return Path(driver.warehouse)


def test_the_views_have_comments(warehouse: Path) -> None:
    _, rows = query.sql(
        warehouse,
        "SELECT view_name, comment FROM duckdb_views() WHERE schema_name = 'analytics' "
        "UNION SELECT function_name, comment FROM duckdb_functions() WHERE schema_name = 'analytics' ORDER BY 1",
    )
    names = [name for name, _ in rows]
    assert names == sorted([*analytics.views(), "between", "evidence", "new_since"])
    assert len(names) == 15
    assert all(comment for _, comment in rows)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("SELECT title, actors, recipients, speaker, topics, quote FROM analytics.commitment_ledger",
         [("Title 1", ["the office-holder"], [], "Ann Bell", ["trade"], "President Ann Bell of FRA pledged help to DEU.")]),
        ("SELECT title, incident_type, perpetrators, targets, attributions[1].stance FROM analytics.incident_ledger",
         [("Title 1", "attack", ["the office-holder"], [], "asserted")]),
        ("SELECT * FROM analytics.attribution_matrix", [("FRA", "DEU", 1, 0, 0, 0, 1, 1)]),
        ("SELECT iso3, name, articles, mentions, times_blamed FROM analytics.country_activity ORDER BY iso3",
         [("DEU", "Germany", 1, 2, 1), ("FRA", "France", 1, 1, 0), ("JPN", "Japan", 1, 1, 0)]),
        ("SELECT full_name, of, rank, articles, mentions, commitments_spoken FROM analytics.minister_directory",
         [("Ann Bell", "France", "head_of_state", 1, 1, 1)]),
        ("SELECT status, files, example FROM analytics.file_status ORDER BY status",
         [("loaded", 2, "file:///1"), ("unsupported_language", 1, "file:///3")]),
    ],
)  # fmt: skip
def test_views_on_known_rows(warehouse: Path, question: str, answer: list[tuple[Any, ...]]) -> None:
    assert query.sql(warehouse, question)[1] == answer


@pytest.mark.parametrize(("table", "key", "kind"), [
    ("commitments", "commitment_id", "commitment"), ("incidents", "incident_id", "incident"),
    ("incident_attributions", "attribution_id", "attribution"),
])  # fmt: skip
def test_evidence_leads_to_sentence_paragraph_and_file(warehouse: Path, table: str, key: str, kind: str) -> None:
    (identity, quote), *_ = query.sql(warehouse, f"SELECT {key}, quote FROM main.{table}")[1]
    found = query.evidence(warehouse, identity)
    assert found is not None
    assert (found["kind"], found["title"], found["quote"], found["source_uri"]) == (kind, "Title 1", quote, "file:///1")
    start = found["start_char"] - found["paragraph_start"]
    assert quote.strip() in found["paragraph"]
    assert STORY[found["start_char"] : found["end_char"]] == quote
    assert found["paragraph"][max(start, 0) :].startswith(quote.strip()[:3]) or quote[0].isspace()


def test_there_is_no_evidence_of_nothing(warehouse: Path) -> None:
    assert query.evidence(warehouse, "0123456789abcdef") is None
    assert query.evidence(warehouse, "' OR 1=1 --") is None


def test_status_tells_of_runs_files_and_rules(warehouse: Path) -> None:
    found = query.status(warehouse)
    assert found["files"] == {"loaded": 2, "unsupported_language": 1}
    assert found["state"]["rules_version"] == "r1"
    assert [run["rules_version"] for run in found["runs"]] == ["r1"]
    assert found["rows"]["articles"] == 1


def test_the_duckdb_command_line_reads_the_views(warehouse: Path) -> None:
    if not CLI.exists():
        pytest.skip("the duckdb command line is not installed")
    done = subprocess.run(
        [CLI, "-readonly", "-csv", warehouse, "SELECT full_name FROM analytics.minister_directory"], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["full_name", "Ann", "Bell"] or done.stdout.splitlines() == ["full_name", "Ann Bell"]


@pytest.mark.parametrize(
    "hostile",
    [
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM glob('/*')",
        "COPY (SELECT 1) TO 'stolen.csv'",
        "ATTACH 'other.duckdb'",
        "EXPORT DATABASE 'stolen'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "SET autoload_known_extensions = true",
        "DELETE FROM main.articles",
        "CREATE TABLE main.t (a INTEGER)",
        "SELECT * FROM frame",
    ],
)
def test_hostile_queries_are_refused(warehouse: Path, hostile: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import polars as pl

    frame = pl.DataFrame({"secret": [1]})
    assert frame.height == 1
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    with pytest.raises(WarehouseError) as caught:
        query.sql(warehouse, hostile)
    assert "\n" not in str(caught.value)
    assert list(folder.iterdir()) == []


def test_without_a_warehouse_the_message_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="communique run makes one"):
        database.connect(tmp_path / "none.duckdb")
