"""The reference lists, and what the transforms compile from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import polars as pl

T = TypeVar("T")


class Lexicon:
    """The frames of `seeds/reference/*.csv`, by stem of the file name, and the patterns compiled from them.

    A transform asks for its patterns with `lexicon.compiled(build)`; they are built once per lexicon, so that a process which reads many
    batches compiles once and nothing is kept in a global.
    """

    def __init__(self, frames: Mapping[str, pl.DataFrame]) -> None:
        self._frames = dict(frames)
        self._compiled: dict[Callable[[Lexicon], Any], Any] = {}

    def frame(self, name: str) -> pl.DataFrame:
        """The reference list `name`. Raises KeyError where there is none."""
        return self._frames[name]

    def compiled(self, build: Callable[[Lexicon], T]) -> T:
        """What `build` makes of this lexicon."""
        if build not in self._compiled:
            self._compiled[build] = build(self)
        result: T = self._compiled[build]
        return result
