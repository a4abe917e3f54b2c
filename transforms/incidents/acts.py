"""Whether words tell an act, and of which type: not a risk, a habit, a plot of a film or a statistic."""

from __future__ import annotations

import re

from transforms.incidents.event import Event
from transforms.incidents.lists import Lists, Rule
from transforms.incidents.nearby import HIDDEN
from transforms.incidents.needs import has_weapons
from transforms.incidents.reading import PREPOSITIONS, Reading


def matched(reading: Reading, rule: Rule, i: int) -> tuple[int, int] | None:
    """Characters of the words that the rule matches at word `i`."""
    start, end = reading.starts[i], reading.ends[i]
    if rule.near is not None and rule.near.isdisjoint(reading.wordset):
        return None
    if rule.frame == "verb" and reading.word(i - 1)[:1].isdigit() and any(e.first == i + 1 for e in reading.entities):
        return None  # "1,000 killed soldiers"
    if reading.word(i + 1) in _ONESELF and rule.frame == "verb" and reading.word(i + 2) not in ("and", "along", "with"):
        return None  # "killed himself"
    if (
        rule.frame in ("verb", "custody", "impose")
        and reading.words[i].endswith("ed")
        and reading.word(i - 1) in _NO_VERB_AFTER
        and reading.word(i + 1) != "by"
    ):
        return None  # an adjective: "a targeted campaign", "the jailed leader"
    if rule.before is not None and rule.before.search(reading.low[max(0, start - 60) : start]) is None:
        return None
    if rule.after is not None:
        match = rule.after.match(reading.low, end)
        if match is None:
            return None
        if rule.frame not in ("verb", "impose", "custody", "foiled", "passive", "foiled-passive"):
            end = match.end()
    return start, end


_ONESELF = frozenset(("herself", "himself", "itself", "myself", "themselves"))
_NO_VERB_AFTER = PREPOSITIONS | {"the", "a", "an", "this", "these", "its", "their", "of", "more", "any", "other"}


def is_no_act(reading: Reading, event: Event) -> bool:
    """Whether the words tell of no act of anybody known: of a risk, a habit or a plot."""
    if event.is_of_state:
        return False
    low, start = reading.low, event.at
    if event.rule.frame == "verb" and (
        event.realis == "planned"  # "hackers could target the games"
        or _CAPABLE.search(low, max(0, start - 70), start)  # "attackers could exploit the flaw to break in"
        or _HABITUAL.search(low, max(0, start - 30), start)  # "hackers often break into networks"
    ):
        return True
    return event.incident_type in HIDDEN and _FICTION.search(low, 0, start) is not None


def noun_follows(reading: Reading, lists: Lists, i: int) -> bool:
    """Whether a word for an act follows: then that word tells it."""
    return any(r.frame == "noun" and r.weight > 1 for word in reading.words[i + 1 : i + 20] for r in lists.rules.get(word, ()))


_CYBER = re.compile(
    r"\b(?:cyber|hack|ddos|ransomware|malware|denial.of.service|phishing|websites?\b|networks?\b|servers?\b|computers?\b|databases?\b|apt\d|wifi|hybrid|botnet|spyware|backdoors?\b|trojan|threat.actor)"
)


def is_of_computers(reading: Reading) -> bool:
    """Whether the sentence speaks of an attack on computers, and not only of what may be used for one, as an e-mail."""
    return _CYBER.search(reading.low) is not None or not reading.lists.words["malware"].isdisjoint(reading.wordset)


def type_of(reading: Reading, rule: Rule, mood: str) -> str:
    """The rule's type; an attack is a cyberattack where the sentence or the article speaks of computers and not of arms."""
    if rule.incident_type == "campaign":
        told = reading.sentence.article.text.lower()
        return "disinformation" if "disinformation" in told or "influence" in told or "propaganda" in told else "cyberattack"
    if rule.incident_type != "attack":
        return rule.incident_type
    if is_of_computers(reading) and not has_weapons(reading):
        return "cyberattack"
    if mood == "cyber" and rule.rule_id in _MAY_BE_CYBER and not has_weapons(reading):
        return "cyberattack"
    return "attack"


# words for attacks that are said of computers, too
_MAY_BE_CYBER = frozenset(("armed-attack", "assaulted", "attack-verb", "attacking", "raid-on", "strike-on", "struck", "under-attack"))


_FICTION = re.compile(r"\b(?:films?|movies?|novels?|thrillers?|drama|documentary|video\sgames?|comedy|plot\sof)\b")
_HABITUAL = re.compile(r"\b(?:usually|typically|often|commonly|generally|routinely|always)\s")
OFTEN = re.compile(
    r"\s(?:(?:have|has|had|are|were|is)\s)?(?:become|becoming|on\sthe\srise|rising|growing|rose\b|risen|(?:more|less)\s(?:frequent|common))"
    r"|\s(?:[\w-]+\s){0,4}?(?:could|may|might|will|can|(?:are|is)\s(?:likely|expected)\sto)\s(?:rise|increase|grow|become|get|surge|spread|worsen|cost|happen)\b"
)
_CAPABLE = re.compile(
    r"\b(?:allow(?:s|ed|ing)?|can|could|enabl(?:e|es|ed|ing)|lets?|may|might|would)\s[^.;,]{0,45}\bto\s$"
    r"|\b(?:lets?|letting)\s(?:[\w’'-]+\s){1,3}$|\b(?:stops?|stopping|keeps?|keeping|prevents?|preventing|blocks?)\s(?:[\w’'-]+\s){1,4}from\s$"
)
STATISTIC = re.compile(
    r"\b(?:(?:rise|increase|surge|spike|growth|uptick|jump|decline|drop|wave)\sin|(?:number|amount|total|share|rate|frequency)\sof)\s(?:[\w-]+\s){0,3}$"
)
