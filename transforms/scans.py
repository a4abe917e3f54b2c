"""Patterns over all sentences at once.

polars' engine looks through a whole column in linear time and many times as fast as Python's, but it knows no look-around: so it finds the sentences
on which Python's engine is worth its while."""

from __future__ import annotations

import re

import polars as pl

_BRACKETED = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]|\\.", re.DOTALL)
_BOUNDED = re.compile(r"\{(\d+)(?:,\d*)?\}")
_LOOK_AROUND = re.compile(r"\(\?<?[=!]")


def wider(pattern: str) -> str:
    """A pattern for polars' engine that matches wherever the Python pattern does, and perhaps elsewhere: without look-around and possessive
    quantifiers, and with unbounded instead of bounded repetitions, which make a small automaton of a big one."""
    return _without_look_around(pattern, "", unbounded=True)


def narrower(pattern: str) -> str:
    """A pattern for polars' engine that matches only where the Python pattern does: what depends on a look-around never does."""
    return _without_look_around(pattern, r"[^\s\S]", unbounded=False)


def _without_look_around(pattern: str, instead: str, *, unbounded: bool) -> str:
    out: list[str] = []
    position = 0
    while position < len(pattern):
        if token := _BRACKETED.match(pattern, position):
            piece, position = token[0], token.end()
        elif unbounded and (bounded := _BOUNDED.match(pattern, position)):
            piece, position = ("*" if bounded[1] == "0" else "+"), bounded.end()
        elif _LOOK_AROUND.match(pattern, position):
            piece, position = instead, _group_end(pattern, position)
        else:
            piece, position = pattern[position], position + 1
            if piece == "+" and out and out[-1] in ("*", "+", "?"):
                continue
        out.append(piece)
    return "".join(out)


def refused(pattern: str) -> str:
    """What a pattern that opens with a negative look-ahead may not begin with."""
    return pattern[len("(?!") : _group_end(pattern, 0) - 1]


def _group_end(pattern: str, start: int) -> int:
    """Where the group that opens at `start` is closed: the offset behind its bracket."""
    depth, position = 0, start
    while position < len(pattern):
        token = _BRACKETED.match(pattern, position)
        if token is None:
            depth += (pattern[position] == "(") - (pattern[position] == ")")
        position = token.end() if token else position + 1
        if depth == 0:
            break
    return position


def in_ascii(pattern: str) -> str:
    """The pattern with word boundaries and classes of ASCII: those of Unicode make it five times as slow. It may find more."""
    return pattern.replace(r"\b", r"(?-u:\b)").replace(r"\w", r"\S").replace(r"\W", "[^a-z0-9]")


def with_ascii_words(pattern: str) -> str:
    """The pattern with words of ASCII, which compile in a tenth of the time: those of Unicode are a list of some seven hundred ranges. It may find less."""

    def narrow(token: re.Match[str]) -> str:
        if token[0] == r"\w":
            return "[0-9A-Za-z_]"
        return token[0].replace(r"\w", "0-9A-Za-z_") if token[0].startswith("[") and not token[0].startswith("[^") else token[0]

    return _BRACKETED.sub(narrow, pattern)


def with_plain_blanks(pattern: str) -> str:
    """The pattern for sentences, which have no white space but single blanks (`layouts.cleaning`): it takes a fifth less than with all that Unicode has."""
    return pattern.replace(r"\s", " ")


def any_of(*patterns: str) -> pl.Expr:
    """Whether one of the patterns (of polars' engine) finds anything in a sentence (column `text`)."""
    return pl.any_horizontal(pl.col("text").str.contains(pattern) for pattern in patterns)
