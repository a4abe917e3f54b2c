"""Page layouts: from raw text to the stories on a page.

A layout is one module with NAME, `detect(page, labels)` and `parse(page, labels)`; the first that detects a page parses it. To add one, write the module and
list it before `plain`.
"""

from __future__ import annotations

import polars as pl

from transforms.layouts import listing, plain, saved, teasers
from transforms.layouts.labels import Labels
from transforms.layouts.page import DATE, DATE_LINE, DATE_SAYS, Page
from transforms.lexicon import Lexicon

LAYOUTS = (teasers, listing, saved, plain)

_SCHEMA = {
    "document_id": pl.String,
    "layout": pl.String,
    "position": pl.Int32,
    "block": pl.String,
    "section": pl.String,
    "start_char": pl.Int32,
    "end_char": pl.Int32,
    "title": pl.String,
    "body": pl.String,
    "date_line": pl.String,
    "source_line": pl.String,
    "photo_line": pl.String,
}


def read(documents: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """The stories on pages (document_id, raw_text): document_id, layout, position (Int32, from 0), block (vocab), section, start_char and end_char
    (Int32, code points in raw_text), title, body (paragraphs parted by a blank line, list items on lines of their own with "- "), date_line,
    source_line, photo_line (as written, NULL where there is none); sorted by document_id, position. A page without any text gives no row."""
    pages = documents.select("document_id", "raw_text", plain.is_sure(pl.col("raw_text"), lexicon).alias("sure"))
    sure = plain.read_sure(pages.filter("sure")).with_columns(
        pl.lit(plain.NAME).alias("layout"),
        pl.lit(0, pl.Int32).alias("position"),
        pl.lit("main").alias("block"),
        pl.lit(None, pl.String).alias("section"),
    )
    entries = pl.concat([sure.select(list(_SCHEMA)), _by_line(pages.filter(~pl.col("sure")), lexicon)])
    return _without_head(entries).sort("document_id", "position")


# Perhaps a subtitle, up to three short lines that are no sentences (who wrote it), then a line with a full date and little else, then the text.
_HEAD = rf"^(?:[^\n.!?]{{1,60}}\n\n)?(?P<subtitle>(?:[^\n]{{61,300}}\n\n)?)(?:[^\n.!?]{{1,60}}\n\n){{0,2}}(?P<line>[^\n]{{0,40}}?(?:{DATE})[^\n]{{0,50}})\n\n"
_HEAD_CHARS = 700
# "MEDIA RELEASE  MINISTER FOR TRADE  12 May 2003": part of the text, and yet it tells the date.
_RELEASE = rf"(?i)^((?:media|press|news) (?:release|statement)\b[^\n]{{0,120}}(?:{DATE}))\n\n"
_LAST_LINE = r"\n\n([^\n]{4,90})$"


def _without_head(entries: pl.DataFrame) -> pl.DataFrame:
    """Main stories that begin with a writer's name and a date line, and stories that end with a date line, of which no layout knew: the line is their
    date_line, and neither is text. A subtitle above stays; a title that stands again at the head of the text goes."""
    undated = pl.when((pl.col("block") == "main") & pl.col("date_line").is_null()).then(pl.col("body"))
    first = undated.str.head(_HEAD_CHARS)
    last = pl.when(pl.col("date_line").is_null()).then(pl.col("body")).str.tail(DATE_LINE + 2)
    head = first.str.extract_groups(_HEAD).struct
    line, subtitle = head.field("line"), head.field("subtitle")
    is_line = line.str.contains(r"\d{4}") & (line.str.len_chars() <= DATE_LINE) & ~line.str.contains(r"[.!?]$")
    # below a whole sentence a date alone may as well be the first of a timeline
    is_sentence = subtitle.str.contains(r"[.!?][”\"’')]?\n")
    is_line &= (subtitle == "") | (plain.is_dated(line) & (line.str.contains(DATE_SAYS) | ~is_sentence))
    end = last.str.extract(_LAST_LINE)
    is_end = plain.is_dated(end) & ~is_line.fill_null(False)
    entries = entries.with_columns(
        pl.when(is_line).then(line).when(is_end).then(end).otherwise(pl.coalesce("date_line", first.str.extract(_RELEASE))).alias("date_line"),
        pl.when(is_line)
        .then(pl.col("body").str.replace(_HEAD, "${subtitle}"))
        .when(is_end)
        .then(pl.col("body").str.strip_suffix(end).str.strip_chars_end("\n"))
        .otherwise(pl.col("body"))
        .alias("body"),
    )
    again = (pl.col("title") != "") & pl.col("body").str.starts_with(pl.col("title") + "\n\n")
    return entries.with_columns(
        pl.when(again).then(pl.col("body").str.strip_prefix(pl.col("title") + "\n\n")).otherwise(pl.col("body")).alias("body")
    )


def _by_line(pages: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    labels = lexicon.compiled(Labels)
    rows = []
    for document_id, raw in pages.select("document_id", "raw_text").iter_rows():
        page = Page(raw)
        layout = next(module for module in LAYOUTS if module.detect(page, labels))
        rows += [
            (document_id, layout.NAME, i, e.block, e.section, e.start, e.end, e.title, e.body, e.date_line, e.source_line, e.photo_line)
            for i, e in enumerate(layout.parse(page, labels))
        ]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


__all__ = ["LAYOUTS", "read"]
