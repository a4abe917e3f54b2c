"""Dates as EDTF. (thin first version)"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

import polars as pl

from transforms.lexicon import Lexicon

MONTHS = {m: i for i, m in enumerate("january february march april may june july august september october november december".split(), 1)}
_M = "(January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
_FORMS = [
    re.compile(rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<m>{_M})\.?,?(?:\s(?P<y>\d{{4}}))?"),
    re.compile(rf"(?P<m>{_M})\.?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s(?P<y>\d{{4}}))?"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})"),
    re.compile(r"\b(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4})"),
    re.compile(rf"(?P<m>{_M})\s(?P<y>\d{{4}})"),
]
_CUE = rf"\b{_M}\b|\b(?:19|20)\d\d\b"
SCHEMA = {"edtf": pl.String, "from": pl.Date, "to": pl.Date, "basis": pl.String, "text": pl.String, "conflict": pl.Boolean}


def _parse(text: str) -> list[tuple[int, int, str, date | None, date | None]]:
    out = []
    taken: list[tuple[int, int]] = []
    for form in _FORMS:
        for x in form.finditer(text):
            if any(x.start() < b and a < x.end() for a, b in taken):
                continue
            g = x.groupdict()
            m = int(g["m"]) if g["m"].isdigit() else next(v for k, v in MONTHS.items() if k.startswith(g["m"].lower()[:3]))
            y, d = int(g["y"]) if g.get("y") else None, int(g["d"]) if g.get("d") else None
            if not 1 <= m <= 12 or (d is not None and not 1 <= d <= 31):
                continue
            if y and d:
                try:
                    day = date(y, m, d)
                except ValueError:
                    continue
                out.append((x.start(), x.end(), f"{y:04}-{m:02}-{d:02}", day, day))
            elif y:
                out.append((x.start(), x.end(), f"{y:04}-{m:02}", date(y, m, 1), date(y, m, monthrange(y, m)[1])))
            else:
                out.append((x.start(), x.end(), f"XXXX-{m:02}-{d:02}", None, None))
            taken.append((x.start(), x.end()))
    for x in re.finditer(r"\b(?:since|in|by)\s((?:19|20)\d\d)\b", text):
        if not any(x.start() < b and a < x.end() for a, b in taken):
            y = int(x[1])
            since = x[0].startswith("since")
            out.append((x.start(1), x.end(1), f"{y}/.." if since else str(y), date(y, 1, 1), None if since else date(y, 12, 31)))
    return sorted(out)


def publication_date(lines: pl.Series, lexicon: Lexicon) -> pl.DataFrame:  # noqa: ARG001
    rows = []
    for text in lines.to_list():
        found = _parse(text) if text else []
        rows.append((found[0][2], found[0][3], found[0][4], "stated", text, None) if found else (None, None, None, "none", None, None))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def find(sentences: pl.DataFrame, articles: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:  # noqa: ARG001
    rows = []
    for article_id, field, start, text in sentences.filter(pl.col("text").str.contains(_CUE)).select("article_id", "field", "start_char", "text").iter_rows():
        for a, b, edtf, lo, hi in _parse(text):
            before = text[max(0, a - 12) : a].lower()
            relation = next((w for w in ("since", "until", "by", "before", "after", "from", "in", "on") if re.search(rf"\b{w}\s(?:the\s)?$", before)), "on")
            rows.append((article_id, field, start + a, start + b, text[a:b], edtf, lo, hi, "stated", None, relation))
    schema = {"article_id": pl.String, "field": pl.String, "start_char": pl.Int32, "end_char": pl.Int32, "text": pl.String, "edtf": pl.String, "from": pl.Date, "to": pl.Date, "basis": pl.String, "conflict": pl.Boolean, "relation": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row").sort("article_id", "field", "start_char")
