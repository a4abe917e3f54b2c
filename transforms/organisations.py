"""Organisations and organs of states, by the names in `organisations.csv`."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from transforms.lexicon import Lexicon
from transforms.text import to_code_points


@dataclass(frozen=True)
class _Patterns:
    surfaces: list[str]  # longest first: the first that matches wins
    rows: pl.DataFrame


def _patterns(lexicon: Lexicon) -> _Patterns:
    rows = lexicon.frame("organisations").sort(pl.col("surface").str.len_chars(), "surface", descending=[True, False])
    return _Patterns(rows["surface"].to_list(), rows.with_row_index("pattern"))


def find(sentences: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """Where organisations are named: article_id, field, start_char, end_char (Int32, code points in the field), surface, name, kind
    (`organisations.csv`), iso3 (NULL unless national); sorted by article_id, field, start_char. The longest name wins."""
    patterns = lexicon.compiled(_patterns)
    text = pl.col("text")
    found = (
        sentences.lazy()
        .filter(text.str.contains_any(patterns.surfaces))
        .select(
            "article_id",
            "field",
            pl.col("start_char").alias("origin"),
            "text",
            text.str.find_many(patterns.surfaces, leftmost=True).alias("at"),
            text.str.extract_many(patterns.surfaces, leftmost=True).alias("surface"),
        )
        .explode("at", "surface")
        .with_columns(to_code_points(text, pl.col("at")).alias("start"))
        .with_columns((pl.col("start") + pl.col("surface").str.len_chars().cast(pl.Int32)).alias("end"))
    )
    before = text.str.slice(pl.col("start") - 1, 1)
    after = text.str.slice(pl.col("end"), 1)
    return (
        found.filter(((pl.col("start") == 0) | ~before.str.contains(r"[\p{L}\p{N}]")) & ~after.str.contains(r"[\p{L}\p{N}]"))
        .join(patterns.rows.lazy(), on="surface", how="left")
        .select(
            "article_id",
            "field",
            (pl.col("origin") + pl.col("start")).alias("start_char"),
            (pl.col("origin") + pl.col("end")).alias("end_char"),
            "surface",
            "name",
            "kind",
            "iso3",
        )
        .sort("article_id", "field", "start_char")
        .collect()
    )
