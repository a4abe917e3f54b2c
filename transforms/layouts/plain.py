"""Any plain-text article: a title line, perhaps a date line or byline, and the body.

Most pages are of this kind, so those that show no sign of anything else are read for whole columns at once (`is_sure`, `read_sure`); the rest go
line by line through `parse`. Both give the same rows.
"""

from __future__ import annotations

import polars as pl

from transforms.layouts.labels import INLINE_CUES, INLINE_WORDS, Labels
from transforms.layouts.page import BYLINE, DATE, DATE_LINE, DATE_REST, DATE_SAYS, DATELINE, Entry, Page, clean, compose
from transforms.lexicon import Lexicon

NAME = "plain"

_NO_TITLE = ("furniture", "date", "byline")
_ABOVE = 6  # lines above a title at most
_AVERAGE_LINE = 110  # pages with shorter lines are wrapped, lists, or saved with their menus
_DATE_KEYS = ("date", "published_on", "published", "published_time", "pubdate")
# At the start of a line: marks of lists, of markdown, of rules; of lines that name a source or a photo.
_MARKS = (*"-•*▪◦●–·‣■#=_—~<(", "o ", "i.", "a.", "-30-", "end")
_CREDITS = ("source:", "sources:", "photo", "image", "picture", "caption", "file photo")
# What a caption ends with, or the word before the name of its photographer.
_CAPTIONS = (
    "hoto: ",
    "mage: ",
    "icture: ",
    "redit: ",
    ")\n",
    ").\n",
    "]\n",
    "AFP\n",
    "/AP\n",
    "Reuters\n",
    "EPA\n",
    "Images\n",
    "REUTERS/",
    "EPA/",
    "AFP/",
    "TASS/",
)
_ENTITIES = (
    "&#",
    *(f"&{name};" for name in ("amp", "nbsp", "quot", "apos", "lt", "gt", "rsquo", "lsquo", "rdquo", "ldquo", "mdash", "ndash", "hellip")),
)
_ODD = "[\x00-\x08\x0b-\x1f\x7f\x85\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff9-\ufffc\t]"


# The last line is the end of a sentence or the last of few: no headline of another story.
_LAST = r"[.!?…:\"”’'`»)\]\d]\s*$"


def detect(page: Page, labels: Labels) -> bool:  # noqa: ARG001 - every layout is asked alike
    """Whatever no other layout claims."""
    return True


def parse(page: Page, labels: Labels) -> list[Entry]:
    """One entry: the first line that is not blank is the title, unless front matter gives one or it is a date or label above the title."""
    lines, kinds = page.lines, labels.kinds(page)
    filled = [i for i, line in enumerate(lines) if line]
    if not filled:
        return []
    first = next((i for i in filled[:_ABOVE] if kinds[i] not in _NO_TITLE), filled[0])
    dates = [lines[i] for i in filled if i < first and kinds[i] == "date"]
    last = max(i for i, line in enumerate(lines) if line)
    title = lines[first].text
    body_from = first + 1
    while title.startswith("#"):
        title = title[1:].lstrip()
    if given := page.front_matter.get("title"):
        same = clean(given).casefold() == title.casefold()
        title, body_from = given, first + same
    entry = Entry("main", None, lines[first].start, lines[last].end, title)
    entry = compose([*dates, *lines[body_from : last + 1]], entry)
    entry.date_line = entry.date_line or next((page.front_matter[key] for key in _DATE_KEYS if key in page.front_matter), None)
    return [entry]


def _signs(lexicon: Lexicon) -> list[str]:
    """What no line of a page that is sure to be plain begins with."""
    rows = lexicon.frame("page_labels")
    whole = rows.filter(~pl.col("kind").is_in(("lead", "notice")))["label"].to_list()
    leads = rows.filter(kind="lead")["label"].to_list()
    starts = [*(f"{w}{end}" for w in whole for end in ("\n", ":", " (", " |")), *leads, *_CREDITS, *_MARKS]
    starts += [
        *(cue.replace("['’]", mark) for cue in INLINE_CUES if " " in cue or "[" in cue for mark in "'’"),
        "related",
        "more on",
        "recommended",
        *(f"{word}:" for word in ("more", "explainer", "previous", "prev", "next", *INLINE_WORDS)),
        *(f"{where} {what}" for where in ("previous", "next") for what in ("post", "article", "story")),
    ]
    return sorted({f"\n{s}" for s in starts} | set(_ENTITIES))


def _furniture(lexicon: Lexicon) -> pl.Series:
    """The labels that are no title."""
    return lexicon.frame("page_labels").filter(pl.col("kind").is_in(("furniture", "lead", "notice")))["label"].implode()


def is_sure(raw_text: pl.Expr, lexicon: Lexicon) -> pl.Expr:
    """Whether a page shows no sign of another layout nor of anything that has to be cleaned, but for no-break spaces and double blanks. Plain substrings,
    as far as possible: a regular expression over the whole text costs ten of them."""
    starts = lexicon.compiled(_signs)
    body = raw_text.str.strip_chars("\n \u00a0#")
    filled = body.str.count_matches("\n", literal=True) - body.str.count_matches("\n\n", literal=True) + 1
    head = body.str.head(600)
    first, below = _first_line(head)
    second, below = _first_line(below)
    third, _ = _first_line(below)
    # a line that begins with a digit may be the item of a list or a label ("12 comments"), but for the date below the title
    dates = [is_dated(line) & line.str.contains("^[0-9]").fill_null(False) for line in (second, third)]
    dates[1] &= is_dated(second) | _is_byline(second)
    return (
        (body.str.len_bytes() >= _AVERAGE_LINE * filled)
        & (body.str.count_matches(r"\n[0-9]") == dates[0].cast(pl.UInt32) + dates[1].cast(pl.UInt32))
        & ~body.str.contains_any(starts, ascii_case_insensitive=True)
        & ~body.str.starts_with("---")
        & ~first.str.contains(r"(?i)^(?:title|headline|url|link)[ \t]*:")
        & ~pl.any_horizontal(body.str.contains(sign, literal=True) for sign in ("<", "](", "\n## ", *_CAPTIONS))
        & ~body.str.contains(_ODD)
        & first.ne_missing(second)
        & ~first.str.to_lowercase().str.strip_chars(" ").is_in(lexicon.compiled(_furniture))
        & ~is_dated(first)
        & body.str.contains(_LAST)
        & (first.str.len_chars() <= 300)
    ).fill_null(False)


def read_sure(pages: pl.DataFrame) -> pl.DataFrame:
    """What `parse` makes of pages (document_id, raw_text) of which `is_sure` holds: document_id and the fields of an entry, a row per page that has
    text."""
    raw = pl.col("raw_text")
    frame = pages.lazy().select(
        "document_id",
        (raw.str.len_chars() - raw.str.strip_chars_start().str.len_chars()).cast(pl.Int32).alias("start_char"),
        raw.str.strip_chars_end().str.len_chars().cast(pl.Int32).alias("end_char"),
        _blanks(raw).str.strip_chars("\n #").alias("rest"),
        pl.lit(None, pl.String).alias("date_line"),
    )
    frame = frame.filter(pl.col("rest") != "").pipe(_take_line, "title")
    for _ in range(3):  # date lines and bylines, in any order
        frame = frame.pipe(_take_line, "line", keep="rest", into="after").pipe(_take_dated)
    body = _paragraphs(pl.col("rest").fill_null(""))
    return (
        frame.with_columns(body.alias("body"))
        .with_columns(pl.coalesce("date_line", pl.col("body").str.head(120).str.extract(DATELINE)).alias("date_line"))
        .with_columns(pl.lit(None, pl.String).alias("source_line"), pl.lit(None, pl.String).alias("photo_line"), pl.col("title").str.strip_chars(" "))
        .select("document_id", "start_char", "end_char", "title", "body", "date_line", "source_line", "photo_line")
        .collect()
    )


def _blanks(text: pl.Expr) -> pl.Expr:
    """No-break spaces and runs of blanks as one blank. The regular expression runs on the pages that have such a run only."""
    plain = text.str.replace_all("\u00a0", " ", literal=True)
    return pl.coalesce(pl.when(plain.str.contains("  ", literal=True)).then(plain).str.replace_all(" {2,}", " "), plain)


def _paragraphs(text: pl.Expr) -> pl.Expr:
    """Lines as paragraphs, parted by exactly one blank line."""
    tight = pl.coalesce(pl.when(text.str.contains_any([" \n", "\n "])).then(text).str.replace_all(r" *\n[ \n]*", "\n"), text)
    breaks = tight.str.count_matches("\n", literal=True) != 2 * tight.str.count_matches("\n\n", literal=True)
    uneven = breaks | tight.str.contains("\n\n\n", literal=True)
    return pl.coalesce(pl.when(uneven).then(tight).str.replace_all(r"\n+", "\n\n"), tight).str.strip_chars(" \n")


def _first_line(text: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """The first line, and what follows it and is not blank."""
    parts = text.str.splitn("\n", 2).struct
    return parts.field("field_0").str.strip_chars(" "), parts.field("field_1").str.strip_chars_start("\n ")


def _take_line(frame: pl.LazyFrame, name: str, keep: str = "rest", into: str = "rest") -> pl.LazyFrame:
    """Splits the first line off `keep`."""
    parts = pl.col(keep).str.splitn("\n", 2)
    return frame.with_columns(parts.struct.field("field_0").alias(name), parts.struct.field("field_1").str.strip_chars_start("\n ").alias(into))


def is_dated(line: pl.Expr) -> pl.Expr:
    """`page.is_date_line` for a column."""
    date = line.str.extract(f"({DATE})")
    rest = line.str.len_chars() - date.str.len_chars()
    dated = date.is_not_null() & ((rest <= 25) | ((rest <= DATE_REST) & line.str.contains(DATE_SAYS))) & ~line.str.contains(r"[a-z]{3,}[.!?]$")
    return dated.fill_null(False)


def _is_byline(line: pl.Expr) -> pl.Expr:
    """`page.is_byline` for a column."""
    signed = line.str.contains(BYLINE) & (line.str.len_chars() <= 80) & ~line.str.ends_with(".") & (line.str.count_matches(" ") <= 9)
    return signed.fill_null(False)


def _take_dated(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Passes over `line` if it is a date line or byline."""
    short = pl.when(pl.col("line").str.len_chars() <= DATE_LINE).then(pl.col("line").str.strip_chars(" "))
    dated = is_dated(short)
    signed = _is_byline(short)
    return frame.with_columns(
        pl.when(dated).then(pl.coalesce("date_line", short)).otherwise(pl.col("date_line")).alias("date_line"),
        pl.when(dated | signed).then(pl.col("after")).otherwise(pl.col("rest")).alias("rest"),
    )
