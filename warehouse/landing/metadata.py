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
_NESTED = ("…",)
_MAX_DEPTH = 50
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
    try:
        content = _top_level(found[1])
    except ValueError:
        return Metadata(notes=("front matter ignored: not YAML",))
    return _from_mapping(content, "front matter")


def _top_level(block: str) -> dict[object, object] | None:
    """Keys and values of a YAML mapping, all as text, what is nested as _NESTED; None where the block is no mapping. Raises ValueError.

    Reads the parser's events and builds no nodes: building recurses, which lets deep nesting overflow the C stack, and follows aliases and merge
    keys, which lets ten lines grow to gigabytes."""
    import yaml  # only few pages have front matter

    values: dict[object, object] = {}
    key: object = None
    depth = 0
    try:
        for event in yaml.parse(block, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)):
            if isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth == 0 and isinstance(event, (yaml.NodeEvent, yaml.DocumentEndEvent)) and not isinstance(event, yaml.MappingStartEvent):
                return values if isinstance(event, yaml.DocumentEndEvent) else None
            if depth == 1 and isinstance(event, (yaml.ScalarEvent, yaml.AliasEvent, yaml.CollectionEndEvent)):
                node = event.value if isinstance(event, yaml.ScalarEvent) else _NESTED
                if key is None:
                    key = node
                else:
                    values[key], key = node, None
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            if depth > _MAX_DEPTH:
                raise ValueError("nested too deeply")
    except yaml.YAMLError as error:
        raise ValueError("not YAML") from error
    return None


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
