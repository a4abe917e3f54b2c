"""Countries: each trap with an example and a counterexample, the invariants of mentions, the reference lists, and the labelled pages."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.country_mentions import CountryMentions
from schemas.reference.country_names import NAME_RULE
from transforms.countries import find
from transforms.gazetteer import RULES
from transforms.lexicon import Lexicon
from warehouse import reference

GOLD = Path(__file__).parents[2].parent / "shared" / "gold"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(reference.load())


def mentions(lexicon: Lexicon, body: str, title: str = "") -> pl.DataFrame:
    articles = pl.DataFrame({"article_id": ["0" * 16], "title": [title], "body": [body]})
    return find(articles, lexicon)


def named(lexicon: Lexicon, body: str, title: str = "") -> list[str]:
    """surface=ISO3 of all mentions that are no capitals, in order: title behind body, as the contract sorts them."""
    found = mentions(lexicon, body, title).filter(pl.col("mention_type") != "capital")
    return [f"{surface}={iso3}" for surface, iso3 in found.select("surface", "iso3").iter_rows()]


LONGEST = {
    "South Korea is not Korea": ("South Korea and North Koreans met.", ["South Korea=KOR", "North Koreans=PRK"]),
    "official Koreas": (
        "The Republic of Korea and the Democratic People’s Republic of Korea",
        ["Republic of Korea=KOR", "Democratic People’s Republic of Korea=PRK"],
    ),
    "Papua New Guinea": ("Papua New Guinea and Guinea voted.", ["Papua New Guinea=PNG", "Guinea=GIN"]),
    "Guinea-Bissau": ("Guinea-Bissau borders Guinea.", ["Guinea-Bissau=GNB", "Guinea=GIN"]),
    "Equatorial Guinea": ("Equatorial Guinea pumps oil.", ["Equatorial Guinea=GNQ"]),
    "Niger in Nigeria": ("Nigeria and Niger share a border; Nigeriens and Nigerians trade.", ["NGA", "NER", "NER", "NGA"]),
    "Dominica": ("Dominica lies far from the Dominican Republic.", ["Dominica=DMA", "Dominican Republic=DOM"]),
    "two Congos": (
        "The Democratic Republic of the Congo faces the Republic of the Congo.",
        ["Democratic Republic of the Congo=COD", "Republic of the Congo=COG"],
    ),
    "two Sudans": ("South Sudan seceded from Sudan.", ["South Sudan=SSD", "Sudan=SDN"]),
    "two Samoas": ("American Samoa competes with Samoa.", ["American Samoa=ASM", "Samoa=WSM"]),
    "three Virgins": ("The British Virgin Islands and the U.S. Virgin Islands", ["British Virgin Islands=VGB", "U.S. Virgin Islands=VIR"]),
    "Northern Ireland": ("Northern Ireland borders Ireland.", ["Northern Ireland=GBR", "Ireland=IRL"]),
    "two Chinas": ("The People's Republic of China and the Republic of China", ["People's Republic of China=CHN", "Republic of China=TWN"]),
    "Bosnian Serbs": ("Bosnian Serb leaders met Serbs.", ["Bosnian Serb=BIH", "Serbs=SRB"]),
    "French Guiana": ("French Guiana is not Guyana.", ["French Guiana=GUF", "Guyana=GUY"]),
    "a phrase that goes on in the middle of a word": ("Polish officials read the Niger statement.", ["Polish=POL", "Niger=NER"]),
    "abbreviations of what a state has": ("PNG police met PRC officials, not those of the CAR.", ["PNG=PNG", "PRC=CHN"]),
    "Indo- is India, the Indo-Pacific is not": ("Indo-Omani trade in the Indo-Pacific", ["Indo=IND", "Omani=OMN"]),
    "Chinese Taipei": ("Chinese Taipei beat Chinese players.", ["Chinese Taipei=TWN", "Chinese=CHN"]),
}


@pytest.mark.parametrize(("body", "expected"), LONGEST.values(), ids=LONGEST.keys())
def test_the_longest_name_wins(lexicon: Lexicon, body: str, expected: list[str]) -> None:
    found = named(lexicon, body)
    assert found == expected or [f.split("=")[1] for f in found] == expected


FORMS = {
    "abbreviations": ("US, U.S., USA, UK, U.K., UAE, ROK, DPRK, S. Africa", ["USA", "USA", "USA", "GBR", "GBR", "ARE", "KOR", "PRK", "ZAF"]),
    "an abbreviation of a country that is named": ("China, the PRC", ["CHN", "CHN"]),
    "an abbreviation of something else": ("the Permanent Representatives Committee (PRC)", []),
    "possessives": ("Russia's and Russia’s", ["Russia=RUS", "Russia=RUS"]),
    "hyphens": ("US-China, U.S.-led, anti-American, Russian-backed, non-Russian", ["USA", "CHN", "USA", "USA", "RUS", "RUS"]),
    "prefixes": (
        "Sino–Russian, Franco-German and Russo-Ukrainian ties",
        ["Sino=CHN", "Russian=RUS", "Franco=FRA", "German=DEU", "Russo=RUS", "Ukrainian=UKR"],
    ),
    "capitals throughout": ("UKRAINE: SOUTH KOREAN AID, AUSTRIA'S VOTE", ["UKRAINE=UKR", "SOUTH KOREAN=KOR", "AUSTRIA=AUT"]),
    "accents and apostrophes": ("Côte d’Ivoire, Cote d'Ivoire, Türkiye, São Tomé and Príncipe", ["CIV", "CIV", "TUR", "STP"]),
    "saints": ("St. Lucia, St Kitts and Nevis, Saint Lucia", ["LCA", "KNA", "LCA"]),
    "ampersand": ("Trinidad & Tobago", ["Trinidad & Tobago=TTO"]),
    "usual old names": ("Burma, Swaziland, Ivory Coast, Czech Republic, Holland and Britain", ["MMR", "SWZ", "CIV", "CZE", "NLD", "GBR"]),
    "people": (
        "Brits, Swiss, Dutch, Burmese, Emiratis, Filipinos, Spaniards, Danes, Nepalis",
        ["GBR", "CHE", "NLD", "MMR", "ARE", "PHL", "ESP", "DNK", "NPL"],
    ),
    "in organisations": ("The Bank of England, the Islamic Republic of Iran Broadcasting", ["England=GBR", "Iran=IRN"]),
    "quotes and brackets": ("“Ukraine” (Japan) —Kenya— [Peru]/Chile", ["UKR", "JPN", "KEN", "PER", "CHL"]),
    "adjacent to a letter beyond ASCII": ("éIran Iranß Зиран Ирак", []),
    "inside words": (
        "Romania is ROMANIA, a Malian is no Maliante, Indiana no India",
        ["Romania=ROU", "ROMANIA=ROU", "Malian=MLI", "India=IND"],
    ),
    "mail and social handles": ("Write to @Ukraine", []),
    "lower case": ("us china turkey guinea jordan polish", []),
}


@pytest.mark.parametrize(("body", "expected"), FORMS.values(), ids=FORMS.keys())
def test_forms(lexicon: Lexicon, body: str, expected: list[str]) -> None:
    found = named(lexicon, body)
    assert found == expected or [f.split("=")[1] for f in found] == expected


# Each trap: a text in which the words do not mean the country, and one in which they do.
TRAPS = {
    "Georgia, the state, by a neighbour": ("Voters in Georgia and Arizona decided.", "Troops from Georgia and Armenia trained.", "GEO ARM"),
    "Georgia, the state, by a town": (
        "A plant near Savannah will open. Georgia pays half.",
        "Talks in Tbilisi ended. Georgia pays half.",
        "GEO",
    ),
    "Georgia, the state, by a phrase": ("The Georgia Senate sat. Georgia sued.", "Georgia's parliament sat. Georgia sued.", "GEO GEO"),
    "Georgians": ("Atlanta: Georgians went to the polls.", "Batumi: Georgians went to the polls.", "GEO"),
    "Georgia, attributive": (
        "Georgia prosecutors charged him. Georgia waits.",
        "Georgian prosecutors charged him. Georgia waits.",
        "GEO GEO",
    ),
    "Copa America": ("They won the Copa America.", "They won in America.", "USA"),
    "Ben Nevis": ("Snow on Ben Nevis", "Snow on Nevis", "KNA"),
    "Georgian houses": ("A Georgian mansion burnt.", "A Georgian minister spoke.", "GEO"),
    "Jordan, a surname": ("Mr. Jordan left. Jordan did not answer.", "King Abdullah of Jordan left. Jordan did not answer.", "JOR JOR"),
    "Jordan, a surname after a given name": ("Michael Jordan won.", "Egypt and Jordan won.", "EGY JOR"),
    "Jordan, a representative": ("Rep. Jordan asked for papers.", "Then Jordan asked for papers.", "JOR"),
    "Jordan, the river": ("They crossed the Jordan River.", "They crossed into Jordan.", "JOR"),
    "Chad, a given name": ("Chad Miller said no. Chad was angry.", "Chad officials said no. Chad was angry.", "TCD TCD"),
    "Lake Chad": ("Fishing in Lake Chad is poor.", "Fishing in Chad is poor.", "TCD"),
    "Monaco, a surname": ("Anna P. Monaco spoke. Monaco agreed.", "Albert II spoke. Monaco agreed.", "MCO"),
    "initials": ("James K. Jordan left.", "The U.S. Jordan trade is small.", "USA JOR"),
    "Israel, a given name": ("Israel Mendoza scored twice.", "Israel Police arrested two.", "ISR"),
    "Kenya, a given name": ("Kenya Harris sang.", "Kenya Airways flew.", "KEN"),
    "Cuban, a surname": ("Mark Cuban bid for it.", "A Cuban bid for it.", "CUB"),
    "Ireland, a surname": ("Kathy Ireland sells it.", "Shops in Ireland sell it.", "IRL"),
    "Turkey, the bird": ("Turkey sandwiches cost more.", "Turkey exports cost more.", "TUR"),
    "Thanksgiving": ("A Thanksgiving Turkey was spared.", "A village in Turkey was spared.", "TUR"),
    "us": ("He told us so.", "He told the US so.", "USA"),
    "US in capitals": ("ABOUT US", "TRADE WITH US SLOWS", "USA"),
    "US dollars": ("It cost US$5 million.", "It cost US firms 5 million.", "USA"),
    "ships": ("The U.S.S. Enterprise sailed.", "The U.S. carrier sailed.", "USA"),
    "law code": ("See 18 U.S.C. 1030.", "See the U.S. code.", "USA"),
    "Latin America": ("Latin American leaders met.", "American leaders met.", "USA"),
    "the Americas": ("Summit of the Americas", "Summit in America", "USA"),
    "New Mexico": ("New Mexico and New Mexicans", "Mexico and Mexicans", "MEX MEX"),
    "Gulf of Mexico": ("Storms over the Gulf of Mexico", "Storms over Mexico", "MEX"),
    "South China Sea": ("Patrols in the South China Sea", "Patrols in southern China", "CHN"),
    "Gulf of Oman": ("A tanker in the Gulf of Oman", "A tanker off Oman", "OMN"),
    "Sea of Japan": ("A missile fell into the Sea of Japan", "A missile fell near Japan", "JPN"),
    "Indian Ocean": ("An Indian Ocean base", "An Indian base", "IND"),
    "West Indies": ("The West Indian team", "The Indian team", "IND"),
    "Native nations": ("Bureau of Indian Affairs", "Bureau of Indian exports", "IND"),
    "Persian": ("Persian carpets and the Persian Gulf", "Iranian carpets", "IRN"),
    "Niger state": ("Gunmen left Niger state at night.", "Gunmen left Niger at night.", "NER"),
    "Greek Catholic": ("Bishops of the Greek Catholic Church met.", "Bishops of the Greek Church met.", "GRC"),
    "Guinea pig": ("A Guinea pig escaped.", "A Guinea minister escaped.", "GIN"),
    "Gulf of Guinea": ("Pirates in the Gulf of Guinea", "Pirates in Guinea", "GIN"),
    "Niger Delta": ("Oil in the Niger Delta", "Oil in Niger", "NER"),
    "Brazil nut": ("A bowl of Brazil nuts", "A ship of Brazil", "BRA"),
    "Panama hat": ("He wore a Panama hat.", "He crossed the Panama Canal.", "PAN"),
    "French fries": ("French fries were served.", "French wine was served.", "FRA"),
    "Swiss cheese": ("It has holes like Swiss cheese.", "It is a Swiss company.", "CHE"),
    "Austria-Hungary": ("Austria-Hungary and the Austro-Hungarian fleet", "Austria and Hungary", "AUT HUN"),
    "Lebanon, a town": ("Police in Lebanon, Pennsylvania, said so.", "Police in Lebanon, Syria and Iraq said so.", "LBN SYR IRQ"),
    "Peru, a town": ("She was born in Peru, Ind., in 1950.", "She was born in Peru, a teacher's child.", "PER"),
    "lists with states": ("", "Plants in Canada, Mexico, California and Texas", "CAN MEX"),
    "New South Wales": ("Floods in New South Wales", "Floods in Wales", "GBR"),
    "New Jersey": ("New Jersey and the Jersey Shore", "Jersey, of which Saint Helier is the capital", "JEY"),
    "Jersey alone": ("He wore the Jersey.", "The Bailiwick of Jersey: Jersey taxes little.", "JEY JEY"),
    "English, the language": ("He said in English that it was over. English speakers nodded.", "English courts ruled.", "GBR"),
    "other languages": ("She spoke Russian, in French and in Spanish.", "In Spanish politics, Russian banks spoke.", "ESP RUS"),
    "language adjectives": ("A Korean-language site of Spanish-speaking listeners", "A Korean site of Spanish listeners", "KOR ESP"),
    "Kiwi": ("A Kiwi is a fruit.", "New Zealand won; a Kiwi scored.", "NZL NZL"),
    "Finn": ("Finn Parker is Finn.", "Helsinki: a Finn spoke in Finland.", "FIN FIN"),
    "Poles": ("Poles were put up along the road.", "Poland voted; Poles queued.", "POL POL"),
    "abbreviations of other things": ("The PNG and the CAR and the ROC", "Papua New Guinea (PNG)", "PNG PNG"),
    "Emirates": ("Emirates flew there.", "Emirati officials said the Emirates flew there.", "ARE ARE"),
    "Soviet Union": ("The U.S.S.R. and the Soviet Union", "Russia", "RUS"),
    "the Holland of surnames": ("Tom Holland stars.", "Tulips of Holland", "NLD"),
    "Korean War": ("The Korean War and the Korean Peninsula", "The Korean government", "KOR"),
}


@pytest.mark.parametrize(("trap", "country", "expected"), TRAPS.values(), ids=TRAPS.keys())
def test_traps(lexicon: Lexicon, trap: str, country: str, expected: str) -> None:
    assert named(lexicon, trap) == []
    assert [f.split("=")[1] for f in named(lexicon, country)] == expected.split()


def test_the_state_of_georgia_in_world_news(lexicon: Lexicon) -> None:
    assert named(lexicon, "Georgia lawmakers spoke of Russia's war. Georgia trades little with Russia.") == ["Russia=RUS", "Russia=RUS"]
    assert named(lexicon, "Near Atlanta, an envoy from Tbilisi spoke of Georgia.") == ["Georgia=GEO"]


def test_a_shared_name_means_the_country_that_the_article_names(lexicon: Lexicon) -> None:
    assert named(lexicon, "Korea votes.") == ["Korea=KOR"]
    assert named(lexicon, "In Pyongyang, the Korean leader spoke.") == ["Korean=PRK"]
    assert named(lexicon, "North Korea and South Korea: the Korean question") == ["North Korea=PRK", "South Korea=KOR"]
    assert named(lexicon, "Congolese troops left.") == ["Congolese=COD"]
    assert named(lexicon, "Congolese troops left Brazzaville.") == ["Congolese=COG"]
    assert named(lexicon, "Dominica's Dominican Party") == ["Dominica=DMA", "Dominican=DMA"]
    assert named(lexicon, "The Dominican president") == ["Dominican=DOM"]


def test_a_person_does_not_hide_the_country_named_otherwise(lexicon: Lexicon) -> None:
    assert named(lexicon, "Jim Jordan flew to Amman. Jordan is a partner, a Jordanian official said.") == ["Jordan=JOR", "Jordanian=JOR"]
    assert named(lexicon, "Jim Jordan spoke in Jordan.") == ["Jordan=JOR"]
    assert named(lexicon, "Israel Foreign Minister Israel Mendoza resigned.") == ["Israel=ISR"]


def test_title_and_body_are_one_article(lexicon: Lexicon) -> None:
    assert named(lexicon, "A Kiwi won.", title="New Zealand wins") == ["Kiwi=NZL", "New Zealand=NZL"]


def test_headlines_in_title_case_are_no_surnames(lexicon: Lexicon) -> None:
    assert named(lexicon, "", title="Israel Reopens crossing") == ["Israel=ISR"]
    assert named(lexicon, "Israel Reopens Crossing With Egypt") == ["Israel=ISR", "Egypt=EGY"]


CAPITALS = {
    "Kremlin": ("pro-Kremlin media", ["Kremlin=RUS"]),
    "seats": ("The White House, Downing Street and the Élysée Palace", ["White House=USA", "Downing Street=GBR", "Élysée Palace=FRA"]),
    "cities": ("Seoul, Pyongyang, Kyiv, Kiev, Brussels and The Hague", ["KOR", "PRK", "UKR", "UKR", "BEL", "NLD"]),
    "Washington": ("Washington and Washington, D.C.", ["Washington=USA", "Washington, D.C.=USA"]),
    "Washington, other": (
        "George Washington, the Washington Post, Washington state, the state of Washington, western Washington and Denzel Washington",
        [],
    ),
    "datelines of towns": ("MOSCOW, Idaho (AP) —", []),
    "towns of the same name": ("Paris, Texas; Moscow, Idaho; Athens, Georgia", []),
    "a capital alone": ("Victoria, Georgetown and San Jose", []),
    "a capital with its country": ("Victoria is the capital of Seychelles.", ["Victoria=SYC"]),
    "treaties": ("The Paris Agreement, the Rome Statute and the Minsk agreements", []),
    "persons": ("London Breed, Sofia Coppola and Isaiah Berlin", []),
    "capitals with a country inside": ("Mexico City, Kuwait City and Panama City", ["MEX", "KWT", "PAN"]),
}


@pytest.mark.parametrize(("body", "expected"), CAPITALS.values(), ids=CAPITALS.keys())
def test_capitals_and_seats_of_government(lexicon: Lexicon, body: str, expected: list[str]) -> None:
    rows = mentions(lexicon, body).filter(pl.col("mention_type") == "capital")
    found = [f"{surface}={iso3}" for surface, iso3 in rows.select("surface", "iso3").iter_rows()]
    assert found == expected or [f.split("=")[1] for f in found] == expected


def test_mention_types_stay_apart(lexicon: Lexicon) -> None:
    found = mentions(lexicon, "Japan, the UK, Swiss and Moscow")
    assert found["mention_type"].to_list() == ["name", "abbreviation", "demonym", "capital"]


def test_nothing_to_find(lexicon: Lexicon) -> None:
    empty = pl.DataFrame(
        {"article_id": ["0" * 16], "title": [None], "body": [None]}, schema=dict.fromkeys(("article_id", "title", "body"), pl.String)
    )
    for articles in (empty, empty.clear(), empty.with_columns(body=pl.lit("Nothing here."))):
        found = find(articles, lexicon)
        assert found.is_empty()
        CountryMentions.validate(found)


SNIPPETS = st.sampled_from(
    [
        "Ukraine",
        "US",
        "U.S.",
        "Jordan",
        "Georgia",
        "Côte d’Ivoire",
        "Korean",
        "Sino-",
        "Michael",
        "Guinea",
        "-",
        " ",
        "’s ",
        "\n\n",
        ", ",
        "😀",
        "é",
        "\x01",
    ]
)
TEXTS = st.lists(st.one_of(SNIPPETS, st.text(max_size=6)), max_size=25).map("".join)


@settings(max_examples=80, deadline=None)
@given(articles=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5))
def test_spans_are_true_sorted_and_apart(lexicon: Lexicon, articles: list[tuple[str, str]]) -> None:
    ids = [f"{n:016x}" for n in range(len(articles))]
    frame = pl.DataFrame({"article_id": ids, "title": [a[0] for a in articles], "body": [a[1] for a in articles]})
    found = find(frame, lexicon)
    CountryMentions.validate(found)
    texts = {(i, field): a[n] for i, a in zip(ids, articles, strict=True) for n, field in enumerate(("title", "body"))}
    last = ("", "", 0)
    for article_id, field, start, end, surface in found.select("article_id", "field", "start_char", "end_char", "surface").iter_rows():
        assert texts[article_id, field][start:end] == surface
        assert last <= (article_id, field, start)
        last = (article_id, field, end)


def test_rows_do_not_depend_on_the_batch(lexicon: Lexicon) -> None:
    bodies = [case[0] for case in (*LONGEST.values(), *FORMS.values(), *CAPITALS.values())] + [text for case in TRAPS.values() for text in case[:2]]
    frame = pl.DataFrame({"article_id": [f"{n:016x}" for n in range(len(bodies))], "title": bodies[::-1], "body": bodies})
    whole = find(frame, lexicon)
    assert find(frame.reverse(), lexicon).equals(whole)
    assert pl.concat([find(part, lexicon) for part in frame.iter_slices(7)]).equals(whole)


def test_reference_countries_are_complete() -> None:
    countries = reference.load()["countries"]
    assert countries.height == 249 + 1
    assert countries.filter(pl.col("iso_numeric").is_null())["iso3"].to_list() == ["XKX"]
    assert countries["iso_numeric"].drop_nulls().is_unique().all()
    assert countries["is_un_member"].sum() == 193
    assert countries["name"].is_unique().all()
    # M49 has no entry for these.
    assert countries.filter(pl.col("un_region").is_null())["iso3"].to_list() == ["ATA", "TWN", "XKX"]
    assert countries.select("un_region", "un_subregion").unique().drop_nulls().height == 17


UNINHABITED = {"ATA", "ATF", "BVT", "HMD", "SGS", "UMI", "SJM"}
NO_WORD_FOR_PEOPLE = {"CCK", "GGY", "JEY", "MNP", "VAT"}


def test_each_country_has_a_name_and_a_word_for_its_people() -> None:
    frames = reference.load()
    names, countries = frames["country_names"], set(frames["countries"]["iso3"])
    assert set(names["iso3"]) == countries
    assert set(names.filter(pl.col("mention_type") == "name")["iso3"]) == countries
    shared = set(names.filter(pl.col("mention_type") == "demonym")["shared_with"].drop_nulls())
    assert countries - set(names.filter(pl.col("mention_type") == "demonym")["iso3"]) - shared == UNINHABITED | NO_WORD_FOR_PEOPLE


def test_the_capital_of_each_un_member_is_found() -> None:
    frames = reference.load()
    capitals = frames["country_names"].filter(pl.col("mention_type") == "capital")
    named_after_the_country = {"DJI", "SGP", "MCO", "SMR"}
    members = set(frames["countries"].filter("is_un_member")["iso3"])
    assert members - set(capitals["iso3"]) <= named_after_the_country | {"STP", "NRU"}


def test_the_usual_name_is_found_as_that_country(lexicon: Lexicon) -> None:
    countries = reference.load()["countries"].filter(~pl.col("iso3").is_in(["BES", "SHN", "MAF", "GEO", "JEY"]))
    frame = countries.select(pl.lit("0" * 16).alias("article_id"), pl.lit("").alias("title"), ("In " + pl.col("name") + " it rained.").alias("body"))
    for row, name, iso3 in zip(frame.iter_slices(1), countries["name"], countries["iso3"], strict=True):
        assert find(row, lexicon).select("surface", "iso3").rows() == [(name, iso3)]


def test_every_rule_of_the_list_is_known() -> None:
    assert sorted(RULES) == sorted(NAME_RULE)


@pytest.mark.skipif(not GOLD.is_dir(), reason="the labelled pages are not beside the project")
def test_precision_and_recall_on_the_labelled_pages(lexicon: Lexicon) -> None:
    labels = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((GOLD / "gold").glob("*.json"))]
    bodies = [(GOLD / "pages" / page["file"]).read_bytes().decode(page["encoding"]).replace("\xa0", " ") for page in labels]
    ids = [f"{n:016x}" for n in range(len(labels))]
    found = find(pl.DataFrame({"article_id": ids, "title": [""] * len(ids), "body": bodies}), lexicon)
    right = missed = wrong = 0
    for article_id, page in zip(ids, labels, strict=True):
        rows = found.filter((pl.col("article_id") == article_id) & (pl.col("mention_type") != "capital"))
        have, known = set(rows["iso3"]), {row["iso3"] for row in page["countries"]}
        want = {row["iso3"] for row in page["countries"] if not row.get("doubtful") and row["via"] != "metonym"}
        right, missed, wrong = right + len(have & want), missed + len(want - have), wrong + len(have - known)
    assert right / (right + wrong) >= 0.98
    assert right / (right + missed) >= 0.98
