"""Dates, writers and titles at the edges of a text, of which no layout knew."""

from __future__ import annotations

import re
from typing import NamedTuple

import polars as pl

from transforms.layouts.page import DATE_FORMS, DATE_LINE, DATE_SAYS, is_date_line

_HEAD = 700  # characters in which all of that stands
_SHORT = 60  # characters of a line that tells who wrote it
_MOST_SHORT = 3
_SUBTITLE = 300
_DATED = re.compile(rf"[^\n]{{0,40}}?(?:{DATE_FORMS})[^\n]{{0,50}}$", re.IGNORECASE)
_SAYS = re.compile(DATE_SAYS)
# "MEDIA RELEASE  MINISTER FOR TRADE  12 May 2003": part of the text, and yet it tells the date.
_RELEASE = re.compile(rf"(?:media|press|news) (?:release|statement)\b.{{0,120}}(?:{DATE_FORMS})$", re.IGNORECASE)
_ISSUER = re.compile(r"(?:media|press|news) (?:release|statement)\b.*\b(?:minister|secretary|president|premier)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?][”\"’')]?$")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$")
# "Harbours in brief – Wednesday 13/07/2022", "Today (23 June 2022), the minister met …", "7 June 2001 Media Contact: …".
_ENDS_DATED = re.compile(rf"(?:[-–—:|(,] ?|day,? )({DATE_FORMS})\)?$", re.IGNORECASE)
_TODAY = re.compile(rf"[^\n]{{0,60}}\b(?:today|this (?:morning|afternoon|evening)),? \(?({DATE_FORMS})", re.IGNORECASE)
_CONTACT = re.compile(rf"({DATE_FORMS})\W{{1,3}}(?:(?:media|press)\b|contact|enquiries|further information)", re.IGNORECASE)
_FOOT = 400  # characters at the end of a text in which its date is looked for,
_LAST = 3  # and paragraphs


class _Edge(NamedTuple):
    """What is cut off a text: `head` characters, for which `kept` stands, and `tail` characters at its end."""

    line: str | None
    head: int = 0
    kept: str = ""
    tail: int = 0


def without_edges(entries: pl.DataFrame) -> pl.DataFrame:
    """Main stories that begin with a writer's name and a date line, and stories that end with a date line: the line is their date_line, and neither is
    text. A subtitle above stays; a title that stands again at the head of the text goes."""
    told = entries.select(
        "title", "date_line", pl.col("block") == "main", pl.col("body").str.head(_HEAD), pl.col("body").str.tail(_FOOT).alias("end")
    )
    found = [(i, *edge) for i, row in enumerate(told.iter_rows()) if (edge := _edge(*row)) is not None]
    if not found:
        return entries
    schema = {"at": pl.UInt32, "line": pl.String, "head": pl.Int64, "kept": pl.String, "tail": pl.Int64}
    edges = pl.DataFrame(found, schema=schema, orient="row")
    body = pl.col("body")
    length = pl.max_horizontal(pl.lit(0), body.str.len_chars().cast(pl.Int64) - pl.col("head") - pl.col("tail"))  # both may claim one blank line
    rest = pl.col("kept") + body.str.slice(pl.col("head"), length)
    return (
        entries.with_row_index("at")
        .join(edges, on="at", how="left", maintain_order="left")
        .with_columns(pl.when(pl.col("head").is_null()).then(body).otherwise(rest).alias("body"), pl.coalesce("date_line", "line").alias("date_line"))
        .select(entries.columns)
    )


def _edge(title: str, date_line: str | None, is_main: bool, head: str, end: str) -> _Edge | None:
    edge = None
    if date_line is None:
        if is_main:
            edge = _at_head(head)
        if edge is None or edge.head == 0:
            edge = _at_foot(end) or edge
        if edge is None and is_main and (told := _ENDS_DATED.search(title) or _TODAY.match(head)):
            edge = _Edge(told[1])
    cut = edge or _Edge(None)
    rest = cut.kept or head[cut.head :]
    if title and rest.startswith(title) and rest.startswith("\n\n", len(title)):
        if cut.kept:
            return cut._replace(kept=cut.kept[len(title) + 2 :])
        return cut._replace(head=cut.head + len(title) + 2)
    return edge


def _at_foot(end: str) -> _Edge | None:
    """A date line at the end, or above one or two short lines there; or the date before the name of whom to ask."""
    for n, line in enumerate(reversed(end.split("\n\n")[1:][-_LAST:])):
        if len(line) >= 4 and "\n" not in line and is_date_line(line):
            return _Edge(line, 0, "", 0 if n else len(line) + 2)
        if line[:1].isdigit() and (dated := _CONTACT.match(line)):
            return _Edge(dated[1])
        if len(line) > _SHORT:
            return None
    return None


def _at_head(head: str) -> _Edge | None:
    """Perhaps a subtitle, up to three short lines that are no sentences, then a line with a full date and little else, then the text."""
    at, short, subtitle, issuer = 0, 0, "", ""
    while (end := head.find("\n\n", at)) != -1:
        line = head[at:end]
        if "\n" in line or len(line) > _SUBTITLE:
            return None
        if len(line) <= DATE_LINE and line[-1:] not in ".!?" and _DATED.match(line):
            says = not subtitle or (is_date_line(line) and (_SAYS.search(line) is not None or _SENTENCE.search(subtitle) is None))
            return _Edge(line, end + 2, "".join(f"{kept}\n\n" for kept in (issuer, subtitle) if kept)) if says else None
        if not at and _RELEASE.match(line):
            return _Edge(line)
        if len(line) > _SHORT:
            if subtitle or short > 1:
                return None
            subtitle = line  # below a whole sentence a date alone may as well be the first of a timeline
        elif _ISSUER.match(line):
            issuer = line
        elif _ADDRESS.match(line):
            pass
        else:
            short += 1
            if short > _MOST_SHORT or any(mark in line for mark in ".!?"):
                return None
        at = end + 2
    return None
