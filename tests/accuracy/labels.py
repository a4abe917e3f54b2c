"""Labelled pages: reading them, and finding a text in a page whatever its typography."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

Spans = list[tuple[int, int]]

_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("’‘‛", "'"),
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("–—‑−", "-"),
        **dict.fromkeys("\u00ad\u200b\ufeff", None),
    }
)


def plain(text: str | None) -> str:
    """One blank for any white space, plain quotation marks and dashes, no invisible characters."""
    return " ".join(unicodedata.normalize("NFKC", (text or "").translate(_TYPOGRAPHY)).split())


def bare(text: str | None) -> str:
    """`plain`, without accents, case and punctuation."""
    letters = (c for c in unicodedata.normalize("NFKD", plain(text)) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w\s]", " ", "".join(letters).casefold()).split())


@dataclass(frozen=True)
class Page:
    """One labelled page: its labels as JSON gives them and its decoded text."""

    labels: dict[str, Any]
    raw: str

    @property
    def file(self) -> str:
        return str(self.labels["file"])

    @cached_property
    def _folded(self) -> str:
        return plain(self.raw).casefold()

    def text(self, value: str | list[int] | None) -> str:
        """A quote or title, which labels give as text or as offsets into the page."""
        return self.raw[value[0] : value[1]] if isinstance(value, list) else (value or "")

    def spans(self, text: str | None) -> Spans:
        """Every place of a text in the page; failing an exact one, the best that is at least 90 % alike (20 characters or more)."""
        key = plain(text).casefold()
        if not key:
            return []
        found = [(m.start(), m.start() + len(key)) for m in re.finditer(f"(?={re.escape(key)})", self._folded)]
        if not found and 20 <= len(key) <= len(self._folded):
            alignment = fuzz.partial_ratio_alignment(key, self._folded, score_cutoff=90)
            if alignment:
                found = [(alignment.dest_start, alignment.dest_end)]
        return found


def read(folder: Path) -> Iterator[Page]:
    """The labelled pages of a folder with `gold/*.json` and `pages/*` (or `articles/*`), by name. Raises ValueError where a page is not the one labelled."""
    pages = folder / "pages" if (folder / "pages").is_dir() else folder / "articles"
    for path in sorted((folder / "gold").glob("*.json")):
        labels = json.loads(path.read_text(encoding="utf-8"))
        data = (pages / labels["file"]).read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        if labels.setdefault("sha256", digest) != digest:
            raise ValueError(f"{labels['file']} is not the page that was labelled: its hash differs")
        yield Page(labels, data.decode(labels["encoding"]))
