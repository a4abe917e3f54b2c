"""Whom an article introduces by an office of state, and the organs of state that it abbreviates: later sentences have only a surname or a few letters."""

from __future__ import annotations

import re

from transforms.context import Article
from transforms.parties import Party
from transforms.scans import in_ascii, wider

_OFFICIAL_PERSON = re.compile(
    r"\b(?:(?i:ambassador|high\srepresentative|treasurer|attorney\sgeneral|envoy|under\s?secretary|prime\sminister|minister)|spokes(?:man|woman|person)|representative|adviser|advisor|secretary|commissioner|general"
    r"|admiral|commander|director|chief|official|chair(?:man|woman|person)?|governor|mayor|premier|president|chancellor|senator"
    r"|diplomat|negotiator|lawmaker|king|queen|prince)\b,?\s(?:(?:to|at|of|for)\s(?:the\s)?[\w.’' -]{2,30}?,?\s)?"
    r"(?P<name>(?:[A-Z][\w.’'-]+\s){0,3}[A-Z][\w’'-]+)",
)
_OFFICIAL_BEHIND = re.compile(
    r"(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w.’'-]*){1,3}),\s(?:an?\s|the\s|who\sis\s)?(?:[\w-]+\s){0,3}?(?:director|head|chief|spokes(?:man|woman|person)|secretary|minister"
    r"|commissioner|official|chair(?:man|woman)?|deputy|undersecretary|coordinator)\s(?:of|at|for|with|in)\s(?:the\s)?(?:[\w.’'-]+\s){0,5}?(?i:department|ministry|agency"
    r"|commission|government|administration|treasury)\b"
)
# "Lindqvist's government", "the Lindqvist administration", "Lindqvist's new tariffs": whoever has one holds an office
_RULES = re.compile(
    r"(?P<name>[A-Z][\w-]+)(?:['’]s?\s(?:[\w-]+\s){0,2}?(?:administration|government|cabinet|presidency|premiership|tariffs|sanctions|executive order)"
    r"|\s(?:administration|government|presidency))\b"
)
_SURNAME = re.compile(r"[A-Z][\w’'-]+")
_BODY = re.compile(
    r"((?:[A-Z][\w’'.-]+,?\s(?:(?:of|for|and|the|on|against)\s)*){1,9})\((?P<acronym>[A-Z]{2,8})\)",
)
_PUBLIC_BODY = re.compile(
    r"\b(?:Department|Ministry|Agency|Council|Commission|Office|Service|Authority|Bureau|Secretariat|Directorate|Committee|Centre|Center|Command|Police|Force"
    r"|Government|Administration|Inspectorate|Army|Navy|Guard|Treasury)\b"
)

_INTRODUCING, _ABBREVIATING = "introducing", "abbreviating"
# Which sentences may introduce an official or a body, so that `officials` and `bodies` read no others.
MARKS = {
    _INTRODUCING: (
        in_ascii(wider(_OFFICIAL_PERSON.pattern)),
        in_ascii(wider(_OFFICIAL_BEHIND.pattern)),
        r"administration|government|cabinet|presidency|premiership|tariffs|sanctions|executive order",
    ),
    _ABBREVIATING: (in_ascii(wider(_BODY.pattern)),),
}


def officials(article: Article) -> dict[str, str | None]:
    """Surnames of those whom the article introduces by an office of state, with their country where the same sentence tells it."""
    if "officials" in article.memo:
        known: dict[str, str | None] = article.memo["officials"]
        return known
    names: dict[str, str | None] = article.memo.setdefault("officials", {})
    for i in article.marked(_INTRODUCING):
        text = article.text_of(i)
        for match in _OFFICIAL_PERSON.finditer(text):
            near = [m.iso3 for m in article.sentences[i].countries() if m.start < match.start("name") and match.start("name") - m.start < 60]
            for part in match["name"].split():  # the surname may come first
                if names.get(part) is None:
                    names[part] = near[-1] if near else None
        for match in _OFFICIAL_BEHIND.finditer(text):
            for part in match["name"].split():
                names.setdefault(part, None)
        for match in _RULES.finditer(text):
            names.setdefault(match["name"], None)
    return names


def introduced(article: Article, text: str) -> Party | None:
    """The first in a text whom the article introduces by an office, by his surname."""
    known = officials(article)
    surname = next((word for word in _SURNAME.findall(text) if word in known), None)
    return Party("person", known[surname], None, surname) if surname else None


def titled(text: str) -> re.Match[str] | None:
    """The first person in a text whose name stands behind an office of state ("High Representative for Fisheries Josep Marlow")."""
    title = _OFFICIAL_PERSON.search(text)
    return None if title is None or title[0].startswith(("director", "chief", "chair")) else title  # of whatever firm


def bodies(article: Article) -> dict[str, str]:
    """Organs of state which the article introduces with their abbreviation in brackets: abbreviation -> name."""
    if "bodies" not in article.memo:
        article.memo["bodies"] = {
            match["acronym"]: match[1].strip()
            for i in article.marked(_ABBREVIATING)
            for match in _BODY.finditer(article.text_of(i))
            if _PUBLIC_BODY.search(match[1])
        }
    found: dict[str, str] = article.memo["bodies"]
    return found
