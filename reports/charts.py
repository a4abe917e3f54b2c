"""The report's charts as inline SVG. Only figures and names of countries go in, never text of an article.

Colours stand for roles: altair knows no CSS variables, so each is a placeholder that the SVG gets replaced by `var(--role)`, and the page's style decides,
in light and dark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt
import polars as pl
import vl_convert
from markupsafe import Markup

from reports.content import Content, Row

ROLES = {
    "#000001": "ink",
    "#000002": "muted",
    "#000003": "rule",
    "#000004": "commitment",
    "#000005": "incident",
    "#000006": "attribution",
    "#000007": "paper",
}
INK, MUTED, RULE, COMMITMENT, INCIDENT, ATTRIBUTION, PAPER = ROLES
WIDTH = 350
FONT = "Arial, sans-serif"
MONTHS = 24
COUNTRIES = 10
BLAMED = 8


@dataclass(frozen=True)
class Chart:
    """`svg` with `title` and `note` around it; `alternative` says in a sentence what it shows, `head` and `rows` say it in figures."""

    title: str
    note: str
    alternative: str
    svg: Markup
    head: Sequence[str]
    rows: Sequence[Sequence[Any]]


def charts(content: Content) -> list[Chart]:
    """The charts that there are figures for: by month, by country, who blames whom."""
    return [chart for chart in (_by_month(content.months), _by_country(content.countries), _blame(content.blame)) if chart]


def _by_month(rows: list[Row]) -> Chart | None:
    dated = {row["month"]: row for row in rows if row["month"]}
    if not dated:
        return None
    months = _months(min(dated), max(dated))
    counts = [(month, dated.get(month, {}).get("commitments", 0), dated.get(month, {}).get("incidents", 0)) for month in months]
    frame = pl.DataFrame(
        [
            {"month": f"{month:%Y-%m}", "kind": kind, "n": n}
            for month, commitments, incidents in counts
            for kind, n in (("commitments", commitments), ("incidents", incidents))
        ]
    )
    step = -(-len(months) // 6)
    labels = [f"{month:%Y-%m}" for month in months[::step]]

    def panel(kind: str, color: str, axis: alt.Axis | None) -> Any:
        return (
            alt.Chart(
                frame.filter(pl.col("kind") == kind), title=alt.TitleParams(kind, anchor="start", frame="group", fontSize=12, color=INK, offset=4)
            )
            .mark_bar(color=color)
            .encode(
                x=alt.X("month:O", axis=axis, scale=alt.Scale(paddingInner=0.25)),
                y=alt.Y("n:Q", title=None, axis=alt.Axis(values=_ticks(frame.filter(pl.col("kind") == kind)["n"].max()), format="d")),
            )
            .properties(width=WIDTH - 40, height=84)
        )

    below = alt.Axis(values=labels, title=None, labelAngle=0, labelPadding=6, ticks=False)
    without = sum(row["commitments"] + row["incidents"] for row in rows if row["month"] not in months)
    older = f", or before {months[0]:%Y-%m}," if min(dated) < months[0] else ""
    top = max(counts, key=lambda row: row[1] + row[2])
    return Chart(
        "By month",
        "Dated by what the sentence says, or else by publication" + (f"; {without:,} without a month{older} are not drawn." if without else "."),
        f"Bars of commitments and incidents by month, {months[0]:%B %Y} to {months[-1]:%B %Y}. "
        f"Most in {top[0]:%B %Y}: {top[1]:,} commitments, {top[2]:,} incidents.",
        _svg(alt.vconcat(panel("commitments", COMMITMENT, None), panel("incidents", INCIDENT, below), spacing=14)),
        ("Month", "Commitments", "Incidents"),
        [(f"{month:%Y-%m}", commitments, incidents) for month, commitments, incidents in counts],
    )


def _months(first: date, last: date) -> list[date]:
    n = min(MONTHS, (last.year - first.year) * 12 + last.month - first.month + 1)
    end = last.year * 12 + last.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(end - n + 1, end + 1)]


def _by_country(rows: list[Row]) -> Chart | None:
    busy = sorted(rows, key=lambda row: (-row["commitments_made"], -row["commitments_received"], row["name"]))[:COUNTRIES]
    busy = [row for row in busy if row["commitments_made"] + row["commitments_received"]]
    if not busy:
        return None
    frame = pl.DataFrame(
        [
            {"country": row["name"], "role": role, "n": row[column]}
            for row in busy
            for role, column in (("made", "commitments_made"), ("received", "commitments_received"))
        ]
    )
    scale = alt.Scale(domain=["made", "received"], range=[COMMITMENT, MUTED])
    chart = (
        alt.Chart(frame)
        .mark_bar()
        .encode(
            y=alt.Y("country:N", sort=[row["name"] for row in busy], title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=130)),
            yOffset=alt.YOffset("role:N", scale=alt.Scale(paddingInner=0.1)),
            x=alt.X("n:Q", title=None, axis=alt.Axis(values=_ticks(frame["n"].max()), format="d")),
            color=alt.Color("role:N", scale=scale, legend=alt.Legend(title=None, orient="top", offset=4)),
        )
        .properties(width=WIDTH - 120, height=21 * len(busy))
    )
    first = busy[0]
    return Chart(
        "Commitments by country",
        f"The {len(busy)} countries that undertake most.",
        f"Bars of commitments made and received, for {len(busy)} countries. {first['name']} made most, {first['commitments_made']:,}, "
        f"and received {first['commitments_received']:,}.",
        _svg(chart),
        ("Country", "Made", "Received"),
        [(row["name"], row["commitments_made"], row["commitments_received"]) for row in busy],
    )


def _blame(rows: list[Row]) -> Chart | None:
    if not rows:
        return None
    blaming, blamed = Counter[str](), Counter[str]()
    for row in rows:
        blaming[row["attributing"]] += row["n"]
        blamed[row["attributed"]] += row["n"]
    down, across = _most(blaming), _most(blamed)
    cells = [row for row in rows if row["attributing"] in down and row["attributed"] in across]
    base = alt.Chart(pl.DataFrame(cells, schema=["attributing", "attributed", "n"])).encode(
        x=alt.X("attributed:N", sort=across, title="is blamed", axis=alt.Axis(labelAngle=-40, ticks=False, domain=False, labelLimit=80)),
        y=alt.Y("attributing:N", sort=down, title="blames", axis=alt.Axis(ticks=False, domain=False, labelLimit=110)),
    )
    most = max(row["n"] for row in cells)
    shade = alt.Opacity("n:Q", scale=alt.Scale(domain=[0, most], range=[0.1, 0.6]), legend=None)
    boxes = base.mark_rect(color=ATTRIBUTION, stroke=PAPER, strokeWidth=2).encode(opacity=shade)
    figures = base.mark_text(color=INK, fontSize=12).encode(text="n:Q")
    side = min(30, (WIDTH - 140) // len(across))
    top = cells[0]
    others = sum(row["n"] for row in rows) - sum(row["n"] for row in cells)
    return Chart(
        "Who blames whom",
        "Attributions between countries, asserted, hedged or contested" + (f"; {others:,} between others are not drawn." if others else "."),
        f"Matrix of {len(down)} countries that blame and {len(across)} that are blamed. Most often {top['attributing']} blames {top['attributed']}: {top['n']:,}.",
        _svg(alt.layer(boxes, figures).properties(width=side * len(across), height=side * len(down))),
        ("Blames", "Is blamed", "Attributions"),
        [(row["attributing"], row["attributed"], row["n"]) for row in cells],
    )


def _most(counts: Counter[str]) -> list[str]:
    return sorted(counts, key=lambda name: (-counts[name], name))[:BLAMED]


def _ticks(top: Any) -> list[int]:
    """Whole numbers from 0 to at least `top`, three or four of them."""
    step = next(step for power in range(12) for step in (10**power, 2 * 10**power, 5 * 10**power) if step * 3 >= top)
    return list(range(0, top + step, step))


def _svg(chart: alt.TopLevelMixin) -> Markup:
    styled = (
        chart.configure(aria=False, font=FONT, background="transparent", padding={"left": 8, "right": 4, "top": 4, "bottom": 4})
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=MUTED, titleColor=MUTED, titleFontWeight="normal", gridColor=RULE, domainColor=RULE, tickColor=RULE, labelFontSize=11
        )
        .configure_legend(labelColor=INK, labelFontSize=11)
    )
    svg = vl_convert.vegalite_to_svg(styled.to_dict())
    for placeholder, role in ROLES.items():
        svg = svg.replace(f'"{placeholder}"', f'"var(--{role})"')
    # A drawing that nobody reads aloud: the page says what it shows.
    return Markup(svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))
