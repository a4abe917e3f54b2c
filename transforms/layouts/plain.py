"""Any plain-text article: a title line, perhaps a date line or byline, and the body.

Most pages are of this kind, so those that show no sign of anything else are read for whole columns at once (`with_sure`, `read_sure`); the rest go
line by line through `parse`. Both give the same rows.
"""

from __future__ import annotations

import re
from itertools import takewhile

import polars as pl

from transforms.layouts.cleaning import clean
from transforms.layouts.labels import Labels
from transforms.layouts.page import (
    BLANK,
    BYLINE,
    BYLINE_LENGTH,
    CODE_SIGNS,
    DATE,
    DATE_LINE,
    DATE_REST,
    DATE_REST_ALONE,
    DATE_SAYS,
    DATELINE,
    Entry,
    Page,
    compose,
)
from transforms.layouts.titles import DIGEST, LABEL_WORDS, headline
from transforms.layouts.wording import HEADLINE, INLINE_CUES, INLINE_WORDS, NOTICE, SITE, TEXT, label_key
from transforms.lexicon import Lexicon
from transforms.scans import wider

NAME = "plain"

_BELOW = ("furniture", "comments", "external")  # no text at the end of a page
_HEAD = 1_000  # characters that hold the title and what stands between it and the text
# How a line ends that is no headline, and most lines of a text; more others than an article has sections make a list of stories, as do fewer where every
# other line is one.
_LINE_END = r"[.…:;,][\"”’'`»)\]]*$"
_TEXT_END = "[.!?…:\"”’')]\n"
_HEADLINES = 5
_LAST_CAPTION = 10  # characters at the end of a page that tell a caption
_LAST_LINE = 100  # and that tell a line of words and counts
# A first line that is code, or counts how often a page was shared, or tells the day of a photo, or what is to be seen on it, or ends with its number.
_FIRST = (
    r"^(?:var |const |function|window\.|document\.|@)|^(?i:facebook|twitter|google|linkedin|whatsapp|shares?|likes?|e?mail|print)\b.*\d$"
    r"| on [^.]*\d{4}\.?$|^\p{Ll}{2}| [A-Z]{2,5} ?\d+/\d{2,4}$"
)
_NUMBER = re.compile(r"(?<=\w) [A-Z]{2,5} ?\d+/\d{2,4}$")  # of a press release: "Help for the harbours MPS 071/2001"
_SHORT_TITLE = r"^\p{Lu}[\p{L}’'-]+(?: [\p{L}’'-]+){0,2}$"
_DATELINE = 120  # characters of a text that hold its dateline
_WIDE_DATELINE = wider(DATELINE)
_AVERAGE_LINE = 110  # pages with shorter lines are wrapped, lists, or saved with their menus
_DATE_KEYS = ("date", "published_on", "published", "published_time", "pubdate")
# At the start of a line: marks of lists, of markdown, of rules; of lines that name a source or a photo.
_MARKS = (*"-•*▪◦●–·‣■#=_—~<(►▶→←«", "```", "o ", "i.", "a.", "-30-", "end")
_CREDITS = ("source:", "sources:", "photo", "image", "picture", "caption", "file photo")
# What a caption ends with, or the word before the name of its photographer: three short groups, each of which is looked for as fast as plain text.
_CREDITED = r"(?:[)\]]|\)\.|AFP|/AP|Reuters|EPA|Images)"
_CAPTIONS = ("(?:hoto|mage|icture|redit): ", rf"{_CREDITED}\n", "(?:REUTERS|EPA|AFP|TASS)/")
_MARKUP = ("<", "](", "[2]", "\n## ", *(sign for sign in CODE_SIGNS if not sign.startswith("\n")))
_ENTITIES = (
    "&#",
    *(f"&{name};" for name in ("amp", "nbsp", "quot", "apos", "lt", "gt", "rsquo", "lsquo", "rdquo", "ldquo", "mdash", "ndash", "hellip")),
)
# Characters that have to be cleaned. Classes of ten at most are looked for as fast as plain text is, larger ones letter by letter.
_ODD = (
    *("[\x00-\x08\t]", "[\x0b-\x14]", "[\x15-\x1e]", "[\x1f\x7f\x85\xad]"),
    *("[\u2000-\u2009]", "[\u200a-\u200f]", "[\u2028-\u202f]", "[\u205f-\u2068]", "[\u2069-\u206f]", "[\u1680\u3000\ufeff\ufff9-\ufffc]"),
)  # fmt: skip
# The last line is the end of a sentence or the last of few: no headline of another story.
_LAST = r"[.!?…:\"”’'`»)\]\d]\s*$"


def detect(page: Page, labels: Labels) -> bool:  # noqa: ARG001 - every layout is asked alike
    """Whatever no other layout claims."""
    return True


def parse(page: Page, labels: Labels) -> list[Entry]:
    """One entry: the first line that is not blank is the title, unless front matter gives one or it is a date or label above the title."""
    lines, kinds = page.lines, labels.kinds(page)
    filled = [i for i, line in enumerate(lines) if line.text]
    if not filled:
        return []
    filled = _without_comments(filled, kinds)
    while len(filled) > 1 and kinds[filled[-1]] in _BELOW and label_key(lines[filled[-1]].text):
        filled.pop()
    first = headline(filled, lines, kinds)
    dates = [lines[i] for i in filled if i < first and kinds[i] == "date"]
    title = lines[first].text
    body_from = first + 1
    while title.startswith("#"):
        title = title[1:].lstrip()
    title = _NUMBER.sub("", title)
    if given := page.front_matter.get("title"):
        same = clean(given).casefold() == title.casefold()
        title, body_from = given, first + same
    entry = Entry("main", None, lines[first].start, lines[filled[-1]].end, title)
    above = [line for i in filled if i < first and kinds[i] in ("prose", "credit") for line in (lines[i], BLANK)]
    if above:  # the text has begun there, so what stands below the title is not looked through for its date
        below = [*takewhile(lambda i: kinds[i] not in TEXT, (i for i in filled if i >= body_from))]
        dates = [lines[i] for i in below if kinds[i] == "date"] or dates
        body_from = below[-1] + 1 if dates and below else body_from
    entry = compose([*above, *lines[body_from : filled[-1] + 1]], entry)
    # above the title may stand the day on which the page was saved
    entry.date_line = entry.date_line or (dates[0].text if dates else None)
    entry.date_line = entry.date_line or next((page.front_matter[key] for key in _DATE_KEYS if key in page.front_matter), None)
    return [entry]


def _without_comments(filled: list[int], kinds: list[str]) -> list[int]:
    """The lines without what readers wrote below the text, where that is the smaller part of the page."""
    texts = 0
    for n, i in enumerate(filled):
        texts += kinds[i] in TEXT
        if kinds[i] == "comments" and texts:
            return filled[:n] if texts >= sum(kinds[j] in TEXT for j in filled[n:]) else filled
    return filled


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
        *(f"{where} {what}" for where in ("previous", "next") for what in ("post", "article", "story", "news")),
        "previous ",
    ]
    # all begin with one of two characters, for which an automaton of thousands of texts looks first
    return sorted({f"\n{s}" for s in starts} | {*_ENTITIES, *(sign for sign in CODE_SIGNS if sign.startswith("\n"))})


def _labels(lexicon: Lexicon) -> pl.Series:
    """The labels, which are no title and no text."""
    return lexicon.frame("page_labels")["label"].implode()


def with_sure(pages: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """The pages (raw_text) with `sure`: whether a page shows no sign of another layout nor of anything that has to be cleaned, but for no-break spaces and
    double blanks. Plain substrings, as far as possible: a regular expression over the whole text costs ten of them."""
    body, first, second, third = map(pl.col, ("body", "first", "second", "third"))
    starts = lexicon.compiled(_signs)
    breaks = body.str.count_matches(r"\n+")
    heads = breaks - body.str.count_matches(_TEXT_END)
    # a line that begins with a digit may be the item of a list or a label ("12 comments"), but for the date below the title
    dates = (pl.col("dated") & second.str.contains("^[0-9]"), (pl.col("dated") | _is_byline(second)) & is_dated(third) & third.str.contains("^[0-9]"))
    sure = (
        (body.str.len_bytes() >= _AVERAGE_LINE * (breaks + 1))
        & (body.str.count_matches(r"\n[0-9]") == pl.sum_horizontal(date.fill_null(False).cast(pl.UInt32) for date in dates))
        & ~body.str.contains_any(starts, ascii_case_insensitive=True)
        & ~body.str.starts_with("---")
        & ~first.str.contains(r"^(?i:(?:title|headline|url|link)[ \t]*:|date \d|https?://|www\.)| [>»›] |\p{Ll}{4}\p{Lu}\p{Ll}{3}")
        & ~first.str.contains(_FIRST)
        & ~first.str.contains(SITE)
        & ((first.str.count_matches(" ", literal=True) >= LABEL_WORDS) | _is_short_title(first, second, lexicon))
        & ~first.str.contains(DIGEST)
        & ((second.str.len_chars() > HEADLINE) | second.str.contains(_LINE_END) | pl.col("dated") | _is_byline(second)).fill_null(True)
        & (heads < pl.when(breaks < 2 * heads + 2).then(_HEADLINES - 2).otherwise(_HEADLINES))
        & ~pl.any_horizontal(body.str.contains(sign, literal=True) for sign in _MARKUP)
        & ~pl.any_horizontal(body.str.contains(sign) for sign in (*_CAPTIONS, *_ODD))
        & first.ne_missing(second)
        & ~first.str.to_lowercase().str.strip_chars(" ").is_in(lexicon.compiled(_labels))
        & ~is_dated(first)
        & ~_is_byline(first)
        & body.str.contains(_LAST)
        & ~body.str.tail(_LAST_LINE).str.contains(r"\n[^\n.!?]+\d$")
        & ~body.str.tail(_LAST_CAPTION).str.contains(f"{_CREDITED}$")
        & ~body.str.extract(r"\n([^\n]{1,60})$").str.to_lowercase().str.strip_chars(". ").is_in(lexicon.compiled(_labels)).fill_null(False)
        & (first.str.len_chars() <= NOTICE)
    )
    return (
        pages.lazy()
        .with_columns(pl.col("raw_text").str.strip_chars("\n \u00a0#").alias("body"))
        .with_columns(body.str.head(_HEAD).alias("head"))
        .pipe(_take_line, "first")
        .pipe(_take_line, "second")
        .pipe(_take_line, "third")
        .with_columns(is_dated(second).alias("dated"))
        .select(*pages.columns, sure.fill_null(False).alias("sure"))
        .collect()
    )


def _is_short_title(first: pl.Expr, second: pl.Expr, lexicon: Lexicon) -> pl.Expr:
    """Whether a first line of up to three words is a title and no label: words alone, not all of them labels, right above a long text."""
    words = first.str.to_lowercase().str.splitn(" ", LABEL_WORDS).struct
    labels = [(word := words.field(f"field_{n}")).is_null() | word.is_in(lexicon.compiled(_labels)) for n in range(LABEL_WORDS)]
    return first.str.contains(_SHORT_TITLE) & (second.str.len_chars() > NOTICE) & ~pl.all_horizontal(labels)


def read_sure(pages: pl.DataFrame) -> pl.DataFrame:
    """What `parse` makes of pages (document_id, raw_text) that are sure to be plain: document_id and the fields of an entry, a row per page that has
    text."""
    raw, body, head, line = map(pl.col, ("raw_text", "body", "head", "line"))
    frame = (
        pages.lazy()
        .select(
            "document_id",
            (raw.str.len_chars() - raw.str.strip_chars_start().str.len_chars()).cast(pl.Int32).alias("start_char"),
            raw.str.strip_chars_end().str.len_chars().cast(pl.Int32).alias("end_char"),
            raw.alias("body"),
            pl.lit(None, pl.String).alias("date_line"),
        )
        .pipe(_mend, body.str.contains("\u00a0", literal=True), "\u00a0", " ")
        .pipe(_mend, body.str.contains("  ", literal=True), " {2,}", " ")
        .with_columns(body.str.strip_chars("\n #"))
        .filter(body != "")
        .with_columns(body.str.head(_HEAD).alias("head"))
        .pipe(_take_line, "title")
    )
    for _ in range(3):  # date lines and bylines, in any order
        frame = (
            frame.with_columns(head.alias("above"))
            .pipe(_take_line, "line")
            .with_columns(is_dated(line).alias("dated"))
            .with_columns(
                pl.coalesce("date_line", pl.when("dated").then(line)).alias("date_line"),
                pl.when(pl.col("dated") | _is_byline(line)).then(head).otherwise("above").alias("head"),
            )
        )
    read = (
        frame.with_columns(body.str.slice(body.str.head(_HEAD).str.len_chars() - head.str.len_chars()))
        .pipe(_mend, body.str.contains(" \n", literal=True) | body.str.contains("\n ", literal=True), r" *\n[ \n]*", "\n")
        .pipe(_mend, body.str.contains(r"[^\n]\n[^\n]") | body.str.contains("\n\n\n", literal=True), r"\n+", "\n\n")
        .with_columns(body.str.strip_chars(" \n"))
        .select(
            "document_id",
            "start_char",
            "end_char",
            "title",
            "body",
            "date_line",
            pl.lit(None, pl.String).alias("source_line"),
            pl.lit(None, pl.String).alias("photo_line"),
        )
        .collect()
    )
    return read.with_columns(pl.coalesce("date_line", _datelines(read["body"])).alias("date_line"))


def _datelines(bodies: pl.Series) -> pl.Series:
    """The dates of the datelines with which bodies begin. Their pattern with its bounds takes longer to compile than a batch to be looked through, so it waits
    for a text in which the pattern without them finds something."""
    heads = bodies.str.head(_DATELINE)
    rows = heads.str.contains(_WIDE_DATELINE).arg_true()
    found = heads.clear(len(heads))
    return found.scatter(rows, heads.gather(rows).str.extract(DATELINE)) if len(rows) else found


def _mend(frame: pl.LazyFrame, needed: pl.Expr, pattern: str, by: str) -> pl.LazyFrame:
    """Replaces a pattern in the bodies that need it: the few in which a plain look found something."""
    body = pl.col("body")
    return frame.with_columns(pl.coalesce(pl.when(needed).then(body).str.replace_all(pattern, by), body))


def _take_line(frame: pl.LazyFrame, name: str) -> pl.LazyFrame:
    """Moves the first line of `head`, without the blanks around it, into a column `name`, NULL where none is left."""
    line, rest = (pl.col("head").str.splitn("\n", 2).struct.field(f"field_{n}") for n in (0, 1))
    return frame.with_columns(line.str.strip_chars(" ").alias(name), rest.str.strip_chars_start("\n ").fill_null("").alias("head"))


def is_dated(line: pl.Expr) -> pl.Expr:
    """`page.is_date_line` for a column."""
    short = pl.when((line.str.len_chars() <= DATE_LINE) & line.str.contains(r"\d{4}") & line.str.contains(DATE)).then(line)
    rest = short.str.replace_all(DATE, "").str.len_chars()
    most = pl.when(short.str.contains(DATE_SAYS)).then(DATE_REST).otherwise(DATE_REST_ALONE)
    return ((rest <= most) & ~short.str.contains(r"[a-z]{3,}[.!?]$")).fill_null(False)


def _is_byline(line: pl.Expr) -> pl.Expr:
    """`page.is_byline` for a column."""
    short = pl.when(line.str.len_chars() <= BYLINE_LENGTH).then(line)
    return (short.str.contains(BYLINE) & ~short.str.ends_with(".") & (short.str.count_matches(" ", literal=True) <= 9)).fill_null(False)
