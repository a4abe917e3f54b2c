"""What stands above a page about it: YAML between two lines of dashes, or lines of keys and values as tools that collect pages write them."""

from __future__ import annotations

import re

import yaml

from transforms.layouts.cleaning import clean

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\r?\n(.*?\n)---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
# The same without marks: "Title: …", "Published: …", as tools that collect pages write it. A Source line stays, as it does elsewhere.
_HEADER_KEY = (
    r"(?:title|headline|url|link|date|published(?: at| on)?|author|authors|site|domain|section|category|language|description|summary|scraped at|id)"
)
_HEADER = re.compile(rf"\A\s*(?:{_HEADER_KEY}[ \t]*:[ \t]*\S[^\n]*(?:\n\s*|\Z))+", re.IGNORECASE)
_HEADER_LINE = re.compile(rf"^\s*({_HEADER_KEY})[ \t]*:[ \t]*(\S[^\n]*)", re.IGNORECASE | re.MULTILINE)
# "date 2018-04-17 " before the first word, as collections of web pages keep what their crawler found.
_DATED = re.compile(r"\A\s*date (\d{4}-\d{2}-\d{2})[ \t]+(?=\S)")
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # in C, where PyYAML was built with it: ten times as fast
_NOTHING = ("", "~", "null")
_DEEPEST = 16  # levels of a mapping that is read


def split(raw: str) -> tuple[dict[str, str], int]:
    """The keys, in lower case, and their values, and the offset in the text behind them: nothing and 0 where there are none."""
    if match := _FRONT_MATTER.match(raw):
        return _from_yaml(match[1]), match.end()
    if match := _DATED.match(raw):
        return {"date": match[1]}, match.end()
    if (match := _HEADER.match(raw)) and (pairs := dict(_HEADER_LINE.findall(match[0]))):
        named = {key.lower(): clean(value) for key, value in pairs.items()}
        if title := named.get("title") or named.get("headline"):
            return {**named, "title": title}, match.end()
    return {}, 0


def _from_yaml(block: str) -> dict[str, str]:
    """The keys of a mapping with their values as written, those that are no collections; empty where the block is no mapping.

    Reads the events of the parser and builds nothing: building recurses as deep as the text nests, follows aliases, which lets ten lines grow to gigabytes, and
    refuses a page for a date that is none."""
    told: list[str | None] = []  # keys and values in turn, None for a collection
    depth = 0
    try:
        for event in yaml.parse(block, Loader=_LOADER):
            if depth == 1 and isinstance(event, yaml.NodeEvent):
                told.append(event.value if isinstance(event, yaml.ScalarEvent) else None)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST or (depth == 1 and not told and isinstance(event, yaml.SequenceStartEvent)):
                return {}
    except (yaml.YAMLError, UnicodeError):
        return {}
    pairs = zip(told[::2], told[1::2], strict=False)
    return {key.lower(): clean(value) for key, value in pairs if key and value is not None and value.lower() not in _NOTHING}
