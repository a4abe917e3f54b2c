"""Dates as EDTF: found in sentences by their forms, resolved only as far as the text and the publication date allow."""

from __future__ import annotations

import re
from collections.abc import Iterable

import polars as pl

from transforms.dates.grammar import Grammar
from transforms.lexicon import Lexicon

COLUMNS: dict[str, type[pl.DataType]] = {
    "edtf": pl.String,
    "from": pl.Date,
    "to": pl.Date,
    "basis": pl.String,
    "text": pl.String,
    "conflict": pl.Boolean,
}
ORDER = ("article_id", "field", "start_char", "end_char", "text", "edtf", "from", "to", "basis", "conflict", "relation")

_OPEN, _CLOSE = "\x01", "\x02"  # set around snippets; control characters are cleaned from texts before
# What no form is without. A superset in a few words, which costs less than the forms.
_CUE = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|day|DAY|1[5-9][0-9][0-9]|20[0-9][0-9]|2100"
    r"|week|month|quarter|half|year|decade|centur|[5-9]0s|ago|yesterday|night|tomorrow|this |This |spring|summer|autumn|fall|winter"
    r"|Spring|Summer|Autumn|Winter|Q[1-4]|Year)"
)
_BEHIND = 60  # characters before a date in which words that look ahead count
_AHEAD = (
    r"(?i-u:\b(?:will|shall|would|must|next|to be|plans? to|due|(?:re)?scheduled|postponed|delayed|deferred|extended|slated"
    r"|upcoming|coming|going to|set to|takes? effect|enters? into force"
    r"|(?:agree|promis|pledg|vow|offer|commit|decid)[a-z]* to)\b|(?:^|[eo]n|[a-mo-z,]) expected\b"
    # "by" and the like look ahead right before the date alone: "seized by the police on Tuesday"
    r"|\b(?:by|until|till|before|ahead of|later than)(?: (?:the|end|start|beginning|middle|of|on|at|early|late|mid))*[ -]*$)"
)
# "…, which will meet again, he said on Tuesday" dates the saying.
_SAID = r"(?s)^.*\b(?:said|says|told|added|announced|reported|declared|stated|wrote|posted|confirmed|showed)\b([^,;:]{0,30})$"


def find(sentences: pl.DataFrame, articles: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """Dates in sentences (article_id, field, start_char, text): article_id, field, start_char, end_char (Int32, code points in the field), text,
    edtf, from, to (Date), basis (vocab), conflict (Boolean), relation; sorted by article_id, field, start_char. Any selection of sentences may be given.

    text is the date itself, without the preposition. basis: stated (with XXXX for a year that is not); relative, where the publication date of the article
    (published_from, if it is one day) or a date before in the sentence decided the year or the day; none, where nothing could: then edtf is NULL.
    relation is the word that ties the date to its sentence: on (also in, at, of, or no word), since, until, by, before, after, from, during, within;
    "since" opens the interval (2024/..)."""
    grammar = lexicon.compiled(_grammar)
    found = _snippets(sentences.select("article_id", "field", "start_char", "text").with_row_index("sentence"), grammar)
    read = _read(found["snippet"].unique(maintain_order=True), grammar)
    days = articles.select("article_id", pl.when(pl.col("published_from") == pl.col("published_to")).then(pl.col("published_from")).alias("anchor"))
    at = pl.col("offset") + pl.col("lead")
    last_told = pl.when(pl.col("told").is_not_null()).then("sentence").forward_fill().shift(1)
    told = pl.when(last_told == pl.col("sentence")).then(pl.col("told").forward_fill().shift(1))
    is_next = (told.dt.month() >= _LATE) & (pl.col("month") <= _EARLY)
    # "begun in May 2020 and ended in July": the year that the sentence has told, unless it is that of publication
    of_told = pl.col("month").is_not_null() & (told.dt.year() != pl.col("anchor").dt.year()).fill_null(told.is_not_null())
    earlier = pl.when(of_told).then(pl.date(told.dt.year() + is_next.cast(pl.Int32), "month", 15))
    placed = (
        found.join(read, on="snippet", maintain_order="left")
        .join(days, on="article_id", how="left", maintain_order="left")
        .with_columns(earlier.alias("earlier"))
        .with_columns(
            pl.when(pl.col("is_open")).then(pl.coalesce("earlier", "anchor")).alias("anchor"),
            pl.col("text").str.slice(at, pl.col("length")).alias("date"),
            pl.col("text").str.slice((at - _BEHIND).clip(0), pl.min_horizontal(at, _BEHIND)).alias("before"),
        )
        .with_columns(
            (pl.col("earlier").is_null() & pl.col("anchor").is_not_null() & pl.col("before").str.replace(_SAID, "$1").str.contains(_AHEAD)).alias(
                "ahead"
            )
        )
    )
    meant = _resolved(placed.select("snippet", "anchor", "ahead").unique(maintain_order=True), grammar)
    return (
        placed.join(meant, on=["snippet", "anchor", "ahead"], nulls_equal=True)
        .select(
            "article_id",
            "field",
            (pl.col("start_char") + at).cast(pl.Int32).alias("start_char"),
            (pl.col("start_char") + at + pl.col("length")).cast(pl.Int32).alias("end_char"),
            pl.col("date").alias("text"),
            *ORDER[5:],
        )
        .sort("article_id", "field", "start_char")
    )


def publication_date(lines: pl.Series, lexicon: Lexicon) -> pl.DataFrame:
    """The day each line names first ("By Jane Doe, 12 May 2020", "Updated 4 May 2025. Published 3 May 2025", "2025-03-03T14:30Z", NULL), what stands behind
    "updated" only if nothing else does: edtf, from, to, basis (stated, or none where there is no date with a year), text (the line), conflict; row by
    row as the lines."""
    grammar = lexicon.compiled(_grammar)
    distinct = lines.drop_nulls().unique(maintain_order=True)
    frame = pl.DataFrame({"line": distinct.cast(pl.String)})
    found = _snippets(
        frame.select("line", text=pl.col("line").str.replace_all("[\t\r\n\xa0]", " ").str.replace(_GLUED, "$1 $2").str.replace_all(_TIME, " ")),
        grammar,
    )
    first: dict[str, tuple[object, ...]] = {}
    for line, text, snippet, offset in found.select("line", "text", "snippet", "offset").sort("line", "offset").iter_rows():
        reading = grammar.read(snippet)
        day = reading.meaning(None, False) if reading else None
        if day is None or day.first is None or day.first != day.last:
            continue
        is_update = _UPDATE in text[max(0, offset - 24) : offset].lower()
        if line not in first or (first[line][0] and not is_update):
            first[line] = (is_update, line, day.edtf, day.first, day.last, "stated", line, day.conflict)
    rows = pl.DataFrame([row[1:] for row in first.values()], schema={"line": pl.String, **COLUMNS}, orient="row")
    asked = pl.DataFrame({"line": lines.cast(pl.String)})
    return asked.join(rows, on="line", how="left", maintain_order="left").select(*COLUMNS).with_columns(pl.col("basis").fill_null("none"))


_EARLY, _LATE = 3, 10  # in November 2023 and in January: of 2024
_YEARLESS = re.compile(r"XXXX-(0\d|1[0-2])")  # months and days, no seasons
_DATED = re.compile(r"\d{4}-(?:0\d|1[0-2])")
_UPDATE = "update"
_TIME = r"(?:^| )\d{1,2}:\d\d(?::\d\d)? "  # "09:31 August 20, 2019": not the 31st
_GLUED = r"((?:19|20)\d\d)(\d{1,2}:\d\d)"  # "May 5, 20245:00 PM ET"


def _grammar(_lexicon: Lexicon) -> Grammar:
    return Grammar()


def _snippets(frame: pl.DataFrame, grammar: Grammar) -> pl.DataFrame:
    """The rows of `frame` (with text) once for each snippet that has the form of a date, with `snippet` and its `offset` in the text (code points). One
    pass of one pattern marks them; cutting at the marks gives them and their places."""
    marked = (
        frame.filter(pl.col("text").str.contains(_CUE))
        .with_columns(
            pl.col("text")
            .str.replace_all(_OPEN, " ", literal=True)
            .str.replace_all(_CLOSE, " ", literal=True)
            .str.replace_all(grammar.pattern, f"{_OPEN}$0{_CLOSE}")
            .alias("marked")
        )
        .filter(pl.col("marked").str.contains(_OPEN, literal=True))
    )
    length = pl.col("text").str.len_chars().cast(pl.Int64)
    pieces = marked.with_columns((length.cum_sum() - length).alias("base"), pl.col("marked").str.split(_OPEN)).explode("marked")
    is_snippet = pl.col("marked").str.contains(_CLOSE, literal=True)
    size = pl.col("marked").str.len_chars().cast(pl.Int64) - is_snippet.cast(pl.Int64)
    return (
        pieces.with_columns((size.cum_sum() - size - pl.col("base")).alias("offset"))
        .filter(is_snippet)
        .with_columns(pl.col("marked").str.splitn(_CLOSE, 2).struct.field("field_0").alias("snippet"))
        .drop("marked", "base")
    )


def _read(snippets: Iterable[str], grammar: Grammar) -> pl.DataFrame:
    """Each snippet that is a date: how far in the date begins (`lead`), its `length`, relation, whether it takes an anchor (`is_open`), the month of
    one that lacks but its year (`month`, else NULL), and the first day of a month or a day of a year that is written (`told`)."""
    rows = []
    for snippet in snippets:
        reading = grammar.read(snippet)
        if reading is not None:
            day = reading.meaning(None, False)
            yearless = _YEARLESS.match(day.edtf) if day.edtf is not None else None
            told = day.first if day.edtf is not None and _DATED.match(day.edtf) is not None else None
            rows.append(
                (snippet, reading.start, reading.end - reading.start, reading.relation, reading.is_open, int(yearless[1]) if yearless else None, told)
            )
    schema = {
        "snippet": pl.String,
        "lead": pl.Int64,
        "length": pl.Int64,
        "relation": pl.String,
        "is_open": pl.Boolean,
        "month": pl.Int32,
        "told": pl.Date,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def _resolved(asked: pl.DataFrame, grammar: Grammar) -> pl.DataFrame:
    """What each snippet means for each anchor, looking ahead or not."""
    rows = []
    for snippet, anchor, ahead in asked.iter_rows():
        reading = grammar.read(snippet)
        if reading is not None:
            day = reading.meaning(anchor, ahead)
            if reading.relation == "since":
                day = day.since()
            rows.append((snippet, anchor, ahead, day.edtf, day.first, day.last, day.basis, day.conflict))
    schema: dict[str, type[pl.DataType]] = {"snippet": pl.String, "anchor": pl.Date, "ahead": pl.Boolean} | {
        k: v for k, v in COLUMNS.items() if k != "text"
    }
    return pl.DataFrame(rows, schema=schema, orient="row")
