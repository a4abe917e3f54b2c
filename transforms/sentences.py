"""Sentences: titles and bodies cut where a reader would cut them, with offsets that lead back.

Whole columns only: one pass marks the blanks that may part two sentences, the pieces between them are laid out as rows, and a piece whose last word is an
abbreviation, an initial or the like is joined again with the next one. Only the ends of pieces are looked at, so a page costs little.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from transforms.lexicon import Lexicon

_CUT = "\x1f"  # stands in for the blank at a possible boundary; bodies hold no control characters

_CLOSING = r"[\"”’'»)\]]*"
_OPENING = r"[\"“‘'’«(\[]*"
# A full stop, then a blank, then what may open a sentence: a capital, a figure, a sum of money, an Arabic article in a name.
_CANDIDATE = rf"([.!?…]{_CLOSING}(?:\[\d{{1,3}}\])*) ({_OPENING}(?:[\p{{Lu}}\p{{Lo}}\d$€£¥@#]|(?:a[lsr]|el)-\p{{Lu}}))"
# Words that open sentences and hardly ever a name: behind "U.S." and other abbreviations that may end a sentence they tell that one ended.
_OPENERS = (
    r"(?:The|This|That|These|Those|There|They|Their|He|His|She|Her|It|Its|We|Our|You|Your|I|My|In|On|At|By|For|From|Of|To|But|And|So|Yet|Both|However|Meanwhile"
    r"|While|When|Where|What|Who|Why|How|After|Before|Since|If|As|According|Also|A|An|Another|Last|Earlier|Under|With|Without|During|Despite|Although|Though"
    r"|Because|Once|Until|Among|Many|Some|Most|Several|Such|All|Each|Every|Neither|Nor|No|Not|Now|Then|Today|Yesterday|Officials|Experts|Analysts|Critics"
    r"|Instead|Still|Further|Furthermore|Moreover|Nevertheless|Asked|Speaking|Addressing)"
)
_SPEAKS = r"(?:said|says|asked|asks|added|wrote|writes|told|tweeted|posted|shouted|replied|warned|declared|exclaimed|wondered)"
_BEFORE_WORD = r"(?:^|[\s(\[“\"‘'’«–—/-])"


@dataclass(frozen=True)
class _Endings:
    """Regular expressions on the end of a piece, by what the next piece must be like for the two to be one sentence. They are kept apart and without
    alternatives of different length at their beginning: so they are matched backwards from the end. `any` finds whatever one of them finds, or of
    the patterns below but for that of enumerators: few pieces have such an end, and only those are asked for more."""

    any: str
    always: str
    number: str
    either: str


_DOTTED = rf"{_BEFORE_WORD}(?:\p{{L}}\.)+\p{{L}}\.{_CLOSING}$"  # U.S., p.m., J.K.
_OMISSION = r"(?:^|\s)(?:\.\.\.\.?|…|\. \. \.)$"  # dots that stand alone leave something out
# A letter behind a name, "and" or nothing is an initial; behind another word (posted on X.) it is not.
_INITIALS = (
    rf"(?:^|[(\[“\"‘'’«–—-])\p{{Lu}}\.{_CLOSING}$",
    rf"(?:^|[ (\[“\"‘'’«–—-])\p{{Lu}}[\p{{L}}.’'-]* \p{{Lu}}\.{_CLOSING}$",
    rf"(?:,|(?:^|[ (\[“\"‘'’«–—-])(?:and|by|with|to|from|of|for|against|as|said|says|told|[a-z]*minister|president|secretary|leader|ambassador|envoy|judge"
    rf"|director|chairman|spokesman|spokeswoman|spokesperson|lawyer|analyst|professor)) [\p{{Lu}}&&[^X]]\.{_CLOSING}$",
)
# N. Korea, S. Africa
_PART_OF_THE_WORLD = r"(?:^|[ (\[“\"‘'’«–—-])[NSEW]\.$"
_PARTED = r"^(?:Korea|Africa|Ireland|Sudan|Timor|Arabia|America|Asia|Europe|Carolina|Dakota|Virginia|Bank|Jerusalem)"
_RETIRED = r"\((?:[Rr]etd?|[Rr]td|Dr|Smt|Mrs?|Ms|Prof)\.\)$"  # Gen. (Ret.) Lind
_ENUMERATOR = r"^\(?(?:\d{1,2}|[A-Za-z]|[IVXivx]{1,4})[.)]+$"


def _endings(lexicon: Lexicon) -> _Endings:
    words = lexicon.frame("abbreviations")

    def any_of(*kinds: str) -> str:
        chosen = words.filter(pl.col("kind").is_in(kinds))["abbreviation"].to_list()
        return "|".join(re.escape(w) for w in sorted(chosen, key=len, reverse=True))

    return _Endings(
        any=rf"(?:{_BEFORE_WORD}(?:{any_of('name', 'inside', 'number', 'either')})|(?:^|[^\p{{L}}])\p{{L}}|(?:^|\s)(?:\.\.\.?|\. \.)?)\.{_CLOSING}$|…$|{_RETIRED}",
        always=rf"{_BEFORE_WORD}(?:{any_of('name', 'inside')})\.$",
        number=rf"{_BEFORE_WORD}(?:{any_of('number')})\.$",
        either=rf"{_BEFORE_WORD}(?:{any_of('either')})\.{_CLOSING}$",
    )


def split(articles: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """The sentences of `articles` (article_id, title, body): article_id, field ('body' or 'title'), sentence_no and paragraph_no (Int32, from 0 in
    the field), is_item (Boolean: an item of a list), start_char and end_char (Int32, code points in the field), text (without blanks around it and
    without the mark of a list item); sorted by article_id, field, start_char. A title is one sentence. For every row `text` is
    `field[start_char:end_char]`.

    A quotation is cut inside like other text; its closing mark belongs to the sentence that it closes."""
    endings = lexicon.compiled(_endings)
    order = pl.col("story").cast(pl.Int64) * 2**32 + pl.col("start_char")
    ordered = articles.lazy().select("article_id", "title", "body").sort("article_id").with_row_index("story")
    lines = (
        ordered.select("story", "article_id", pl.col("body").str.split("\n").alias("line"))
        .explode("line")
        .with_columns(pl.col("line").str.len_chars().alias("length"), (pl.col("line") == "").cast(pl.Int32).alias("blank"))
        .with_columns(pl.col("blank").cum_sum().over("story").alias("paragraph_no"))
    )
    lines = _place(lines, "story", "origin").filter(pl.col("blank") == 0).with_row_index("line_no")
    pieces = (
        lines.with_columns(pl.col("line").str.replace_all(_CANDIDATE, f"$1{_CUT}$2").str.split(_CUT).alias("text"))
        .select("story", "article_id", "line_no", "origin", "paragraph_no", pl.col("line").str.starts_with("- ").alias("is_item"), "text")
        .explode("text")
        .with_columns(
            pl.col("text").str.len_chars().alias("length"), (pl.col("line_no") != pl.col("line_no").shift(1)).fill_null(True).alias("first")
        )
    )
    goes_on = pl.when(~pl.col("first").shift(-1, fill_value=True))  # only pieces of one line can be one sentence
    placed = (
        _place(pieces, "line_no", "start_char")
        .with_columns(goes_on.then("text").alias("piece"), goes_on.then(pl.col("text").shift(-1)).alias("following"))
        .with_columns(pl.col("start_char") + pl.col("origin"))
        .collect()
    )
    pieces = (
        placed.lazy()
        .with_columns(_joins(placed, endings).alias("joins"))
        .with_columns((pl.col("first") | ~pl.col("joins").shift(1, fill_value=False)).alias("opens"))
        .with_columns(pl.col("opens").cum_sum().alias("sentence"), (~pl.col("opens") | ~pl.col("opens").shift(-1, fill_value=True)).alias("broken"))
    )
    columns = ("story", "article_id", "paragraph_no", "is_item", "first", "start_char", "text")
    whole = pieces.filter(~pl.col("broken")).select(columns)
    joined = (
        pieces.filter("broken")
        .group_by("sentence", maintain_order=True)
        .agg(pl.col(columns[:-1]).first(), pl.col("text").str.join(" "))
        .select(columns)
    )
    sentences = (
        pl.concat([whole, joined])
        .sort(order)
        .with_columns(pl.when(pl.col("is_item") & pl.col("first")).then(2).otherwise(0).cast(pl.Int32).alias("mark"))
        .with_columns(
            pl.col("start_char") + pl.col("mark"),
            pl.when(pl.col("mark") > 0).then(pl.col("text").str.slice(2)).otherwise(pl.col("text")).alias("text"),
        )
        .filter(pl.col("text") != "")
    )
    bodies = sentences.select(
        "story",
        "article_id",
        pl.lit("body").alias("field"),
        pl.int_range(pl.len(), dtype=pl.Int32).over("story").alias("sentence_no"),
        "paragraph_no",
        "is_item",
        "start_char",
        (pl.col("start_char") + pl.col("text").str.len_chars().cast(pl.Int32)).alias("end_char"),
        "text",
    )
    titles = ordered.filter(pl.col("title") != "").select(
        "story",
        "article_id",
        pl.lit("title").alias("field"),
        pl.lit(0, pl.Int32).alias("sentence_no"),
        pl.lit(0, pl.Int32).alias("paragraph_no"),
        pl.lit(False).alias("is_item"),
        pl.lit(0, pl.Int32).alias("start_char"),
        pl.col("title").str.len_chars().cast(pl.Int32).alias("end_char"),
        pl.col("title").alias("text"),
    )
    return pl.concat([bodies, titles]).sort(order + pl.when(pl.col("field") == "title").then(2**31).otherwise(0)).drop("story").collect()


def _place(frame: pl.LazyFrame, group: str, name: str) -> pl.LazyFrame:
    """Adds `name`: where each part (its `length`) starts in its whole, the parts being parted by one character and the wholes following each other."""
    starts = frame.with_columns((pl.col("length").cast(pl.Int64) + 1).cum_sum().alias("_end")).with_columns(
        (pl.col("_end") - pl.col("length") - 1).alias("_from")
    )
    return starts.with_columns((pl.col("_from") - pl.col("_from").first().over(group)).cast(pl.Int32).alias(name)).drop("_end", "_from")


def _joins(pieces: pl.DataFrame, endings: _Endings) -> pl.Series:
    """Whether a `piece` and the one `following` it in its line are one sentence; false where none does. Only the rows that may be are asked for more: a pattern
    costs about the same for a long text, an empty one and NULL."""
    piece, following = pl.col("piece"), pl.col("following")
    may = pieces.select(
        piece.str.contains(endings.any).alias("abbreviated"),
        piece.str.contains(r"[!?][\"”’']+$").alias("asked"),
        (pl.col("first") & piece.str.contains(_ENUMERATOR)).fill_null(False).alias("joins"),  # 1. The text
    )
    opens = following.str.contains(rf"^{_OPENING}{_OPENERS}(?-u:\b)")
    either = pl.any_horizontal(piece.str.contains(end) for end in (endings.either, _DOTTED, _OMISSION, *_INITIALS))
    goes_on = (
        piece.str.contains(endings.always)
        | piece.str.contains(_RETIRED)
        | (piece.str.contains(_PART_OF_THE_WORLD) & following.str.contains(_PARTED))
        | (piece.str.contains(endings.number) & following.str.contains(r"^\d"))
        | (either & ~opens)
    )
    # “Why?” Mr Smith asked
    speaks = following.str.contains(rf"^(?:\p{{Lu}}[\p{{L}}.’'-]+ ){{1,4}}{_SPEAKS}\b") | following.str.contains(endings.always)
    joins = may["joins"]
    for name, condition in (("abbreviated", goes_on), ("asked", speaks)):
        rows = may[name].arg_true()
        joins = joins.scatter(rows.filter(pieces[rows].select(condition.fill_null(False)).to_series()), True)
    return joins
