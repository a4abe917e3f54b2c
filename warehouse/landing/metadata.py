"""What somebody noted beside a page: a sidecar `NAME.meta.json`, or YAML front matter between two lines '---' at its start.

Both are hostile until proven harmless. Values are taken only as text, from the top level, and only if they are an http(s) address or an ISO
date; whatever else they hold is left alone, and what was meant but cannot be used is named, never guessed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from warehouse.landing.names import one_line

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\r?\n(.*?\n)---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_URL = re.compile(r"https?://[^\s<>\"]{1,2000}", re.IGNORECASE)
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ][0-9:.,+\-Z ]*)?")
_KEYS = {
    "url": ("url",),
    "published_on": ("published_on", "published", "date"),
    "observed_on": ("observed_on",),
}


@dataclass(frozen=True)
class Metadata:
    url: str | None = None
    published_on: date | None = None
    observed_on: date | None = None
    notes: tuple[str, ...] = ()
    """What was ignored, and why."""

    def over(self, other: Metadata) -> Metadata:
        """These values, and where there is none the other's."""
        return Metadata(
            self.url or other.url, self.published_on or other.published_on, self.observed_on or other.observed_on, self.notes + other.notes
        )


NOTHING = Metadata()


def from_sidecar(data: bytes) -> Metadata:
    """Metadata from the bytes of a sidecar. Never raises: what is wrong becomes a note."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        return Metadata(notes=("sidecar ignored: not JSON",))
    return _from_mapping(content, "sidecar")


def from_front_matter(text: str, most: int) -> Metadata:
    """Metadata from the front matter of a page, if it has one of at most `most` characters. Never raises: what is wrong becomes a note."""
    if not text.lstrip().startswith("---"):
        return NOTHING
    found = _FRONT_MATTER.match(text[:most])
    if found is None:
        return NOTHING
    import yaml  # only few pages have front matter

    # The base loader makes text of every value: no tags, no merge keys, no numbers, so neither aliases nor anything else can grow. libyaml, where
    # it is there, is ten times faster and bounds the depth of nesting itself.
    try:
        content = yaml.load(found[1], Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        return Metadata(notes=("front matter ignored: not YAML",))
    return _from_mapping(content, "front matter")


def _from_mapping(content: object, where: str) -> Metadata:
    if not isinstance(content, Mapping):
        return Metadata(notes=(f"{where} ignored: not a mapping of keys to values",))
    values: dict[str, Any] = {}
    notes: list[str] = []
    for field, keys in _KEYS.items():
        key = next((k for k in keys if content.get(k) not in (None, "")), None)
        if key is None:
            continue
        value = _url(content[key]) if field == "url" else _date(content[key])
        if value is None:
            wanted = "http(s) address" if field == "url" else "ISO date"
            notes.append(f"{where}: {key} ignored, not an {wanted}: {one_line(str(content[key])[:60], 60)}")
        values[field] = value
    return Metadata(**values, notes=tuple(notes))


def _url(value: object) -> str | None:
    text = value.strip() if isinstance(value, str) else ""
    return text if _URL.fullmatch(text) and text.isprintable() else None


def _date(value: object) -> date | None:
    found = _DATE.fullmatch(value.strip()) if isinstance(value, str) else None
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None
