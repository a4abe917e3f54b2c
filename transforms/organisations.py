"""Organisations and organs of states, by the names in `organisations.csv`."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from transforms.lexicon import Lexicon
from transforms.text import to_code_points

# What calls itself a bloc: "the bloc" is the one of them that the article has named last, failing any the European Union, as the list has it.
_BLOC = "the bloc"
_BLOCS = (
    *("European Union", "ASEAN", "Mercosur", "BRICS", "Gulf Cooperation Council", "CARICOM", "African Union", "ECOWAS"),
    *("Southern African Development Community", "East African Community", "Eurasian Economic Union", "Shanghai Cooperation Organisation"),
)


@dataclass(frozen=True)
class _Patterns:
    surfaces: list[str]  # longest first: the first that matches wins
    rows: pl.DataFrame


def _patterns(lexicon: Lexicon) -> _Patterns:
    rows = lexicon.frame("organisations").sort(pl.col("surface").str.len_chars(), "surface", descending=[True, False])
    return _Patterns(rows["surface"].to_list(), rows.with_row_index("pattern"))


def find(sentences: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """Where organisations are named: article_id, field, start_char, end_char (Int32, code points in the field), surface, name, kind
    (`organisations.csv`), iso3 (NULL unless national); sorted by article_id, field, start_char. The longest name wins. "The bloc" is the bloc that the
    article names."""
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
    named = (
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
    return _with_blocs(named) if (named["surface"] == _BLOC).any() else named


def _with_blocs(named: pl.DataFrame) -> pl.DataFrame:
    """The mentions with the name and kind of the bloc meant: the one named last before, or else first behind (titles stand behind bodies)."""
    is_bloc = pl.col("name").is_in(_BLOCS) & (pl.col("surface") != _BLOC)
    meant = [pl.when(is_bloc).then(c).forward_fill().over("article_id") for c in ("name", "kind")]
    later = [pl.when(is_bloc).then(c).backward_fill().over("article_id") for c in ("name", "kind")]
    return named.with_columns(
        pl.when(pl.col("surface") == _BLOC).then(pl.coalesce(before, behind, c)).otherwise(c).alias(c)
        for c, before, behind in zip(("name", "kind"), meant, later, strict=True)
    )
