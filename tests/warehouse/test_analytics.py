"""Each view and macro on a few rows written down here, table by table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import duckdb
import pytest

from schemas.derive import contract
from warehouse import analytics, tables

Ask = Callable[..., list[tuple[Any, ...]]]
DAY = {"made_from": date(2025, 3, 4)}
RUNS = {"r1": datetime(2025, 1, 1), "r2": datetime(2025, 1, 2)}


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    """Answers to SQL on a warehouse in memory.

    Story A of 1 March, with two pages, one of which came with the second run: two states agree, one pledges to the other. Story B, undated, of the
    second run: an incident that one state and an unnamed one lay at another's door."""
    con = duckdb.connect()
    con.execute("ATTACH ':memory:' AS warehouse")
    con.execute("USE warehouse")
    tables.create(con)
    tables.create_views(con)

    def add(table: str, **values: Any) -> None:
        needed = {c.name: _filler(c.sql_type) for c in contract(table).columns if not c.nullable}
        row = {**needed, **values}
        con.execute(f"INSERT INTO main.{table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))

    for iso3, name in (("CHL", "Chile"), ("DEU", "Germany"), ("RUS", "Russia"), ("VNM", "Vietnam"), ("XKX", "Kosovo")):
        add("countries", iso3=iso3, name=name)
    for run, day in RUNS.items():
        con.execute("INSERT INTO main.runs VALUES (?, ?, ?, '1', 'r', 1, 1, map(['articles'], [1]))", [run, day, day])
    for file, document, run in (("f1", "d1", "r1"), ("f2", "d2", "r2"), ("f3", "d3", "r2")):
        add(
            "files",
            file_id=file,
            source_uri=f"file:///{file}",
            document_id=document,
            status="loaded",
            size_bytes=10,
            first_run_id=run,
            last_run_id=run,
        )
    a = {"article_id": "A", "version_id": "vA"}
    b = {"article_id": "B", "version_id": "vB"}
    add("articles", **a, title="Pact", publishers=["Wire", "Post"], published_from=date(2025, 3, 1), mentioned_iso3=["CHL", "DEU", "VNM"])
    add("articles", **b, title="Hack", is_teaser_only=True, mentioned_iso3=["DEU", "RUS"])
    for document, position, story in (("d1", 0, a), ("d2", 0, a), ("d3", 0, b)):
        add("article_placements", document_id=document, position=position, **story)
    for story, iso3, start in (("A", "CHL", 0), ("A", "VNM", 9), ("A", "VNM", 20), ("A", "DEU", 30), ("B", "RUS", 0), ("B", "DEU", 9)):
        add("country_mentions", article_id=story, iso3=iso3, start_char=start)
    add("ministers", minister_id="m", full_name="Ann Bell", country_iso3="CHL", office="Trade Minister")
    add("article_ministers", article_id="A", person_key="p", minister_id="m", n_mentions=2)
    both: dict[str, Any] = {"actors": ["CHL", "VNM"], "actor_iso3": ["CHL", "VNM"]}
    add(
        "commitments",
        commitment_id="c1",
        article_id="A",
        quote="They agree.",
        speech_act="agree",
        stage="agreed",
        firmness="firm",
        topics=["trade", "energy"],
        **both,
        **DAY,
    )
    one: dict[str, Any] = {"actors": ["CHL"], "actor_iso3": ["CHL"], "recipients": ["VNM", "farmers"], "recipient_iso3": ["VNM"]}
    add(
        "commitments",
        commitment_id="c2",
        article_id="A",
        quote="She refuses.",
        speech_act="refuse",
        stage="refused",
        firmness="soft",
        is_negated=True,
        topics=["trade"],
        speaker_minister_id="m",
        **one,
    )
    sides: dict[str, Any] = {"perpetrators": ["RUS"], "perpetrator_iso3": ["RUS"], "targets": ["DEU", "a bank"], "target_iso3": ["DEU"]}
    add(
        "incidents",
        incident_id="i1",
        article_id="B",
        quote="It was hacked.",
        incident_type="cyberattack",
        realis="actual",
        occurred_from=date(2024, 8, 1),
        **sides,
    )
    add(
        "incident_attributions",
        attribution_id="t1",
        incident_id="i1",
        attributing_iso3="DEU",
        attributed_iso3="RUS",
        stance="asserted",
        start_char=5,
        quote="It was.",
    )
    add("incident_attributions", attribution_id="t2", incident_id="i1", attributed_iso3="RUS", stance="hedged", start_char=0, quote="It may be.")

    def answer(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        return con.execute(sql, list(parameters)).fetchall()

    yield answer
    con.close()


def _filler(sql_type: str) -> Any:
    return [] if sql_type.endswith("[]") else {"VARCHAR": "", "BOOLEAN": False, "INTEGER": 0, "BIGINT": 0, "DOUBLE": 0.0}[sql_type]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("SELECT commitment_id, title, actors, recipients, speaker, dated_on FROM analytics.commitment_ledger ORDER BY 1",
         [("c1", "Pact", ["CHL", "VNM"], [], None, date(2025, 3, 4)), ("c2", "Pact", ["CHL"], ["VNM", "farmers"], "Ann Bell", date(2025, 3, 1))]),
        ("SELECT incident_id, perpetrators, targets, dated_on, list_transform(attributions, lambda x: [x.attributing, x.attributed, x.stance]) "
         "FROM analytics.incident_ledger",
         [("i1", ["RUS"], ["DEU", "a bank"], date(2024, 8, 1), [[None, "RUS", "hedged"], ["DEU", "RUS", "asserted"]])]),
        ("FROM analytics.attribution_matrix ORDER BY ALL",
         [("(nobody named)", "RUS", 0, 1, 0, 0, 1, 1), ("DEU", "RUS", 1, 0, 0, 0, 1, 1)]),
        ("FROM analytics.attributed_incidents ORDER BY stance",
         [("RUS", "asserted", "cyberattack", 1, 1, ["DEU"], date(2024, 8, 1), date(2024, 8, 1)),
          ("RUS", "hedged", "cyberattack", 1, 1, [], date(2024, 8, 1), date(2024, 8, 1))]),
        ("FROM analytics.commitments_monthly ORDER BY ALL",
         [(date(2025, 3, 1), "energy", "CHL", None, 1, 0, 1), (date(2025, 3, 1), "energy", "VNM", None, 1, 0, 1),
          (date(2025, 3, 1), "trade", "CHL", "VNM", 1, 1, 0), (date(2025, 3, 1), "trade", "CHL", None, 1, 0, 1),
          (date(2025, 3, 1), "trade", "VNM", None, 1, 0, 1)]),
        ("SELECT * EXCLUDE (article_id) FROM analytics.pair_timeline ORDER BY evidence_id",
         [(date(2025, 3, 4), "CHL", "VNM", "together", "commitment", "agree", "agreed", "c1"),
          (date(2025, 3, 1), "CHL", "VNM", "towards", "commitment", "refuse", "refused", "c2"),
          (date(2024, 8, 1), "RUS", "DEU", "towards", "incident", "cyberattack", "actual", "i1"),
          (date(2024, 8, 1), "DEU", "RUS", "towards", "attribution", "cyberattack", "asserted", "t1")]),
        ("SELECT dated_on, direction, kind, what, status, quote, title, evidence_id FROM analytics.between('VNM', 'CHL')",
         [(date(2025, 3, 1), "CHL to VNM", "commitment", "refuse", "refused", "She refuses.", "Pact", "c2"),
          (date(2025, 3, 4), "VNM and CHL", "commitment", "agree", "agreed", "They agree.", "Pact", "c1")]),
        ("SELECT direction, kind, evidence_id FROM analytics.between('DEU', 'RUS')",
         [("DEU to RUS", "attribution", "t1"), ("RUS to DEU", "incident", "i1")]),
        ("FROM analytics.between('DEU', 'VNM')", []),
        ("SELECT * EXCLUDE (name, un_region) FROM analytics.country_activity ORDER BY iso3",
         [("CHL", 1, 1, 2, 0, 0, 0, 0), ("DEU", 2, 2, 0, 0, 0, 1, 0), ("RUS", 1, 1, 0, 0, 1, 0, 2), ("VNM", 1, 2, 1, 1, 0, 0, 0)]),
        ("FROM analytics.country_network ORDER BY ALL",
         [("CHL", "DEU", "Chile", "Germany", 1), ("CHL", "VNM", "Chile", "Vietnam", 1), ("DEU", "RUS", "Germany", "Russia", 1),
          ("DEU", "VNM", "Germany", "Vietnam", 1)]),
        ("SELECT full_name, of, articles, mentions, commitments_spoken, first_published FROM analytics.minister_directory",
         [("Ann Bell", "Chile", 1, 2, 1, date(2025, 3, 1))]),
        ("FROM analytics.publisher_activity ORDER BY publisher",
         [("(none named)", 1, 1, 0, 1, None, None), ("Post", 1, 0, 2, 0, date(2025, 3, 1), date(2025, 3, 1)),
          ("Wire", 1, 0, 2, 0, date(2025, 3, 1), date(2025, 3, 1))]),
        ("FROM analytics.file_status", [("loaded", 3, 30, None, "file:///f1")]),
        ("SELECT number, run_id, articles, commitments FROM analytics.run_history ORDER BY 1", [(1, "r1", 1, None), (2, "r2", 1, None)]),
        # The page that the second run brought shows story A again: only B is new.
        ("SELECT kind, title, what, who, towards, evidence_id FROM analytics.new_since(1)",
         [("article", "Hack", None, [], [], "B"), ("incident", "Hack", "cyberattack", ["RUS"], ["DEU", "a bank"], "i1")]),
        ("SELECT evidence_id FROM analytics.new_since('r1')", [("B",), ("i1",)]),
        ("FROM analytics.new_since(2)", []),
        ("SELECT kind, evidence_id FROM analytics.new_since(0)",
         [("article", "A"), ("article", "B"), ("commitment", "c1"), ("commitment", "c2"), ("incident", "i1")]),
        ("SELECT kind, quote, title, source_uri FROM analytics.evidence('t2')", [("attribution", "It may be.", "Hack", "file:///f3")]),
    ],
)  # fmt: skip
def test_known_rows(ask: Ask, question: str, answer: list[tuple[Any, ...]]) -> None:
    assert ask(question) == answer


def test_a_run_that_does_not_exist_is_no_empty_answer(ask: Ask) -> None:
    with pytest.raises(duckdb.Error, match="no such run"):
        ask("FROM analytics.new_since(7)")


def test_every_column_of_every_view_has_a_comment(ask: Ask) -> None:
    rows = ask("SELECT table_name, column_name, comment FROM duckdb_columns() WHERE schema_name = 'analytics'")
    assert {view for view, _, _ in rows} == set(analytics.views())
    assert [row[:2] for row in rows if not row[2]] == []


def test_a_column_taken_over_has_the_comment_of_the_table_it_is_taken_from(ask: Ask) -> None:
    for view, table, column in (
        ("country_activity", "countries", "name"),
        ("incident_ledger", "incidents", "name"),
        ("incident_ledger", "incidents", "quote"),
        ("minister_directory", "ministers", "full_name"),
    ):
        found = ask(f"SELECT comment FROM duckdb_columns() WHERE table_name IN ('{view}', '{table}') AND column_name = '{column}'")
        assert len(found) == 2, (view, column)
        assert found[0] == found[1], (view, column)


@pytest.mark.parametrize("view", analytics.views())
def test_what_sorts_a_view_is_what_its_first_line_says(ask: Ask, view: str) -> None:
    found = analytics.views()[view]
    if not found.order:
        assert view == "run_history"
        return
    rows = ask(f"SELECT {', '.join(found.order)} FROM analytics.{view}")
    assert rows
    assert len(set(rows)) == len(rows)
    assert not found.has_key or not any(None in row for row in rows)
