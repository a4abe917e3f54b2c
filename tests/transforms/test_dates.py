"""Dates: each form read as a reader reads it, nothing resolved without an anchor, and every absolute form given back."""

from __future__ import annotations

import re
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms import dates
from transforms.lexicon import Lexicon

LEXICON = Lexicon({})
FRIDAY = date(2025, 3, 14)


def find(text: str, anchor: date | None = None) -> list[dict[str, object]]:
    articles = pl.DataFrame(
        {"article_id": ["a"], "published_from": [anchor], "published_to": [anchor]},
        schema={"article_id": pl.String, "published_from": pl.Date, "published_to": pl.Date},
    )
    sentences = pl.DataFrame(
        {"article_id": ["a"], "field": ["body"], "start_char": [7], "text": [text]},
        schema={"article_id": pl.String, "field": pl.String, "start_char": pl.Int32, "text": pl.String},
    )
    return dates.find(sentences, articles, LEXICON).to_dicts()


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("They met on 12 May 2020.", "2020-05-12"),
        ("They met on the 12th of May 2020.", "2020-05-12"),
        ("They met on May 12, 2020.", "2020-05-12"),
        ("They met on 2020-05-12.", "2020-05-12"),
        ("Bern, 12.05.2020 - The council met.", "2020-05-12"),
        ("They met on Tuesday (12 May).", "XXXX-05-12"),
        ("They met on Sept. 3.", "XXXX-09-03"),
        ("It was agreed in August 2024.", "2024-08"),
        ("It was agreed in August.", "XXXX-08"),
        ("It has applied since 2024.", "2024/.."),
        ("It must be done by 2030.", "2030"),
        ("Talks were held on May 18-19.", "XXXX-05-18/XXXX-05-19"),
        ("Talks were held on 9-10 January 2023.", "2023-01-09/2023-01-10"),
        ("Talks ran from 28 May to 2 June 2023.", "2023-05-28/2023-06-02"),
        ("Talks ran from March to May 2024.", "2024-03/2024-05"),
        ("The war of 1914-18 was long.", "1914/1918"),
        ("Growth fell in the first quarter of 2024.", "2024-33"),
        ("They met in summer 2025.", "2025-22"),
        ("In the 1990s trade grew.", "199X"),
    ],
)
def test_forms(text: str, edtf: str) -> None:
    assert [row["edtf"] for row in find(text)] == [edtf]


@pytest.mark.parametrize(
    "text",
    ["It may march on.", "An august body met.", "He paid 2024 people.", "The code is 31.02.2020.", "The score was 3-2.", "It was Mr. March who spoke."],
)
def test_no_dates(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("They met on Wednesday.", "2025-03-12"),
        ("They met on Friday.", "2025-03-14"),
        ("They will meet on Monday.", "2025-03-17"),
        ("They met last month.", "2025-02"),
        ("They will meet next year.", "2026"),
        ("They met yesterday.", "2025-03-13"),
        ("They met two years ago.", "2023"),
        ("They met in August.", "2024-08"),
        ("They will meet in August.", "2025-08"),
        ("They met on 27 June.", "2024-06-27"),
        ("They met last week.", "2025-03-03/2025-03-09"),
    ],
)
def test_relative_dates_take_the_publication_date(text: str, edtf: str) -> None:
    [row] = find(text, FRIDAY)
    assert (row["edtf"], row["basis"]) == (edtf, "relative")


@pytest.mark.parametrize("text", ["They met on Wednesday.", "They met last month.", "They met yesterday.", "They met two years ago."])
def test_relative_dates_stay_open_without_one(text: str) -> None:
    [row] = find(text)
    assert (row["edtf"], row["from"], row["to"], row["basis"]) == (None, None, None, "none")


@pytest.mark.parametrize(
    ("text", "conflict"),
    [("Friday, 14 March 2025", False), ("Monday, 14 March 2025", True), ("14 March 2025", None), ("Monday, 14 March", None)],
)
def test_weekday_conflicts(text: str, conflict: bool | None) -> None:
    assert [row["conflict"] for row in find(f"They met on {text}.")] == [conflict]


@pytest.mark.parametrize(("text", "relation"), [("since 2024", "since"), ("by the end of May 2024", "by"), ("until 3 May 2024", "until"), ("on 3 May 2024", "on")])
def test_relations(text: str, relation: str) -> None:
    assert [row["relation"] for row in find(f"It has applied {text}.")] == [relation]


FORMATS = ("%-d %B %Y", "%B %-d, %Y", "%Y-%m-%d", "%d.%m.%Y", "%a %-d %b %Y", "%A, %-d %B %Y", "%b. %-d, %Y")


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(FORMATS), st.one_of(st.none(), st.dates(date(1950, 1, 1), date(2050, 1, 1))))
def test_a_full_date_is_given_back_in_every_form(day: date, form: str, anchor: date | None) -> None:
    written = day.strftime(form).replace("May.", "May")
    text = f"The treaty of {written} holds."
    [row] = find(text, anchor)
    assert (row["edtf"], row["from"], row["to"], row["basis"]) == (day.isoformat(), day, day, "stated")
    assert row["conflict"] in (None, False)
    assert text[row["start_char"] - 7 : row["end_char"] - 7] == row["text"]


PLACE = r"(?:\d{4}|\d{3}X|XXXX)(?:-(?:0[1-9]|1[0-2]|2[1-4]|3[3-6])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"


@given(st.text(alphabet="aMay 12034,.-/stnd()JuneMonday", max_size=60), st.one_of(st.none(), st.dates(date(1950, 1, 1), date(2050, 1, 1))))
def test_whatever_is_found_is_edtf_and_in_its_place(text: str, anchor: date | None) -> None:
    for row in find(text, anchor):
        assert row["edtf"] is None or re.fullmatch(rf"{PLACE}(?:/(?:{PLACE}|\.\.))?", str(row["edtf"]))
        assert text[row["start_char"] - 7 : row["end_char"] - 7] == row["text"]
        if row["from"] and row["to"]:
            assert row["from"] <= row["to"]


def test_publication_dates() -> None:
    lines = pl.Series(["By Jane Doe, 12 May 2020", None, "2025-03-03T14:30:00Z", "Monday", "12 May"])
    assert dates.publication_date(lines, LEXICON)["edtf"].to_list() == ["2020-05-12", None, "2025-03-03", None, None]
