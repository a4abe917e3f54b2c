"""The lists of incidents, compiled: rules by the words they begin with, known actors by their first word, hedges."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import polars as pl

from transforms.lexicon import Lexicon
from transforms.scans import in_ascii, wider

T = TypeVar("T")
_NOUN_FRAMES = ("noun", "campaign", "measure", "custody-noun")
_WORD = re.compile(r"[^\W_]+(?:[-.&][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of `incident_rules.csv`, compiled. `before`, `after` and `sentence` are read in lower case."""

    rule_id: str
    incident_type: str
    frame: str
    near: frozenset[str] | None
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    opening: str | None  # its words and what must follow, for polars; None where anything may
    needs: str | None
    weight: int
    plover_event: str
    plover_mode: str | None


@dataclass(frozen=True, slots=True)
class Actor:
    """A row of `known_actors.csv`."""

    name: str
    iso3: str | None
    category: str
    field: str


@dataclass(frozen=True)
class Lists:
    """What the grammar looks up word by word."""

    rules: dict[str, list[Rule]]  # first word, lower case -> rules in the order of the list
    actors: dict[str, list[tuple[str, Actor]]]  # first word of the alias, lower case -> (alias, actor), longest first
    groups: dict[str, str]  # noun for a group -> category
    first_words: pl.DataFrame  # word, rule: its number, near: that of a set of words of which one must stand in the sentence; NULL where none must
    near_words: pl.DataFrame  # near, word
    openings: list[str | None]  # of the rules, by number
    cue: str  # a regular expression (Rust, linear) over lower case text for sentences which any rule may match
    cyber: frozenset[str]  # actors known for cyberattacks
    names: frozenset[str]
    campaigns: frozenset[str]  # influence operations known by name
    words: dict[str, frozenset[str]]  # the lists of `incident_words.csv`
    kinds: dict[str, str]  # words that tell of what kind a "group" is -> category
    places: dict[str, list[tuple[str, str]]]  # first word of a place's name, lower case -> (name, country), longest first
    cities: frozenset[str]  # names of places that are cities
    leaders: dict[str, list[tuple[str, str]]]  # surname of a head of state or government, lower case -> (full name, country)

    def is_cyber(self, name: str) -> bool:
        return name in self.cyber

    def is_armed_or_cyber(self, name: str) -> bool:
        """Whether the actor is a group, and not a campaign known by its name."""
        return name not in self.campaigns

    def is_verb(self, word: str) -> bool:
        """Whether the word is a verb of some rule, and of none a noun."""
        return word in self.rules and all(r.frame == "verb" for r in self.rules[word])

    def is_noun(self, word: str) -> bool:
        """Whether the word is a noun for an act by some rule."""
        return any(r.frame in _NOUN_FRAMES for r in self.rules.get(word, ()))

    def is_actor(self, name: str) -> bool:
        return name in self.names

    def actors_in(self, text: str, words: list[str], starts: Sequence[int]) -> Iterator[tuple[int, int, Actor]]:
        """Known actors named in a sentence: first word, last word, actor. Case counts."""
        return _named_in(self.actors, text, words, starts)

    def places_in(self, text: str, words: list[str], starts: Sequence[int]) -> Iterator[tuple[int, int, str]]:
        """Places named in a sentence: first word, last word, country. Case counts."""
        return _named_in(self.places, text, words, starts)


def _named_in(names: dict[str, list[tuple[str, T]]], text: str, words: list[str], starts: Sequence[int]) -> Iterator[tuple[int, int, T]]:
    skip = -1
    for i in [i for i, word in enumerate(words) if word in names]:
        if i <= skip:
            continue
        at = starts[i]
        for name, meaning in names[words[i]]:
            end = at + len(name)
            if text.startswith(name, at) and not (end < len(text) and (text[end].isalnum() or text[end] == "_")):
                last = i
                while last + 1 < len(words) and starts[last + 1] < end:
                    last += 1
                yield i, last, meaning
                skip = last
                break


_OF_HACKERS = ("cyber-agent", "cyber-subject")  # needs that a known cyber actor meets, as well as "hackers"


def compile_lists(lexicon: Lexicon) -> Lists:
    cues: set[str] = set()
    actors: dict[str, list[tuple[str, Actor]]] = defaultdict(list)
    cyber: set[str] = set()
    signs: set[str] = set()  # a word of each name of a cyber actor
    for alias, name, iso3, category, known_for in lexicon.frame("known_actors").select("alias", "actor", "iso3", "category", "field").iter_rows():
        if known_for == "cyber":
            cyber.add(name)
            signs.add(max(_WORD.findall(alias.lower()), key=len))
            cues.add(alias.lower())
        for form in {alias, alias.replace("al-", "al ", 1), alias.replace("Al-", "Al ", 1)}:  # "al-Shabaab", "al Shabaab"
            if first := _WORD.match(form):
                actors[first[0].lower()].append((form, Actor(name, iso3, category, known_for)))
    rules: dict[str, list[Rule]] = defaultdict(list)
    columns = ("words", "rule_id", "incident_type", "frame", "cue", "near", "before", "after", "needs", "weight", "plover_event", "plover_mode")
    for forms, *row in lexicon.frame("incident_rules").select(columns).iter_rows():
        cue, near = row[3], frozenset(row[4].split()) if row[4] else None
        if near is not None and row[7] in _OF_HACKERS:
            near |= signs
        before = re.compile(f"(?:{row[5]})$") if row[5] else None
        after = re.compile(row[6]) if row[6] else None
        rule = Rule(row[0], row[1], row[2], near, before, after, _opening(forms, row[6]), *row[7:])
        for word in forms.split():
            rules[word].append(rule)
        cues.update(cue.split(";") if cue else forms.split())
    places: dict[str, list[tuple[str, str]]] = defaultdict(list)
    cities: set[str] = set()
    for place, country, sort in lexicon.frame("places").select("name", "iso3", "kind").iter_rows():
        if sort == "city":
            cities.add(place)
        if begin := _WORD.match(place):
            places[begin[0].lower()].append((place, country))
    _longest_first(actors)
    _longest_first(places)
    lists: dict[str, set[str]] = defaultdict(set)
    for name, word in lexicon.frame("incident_words").select("list", "word").iter_rows():
        lists[name].add(word)
    groups = {word: category for category in ("kind", "cyber", "armed") for word in lists[f"group_{category}"]}
    return Lists(
        dict(rules),
        dict(actors),
        groups,
        *_first_words(rules),
        _cue(cues),
        frozenset(cyber),
        frozenset(a.name for es in actors.values() for _, a in es),
        frozenset(a.name for es in actors.values() for _, a in es if a.field == "influence"),
        {name: frozenset(words) for name, words in lists.items()},
        {word: kind for kind in ("cyber", "armed") for word in lists[f"kind_{kind}"]},
        dict(places),
        frozenset(cities),
        _leaders(lexicon),
    )


def _first_words(rules: dict[str, list[Rule]]) -> tuple[pl.DataFrame, pl.DataFrame, list[str | None]]:
    numbers = {near: n for n, near in enumerate(dict.fromkeys(rule.near for some in rules.values() for rule in some if rule.near is not None))}
    order = {rule: n for n, rule in enumerate(dict.fromkeys(rule for some in rules.values() for rule in some))}
    first = [(word, order[rule], None if rule.near is None else numbers[rule.near]) for word, some in rules.items() for rule in some]
    near = [(n, word) for words, n in numbers.items() for word in words]
    return (
        pl.DataFrame(first, schema={"word": pl.String, "rule": pl.Int32, "near": pl.Int32}, orient="row"),
        pl.DataFrame(near, schema={"near": pl.Int32, "word": pl.String}, orient="row"),
        [rule.opening for rule in order],
    )


def _opening(words: str, after: str | None) -> str | None:
    behind = in_ascii(wider(after)) if after else ""
    return rf"(?-u:\b)(?:{'|'.join(map(re.escape, words.split()))})(?:{behind})" if behind else None


def _longest_first(names: dict[str, list[tuple[str, T]]]) -> None:
    for entries in names.values():
        entries.sort(key=lambda x: (-len(x[0]), x[0]))


def _leaders(lexicon: Lexicon) -> dict[str, list[tuple[str, str]]]:
    heads = lexicon.frame("office_holders").filter(pl.col("rank").is_in(["head_of_state", "head_of_government"]), pl.col("iso3").is_not_null())
    result: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, surname, iso3 in heads.select("name", "surname", "iso3").iter_rows():
        if surname and surname.isalpha():
            result[surname.lower()].append((name, iso3))
    return dict(result)


def _cue(cues: set[str]) -> str:
    """Literals only, none of which another one begins: a pattern of literals is matched many times faster than any other."""
    shortest: list[str] = []
    for cue in sorted(cues):  # what another one begins stands right behind it
        if not (shortest and cue.startswith(shortest[-1])):
            shortest.append(cue)
    return rf"(?-u:\b)(?:{'|'.join(map(re.escape, shortest))})"


def cue_expression(lists: Lists) -> pl.Expr:
    """Whether a sentence (column `text`) may tell a hostile act. ASCII word boundaries: those of Unicode make the pattern twenty times slower."""
    return pl.col("text").str.to_lowercase().str.contains(lists.cue)
