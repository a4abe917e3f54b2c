"""Whom the subject of a verb stands for where it names nobody: a pronoun, "the army", "the group", or the words themselves."""

from __future__ import annotations

import re

from transforms.coreference import resolve
from transforms.incidents.objects import phrase_text
from transforms.incidents.reading import Reading, acts_for_state, is_private
from transforms.incidents.subjects import before_verb, clause_start
from transforms.parties import Party


def subject_phrase(reading: Reading, i: int) -> list[Party]:
    """The subject of the verb at word `i` by its words, where it names nobody."""
    j = before_verb(reading, i)
    if j > 1 and reading.words[j] == ",":  # "X, another blogger, was killed"
        j = next((k - 1 for k in range(j - 1, 0, -1) if reading.words[k] == ","), j)
    start = clause_start(reading, j)
    name = phrase_text(reading, start) if start < i else ""
    return [Party("group" if name.endswith("s") else "organisation", None, None, name)] if name else []


def pronoun(reading: Reading, i: int) -> list[Party]:
    """Whom the pronoun or collective before the verb stands for: somebody named before it, or for "the army" the country of which the article speaks."""
    start = clause_start(reading, before_verb(reading, i))
    words = set(reading.words[start:i])
    if words & {"suspected", "accused"}:
        return []
    if (group := _same_group(reading, start, i)) is not None:
        return [group]
    if words & _THIRD_PERSON:
        earlier = [e for e in reading.among(0, start - 1) if e.kind != "demonym" or acts_for_state(reading, e)]
        if earlier and reading.word(start - 1) == "where" and earlier[-1].last >= start - 3:  # "in X, where it read the mail": it is not X
            earlier = earlier[:-1]
            return [earlier[0].party] if earlier else _group_before(reading) or previous_actor(reading)
        if not earlier and reading.home is not None and not _BARE_OFFICIALS.isdisjoint(reading.words[max(0, start - 4) : start]):
            return [reading.home]  # "the military said it killed"
        return [earlier[0].party] if earlier else previous_actor(reading)
    if words & _COLLECTIVES:
        return resolve(reading.sentence, reading.starts[start], reading.starts[i])
    if words & _BARE_OFFICIALS and reading.home is not None and not _of_others(reading, start, i):
        here = next((e.party for e in reading.among(0, i) if e.kind in ("name", "capital", "place") and reading.word(e.first - 1) == "in"), None)
        return [here or _scene_before(reading) or reading.home]  # "In Moscow, a court …", "Police in Istanbul"
    return previous_actor(reading) if "statement" in words else []


def _group_before(reading: Reading) -> list[Party]:
    """The group that the sentence before names first."""
    before = reading.sentence.previous()
    first = Reading(before, reading.lists).entities[:1] if before is not None else []
    return [e.party for e in first if e.kind in ("actor", "group")]


def _scene_before(reading: Reading) -> Party | None:
    """The one country which the sentence before names, if it puts something there: "In X there were rallies. Security forces …"."""
    before = reading.sentence.previous()
    named = before.countries("name", "abbreviation", "demonym") if before is not None and before.field == "body" else []
    if before is None or len({m.iso3 for m in named}) != 1 or not before.lower[: named[0].start].rstrip().endswith((" in", "in")):
        return None
    return Party("state", named[0].iso3, None, named[0].surface)


def _of_others(reading: Reading, start: int, i: int) -> bool:
    """Whether a capitalised adjective tells that the officials are not the home country's: "West African leaders"."""
    k = next((k for k in range(start, i) if reading.words[k] in _BARE_OFFICIALS), start)
    return k > start and reading.text[reading.starts[k - 1]].isupper() and reading.word(k - 1).endswith(("an", "ern", "ean", "ab"))


def _same_group(reading: Reading, start: int, i: int) -> Party | None:
    """The hackers or fighters of whom it was told before: "the group also hit", "this gang stole"."""
    for k in range(start, i):
        if reading.words[k] in reading.lists.groups and reading.word(k - 1) in ("the", "this", "these", "those", "same"):
            return Party("group", None, None, reading.span(k, k))
    return None


def collective(reading: Reading, first: int) -> list[Party]:
    """The country spoken of, where its forces stand behind "by": "attacked by troops"."""
    by = next((k for k in range(first, first + 3) if reading.word(k) == "by"), None)
    if by is None or reading.home is None or _BARE_OFFICIALS.isdisjoint(reading.words[by + 1 : by + 4]):
        return []
    return [reading.home]


_THIRD_PERSON = frozenset(("they", "it", "he", "she", "his", "its", "their", "her"))


_COLLECTIVES = frozenset(("we", "both", "countries", "sides", "nations"))


# fmt: off
_BARE_OFFICIALS = frozenset((
    "administration", "army", "authorities", "court", "forces", "government", "leaders", "military", "ministry", "officials", "police",
    "soldiers", "troops"
))
# fmt: on


def previous_actor(reading: Reading) -> list[Party]:
    """The first state or office-holder named in the sentence before."""
    before = reading.sentence.previous()
    if before is None:
        return []
    for mention in before.mentions:
        if mention.kind == "minister":
            return [Party("person", mention.iso3, mention.person_key, mention.name or mention.surface)]
        if mention.kind == "organisation" or mention.detail in ("name", "abbreviation"):
            return [Party("state" if mention.iso3 else "organisation", mention.iso3, None, mention.name or mention.surface)]
    return []


def people_before(reading: Reading, i: int) -> list[Party]:
    """Whom "he" or "they" before the verb at word `i` stands for, who suffers: the people of a state or group whom the sentence before names first."""
    before = reading.sentence.previous()
    if before is None or reading.word(before_verb(reading, i)) not in ("he", "she", "they"):
        return []
    told = Reading(before, reading.lists)
    people = (e for e in told.entities if e.party.iso3 and (e.kind in ("actor", "group") or (e.kind == "demonym" and is_private(told, e))))
    return [e.party for e in people][:1]


def country_before(reading: Reading) -> list[Party]:
    """The country which the sentence before names first: "the country"."""
    before = reading.sentence.previous()
    named = before.countries("name", "abbreviation", "demonym") if before is not None else []
    return [Party("state", named[0].iso3, None, named[0].surface)] if named else []


def we(reading: Reading) -> list[Party]:
    """Whom "we" stands for in the sentence."""
    match = _WE.search(reading.low)
    return resolve(reading.sentence, match.start(), len(reading.text)) if match else []


_WE = re.compile(r"\b(?:we|our)\b")
