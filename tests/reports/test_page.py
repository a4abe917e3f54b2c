"""The file: complete, the same twice, and nothing but what it says."""

from __future__ import annotations

import base64
import re
from dataclasses import fields, replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from flows import cli
from reports.content import Content, Party, read
from reports.page import render, write
from warehouse.query import sql

HOSTILE = "</script></title><img src=x onerror=alert(1)>\"'><style>*{}</style>{{ 7*7 }}<a href=javascript:alert(1)>&amp;\u2028\u202e"
FIXED = re.compile(r"^(id|iso3|article_id|incident_id|key|kind|number|month|.*_iso3|role|country)$")

FIGURES = {
    "commitments_made": "made",
    "commitments_received": "received",
    "incidents_as_perpetrator": "perpetrator",
    "incidents_as_target": "target",
    "times_blamed": "blamed",
}


@pytest.fixture(scope="module")
def content(two_publications: Path) -> Content:
    return read(two_publications, 1000)


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_every_row_leads_to_its_evidence(content: Content) -> None:
    tags = Tags(render(content)).found
    ids = [values["id"] for _, values in tags if values.get("id")]
    assert len(ids) == len(set(ids))
    assert {values["href"][1:] for tag, values in tags if tag == "a" and (values["href"] or "").startswith("#")} <= set(ids)
    rows = [*content.commitments, *content.incidents, *content.attributions]
    assert len(rows) > 40
    assert {f"{prefix}-{row['id']}" for prefix in "rqn" for row in rows} <= set(ids)


def test_every_figure_of_a_country_or_office_holder_has_its_rows(content: Content) -> None:
    tags = Tags(render(content)).found
    ledgers = [values for tag, values in tags if tag == "tr"]
    figures = [values["data-set"].partition("=") for tag, values in tags if tag == "a" and "=" in (values.get("data-set") or "")]
    found = {(column, value): sum(value in (row.get(f"data-{column}") or "").split() for row in ledgers) for column, _, value in figures}
    expected = {("speaker", row["id"]): row["commitments_spoken"] for row in content.ministers if row["commitments_spoken"]}
    expected |= {(column, row["id"]): row[figure] for row in content.countries for figure, column in FIGURES.items() if row[figure]}
    assert len(expected) > 30
    assert {key: n for key, n in found.items() if key[0] != "country"} == expected


def test_what_came_last_is_new_and_stands_first(two_publications: Path, content: Content) -> None:
    titles = [row["title"] for row in content.articles if row["is_new"]]
    assert sorted(titles) == [
        "Berlin blames Moscow for attack on air traffic control",  # a teaser on the page that came last
        "Washington, Seoul and Tokyo promise joint work on chips and clean energy",
    ]
    assert [row["title"] for row in content.articles[:2]] == titles
    assert content.totals["new_articles"] == 2
    _, since = sql(two_publications, "SELECT evidence_id FROM analytics.new_since(1)")
    new = {row["id"] for rows in (content.articles, content.commitments, content.incidents) for row in rows if row["is_new"]}
    assert new == {row[0] for row in since}
    assert content.totals["new_commitments"] == sum(row["is_new"] for row in content.commitments) > 0
    assert "2 articles came with the last publication" in render(content)


def test_the_newest_articles_only_and_the_report_says_so(two_publications: Path, content: Content) -> None:
    few = read(two_publications, 2)
    assert [row["id"] for row in few.articles] == [row["id"] for row in content.articles[:2]]
    assert {row["article_id"] for row in [*few.commitments, *few.incidents, *few.attributions]} <= {row["id"] for row in few.articles}
    assert few.totals == content.totals
    html = render(few)
    assert "This report holds the newest 2 of 20 articles" in html
    assert f"{len(few.commitments)} of {content.totals['commitments']} commitments: those of the newest 2 articles" in html
    assert "This report holds the newest" not in render(content)


def test_the_same_warehouse_gives_the_same_bytes(two_publications: Path, content: Content, tmp_path: Path) -> None:
    path = write(two_publications, tmp_path / "out", 1000)
    assert path.read_bytes() == render(content).encode()
    assert [file.name for file in path.parent.iterdir()] == ["report.html"]


def test_nothing_in_any_column_becomes_markup(content: Content) -> None:
    """Every text of every row is replaced by a hostile one, and the page has the same elements as before, and no new kind of attribute."""

    def spoil(name: str, value: Any) -> Any:
        if isinstance(value, str) and not FIXED.match(name):
            return HOSTILE
        if isinstance(value, list):
            return [Party(HOSTILE, v.iso3) if isinstance(v, Party) else HOSTILE if name in ("publishers", "topics") else v for v in value]
        return value

    def spoil_rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{name: spoil(name, value) for name, value in row.items()} for row in rows]

    changed: dict[str, Any] = {}
    for field in fields(content):
        value = getattr(content, field.name)
        if field.name in ("articles", "commitments", "incidents", "attributions", "ministers"):
            changed[field.name] = spoil_rows(value)
        elif field.name == "mentions":
            changed[field.name] = {article: [{**row, "label": HOSTILE} for row in rows] for article, rows in value.items()}
        elif field.name == "findings":
            changed[field.name] = {article: spoil_rows(rows) for article, rows in value.items()}
    plain, spoilt = Tags(render(content)).found, Tags(render(replace(content, **changed))).found
    assert {tag for tag, _ in spoilt} <= {tag for tag, _ in plain}
    assert {name for _, values in spoilt for name in values} <= {name for _, values in plain for name in values}
    assert [tag for tag, _ in spoilt if tag in ("script", "style", "img")] == ["style", "script"]
    assert {values["href"][:1] for tag, values in spoilt if tag == "a" and values["href"]} == {"#"}  # no address of the web is left


def test_the_policy_lets_nothing_run_but_the_pages_own_script_and_style(content: Content) -> None:
    html = render(content)
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)
    hashes = {
        kind: base64.b64encode(sha256(re.findall(rf"<{kind}>(.*?)</{kind}>", html, re.DOTALL)[0].encode()).digest()).decode()
        for kind in ("style", "script")
    }
    assert policy.replace("&#39;", "'") == (
        f"default-src 'none'; style-src 'sha256-{hashes['style']}'; script-src 'sha256-{hashes['script']}'; base-uri 'none'; form-action 'none'"
    )
    assert " style=" not in html
    assert not re.search(r"<[^>]* on[a-z]+=", html)


def test_the_command_says_where_the_report_is(two_publications: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*arguments: str) -> int | str | None:
        with pytest.raises(SystemExit) as ended:
            cli.main(["report", "--warehouse", *arguments])
        return ended.value.code

    assert run(str(two_publications), "--out", str(tmp_path / "a"), "--articles", "3") == 0
    assert capsys.readouterr().out.startswith(f"{tmp_path / 'a' / 'report.html'}  0.")
    assert run(str(tmp_path / "none.duckdb"), "--out", str(tmp_path)) == 1
    assert "no warehouse at" in capsys.readouterr().err
    assert run(str(two_publications), "--out", str(two_publications)) == 1
    assert "is not a folder" in capsys.readouterr().err
