"""A whole saved page: menus, cookie notes, share buttons, teasers and footers around an article, or a listing of teasers without one.

Running text gives the article away: its body is the run of paragraphs with most text, its title the headline above that run. What follows under headings
are teasers; the rest is furniture.
"""

from __future__ import annotations

import re

from transforms.layouts.labels import Labels, is_paragraph
from transforms.layouts.page import Entry, Line, Page, compose, is_byline, is_date_line, is_wrapped

NAME = "saved"
_GAP = 3  # lines that are no paragraphs (subheadings, captions) which may stand between two of a body
_REACH = 25  # lines above a body in which its title is looked for
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


def detect(page: Page, labels: Labels) -> bool:
    """A good part of the lines is furniture or headings, or most of the page is headlines."""
    lines = [line.text for line in page.lines if line]
    if len(lines) < 8 or is_wrapped(page.lines):
        return False
    furniture = sum(labels.is_furniture(t) or labels.heading(t) is not None for t in lines)
    short = sum(len(t) < 45 and not t.startswith(("-", "•", "*")) and not is_date_line(t) for t in lines)
    return (furniture >= 3 and short >= 0.3 * len(lines)) or (furniture >= 2 and short >= 0.5 * len(lines)) or _is_listing(page.lines, labels)


def parse(page: Page, labels: Labels) -> list[Entry]:
    """The main article, if the page has one, then the teasers in order."""
    lines = page.lines
    entries: list[Entry] = []
    after = 0
    block = "listing"
    if not _is_listing(lines, labels) and (run := _main_run(lines, labels)):
        top = _title(lines, run[0], labels)
        if top is not None:
            entry = Entry("main", None, lines[top].start, lines[run[1]].end, lines[top].text)
            lead = [
                line for line in lines[top + 1 : run[0]] if not line or is_date_line(line.text) or is_byline(line.text) or _names_source(line.text)
            ]
            body = [line for line in lines[run[0] : run[1] + 1] if not labels.is_furniture(line.text) or len(line.text) > 100]
            tail = [line for line in lines[run[1] + 1 : run[1] + 8] if _names_source(line.text)]
            entries.append(compose([*lead, *body, *tail], entry))
            after, block = run[1] + 1, "other"
    seen = {_key(e.title) for e in entries}
    entries.extend(_teasers(lines, after, block, labels, seen))
    return entries


def _names_source(text: str) -> bool:
    return re.match(r"(?:sources?|photos?|images?)\s*:\s*\S|photo by\s", text, re.IGNORECASE) is not None


def _is_listing(lines: list[Line], labels: Labels) -> bool:
    """Many headlines, each with no more than two paragraphs below it."""
    filled = [line.text for line in lines if line]
    headlines = 0
    longest = current = 0
    for text in filled:
        if is_paragraph(text):
            current += 1
            longest = max(longest, current)
        elif labels.is_headline(text):
            headlines += 1
            current = 0
    return headlines >= 3 and longest <= 2 and headlines >= 0.2 * len(filled)


def _main_run(lines: list[Line], labels: Labels) -> tuple[int, int] | None:
    """First and last line of the run of paragraphs with most text."""
    best: tuple[int, int] | None = None
    weight = 0
    start = last = None
    total = gap = 0
    for i, line in enumerate([*lines, Line(0, 0, "")]):
        text = line.text
        at_end = i == len(lines)
        stop = at_end or labels.heading(text) is not None or labels.is_external(text)
        if not stop and is_paragraph(text) and not labels.is_furniture(text):
            if start is None:
                start, total = i, 0
            last, total, gap = i, total + len(text), 0
            continue
        if text:
            gap += 1
        if start is not None and last is not None and (stop or gap > _GAP):
            if total > weight:
                best, weight = (start, last), total
            start = last = None
    return best if weight >= 200 else None


def _title(lines: list[Line], body: int, labels: Labels) -> int | None:
    """The line of the title: one that the head of the page repeats, else the nearest headline above the body."""
    head = next((line.text for line in lines if line), "")
    names = {_key(head), *(_key(part) for part in re.split(r"\s[|:–—-]\s|\s:$|\s\|$", head)[:1])}
    above = range(body - 1, max(-1, body - 1 - _REACH * 2), -1)
    for i in above:
        if lines[i] and _key(lines[i].text) in names and len(lines[i].text) >= 12:
            return i
    filled = 0
    for i in above:
        if lines[i]:
            filled += 1
            if labels.is_headline(lines[i].text) and not is_paragraph(lines[i].text):
                return i
            if filled > _REACH:
                break
    return next((i for i, line in enumerate(lines) if line), None)


def _teasers(lines: list[Line], start: int, block: str, labels: Labels, seen: set[str]) -> list[Entry]:
    entries: list[Entry] = []
    section: str | None = None
    open_entry: tuple[Entry, list[Line]] | None = None
    external = False

    def close() -> None:
        nonlocal open_entry
        if open_entry is not None:
            entries.append(compose(open_entry[1], open_entry[0]))
            open_entry = None

    for line in lines[start:]:
        text = line.text
        if not text:
            continue
        if opened := labels.heading(text):
            close()
            block, section, external = opened, None, False
        elif labels.is_external(text):
            close()
            external = True
        elif labels.is_section(text):
            close()
            section = text
        elif external or labels.is_furniture(text):
            close()
        elif len(text) > 90 and (run_on := next(filter(None, (r.match(text) for r in _RUN_ON)), None)):
            close()
            if _key(run_on["title"]) not in seen:
                entry = Entry(block, section, line.start, line.end, run_on["title"], date_line=None)
                entries.append(compose([Line(line.start, line.end, run_on["text"])], entry))
        elif open_entry is not None and (is_paragraph(text) or is_date_line(text) or is_byline(text)):
            open_entry[1].append(line)
            open_entry[0].end = line.end
        elif labels.is_headline(text):
            close()
            if _key(text) not in seen:
                open_entry = (Entry(block, section, line.start, line.end, text), [])
        else:
            close()
    close()
    return entries


def _key(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()
