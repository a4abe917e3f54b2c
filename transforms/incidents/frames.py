"""Who did it and to whom: how the parties stand to the words of a rule."""

from __future__ import annotations

import re

from transforms.incidents.lists import Rule
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
from transforms.parties import Party, resolve

# verbs that carry a noun: their subject is the perpetrator, in the passive what follows "by"
_TARGET_PREPOSITIONS = frozenset(
    [
        "on",
        "against",
        "at",
        "targeting",
        "into",
        "of",
        "over",
        "in",
        "near",
        "outside",
        "inside",
        "across",
        "to",
        "toward",
        "towards",
        "upon",
        "around",
        "from",
    ]
)
_PLACE_PREPOSITIONS = frozenset(["in", "near", "outside", "inside", "at", "across", "around"])
_POSSESSIVES = ("'s", "’s", "'", "’")
_NAMED_KINDS = ("name", "capital", "minister", "organisation", "actor")
# nouns before an act that say what was hit: "school bombing", "hotel siege"
_ADJECTIVES = re.compile(
    r"(?:.*(?:ed|ing|ive|ous|ful|less|able|ible|ic|al|ary|ant|ent|ist|ern|an|ese|ish|est|ly)|cyber|drone|missile|air|suicide|car|bomb|rocket|hybrid|state|major|new|recent|past|deadly"
    r"|harsh|further|own|fresh|tough|economic|trade|import|steel|terror|ground|knife|gun|mass|arms|large-scale|large|similar|two|three|several|first|latest|series|cruise|air-raid|ddos"
    r"|ransomware|malware|covert|direct|brutal|heinous|fake|\d+|%|percent)$"
)


def parties(reading: Reading, rule: Rule, i: int, last: int) -> tuple[list[Party], list[Party]]:
    """Perpetrators and targets of the act told by words `i` to `last`, as the sentence names them."""
    if rule.frame in ("noun", "campaign", "custody-noun", "measure"):
        return _of_noun(reading, rule, i, last)
    if rule.frame == "ties":
        doers = _parties(reading, subject(reading, i), victim=False) or _pronoun(reading, i)
        return doers, [p for p in _in_phrase(reading, last + 1, last + 12, ("with", "to", "from")) if not same(p, doers)]
    if rule.frame == "support":
        return _parties(reading, subject(reading, i), victim=False) or _pronoun(reading, i), _in_phrase(
            reading, last + 1, last + 25, ("into", "against", "across")
        )
    if rule.frame == "attributed":
        return _after_by(reading, last, ("to",)), _in_phrase(reading, last + 1, min(len(reading.words), last + 25), ("in", "at", "on", "that", "of"))
    if rule.frame == "under":
        return _after_by(reading, last, ("from", "by", "of")), _parties(reading, subject(reading, i - 1), victim=True) or _pronoun(reading, i - 1)
    if rule.frame == "foiled":
        return [], _parties(reading, subject(reading, i), victim=True)
    if rule.frame == "foiled-passive":
        return [], _in_phrase(reading, last + 1, min(len(reading.words), last + 14), tuple(_PLACE_PREPOSITIONS))
    return _of_verb(reading, rule, i, last)


# ---- verbs


def is_passive(reading: Reading, i: int) -> bool:
    """Whether the verb at `i` stands in the passive: after a form of be, or followed by "by" with no object between."""
    j = i - 1
    while j >= 0 and (reading.words[j] in ADVERBS or reading.words[j].endswith("ly")) and reading.words[j] not in ("been", "being"):
        j -= 1
    word = reading.word(j)
    if word in (",", "and", "or") and reading.word(j - 1).endswith("ed") and is_passive(reading, j - 1):  # "were deported, robbed and killed"
        return True
    if word in BE or word == "been" or word == "being":
        return reading.words[i].endswith(("ed", "en", "hit", "cut", "shot", "held", "ung", "ne", "ruck", "split")) or word == "been"
    after = reading.word(i + 1)
    return after == "by" or (
        after in _NO_OBJECT and reading.words[i].endswith("ed") and word in ("those", "were", "people", "websites", "systems", "companies")
    )


_NO_OBJECT = frozenset((",", ".", ";", "in", "on", "at", "during", "after", "last", "since", "near"))


def _of_verb(reading: Reading, rule: Rule, i: int, last: int) -> tuple[list[Party], list[Party]]:
    passive = rule.frame == "passive" or is_passive(reading, i)
    if passive:
        doers = _after_by(reading, i, ("by",))
        if not doers and rule.rule_id == "barred":  # barred from the country that bars
            doers = [e.party for e in reading.among(i, min(len(reading.words), i + 12)) if e.party.iso3][:1]
        if not doers and rule.frame == "impose":
            doers = _we(reading)
        victims = _parties(reading, subject(reading, i), victim=True) or _subject_phrase(reading, i) or object_parties(reading, i + 1)
        return doers, [v for v in victims if not same(v, doers)]
    doing = subject(reading, i)
    doers = _parties(reading, doing, victim=False) or _pronoun(reading, i)
    victims = object_parties(reading, i + 1)
    return doers, [v for v in victims if not same(v, doers)] or ([v for v in victims if rule.frame == "custody"] if not doers else [])


def _subject_phrase(reading: Reading, i: int) -> list[Party]:
    """The subject of the verb at word `i` by its words, where it names nobody."""
    start = _clause_start(reading, _before_verb(reading, i))
    name = _phrase_text(reading, start) if start < i else ""
    return [Party("group" if name.endswith("s") else "organisation", None, None, name)] if name else []


def subject(reading: Reading, i: int) -> list[Entity]:
    """The entities of the subject of the verb at word `i`."""
    words = reading.words
    j = _before_verb(reading, i)
    if j >= 1 and words[j] == "of" and words[j - 1] in ("suspected", "accused", "guilty"):
        return [e for e in reading.entities if j - 4 <= e.last < j - 1]
    if words[i].endswith("ing") and reading.word(i - 1) not in BE:  # a participle shares the subject of its sentence
        found = _main_subject(reading, i)
        if found:
            return found
    if j >= 0 and words[j] in ("who", "which", "that"):  # a relative clause: the subject is what stands before it
        j -= 1
        if j >= 0 and words[j] == ",":
            j -= 1
        start = _clause_start(reading, j)
        found = reading.among(start, j)
        return found[-1:] if found else []
    if j >= 0 and words[j] == ",":  # an apposition between commas
        k = j - 1
        while k >= 0 and words[k] != "," and not reading.is_break(k):
            k -= 1
        if k > 0 and words[k] == "," and reading.word(k + 1) not in ("and", "or"):
            start = _clause_start(reading, k - 1)
            before = reading.among(start, k - 1)
            if before:
                return _head(reading, before, start)
        j -= 1
    start = _clause_start(reading, j)
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


_BETWEEN = frozenset(("to", "and", "then", "“", '"'))


def _before_verb(reading: Reading, i: int) -> int:
    """The last word before the verb at word `i` and its auxiliaries and adverbs."""
    words = reading.words
    j = i - 1
    while j >= 0 and (
        words[j] in ADVERBS or words[j] in BE or words[j] in HAVE or words[j] in MODALS or words[j].endswith("ly") or words[j] in _BETWEEN
    ):
        j -= 1
        if j >= 2 and words[j] == ")" and words[j - 2] == "(":
            j -= 3
    return j


def _main_subject(reading: Reading, i: int) -> list[Entity]:
    """The subject of the clause to which a participle at word `i` belongs: its first entity, else of the sentence."""
    words = reading.words
    k = i - 1
    while k >= 0 and not (words[k] in (";", ":", "“", "—") or words[k] in ("that", "who", "which", "where", "while", "but") or words[k] in SAYING):
        k -= 1
    if reading.word(i - 1) in ("for", "of"):  # "condemned X for carrying out", "a ship suspected of cutting"
        return [e for e in reading.entities if i - 9 <= e.last < i - 1][-1:]
    if k >= 0 and words[k] in ("blamed", "accused", "accuses", "blames", "accusing", "blaming"):
        return _head(reading, reading.among(k + 1, i), k + 1) if reading.among(k + 1, i) else []
    found = [e for e in reading.among(k + 1, i - 1) if reading.word(e.first - 1) not in PREPOSITIONS]
    return _head(reading, found, k + 1) if found else []


def _clause_start(reading: Reading, j: int) -> int:
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
        if word == "," and not _in_list(reading, k):
            return k + 1
        k -= 1
    return 0


def _in_list(reading: Reading, comma: int) -> bool:
    """Whether a comma parts members of a list of entities."""
    ends = any(e.last in (comma - 1, comma - 2) for e in reading.entities)
    begins = any(comma < e.first <= comma + 3 for e in reading.entities)
    return ends and begins


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
            if before in ("in", "of", "from", "by", "to", "with", "for"):
                result.append(entity)
            continue
        if result and result[-1].party.iso3 == entity.party.iso3 and entity.first == result[-1].last + 2 and reading.word(entity.first - 1) == "(":
            result[-1] = Entity(result[-1].first, entity.last, result[-1].kind, result[-1].party)  # its abbreviation in brackets
            continue
        if result and not _joined(reading, result[-1], entity):
            if result[-1].last + 1 == entity.first or (entity.kind in ("group", "actor", "minister") and entity.first - result[-1].last < 5):
                result.append(entity)
                continue
            break
        result.append(entity)
    return result or [e for e in found[:1] if not _owns_thing(reading, e)]


def _owns_thing(reading: Reading, entity: Entity) -> bool:
    """Whether an entity is only the possessor of something that does not act for it: "Russia's shadow fleet"."""
    return (
        reading.word(entity.last + 1) in _POSSESSIVES
        and not acts_for_state(reading, entity)
        and reading.word(entity.last + 2) not in reading.lists.groups
    )


def _joined(reading: Reading, a: Entity, b: Entity) -> bool:
    between = reading.words[a.last + 1 : b.first]
    return all(
        w in (",", "and", "the", "&", "(", ")", "–", "-", "/", "as", "well", "with", "or", "both", "its", "allies", "then", "'s", "’s")
        or w.isupper()
        or len(w) <= 4
        for w in between
    ) and (not between or any(w in (",", "and", "&", "–", "-", "/", "with", "or") for w in between))


def _pronoun(reading: Reading, i: int) -> list[Party]:
    """Whom the pronoun or collective before the verb stands for: somebody named before it, or for "the army" the country of which the article speaks."""
    start = _clause_start(reading, _before_verb(reading, i))
    words = set(reading.words[start:i])
    if words & {"suspected", "accused"}:
        return []
    if words & _THIRD_PERSON:
        earlier = [e for e in reading.among(0, start - 1) if e.kind != "demonym" or acts_for_state(reading, e)]
        return [earlier[0].party] if earlier else _previous_actor(reading)
    if words & _COLLECTIVES:
        return resolve(reading.sentence, reading.starts[start], reading.starts[i])
    if words & _BARE_OFFICIALS and reading.home is not None:
        return [reading.home]
    return _previous_actor(reading) if "statement" in words else []


_THIRD_PERSON = frozenset(("they", "it", "he", "she", "his", "its", "their", "her"))
_COLLECTIVES = frozenset(("we", "both", "countries", "sides", "nations"))
_BARE_OFFICIALS = frozenset("government authorities military army police troops forces officials ministry administration leaders soldiers".split())


def _previous_actor(reading: Reading) -> list[Party]:
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


def _we(reading: Reading) -> list[Party]:
    """Whom "we" stands for in the sentence."""
    match = _WE.search(reading.low)
    return resolve(reading.sentence, match.start(), len(reading.text)) if match else []


_WE = re.compile(r"\b(?:we|our)\b")

# ---- nouns


def _of_noun(reading: Reading, rule: Rule, i: int, last: int) -> tuple[list[Party], list[Party]]:
    measure = rule.frame == "measure"
    doers, victims = _before_noun(reading, i, measure or rule.frame == "campaign")
    by = _after_by(reading, last, ("by",)) or ([] if measure else _after_by(reading, last, ("from",), reach=4))
    if not doers:
        doers = by or ([] if measure else _claimed(reading)) or _carried(reading, rule, i, last)
    elif measure and not any(p.iso3 for p in doers):
        doers = [*[p for p in _carried(reading, rule, i, last) if p.iso3], *doers]
    if not doers and measure:
        doers = _we(reading) or (_previous_actor(reading) if "statement" in reading.words[:3] else [])
    if rule.incident_type == "espionage":
        served = _after_by(reading, last - 1, ("for",), reach=3)
        if served:
            return served, _in_phrase(reading, last + 1, last + 14, ("on", "against", "at"))
    on = _phrase_targets(reading, rule, i, last)
    if on:
        victims = on
    if not victims:
        victims = _suffered(reading, i, last)
    if not victims and measure:
        victims = _threatened_object(reading, i)
    if rule.frame == "custody-noun" and not victims:
        victims, doers = doers, []
    return doers, [v for v in victims if not same(v, doers)]


def _before_noun(reading: Reading, i: int, measure: bool) -> tuple[list[Party], list[Party]]:
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
        if word in _POSSESSIVES or word in '“”"’‘-–':
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
        if word in reading.lists.words["carrier"] or word in reading.lists.words["imposer"] or word in SAYING or word in _ABOUT:
            return [], []
        modifiers.append(word)
        j -= 1
    else:
        return [], []
    entity = next((e for e in reading.entities if e.first <= j <= e.last), None)
    if entity is None:
        return [], []
    possessive = reading.word(entity.last + 1) in _POSSESSIVES
    plain = all(_ADJECTIVES.match(m) for m in modifiers)
    group = _listed_before(reading, entity)
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


_ABOUT = frozenset(
    "linking tying involving following regarding concerning blaming accusing condemning denying describing calling denouncing investigating".split()
)
_QUANTITIES = frozenset(
    [
        "number",
        "series",
        "wave",
        "string",
        "spate",
        "barrage",
        "pattern",
        "campaign",
        "campaigns",
        "package",
        "packages",
        "round",
        "rounds",
        "set",
        "acts",
        "act",
        "slew",
        "raft",
        "use",
        "imposition",
        "threat",
    ]
)


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


def _after_by(reading: Reading, last: int, prepositions: tuple[str, ...], reach: int = 12) -> list[Party]:
    """Who stands behind "by" (or another of the given prepositions) after the act."""
    j = last + 1
    stop = min(len(reading.words), last + 1 + reach)
    while j < stop:
        word = reading.words[j]
        if word in prepositions and not (word == "by" and _is_number(reading.word(j + 1))):
            found = _noun_phrase(reading, j + 1)
            doers = [e.party for e in found if not is_private(reading, e) or e.kind == "group"]
            if doers:
                return doers
        if word in (";", ".", ":") or (word in ("that", "which", "who", "said") and j > last + 1):
            break
        j += 1
    return []


def _is_number(word: str) -> bool:
    return word[:1].isdigit()


def _noun_phrase(reading: Reading, first: int, reach: int = 14) -> list[Entity]:
    """The entities of the noun phrase that begins at `first`: the first one, with those listed after it."""
    stop = min(len(reading.words), first + reach)
    found: list[Entity] = []
    for entity in reading.among(first, stop - 1):
        if not found:
            between = reading.words[first : entity.first]
            if any(w in (";", ":", ".", "(", "—", "–") or w in CLAUSE or w in SAYING for w in between) or "," in between:
                break
            found.append(entity)
        elif _joined(reading, found[-1], entity) or entity.first == found[-1].last + 1:
            found.append(entity)
        elif found[-1].party.iso3 is None and entity.first - found[-1].last <= 4 and reading.word(entity.first - 1) in ("of", "in", "from", "the"):
            continue
        else:
            break
    return found


def _carried(reading: Reading, rule: Rule, i: int, last: int) -> list[Party]:
    """The subject of the verb that carries the noun ("Iran launched an attack"), or in the passive whoever stands behind "by"."""
    words = reading.words
    carriers = reading.lists.words["imposer"] if rule.frame == "measure" else reading.lists.words["carrier"]
    j = i - 1
    steps = 0
    while j >= 0 and steps < 24:
        word = words[j]
        if word in (";", ":", "—", "–"):
            break
        if word in reading.lists.words["suffering"]:
            break
        if word in carriers:
            if is_passive(reading, j):
                return _after_by(reading, j, ("by",))
            found = subject(reading, j)
            doers = _parties(reading, found, victim=False) or _pronoun(reading, j)
            if not doers and j <= 2 and words[0] in ("in", "by", "after", "while"):  # "In announcing the sanctions, the minister said"
                comma = next((k for k in range(last, len(words)) if words[k] == ","), None)
                doers = [e.party for e in _noun_phrase(reading, comma + 1)] if comma else []
            if doers:
                return doers
            if word in ("announced", "planned", "ordered"):
                break
        if word in ("after", "following", "since", "when", "because", "despite", "before", "if") and rule.frame != "measure":
            break
        steps += 1
        j -= 1
    for k in range(last + 1, min(len(words), last + 14)):
        if words[k] in (";", ".", ":"):
            break
        if words[k] in carriers and is_passive(reading, k):
            return _after_by(reading, k, ("by",))
    return []


_NOBODY = re.compile(r"\bno(?:\sone|body|\sgroup)?\b")
_RESPONSIBLE = re.compile(r"\b(?:claimed|claims|claiming|took|taken)\s(?:the\s)?responsibility\b")


def _claimed(reading: Reading) -> list[Party]:
    """Who claims responsibility."""
    match = _RESPONSIBLE.search(reading.low)
    if match is None:
        return []
    j = reading.index(match.start())
    found = _parties(reading, subject(reading, j), victim=False)
    return found if found and not _NOBODY.search(reading.low[max(0, match.start() - 40) : match.start()]) else []


def _phrase_targets(reading: Reading, rule: Rule, i: int, last: int) -> list[Party]:
    """What stands behind "on", "against", "in" after the noun, past dates."""
    words = reading.words
    found: list[Party] = []
    j, stop = last + 1, min(len(words), last + 32)
    if rule.frame == "custody-noun" and reading.word(last + 1) == "of":
        return object_parties(reading, last + 2)
    while j < stop:
        word = words[j]
        if word in (";", ":", ".", "“", "”", '"') and j > last + 1:
            break
        if word in ("that", "which") and rule.frame == "measure":
            return found or [p for p in object_parties(reading, j + 1) if p.iso3]
        if word in ("by", "after", "because", "while", "said", "when", "as", "following", "who", "where", "if", "citing") and j > last + 1:
            break
        if word == "from" and rule.incident_type != "tariff":
            break
        if word in _TARGET_PREPOSITIONS or (rule.incident_type == "tariff" and word in ("from", "with")):
            if (
                word == "to"
                and reading.word(j + 1) not in ("the", "a", "an", "its", "their")
                and not any(e.first <= j + 3 and e.last > j for e in reading.entities)
            ):
                j += 1
                continue
            if reading.word(j + 1) in _TEMPORAL or (_is_number(reading.word(j + 1)) and rule.incident_type != "tariff"):
                j += 1
                continue
            victims = object_parties(reading, j + 1, stop_at=("by", "after", "if", "citing"), private=True)
            if word == "over" and rule.frame == "measure":
                break
            for victim in victims:
                if not same(victim, found) and (victim.iso3 or j == last + 1 or (victim.party_type == "group" and word in ("on", "against", "at"))):
                    found.append(victim)
            if any(v.iso3 for v in found) and word in ("on", "against", "at", "of", "targeting", "into"):
                break
            if any(v.iso3 for v in found):
                break
        j += 1
    if not any(v.iso3 for v in found):
        for k in range(last + 1, stop):
            if words[k] in (
                "targeted",
                "hit",
                "struck",
                "disrupted",
                "killed",
                "destroyed",
                "crippled",
                "affected",
                "targeting",
                "targets",
                "paralysed",
                "damaged",
                "shut",
            ) and not is_passive(reading, k):
                more = object_parties(reading, k + 1)
                return more or found
            if words[k] in (";", ".", ":", "“"):
                break
    return found


_TEMPORAL = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "late",
        "early",
        "recent",
        "last",
        "retaliation",
        "response",
        "connection",
        "which",
        "order",
        "addition",
        "particular",
        "general",
        "fact",
        "turn",
        "the-week",
        "week",
        "weeks",
        "months",
        "years",
        "days",
    ]
)


def _suffered(reading: Reading, i: int, last: int) -> list[Party]:
    """The subject of verbs of which the act is object or agent: "Albania suffered a cyberattack", "the bank was hit by an attack", "to X in an attack"."""
    words = reading.words
    j = i - 1
    steps = 0
    while j >= 0 and steps < 14:
        word = words[j]
        if word in (";", ":"):
            break
        if word in reading.lists.words["suffering"] or (
            word in ("by", "in", "of", "during", "after", "to") and steps < 8 and _passive_before(reading, j)
        ):
            k = j if word in reading.lists.words["suffering"] else _passive_before(reading, j) or j
            found = _parties(reading, subject(reading, k), victim=True)
            if found:
                return found
        steps += 1
        j -= 1
    return []


def _passive_before(reading: Reading, j: int) -> int:
    """The participle of a passive within three words before `j`; 0 where there is none."""
    for k in range(j - 1, max(0, j - 9), -1):
        if reading.words[k] in (";", ".", ":"):
            return 0
        if is_passive(reading, k) and reading.words[k] not in BE and reading.word(k + 1) != "by":
            return k
        if reading.words[k] in (
            "hit",
            "targeted",
            "struck",
            "disrupted",
            "affected",
            "unavailable",
            "offline",
            "killed",
            "damaged",
            "crippled",
            "subjected",
            "wounded",
        ):
            return k
    return 0


def _threatened_object(reading: Reading, i: int) -> list[Party]:
    """The object of "threatened … with sanctions"."""
    for j in range(max(0, i - 14), i):
        if reading.words[j] in (
            "threatened",
            "threatens",
            "threatening",
            "hit",
            "punish",
            "punished",
            "targeted",
            "target",
            "targeting",
            "slapped",
            "retaliated",
        ):
            return object_parties(reading, j + 1, stop_at=("with",))
    return []


def _in_phrase(reading: Reading, first: int, stop: int, prepositions: tuple[str, ...]) -> list[Party]:
    for j in range(first, min(stop, len(reading.words))):
        if reading.words[j] in prepositions:
            found = object_parties(reading, j + 1)
            if any(p.iso3 for p in found):
                return found
    return []


def object_parties(reading: Reading, first: int, stop_at: tuple[str, ...] = ("by",), private: bool = True) -> list[Party]:
    """The parties of the noun phrase that begins at word `first`, with what follows behind of, in, at or from; without a country, the phrase by its
    words."""
    words = reading.words
    j = first
    entities: list[Entity] = []
    stop = min(len(words), first + 22)
    while j < stop:
        word = words[j]
        entity = next((e for e in reading.entities if e.first == j), None)
        if entity is not None:
            if entities and entities[-1].party.iso3 and not _joined(reading, entities[-1], entity) and entity.first != entities[-1].last + 1:
                break
            entities.append(entity)
            j = entity.last + 1
            continue
        if word in ("“", "”", '"') and not entities and j < first + 4:
            j += 1
            continue
        if word in ("—", "–", "-") and not any(e.party.iso3 and reading.word(e.last + 1) not in _POSSESSIVES for e in entities):
            j += 1
            continue
        if word in stop_at or word in (";", ":", ".", "—", "–", "“", "”", "(", '"') or (word in CLAUSE and word != "as"):
            break
        if word == "," and not _in_list(reading, j) and not (reading.word(j + 1) in ("a", "an") and not any(e.party.iso3 for e in entities)):
            break
        if word in SAYING or word in ("with", "amid", "during", "while"):
            break
        j += 1
    if any(e.party.iso3 for e in entities):
        result = []
        for e in entities:
            if e.party.iso3 is None and e.kind not in ("organisation", "actor", "group"):
                continue
            result.append(_as_victim(reading, e))
        return result
    if entities:
        return [_as_victim(reading, e) for e in entities]
    name = _phrase_text(reading, first)
    return [Party("group" if name.endswith("s") else "organisation", None, None, name)] if name else []


def _phrase_text(reading: Reading, first: int) -> str:
    """The words of the noun phrase that begins at word `first`, without what stands before the noun; empty for pronouns, dates and numbers."""
    words = reading.words
    while first < len(words) and words[first] in _LEADING:
        first += 1
    j = first
    while j < len(words) and j < first + 8 and (words[j][0].isalnum() or words[j] in _POSSESSIVES) and words[j] not in _ENDING:
        j += 1
    if j == first or words[first] in _TEMPORAL or words[first] in PRONOUNS or words[first][0].isdigit():
        return ""
    return reading.span(first, j - 1)


_LEADING = frozenset('the a an its their his her several some at least more than about nearly over up “ " this that these those such any'.split())
_ENDING = PREPOSITIONS | CLAUSE | BE | HAVE | MODALS | SAYING | {"and", "or", "by"}


def _as_victim(reading: Reading, entity: Entity) -> Party:
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
        and words[j] not in SAYING
        and words[j] not in HAVE
        and not words[j][0].isdigit()
        and words[j] not in _TEMPORAL
    ):
        j += 1
    if j == entity.last + 1:
        return entity.party
    name = reading.span(entity.first, j - 1)
    return Party("group" if name.endswith("s") else "organisation", entity.party.iso3, None, name)


def _parties(reading: Reading, entities: list[Entity], *, victim: bool) -> list[Party]:
    if victim:
        return [_as_victim(reading, e) for e in entities]
    kept = [e for e in entities if not is_private(reading, e)]
    return [_named(reading, e) for e in kept if e.kind != "demonym" or acts_for_state(reading, e) or len(kept) == 1]


def _named(reading: Reading, entity: Entity) -> Party:
    if entity.kind != "demonym":
        return entity.party
    described = _as_victim(reading, entity)
    return Party("state", described.iso3, None, described.name)


def same(party: Party, others: list[Party]) -> bool:
    return any((party.iso3 or party.name) == (o.iso3 or o.name) for o in others)
