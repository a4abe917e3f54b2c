"""Nouns for acts and measures ("a cyberattack by X on Y", "X's sanctions on Y"): who did it, and to whom."""

from __future__ import annotations

import re

from transforms.incidents.carriers import carried, claimed, faced, suffered, threatened_object
from transforms.incidents.lists import Rule
from transforms.incidents.nearby import authority
from transforms.incidents.objects import CAUSES, POSSESSIVES, TEMPORAL, object_parties, parties_of, same
from transforms.incidents.phrases import after_by, in_phrase, is_number, noun_phrase
from transforms.incidents.reading import ADVERBS, BE, CLAUSE, HAVE, MODALS, PREPOSITIONS, SAYING, Entity, Reading, acts_for_state
from transforms.incidents.stand_ins import previous_actor, subject_phrase, we
from transforms.incidents.subjects import is_passive, subject
from transforms.parties import Party


def of_noun(reading: Reading, rule: Rule, i: int, last: int) -> tuple[list[Party], list[Party]]:
    measure = rule.frame == "measure"
    doers, victims = _before_noun(reading, i, measure or rule.frame == "campaign")
    if measure and (facing := faced(reading, i))[1]:
        imposers = facing[0] or doers or carried(reading, rule, i, last) or _imposing(reading, last)
        return [d for d in imposers if not same(d, facing[1])], facing[1]
    theft = rule.rule_id in _TAKEN  # what is taken from somebody is not taken by him
    by = (
        after_by(reading, last, ("by",))
        or ([] if measure or theft or _strikes(reading, last) else after_by(reading, last, ("from",), reach=4))
        or _rooted(reading, rule, last)
    )
    if rule.rule_id == "expulsion" and not doers:  # "the expulsion of 21 diplomats from X"
        doers = after_by(reading, last + 1, ("from", "by"), reach=7)
    if rule.rule_id == "ships-presence" and not doers:
        doers = after_by(reading, i, ("of",), reach=8)
    if not doers:
        doers = by or ([] if measure else claimed(reading)) or carried(reading, rule, i, last)
    elif measure and not any(p.iso3 for p in doers):
        doers = [*[p for p in carried(reading, rule, i, last) if p.iso3], *doers]
    if rule.rule_id in ("sanctions-list", "on-sanctions-list", "entity-list") and (owners := after_by(reading, last, ("of",), reach=1)):
        return owners, [v for v in threatened_object(reading, i) or _listed(reading, i) if not same(v, owners)]
    if not doers and measure:
        doers = we(reading) or (previous_actor(reading) if "statement" in reading.words[:3] else [])
    if not doers and reading.words[i] in _DONE:
        doers = parties_of(reading, subject(reading, i), victim=False)
    if rule.incident_type == "espionage":
        served = after_by(reading, last - 1, ("for",), reach=3)
        if rule.rule_id == "agent-charged":  # whose service it was stands in the words of the rule
            served = [e.party for e in reading.among(i, last) if e.party.iso3][:1] or served
        if served:
            return served, in_phrase(reading, last + 1, last + 5, ("on", "against"))
    on = object_parties(reading, last + 1) if rule.rule_id == "measures-hit" else _phrase_targets(reading, rule, last)
    if on and (any(p.iso3 for p in on) or not victims):
        victims = on
    if not victims and measure:
        victims = threatened_object(reading, i)
    if measure and not any(v.iso3 for v in victims):
        victims = _provoking(reading, last) or victims
    if not victims:
        victims = suffered(reading, i)
    if rule.incident_type == "sanction" and not any(d.iso3 for d in doers) and (treasury := authority(reading.text)) is not None:
        doers = [treasury, *doers]
    if rule.rule_id == "entity-list" and not doers and "Entity List" in reading.text:  # so named, the list of the United States
        doers = [Party("state", "USA", None, "Entity List")]
    if rule.frame == "custody-noun" and not victims:
        victims, doers = doers, []
    others = [v for v in victims if not same(v, doers)]
    if measure and rule.incident_type != "tariff" and not others and any(v.iso3 for v in victims):  # nobody takes measures against himself
        return [], victims
    return doers, others or [v for v in victims if v.iso3 and rule.incident_type == "attack"]  # forces against people or a place of their own state


def _provoking(reading: Reading, last: int) -> list[Party]:
    """Whose act a measure answers, where nobody is named on whom it is imposed: "sanctions in response to the annexation of Y by X", "over X's war in Y"."""
    words = reading.words
    cause = next((k for k in range(last + 1, min(len(words), last + 26)) if words[k] in CAUSES), None)
    why = next((k for k in range(last + 1, cause or 0) if words[k] in _PROVOKED), None)
    if cause is None or why is None:
        return []
    before = [e for e in reading.among(why, cause - 1) if e.party.iso3]
    owners = [e.party for e in before if e.kind in ("demonym", "minister") or reading.word(e.last + 1) in POSSESSIVES]
    by = next((k for k in range(cause + 1, min(len(words), cause + 10)) if words[k] == "by"), None)
    return owners[:1] or ([e.party for e in noun_phrase(reading, by + 1) if e.party.iso3][:1] if by is not None else [])


_PROVOKED = frozenset(("after", "because", "following", "for", "over", "response", "since"))


def _imposing(reading: Reading, last: int) -> list[Party]:
    """Who imposes what another clause says that somebody faces: "X faces a tariff after Y doubled its duties"."""
    words, imposers = reading.words, reading.lists.words["imposer"]
    k = next((k for k in range(last + 1, min(len(words), last + 14)) if words[k] in imposers and not is_passive(reading, k)), None)
    return [e.party for e in subject(reading, k) if e.party.iso3] if k is not None else []


_LINKING = frozenset(("attributed", "attributes", "connected", "linked", "links", "tied", "ties", "traced"))
# verbs among the nouns: who did it is their subject
_DONE = frozenset(("interfere", "interfered", "interferes", "interfering", "meddle", "meddled", "meddles", "meddling", "spied", "spying"))
_TAKEN = ("botnet", "heist", "theft-of-data")
_ORIGINATING = re.compile(r"[^.;:]{0,40}?\boriginat\w+\s(?:from|in)\s")
_ROOTED = re.compile(
    r"[^.;:]{0,60}?\b(?:with\s(?:roots|origins?|links|ties)\s(?:in|to)|originat\w+\s(?:from|in)|(?:coming|emanating|directed|run|launched)\sfrom)\s"
)


def _rooted(reading: Reading, rule: Rule, last: int) -> list[Party]:
    """The state in which an attack on computers has its roots: "a campaign with roots in X"."""
    match = (_ROOTED if rule.incident_type == "cyberattack" else _ORIGINATING).match(reading.low, reading.ends[last])
    return [e.party for e in noun_phrase(reading, reading.index(match.end()))] if match else []


def _strikes(reading: Reading, last: int) -> bool:
    """Whether a verb follows the noun: "the attacks targeted officials from X" does not say that they came from there."""
    return any(w.endswith("ed") or w in ("hit", "struck", "against", "on") for w in reading.words[last + 1 : last + 4])


def _listed(reading: Reading, i: int) -> list[Party]:
    """Who is "on the sanctions list": the subject of the verb before it."""
    j = next(
        (k for k in range(i - 1, max(-1, i - 10), -1) if reading.words[k] in BE or reading.words[k] in ("appears", "appeared", "features")), None
    )
    return (parties_of(reading, subject(reading, j), victim=True) or subject_phrase(reading, j)) if j else []


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
    "act", "acts", "barrage", "campaign", "campaigns", "imposition", "number", "package", "packages", "pattern", "raft", "round",
    "rounds", "series", "set", "slew", "spate", "string", "threat", "threats", "use", "wave"
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


def _phrase_targets(reading: Reading, rule: Rule, last: int) -> list[Party]:
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
        if word in ("that", "which") and rule.rule_id == "entity-list":
            break
        if word in ("that", "which") and rule.frame == "noun" and (hit := _harmed(reading, j + 1)):
            return hit
        if word in ("that", "which") and rule.frame == "measure":
            return found or [p for p in object_parties(reading, j + 1) if p.iso3]
        if (word in _TARGET_ENDS and j > last + 1) or (rule.frame == "measure" and word in ("response", "retaliation")):
            break
        if word == "," and (
            rule.incident_type == "espionage"
            or (reading.word(j + 1).endswith("ing") and reading.word(j + 1) not in _HARMING and reading.word(j + 1) != "including")
        ):
            break
        if word in ("from", "in") and words[j - 1].startswith("originat"):
            break
        if word == "from" and rule.incident_type != "tariff" and rule.rule_id not in _TAKEN:
            break
        if j - 1 > last and words[j - 1] in CAUSES:
            j += 1
            continue  # "those involved in the aggression against X"
        if word == "on" and words[j - 1] in ("blamed", "pinned"):  # who did it
            j += 1
            continue
        if word in _TARGET_PREPOSITIONS or word in _HARMING or (rule.incident_type == "tariff" and word in ("from", "with")):
            if word == "to" and not _LINKING.isdisjoint(words[max(0, last - 9) : last]):
                break  # "linked the breach to X"
            if (
                word == "to"
                and reading.word(j + 1) not in ("the", "a", "an", "its", "their")
                and not any(e.first <= j + 3 and e.last > j for e in reading.entities)
            ):
                j += 1
                continue
            if reading.word(j + 1) in TEMPORAL or (is_number(reading.word(j + 1)) and not _counts(reading, j + 1, rule)):
                j += 1
                continue
            victims = object_parties(reading, j + 1, stop_at=("by", "after", "if", "citing"))
            if word == "over" and rule.frame == "measure":
                return found or [v for v in victims if v.iso3]
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
            if words[k] in _HARMED and not is_passive(reading, k):
                more = object_parties(reading, k + 1)
                return more or found
            if words[k] in (";", ".", ":", "“"):
                break
    return found


def _counts(reading: Reading, j: int, rule: Rule) -> bool:
    """Whether the number at word `j` is no date: a rate, or how many are hit: "a ban on 30 officials"."""
    return rule.incident_type == "tariff" or (rule.frame == "measure" and not _YEAR.fullmatch(reading.word(j)) and reading.word(j + 1).isalpha())


_YEAR = re.compile(r"(?:19|20)\d\d")


def _harmed(reading: Reading, j: int) -> list[Party]:
    """The object of the verb of harm behind "that" or "which": "a breach that hit the ministry"."""
    while reading.word(j) in ADVERBS or reading.word(j) in HAVE:
        j += 1
    return object_parties(reading, j + 1) if reading.word(j) in _HARMED and not is_passive(reading, j) else []


# words past which no target of the noun stands
_TARGET_ENDS = (CLAUSE - {"that", "which", "then", "causing", "forcing", "injuring", "killing", "leaving", "wounding"}) | {"by", "said"}

# fmt: off
_HARMED = frozenset((
    "affected", "affects", "attacked", "compromised", "crippled", "damaged", "destroyed", "disrupted", "encrypted", "exposed", "forced", "hit", "hits",
    "infected", "killed", "knocked", "locked", "paralysed", "paralyzed", "shut", "struck", "target", "targeted", "targeting", "targets", "wiped",
    "wounded"
))
_HARMING = frozenset((
    "affecting", "crippling", "damaging", "destroying", "disrupting", "hitting", "impacting", "injuring", "killing", "striking", "targeting", "wounding"
))
# fmt: on

# fmt: off
_TARGET_PREPOSITIONS = frozenset((
    "across", "against", "around", "at", "between", "from", "in", "inside", "into", "near", "of", "on", "outside", "over", "targeting", "to",
    "toward", "towards", "upon"
))
# fmt: on
