"""How files are named in the warehouse, and how hostile text is made fit for one line.

A path is bytes. A `source_uri` is text: whatever is not a plain character is percent-encoded (RFC 3986), so names with newlines or invalid
UTF-8 keep a name of their own, and "!/" can only mean "member of this archive".
"""

from __future__ import annotations

import os
from hashlib import sha256
from urllib.parse import quote

MEMBER = "!/"
SIDECAR_SUFFIX = ".meta.json"
DROPPINGS = frozenset({b"Thumbs.db", b"desktop.ini", b"__MACOSX"})
_SECONDS_YEAR_1, _SECONDS_YEAR_10000 = -62_135_596_800, 253_402_300_800


def file_id(source_uri: str) -> str:
    """The key of a file in the ledger: the first 16 hex digits of the SHA-256 of its source_uri."""
    return sha256(source_uri.encode()).hexdigest()[:16]


def file_uri(path: bytes) -> str:
    return "file://" + quote(path)


def is_hidden(name: bytes) -> bool:
    """What operating systems and tools leave about: names that begin with a dot, and a few known ones. Never offered from a folder or
    an archive; a hidden path that the user names is."""
    return (name[:1] == b"." and name not in (b".", b"..")) or name in DROPPINGS


def sidecar_names(name: str) -> list[str]:
    """The names that a sidecar of `name` may have, the preferred one first: page.txt.meta.json, then page.meta.json."""
    stem, dot, _ = name.rpartition(".")
    return [name + SIDECAR_SUFFIX, *([stem + SIDECAR_SUFFIX] if dot and stem and not stem.endswith("/") else [])]


def display_name(name: bytes) -> str:
    """A file name as people can read it: valid UTF-8, on one line, control and direction characters escaped."""
    return one_line(name.decode("utf-8", "backslashreplace"))


def one_line(text: str, longest: int = 300) -> str:
    """Text fit for one line of a report."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
    return text if len(text) <= longest else text[: longest - 1] + "…"


def os_reason(error: OSError) -> str:
    return f"cannot be read: {error.strerror or type(error).__name__}"


def stamp(stat: os.stat_result) -> str:
    """Size and modification time: equal means that nobody wrote to the file."""
    return f"{stat.st_size}:{stat.st_mtime_ns}"


def valid_time(microseconds: int | None) -> int | None:
    """Microseconds since 1970, or None outside of the years 1 to 9999, which Python's and SQL's dates do not have."""
    if microseconds is None or not _SECONDS_YEAR_1 <= microseconds // 1_000_000 < _SECONDS_YEAR_10000:
        return None
    return microseconds
