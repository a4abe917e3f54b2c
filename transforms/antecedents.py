"""Whom earlier sentences name, for words that name nobody: the nearest group, person or state, and the state for which officials speak."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from transforms.context import Article, Sentence
from transforms.officials import introduced
from transforms.parties import OFFICIAL_NOUN, PRIVATE, Party, parties_in, subjects

_GOVERNMENT = re.compile(r"\b(?:government|ministry|minister|treasurer|cabinet|commission|president|premier)\b")
_OFFICE = re.compile(r"\b(?:[\w-]+\s){0,2}?" + OFFICIAL_NOUN + r"\b(?:\sof\s\w+)?", re.IGNORECASE)
_LEADING = re.compile(r"^(?:while|as|but|and|if|that|so|or|least)\s", re.IGNORECASE)
_FARTHEST = 5  # sentences back for a larger group
_NEAR, _BACK = 4, 6  # sentences; quotations may stand between what is told of a person


def earlier_group(sentence: Sentence, position: int, number: int | None) -> list[Party]:
    """The nearest earlier set of at least two states, organisations or persons of different states: `number` of them, where given; else a larger set
    a few sentences back, of which the nearest names only a part, counts more."""
    first = sentence.article.sentences[0]
    best: list[Party] = []
    for distance, (other, end) in enumerate((*_backwards(sentence, position), (first, len(first.text)))):
        acting = by_state(other, subjects(other, 0, end))
        found = acting if len(acting) > 1 else by_state(other, parties_in(other, 0, end))
        if len(found) == number or (number is None and len(found) >= 2 and _grows(best, found, distance)):
            best = found
            if number is not None:
                return best
        elif len(found) >= 2 and not best and number is not None:
            best = found
    return best


def _grows(best: list[Party], found: list[Party], distance: int) -> bool:
    """Whether a group found farther back is the one that is meant: the first, or, a few sentences back, one that holds the nearer and more."""
    nearer, farther = ({p.label for p in group} for group in (best, found))
    return not best or (distance <= _FARTHEST and nearer < farther)


def by_state(sentence: Sentence, parties: list[Party]) -> list[Party]:
    """One party a state or organisation: persons stand for their state."""
    result: dict[str, Party] = {}
    for party in parties:
        if party.party_type != "person":
            result[party.label] = party
        elif party.iso3 is not None:
            result.setdefault(party.iso3, _state(sentence.article, party.iso3))
    return list(result.values())


def earlier_single(sentence: Sentence, position: int, *, person: bool) -> list[Party]:
    """The first person (or, for "it", the first state or organisation) that acts in the nearest earlier sentence that has one."""
    for earlier, end in islice(_backwards(sentence, position), _BACK if person else _NEAR):
        wanted = [p for p in parties_in(earlier, 0, end) if (p.party_type == "person") == person]
        if wanted:
            return wanted[:1]
        if person and (official := introduced(sentence.article, earlier.text[:end])) is not None:
            return [official]
    return []


def earlier_holder(sentence: Sentence, position: int, words: str) -> list[Party]:
    """For "the minister" or "the president", the nearest earlier person in such an office; empty where the words name no office of one person."""
    office = _OF_ONE.search(words.lower())
    if office is None:
        return []
    for earlier, end in islice(_backwards(sentence, position), _BACK):
        for mention in reversed(earlier.mentions):
            if mention.kind == "minister" and mention.end <= end and office[0] in (mention.office or "").lower():
                return [Party("person", mention.iso3, mention.person_key, mention.name or mention.surface)]
    return []


_OF_ONE = re.compile(r"(?<=the\s)(?:prime\sminister|foreign\sminister|minister|president|premier|chancellor|commissioner)$")


def earlier_owner(sentence: Sentence, position: int, words: str) -> list[Party]:
    """For "the ministry" or "the army", the state whose it was when one was last named with it ("China's commerce ministry")."""
    noun = _ORGAN.search(words.lower())
    if noun is None:
        return []
    owned = re.compile(r"(?:['’]s?)?\s(?:[\w-]+\s){0,3}?" + noun[0] + r"\b")
    for earlier, end in islice(_backwards(sentence, position), _BACK):
        for mention in reversed(earlier.countries()):
            if owned.match(earlier.lower, mention.end, end):
                return [Party("state", mention.iso3, None, mention.surface)]
    return []


_ORGAN = re.compile(r"(?:ministry|government|cabinet|parliament|army|navy|military|embassy)$")


def earlier_body(sentence: Sentence, position: int, noun: str) -> list[Party]:
    """The organisation that "the Council" or "the alliance" stands for: the nearest earlier one whose name holds the noun, or of which it is the word."""
    title = sentence.article.sentences[0]
    for earlier, end in (*_backwards(sentence, position), (title, len(title.text))):
        for mention in reversed(earlier.mentions):
            name = mention.name or mention.surface
            is_body = mention.kind == "organisation" and mention.iso3 is None and mention.end <= end
            if is_body and (noun in _ANY_BODY or noun in name.lower() or name == _WORD_OF.get(noun)):
                return [Party("organisation", None, None, name)]
    return []


_ANY_BODY = ("bloc", "authority")  # no organisation is called so by its name alone: the highest organ of whichever was named
_WORD_OF = {"council": "European Union", "commission": "European Union", "union": "European Union", "alliance": "NATO"}


def home(sentence: Sentence, position: int) -> list[Party]:
    """The state of which "the government" or "officials" speaks: the nearest earlier state or official of one."""
    for earlier, end in _backwards(sentence, position):
        acting = subjects(earlier, 0, end) if earlier is not sentence else []
        for party in reversed(acting or parties_in(earlier, 0, end)):
            if party.iso3:
                return [_state(sentence.article, party.iso3) if party.party_type == "person" else party]
            if party.party_type == "organisation" and party in acting:
                return [party]
    for first in sentence.article.sentences[:2]:
        for mention in first.countries():
            return [Party("state", mention.iso3, None, mention.surface)]
    return []


def home_of_collective(sentence: Sentence, position: int) -> list[Party]:
    """For "they" or "the leaders" of one country: its state, if an official is spoken of in this or the sentence before."""
    before = sentence.previous()
    text = (before.text if before else "") + " " + sentence.text[:position]
    spoken_of = re.search(r"(?<!United )" + OFFICIAL_NOUN + r"\b", text, re.IGNORECASE)
    return home(sentence, position) if spoken_of and not PRIVATE.search(sentence.lower[:position]) else []


def government(sentence: Sentence) -> list[Party]:
    """The government of which a page speaks, where a sentence names nobody: that of the nearest state, if officials are spoken of in this or one of the
    two sentences before."""
    spoken_of = earlier_government(sentence, here=True)
    return (home(sentence, 0) or spoken_of) if spoken_of else []


def earlier_government(sentence: Sentence, *, here: bool = False) -> list[Party]:
    """Officials whom one of the two sentences before (or this one) speaks of without their state."""
    for earlier, _ in islice(_backwards(sentence, 0), 0 if here else 1, 3):
        if match := _GOVERNMENT.search(earlier.lower):
            return [Party("organisation", None, None, earlier.text[match.start() : match.end()])]
    return []


def unnamed(text: str) -> list[Party]:
    """Officials of whom nothing tells the state: by the words that name them."""
    match = _OFFICE.search(text)
    return [Party("organisation", None, None, _LEADING.sub("", match[0].strip()))] if match and not PRIVATE.search(text.lower()) else []


def _backwards(sentence: Sentence, position: int) -> Iterator[tuple[Sentence, int]]:
    """A sentence up to `position`, then each before it in the same field, whole, with where to stop in it."""
    yield sentence, position
    while (before := sentence.previous()) is not None:
        sentence = before
        yield sentence, len(sentence.text)


def _state(article: Article, iso3: str) -> Party:
    """A state of which only a code is known, by the name that the article gives it, if it does."""
    return Party("state", iso3, None, article.name_of(iso3) or iso3)
