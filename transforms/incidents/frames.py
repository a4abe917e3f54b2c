"""Who did it and to whom: how the parties stand to the words of a rule."""

from __future__ import annotations

import re

from transforms.incidents.clashes import both_sides
from transforms.incidents.incident import OVERTHROWING
from transforms.incidents.lists import Rule
from transforms.incidents.nouns import of_noun
from transforms.incidents.objects import as_victim, object_parties, parties_of, same
from transforms.incidents.phrases import after_by, in_phrase
from transforms.incidents.reading import ADVERBS, Reading
from transforms.incidents.stand_ins import collective, country_before, people_before, pronoun, subject_phrase, we
from transforms.incidents.subjects import is_passive, subject
from transforms.parties import Party


def parties(reading: Reading, rule: Rule, i: int, last: int) -> tuple[list[Party], list[Party]]:
    """Perpetrators and targets of the act told by words `i` to `last`, as the sentence names them."""
    if (sides := both_sides(reading, rule.rule_id, i, last)) is not None:
        return sides
    if rule.frame in ("noun", "campaign", "custody-noun", "measure"):
        return of_noun(reading, rule, i, last)
    if rule.frame == "ties":
        doers = parties_of(reading, subject(reading, i), victim=False) or pronoun(reading, i)
        return doers, [p for p in in_phrase(reading, last + 1, last + 12, ("with", "to", "from", "of")) if not same(p, doers)]
    if rule.frame == "support":
        return parties_of(reading, subject(reading, i), victim=False) or pronoun(reading, i), in_phrase(
            reading, last + 1, last + 25, ("into", "against", "across", "in") if rule.rule_id == "backs-rebels" else ("into", "against", "across")
        )
    if rule.frame == "attributed":
        doers = after_by(reading, last, ("to",))
        victims = in_phrase(reading, last + 1, min(len(reading.words), last + 25), ("in", "at", "on", "that", "of"))
        return doers, [v for v in victims if not same(v, doers)]
    if rule.frame == "under":
        held_by = [e.party for e in reading.entities if e.last == i - 1 and e.kind in ("demonym", "actor", "group")]  # "in X captivity"
        return after_by(reading, last, ("from", "by", "of")) or held_by, parties_of(reading, subject(reading, i - 1), victim=True) or pronoun(
            reading, i - 1
        )
    if rule.rule_id in OVERTHROWING:  # within one state: who acts and who suffers are its own
        doers, victims = _of_verb(reading, rule, i)
        states, own = [[p for p in ps if p.iso3] for ps in (doers, victims)]
        return states or own or doers, own or states or victims
    if rule.frame == "foiled":
        return [], parties_of(reading, subject(reading, i), victim=True)
    if rule.frame in ("foiled-passive", "befell"):
        return [], in_phrase(reading, last + 1, min(len(reading.words), last + 14), tuple(_PLACE_PREPOSITIONS))
    return _of_verb(reading, rule, i)


def _of_verb(reading: Reading, rule: Rule, i: int) -> tuple[list[Party], list[Party]]:
    if rule.rule_id == "sanctioned-relative":  # "a bank that X blacklisted"
        that = max(k for k in range(i) if reading.words[k] in ("that", "which", "whom"))
        return parties_of(reading, reading.among(that, i), victim=False), parties_of(reading, reading.among(0, that)[-1:], victim=True)
    if rule.rule_id == "non-grata":  # "X declared two Ys personae non gratae"
        i = next((k for k in range(i - 1, -1, -1) if reading.words[k] in _DECLARING), i)
        if (
            reading.word(i + 1).startswith("persona")
            and not is_passive(reading, i)
            and (sent := [e for e in reading.entities if i - 3 <= e.last < i][-1:])
        ):
            doers = (
                after_by(reading, i, ("by",)) or [e.party for e in reading.entities if e.last < sent[0].first][:1]
            )  # "23 Xs declared personae non gratae"
            return [d for d in doers if d.iso3 != sent[0].party.iso3], [as_victim(reading, sent[0])]
    if rule.frame == "custody" and (whom := _whom(reading, i)):
        return pronoun(reading, i), whom
    passive = rule.frame == "passive" or rule.rule_id == "loses-privileges" or is_passive(reading, i)
    if passive:
        doers = after_by(reading, i, ("by",))
        if not doers and rule.rule_id == "barred":  # barred from the country that bars
            doers = [e.party for e in reading.among(i, min(len(reading.words), i + 12)) if e.party.iso3][:1]
        if not doers and rule.rule_id in _SENT_OFF:  # "was expelled from X", "told to leave X", "denied entry to X", "barred from X ports"
            doers = [e.party for e in reading.among(i, i + 12) if e.party.iso3 and _is_left(reading, e.first - 1)][:1]
        if not doers and rule.rule_id in _SENT_OFF and _THE_COUNTRY.match(reading.low, reading.ends[i]):
            here = [e.party for e in reading.among(0, i) if e.kind == "name" and reading.word(e.first - 1) != "from"]
            doers = here[:1] or country_before(reading)
        if not doers and rule.frame == "verb" and "by" in reading.words[i + 1 : i + 4]:
            doers = collective(reading, i + 1)
        if not doers and rule.frame == "impose":
            doers = we(reading)
        victims = parties_of(reading, subject(reading, i), victim=True) or (people_before(reading, i) if rule.frame == "impose" else [])
        victims = victims or subject_phrase(reading, i) or object_parties(reading, i + 1)
        return doers, [v for v in victims if not same(v, doers)]
    doing = subject(reading, i)
    doers = parties_of(reading, doing, victim=False) or pronoun(reading, i)
    victims = object_parties(reading, i + 1, stop_at=("by", "for", "on", "over", "to") if rule.frame == "custody" else ("by",))
    if rule.rule_id in ("gained-access", "access-accounts") and (
        to := next((k for k in range(i + 1, i + 7) if reading.word(k) in ("to", "into")), 0)
    ):
        victims = object_parties(reading, to + 1)
    if not any(p.iso3 for p in victims) and rule.rule_id in _AT:
        victims = in_phrase(reading, i + 2, i + 24, ("at", "on", "against", "toward", "towards", "into")) or victims
    others = [v for v in victims if not same(v, doers)]
    if not others and (rule.incident_type == "attack" if doers else rule.frame == "custody"):
        others = [v for v in victims if v.iso3 or not doers]  # forces against a place or people of their own state
    return doers, others


_DECLARING = frozenset(("declare", "declared", "declares", "declaring", "made", "named"))


def _whom(reading: Reading, i: int) -> list[Party]:
    """Whom a relative clause tells to be held: "a Y (whom) it had detained"."""
    j = i - 1
    while reading.word(j) in ADVERBS:
        j -= 1
    if reading.word(j) not in ("it", "they"):
        return []
    j -= reading.word(j - 1) in ("that", "who", "whom")
    return [as_victim(reading, e) for e in reading.entities if j - 4 <= e.last < j and e.kind == "demonym"][-1:]


_SENT_OFF = frozenset(("cut-off-from", "deport", "deport-nationals", "entry-refused", "ordered-out", "thrown-out"))
_THE_COUNTRY = re.compile(r"\s(?:\w+\s)?(?:from|leave|enter)\s(?:entering\s)?the\scountry\b")
_LEAVING = frozenset(("entry", "from", "leave", "leaving", "of"))


def _is_left(reading: Reading, j: int) -> bool:
    """Whether the words up to `j` tell that what follows is the country which somebody has to leave or may not enter."""
    while reading.word(j) in ("the", "to"):
        j -= 1
    return reading.word(j) in _LEAVING


_PLACE_PREPOSITIONS = frozenset(["in", "near", "outside", "inside", "at", "across", "around"])

# what is fired or thrown stands before those at whom: "fired tear gas, rubber bullets and grenades at X"
_AT = frozenset(("fired-on", "hurled", "opened-fire", "protest-force", "rained-on", "retaliated-with", "water-cannon"))
