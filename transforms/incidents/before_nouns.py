"""Whom the words before a noun for an act name: who did it ("X's attack"), or what it hit ("the Y embassy bombing")."""

from __future__ import annotations

import re

from transforms.incidents.objects import POSSESSIVES
from transforms.incidents.reading import BE, CLAUSE, HAVE, MODALS, PREPOSITIONS, SAYING, Entity, Reading, acts_for_state
from transforms.parties import Party


def before_noun(reading: Reading, i: int, measure: bool) -> tuple[list[Party], list[Party]]:
    """Whom the words right before a noun name: as perpetrator ("Russian cyberattack", "China's attacks", "U.S. sanctions"), or as what was hit
    ("Kabul attack", "German embassy bombing")."""
    j = i - 1
    modifiers: list[str] = []
    while j >= 0 and i - j <= 7:
        entity = next((e for e in reading.entities if e.first <= j <= e.last), None)
        if entity is not None:
            break
        word = reading.words[j]
        if word == "of" and reading.word(j - 1) in _QUANTITIES:
            j -= 2
            continue
        if word in POSSESSIVES or word in '“”"’‘-–':
            j -= 1
            continue
        if word in ("and", ",") and j > 0 and (measure or _ADJECTIVES.match(reading.words[j - 1])):
            j -= 1
            continue
        if (
            not (word[0].isalnum() or word == "%")
            or word in PREPOSITIONS
            or word in CLAUSE
            or word in BE
            or word in HAVE
            or word in ("the", "a", "an", "and")
            or word in MODALS
        ):
            return [], []
        if word.endswith("ed") and reading.word(j - 1) in POSSESSIVES:  # "X's continued presence", "Y's threatened tariffs"
            j -= 1
            continue
        if (
            word in reading.lists.words["carrier"]
            or word in reading.lists.words["imposer"]
            or (word in SAYING and word != "alleged")
            or word in _ABOUT
        ):
            return [], []
        modifiers.append(word)
        j -= 1
    else:
        return [], []
    entity = next((e for e in reading.entities if e.first <= j <= e.last), None)
    if entity is None:
        return [], []
    if entity.kind == "place":
        return [], [_described(reading, entity, i)]
    possessive = reading.word(entity.last + 1) in POSSESSIVES
    plain = all(_ADJECTIVES.match(m) for m in modifiers)
    group = _listed_before(reading, entity)
    if entity.kind in ("name", "demonym") and reading.is_tied(entity) and not measure:
        return [e.party for e in group], []
    if (
        measure
        and entity.kind == "name"
        and not possessive
        and len(group) == 1
        and not _is_abbreviation(entity)
        and reading.word(entity.first - 1) not in ("by", "from")
    ):
        return [], [entity.party]  # "Russia sanctions", "China tariffs"
    if measure:
        return [e.party for e in group], []
    if possessive or entity.kind in ("actor", "group", "minister", "organisation"):
        return [e.party for e in group], []
    if entity.kind == "demonym" and (plain or acts_for_state(reading, entity)):
        return [e.party for e in group], []
    if entity.kind == "name" and plain and _is_abbreviation(entity):
        return [e.party for e in group], []
    return [], [_described(reading, entity, i)]


# nouns before an act that say what was hit: "school bombing", "hotel siege"
_ADJECTIVES = re.compile(
    r"(?:.*(?:ed|ing|ive|ous|ful|less|able|ible|ic|al|ary|ant|ent|ist|ern|an|ese|ish|est|ly)|cyber|drone|missile|air|suicide|car|bomb|rocket|hybrid|state|major|new|recent|past|deadly"
    r"|harsh|further|own|fresh|tough|economic|trade|import|steel|terror|ground|knife|gun|mass|arms|large-scale|large|similar|two|three|several|first|latest|series|cruise|air-raid|ddos"
    r"|ransomware|malware|covert|direct|brutal|heinous|fake|\d+|%|percent)$"
)

# fmt: off
_ABOUT = frozenset((
    "accusing", "blaming", "calling", "concerning", "condemning", "denouncing", "denying", "describing", "following", "investigating",
    "involving", "linking", "regarding", "tying"
))
# fmt: on

# fmt: off
_QUANTITIES = frozenset((
    "act", "acts", "adoption", "announcement", "barrage", "campaign", "campaigns", "extension", "imposition", "introduction",
    "number", "package", "packages", "pattern", "raft", "round", "rounds", "series", "set", "slew", "spate", "string", "threat",
    "threats", "use", "wave"
))
# fmt: on


def _is_abbreviation(entity: Entity) -> bool:
    return entity.party.name.isupper() or "." in entity.party.name


def _listed_before(reading: Reading, entity: Entity) -> list[Entity]:
    """`entity` with those that stand before it in a list: "U.S. and European sanctions"."""
    result = [entity]
    for other in reversed([e for e in reading.entities if e.last < entity.first]):
        between = reading.words[other.last + 1 : result[0].first]
        if between and all(w in (",", "and", "-", "–", "or", "the") for w in between):
            result.insert(0, other)
        else:
            break
    return result


def _described(reading: Reading, entity: Entity, end: int) -> Party:
    return Party(
        "state" if entity.kind != "demonym" else "organisation",
        entity.party.iso3,
        None,
        reading.span(entity.first, end - 1) if end - 1 > entity.last and reading.words[end - 1].isalnum() else entity.party.name,
    )
