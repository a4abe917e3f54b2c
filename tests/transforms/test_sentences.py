"""Sentences: one test per habit of news English, and what holds for any text."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.lexicon import Lexicon
from transforms.sentences import split
from warehouse import reference

LEXICON = Lexicon({"abbreviations": reference.load()["abbreviations"]})


def sentences(body: str, title: str = "") -> pl.DataFrame:
    return split(pl.DataFrame({"article_id": ["a"], "title": [title], "body": [body]}), LEXICON)


def texts(body: str) -> list[str]:
    return sentences(body)["text"].to_list()


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param(["The talks ended.", "Nobody spoke!", "Why?", "It rained."], id="plain"),
        pytest.param(["Mr. Kaya met Dr. Osei and Gen. Lt. Ivo Lind.", "They left."], id="titles of persons"),
        pytest.param(["A deal with the U.S. Treasury came first.", "He left the U.S. on Monday."], id="U.S. inside"),
        pytest.param(["It is made in the U.S.", "The rest is not.", "He works for the U.N.", "In May he left."], id="U.S. at the end"),
        pytest.param(["It began at 5 p.m. Monday.", "It ended at 9 a.m.", "The crowd left."], id="a.m. and p.m."),
        pytest.param(["J. K. Moreau and George W. Hale spoke.", "“Yes,” said A. Lind."], id="initials"),
        pytest.param(["Talks with N. Korea and against S. Korean beef failed.", "It rained."], id="parts of the world"),
        pytest.param(["The foreign minister S. Lind met her envoy, N. Blair.", "It is bad for X.", "Nobody wrote."], id="initials behind an office"),
        pytest.param(
            ["Gen. (Ret.) Ivo Lind met Sh. Kaya, Engr. Osei and Smt. Rao.", "It cost Rs. 500.", "All left."], id="titles of Asia and Africa"
        ),
        pytest.param(["It fell on Wed. March 5.", "It rose."], id="days"),
        pytest.param(["The men posted it on X.", "Police came."], id="a letter that is a name"),
        pytest.param(["Prices rose 3.5 percent to $1.2 billion.", "5 ships came."], id="decimals"),
        pytest.param(["See No. 5 and Art. 12 of the text.", "He said no.", "Nobody asked."], id="numbers behind abbreviations"),
        pytest.param(["It fell on Feb. 24 and Sept. 11.", "It rose in Sept.", "Nobody knew."], id="months"),
        pytest.param(["Acme Corp. and Brill Inc. agreed.", "It was sold by Acme Corp.", "The price was low."], id="companies"),
        pytest.param(["Fish, e.g. cod, vs. meat, i.e. beef, etc. is dear.", "Bread is not."], id="Latin"),
        pytest.param(["He said: “We will go.", "We will not stop.”", "She left."], id="a quotation of two sentences"),
        pytest.param(['"We agree," he said.', 'She called it "a mistake." in March.', "It was one."], id="full stop in a quotation"),
        pytest.param(["“Who would do this?” asked the father.", "“Stop!” Ms. Lind shouted.", "“No.”", "He left."], id="speakers"),
        pytest.param(["(It ended late.)", "Nobody stayed.", "He paid (in cash).", "She did not."], id="brackets"),
        pytest.param(["I know him ... he is strong.", "It was ... President Osei who came.", "Then...", "Silence came."], id="ellipses"),
        pytest.param(["I know him …", "The rest is silence."], id="an ellipsis that ends"),
        pytest.param(["Bern, 12.03.2024 - The council met.", "It voted."], id="dateline with a date"),
        pytest.param(["WASHINGTON (Reuters) - The bill passed.", "It was late."], id="dateline with an agency"),
        pytest.param(["ST. JOHN’S, Canada (AP) — A ship sank.", "All were saved."], id="dateline with an abbreviation"),
        pytest.param(["al-Noor struck first.", "al-Noor struck again."], id="names in lower case"),
        pytest.param(["1. The first point.", "It has more."], id="numbered"),
        pytest.param(["The sum was small.", "€5 million was paid.", "@someone wrote so."], id="signs"),
        pytest.param(["The rule is old.[12]", "It stays."], id="footnotes"),
        pytest.param(["Kyiv said so.", "Élan was lost.", "Ørsted paid."], id="letters with accents"),
    ],
)
def test_cut_where_a_reader_would(parts: list[str]) -> None:
    assert texts(" ".join(parts)) == parts


def test_paragraphs_items_and_numbers() -> None:
    frame = sentences("The sides agreed to:\n- open a port. It is small.\n- lend €5 million\n\nThey left.", "A deal. And more")
    body = frame.filter(field="body")
    assert body.select("text", "paragraph_no", "is_item", "sentence_no").rows() == [
        ("The sides agreed to:", 0, False, 0),
        ("open a port.", 0, True, 1),
        ("It is small.", 0, True, 2),
        ("lend €5 million", 0, True, 3),
        ("They left.", 1, False, 4),
    ]
    assert frame.filter(field="title").select("text", "start_char", "end_char").rows() == [("A deal. And more", 0, 16)]


def test_schema_and_order() -> None:
    frame = split(pl.DataFrame({"article_id": ["b", "a"], "title": ["T", ""], "body": ["One. Two.", ""]}), LEXICON)
    assert frame["article_id"].to_list() == ["b", "b", "b"]
    assert frame["field"].to_list() == ["body", "body", "title"]
    assert dict(frame.schema) == {
        "article_id": pl.String,
        "field": pl.String,
        "sentence_no": pl.Int32,
        "paragraph_no": pl.Int32,
        "is_item": pl.Boolean,
        "start_char": pl.Int32,
        "end_char": pl.Int32,
        "text": pl.String,
    }


WORDS = st.sampled_from(
    [
        "the",
        "U.S.",
        "Mr.",
        "J.",
        "Élan",
        "“No.”",
        "3.5",
        "ships.",
        "Why?",
        '"Go!"',
        "...",
        "…",
        "said",
        "No.",
        "5",
        "e.g.",
        "🙂.",
        "Inc.",
        "(so.)",
        "X.",
        "- ",
    ]
)
LINES = st.lists(WORDS, min_size=1, max_size=9).map(lambda words: " ".join(w.strip() for w in words))
BODIES = st.lists(st.tuples(LINES, st.sampled_from(["\n\n", "\n- "])), min_size=1, max_size=6).map(
    lambda ls: "".join(a + b for a, b in ls).rstrip("\n -")
)


@settings(deadline=None)
@given(st.lists(BODIES, min_size=1, max_size=4))
def test_spans_lead_back_and_nothing_is_lost(bodies: list[str]) -> None:
    articles = pl.DataFrame({"article_id": [f"{i:02}" for i in range(len(bodies))], "title": [""] * len(bodies), "body": bodies})
    frame = split(articles, LEXICON)
    for i, body in enumerate(bodies):
        end = 0
        rebuilt = ""
        for start, stop, text in frame.filter(article_id=f"{i:02}").select("start_char", "end_char", "text").iter_rows():
            assert start >= end
            assert body[start:stop] == text
            assert text.strip() == text != ""
            assert body[end:start].replace("- ", "").strip() in ("", "-")
            rebuilt += body[end:start] + text
            end = stop
        assert rebuilt + body[end:] == body
        assert body[end:].strip(" \n-") == ""


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=80))
def test_any_text_is_covered(body: str) -> None:
    body = body.strip()
    frame = sentences(body).filter(field="body")
    assert all(body[a:b] == t for a, b, t in frame.select("start_char", "end_char", "text").iter_rows())
    assert sum(frame["text"].str.len_chars()) >= len(body.replace(" ", "")) - body.count("- ") - body.count("\n")
