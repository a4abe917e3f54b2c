"""What is said beside a text: a sidecar NAME.meta.json, or YAML front matter."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\r?\n(.*?\n)---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_KEYS = {"url": ("url",), "published_on": ("published_on", "published", "date"), "observed_on": ("observed_on",)}


@dataclass(frozen=True)
class Metadata:
    """`ignored` says what could not be read; the values are never guessed."""

    url: str | None = None
    published_on: date | None = None
    observed_on: date | None = None
    ignored: str | None = None

    def over(self, other: Metadata) -> Metadata:
        """These values where `other`, which counts more, has none."""
        notes = "; ".join(n for n in (other.ignored, self.ignored) if n) or None
        return Metadata(other.url or self.url, other.published_on or self.published_on, other.observed_on or self.observed_on, notes)


def from_sidecar(data: bytes | None) -> Metadata:
    if data is None:
        return Metadata()
    try:
        return _metadata(json.loads(data.decode("utf-8-sig")), "sidecar")
    except (ValueError, RecursionError):
        return Metadata(ignored="sidecar ignored: not JSON")


def from_front_matter(text: str, most: int) -> Metadata:
    """`text` may begin with a block of YAML between two lines of three dashes, no longer than `most` characters."""
    if not text.lstrip("\ufeff \r\n\t").startswith("---"):
        return Metadata()
    match = _FRONT_MATTER.match(text[: most + 8])
    if match is None:
        return Metadata()
    import yaml  # only few pages have front matter

    try:
        return _metadata(yaml.load(match[1], Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)), "front matter")
    except (yaml.YAMLError, ValueError, RecursionError):
        return Metadata(ignored="front matter ignored: not YAML")


def _metadata(values: Any, where: str) -> Metadata:
    if not isinstance(values, dict):
        return Metadata(ignored=f"{where} ignored: not a mapping")
    found: dict[str, Any] = {}
    ignored = []
    for name, keys in _KEYS.items():
        value = next((values[k] for k in keys if values.get(k) is not None), None)
        if value is None:
            continue
        read = _url(value) if name == "url" else _day(value)
        if read is None:
            ignored.append(name)
        else:
            found[name] = read
    return Metadata(**found, ignored=f"{where}: {', '.join(ignored)} ignored, not readable" if ignored else None)


def _url(value: Any) -> str | None:
    return value if isinstance(value, str) and re.match(r"https?://[^\s\x00-\x1f]+\Z", value) else None


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value.strip()[:10])
        except ValueError:
            return None
    return None
