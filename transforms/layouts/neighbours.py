"""What a line is by what stands around it, where its wording alone says too little."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise, takewhile

from transforms.layouts.page import BULLET, DATE_FORMS, Page
from transforms.layouts.wording import AGO, BESIDE, CLOCK, DURATION, HEADLINE, LONG, PAGE_NAME, SENTENCE_END, SITE, TEXT, TOPICAL, label_key

_TOPICAL_LINE = 60
_SENDERS = frozenset(
    {"from", "by", "author", "authors", "writer", "issued by", "published by", "delivered by", "organisation", "department", "ministry"}
)
_FORM = re.compile(
    r"(?:enter |type )?your e-?mail(?: address)?(?: here)?|e-?mail(?: address)?|sign (?:me )?up(?: now| here| for free)?|subscribe(?: now| here| for free)?|join now"
)
_LETTER = re.compile(
    r"newsletter|briefing|inbox|e-?mail|digest|bulletin|\bletter\b|sign up|subscribe|\bfree\b|\b(?:every|each) (?:\w+day|day|week|morning|evening)|\b(?:daily|weekly)\b",
    re.IGNORECASE,
)
_OFFER = re.compile(r"(?:Every|Each) (?:\w+day|day|week|month|morning|evening)\b.* (?:you|your)\b")
_CREDIT_ALONE = re.compile(r"(?:[(\[][^()\[\]]{2,50}[)\]]|©.{2,50})\.?")
_TOP = 10  # filled lines at the head of a page
_SITE = re.compile(SITE)
_CAPTION = re.compile(
    r"\b(?:attends?|speaks?|arrives?|shakes? hands|poses?|looks? on|waves|walks|gestures|listens?|addresses|greets?|stands?|sits?|holds|delivers?|meets?)"
    rf"\b.*,? on (?:\w+day, )?(?:{DATE_FORMS})\.?$"
)
_AGENCIES = re.compile(
    r"(?:[A-Z]\w* ){0,2}(?:Agenc(?:y|ies)|Wires?|Correspondents?|Staff|Desk|Bureau|Reporters?)(?: (?:and|with|in|&) (?:[A-Z][\w.]* ?){1,5})?"
)
_BEFORE = ("previous", "prev", "older")
_LISTED_BELOW = re.compile(r"^(?:all|more|latest|top|view|see|read|by|share)\b|\b(?:stories|news|headlines|articles|posts|videos)$", re.IGNORECASE)
_TITLE_BLANKS = 2
_SLOTS = 3  # headlines that stand in one place beside a date, and this part of those that stand there, show that whatever stands there is one
_SLOT_SHARE = 0.6
_HOURS = 4  # headlines
_CAPTION_REACH = 6  # filled lines
_FORM_LINES = 3
_PITCH = 160  # characters
_LABEL_WORDS, _LABEL_TIMES = 5, 3
# These lead to one story; "Related:" may open several, each with a paragraph.
_LINKS = frozenset({"see also", "also see", "see", "read also", "also read", "read more", "read", "watch", "listen", "also", "in case you missed it"})
_DATED_HEADS = 3
_LISTED_SENTENCES = 2
_VIDEOS = 2
_LISTED_ALONE = 3  # items of a page that has nothing else
# "- [Outlet] Headline", "• Headline (Outlet)", "* Headline (link)".
_SOURCED = re.compile(r"\S{1,3} +(?:\[[^\[\]]{2,30}\] \S|.{15,}\((?:link|(?:the )?[A-Z][^()]{1,30})\)\.?$)")
_TITLED_DATE = re.compile(
    r"(?!(?:By|Posted|Published|Updated|Last|Created|Written|Released?|Issued|From|On|\w+day)\b)(?:[A-Z]\w+ ){2,}[–—|,-]? ?[A-Z\d]"
)
_STORIES = re.compile(r"\b(?:stories|headlines|news|updates|briefs)\b", re.IGNORECASE)
_LISTED = re.compile(r"[^.!?:;]+\??[\"”’')]?")


def mark(page: Page, kinds: list[str]) -> None:
    """Corrects the kinds of the lines of a page, told line by line."""
    filled = [i for i, kind in enumerate(kinds) if kind]
    for correct in (
        _mark_top,
        _mark_reviews,
        _mark_lists,
        _mark_repeated,
        _mark_topical,
        _mark_linked,
        _mark_forms,
        _mark_captions,
        _mark_dated_heads,
        _mark_listed_heads,
        _mark_videos,
        _mark_beside,
        _mark_slots,
        _mark_hours,
    ):
        correct(page, kinds, filled)


def _mark_top(page: Page, kinds: list[str], filled: list[int]) -> None:
    """What looks like a headline at the head of a page with the headline below: the name of the site; captions, which tell in the present tense what is to be
    seen and the day on which it was; the agencies of a report, between its subtitle and its date."""
    top = [i for i in filled[:_TOP] if kinds[i] in ("head", "prose")]
    heads = [i for i in top if kinds[i] == "head"]
    for i, below in pairwise(filled[:_TOP]):
        if page.lines[below].text == 2 * page.lines[i].text:
            kinds[below] = "furniture"  # the headline as the text of a picture and its caption
    if len(heads) < 2:
        return
    if heads[0] == filled[0] and _SITE.match(page.lines[heads[0]].text):
        kinds[heads[0]] = "furniture"
    captions = [i for i in heads[:-1] if _CAPTION.search(page.lines[i].text)]
    if captions and captions[0] == top[0]:
        for i in top[: top.index(captions[-1]) + 1]:
            kinds[i] = "furniture"
    for i, below in pairwise(filled[:_TOP]):
        if kinds[below] == "date" and i in heads[1:] and _AGENCIES.fullmatch(page.lines[i].text):
            kinds[i] = "byline"


def _mark_reviews(page: Page, kinds: list[str], filled: list[int]) -> None:
    """A page of nothing but lists whose items name their outlet, as press reviews are: each item is a headline, what stands above a list its section. And
    lines with a date that have a text below each, where the page has no other headlines: "Bay press review – 4 May 2019"."""
    items = [i for i in filled if kinds[i] in ("item", "credit") and BULLET.match(page.lines[i].text)]
    sourced = [i for i in items if _SOURCED.match(page.lines[i].text)]
    if len(sourced) > max(_LISTED_ALONE, 0.7 * len(items)) and sum(kinds[i] in ("prose", "sentence") for i in filled) <= 0.25 * len(items):
        for i, below in pairwise(filled):
            if below in items and i not in items and i != filled[0]:
                kinds[i] = "section"
        for i in items:
            kinds[i] = "head" if page.lines[i].text.count(" ") > 3 else "short"
    titled = [i for i, below in pairwise(filled) if kinds[i] == "date" and kinds[below] in TEXT and _TITLED_DATE.match(page.lines[i].text)]
    if len(titled) > _LISTED_ALONE and kinds.count("head") < len(titled) / 3:
        for i in titled:
            kinds[i] = "head"


def _mark_lists(page: Page, kinds: list[str], filled: list[int]) -> None:
    """Items of a list that are no text: headlines under a heading ("1. Two ships held"), and words of a menu that no line with a colon announces."""
    below = filled[1:] if filled and PAGE_NAME.match(page.lines[filled[0]].text) and len(page.lines[filled[0]].text) <= _TOPICAL_LINE else filled
    under, announced = len(below) >= _LISTED_ALONE and all(kinds[i] == "item" for i in below), False
    numbered = [(i, j) for i, j in pairwise(filled) if kinds[i] == "item" and page.lines[i].text[0].isdigit() and kinds[j] in ("prose", "sentence")]
    if len(numbered) >= _LISTED_ALONE and _STORIES.search(page.lines[filled[0]].text) and sum(kinds[i] == "item" for i in filled) == len(numbered):
        for i, _ in numbered:
            if _LISTED.fullmatch(page.lines[i].text.partition(" ")[2]) and page.lines[i].text.count(" ") > 3:
                kinds[i] = "head"
    for i in filled:
        kind = kinds[i]
        if kind == "item":
            text = page.lines[i].text
            listed = text[BULLET.match(text).end() :] if BULLET.match(text) else text  # type: ignore[union-attr]
            if announced or (_LISTED.fullmatch(listed) is None and i not in page.links):
                continue
            if listed.count(" ") < 3:
                kinds[i] = "short"
            elif (under or i in page.links) and not listed[:1].islower() and len(listed) <= LONG:
                kinds[i] = "head"
        else:
            announced = page.lines[i].text.endswith(":") and kind != "heading"
            under = kind == "heading" or (under and (i == filled[0] or kind in ("head", "inline", "short", "date", "furniture", "credit")))


def _mark_forms(page: Page, kinds: list[str], filled: list[int]) -> None:
    """The lines above a form that ask for a subscription are no text: "The morning briefing", "Five stories before breakfast.", "Your email". Nor is an
    offer for every week with its title."""
    for n, i in enumerate(filled):
        text = page.lines[i].text
        if text.startswith(("Every ", "Each ")) and len(text) <= _PITCH and _OFFER.match(text):
            kinds[i] = "furniture"
            if n and kinds[filled[n - 1]] in ("head", "short"):
                kinds[filled[n - 1]] = "furniture"
        if kinds[i] != "furniture" or _FORM.fullmatch(label_key(page.lines[i].text)) is None:
            continue
        box: list[int] = []
        for j in reversed(filled[max(0, n - _FORM_LINES) : n]):
            if kinds[j] not in ("head", "short", "sentence", "prose") or len(page.lines[j].text) > _PITCH:
                break
            box.append(j)
            if kinds[j] in ("head", "short"):
                if _LETTER.search(" ".join(page.lines[k].text for k in box)):
                    for k in box:
                        kinds[k] = "furniture"
                break


def _mark_captions(page: Page, kinds: list[str], filled: list[int]) -> None:
    """A line above nothing but the credit of a photo is its caption, unless it is the first headline of the page."""
    for n, (i, below) in enumerate(pairwise(filled)):
        credited = kinds[i] == "head" and kinds[below] == "credit" and _CREDIT_ALONE.fullmatch(page.lines[below].text)
        if credited and any(kinds[j] == "head" for j in filled[max(0, n - _CAPTION_REACH) : n]):
            kinds[i] = "furniture"


def _mark_topical(page: Page, kinds: list[str], filled: list[int]) -> None:
    """Labels that name their topic, with a headline below, are headings; a link to another story that opens the page is its headline; who stands below
    "From:" is none."""
    filled = [i for i in filled if kinds[i] != "furniture"]
    if not filled:
        return
    if kinds[filled[0]] == "inline":
        kinds[filled[0]] = "head"
    for i, below, behind in zip(filled, filled[1:], [*filled[2:], filled[-1]], strict=False):
        if kinds[below] == "head" and page.lines[i].text.endswith(":") and label_key(page.lines[i].text) in _SENDERS:
            kinds[below] = "short"
        elif (
            kinds[i] in ("short", "head", "sentence")
            and (kinds[below] in ("head", "inline") or (kinds[below] in ("section", "short") and kinds[behind] == "head"))
            and i != filled[0]
            and len(page.lines[i].text) <= _TOPICAL_LINE
            and TOPICAL.match(label_key(page.lines[i].text))
        ):
            kinds[i] = "heading"


def _mark_dated_heads(page: Page, kinds: list[str], filled: list[int]) -> None:
    """A long line that ends without a full stop and has a date below, or a label and a date, is a headline of several sentences."""
    for n, i in enumerate(filled):
        if kinds[i] == "date":
            above = next((j for j in (filled[m] for m in range(n - 1, max(-1, n - 3), -1)) if kinds[j] != "short"), None)
            if above is None or kinds[above] != "prose" or not _may_be_head(page.lines[above].text):
                continue
            before = filled.index(above) - 1
            if before < 0 or kinds[filled[before]] not in TEXT:
                kinds[above] = "head"


def _mark_repeated(page: Page, kinds: list[str], filled: list[int]) -> None:
    """Short lines that stand again and again are labels: the names of sections and writers. Where headlines follow most of them, what follows the others is one."""
    heads = [i for i in filled if kinds[i] == "head" and page.lines[i].text.count(" ") < _LABEL_WORDS]
    count = Counter(page.lines[i].text for i in heads)
    for i in heads:
        if count[page.lines[i].text] >= _LABEL_TIMES:
            kinds[i] = "short"
    labels = Counter(page.lines[i].text for i in filled if kinds[i] in ("short", "section"))
    for label in [label for label, times in labels.items() if times >= _LABEL_TIMES]:
        below = [j for i, j in pairwise(filled) if page.lines[i].text == label]
        if 2 * sum(kinds[j] == "head" for j in below) >= len(below) + 2:
            for j in below:
                if kinds[j] in ("short", "sentence") and " " in page.lines[j].text:
                    kinds[j] = "head"


def _mark_linked(page: Page, kinds: list[str], filled: list[int]) -> None:
    """A headline between two paragraphs, below "See also:", is a link inside the article."""
    for n in [n for n, i in enumerate(filled) if kinds[i] == "heading"]:
        _mark_sentences(page, kinds, filled[n + 1 :])
        around = filled[n - 1 : n + 3] if n else []
        linked = [kinds[i] for i in around] == ["prose", "heading", "head", "prose"]
        if linked and label_key(page.lines[filled[n]].text) in _LINKS:
            kinds[filled[n]], kinds[filled[n + 1]] = "furniture", "inline"


def _mark_sentences(page: Page, kinds: list[str], below: list[int]) -> None:
    """Below a heading, where nothing else follows on the page but other lines that are no text: single sentences in a row are headlines."""
    if any(kinds[i] in TEXT and len(page.lines[i].text) > LONG for i in below):
        return
    listed = [*takewhile(lambda i: kinds[i] in ("head", "prose", "sentence") and ". " not in page.lines[i].text, below)]
    texts = [kinds[i] != "head" for i in listed]
    if len(listed) >= _LISTED_SENTENCES and texts[0] and "head" in [kinds[i] for i in listed]:
        for i in listed:
            kinds[i] = "head"


def _mark_listed_heads(page: Page, kinds: list[str], filled: list[int]) -> None:
    """In a list where each headline has its date above, what looks like a sentence there is one, too; between the sections of headlines a few words are one."""
    dated = [filled[n + 1 : n + 3] for n, i in enumerate(filled[:-2]) if kinds[i] == "date"]
    if sum(kinds[i] == "head" for i, _ in dated) >= _DATED_HEADS:
        for i, below in dated:
            if kinds[i] in TEXT and kinds[below] not in TEXT and len(page.lines[i].text) <= HEADLINE:
                kinds[i] = "head"
    for n, i in enumerate(filled):
        if kinds[i] == "short" and n > 1 and [kinds[j] for j in filled[n - 2 : n + 3]] == ["head", "section", "short", "section", "head"]:
            kinds[i] = "head" if " " in page.lines[i].text else "short"


def _mark_videos(page: Page, kinds: list[str], filled: list[int]) -> None:
    """A headline between two paragraphs, below the length of a video, is that of the video."""
    lengths = [n for n, i in enumerate(filled) if n and kinds[i] == "furniture" and DURATION.fullmatch(page.lines[i].text)]
    found = [filled[n + 1] for n in lengths if [kinds[i] for i in filled[n - 1 : n + 3]] == ["prose", "furniture", "head", "prose"]]
    if len(found) <= _VIDEOS:  # more are a list of news by the hour
        for i in found:
            kinds[i] = "inline"


def _mark_beside(page: Page, kinds: list[str], filled: list[int]) -> None:
    """Two lines for the stories before and after, in either order."""
    for pair in pairwise(filled):
        found = [BESIDE.match(page.lines[i].text) for i in pair]
        if all(found) and len({match["way"].casefold() in _BEFORE for match in found if match}) == 2:
            for i, match in zip(pair, found, strict=True):
                if match and match["title"].count(" ") >= _TITLE_BLANKS and kinds[i] not in TEXT:
                    kinds[i] = "inline"


def _mark_slots(page: Page, kinds: list[str], filled: list[int]) -> None:
    """A few words in the place where the other stories of a list have their headline, right above or below their date or age, are one, and so is a sentence
    above."""
    stamped = {i for i in filled if kinds[i] == "date" or (kinds[i] == "furniture" and AGO.search(page.lines[i].text))}
    if len(stamped) < _SLOTS + 1:
        return
    above, below = ([(i, j) for i, j in pairwise(filled) if j in stamped], [(j, i) for i, j in pairwise(filled) if i in stamped])
    decks = {j for i, j in pairwise(filled) if kinds[i] == "head"}
    for pairs in (above, below):
        heads = sum(kinds[i] == "head" for i, _ in pairs)
        if heads < max(_SLOTS, _SLOT_SHARE * len(pairs)):
            continue
        count = Counter(page.lines[i].text for i, _ in pairs)
        for i, _ in pairs:
            text = page.lines[i].text
            few = kinds[i] == "short" and " " in text and count[text] == 1 and text[0].isupper() and not text.isupper()
            if few or (pairs is above and i not in decks and kinds[i] in ("prose", "sentence") and len(text) <= LONG):
                kinds[i] = "head"
        return


def _mark_hours(page: Page, kinds: list[str], filled: list[int]) -> None:
    """News by the hour: headlines below a time of day each begin a list, which no heading names."""
    below = [(i, j) for i, j in pairwise(filled) if kinds[i] == "furniture" and CLOCK.fullmatch(page.lines[i].text)]
    if sum(kinds[j] == "head" for _, j in below) < max(_HOURS, _SLOT_SHARE * len(below)):
        return
    for _, j in below:
        if kinds[j] == "short" and page.lines[j].text.count(" ") >= _TITLE_BLANKS:
            kinds[j] = "head"
    kinds[below[0][0]] = "heading"


def _may_be_head(text: str) -> bool:
    return len(text) <= HEADLINE and not SENTENCE_END.search(text) and not text.endswith((":", ";", ","))
