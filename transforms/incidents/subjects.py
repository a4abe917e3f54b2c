"""The subject of a verb: whom the words before it name, and whether they act or suffer."""

from __future__ import annotations

from transforms.incidents.objects import POSSESSIVES, in_list, joined
from transforms.incidents.reading import ADVERBS, BE, CLAUSE, HAVE, MODALS, PREPOSITIONS, PRONOUNS, SAYING, Entity, Reading, acts_for_state


def subject(reading: Reading, i: int) -> list[Entity]:
    """The entities of the subject of the verb at word `i`."""
    words = reading.words
    j = before_verb(reading, i)
    if j >= 1 and words[j] == "of" and words[j - 1] in ("suspected", "accused", "guilty"):
        return [e for e in reading.entities if j - 4 <= e.last < j - 1 and not any(reading.lists.is_verb(w) for w in words[e.last + 1 : j - 1])]
    if reading.word(i - 1) == "to" and (agent := _agent(reading, j)) is not None:
        return [agent]
    if reading.word(i - 1) == "to" and reading.word(i - 2) in _DECISIONS and (owner := _owner_before(reading, i - 1)) is not None:
        return [owner]  # "X's decision to impose"
    if words[i].endswith("ing") and reading.word(i - 1) not in BE:  # a participle shares the subject of its sentence
        found = _main_subject(reading, i)
        if found or _is_punished(reading, i):
            return found
    if j >= 0 and words[j] in ("who", "which", "that"):  # a relative clause: the subject is what stands before it
        j -= 1
        if j >= 0 and words[j] == ",":
            j -= 1
        start = clause_start(reading, j)
        found = [e for e in reading.among(start, j) if not any(_is_predicate(reading, w) for w in words[e.last + 1 : j + 1])]
        found = [e for e in found if not _was_hit(reading, e)]  # "an attack on X that": not X
        return found[-1:]  # "X shot down drones that hit": not X
    if reading.word(i - 1) == "and" and reading.word(i - 2) == "," and (lead := _of_first_verb(reading, i)):
        return lead
    if j >= 0 and words[j] == ",":  # an apposition between commas
        k = j - 1
        while k >= 0 and (words[k] != "," or _is_listed_beside(reading, k)) and not reading.is_break(k):
            k -= 1
        if k > 0 and words[k] == "," and reading.word(k + 1) not in ("and", "or"):
            start = clause_start(reading, k - 1)
            before = reading.among(start, k - 1)
            if before:
                also = reading.among(k, j) if reading.word(k + 1) in ("along", "together", "alongside", "with") else []
                return _head(reading, before, start) + also
        j -= 1
    start = clause_start(reading, j)
    found = reading.among(start, j)
    if found and (head := _head(reading, found, start)):
        return head
    if (
        reading.word(i - 1) == "and"
        and start > 1
        and (first := [e for e in reading.entities if e.last < start and reading.word(e.first - 1) not in PREPOSITIONS])
    ):
        return first[:1]  # "X blacklisted ships it says are Y's and imposed": the subject of the sentence
    if j >= start and any(w in PRONOUNS or w in ("their", "its", "his", "her") for w in words[start : j + 1]):
        return []
    if j > start and words[start] in PREPOSITIONS:
        return []
    if start > j and start >= 2:  # nothing between the verb and the boundary: "launched X and killed Y"
        return subject(reading, start - 1) if start - 1 < i else []
    return []


# fmt: off
_DECISIONS = frozenset((
    "attempt", "attempts", "bid", "decision", "decisions", "effort", "efforts", "intention", "move", "moves", "plan", "plans", "pledge", "promise",
    "threat", "threats", "vow"
))
# fmt: on


def _of_first_verb(reading: Reading, i: int) -> list[Entity]:
    """The subject that a verb behind ", and" shares with the one before: "X banned trade with Y, and added", "X said that Y fired, and hit"."""
    said = max((k for k in range(i - 2) if reading.words[k] in SAYING), default=-1)
    free = [e for e in reading.entities if e.last < i - 2 and reading.word(e.first - 1) not in PREPOSITIONS and not _owns_thing(reading, e)]
    free = [e for e in free if reading.word(e.first - 2) not in PREPOSITIONS or reading.word(e.first - 1) not in ("the", "a", "an")]
    return [e for e in free if e.first > said][:1] or free[:1]


def _is_listed_beside(reading: Reading, comma: int) -> bool:
    """Whether a comma stands in the list of a phrase between commas: ", along with X, Y and Z,"."""
    return any(w in ("alongside", "together", "along") for w in reading.words[max(0, comma - 12) : comma]) and in_list(reading, comma)


_BETWEEN = frozenset(("to", "and", "then", "“", '"'))
_NO_ADVERBS = frozenset(("ally", "assembly", "bully", "family", "italy", "july", "monopoly", "rally", "reply", "supply"))


def is_adverb(word: str) -> bool:
    """Whether a word may stand between an auxiliary and its verb."""
    return word in ADVERBS or (word.endswith("ly") and word not in _NO_ADVERBS)


def _is_predicate(reading: Reading, word: str) -> bool:
    """Whether a word begins what is said of somebody: he is not the noun phrase that ends behind it."""
    return word in HAVE or word in BE or word in MODALS or word == "not" or reading.lists.is_verb(word)


def _was_hit(reading: Reading, entity: Entity) -> bool:
    """Whether an entity is what an act is told to have hit: "an attack on X"."""
    k = entity.first - 1
    while reading.word(k) in ("the", "a", "an"):
        k -= 1
    return reading.word(k) in ("against", "at", "on") and reading.lists.is_noun(reading.word(k - 1))


def _agent(reading: Reading, j: int) -> Entity | None:
    """Who stands behind "by" up to word `j`: "domains used by X to spread"."""
    entity = next((e for e in reading.entities if e.last == j), None)
    if entity is None:
        return None
    before = entity.first - 1
    while reading.word(before) in ("the", "a", "an"):
        before -= 1
    return entity if reading.word(before) == "by" else None


def before_verb(reading: Reading, i: int) -> int:
    """The last word before the verb at word `i` and its auxiliaries and adverbs."""
    words = reading.words
    j = i - 1
    while j >= 0 and (is_adverb(words[j]) or words[j] in BE or words[j] in HAVE or words[j] in MODALS or words[j] in _BETWEEN):
        j -= 1
        if j >= 2 and words[j] == ")" and words[j - 2] == "(":
            j -= 3
    return j


def _main_subject(reading: Reading, i: int) -> list[Entity]:
    """The subject of the clause to which a participle at word `i` belongs: its first entity, else of the sentence."""
    words = reading.words
    k = i - 1
    closed = "”" in words[:i]  # a quotation that is over is no boundary
    while k >= 0 and not (
        words[k] in (";", ":", "—")
        or (words[k] == "“" and not closed)
        or words[k] in ("that", "who", "which", "where", "while", "but")
        or words[k] in SAYING
    ):
        k -= 1
    if reading.word(i - 1) in (",", "and") and (lead := _listed_from(reading, i, k)):  # "sanctioned X for spying on Y, breaching Z and hacking V"
        return _main_subject(reading, lead)
    if reading.word(i - 1) in ("for", "of"):  # "condemned X for carrying out", "a ship suspected of cutting"
        named = [e for e in reading.entities if i - 9 <= e.last < i - 1][-1:]
        return [e for e in named if _agent(reading, e.last) is None]  # "were sanctioned by X for spying": not X
    if k >= 0 and words[k] in ("blamed", "accused", "accuses", "blames", "accusing", "blaming"):
        return _head(reading, reading.among(k + 1, i), k + 1) if reading.among(k + 1, i) else []
    if (owner := _owner_before(reading, i)) is not None:
        return [owner]
    found = [e for e in reading.among(k + 1, i - 1) if reading.word(e.first - 1) not in PREPOSITIONS]
    if not found and reading.word(k) in ("that", "which", "who"):  # "a group that it described as targeting X"
        return [e for e in reading.entities if k - 3 <= e.last < k][-1:]
    return _head(reading, found, k + 1) if found else []


def _is_punished(reading: Reading, i: int) -> bool:
    """Whether the participle at word `i` tells for what somebody is punished by the one named before it: "were sanctioned by X for spying"."""
    lead = i if reading.word(i - 1) == "for" else _listed_from(reading, i, -1)
    before = [e for e in reading.entities if lead - 5 <= e.last < lead - 1] if lead else []
    return bool(before) and _agent(reading, before[-1].last) is not None


def _listed_from(reading: Reading, i: int, start: int) -> int | None:
    """The first of the participles behind "for" or "of" in whose list the one at word `i` stands."""
    return next((q for q in range(max(start, i - 30) + 2, i - 1) if reading.words[q].endswith("ing") and reading.words[q - 1] in ("for", "of")), None)


def _owner_before(reading: Reading, i: int) -> Entity | None:
    """Whose thing stands right before a participle: "X answered Y's order imposing duties"."""
    for j in range(i - 1, max(0, i - 7), -1):
        if reading.words[j] in POSSESSIVES:
            return next((e for e in reading.entities if e.last == j - 1), None)
        if not reading.words[j].isalnum() or reading.words[j] in PREPOSITIONS or reading.lists.is_verb(reading.words[j]):
            return None
    return None


def clause_start(reading: Reading, j: int) -> int:
    """The first word of the clause in which word `j` stands."""
    words = reading.words
    k = j
    while k >= 0:
        word = words[k]
        if word == ")" and "(" in words[max(0, k - 6) : k]:  # an abbreviation or number in brackets
            k = max(x for x in range(max(0, k - 6), k) if words[x] == "(") - 1
            continue
        if reading.is_break(k) or word in CLAUSE or (word in SAYING and k < j):
            return k + 1
        if word == "and" and k < j and _begins_clause(reading, k, j):
            return k + 1
        if word == "," and (not in_list(reading, k) or ((words[0] in _FRONTED or words[0].endswith("ing")) and "," not in words[:k])):
            return k + 1
        k -= 1
    return 0


def _begins_clause(reading: Reading, k: int, j: int) -> bool:
    """Whether "and" at word `k` links two clauses, each with a subject: "X halted talks and Y is to announce"; not "X and Y have announced"."""
    if any(e.last in (k - 1, k - 2) for e in reading.entities):
        return False
    behind = next((e for e in reading.entities if k < e.first <= k + 2), None)
    return behind is not None and behind.last < j and (reading.word(behind.last + 1) in BE or reading.word(behind.last + 1) in HAVE)


# words that begin a phrase or clause before the subject: the first comma ends it
# fmt: off
_FRONTED = frozenset((
    "after", "amid", "as", "at", "because", "before", "during", "following", "in", "on", "since", "when", "while", "with"
))
# fmt: on


def _head(reading: Reading, found: list[Entity], start: int) -> list[Entity]:
    """Of the entities of a subject those that are its head, with the others of a list: not those of a phrase behind a preposition, except behind
    people and forces ("forces in Somalia", "hackers from Iran")."""
    result: list[Entity] = []
    for entity in found:
        before = reading.word(entity.first - 1)
        if before in ("the", "a", "an", "both"):
            before = reading.word(entity.first - 2)
        if not result and entity.kind in ("name", "demonym", "capital") and _owns_thing(reading, entity):
            continue
        if before in PREPOSITIONS and entity.first - 1 >= start:
            if result:
                if before in ("of", "in", "from") and result[-1].party.iso3 is None and result[-1].kind != "organisation":
                    continue
                break
            if before in ("in", "of", "from", "by", "to", "with", "for", "between") and not (before == "in" and _is_scene(reading, entity)):
                result.append(entity)
            continue
        if result and result[-1].party.iso3 == entity.party.iso3 and entity.first == result[-1].last + 2 and reading.word(entity.first - 1) == "(":
            result[-1] = Entity(result[-1].first, entity.last, result[-1].kind, result[-1].party)  # its abbreviation in brackets
            continue
        if result and not joined(reading, result[-1], entity):
            if result[-1].last + 1 == entity.first or (entity.kind in ("group", "actor", "minister") and entity.first - result[-1].last < 5):
                result.append(entity)
                continue
            break
        result.append(entity)
    return result or [e for e in found[:1] if not _owns_thing(reading, e)]


def _is_scene(reading: Reading, entity: Entity) -> bool:
    """Whether a capital behind "in" only tells where: "told a meeting in X that the man", unlike "officials in X"."""
    before = reading.word(entity.first - 2)
    lists = reading.lists
    return (
        entity.kind == "capital"
        and before not in lists.groups
        and not any(before in lists.words[n] for n in ("official", "state_noun", "armed", "doer"))
    )


def _owns_thing(reading: Reading, entity: Entity) -> bool:
    """Whether an entity is only the possessor of something that does not act for it: "Russia's shadow fleet"."""
    return (
        reading.word(entity.last + 1) in POSSESSIVES
        and not acts_for_state(reading, entity)
        and reading.word(entity.last + 2) not in reading.lists.groups
    )


def is_passive(reading: Reading, i: int) -> bool:
    """Whether the verb at `i` stands in the passive: after a form of be, or followed by "by" with no object between."""
    j = i - 1
    while j >= 0 and is_adverb(reading.words[j]) and reading.words[j] not in ("been", "being"):
        j -= 1
    word = reading.word(j)
    if reading.words[i].endswith("ing") and reading.words[i] != "being":
        return False  # "has been attacking"
    if word in (",", "and", "or") and reading.word(j - 1).endswith("ed") and is_passive(reading, j - 1):  # "were deported, robbed and killed"
        return True
    if word in BE or word == "been" or word == "being":
        return (
            reading.words[i].endswith(("ed", "en", "hit", "cut", "shot", "shut", "held", "ung", "ne", "ruck", "split", "brought")) or word == "been"
        )
    after = reading.word(i + 1)
    return after == "by" or (after in _NO_OBJECT and reading.words[i].endswith("ed") and not _is_doer(reading, i))


def _is_doer(reading: Reading, i: int) -> bool:
    """Whether the words before a verb without an object name somebody who acts: "militants attacked at dawn", unlike "a village attacked at dawn"."""
    start = max(clause_start(reading, i - 1), i - 3)
    if reading.words[i] in _SUFFERED:  # "Foreign ministry hacked, officials say": only hackers do it
        return any(start <= e.last < i and e.kind in ("actor", "group") for e in reading.entities)
    before = set(reading.words[start:i])
    return (
        any(
            e.last >= start and e.last < i and (e.kind in ("actor", "group", "name", "minister") or acts_for_state(reading, e))
            for e in reading.entities
        )
        or not before.isdisjoint(reading.lists.words["doer"] | reading.lists.words["armed"] | reading.lists.words["state_noun"])
        or not before.isdisjoint(PRONOUNS)
    )


_SUFFERED = frozenset(("hacked", "breached", "compromised", "blacklisted", "sanctioned"))

# fmt: off
_NO_OBJECT = frozenset((
    ",", ".", ";", "after", "are", "around", "at", "during", "for", "in", "inside", "is", "last", "near", "on", "outside", "overnight", "since", "was",
    "were", "when", "while"
))
# fmt: on
