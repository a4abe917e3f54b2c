"""The wordings of `commitment_rules.csv`, and the sentences to which they may apply."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from transforms.context import Article, lower
from transforms.lexicon import Lexicon
from transforms.scans import in_ascii, narrower, refused, wider, with_ascii_words, with_plain_blanks
from transforms.text import SEPARATOR


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of `commitment_rules.csv`, compiled. `wide` is its pattern for polars' engine and text in lower case, `idle` what else that needs to know."""

    rule_id: str
    pattern: re.Pattern[str]
    wide: str
    idle: _Idle | None
    subject: str
    speech_act: str
    stage: str
    firmness: str
    is_negated: bool
    plover_event: str


@dataclass(frozen=True, slots=True)
class _Idle:
    """Of a pattern that ends in a deed, for polars' engine: what stands before the deed, and the verbs with which a deed does not begin."""

    cue: str
    verbs: str


def rules(lexicon: Lexicon) -> list[Rule]:
    """The rules in the order of the list."""
    columns = ("rule_id", "pattern", "subject", "speech_act", "stage", "firmness", "is_negated", "plover_event")
    phrases: dict[str, str] = dict(lexicon.frame("commitment_phrases").select("phrase", "pattern").iter_rows())

    def full(pattern: str) -> str:
        return _in_lower_case(_quotable(_PHRASE.sub(lambda name: phrases[name[1]], pattern)))

    def compiled(rule_id: str, pattern: str, *rest: Any) -> Rule:
        idle = (
            _Idle(_narrow(full(pattern.removesuffix(_DEED))), rf"^(?:{with_ascii_words(_narrow(refused(phrases['deed'])))})")
            if pattern.endswith(_DEED)
            else None
        )
        return Rule(rule_id, re.compile(full(pattern)), with_plain_blanks(in_ascii(wider(full(pattern)))), idle, *rest)

    return [compiled(*row) for row in lexicon.frame("commitment_rules").select(columns).iter_rows()]


def _narrow(pattern: str) -> str:
    return narrower(pattern).replace(r"\b", r"(?-u:\b)")  # beside letters of ASCII both boundaries are the same, and this one is fast


_DEED = "(?P<action>{deed})"
_PHRASE = re.compile(r"\{([a-z]+)\}")


def _quotable(pattern: str) -> str:
    """The pattern, with what is undertaken perhaps in quotation marks."""
    return pattern.replace(r"\s(?P<action", r"\s[“\"‘']?(?P<action")


def _in_lower_case(pattern: str) -> str:
    """A pattern, written for any case, for text in lower case."""
    return re.sub(r"\\.|\(\?P<|[A-Z]", lambda m: m[0] if len(m[0]) > 1 else m[0].lower(), pattern)


@dataclass(slots=True)
class Candidate:
    """A sentence that rules may match, in the order of the list, and which of the signs asked for it may bear."""

    rules: list[Rule] = field(default_factory=list)
    signs: set[str] = field(default_factory=set)


def candidates(articles: Sequence[Article], cue: str, signs: Mapping[str, str], lexicon: Lexicon) -> list[dict[int, Candidate]]:
    """For each article the sentences with the cue that a rule may match, by index, in order. `signs` are patterns for polars' engine and text in lower
    case: a sentence without one is spared Python's search for it, which is slow where it finds nothing."""
    found: list[dict[int, Candidate]] = [defaultdict(Candidate) for _ in articles]
    chosen = [(which, index, article.text_of(index)) for which, article in enumerate(articles) for index in article.marked(cue)]
    texts = pl.DataFrame({"text": [lower(text) for _, _, text in chosen]}, schema={"text": pl.String})
    compiled = lexicon.compiled(rules)
    kept: set[int] = set()
    for rule, matches in zip(compiled, texts.select(pl.col("text").str.contains(rule.wide).alias(rule.rule_id) for rule in compiled), strict=True):
        rows = matches.arg_true()
        if rule.idle:
            rows = rows.filter(_acts(texts["text"].gather(rows), rule.idle))
        for row in rows.to_list():
            which, index, _ = chosen[row]
            found[which][index].rules.append(rule)
            kept.add(row)
    order = sorted(kept)
    signed = texts[order].select(pl.col("text").str.contains(pattern).alias(sign) for sign, pattern in signs.items())
    for sign in signed:
        for row in sign.arg_true().to_list():
            which, index, _ = chosen[order[row]]
            found[which][index].signs.add(sign.name)
    return [dict(sorted(places.items())) for places in found]


def _acts(texts: pl.Series, idle: _Idle) -> pl.Series:
    """Whether what stands behind any cue may be a deed: most of what will happen is undertaken by nobody."""
    behind = texts.str.replace_all(idle.cue, SEPARATOR).str.split(SEPARATOR).list.slice(1)
    return behind.list.eval(~pl.element().str.contains(idle.verbs)).list.any()
