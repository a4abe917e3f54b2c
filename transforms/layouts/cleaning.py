"""Cleans a piece of text of what is no letter of it."""

from __future__ import annotations

import re
from html import unescape

_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffc]")
_TAGS = re.compile(r"</?[a-z][a-z0-9-]*(?:\s[^<>]*)?/?>|<!--.*?-->", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8});", re.IGNORECASE)


def clean(text: str) -> str:
    """White space of any kind as single blanks; soft hyphens, zero-width, direction and control characters and marks of HTML removed, its entities
    as the characters they mean."""
    if "<" in text:
        text = _TAGS.sub("", text)
    if "&" in text and ";" in text:
        text = _ENTITY.sub(lambda match: unescape(match[0]), text)
    if not text.isprintable():  # as is no text with another blank than the plain one
        text = " ".join(text.split())
        if not text.isprintable():
            text = _INVISIBLE.sub("", text)
    while "  " in text:
        text = text.replace("  ", " ")
    return text.strip(" ")
