"""Whom the words behind a noun for an act name as those it struck: "an attack on X", "a breach that hit Y"."""

from __future__ import annotations

import re

from transforms.incidents.lists import Rule
from transforms.incidents.objects import CAUSES, TEMPORAL, object_parties, same
from transforms.incidents.phrases import is_number
from transforms.incidents.reading import ADVERBS, CLAUSE, HAVE, Reading
from transforms.incidents.subjects import is_passive
from transforms.parties import Party

TAKEN = ("botnet", "heist", "theft-of-data")  # rules of what is taken from somebody
_LINKING = frozenset(("attributed", "attributes", "connected", "linked", "links", "tied", "ties", "traced"))


def behind_noun(reading: Reading, rule: Rule, last: int) -> list[Party]:
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
        if word in _STRUCK and rule.frame == "noun" and not is_passive(reading, j):  # "a bomber targeted an X embassy near …"
            hit = object_parties(reading, j + 1)
            if any(p.iso3 for p in hit):
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
        if word == "from" and rule.incident_type != "tariff" and rule.rule_id not in TAKEN:
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

_STRUCK = frozenset(("attacked", "destroyed", "hit", "hits", "killed", "struck", "targeted", "targets", "wounded"))
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
