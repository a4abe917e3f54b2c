"""Of which countries an article speaks."""

from __future__ import annotations

import re
from collections import Counter

from transforms.context import Article
from transforms.incidents.lists import Lists
from transforms.incidents.reading import Reading
from transforms.parties import Party

# what is named here is only beside the news: a border, the home of a security firm, who made a weapon
_BESIDE = re.compile(
    r"\s(?:border|frontier)s?\b|-(?:based|built|designed|made|manufactured|origin)\b"
    r"|(?:-[A-Z]\w+)?\s(?:[\w-]+\s){0,2}?(?:(?:cyber\s?|information\s|data\s|internet\s)?security|cybersecurity|threat\sintelligence|antivirus|software|tech(?:nology)?)"
    r"\s(?:[\w-]+\s)?(?:firms?|compan(?:y|ies)|vendors?|provider|researchers?|experts?|giants?|outfit|startup)\b"
)
_BESIDE_BEFORE = tuple(
    f" {words} {the}" for words in ("border", "borders", "bordering", "border with", "borders with", "bordering with", "near") for the in ("", "the ")
)


def focus_of(article: Article) -> list[Party]:
    """The countries of which the article speaks, most first: mentions in the title count three times, those in its first sentences twice; not those that
    it names only for a border, a firm or a make."""
    weight: Counter[str] = Counter()
    first: dict[str, Party] = {}
    text = article.text
    for iso3, _, surface, in_title, paragraph_no, start in article.named_countries():
        end = start + len(surface)
        if surface == "Brussels" or text.endswith(_BESIDE_BEFORE, 0, start) or _BESIDE.match(text, end, end + 60):
            continue
        weight[iso3] += 3 if in_title else 2 if paragraph_no <= 1 else 1
        if iso3 not in first:
            first[iso3] = Party("state", iso3, None, surface)
    return [first[iso3] for iso3, _ in sorted(weight.items(), key=lambda x: -x[1])]  # of equals the one named first


def places_of(article: Article, lists: Lists, focus: list[Party]) -> list[Party]:
    """`focus`; where the article names no country, those in which the cities and regions lie that it names, and of its authorities, most first: news of a
    town seldom says in which country it is."""
    if focus:
        return focus
    weight: Counter[str] = Counter()
    for sentence in article.sentences:
        for entity in Reading(sentence, lists).entities:
            if entity.party.iso3 and entity.kind in ("place", "organisation", "minister"):
                weight[entity.party.iso3] += 3 if sentence.index == 0 else 1
    return [Party("state", iso3, None, iso3) for iso3, _ in weight.most_common()]
