"""All forms as one grammar: one pattern finds snippets in whole columns, and each snippet is read by the first form that fits it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from transforms.dates import absolute, relative
from transforms.dates.values import Meaning
from transforms.dates.words import LEAD, relation

_FORMS = (*absolute.FORMS, *relative.FORMS)
REMEMBERED = 1 << 16  # distinct snippets; news has far fewer


@dataclass(frozen=True, slots=True)
class Reading:
    """What a snippet says: where in it the date stands, how it is tied to its sentence, and what it means."""

    start: int
    end: int
    relation: str
    meaning: Meaning
    is_open: bool  # an anchor would tell more


class Grammar:
    """All forms, compiled: `pattern` finds snippets (Rust's syntax), `read` reads one."""

    def __init__(self) -> None:
        cores = "|".join(re.sub(r"\(\?P<\w+>", "(?:", core) for core, _ in _FORMS)
        self.pattern = rf"\b(?:{LEAD})(?:{cores})".replace(r"\b", r"(?-u:\b)")
        self._forms = [(re.compile(f"(?P<lead>{LEAD})(?P<core>{core})"), reader) for core, reader in _FORMS]
        self.read = lru_cache(maxsize=REMEMBERED)(self._read)

    def _read(self, snippet: str) -> Reading | None:
        for pattern, reader in self._forms:
            match = pattern.fullmatch(snippet)
            if match is not None:
                lead = match["lead"]
                read = reader(match, lead)
                if read is None:
                    return None
                meaning, last = read if isinstance(read, tuple) else (read, "core")
                start, end = match.start("core"), match.end(last)
                if last == "core" and snippet.endswith(("’s", "'s")):
                    end -= 2
                if last == "core" and snippet.endswith(")") and "(" not in match["core"]:
                    end -= 1  # today (6 May 2020)
                return Reading(start, end, relation(lead, match["core"]), meaning, meaning(None, False).first is None)
        return None
