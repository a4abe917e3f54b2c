"""Verbs that carry a noun for an act ("launched an attack", "suffered a breach"): whose act it was, and who suffered it."""

from __future__ import annotations

import re

from transforms.incidents.lists import Rule
from transforms.incidents.objects import as_victim, object_parties, parties_of, same
from transforms.incidents.phrases import after_by, noun_phrase
from transforms.incidents.reading import BE, CLAUSE, PREPOSITIONS, SAYING, Reading
from transforms.incidents.stand_ins import pronoun, subject_phrase
from transforms.incidents.subjects import clause_start, is_passive, subject
from transforms.parties import Party


def carried(reading: Reading, rule: Rule, i: int, last: int) -> list[Party]:
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
        if word == "behind":  # "the group behind the attacks"
            near = [e for e in reading.entities if j - 9 <= e.last < j and e.kind in ("actor", "group")][-1:]
            if near:
                return [near[0].party]
        if word == "back" and words[j - 1] not in _STRIKING:
            j -= 1
            continue
        if word in carriers and not _is_told(reading, j, i):
            if is_passive(reading, j):
                return after_by(reading, j, ("by",))
            found = subject(reading, j)
            doers = parties_of(reading, found, victim=False) or pronoun(reading, j)
            if not doers and j <= 2 and words[0] in ("in", "by", "after", "while"):  # "In announcing the sanctions, the minister said"
                comma = next((k for k in range(last, len(words)) if words[k] == ","), None)
                doers = [e.party for e in noun_phrase(reading, comma + 1)] if comma else []
            if doers:
                return doers
            if word in ("announced", "planned", "ordered"):
                break
        if word in _OF_ANOTHER and rule.frame != "measure":
            break
        steps += 1
        j -= 1
    for k in range(last + 1, min(len(words), last + 14)):
        if words[k] in (";", ".", ":"):
            break
        if words[k] in carriers and is_passive(reading, k):
            return after_by(reading, k, ("by",))
    return []


# behind these stands another act, told as time or reason
# fmt: off
_OF_ANOTHER = frozenset((
    "after", "answer", "because", "before", "despite", "following", "if", "response", "retaliation", "revenge", "since", "when"
))
# fmt: on
_STRIKING = ("fought", "hit", "hits", "punched", "struck")  # "hit back with tariffs"


def _is_told(reading: Reading, j: int, i: int) -> bool:
    """Whether the verb at word `j` only tells or answers the act at `i`: "announced that it suffered an attack", "responded to the attacks"."""
    words = reading.words
    if words[j] in ("announced", "claimed", "claims", "claim", "ordered"):
        return not {"that", "was", "were", "had", "it", "he", "she", "they", "told"}.isdisjoint(words[j + 1 : i])
    return words[j] == "responded" and reading.word(j + 1) == "to"


_NOBODY = re.compile(r"\bno(?:\sone|body|\sgroup)?\b")


_RESPONSIBLE = re.compile(r"\b(?:claimed|claims|claiming|took|taken)\s(?:the\s)?responsibility\b")


def claimed(reading: Reading) -> list[Party]:
    """Who claims responsibility."""
    match = _RESPONSIBLE.search(reading.low) if "responsibility" in reading.wordset else None
    if match is None:
        return []
    j = reading.index(match.start())
    found = parties_of(reading, subject(reading, j), victim=False)
    return found if found and not _NOBODY.search(reading.low[max(0, match.start() - 40) : match.start()]) else []


def suffered(reading: Reading, i: int) -> list[Party]:
    """The subject of verbs of which the act is object or agent: "Albania suffered a cyberattack", "the bank was hit by an attack", "to X in an attack"."""
    words = reading.words
    j = i - 1
    steps = 0
    while j >= 0 and steps < 14:
        word = words[j]
        if word in (";", ":"):
            break
        if (
            word in reading.lists.words["suffering"]
            or (word in _VICTIMS and reading.word(j + 1) == "of")
            or (word in ("by", "in", "of", "during", "after", "to") and steps < 8 and _passive_before(reading, j))
        ):
            k = j if word in reading.lists.words["suffering"] or word in _VICTIMS else _passive_before(reading, j) or j
            found = parties_of(reading, subject(reading, k), victim=True)
            if found:
                return found
        steps += 1
        j -= 1
    return []


_VICTIMS = ("target", "targets", "victim", "victims")


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


def faced(reading: Reading, i: int) -> tuple[list[Party], list[Party]]:
    """Of a measure at word `i` who imposes it and who faces it: "X's exports to Y face a tariff", "officials of X face visa bans from Y"."""
    words = reading.words
    if reading.word(i + 1) in ("borne", "faced", "paid") and reading.word(i + 2) == "by":
        return [], [as_victim(reading, e) for e in noun_phrase(reading, i + 3) if e.party.iso3]
    k = next((k for k in range(i - 1, max(-1, i - 7), -1) if words[k] in _FACING or (words[k] == "under" and _is_state_of(reading, k))), None)
    if k is None:
        return [], []
    named = reading.among(clause_start(reading, k - 1), k) + [e for e in reading.entities if e.first > i]
    there = [e for e in named if {"to", "into", "in", "from", "by"} & set(words[max(0, e.first - 2) : e.first])]
    here = [e for e in named if e not in there and e.last < k and e.party.iso3]
    if (
        words[k - 1] == "or" and (urged := next((v for v in range(k - 1, -1, -1) if words[v] in _URGING), None)) is not None
    ):  # "X urged Y to sign or face"
        there = [e for e in subject(reading, urged) if e.party.iso3]
        here = [e for e in here if e.first > urged]
    if k == 0 and (comma := next((j for j in range(i, min(len(words), i + 14)) if words[j] == ","), None)) is not None:  # "Facing duties of X, Y …"
        here = [e for e in reading.among(comma + 1, comma + 4) if e.party.iso3][:1]
        there = [e for e in there if e.first < comma]
    return [e.party for e in there[:1] if not same(e.party, [e.party for e in here])], [as_victim(reading, e) for e in here[:3]]


def dealt_with(reading: Reading, i: int) -> tuple[list[Party], list[Party]]:
    """Who struck and whom where the act is the means of another verb: "X has targeted Y with cyberattacks", "Y was hit with air strikes"."""
    words = reading.words
    by = next((k for k in range(i - 1, max(-1, i - 6), -1) if words[k] in ("in", "with")), None)
    verb = next((k for k in range(by - 1, max(-1, by - 16), -1) if words[k] in _DEALING and by - k > 1), None) if by is not None else None
    if verb is None or not _BETWEEN_CLAUSES.isdisjoint(words[verb + 1 : by]):
        return [], []
    if is_passive(reading, verb):
        return [], parties_of(reading, subject(reading, verb), victim=True)
    struck = object_parties(reading, verb + 1, stop_at=("by", "with"))
    return parties_of(reading, subject(reading, verb), victim=False) or pronoun(reading, verb), struck


# fmt: off
_DEALING = frozenset((
    "attack", "attacked", "attacking", "bombarded", "bombarding", "flooded", "hit", "hitting", "hits", "overwhelmed", "pounded", "pounding", "struck",
    "swamped", "target", "targeted", "targeting", "targets"
))
# fmt: on
_BETWEEN_CLAUSES = CLAUSE | SAYING | {";", ":", "."}


def answered_by(reading: Reading, i: int) -> list[Party] | None:
    """Who condemns or answers the measure at word `i`, and so mostly suffers it: "X condemned the sanctions", "X will retaliate against the tariffs"; None
    where nobody is told to."""
    words = reading.words
    for k in range(i - 1, max(-1, i - 8), -1):
        if words[k] in CLAUSE or words[k] in _NO_ANSWER or reading.is_break(k):
            return None
        is_answer = words[k] in _ANSWERS and not {"against", "for", "to"}.isdisjoint(words[k + 1 : k + 3])
        if (words[k] in _CONDEMNS or is_answer) and words[k - 1] != "in":
            if is_passive(reading, k):
                return None
            noun = words[k] in ("response", "reply", "answer", "retaliation", "reaction", "countermeasures")
            verb = next((v for v in range(k - 1, max(-1, k - 8), -1) if words[v] in SAYING or words[v] in _PROMISES), k) if noun else k
            found = [e.party for e in subject(reading, verb) if e.party.iso3] or pronoun(reading, verb)
            return found[:1] or None
    return None


# fmt: off
_CONDEMNS = frozenset((
    "blasted", "calling", "called", "calls", "condemn", "condemned", "condemning", "condemns", "consider", "considers", "criticised", "criticized", "decried",
    "decries", "denounce", "denounced", "denounces", "denouncing", "deplored", "described", "describes", "dismissed", "opposed", "opposes", "protested",
    "rejected", "rejects", "slammed", "slams", "censured", "lambasted"
))
_ANSWERS = frozenset((
    "answer", "countermeasures", "react", "reacted", "reaction", "reply", "respond", "responded", "responding", "responds", "response", "retaliate",
    "retaliated", "retaliating", "retaliation"
))
_NO_ANSWER = frozenset(("by", "with", "and", "impose", "imposed", "imposing", "announced", "for"))
_PROMISES = frozenset(("preparing", "prepares", "promised", "promises", "threatened", "vowed", "vows", "warns"))
# fmt: on


def imposed_by(reading: Reading, last: int) -> tuple[list[Party], list[Party]] | None:
    """Of a measure told in a relative clause who imposed it and on whom: "the tariffs (that) X imposed on Y"; None where none follows."""
    words = reading.words
    first = last + 1 + (reading.word(last + 1) in ("that", "which"))
    k = next((k for k in range(first + 1, min(len(words), first + 12)) if words[k] in reading.lists.words["imposer"]), None)
    if k is None or words[k - 1] in BE or reading.word(k + 1) == "by" or not _NO_SUBJECT.isdisjoint(words[first:k]):
        return None
    named = reading.among(first, k - 1)
    if not named or (first == last + 1 and named[0].first > first + 2):
        return None
    doers = [e.party for e in noun_phrase(reading, first)]
    on = next((j for j in range(k + 1, min(len(words), k + 9)) if words[j] in ("against", "on", "upon")), None)
    return doers, [p for p in object_parties(reading, on + 1) if not same(p, doers)] if on is not None else []


_NO_SUBJECT = PREPOSITIONS - {"of"} | CLAUSE | SAYING | BE | {",", ";", "."}


def _is_state_of(reading: Reading, k: int) -> bool:
    """Whether "under" at word `k` tells the state in which somebody is: "X is already under sanctions", "has lived under an embargo"."""
    return not (BE | _LIVING).isdisjoint(reading.words[max(0, k - 3) : k])


_LIVING = frozenset(("came", "come", "comes", "lived", "lives", "placed", "put", "remain", "remained", "remains"))
_FACING = ("brace", "bracing", "face", "faces", "faced", "facing", "pay", "pays", "subject")
_URGING = frozenset(("gave", "given", "ordered", "pressed", "told", "urged", "urges", "warned", "warns"))


def threatened_object(reading: Reading, i: int) -> list[Party]:
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
            "added",
            "adds",
            "adding",
            "placed",
            "placing",
            "put",
            "puts",
        ):
            if is_passive(reading, j):  # "firms were added to the list", "was hit with sanctions"
                return parties_of(reading, subject(reading, j), victim=True) or subject_phrase(reading, j)
            return object_parties(reading, j + 1, stop_at=("with", "to", "on", "under"))
    return []
