"""What a form of a date is: a pattern with named groups and a reader that says what a match means."""

from __future__ import annotations

import re
from collections.abc import Callable

from transforms.dates.values import Meaning
from transforms.dates.words import pattern

Reader = Callable[[re.Match[str], str], Meaning | tuple[Meaning, str] | None]
"""What a match (its whole is the group `core`) behind a lead means, None if no date; with the name of the group that the date ends with, if not the last."""
BOUND = "¦"  # at the end of a form that says itself where a word has to end


class Forms(list[tuple[str, Reader]]):
    """In the order in which they are tried, longer before shorter ones: the order of their definition."""

    def read_by(self, *patterns: str) -> Callable[[Reader], Reader]:
        """Makes a function the reader of patterns."""

        def register(reader: Reader) -> Reader:
            self.extend((pattern(p[:-1] if p.endswith(BOUND) else p + r"\b"), reader) for p in patterns)
            return reader

        return register
