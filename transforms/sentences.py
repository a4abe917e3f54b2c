"""Sentences: titles and bodies cut where a reader would cut them, with offsets that lead back.

The blank at each sentence boundary is replaced by one private character, after the blanks that follow abbreviations were replaced by another; both
have the length of the blank, so offsets stay. Everything is done on whole columns with linear-time regular expressions.
"""

from __future__ import annotations

import re

import polars as pl

from transforms.lexicon import Lexicon

_CUT = "\x1e"  # a boundary
_KEEP = "\x1f"  # a blank behind a full stop that ends no sentence

_CLOSING = r"[\"”’'»)\]]*"
_OPENING = r"[\"“‘'«(\[]*"
# Words that open sentences: behind "U.S." and other abbreviations that may end one, they tell that it did.
_OPENERS = (
    r"(?:The|This|That|These|Those|There|They|Their|He|His|She|Her|It|Its|We|Our|I|In|On|At|By|For|From|But|And|Both|However|Meanwhile|While|When|After"
    r"|Before|Since|If|As|According|Also|A|An|Last|Earlier|Under|With|During|Despite|Although|Many|Some|Most|Such|Several|Officials|Experts)"
)


def _abbreviations(lexicon: Lexicon) -> str:
    words = lexicon.frame("abbreviations")["abbreviation"].to_list()
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


def split(articles: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """The sentences of `articles` (article_id, title, body): article_id, field ('body' or 'title'), sentence_no and paragraph_no (Int32, from 0 in
    the field), is_item (Boolean: an item of a list), start_char and end_char (Int32, code points in the field), text (without blanks around it and
    without the mark of a list item); sorted by article_id, field, start_char. A title is one sentence. For every row `text` is
    `field[start_char:end_char]`."""
    protected = lexicon.compiled(_abbreviations)
    lines = (
        articles.lazy()
        .select("article_id", pl.col("body").str.split("\n").alias("line"))
        .explode("line")
        .with_columns(pl.col("line").str.len_chars().cast(pl.Int32).alias("length"))
        .with_columns(
            (pl.col("length") + 1).cum_sum().over("article_id").sub(pl.col("length") + 1).alias("origin"),
            (pl.col("line") == "").cast(pl.Int32).cum_sum().over("article_id").alias("paragraph_no"),
        )
        .filter(pl.col("line") != "")
        .with_columns(pl.col("line").str.starts_with("- ").alias("is_item"))
    )
    pieces = (
        lines.with_columns(_mark(pl.col("line"), protected).str.split(_CUT).alias("piece"))
        .with_row_index("line_no")
        .explode("piece")
        .with_columns(pl.col("piece").str.len_chars().cast(pl.Int32).alias("length"))
        .with_columns((pl.col("length") + 1).cum_sum().over("line_no").sub(pl.col("length") + 1).alias("before"))
        .with_columns((pl.col("is_item") & (pl.col("before") == 0)).cast(pl.Int32).mul(2).alias("mark"))
        .with_columns(pl.col("piece").str.replace_all(_KEEP, " ", literal=True).str.slice(pl.col("mark")).alias("text"))
        .with_columns((pl.col("origin") + pl.col("before") + pl.col("mark")).alias("start_char"))
        .filter(pl.col("text").str.contains(r"\S"))
        .select(
            "article_id",
            pl.lit("body").alias("field"),
            pl.int_range(pl.len(), dtype=pl.Int32).over("article_id").alias("sentence_no"),
            "paragraph_no",
            "is_item",
            "start_char",
            (pl.col("start_char") + pl.col("text").str.len_chars().cast(pl.Int32)).alias("end_char"),
            "text",
        )
    )
    titles = (
        articles.lazy()
        .filter(pl.col("title") != "")
        .select(
            "article_id",
            pl.lit("title").alias("field"),
            pl.lit(0, pl.Int32).alias("sentence_no"),
            pl.lit(0, pl.Int32).alias("paragraph_no"),
            pl.lit(False).alias("is_item"),
            pl.lit(0, pl.Int32).alias("start_char"),
            pl.col("title").str.len_chars().cast(pl.Int32).alias("end_char"),
            pl.col("title").alias("text"),
        )
    )
    return pl.concat([pieces, titles]).sort("article_id", "field", "start_char").collect()


def _mark(text: pl.Expr, abbreviations: str) -> pl.Expr:
    return (
        # Mr. Smith, No. 5
        text.str.replace_all(rf"\b((?:{abbreviations})\.) ", f"$1{_KEEP}")
        # in the U.S. The … but: U.S. officials …
        .str.replace_all(rf"(\b(?:\p{{Lu}}\.){{2,}}{_CLOSING}) ({_OPENERS})\b", f"$1{_CUT}$2")
        .str.replace_all(rf"(\b(?:\p{{Lu}}\.){{2,}}{_CLOSING}) ", f"$1{_KEEP}")
        # J. Smith, George W. Bush, by J. Smith; but: posted on X. Militants …
        .str.replace_all(r"((?:^|[(“\"‘'’]|\p{Lu}[\p{L}.’'-]*[ \x1f]|\b(?:and|by|with|to) )\p{Lu}\.) (\p{Lu})", f"$1{_KEEP}$2")
        .str.replace_all(rf"([.!?…]{_CLOSING}) ({_OPENING}[\p{{Lu}}\p{{N}}])", f"$1{_CUT}$2")
    )
