"""A pattern widened for polars' engine finds all that the pattern finds."""

from __future__ import annotations

import re

import polars as pl
import pytest

from transforms.commitments.rules import rules
from transforms.lexicon import Lexicon
from transforms.scans import in_ascii, wider


@pytest.mark.parametrize(
    ("pattern", "widened"),
    [
        (r"will (?!not\b)[a-z]+", "will [a-z]+"),
        (r"(?<=a (?:b|[)]))c", "c"),
        (r"(?:also\s)*+x{2,5}y{0,3}", r"(?:also\s)*x+y*"),
        (r"\(?=[(?!]", r"\(?=[(?!]"),
    ],
)
def test_wider(pattern: str, widened: str) -> None:
    assert wider(pattern) == widened


def test_every_rule_finds_its_example_in_both_engines(lexicon: Lexicon) -> None:
    examples = dict(lexicon.frame("commitment_rules").select("rule_id", "example").iter_rows())
    for rule in rules(lexicon):
        text = examples[rule.rule_id].lower()
        assert re.search(rule.pattern, text)
        assert pl.Series([text]).str.contains(rule.wide).item()


@pytest.mark.parametrize("text", ["they are coöperating", "the plan:", "will", "“will”", "plan: — “"])
def test_in_ascii_finds_whatever_the_pattern_finds(text: str) -> None:
    pattern = r"\bare \w+ing\b|:\W*$|\bwill\b"
    found = pl.Series([text, "éwillé"]).str
    assert found.contains(pattern).to_list() == [True, False]
    assert found.contains(in_ascii(pattern)).to_list() == [True, True]
