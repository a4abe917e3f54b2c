"""The body of an article as HTML: quotes highlighted in place, names marked lightly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from markupsafe import Markup, escape

from reports.content import Row

PARAGRAPH = re.compile(r"\S(?:(?!\n\n).)*", re.DOTALL)
MARK = Markup('<mark class="{classes}"{id}{parts}>{anchors}{text}</mark>{notes}')
NAME = Markup('<span class="name" title="{label}"{id}>{text}</span>')


def paragraphs(body: str, findings: Sequence[Row], mentions: Sequence[Row], anchored: set[str]) -> list[Markup]:
    """The paragraphs of `body`, escaped, each finding's span in `<mark>` with the id `q-<id>` and its number behind it, each mention in a `<span>`.

    Spans may overlap and may run over paragraphs: they are cut where another begins or ends. The first mention of a country or office-holder in the
    report gets the id `m-<key>`; `anchored` holds the keys that have one, and is added to."""
    return [
        Markup("").join(
            _segment(body, start, end, findings, mentions, anchored) for start, end in pairwise(_cuts(found.start(), found.end(), findings))
        )
        for found in PARAGRAPH.finditer(body)
    ]


def _cuts(start: int, end: int, findings: Iterable[Row]) -> list[int]:
    bounds = {bound for row in findings for bound in (row["start_char"], row["end_char"]) if start < bound < end}
    return sorted({start, end, *bounds})


def _segment(body: str, start: int, end: int, findings: Iterable[Row], mentions: Iterable[Row], anchored: set[str]) -> Markup:
    inside = [row for row in mentions if start <= row["start_char"] and row["end_char"] <= end]
    text = _named(body, start, end, inside, anchored)
    covering = [row for row in findings if row["start_char"] <= start and end <= row["end_char"]]
    if not covering:
        return text
    opening = [row["id"] for row in covering if row["start_char"] == start]
    closing = [row for row in covering if row["end_char"] == end]
    return MARK.format(
        classes=" ".join(sorted({row["kind"] for row in covering})),
        id=Markup(' id="q-{}"').format(opening[0]) if opening else "",
        # A quote in several parts: the page marks them all when one is looked up.
        parts=Markup(' data-of="{}"').format(" ".join(row["id"] for row in covering)) if len(opening) < len(covering) else "",
        anchors=Markup("").join(Markup('<span id="q-{}"></span>').format(other) for other in opening[1:]),
        text=text,
        notes=Markup("").join(
            Markup('<sup><a class="{kind}" href="#n-{id}" aria-label="{kind} {number}">{number}</a></sup>').format(**row) for row in closing
        ),
    )


def _named(body: str, start: int, end: int, mentions: Iterable[Row], anchored: set[str]) -> Markup:
    pieces, at = [], start
    for row in mentions:
        if row["start_char"] < at:  # two names in one place: the first stands
            continue
        key = row["key"]
        anchor = "" if key in anchored else Markup(' id="m-{}"').format(key)
        anchored.add(key)
        pieces += [
            escape(body[at : row["start_char"]]),
            NAME.format(label=row["label"], id=anchor, text=body[row["start_char"] : row["end_char"]]),
        ]
        at = row["end_char"]
    return Markup("").join([*pieces, escape(body[at:end])])
