"""The wordings of `commitment_rules.csv`, and the sentences to which they may apply."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from transforms.context import Article, lower
from transforms.lexicon import Lexicon
from transforms.scans import in_ascii, wider


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of `commitment_rules.csv`, compiled; `wide` is its pattern for polars' engine and text in lower case."""

    rule_id: str
    pattern: re.Pattern[str]
    wide: str
    subject: str
    speech_act: str
    stage: str
    firmness: str
    is_negated: bool
    plover_event: str


def rules(lexicon: Lexicon) -> list[Rule]:
    """The rules in the order of the list."""
    columns = ("rule_id", "pattern", "subject", "speech_act", "stage", "firmness", "is_negated", "plover_event")
    rows = lexicon.frame("commitment_rules").select(columns).iter_rows()
    phrases: dict[str, str] = dict(lexicon.frame("commitment_phrases").select("phrase", "pattern").iter_rows())
    patterns = ((row, _in_lower_case(_quotable(_PHRASE.sub(lambda name: phrases[name[1]], row[1])))) for row in rows)
    return [Rule(row[0], re.compile(pattern), in_ascii(wider(pattern)), *row[2:]) for row, pattern in patterns]


_PHRASE = re.compile(r"\{([a-z]+)\}")


def _quotable(pattern: str) -> str:
    """The pattern, with what is undertaken perhaps in quotation marks."""
    return pattern.replace(r"\s(?P<action", r"\s[“\"‘']?(?P<action")


def _in_lower_case(pattern: str) -> str:
    """A pattern, written for any case, for text in lower case."""
    return re.sub(r"\\.|\(\?P<|[A-Z]", lambda m: m[0] if len(m[0]) > 1 else m[0].lower(), pattern)


def candidates(articles: Sequence[Article], cue: str, lexicon: Lexicon) -> list[dict[int, list[Rule]]]:
    """For each article the sentences with the cue that a rule may match, by index, in order, with those rules in the order of the list."""
    found: list[dict[int, list[Rule]]] = [defaultdict(list) for _ in articles]
    chosen = [(which, index, article.text_of(index)) for which, article in enumerate(articles) for index in article.marked(cue)]
    texts = pl.DataFrame({"text": [lower(text) for _, _, text in chosen]}, schema={"text": pl.String})
    compiled = lexicon.compiled(rules)
    for rule, matches in zip(compiled, texts.select(pl.col("text").str.contains(rule.wide).alias(rule.rule_id) for rule in compiled), strict=True):
        for row in matches.arg_true().to_list():
            which, index, _ = chosen[row]
            found[which][index].append(rule)
    return [dict(sorted(places.items())) for places in found]
