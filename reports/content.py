"""What the report holds, read from a published warehouse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse import database

QUERIES = Path(__file__).parent / "queries"

Row = dict[str, Any]
"""A row of a query in `queries/`, by column name."""


@dataclass(frozen=True)
class Party:
    """Who acts or is acted upon. `label` is the country's name for a state; others keep their own, with the country behind it."""

    label: str
    iso3: str | None


@dataclass(frozen=True)
class Content:
    """All that the report shows. Ledgers (`articles`, `commitments`, `incidents`, `attributions`, `ministers`) hold the newest articles only,
    `totals`, `countries`, `months` and `blame` count all of them. `findings` and `mentions` are by article: what is marked in its body.
    `names` are those of countries by ISO code."""

    run: Row | None
    totals: Row
    articles: list[Row]
    commitments: list[Row]
    incidents: list[Row]
    attributions: list[Row]
    ministers: list[Row]
    countries: list[Row]
    months: list[Row]
    blame: list[Row]
    names: Mapping[str, str]
    findings: Mapping[str, list[Row]]
    mentions: Mapping[str, list[Row]]


def read(warehouse: Path, articles: int) -> Content:
    """The content of a report on the newest `articles` of a warehouse. Raises WarehouseError, in one line, where it cannot be read."""
    with database.connect(warehouse) as con:
        con.execute((QUERIES / "shown.sql").read_text())

        def ask(name: str) -> list[Row]:
            query = (QUERIES / f"{name}.sql").read_text()
            return _rows(con, query, {"n": articles} if "$n" in query else {})

        runs = _rows(con, "SELECT * FROM main.runs ORDER BY finished_at DESC, run_id DESC LIMIT 1", {})
        names = dict(con.execute("SELECT iso3, name FROM main.countries").fetchall())
        found = ask("articles")
        by_id = {row["id"]: row for row in found}
        parties = _parties(ask("parties"), names)
        named = {row["article_id"]: row["iso3"] for row in ask("named")}
        commitments, incidents, attributions = ask("commitments"), ask("incidents"), ask("attributions")
        for row in commitments:
            row["actors"], row["recipients"] = parties[row["id"], "actor"], parties[row["id"], "recipient"]
            row["made_by"], row["made_to"] = _codes(row["actors"]), _codes(row["recipients"])
            row["countries"] = sorted({*row["made_by"], *row["made_to"]})
        for row in incidents:
            row["perpetrators"], row["targets"] = parties[row["id"], "perpetrator"], parties[row["id"], "target"]
            row["responders"], row["location"] = parties[row["id"], "responder"], names.get(row["location_iso3"])
            row["done_by"], row["done_to"] = _codes(row["perpetrators"]), _codes(row["targets"])
            everybody = [*row["perpetrators"], *row["targets"], *row["responders"], Party("", row["location_iso3"])]
            row["countries"] = _codes(everybody)
        for row in attributions:
            row["says"] = _named(row["attributing_name"], row["attributing_iso3"], names)
            row["blamed"] = _named(row["attributed_name"], row["attributed_iso3"], names)
            row["countries"] = _codes([Party("", row["attributing_iso3"]), Party("", row["attributed_iso3"])])
        for row in [*commitments, *incidents, *attributions]:
            row["title"], row["publishers"] = by_id[row["article_id"]]["title"], by_id[row["article_id"]]["publishers"]
        for row in found:
            row["countries"] = named.get(row["id"], [])
        return Content(
            run=runs[0] if runs else None,
            totals=ask("totals")[0],
            articles=found,
            commitments=commitments,
            incidents=incidents,
            attributions=attributions,
            ministers=ask("ministers"),
            countries=ask("countries"),
            months=ask("months"),
            blame=ask("blame"),
            names=names,
            findings=_findings({"commitment": commitments, "incident": incidents, "attribution": attributions}),
            mentions=_by_article(_labelled(ask("mentions"), names)),
        )


def _rows(con: duckdb.DuckDBPyConnection, query: str, values: Mapping[str, Any]) -> list[Row]:
    result = con.execute(query, values)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _parties(rows: Iterable[Row], names: Mapping[str, str]) -> Mapping[tuple[str, str], list[Party]]:
    found: defaultdict[tuple[str, str], list[Party]] = defaultdict(list)
    for row in rows:
        country = names.get(row["iso3"]) if row["party_type"] == "state" else None
        party = Party(country or _named(row["name"], row["iso3"], names) or "", row["iso3"])
        if party not in found[row["id"], row["role"]]:
            found[row["id"], row["role"]].append(party)
    return found


def _named(name: str | None, iso3: str | None, names: Mapping[str, str]) -> str | None:
    country = names.get(iso3 or "")
    return f"{name} ({country})" if name and country and name != country else name or country


def _codes(parties: Iterable[Party]) -> list[str]:
    return sorted({party.iso3 for party in parties if party.iso3})


def _findings(ledgers: Mapping[str, list[Row]]) -> Mapping[str, list[Row]]:
    """Per article, in order of the text, each with `kind` and a `number` within its kind, so that C2 in the text is C2 beside it."""
    found = _by_article([{**row, "kind": kind} for kind, rows in ledgers.items() for row in rows])
    for rows in found.values():
        rows.sort(key=lambda row: (row["start_char"], row["end_char"], row["kind"], row["id"]))
        numbers: defaultdict[str, int] = defaultdict(int)
        for row in rows:
            numbers[row["kind"]] += 1
            row["number"] = f"{row['kind'][0].upper()}{numbers[row['kind']]}"
    return found


def _labelled(mentions: list[Row], names: Mapping[str, str]) -> list[Row]:
    """Mentions with the `label` that says who is meant: the country behind a capital, the office behind a name."""
    for row in mentions:
        row["label"] = f"{names[row['key']]} ({row['note']})" if row["kind"] == "country" else row["note"] or "office-holder"
    return mentions


def _by_article(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["article_id"]].append(row)
    return found
