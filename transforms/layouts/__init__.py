"""Page layouts: from raw text to the stories on a page.

A layout is one module with NAME, `detect(page, labels)` and `parse(page, labels)`; the first that detects a page parses it. To add one, write the module and
list it before `plain`.
"""

from __future__ import annotations

import polars as pl

from transforms.layouts import digest, listing, plain, posts, records, saved, teasers
from transforms.layouts.heads import without_edges
from transforms.layouts.labels import Labels
from transforms.layouts.page import Page
from transforms.lexicon import Lexicon

LAYOUTS = (records, teasers, digest, listing, posts, saved, plain)

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
    pages = plain.with_sure(documents.select("document_id", "raw_text"), lexicon)
    sure = plain.read_sure(pages.filter("sure")).with_columns(
        pl.lit(plain.NAME).alias("layout"),
        pl.lit(0, pl.Int32).alias("position"),
        pl.lit("main").alias("block"),
        pl.lit(None, pl.String).alias("section"),
    )
    entries = pl.concat([sure.select(list(_SCHEMA)), _by_line(pages.filter(~pl.col("sure")), lexicon)])
    return without_edges(entries).sort("document_id", "position")


def _by_line(pages: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    labels = lexicon.compiled(Labels)
    rows = []
    read = [(document_id, Page(raw)) for document_id, raw in pages.select("document_id", "raw_text").iter_rows()]
    for _, page in read:
        labels.mend(page)
    labels.look_for_notices([page for _, page in read])
    for document_id, page in read:
        layout = next(module for module in LAYOUTS if module.detect(page, labels))
        rows += [
            (document_id, layout.NAME, i, e.block, e.section, e.start, e.end, e.title, e.body, e.date_line, e.source_line, e.photo_line)
            for i, e in enumerate(layout.parse(page, labels))
        ]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


__all__ = ["LAYOUTS", "read"]
