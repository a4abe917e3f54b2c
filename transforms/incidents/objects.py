"""The object of a verb or preposition: whom the phrase names that begins at a word."""

from __future__ import annotations

from transforms.incidents.reading import (
    ADVERBS,
    BE,
    CLAUSE,
    HAVE,
    MODALS,
    PREPOSITIONS,
    PRONOUNS,
    SAYING,
    Entity,
    Reading,
    acts_for_state,
    is_private,
)
from transforms.parties import Party

POSSESSIVES = ("'s", "’s", "'", "’")


def object_parties(reading: Reading, first: int, stop_at: tuple[str, ...] = ("by",)) -> list[Party]:
    """The parties of the noun phrase that begins at word `first`, with what follows behind of, in, at or from; without a country, the phrase by its
    words."""
    words = reading.words
    j = first
    entities: list[Entity] = []
    stop = min(len(words), first + 22)
    while j < stop:
        word = words[j]
        entity = next((e for e in reading.entities if e.first == j), None)
        if entity is not None and (
            _is_cause(reading, entity, first) or is_edge(reading, entity) or (entity.kind != "group" and reading.is_tied(entity))
        ):
            j = entity.last + 1
            continue
        if entity is not None and entities and reading.word(j - 1) == "," and reading.word(entity.last + 1) in HAVE | MODALS:
            break  # "coups in X and Y, Z had withdrawn"
        if entity is not None:
            if entities and entities[-1].party.iso3 and not joined(reading, entities[-1], entity) and entity.first != entities[-1].last + 1:
                break
            entities.append(entity)
            j = entity.last + 1
            continue
        if word in ("“", "”", '"') and not entities and j < first + 4:
            j += 1
            continue
        if word in ("—", "–", "-") and not any(e.party.iso3 and reading.word(e.last + 1) not in POSSESSIVES for e in entities):
            j += 1
            continue
        if (
            word in stop_at
            or word in (";", ":", ".", "—", "–", "“", "”", "(", '"')
            or (word in CLAUSE and word != "as" and not (word == "than" and reading.word(j - 1) in ("more", "less", "fewer")))
        ):
            break
        if (
            word == ","
            and not in_list(reading, j)
            and words[j + 1 : j + 4] != ["as", "well", "as"]
            and not (reading.word(j + 1) in ("a", "an") and not any(e.party.iso3 for e in entities))
        ):
            break
        if word in SAYING or word in ("with", "amid", "during", "while") or (word in _CHARGED and words[j + 1 : j + 2] == ["of"]):
            break
        j += 1
    if any(e.party.iso3 for e in entities):
        result = []
        for e in entities:
            if e.party.iso3 is None and e.kind not in ("organisation", "actor", "group"):
                continue
            result.append(as_victim(reading, e))
        return result
    if entities:
        return [as_victim(reading, e) for e in entities]
    name = phrase_text(reading, first)
    return [Party("group" if name.endswith("s") else "organisation", None, None, name)] if name else []


# what a measure answers, not whom it hits: "officials involved in the aggression against Ukraine"
# fmt: off
CAUSES = frozenset((
    "abuses", "aggression", "annexation", "assault", "attack", "attacks", "crackdown", "incursion", "intervention", "invading", "invasion", "occupation", "offensive",
    "operation", "repression", "strikes", "threats", "violence", "war"
))
# fmt: on


_EDGES = frozenset(("border", "borders", "frontier"))
_MISSIONS = frozenset(("consulate", "consulates", "embassies", "embassy"))


def is_edge(reading: Reading, entity: Entity) -> bool:
    """Whether a country is named for its border, or for an embassy beside the place: "near the X border", "from the border with X", "near the X embassy"."""
    before = reading.words[max(0, entity.first - 3) : entity.first]
    if not {"near", "opposite", "beside"}.isdisjoint(before) and not _MISSIONS.isdisjoint(reading.words[entity.last + 1 : entity.last + 3]):
        return True
    return reading.word(entity.last + 1) in _EDGES or ("with" in before and not _EDGES.isdisjoint(before))


def _is_cause(reading: Reading, entity: Entity, first: int) -> bool:
    """Whether the entity is named only as victim of the act that is given as reason."""
    j = entity.first - 1
    while reading.word(j) in ("a", "an", "eastern", "neighboring", "neighbouring", "the"):
        j -= 1
    if j >= first and reading.word(j) in CAUSES:
        return True
    return j > first and reading.word(j) in ("against", "on", "of", "in") and reading.word(j - 1) in CAUSES


_CHARGED = frozenset(("accused", "convicted", "suspected"))  # "two men suspected of spying for X"


def phrase_text(reading: Reading, first: int) -> str:
    """The words of the noun phrase that begins at word `first`, without what stands before the noun; empty for pronouns, dates and numbers."""
    words = reading.words
    while first < len(words) and words[first] in _LEADING:
        first += 1
    j = first
    while j < len(words) and j < first + 8 and (words[j][0].isalnum() or words[j] in POSSESSIVES) and words[j] not in _ENDING:
        j += 1
    if j == first or words[first] in TEMPORAL or words[first] in PRONOUNS or words[first][0].isdigit():
        return ""
    return reading.span(first, j - 1)


# fmt: off
_LEADING = frozenset((
    '"', "a", "about", "an", "any", "at", "her", "his", "its", "least", "more", "nearly", "over", "several", "some", "such", "than",
    "that", "the", "their", "these", "this", "those", "up", "“"
))
# fmt: on


_ENDING = PREPOSITIONS | CLAUSE | BE | HAVE | MODALS | SAYING | _CHARGED | {"and", "or", "by"}


def as_victim(reading: Reading, entity: Entity) -> Party:
    """The party, named with the noun that follows a demonym or possessor: "German air traffic control"."""
    if entity.kind != "demonym":
        return entity.party
    j = entity.last + 1
    words = reading.words
    while (
        j < len(words)
        and j < entity.last + 6
        and words[j][0].isalnum()
        and not (words[j].endswith("ed") and "-" not in words[j])
        and not reading.lists.is_verb(words[j])
        and words[j] not in PREPOSITIONS
        and words[j] not in CLAUSE
        and words[j] not in BE
        and words[j] not in ("and", "or")
        and words[j] not in ADVERBS
        and words[j] not in SAYING
        and words[j] not in HAVE
        and words[j] not in reading.lists.words["suffering"]
        and not words[j][0].isdigit()
        and words[j] not in TEMPORAL
    ):
        j += 1
    if j == entity.last + 1:
        return entity.party
    name = reading.span(entity.first, j - 1)
    return Party("group" if name.endswith("s") else "organisation", entity.party.iso3, None, name)


def as_state(entity: Entity) -> Party:
    """The state that an entity names or stands for: "Beijing", "the minister of X"."""
    return Party("state", entity.party.iso3, None, entity.party.name)


def parties_of(reading: Reading, entities: list[Entity], *, victim: bool) -> list[Party]:
    if victim:
        return [as_victim(reading, e) for e in entities]
    kept = [e for e in entities if e.kind != "place" and not is_private(reading, e)]
    return [_named(reading, e) for e in kept if e.kind != "demonym" or acts_for_state(reading, e) or len(kept) == 1]


def _named(reading: Reading, entity: Entity) -> Party:
    if entity.kind != "demonym":
        return entity.party
    described = as_victim(reading, entity)
    return Party("state", described.iso3, None, described.name)


def same(party: Party, others: list[Party]) -> bool:
    return any(party.label == other.label for other in others)


def in_list(reading: Reading, comma: int) -> bool:
    """Whether a comma parts members of a list of entities."""
    ends = any(e.last in (comma - 1, comma - 2) for e in reading.entities)
    begins = any(comma < e.first <= comma + 3 for e in reading.entities)
    return ends and begins


def joined(reading: Reading, a: Entity, b: Entity) -> bool:
    """Whether two entities stand in one list: a sign or word that links is between them, and else only abbreviations and short words."""
    between = reading.words[a.last + 1 : b.first]
    is_short = all(w.isupper() or len(w) <= 4 or w in ("allies", "along", "alongside", "together") for w in between)
    return is_short and (not between or any(w in (",", "and", "&", "–", "-", "/", "with", "or", "alongside") for w in between))


# fmt: off
TEMPORAL = frozenset((
    "addition", "april", "august", "connection", "days", "december", "early", "fact", "february", "friday", "general", "january",
    "july", "june", "last", "late", "march", "may", "monday", "months", "november", "october", "order", "particular", "recent",
    "response", "retaliation", "saturday", "september", "sunday", "the-week", "thursday", "tuesday", "turn", "wednesday", "week",
    "weeks", "which", "years"
))
# fmt: on
