"""Patterns over all sentences at once.

polars' engine looks through a whole column in linear time and many times as fast as Python's, but it knows no look-around: so it finds the sentences
on which Python's engine is worth its while."""

from __future__ import annotations

import re

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


def in_ascii(pattern: str) -> str:
    """The pattern with word boundaries and classes of ASCII: those of Unicode make it five times as slow. It may find more."""
    return pattern.replace(r"\b", r"(?-u:\b)").replace(r"\w", r"\S").replace(r"\W", "[^a-z0-9]")


def any_of(*patterns: str) -> pl.Expr:
    """Whether one of the patterns (of polars' engine) finds anything in a sentence (column `text`)."""
    return pl.any_horizontal(pl.col("text").str.contains(pattern) for pattern in patterns)
