"""The report as a file: one HTML page without outside requests, the same bytes for the same warehouse."""

from __future__ import annotations

import base64
import os
from collections import Counter
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reports.charts import charts
from reports.content import Content, Row, read
from reports.dates import readable
from reports.marking import paragraphs
from warehouse.errors import WarehouseError

FILE_NAME = "report.html"
ARTICLES = 1000
"""Articles with their text in a report, if nothing else is asked for."""

TEMPLATES = Path(__file__).parent / "templates"


def write(warehouse: Path, out: Path, articles: int = ARTICLES) -> Path:
    """Writes `report.html` into the folder `out`, in the place of an older one at once, and gives its path.

    Raises WarehouseError, in one line, where the warehouse cannot be read or `out` is no folder."""
    html = render(read(warehouse, articles))
    if out.exists() and not out.is_dir():
        raise WarehouseError(f"{out} is not a folder; name one with --out")
    out.mkdir(parents=True, exist_ok=True)
    path, partial = out / FILE_NAME, out / f".{FILE_NAME}.{os.getpid()}"
    partial.write_text(html, encoding="utf-8")
    partial.replace(path)
    return path


def render(content: Content) -> str:
    """The page. Everything that comes from articles is escaped by Jinja2 or `markupsafe`; the policy in its head lets no other script or style run than
    its own, and nothing be fetched."""
    style, script = (TEMPLATES / "report.css").read_text(), (TEMPLATES / "report.js").read_text()
    anchored: set[str] = set()
    bodies = [paragraphs(row["body"], content.findings.get(row["id"], []), content.mentions.get(row["id"], []), anchored) for row in content.articles]
    environment = Environment(
        loader=PackageLoader("reports"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters.update(words=_words, readable=readable, iso=_iso, weblink=_weblink, money=_money)
    return environment.get_template("report.html").render(
        content=content,
        charts=charts(content),
        bodies=bodies,
        anchored=anchored,
        names=content.names,
        options=_options(content),
        style=Markup(style),
        script=Markup(script),
        policy="; ".join(
            (
                "default-src 'none'",
                f"style-src 'sha256-{_digest(style)}'",
                f"script-src 'sha256-{_digest(script)}'",
                "base-uri 'none'",
                "form-action 'none'",
            )
        ),
        version=version("communique"),
    )


def _digest(text: str) -> str:
    return base64.b64encode(sha256(text.encode()).digest()).decode()


def _options(content: Content) -> dict[str, list[tuple[str, int]]]:
    """What each ledger can be filtered by: values with their number of rows, in order of the value."""

    def count(values: Iterable[str]) -> list[tuple[str, int]]:
        return sorted(Counter(values).items())

    def each(rows: Iterable[Row], column: str) -> list[tuple[str, int]]:
        return count(value for row in rows for value in row[column])

    def one(rows: Iterable[Row], column: str) -> list[tuple[str, int]]:
        return count(row[column] for row in rows if row[column])

    return {
        "commitments.country": each(content.commitments, "countries"),
        "commitments.topic": each(content.commitments, "topics"),
        "commitments.kind": one(content.commitments, "speech_act"),
        "incidents.country": each(content.incidents, "countries"),
        "incidents.kind": one(content.incidents, "incident_type"),
        "incidents.certainty": one(content.incidents, "realis"),
        "attributions.country": each(content.attributions, "countries"),
        "attributions.stance": one(content.attributions, "stance"),
        "attributions.basis": one(content.attributions, "basis"),
        "ministers.country": one(content.ministers, "country_iso3"),
        "ministers.rank": one(content.ministers, "rank"),
        "countries.region": one(content.countries, "un_region"),
        "articles.country": each(content.articles, "countries"),
    }


def _words(value: str) -> str:
    """A value of a vocabulary as words."""
    return value.replace("non_state_state", "non-state, state").replace("non_state", "non-state").replace("_", " ")


def _iso(value: date | None) -> str:
    return value.isoformat() if value else ""


def _weblink(url: str | None) -> str | None:
    """An address that may be linked to: of the web, and nothing that a browser would run."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


def _money(value: float, currency: str | None) -> str:
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if value >= size:
            return f"{value / size:,.6g} {name} {currency or ''}".strip()
    return f"{value:,.6g} {currency or ''}".strip()
