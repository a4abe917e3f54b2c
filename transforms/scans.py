"""Patterns over all sentences at once.

polars' engine looks through a whole column in linear time and many times as fast as Python's, but it knows no look-around: so it finds the sentences
on which Python's engine is worth its while."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

import polars as pl

_BRACKETED = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]|\\.", re.DOTALL)
_BOUNDED = re.compile(r"\{(\d+)(?:,\d*)?\}")


def wider(pattern: str) -> str:
    """A pattern for polars' engine that matches wherever the Python pattern does, and perhaps elsewhere: without look-around and possessive
    quantifiers, and with unbounded instead of bounded repetitions, which make a small automaton of a big one."""
    out: list[str] = []
    position, skipped = 0, 0  # depth of the groups inside a look-around, which are left out
    while position < len(pattern):
        if token := _BRACKETED.match(pattern, position):
            piece, position = token[0], token.end()
        elif skipped == 0 and (bounded := _BOUNDED.match(pattern, position)):
            piece, position = ("*" if bounded[1] == "0" else "+"), bounded.end()
        else:
            piece, position = pattern[position], position + 1
            if skipped:
                skipped += (piece == "(") - (piece == ")")
                continue
            if piece == "(" and re.compile(r"\?<?[=!]").match(pattern, position):
                skipped = 1
                continue
            if piece == "+" and out and out[-1] in ("*", "+", "?"):
                continue
        if not skipped:
            out.append(piece)
    return "".join(out)


def places(texts: Sequence[Sequence[str]], *patterns: str) -> list[list[int]]:
    """For each group of texts, the indices of those in which one of the patterns (of polars' engine) finds anything."""
    column = pl.Series("text", [text for group in texts for text in group], dtype=pl.String).to_frame()
    hits = column.select(pl.any_horizontal(pl.col("text").str.contains(pattern) for pattern in patterns)).to_series()
    ends = list(accumulate(map(len, texts)))
    result: list[list[int]] = [[] for _ in texts]
    for row in hits.arg_true():
        group = bisect_right(ends, row)
        result[group].append(row - ends[group] + len(texts[group]))
    return result
