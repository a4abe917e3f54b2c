"""What sets an act apart: its name, day and place, and the words that turn to another act or come back to one told before."""

from __future__ import annotations

import re

from transforms.context import DateMention, Sentence
from transforms.incidents.objects import is_edge, same
from transforms.incidents.reading import Entity, Reading
from transforms.parties import Party

ANOTHER = re.compile(
    r"\b(?:another|own|similar|separate(?:ly)?|previous(?:ly)?|earlier|past|(?:two|three|four|several|many)\sother|same|single\sbiggest|anniversary|in\sturn|also|new)\s(?:[\w-]+\s){0,3}$"
)


ALSO = re.compile(
    r"\b(?:has|have|had|is|are|was|were|he|she|it|they)\salso\s(?!(?:said|says|told|warned|added|noted|called|denied|reported|confirmed|announced)\b)[^.;:]*$"
)


OTHERS = re.compile(r"\s(?:[\w’'-]+\s){0,1}(?:other|others|another)\b")


ELSEWHERE = re.compile(
    r"\W*(?:more\srecently|prior\sto\s(?:that|this)|before\sthat|separately|previously|in\s(?:another|a\sseparate)|elsewhere|on\sanother|past\s|[\w-]+\s(?:years|months|weeks)\sago|last\syear)\b"
)


TURN = re.compile(
    r"\W*(?:(?:but\s|and\s|additionally,?\s|similarly,\s|likewise,\s|for\s(?:example|instance),\s)?(?:prior\sto\s(?:that|this)\b|before\sthat\b|on\sthe\ssame\sday|the\ssame\sday|on\s(?:mon|tues|wednes|thurs|fri|satur|sun)day,|also\s|later\b|separately|elsewhere|in\s(?:another|a\sseparate|a\ssimilar)|hours\slater|a\s(?:day|week|month|year)\s"
    r"(?:later|earlier|before|after)|the\s(?:next|previous|following)\sday|earlier\s(?:this|in|on)\b|meanwhile|then,|last\s(?:week|month|year)\b|in\s(?:\w+\s)?(?:last\syear|(?:19|20)\d\d)\b"
    r"|in\s(?:january|february|march|april|may|june|july|august|september|october|november|december)\b|[\w-]+\s(?:years|months|weeks|days)\s(?:ago|earlier|before|later)\b))"
)


_SAID_ON = re.compile(
    r"\b(?:said|says|told|announced|reported|confirmed|added|warned|informed|wrote|stated)\s(?:[\w’'.-]+\s){0,3}?(?:on\s|late\s|early\s)*$"
)


_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b")


DEFINITE = re.compile(r"\b(?:the|this|that|these|those|such)\s(?:[\w’'-]+\s){0,2}$")


INDEFINITE = re.compile(r"\ban?\s(?:[\w’'-]+\s){0,2}$")  # "a cyberattack": one of which nothing was told before


# "comes ten days after X shelled", "after a blast wounded": an act before the one that the sentence is about
EARLIER = re.compile(
    r"\b(?:(?:hours?|days?|weeks?|months?|years?)\s(?:after|before)\s(?:[\w’'-]+\s){0,5}|(?:after|following|since)\s(?:\w+\s)?an?\s(?:[\w’'-]+\s){0,3})$"
)


# many acts over a long time, unlike one of them
MANY = re.compile(
    r"\b(?:regularly|repeatedly|routinely|frequently|(?:hundreds|dozens|scores)\sof\s(?:[\w-]+\s){0,2}?(?:air)?(?:attacks|strikes|raids|bombings|assaults|operations)"
    r"|(?:numerous|countless)\s(?:[\w-]+\s)?(?:air)?(?:attacks|strikes|raids|bombings)|in\sthe\spast\b(?!\s(?:\w+\s)?(?:hours?|days?|weeks?|24|48))"
    r"|(?:in|over)\s(?:recent|the\s(?:past|last)|past)\s(?:\w+\s)?(?:years|decades))\b"
)


_NAMED = re.compile(
    r"[“\"‘'](?P<name>[A-Z][^”\"’']{2,40}?),?[”\"’']\s(?:campaign|operation|network|cyber\s?-?attacks?|attacks?|ransomware|malware|virus|worm|hack)\b|\b(?:so-called|known\sas|dubbed|called|codenamed|campaign|operation)\s(?:the\s)?[“\"‘']"
    r"(?P<quoted>[A-Z][^”\"’']{2,40}?),?[”\"’']|\b(?P<operation>Operation\s[A-Z]\w+(?:\s[A-Z]\w+)?)"
)


_QUOTING = frozenset("“\"‘'")


def location_of(reading: Reading, start: int, doers: list[Party]) -> Party | None:
    """The country in which the sentence places the act: the nearest behind "in", "near" or the like that is no perpetrator."""
    at = reading.index(start)
    near = [
        e
        for e in reading.entities
        if e.party.iso3
        and (e.kind in ("name", "place") or (e.kind == "demonym" and not _before_act(reading, e)) or (e.kind == "capital" and abs(e.first - at) < 7))
        and reading.word(e.first - 1) in _PLACES
        and not is_edge(reading, e)
        and reading.word(e.first - 2) not in ("reporters", "journalists", "speaking", "conference")
        and not same(e.party, doers)
    ]
    found = min(near, key=lambda e: abs(e.first - at), default=None)
    return found.party if found else None


def _before_act(reading: Reading, entity: Entity) -> bool:
    """Whether a word for an act or weapon follows a demonym: "in Russian missile strikes" names no place."""
    weapons = reading.lists.words["weapon"]
    return any(w in weapons or w in reading.lists.rules for w in reading.words[entity.last + 1 : entity.last + 4])


# fmt: off
_PLACES = frozenset((
    "across", "central", "eastern", "in", "inside", "near", "northern", "outside", "southern", "western"
))
# fmt: on


def name_of(reading: Reading) -> str | None:
    found = _NAMED.search(reading.text) if not _QUOTING.isdisjoint(reading.text) or "operation" in reading.wordset else None
    name = (found["name"] or found["quoted"] or found["operation"]) if found else None
    return (
        name
        if name
        and not any(
            e.kind == "actor" and reading.span(e.first, e.last) == name and reading.lists.is_armed_or_cyber(e.party.name) for e in reading.entities
        )
        else None
    )


_LAW = re.compile(r"\b(?:Act|Law|Treaty|Convention|Order|Charter|Agreement|Resolution)\s(?:\d+\s)?of\s$")


def day_of(reading: Reading, date: DateMention | None) -> str | None:
    """The day of a date that is the act's and not that on which somebody told of it."""
    if date is None or date.relation in ("since", "until") or _SAID_ON.search(reading.low, 0, date.start):
        return None
    if date.edtf is not None and re.fullmatch(r"\d{4}-\d\d-\d\d|XXXX-\d\d-\d\d", date.edtf):
        return date.edtf
    weekday = _WEEKDAY.search(date.text.lower())
    return weekday[0] if weekday else None


def date_of(sentence: Sentence, start: int, end: int) -> DateMention | None:
    """The date nearest to the words; not the year of a law ("the Act of 1930")."""
    dates = [d for d in sentence.dates if not _LAW.search(sentence.text, max(0, d.start - 30), d.start)]
    return min(dates, key=lambda d: min(abs(d.start - end), abs(start - d.end)), default=None)


_RATE = re.compile(r"(\d+(?:\.\d+)?)\s?(?:%|per\s?cent\b)")
_REACH = 50  # characters between a rate and the word for the tariff


def rates_of(reading: Reading, start: int, end: int) -> frozenset[str]:
    """The rates, in percent, that stand beside the words for a tariff."""
    return frozenset(_RATE.findall(reading.low, max(0, start - _REACH), end + _REACH))


_GOODS = re.compile(
    r"\b(?:steel|alumini?um|copper|cars?|autos?|(?:electric\s)?vehicles?|evs|trucks|wine|brandy|whiske?y|spirits|canola|soy\w*|pork|beef|dairy|cheese|wheat|corn|barley|lumber|timber"
    r"|chips|semiconductors?|pharmaceuticals?|drugs|solar|furniture|oil|energy|potash|fentanyl|movies|textiles|shoes|toys|seafood|bananas|coffee|aircraft)\b"
)
_SAME_GOODS = {
    "aluminum": "aluminium",
    "car": "cars",
    "auto": "cars",
    "autos": "cars",
    "vehicle": "cars",
    "vehicles": "cars",
    "electric vehicles": "cars",
    "evs": "cars",
}
_GOODS_REACH = 90  # characters behind the word for a tariff in which its goods stand


def goods_of(reading: Reading, start: int, end: int) -> frozenset[str]:
    """The goods on which a tariff is laid, as the words beside it name them."""
    return frozenset(_SAME_GOODS.get(g, g) for g in _GOODS.findall(reading.low, max(0, start - _REACH // 2), end + _GOODS_REACH))


_SINCE_YEAR = re.compile(r"\b(?:since|like|after|unlike|following|as\sin|similar\sto)\s(?:[\w’'-]+\s){0,4}$")


def is_former(reading: Reading, start: int, end: int, date: DateMention | None) -> bool:
    """Whether a definite noun names an act of another year, to which the one told is compared: "the first since the bombings of two hotels in 2009"."""
    if date is None or date.start < end or date.start > end + 60 or not re.fullmatch(r"(?:[A-Z][a-z]+ )?\d{4}", date.text):
        return False
    return _SINCE_YEAR.search(reading.low, max(0, start - 60), start) is not None
