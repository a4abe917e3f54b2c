"""Who an office without a name is, where a name stands alone behind what that official says or does: "…," the minister said. "…," Mary Jones said."""

from __future__ import annotations

import re

from transforms.ministers.before import Country
from transforms.ministers.grammar import SentenceReader
from transforms.ministers.names import Name, read_name
from transforms.ministers.people import Seen
from transforms.ministers.sightings import Sighting
from transforms.ministers.vocabulary import Vocabulary

_SAID = "said|says|told|added|announced|warned|accused|confirmed|claimed|insisted|vowed|urged"
_MET = "met|visited|arrived|embarked|held|received|expressed|called|signed"
_VERB = rf"(?:{_SAID})\b"
_DOES = rf"(?:{_SAID}|{_MET})\b"
_NEXT_VERB = rf"(?:{_SAID}|reaffirmed|stressed|stated|noted|{_MET})\b"
_SPEAKS = re.compile(
    rf"(?:inister|resident|ecretary|hancellor|remier) (?:has |also )?{_DOES}|\b(?:according to|said) the [^.,;]{{0,40}}(?:inister|resident)\b(?! [A-Z])"
)
_HEAD = re.compile(r"\b(?:prime minister|minister|president|secretary of state|secretary|chancellor|premier)\b", re.IGNORECASE)
_BEHIND_QUOTE = re.compile(rf"[,?!.][\"”’'] (?=[^\W\d_a-z][^.,;\"“”]{{4,40}} {_VERB})")
_OPENS = re.compile(
    r"(?:[.!?][\"”’]?\s+|\n+|^)(?P<where>(?:In|Speaking|At|During|On|Addressing|Talking|Writing) [^.,;\n]{2,50}, )?"
    r"(?!(?:\w+(?:[ay]st|wyer|pert|ficer|ssador|enator|okes\w+)|Opposition|Party|Former|Deputy|Lawmaker|MP|Rep|Governor|Mayor|General|Colonel|Human|World|White) )"
    rf"(?=[^\W\d_a-z][\w’'\-]+ [^\W\d_a-z][^.,;\"“”\n]{{1,40}}? {_NEXT_VERB})"
)
_ORGANISATION = frozenset(
    {"international", "watch", "group", "today", "news", "bank", "times", "post", "agency", "press", "sachs", "borders", "network", "fund"}
)
_SPOKE = re.compile(rf" {_NEXT_VERB}")
_REACH = 800  # characters: about three paragraphs
_NEXT = 350  # about two sentences


def may_speak(text: str) -> bool:
    """Whether an official without a name speaks in the sentence, as far as a glance tells."""
    return _SPEAKS.search(text) is not None


def named_later(spoken: list[tuple[str, int, str, list[Country]]], body: str, seen: list[Seen], words: Vocabulary) -> list[Seen]:
    """The officials of the sentences `spoken` (field, end, text, countries in it) whom the body names right behind a quotation that follows, or where one of
    the next sentences begins: the first mention of that name, which a story would not leave without a word on who that is."""
    found: list[Seen] = []
    for field, end, text, countries in spoken:
        at = end if field == "body" else 0
        quote = _BEHIND_QUOTE.search(body, at, at + _REACH) or _OPENS.search(body, max(0, at - 1), at + _NEXT)
        name = read_name(body, quote.end(), words, frozenset()) if quote else None
        if name is None or len(name.tokens) < 2 or not _SPOKE.match(body, name.end) or body.find(name.tokens[-1]) < name.start:
            continue
        if quote is not None and quote.re is _OPENS and not (quote["where"] or _is_person(name, body)):
            continue
        sighting = _sighting(SentenceReader(text, countries, words), text, name)
        if sighting is not None and not any(s.sighting.rank == sighting.rank and s.sighting.portfolio == sighting.portfolio for s in [*seen, *found]):
            sighting.spelling = body[name.start : name.end]
            found.append(Seen("body", name.start, name.end, sighting, None))
    return found


def _is_person(name: Name, body: str) -> bool:
    """Whether the body goes on to call the bearer by surname, as it does with persons."""
    surname = name.tokens[-1]
    return (
        surname.lower() not in _ORGANISATION
        and re.search(rf"(?<!{re.escape(name.tokens[-2])} )\b{re.escape(surname)}\b", body[name.end :]) is not None
    )


def _sighting(reader: SentenceReader, text: str, name: Name) -> Sighting | None:
    """The name with the office that the sentence leaves without one."""
    for head in _HEAD.finditer(text):
        office = reader.offices.read(head.start(), needs_name=False)
        if office is None or office.plural or office.is_weak or office.is_bare or office.tenure != "current":
            continue
        if len(office.countries) == 1 or (office.has_article and office.office.evidence == "none"):
            wording = text[office.start : office.end]
            iso3 = office.countries[0] if office.countries else None
            basis = "stated" if iso3 else None
            return Sighting(
                name, wording, wording, office.rank, office.portfolio, "current", iso3, basis, office.organisation, office.iso3, office=office
            )
    return None
