"""Dates: each form read as a reader reads it, nothing resolved without an anchor, and every absolute form given back."""

from __future__ import annotations

import re
from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms import dates
from transforms.lexicon import Lexicon

LEXICON = Lexicon({})
FRIDAY = date(2025, 3, 14)
ORIGIN = 7  # where in its field the sentence of an example begins


def sentences(texts: list[str]) -> pl.DataFrame:
    rows = [(f"{i:04}", "body", ORIGIN, text) for i, text in enumerate(texts)]
    return pl.DataFrame(rows, schema={"article_id": pl.String, "field": pl.String, "start_char": pl.Int32, "text": pl.String}, orient="row")


def articles(count: int, anchor: date | None = None) -> pl.DataFrame:
    rows = [(f"{i:04}", anchor, anchor) for i in range(count)]
    return pl.DataFrame(rows, schema={"article_id": pl.String, "published_from": pl.Date, "published_to": pl.Date}, orient="row")


def find(text: str, anchor: date | None = None) -> list[dict[str, object]]:
    return dates.find(sentences([text]), articles(1, anchor), LEXICON).to_dicts()


ABSOLUTE = [
    # day, month, year in British, American and ISO forms
    ("They met on 12 May 2020.", "2020-05-12"),
    ("They met on the 12th of May 2020.", "2020-05-12"),
    ("They met on May 12, 2020.", "2020-05-12"),
    ("They met on May 12th, 2020, in Rome.", "2020-05-12"),
    ("They met on 2020-05-12.", "2020-05-12"),
    ("They met at 2020-05-12T14:30:00+02:00.", "2020-05-12"),
    ("JUNE 27, 2024", "2024-06-27"),
    ("Bern, 12.05.2020 - The council met.", "2020-05-12"),
    ("They met on 25/12/2024.", "2024-12-25"),
    ("They met on 12/25/2024.", "2024-12-25"),
    ("They met on 03/04/2024.", "2024-XX-XX"),
    # without a year, with a weekday
    ("They met on Tuesday (12 May).", "XXXX-05-12"),
    ("They met on 12 May (Tuesday).", "XXXX-05-12"),
    ("They met on Tuesday, May 12, in Rome.", "XXXX-05-12"),
    ("They met on Sept. 3.", "XXXX-09-03"),
    ("The 29 February meeting failed.", "XXXX-02-29"),
    # month, year, decade, century
    ("It was agreed in August 2024.", "2024-08"),
    ("It was agreed in March of 2021.", "2021-03"),
    ("It was agreed in August.", "XXXX-08"),
    ("It was agreed in mid-May.", "XXXX-05"),
    ("Few voted in November's election.", "XXXX-11"),
    ("The September deal holds.", "XXXX-09"),
    ("It was agreed last August.", "XXXX-08"),
    ("The 2015 deal holds.", "2015"),
    ("It must be done by 2030.", "2030"),
    ("It must be done by the end of 2026.", "2026"),
    ("Seas will have risen by 2100.", "2100"),
    ("In the 1990s trade grew.", "199X"),
    ("In the early 2000s trade grew.", "200X"),
    ("In the 1500s trade grew.", "15XX"),
    ("In the 19th century trade grew.", "18XX"),
    ("In the '90s trade grew.", "199X"),
    ("Narnia's 2021 budget was small.", "2021"),
    ("Sales fell in FY2024.", "2024"),
    ("The June summit failed.", "XXXX-06"),
    ("A vote is set for April.", "XXXX-04"),
    ("They met in February or March.", "XXXX-02/XXXX-03"),
    ("It rained between April and December 3.", "XXXX-04/XXXX-12-03"),
    ("They met on 25-12-2024.", "2024-12-25"),
    ("They met on 12 May,2020.", "2020-05-12"),
    ("It has applied since at least 2013.", "2013/.."),
    # open and closed intervals
    ("It has applied since 2024.", "2024/.."),
    ("It has applied since March.", "XXXX-03/.."),
    ("Growth fell in the last quarter of 2019.", "2019-36"),
    ("Growth fell in 2019 Q4.", "2019-36"),
    ("Talks were held on May 18-19.", "XXXX-05-18/XXXX-05-19"),
    ("Talks were held on 9-10 January 2023.", "2023-01-09/2023-01-10"),
    ("Talks were held on 9 and 10 January.", "XXXX-01-09/XXXX-01-10"),
    ("Talks ran from 28 May to 2 June 2023.", "2023-05-28/2023-06-02"),
    ("Talks ran from 30 December to 3 January 2025.", "2024-12-30/2025-01-03"),
    ("Talks ran from 30 December 2024 to 3 January.", "2024-12-30/2025-01-03"),
    ("Talks ran from December 30, 2024 to January 3, 2025.", "2024-12-30/2025-01-03"),
    ("Talks ran June 28–July 2.", "XXXX-06-28/XXXX-07-02"),
    ("It fell between May 18 and May 20, 2024.", "2024-05-18/2024-05-20"),
    ("Talks ran from March to May 2024.", "2024-03/2024-05"),
    ("Talks ran from November to January 2024.", "2023-11/2024-01"),
    ("Talks ran from March to May.", "XXXX-03/XXXX-05"),
    ("The war of 1914-18 was long.", "1914/1918"),
    ("The plan for 2014–2020 ended.", "2014/2020"),
    ("The 2022/23 season ended.", "2022/2023"),
    ("It fell between 2014 and 2021.", "2014/2021"),
    # parts of a year
    ("Growth fell in the first quarter of 2024.", "2024-33"),
    ("Growth fell in the first quarter.", "XXXX-33"),
    ("Growth fell in Q3 2024.", "2024-35"),
    ("Growth fell in the second half of 2024.", "2024-41"),
    ("They met in summer 2025.", "2025-22"),
    ("They met in the spring of 2025.", "2025-21"),
    ("They met last autumn.", "XXXX-23"),
]


@pytest.mark.parametrize(("text", "edtf"), ABSOLUTE)
def test_forms(text: str, edtf: str) -> None:
    [row] = find(text)
    assert (row["edtf"], row["basis"]) == (edtf, "stated")
    assert (row["from"] is None) == edtf.startswith("XXXX")


@pytest.mark.parametrize(
    "text",
    [
        "It may march on.",
        "An august body met.",
        "Theresa May said so before May's vote.",
        "It was Mr. March who spoke.",
        "April told June that it was late.",
        "He paid 2024 people.",
        "In 2000 people died of it.",
        "Around 2000 voters came.",
        "Resolution 1973 was adopted.",
        "Order No. 1998 applies.",
        "The code is 31.02.2020.",
        "They met on 31 June 2024.",
        "The score was 3-2 on 24/7 and 9/11.",
        "The second half of the match was dull.",
        "The first half was dull.",
        "After the fall of the town they fled to a spring of water.",
        "In today's world nothing lasts.",
        "He told USA Today so.",
        "The March on Rome was long.",
        "Narnia's 2000 soldiers left.",
        "The Sunday Times said that the Good Friday accord holds.",
        "Black Friday sales rose.",
        "The Mar-a-Lago club is shut.",
        "In recent years and in the coming weeks.",
    ],
)
def test_no_dates(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(("text", "date_text"), [("In March 20 people died.", "March"), ("In August 2,000 troops left.", "August")])
def test_a_number_behind_a_month_is_no_day(text: str, date_text: str) -> None:
    assert [row["text"] for row in find(text)] == [date_text]


RELATIVE = [
    ("They met on Wednesday.", "2025-03-12"),
    ("They met on Friday.", "2025-03-14"),
    ("They met last Friday.", "2025-03-07"),
    ("They will meet on Monday.", "2025-03-17"),
    ("They meet next Monday.", "2025-03-17"),
    ("Tuesday's vote failed.", "2025-03-11"),
    ("They met yesterday.", "2025-03-13"),
    ("They met last night.", "2025-03-13"),
    ("They met this morning.", "2025-03-14"),
    ("They met last week.", "2025-03-03/2025-03-09"),
    ("They met this week.", "2025-03-10/2025-03-16"),
    ("They meet this weekend.", "2025-03-15/2025-03-16"),
    ("They met over the weekend.", "2025-03-08/2025-03-09"),
    ("They will meet at the weekend.", "2025-03-15/2025-03-16"),
    ("Today's announcement was brief.", "2025-03-14"),
    ("It was paid in December last year.", "2024-12"),
    ("It falls due in May of next year.", "2026-05"),
    ("It rained from April to June last year.", "2024-04/2024-06"),
    ("Growth fell in the third quarter this year.", "2025-35"),
    ("They met in summer last year.", "2024-22"),
    ("Prices rose in the last fiscal year.", "2024"),
    ("It has rained since the beginning of the year.", "2025-01/.."),
    # a day that lacks its year is of the year told in its sentence
    ("It was begun in May 2020 and ended on 7 July.", "2020-07-07"),
    ("It was begun on 3 May 2020 after a decision in March.", "2020-03"),
    ("It was begun on 3 November 2020 and ended in March.", "2021-03"),
    ("The 2015 deal was renewed in June.", "2024-06"),
    # "by" looks ahead only before the date itself, and what is said is said
    ("The ship was seized by guards on Tuesday.", "2025-03-11"),
    ("The ship must be freed by Tuesday.", "2025-03-18"),
    ("Fewer came than expected in December.", "2024-12"),
    ("More are expected in December.", "2025-12"),
    ("The summit was postponed to November.", "2025-11"),
    ("The envoy, who will go to Rome, said on Tuesday.", "2025-03-11"),
    ("They met last month.", "2025-02"),
    ("They meet later this month.", "2025-03"),
    ("They will meet next year.", "2026"),
    ("They met last quarter.", "2024-36"),
    ("It has applied since last year.", "2024/.."),
    ("It ends by the end of the year.", "2025-12"),
    ("It ends by year-end.", "2025-12"),
    ("It ends by the end of next month.", "2025-04"),
    ("They met two years ago.", "2023"),
    ("They met two months ago.", "2025-01"),
    ("They met a week ago.", "2025-03-03/2025-03-09"),
    ("They met three days ago.", "2025-03-11"),
    ("It rose over the past three years.", "2022-03-14/2025-03-14"),
    ("It ends within 60 days.", "2025-03-14/2025-05-13"),
    # a month or day without its year: past, unless the words look ahead, a weekday or nearness tells
    ("They met in August.", "2024-08"),
    ("They met last March.", "2024-03"),
    ("They will meet in August.", "2025-08"),
    ("They agreed to meet in August.", "2025-08"),
    ("They met on 27 June.", "2024-06-27"),
    ("The rule applies on 20 March.", "2025-03-20"),
    ("They meet on Wednesday, 27 August.", "2025-08-27"),
    ("They met on 29 February.", "XXXX-02-29"),
    ("Growth fell in the fourth quarter.", "2024-36"),
    ("They met last autumn.", "2024-23"),
]


@pytest.mark.parametrize(("text", "edtf"), RELATIVE)
def test_relative_dates_take_the_publication_date(text: str, edtf: str) -> None:
    row = find(text, FRIDAY)[-1]
    assert row["edtf"] == edtf
    assert row["basis"] == ("stated" if edtf.startswith("XXXX") else "relative")


@pytest.mark.parametrize(
    "text",
    [
        "They met on Wednesday.",
        "They met last month.",
        "They met yesterday.",
        "They met two years ago.",
        "It ends within two years.",
        "It ends by the end of the year.",
        "It has applied since last year.",
    ],
)
def test_relative_dates_stay_open_without_one(text: str) -> None:
    [row] = find(text)
    assert (row["edtf"], row["from"], row["to"], row["basis"]) == (None, None, None, "none")


@pytest.mark.parametrize("text", ["They met several months ago.", "One day earlier they met.", "They met the following day."])
def test_what_the_story_counts_from_itself_stays_open(text: str) -> None:
    [row] = find(text, FRIDAY)
    assert (row["edtf"], row["basis"]) == (None, "none")


@pytest.mark.parametrize(
    ("text", "anchor", "conflict"),
    [
        ("Friday, 14 March 2025", None, False),
        ("Monday, 14 March 2025", None, True),
        ("14 March 2025", None, None),
        ("Monday, 14 March", None, None),
        ("Monday (10 March)", FRIDAY, False),
        ("Tuesday (10 March)", FRIDAY, True),  # though it is one in 2026
        ("Wednesday (27 August)", FRIDAY, False),  # of 2025
        ("Tuesday (27 August)", FRIDAY, False),  # of 2024
    ],
)
def test_weekday_conflicts(text: str, anchor: date | None, conflict: bool | None) -> None:
    assert [row["conflict"] for row in find(f"They met on {text}.", anchor)] == [conflict]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("on 3 May 2024", "on"),
        ("in May 2024", "on"),
        ("since 2024", "since"),
        ("as of 1 May 2024", "since"),
        ("by the end of May 2024", "by"),
        ("no later than 3 May 2024", "by"),
        ("until 3 May 2024", "until"),
        ("through May 2024", "until"),
        ("before 3 May 2024", "before"),
        ("prior to 3 May 2024", "before"),
        ("after 2024", "after"),
        ("effective 3 May 2024", "from"),
        ("not before 2026", "from"),
        ("throughout 2024", "during"),
        ("between 2014 and 2021", "during"),
        ("within 60 days", "within"),
    ],
)
def test_relations(text: str, relation: str) -> None:
    assert [row["relation"] for row in find(f"It has applied {text}.")] == [relation]


def test_text_is_the_date_without_what_ties_it() -> None:
    assert [row["text"] for row in find("It was agreed today (6 May 2024).")] == ["today", "6 May 2024"]
    assert [row["text"] for row in find("It was agreed on Wednesday (27 June), by the end of May 2024 or Tuesday’s vote.")] == [
        "Wednesday (27 June)",
        "May 2024",
        "Tuesday",
    ]


# what EDTF allows, levels 0 to 2, of which we write a part
PLACE = r"(?:\d{4}|\d{3}X|\d{2}XX|XXXX)(?:-(?:XX-XX|(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?|2[1-4]|3[3-6]|4[01]))?"
EDTF = re.compile(rf"{PLACE}(?:/(?:{PLACE}|\.\.))?")
ANCHORS = st.one_of(st.none(), st.dates(date(1950, 1, 1), date(2050, 1, 1)))


@pytest.mark.parametrize("text", [text for text, _ in ABSOLUTE + RELATIVE])
def test_every_example_is_edtf(text: str) -> None:
    assert all(row["edtf"] is None or EDTF.fullmatch(str(row["edtf"])) for anchor in (None, FRIDAY) for row in find(text, anchor))


FORMATS = (
    "%-d %B %Y",
    "%-d %B, %Y",
    "%B %-d, %Y",
    "%B %-d %Y",
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%d.%m.%Y",
    "%a %-d %b %Y",
    "%A, %-d %B %Y",
    "%A (%-d %B %Y)",
    "%A, %B %-d, %Y",
    "%b. %-d, %Y",
    "%d-%b-%Y",
    "%Y-%m-%dT%H:%MZ",
)


def written(day: date, form: str) -> str:
    return day.strftime(form).replace("May.", "May")


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(FORMATS), ANCHORS)
@settings(deadline=None)
def test_a_full_date_is_given_back_in_every_form(day: date, form: str, anchor: date | None) -> None:
    text = f"Über die “treaty” of {written(day, form)} holds."
    [row] = find(text, anchor)
    assert (row["edtf"], row["from"], row["to"], row["basis"]) == (day.isoformat(), day, day, "stated")
    assert row["conflict"] == (False if "%a" in form.lower() else None)
    assert text[int(str(row["start_char"])) - ORIGIN : int(str(row["end_char"])) - ORIGIN] == row["text"]


@given(
    st.dates(date(1900, 1, 1), date(2097, 1, 1)),
    st.integers(1, 700),
    st.sampled_from(["%-d %B %Y", "%B %-d, %Y"]),
    st.sampled_from([" to ", " – ", "-"]),
)
@settings(deadline=None)
def test_an_interval_is_given_back(first: date, days: int, form: str, to: str) -> None:
    last = first + timedelta(days=days)
    [row] = find(f"It ran from {written(first, form)}{to}{written(last, form)} there.")
    assert (row["edtf"], row["from"], row["to"]) == (f"{first}/{last}", first, last)


@given(st.text(alphabet="aMay 12034,.-/stnd()JuneMonday’", max_size=60), ANCHORS)
@settings(deadline=None)
def test_whatever_is_found_is_edtf_and_in_its_place(text: str, anchor: date | None) -> None:
    for row in find(text, anchor):
        assert row["edtf"] is None or EDTF.fullmatch(str(row["edtf"]))
        assert text[int(str(row["start_char"])) - ORIGIN : int(str(row["end_char"])) - ORIGIN] == row["text"]
        if isinstance(row["from"], date) and isinstance(row["to"], date):
            assert row["from"] <= row["to"]


@given(st.lists(st.sampled_from([text for text, _ in ABSOLUTE + RELATIVE] + ["Nothing here.", "\x01control\x02 in May 2024"]), max_size=8), ANCHORS)
@settings(deadline=None)
def test_a_sentence_is_read_alike_in_any_company(texts: list[str], anchor: date | None) -> None:
    """A selection of sentences gives the rows that the whole gives for them; rows are sorted."""
    together = dates.find(sentences(texts), articles(len(texts), anchor), LEXICON)
    alone = [row for i, text in enumerate(texts) for row in (r | {"article_id": f"{i:04}"} for r in find(text, anchor))]
    assert together.to_dicts() == alone


def test_no_sentences_give_no_dates() -> None:
    empty = dates.find(sentences([]), articles(0), LEXICON)
    assert empty.height == 0
    assert empty.schema == dates.find(sentences(["in May 2024"]), articles(1), LEXICON).schema


LINES = [
    ("By Jane Doe, 12 May 2020", "2020-05-12", None),
    ("2025-03-03T14:30:00Z", "2025-03-03", None),
    ("Published 14:30 GMT, 3 March 2025", "2025-03-03", None),
    ("Bern, 12.03.2024 - The council met", "2024-03-12", None),
    ("Mon 3 Mar 2025 14.30 GMT", "2025-03-03", False),
    ("Tuesday, 3 March 2025", "2025-03-03", True),
    ("Updated: 4 May 2025", "2025-05-04", None),
    ("Updated 4 May 2025. Published 3 May 2025", "2025-05-03", None),
    ("Published 3 May 2025 | Last updated on 4 May 2025", "2025-05-03", None),
    ("March\xa03,\xa02025", "2025-03-03", None),
    ("May 5, 20245:00 PM ET", "2024-05-05", None),
    ("Mon Mar 3 10:46:00 2025", "2025-03-03", False),
    ("2025.03.03", "2025-03-03", None),
    ("Monday", None, None),
    ("12 May", None, None),
    ("03/04/2025", None, None),
    ("", None, None),
    (None, None, None),
]


def test_publication_dates_row_by_row() -> None:
    lines = pl.Series([line for line, _, _ in LINES], dtype=pl.String)
    frame = dates.publication_date(lines, LEXICON)
    assert frame.columns == ["edtf", "from", "to", "basis", "text", "conflict"]
    assert frame["edtf"].to_list() == [edtf for _, edtf, _ in LINES]
    assert frame["conflict"].to_list() == [conflict for _, _, conflict in LINES]
    assert frame["text"].to_list() == [line if edtf else None for line, edtf, _ in LINES]
    assert frame["basis"].to_list() == ["stated" if edtf else "none" for _, edtf, _ in LINES]


@pytest.mark.parametrize("lines", [[], [None, None]])
def test_no_lines_give_no_publication_dates(lines: list[None]) -> None:
    assert dates.publication_date(pl.Series(lines, dtype=pl.String), LEXICON)["basis"].to_list() == ["none"] * len(lines)


@pytest.mark.parametrize("line", ["World 09:31 August 20, 2019", "14:20:05 20 August 2019", "20 August 2019 14:31"])
def test_a_time_before_a_publication_date_is_no_day(line: str) -> None:
    [row] = dates.publication_date(pl.Series([line]), LEXICON).to_dicts()
    assert row["edtf"] == "2019-08-20"
