"""The labels of `page_labels.csv`, ready to be asked about a line, and what a line looks like."""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.layouts.page import is_byline, is_date_line
from transforms.lexicon import Lexicon

_SENTENCE_END = re.compile(r"[.!?…][\"”’'»)\]]*$")
_ABBREVIATION_END = re.compile(r"\b(?:[A-Z]\.){2,}$")


@dataclass(frozen=True)
class Labels:
    headings: dict[str, str]  # label -> block
    sections: frozenset[str]
    external: frozenset[str]
    furniture: re.Pattern[str]

    def heading(self, text: str) -> str | None:
        """The block that a line opens, if it is a heading."""
        return self.headings.get(_key(text)) if len(text) <= 50 else None

    def is_section(self, text: str) -> bool:
        return len(text) <= 40 and _key(text) in self.sections

    def is_external(self, text: str) -> bool:
        return len(text) <= 50 and _key(text) in self.external

    def is_furniture(self, text: str) -> bool:
        """Whether a line belongs to the page rather than to a story: short and with a word of menus, share buttons, notes or footers."""
        return len(text) <= 220 and self.furniture.search(text) is not None

    def is_headline(self, text: str) -> bool:
        """Whether a line may be the headline of a story: some words, no full stop at its end, no label, date or byline."""
        return (
            18 <= len(text) <= 220
            and text.count(" ") >= 3
            and (not text.endswith((".", ":", ";", ",", "…")) or _ABBREVIATION_END.search(text) is not None)
            and not text.startswith(("-", "•", "*", "“", '"(', "("))
            and not self.is_furniture(text)
            and self.heading(text) is None
            and not is_date_line(text)
            and not is_byline(text)
        )


def compile_labels(lexicon: Lexicon) -> Labels:
    rows = lexicon.frame("page_labels")
    furniture = sorted(rows.filter(kind="furniture")["label"], key=len, reverse=True)
    return Labels(
        dict(rows.filter(kind="heading").select("label", "block").iter_rows()),
        frozenset(rows.filter(kind="section")["label"]),
        frozenset(rows.filter(kind="external")["label"]),
        re.compile(r"(?<!\w)(?:" + "|".join(re.escape(f) for f in furniture) + ")", re.IGNORECASE),
    )


def is_paragraph(text: str) -> bool:
    """Whether a line is running text: long, or a sentence of some length."""
    if len(text) >= 120:
        return True
    ends = _SENTENCE_END.search(text) is not None and _ABBREVIATION_END.search(text) is None
    return len(text) >= 45 and ends and text.count(" ") >= 6


def _key(text: str) -> str:
    return text.strip(" :»>|-–—").casefold().replace("’", "'")
