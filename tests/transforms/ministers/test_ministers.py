"""Ministers: an example or counterexample per habit of news writing, later mentions, countries by context, invariants, the labelled pages."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import NamedTuple

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.article_ministers import ArticleMinisters
from schemas.minister_mentions import MinisterMentions
from transforms import articles as stories
from transforms import countries, languages, layouts, ministers, sentences
from transforms.lexicon import Lexicon
from transforms.text import hash_id
from warehouse import reference

GOLD = Path(__file__).parents[3].parent / "shared" / "gold"
EXAMPLES = [
    (sentence.strip(), expected.strip())
    for sentence, _, expected in (
        line.partition("=>") for line in (Path(__file__).parent / "examples.txt").read_text(encoding="utf-8").splitlines() if line[:1] != "#"
    )
]


class Found(NamedTuple):
    articles: pl.DataFrame
    people: pl.DataFrame
    mentions: pl.DataFrame


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(reference.load())


def read(lexicon: Lexicon, *bodies: str, title: str = "") -> Found:
    articles = pl.DataFrame(
        {"article_id": [hash_id(i) for i in range(len(bodies))], "title": [title] * len(bodies), "body": bodies},
        schema={"article_id": pl.String, "title": pl.String, "body": pl.String},
    )
    split = sentences.split(articles, lexicon)
    people, mentions = ministers.find(articles, split, countries.find(articles, lexicon), lexicon)
    return Found(articles, people, mentions)


def people(found: Found, number: int = 0) -> list[tuple[str, str | None, str, str]]:
    """(name, country, rank, tenure at the first mention), in the order of the names."""
    first = found.mentions.sort("field", "start_char").group_by("article_id", "minister_id", maintain_order=True).agg(pl.col("tenure").first())
    rows = found.people.filter(article_id=hash_id(number)).join(first, left_on=["article_id", "person_key"], right_on=["article_id", "minister_id"])
    return sorted(rows.select("full_name", "country_iso3", "rank", "tenure").rows(), key=str)


@pytest.fixture(scope="module")
def examples(lexicon: Lexicon) -> Found:
    return read(lexicon, *(sentence for sentence, _ in EXAMPLES))


def test_examples_are_there() -> None:
    assert len(EXAMPLES) > 250
    assert sum(not expected for _, expected in EXAMPLES) > 60


@pytest.mark.parametrize("number", range(len(EXAMPLES)), ids=[s[:50] for s, _ in EXAMPLES])
def test_example(examples: Found, number: int) -> None:
    expected = []
    for person in EXAMPLES[number][1].split(";"):
        words = person.split()
        if words:
            tenure = words.pop() if words[-1] in {"former", "acting", "designate"} else "current"
            expected.append((" ".join(words[:-2]), None if words[-2] == "EU" else words[-2], words[-1].split("|"), tenure))
    found = people(examples, number)
    assert [(name, iso3, tenure) for name, iso3, _, tenure in found] == [(n, c, t) for n, c, _, t in sorted(expected, key=str)]
    assert all(rank in ranks for (_, _, rank, _), (_, _, ranks, _) in zip(found, sorted(expected, key=str), strict=True))


def test_frames_keep_their_contracts(examples: Found) -> None:
    ArticleMinisters.validate(examples.people, lazy=True)
    MinisterMentions.validate(examples.mentions, lazy=True)
    keys = examples.people.select("article_id", "person_key")
    assert not keys.is_duplicated().any()
    named = examples.mentions.select("article_id", pl.col("minister_id").alias("person_key")).unique()
    assert named.join(keys, on=["article_id", "person_key"], how="anti").is_empty()
    assert keys.join(named, on=["article_id", "person_key"], how="anti").is_empty()
    assert_spans(examples)


def assert_spans(found: Found) -> None:
    texts = {a: {"title": t, "body": b} for a, t, b in found.articles.select("article_id", "title", "body").iter_rows()}
    for article_id, field, start, end, surface in found.mentions.select("article_id", "field", "start_char", "end_char", "surface").iter_rows():
        assert texts[article_id][field][start:end] == surface
    counted = found.mentions.group_by("article_id", pl.col("minister_id").alias("person_key")).len()
    both = found.people.join(counted, on=["article_id", "person_key"])
    assert both.get_column("n_mentions").to_list() == both.get_column("len").to_list()


def test_nothing_in_nothing_out(lexicon: Lexicon) -> None:
    found = read(lexicon)
    ArticleMinisters.validate(found.people)
    MinisterMentions.validate(found.mentions)
    assert found.people.is_empty()
    assert read(lexicon, "The weather was fine.").mentions.is_empty()


def surfaces(found: Found) -> list[tuple[str, str | None]]:
    return found.mentions.sort("field", "start_char").select("surface", "office").rows()


def test_later_mentions_by_surname_carry_no_office(lexicon: Lexicon) -> None:
    body = "Polish Foreign Minister Radosław Sikorski spoke. Sikorski said so. “No,” Mr Sikorski added. Radosław Sikorski’s wife left."
    assert surfaces(read(lexicon, body)) == [
        ("Radosław Sikorski", "Polish Foreign Minister"),
        ("Sikorski", None),
        ("Sikorski", None),
        ("Radosław Sikorski", None),
    ]


@pytest.mark.parametrize(
    "other",
    ["His daughter Sara Weber said no.", "The Weberite party said no.", "Weber Airport reopened.", "The anti-Weber party and x-Weber said no."],
)
def test_others_of_one_surname_are_no_mentions(lexicon: Lexicon, other: str) -> None:
    found = read(lexicon, f"German Finance Minister Paul Weber spoke. {other}")
    assert [s for s, _ in surfaces(found)] == ["Paul Weber"]


def test_east_asian_order_is_one_person(lexicon: Lexicon) -> None:
    body = "Japan's Foreign Minister Tanaka Ichiro spoke. Minister Tanaka left. Japanese Foreign Minister Ichiro Tanaka returned."
    found = read(lexicon, body)
    assert found.people.get_column("n_mentions").to_list() == [3]
    kim = read(lexicon, "North Korean Foreign Minister Kim Pyong Su spoke. Kim said so.")
    assert kim.people.select("surname_key", "n_mentions").row(0) == ("kim", 2)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Volodymyr Zelenskyy", "Volodymyr Zelensky"),
        ("Sergei Petrov", "Sergey Petrov"),
        ("José Nuñez", "Jose Nunez"),
        ("Thomas J. Miller", "Tom Miller"),
        ("Mohammed al-Masri", "Mohamed Al-Masri"),
        ("Anna-Maria Köhler", "Anna Maria Kohler"),
    ],
)
def test_spelling_variants_are_one_person(lexicon: Lexicon, one: str, other: str) -> None:
    found = read(lexicon, f"Finance Minister {one} spoke. Later Finance Minister {other} left, officials in Chile said.")
    assert found.people.height == 1


def test_two_of_one_surname_are_two(lexicon: Lexicon) -> None:
    found = read(lexicon, "Peru's Finance Minister Ana Rojas met Chile's Finance Minister Luis Rojas. Rojas left.")
    assert people(found) == [("Ana Rojas", "PER", "minister", "current"), ("Luis Rojas", "CHL", "minister", "current")]
    assert found.mentions.height == 2  # the bare surname may be either


def test_country_by_context(lexicon: Lexicon) -> None:
    found = read(lexicon, "Voters in Botswana chose. President Tuelo Example spoke of Botswana.", "Energy Minister Tuelo Example spoke.")
    assert found.people.filter(article_id=hash_id(0)).select("country_iso3", "country_basis").row(0) == ("BWA", "context")
    assert found.people.filter(article_id=hash_id(1)).select("country_iso3", "country_basis").row(0) == (None, "none")


def test_country_of_the_side_that_a_list_speaks_of(lexicon: Lexicon) -> None:
    body = (
        "Peru and Chile met in Lima. Representing Chile were the Minister of Health, Dr. Ana Soto; the Minister of Mines, Gen. Luis Vera; and the "
        "Ambassador of Chile to Peru, Eva Diaz."
    )
    assert people(read(lexicon, body)) == [("Ana Soto", "CHL", "minister", "current"), ("Luis Vera", "CHL", "minister", "current")]


def test_country_from_the_list_of_holders(lexicon: Lexicon) -> None:
    found = read(lexicon, "President Niinistö spoke.", "President Nemo spoke.")
    assert found.people.select("full_name", "country_iso3", "country_basis", "is_surname_only").sort("full_name").rows() == [
        ("Nemo", None, "none", True),
        ("Niinistö", "FIN", "reference", True),
    ]


def test_holders_share_a_key_across_spellings(lexicon: Lexicon) -> None:
    found = read(lexicon, "U.S. President Joseph R. Biden, Jr. spoke.", "U.S. President Joe Biden spoke.", "U.S. President Donald J. Trump spoke.")
    keys = dict(found.people.select("article_id", "person_key").rows())
    assert keys[hash_id(0)] == keys[hash_id(1)] != keys[hash_id(2)]


def test_headline_in_title_case(lexicon: Lexicon) -> None:
    body = "Canada announces a budget. Finance Minister Jane Roe unveiled the plan, and critics reacted."
    found = read(lexicon, body, title="Finance Minister Jane Roe Unveils Plan")
    assert [s for s, _ in surfaces(found)] == ["Jane Roe", "Jane Roe"]


def test_alias(lexicon: Lexicon) -> None:
    found = read(lexicon, "Fiji's Prime Minister John Smith Doe, better known as Lako, spoke. Lako smiled.")
    assert [s for s, _ in surfaces(found)] == ["John Smith Doe", "Lako", "Lako"]


@pytest.mark.parametrize(
    ("sentence", "office", "portfolio"),
    [
        ("Japan's Minister of Economy, Trade and Industry, Ken Saito, spoke.", "Minister of Economy, Trade and Industry", "economy"),
        ("U.S. Commerce Secretary Gina Raimondo spoke.", "Commerce Secretary", "trade"),
        ("Sergei Lavrov, the Russian foreign minister, spoke.", "foreign minister", "foreign"),
        ("Minister for Foreign Trade of Denmark Ida Holm spoke.", "Minister for Foreign Trade of Denmark", "trade"),
        ("Chile's Minister of Agriculture Luis Vera spoke.", "Minister of Agriculture", "agriculture"),
        ("Chilean Deputy Interior Minister Luis Vera spoke.", "Deputy Interior Minister", "interior"),
        ("Chile's President Luis Vera spoke.", "President", "head"),
        ("Chile's Minister Luis Vera spoke.", "Minister", "other"),
    ],
)
def test_office_and_portfolio(lexicon: Lexicon, sentence: str, office: str, portfolio: str) -> None:
    assert read(lexicon, sentence).people.select("office", "portfolio").rows() == [(office, portfolio)]


def test_order_of_articles_does_not_matter(lexicon: Lexicon) -> None:
    bodies = [sentence for sentence, _ in EXAMPLES[:60]]
    articles = pl.DataFrame({"article_id": [hash_id(b) for b in bodies], "title": [""] * len(bodies), "body": bodies})
    results = []
    for frame in (articles, articles.reverse()):
        split = sentences.split(frame, lexicon)
        results.append(ministers.find(frame, split, countries.find(frame, lexicon), lexicon))
    assert results[0][0].equals(results[1][0])
    assert results[0][1].equals(results[1][1])


PIECES = st.sampled_from(
    [
        "President",
        "Prime Minister",
        "Deputy Foreign Minister",
        "Secretary of State",
        "Minister of",
        "the",
        "France's",
        "U.S.",
        "former",
        "acting",
        "Trade",
        ",",
        "and",
        "(",
        ")",
        "Ana",
        "O’Hara",
        "von",
        "de la",
        "Źdźbło",
        "al-Sisi",
        "Kim",
        "J.",
        "said",
        "of",
        "Japan",
        "EU",
        "Commissioner",
        "for",
        "“",
        "”",
        "’s",
        "-",
        "leader",
        "King",
        "counterpart",
        "his",
        ";",
        "ministers",
        "\xa0",
        "é",
        "Jr.",
        "as",
        "was",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_any_text_gives_valid_spans(lexicon: Lexicon, pieces: list[str]) -> None:
    found = read(lexicon, " ".join(pieces))
    assert_spans(found)
    ArticleMinisters.validate(found.people)
    MinisterMentions.validate(found.mentions)


def bare(text: str) -> set[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    return set("".join(c if c.isalnum() else " " for c in plain).split())


@pytest.mark.skipif(not GOLD.is_dir(), reason="the labelled pages are not here")
def test_labelled_pages(lexicon: Lexicon) -> None:
    labels = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((GOLD / "gold").glob("*.json"))]
    assert len(labels) > 40
    texts = [(GOLD / "pages" / g["file"]).read_bytes().decode(g["encoding"]) for g in labels]
    documents = pl.DataFrame(
        [(g["file"], g["file"], g["file"], g["encoding"], None, text) for g, text in zip(labels, texts, strict=True)],
        schema=dict.fromkeys(("document_id", "sha256", "file_name", "encoding"), pl.String) | {"published_on": pl.Date, "raw_text": pl.String},
        orient="row",
    )
    told = languages.add_language(documents)
    articles, placements = stories.build(layouts.read(told.filter(language="en"), lexicon), told, lexicon)
    found, _ = ministers.find(articles, sentences.split(articles, lexicon), countries.find(articles, lexicon), lexicon)
    per_page = placements.select("document_id", "article_id").unique().join(found, on="article_id")
    hits = wrong = missed = right_country = 0
    for g in labels:
        rows = per_page.filter(document_id=g["file"]).unique("person_key").select("full_name", "country_iso3").rows()
        wanted = [(bare(m["name"]), m) for m in g["ministers"]]
        for name, m in wanted:
            match = [iso3 for full_name, iso3 in rows if name <= bare(full_name) or bare(full_name) <= name]
            if not m.get("doubtful"):
                hits, missed = hits + bool(match), missed + (not match)
                right_country += m["country_iso3"] in match
        wrong += sum(not any(name <= bare(n) or bare(n) <= name for name, _ in wanted) for n, _ in rows)
    assert hits / (hits + wrong) >= 0.93
    assert hits / (hits + missed) >= 0.90
    assert right_country / hits >= 0.92


class TestVisits:
    """Who stands on a page without a country, where the page tells who travels where, or who speaks."""

    def countries(self, lexicon: Lexicon, title: str, *paragraphs: str) -> dict[str, str | None]:
        return {name.split()[-1]: iso3 for name, iso3, _, _ in people(read(lexicon, "\n\n".join(paragraphs), title=title))}

    def test_the_visitor_is_not_of_the_country_visited(self, lexicon: Lexicon) -> None:
        found = self.countries(
            lexicon,
            "SAMOA VISIT",
            "Foreign Affairs Minister Jo Doesson visited Samoa on 12 December. Samoa was glad of it, now that Norway has lifted its fees on fish.",
            "Mr Doesson called on the Prime Minister, the Hon Leo Faleo, and held talks with the Minister for Foreign Affairs and Trade, Tui Malua.",
        )
        assert found == {"Doesson": "NOR", "Faleo": "WSM", "Malua": "WSM"}

    def test_a_journey_in_the_first_person(self, lexicon: Lexicon) -> None:
        found = self.countries(
            lexicon,
            "VISIT TO NAURU, SAMOA AND TONGA",
            "MEDIA RELEASE MINISTER FOR FOREIGN AFFAIRS JO DOESSON",
            "I will visit Nauru, Samoa and Tonga. In Nauru I will hold talks with President Harrow, on behalf of the Norwegian Government.",
            "My visit to Samoa will be the first by a Norwegian minister. I will be meeting Prime Minister Faleo and Foreign Minister Malua.",
            "I will visit Tonga on 13 December for talks with Prime Minister Tupoa.",
        )
        assert found == {"DOESSON": "NOR", "Harrow": "NRU", "Faleo": "WSM", "Malua": "WSM", "Tupoa": "TON"}

    def test_a_colleague_is_of_the_country_of_the_speaker(self, lexicon: Lexicon) -> None:
        found = self.countries(
            lexicon,
            "VISIT BY IRANIAN FOREIGN MINISTER",
            "MEDIA RELEASE MINISTER FOR FOREIGN AFFAIRS JO DOESSON",
            "Iran's Foreign Minister, Dr Reza Karimpour, visited Norway last week, and Iran and Norway agreed to speak of Iran's oil.",
            "He also spoke of Iranian gas with my colleague, the Minister for Trade Mark Veland.",
        )
        assert found == {"DOESSON": "NOR", "Karimpour": "IRN", "Veland": "NOR"}

    def test_nobody_is_placed_where_several_countries_are_visited(self, lexicon: Lexicon) -> None:
        found = self.countries(lexicon, "", "The envoy will travel to Nauru, Samoa and Tonga, where he meets Prime Minister Faleo.")
        assert found == {"Faleo": None}
