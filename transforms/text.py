"""Hashes and normal forms of text, shared by the transforms."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import polars as pl

SEPARATOR = "\x1f"


def hash_ids(frame: pl.DataFrame, columns: Sequence[str]) -> pl.Series:
    """An id for each row: the first 16 hex digits of the SHA-256 of the named columns, read as text and joined by U+001F. NULL counts as
    empty. Stable across runs, machines and versions, unlike polars' own hash."""
    joined = frame.select(pl.concat_str([pl.col(c).cast(pl.String).fill_null("") for c in columns], separator=SEPARATOR)).to_series()
    return pl.Series([sha256(s.encode()).hexdigest()[:16] for s in joined.to_list()], dtype=pl.String)


def hash_id(*values: object) -> str:
    """`hash_ids` for one row of plain values."""
    return sha256(SEPARATOR.join("" if v is None else str(v) for v in values).encode()).hexdigest()[:16]


def normalise_key(text: pl.Expr) -> pl.Expr:
    """Lower case, no accents, letters and digits only, single blanks: equal for spellings that differ in typography alone."""
    return text.str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars(" ")


def to_code_points(text: pl.Expr, byte_offset: pl.Expr) -> pl.Expr:
    """Byte offsets into UTF-8 (what `str.find_many` gives) as code points."""
    is_ascii = text.str.len_bytes() == text.str.len_chars()
    return (
        pl.when(is_ascii)
        .then(byte_offset)
        .otherwise(text.cast(pl.Binary).bin.head(byte_offset).cast(pl.String, strict=False).str.len_chars())
        .cast(pl.Int32)
    )
