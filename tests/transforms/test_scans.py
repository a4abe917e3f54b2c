"""A pattern widened for polars' engine finds all that the pattern finds."""

from __future__ import annotations

import re

import polars as pl
import pytest

from transforms import articles as stories
from transforms import layouts, sentences
from transforms.commitments.rules import _acts, rules
from transforms.lexicon import Lexicon
from transforms.scans import in_ascii, narrower, refused, wider, with_ascii_words


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


@pytest.mark.parametrize(
    ("pattern", "narrowed"),
    [
        (r"(?!bring\b)\w+ing|see", r"[^\s\S]\w+ing|see"),
        (r"call\b(?!\s(?:[)]|\)))x{0,3}", r"call\b[^\s\S]x{0,3}"),
    ],
)
def test_narrower(pattern: str, narrowed: str) -> None:
    assert narrower(pattern) == narrowed


def test_words_of_ascii_stay_out_of_what_a_class_excludes() -> None:
    assert with_ascii_words(r"\w+[\w’-]\\w[^\w]") == r"[0-9A-Za-z_]+[0-9A-Za-z_’-]\\w[^\w]"


def test_sentences_have_no_white_space_but_single_blanks(lexicon: Lexicon) -> None:
    spaced = "The\u00a0ministers\tof  Norway\u2009will\u3000send two\u2028ships to the port, as was agreed."
    raw = [f"Two ships sail\n\n{spaced}", f"Two\u00a0 ships\tsail\n\n{spaced}\n\n- {spaced}\n- Menu\n"]
    pages = pl.DataFrame({"document_id": ["a", "b"], "raw_text": raw})
    documents = pages.with_columns(language=pl.lit("en"), published_on=pl.lit(None, pl.Date))
    articles, _ = stories.build(layouts.read(pages, lexicon), documents, lexicon)
    texts = sentences.split(articles, lexicon)["text"]
    assert texts.str.contains("Norway will send two ships").sum() >= 2
    assert not texts.str.contains(r"[^\S ]|  ").any()


def test_refused() -> None:
    assert refused(r"(?!a(?:b|[)])|c)d(?!e)") == r"a(?:b|[)])|c"


def test_every_rule_finds_its_example_in_both_engines(lexicon: Lexicon) -> None:
    examples = dict(lexicon.frame("commitment_rules").select("rule_id", "example").iter_rows())
    for rule in rules(lexicon):
        example = examples[rule.rule_id].lower()  # which may go on from a first sentence
        text = next((text for text in (example, example.rpartition(". ")[2]) if re.search(rule.pattern, text)), None)
        assert text is not None, example
        assert pl.Series([text]).str.contains(rule.wide).item()


@pytest.mark.parametrize("text", ["they are coöperating", "the plan:", "will", "“will”", "plan: — “"])
def test_in_ascii_finds_whatever_the_pattern_finds(text: str) -> None:
    pattern = r"\bare \w+ing\b|:\W*$|\bwill\b"
    found = pl.Series([text, "éwillé"]).str
    assert found.contains(pattern).to_list() == [True, False]
    assert found.contains(in_ascii(pattern)).to_list() == [True, True]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("the treaty will become law", False),
        ("norway will be happy, and prices will rise", False),
        ("the talks will end, and norway will send two ships", True),
        ("norway will soon send two ships", True),
        ("norway will reply, and only then will it send a ship", True),
    ],
)
def test_sentences_in_which_every_cue_is_followed_by_an_idle_verb_are_left_out(text: str, told: bool, lexicon: Lexicon) -> None:
    idle = next(rule.idle for rule in rules(lexicon) if rule.rule_id == "will-verb")
    assert idle is not None
    assert _acts(pl.Series([text]), idle).to_list() == [told]
