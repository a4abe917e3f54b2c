"""Teasers in a part of a page: headlines under headings, each with the few lines that belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from transforms.layouts.labels import Labels
from transforms.layouts.page import DATE_FORMS, Entry, Line, compose
from transforms.layouts.wording import AGO, LONG, TEXT

# A title and the beginning of its text in one line: in mid-line, without punctuation before it, a sentence begins with an opener or with the word
# that the title begins with.
_RUN_ON = (
    re.compile(
        r"^(?P<title>[^.!?]{24,129}?[\w”\"’)%])\s"
        r"(?P<text>(?:The|A|An|In|On|At|This|These|He|She|It|They|According|After|As|For|With)\s[a-z\w].{30,})$"
    ),
    re.compile(
        r"^(?P<title>(?P<word>[A-Z]\w+)\b[^.!?]{20,129}?[\w”\"’)%])\s(?P<text>(?P=word)\s(?:has|have|had|is|was|were|will|would|[a-z]+ed)\b.{30,})$"
    ),
)
_MARK = re.compile(r"^\((?:\d(?:st|nd|rd|th) )?[A-Z]{2,8}\) ")  # agencies mark the versions of a story: (LEAD), (2nd LD)
_NO_LETTERS = re.compile(r"\W+")
_PAID = frozenset({"sponsored", "promoted", "paid", "advertiser content", "paid partner", "paid for by"})
_LINKS = frozenset({"for", "of", "in", "on", "at", "to", "with", "by", "from", "and", "or", "the", "a", "an", "as", "that", "than"})  # end no title
_WORDS_ALONE = 5  # of a headline that no heading, date or text shows to be one
_REMEMBERED = 10_000
_DATED = 4  # headlines with something below that show the next to be none
_MOST_LABELS = 2  # between a title and its text
_MOST_LINES = 4  # of text that a teaser has
_DATES = 3  # headlines with a date that tell where it stands,
_MOST_DATES = 0.6  # and the part of them
_DATE_END = re.compile(rf"(?P<title>.*?\S)[\s|,(–—-]+(?P<date>(?:\w+day,? )?(?:{DATE_FORMS}))\)?$", re.IGNORECASE)
_DATE_START = re.compile(rf"[\[(]?(?P<date>(?:\w+day,? )?(?:{DATE_FORMS}))[\s|:,)\]–—-]+(?P<title>\S.*)", re.IGNORECASE)
_LONGER = 1.1  # times its title is what is said about a story


@dataclass
class _Teaser:
    entry: Entry
    at: int
    opened_at: int | None  # the line of the heading it stands under
    lines: list[Line] = field(default_factory=list)
    dated: list[Line] = field(default_factory=list)  # its date, which stands above it
    stamped: bool = False  # whether its age stands below
    texted: bool = False  # whether there is a text among its lines


@lru_cache(_REMEMBERED)
def title_key(text: str) -> str:
    """What two writings of one headline have in common."""
    return _NO_LETTERS.sub(" ", _MARK.sub("", text)).strip().casefold()


def read(lines: Sequence[Line], kinds: Sequence[str], span: tuple[int, int], block: str | None, labels: Labels, seen: set[str]) -> list[Entry]:
    """The teasers in the lines of `span`, in order. `block` is the block of those that stand under no heading; None leaves them out. Titles whose
    `title_key` is in `seen` are left out, and those found are added.

    A headline is a teaser if a heading stands above it, a date or text follows it, or it is long enough to be nothing else."""
    found: list[_Teaser] = []
    section: str | None = None
    opened: int | None = None
    under = block
    closed = False  # under comments and links to elsewhere
    current: _Teaser | None = None
    gap = 0
    paid = False  # whether the next headline is an advertisement
    above = _dates_above(kinds, span)
    pending: list[Line] = []  # a date line that belongs to the next headline
    outlets = _outlets(next((line.text for line in lines if line), ""))
    for i in range(*span):
        text, kind = lines[i].text, kinds[i]
        if not kind:
            continue
        if kind == "heading":
            under, opened, section, closed, current, gap = labels.block(text), i, None, False, None, 0
        elif kind == "date" and above:
            pending, current = [lines[i]], None
        elif kind in ("external", "comments"):
            # in a list of stories each may have its link to comments
            closed, current = closed or kind == "external" or block != "listing", None
        elif kind == "section":
            section, current = text, None
        elif closed or kind in ("furniture", "short"):
            paid = title_key(text) in (_PAID if kind == "furniture" else outlets)  # the name of the outlet stands above its slogan
            # menus that go on for long are no block any more
            gap += 1
            if gap > 4 and opened is not None:
                under, opened = block, None
            if current is not None and not current.lines and AGO.search(text):
                current.stamped = True
            listed = block == "listing" and kind == "furniture"
            if (kind != "short" and not listed) or current is None or current.lines or gap > _MOST_LABELS:
                current = None
        elif kind == "inline":
            found.append(_Teaser(Entry("related", section, lines[i].start, lines[i].end, labels.headline(text, is_link=True)), i, i))
            current = None
        elif under is not None and len(text) > 90 and kind in ("prose", "head") and not (current and not current.lines) and (cut := _run_on(text)):
            teaser = _Teaser(Entry(under, section, lines[i].start, lines[i].end, cut["title"]), i, opened)
            teaser.lines.append(Line(lines[i].start, lines[i].end, cut["text"]))
            teaser.texted = True
            found.append(teaser)
            current, gap = None, 0
        elif kind == "head" and current is not None and not current.texted and title_key(text) == title_key(current.entry.title):
            continue  # titles that stand twice
        elif kind == "head" and paid:
            current, paid = None, False
        elif kind == "head":
            current = _Teaser(Entry(under or "other", section, lines[i].start, lines[i].end, labels.headline(text)), i, opened, dated=pending)
            pending = []
            if under is not None:
                found.append(current)
            gap = 0
        elif current is not None and len(current.lines) < _MOST_LINES and not (kind == "byline" and current.lines):
            current.lines.append(lines[i])
            current.texted = current.texted or kind in TEXT
            current.entry.end = lines[i].end
    _move_dates(found)
    alone = [bool(teaser.lines or teaser.dated) or teaser.stamped for teaser in found if teaser.opened_at is None]
    texted = sum(alone) >= 0.5 * len(alone)  # where most have a text, a headline without one is none
    end = next((i for i in range(span[1] - 1, span[0], -1) if kinds[i]), None) if block == "listing" else None  # where a list was cut off
    result: list[Entry] = []
    for teaser in _without_last(_with_subtitles(found, lines)):
        key = title_key(teaser.entry.title)
        told = (
            teaser.opened_at is not None
            or teaser.lines
            or teaser.dated
            or teaser.stamped
            or ((not texted or teaser.at == end) and teaser.entry.title.count(" ") + 1 >= _WORDS_ALONE)
        )
        if key and told and key not in seen and not _names(key, outlets):
            seen.add(key)
            result.append(compose([*teaser.dated, *teaser.lines], teaser.entry))
    return result


def _dates_above(kinds: Sequence[str], span: tuple[int, int]) -> bool:
    """Whether the stories of a list have their dates above their headlines, not below."""
    filled = [kind for kind in kinds[span[0] : span[1]] if kind and kind not in ("furniture", "section", "credit", "short")]
    dates = [n for n, kind in enumerate(filled) if kind == "date"]
    if not dates or any(kind in TEXT for kind in filled[: dates[0]]) or filled[: dates[0]].count("head") > 1:
        return False  # the first headline has its date below its text
    above = sum(filled[n + 1 : n + 2] == ["head"] and (n == 0 or filled[n - 1] != "head") for n in dates)
    return above >= _DATES and above >= _MOST_DATES * len(dates)


def _move_dates(found: list[_Teaser]) -> None:
    """Takes the dates off the headlines, where most have one: "Ferry fares rise Mar 11, 2025", "11.03.2025 - Ferry fares rise"."""
    for form in (_DATE_END, _DATE_START):
        dates = [form.match(teaser.entry.title) for teaser in found]
        rests = [date["title"] for date in dates if date is not None]
        if len(rests) >= max(_DATES, _MOST_DATES * len(found)) and len(set(rests)) == len(rests):
            for teaser, date in zip(found, dates, strict=True):
                if date is not None:
                    teaser.dated, teaser.entry.title = [Line(teaser.entry.start, teaser.entry.end, date["date"])], date["title"]


def _without_last(found: list[_Teaser]) -> list[_Teaser]:
    """Without a last headline that has nothing below, where all others under its heading have a date or text: that is the name of who made the page."""
    group = [teaser for teaser in found if teaser.opened_at == found[-1].opened_at and teaser.opened_at is not None] if found else []
    odd = len(group) > _DATED and not group[-1].lines and all(teaser.lines for teaser in group[:-1])
    return found[:-1] if odd else found


def _run_on(text: str) -> re.Match[str] | None:
    """A title and its text in one line."""
    cut = next(filter(None, (pattern.match(text) for pattern in _RUN_ON)), None)
    if cut is None or cut["title"].rsplit(" ", 1)[-1] in _LINKS:
        return None
    long = [word for word in cut["text"].split() if len(word) > 3]
    return None if sum(word[0].isupper() for word in long) > 0.7 * len(long) else cut  # a headline that capitalises its words goes on


def _outlets(first: str) -> set[str]:
    """What the first line of a page ("Headline | Outlet") may call the outlet, as `title_key`."""
    parts = [title_key(part) for part in re.split(r"\s[|–—-]\s", first)]
    return {p for p in (parts[0], parts[-1]) if len(parts) > 1 and p and p.count(" ") <= 4}


def _names(key: str, outlets: set[str]) -> bool:
    """Whether a line is the name of the outlet with a word or two: a label of its own, no headline."""
    return any(" " in o and o in key and key.count(" ") <= o.count(" ") + 2 for o in outlets)


def _with_subtitles(found: list[_Teaser], lines: Sequence[Line]) -> list[_Teaser]:
    """Of two headlines in a row the lower is what is said about the upper: where a blank line parts two alone from each other but not the upper from its
    heading, and in a list where the other headlines have a text."""
    groups: dict[int | None, list[_Teaser]] = {}
    for teaser in found:
        groups.setdefault(teaser.opened_at, []).append(teaser)
    said: set[int] = set()
    for opened, group in groups.items():
        texted = sum(teaser.texted for teaser in group)
        for n, (above, below) in enumerate(pairwise(group)):
            if above.lines or below.texted or above.at in said or any(lines[above.at + 1 : below.at]):
                continue
            alone = len(group) == 2 and opened is not None and above.at == opened + 1 and not lines[above.at + 1] and not below.lines
            rest = [group[m] for m in (n - 1, n + 2) if 0 < m < len(group)]
            listed = texted and 3 * texted >= len(group) - 2 and all(r.texted or r.at in said for r in rest)
            long = texted and below.opened_at is None and len(lines[below.at].text) >= LONG
            if alone or long or (listed and len(lines[below.at].text) > _LONGER * len(above.entry.title)):
                above.lines += [lines[below.at], *below.lines]
                above.entry.end = below.entry.end
                said.add(below.at)
    return [teaser for teaser in found if teaser.at not in said]


def longest_run(kinds: Sequence[str]) -> int:
    """How many paragraphs stand together at most, with nothing but blank lines, short sentences and credits between."""
    longest = current = 0
    for kind in kinds:
        if kind in TEXT:
            current += 1
            longest = max(longest, current)
        elif kind and kind != "credit":
            current = 0
    return longest
