"""The language of a page. English is told by its function words, for all pages at once; only the rest is shown to a language identifier."""

from __future__ import annotations

import polars as pl

# The commonest function words of English (any frequency list has them) that are rare in other languages' texts.
_ENGLISH = r"(?i)\b(?:the|of|and|to|that|for|with|was|were|by|from|are|this|which|have|has|been|will|would|said|its|their|they|not|it|an|be|on|at|as|or)\b"
_WORD = r"\p{L}+"
_SHARE = 0.2  # English news has .3 and more; other languages in Latin script below .1
_HEAD = 3000  # characters that are looked at
_FEW_WORDS = 6


def add_language(documents: pl.DataFrame) -> pl.DataFrame:
    """`documents` with a column `language` (String, ISO 639-1; NULL where the text has no words), in the same order."""
    head = pl.col("raw_text").str.head(_HEAD)
    counted = documents.with_columns(head.str.count_matches(_WORD).alias("_words"), head.str.count_matches(_ENGLISH).alias("_english"))
    english = (pl.col("_english") >= _SHARE * pl.col("_words")) | (pl.col("_words") < _FEW_WORDS)
    told = counted.with_columns(
        pl.when(pl.col("_words") == 0).then(None).when(english).then(pl.lit("en")).otherwise(pl.lit("?")).alias("language")
    )
    doubtful = told["language"] == "?"
    if doubtful.any():
        texts = told.filter(doubtful).select(head).to_series().to_list()
        told = told.with_columns(told["language"].scatter(doubtful.arg_true(), _identify(texts)))
    return told.drop("_words", "_english")


def _identify(texts: list[str]) -> list[str]:
    import py3langid  # its model takes a second to load, and most batches need it for no page

    return [str(py3langid.classify(text)[0]) for text in texts]
