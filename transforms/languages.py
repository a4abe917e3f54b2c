"""The language of a page. English is told by its function words, for all pages at once; only the rest is shown to a language identifier."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

# The commonest function words of English (any frequency list has them), those left out that another language writes too ("in", "is", "on").
# They make up 15 to 20 per cent of English news and 2 per cent at most of anything else.
_FUNCTION_WORDS = ("the", "of", "and", "to", "that", "for", "with", "was", "has", "by", "are", "from")
_COMMONEST = _FUNCTION_WORDS[:4]  # enough of these four is enough of all, and most English pages have that
_SHARE = 0.07
_HEAD = 2000  # characters that decide in most cases; a page that begins with menus is looked at as a whole
_FEW_WORDS = 5  # no language is read out of less, and titles and notes in English are the commonest short texts
_RUNNING_TEXT = 60  # a line of that length is no menu
_MARGIN = 8.0  # by how much (natural logarithm) another language must be likelier than English


def add_language(documents: pl.DataFrame) -> pl.DataFrame:
    """`documents` with a column `language` (String, ISO 639-1; NULL for blank texts), in the same order.

    Texts that are too short to tell, or are code or numbers, count as English unless they are written in another script."""
    text = pl.col("raw_text")
    is_english = _share(text.str.head(_HEAD), _COMMONEST) >= _SHARE
    told = documents.with_columns(
        pl.when(text.str.contains(r"\S")).then(pl.when(is_english).then(pl.lit("en")).otherwise(pl.lit("?"))).alias("language")
    )
    doubtful = told["language"].eq_missing("?")
    if not doubtful.any():
        return told
    latin = text.str.head(_HEAD).str.contains(r"[A-Za-z]") | ~text.str.head(_HEAD).str.contains(r"\p{L}")
    is_english = (_share(text.str.head(_HEAD)) >= _SHARE) | ((_words(text) < _FEW_WORDS) & latin) | (_share(text) >= _SHARE)
    rest = told.filter(doubtful).select(text, is_english.alias("english")).rows()
    found = ["en" if english else _identify(raw) for raw, english in rest]
    return told.with_columns(told["language"].scatter(doubtful.arg_true(), found))


def _words(text: pl.Expr) -> pl.Expr:
    return text.str.count_matches(" ", literal=True) + text.str.count_matches("\n", literal=True) + 1


def _share(text: pl.Expr, words: Sequence[str] = _FUNCTION_WORDS) -> pl.Expr:
    """Function words per word. Plain substrings, because counting them costs a tenth of what a regular expression does."""
    return pl.sum_horizontal(text.str.count_matches(f" {word} ", literal=True) for word in words) / _words(text)


def _identify(raw: str) -> str:
    import py3langid  # its model takes a second to load, and most batches need it for no page

    lines = [line for line in raw.splitlines() if len(line) >= _RUNNING_TEXT]
    ranks = py3langid.rank("\n".join(lines) if lines else raw)
    language, weight = ranks[0]
    english = next(w for name, w in ranks if name == "en")
    return "en" if language == "zxx" or weight - english < _MARGIN else str(language)
