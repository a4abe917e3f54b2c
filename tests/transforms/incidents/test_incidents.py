"""Incidents: each rule finds its example and not its counterexample; who did what to whom, when, and who says so how firmly."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

from schemas.incident_attributions import IncidentAttributions
from schemas.incident_parties import IncidentParties
from schemas.incidents import Incidents
from warehouse import reference

Read = Callable[..., dict[str, pl.DataFrame]]
RULES = list(reference.load()["incident_rules"].select("rule_id", "example", "counterexample").iter_rows())


def page(*paragraphs: str, title: str = "Talks go on in the valley") -> str:
    return "\n\n".join((title, *paragraphs))


def one(tables: dict[str, pl.DataFrame]) -> dict[str, object]:
    return tables["incidents"].row(0, named=True) if tables["incidents"].height == 1 else {"rows": tables["incidents"].to_dicts()}


def parties(tables: dict[str, pl.DataFrame], role: str) -> set[str]:
    rows = tables["incident_parties"].filter(role=role)
    return set(rows.select(pl.coalesce("iso3", "name")).to_series())


def test_there_are_rules() -> None:
    assert len(RULES) >= 60


@pytest.fixture(scope="module")
def found(rows_of: Callable[[str, list[str]], dict[str, pl.DataFrame]]) -> dict[str, pl.DataFrame]:
    """What is found in each example and counterexample."""
    return rows_of("incidents", [page(text) for _, *texts in RULES for text in texts])


@pytest.mark.parametrize(("rule", "example"), [(r, e) for r, e, _ in RULES])
def test_each_rule_finds_its_example(found: dict[str, pl.DataFrame], rule: str, example: str) -> None:
    assert rule in found[page(example)]["rule_id"].to_list()


@pytest.mark.parametrize("counterexample", [c for _, _, c in RULES])
def test_no_rule_finds_a_counterexample(found: dict[str, pl.DataFrame], counterexample: str) -> None:
    assert found[page(counterexample)]["quote"].to_list() == []


def test_each_rule_id_is_told_apart() -> None:
    assert len({rule for rule, _, _ in RULES}) == len(RULES)


REPORT = page(
    "Norway said on Monday that Russia was behind a cyberattack on the Norwegian parliament in August 2023.",
    "The attack was carried out by the hacker group APT28, the foreign ministry said. Oslo summoned the Russian ambassador.",
    "Two years ago, Chinese hackers stole files from a shipyard in Bergen.",
    title="Norway blames Russia for attack on parliament",
)


def test_frames_keep_their_contracts(read: Read) -> None:
    tables = read(REPORT)
    assert tables["incidents"].height
    Incidents.validate(tables["incidents"], lazy=True)
    IncidentParties.validate(tables["incident_parties"], lazy=True)
    IncidentAttributions.validate(tables["incident_attributions"], lazy=True)
    bodies = dict(tables["articles"].select("article_id", "body").iter_rows())
    for row in tables["incidents"].iter_rows(named=True):
        assert bodies[row["article_id"]][row["start_char"] : row["end_char"]] == row["quote"]
    article_of = dict(tables["incidents"].select("incident_id", "article_id").iter_rows())
    for row in tables["incident_attributions"].iter_rows(named=True):
        assert bodies[article_of[row["incident_id"]]][row["start_char"] : row["end_char"]] == row["quote"]


def test_several_sentences_tell_one_incident_and_another_stays_apart(read: Read) -> None:
    tables = read(REPORT)
    perpetrators = tables["incident_parties"].filter(role="perpetrator")["iso3"].to_list()
    assert sorted(perpetrators) == ["CHN", "RUS"]


def test_attribution_says_who_blames_whom_and_on_what_basis(read: Read) -> None:
    tables = read(page("The Danish government said Russia was behind a cyberattack on a Danish waterworks in 2024."))
    row = tables["incident_attributions"].row(0, named=True)
    assert (row["attributing_iso3"], row["attributed_iso3"], row["stance"], row["basis"]) == ("DNK", "RUS", "asserted", "receiver_government")
    assert row["initiator_category"] == "state"
    assert one(tables)["location_iso3"] == "DNK"


@pytest.mark.parametrize(
    ("sentence", "perpetrators", "targets"),
    [
        ("Sweden accused Belarus of a cyberattack on its parliament.", {"BLR"}, {"SWE"}),
        ("Estonian websites were knocked offline by pro-Russian hackers.", {"RUS"}, {"EST"}),
        ("Iran-backed militias fired rockets at a base in Iraq.", {"IRN"}, {"IRQ"}),
        ("Hackers linked to North Korea's intelligence service hacked a bank in Ecuador.", {"PRK"}, {"ECU"}),
        ("A drone strike on an airfield in Chad was carried out by Sudanese forces.", {"SDN"}, {"TCD"}),
        ("The United States, Canada and Japan imposed sanctions on three Belarusian banks.", {"USA", "CAN", "JPN"}, {"BLR"}),
        ("Russia sanctions imposed by Norway hit two shipping firms.", {"NOR"}, {"RUS"}),
        ("Brazil imposed tariffs of 20% on steel from India.", {"BRA"}, {"IND"}),
        ("Kenya expelled three Ugandan diplomats.", {"KEN"}, {"UGA"}),
        ("Chad condemned Libya for carrying out an attack on its border posts.", {"LBY"}, {"TCD"}),
        ("Two Peruvian judges were barred from entering the United States.", {"USA"}, {"PER"}),
        ("Lazarus stole cryptocurrency worth $30 million from an exchange in Chile.", {"PRK"}, {"CHL"}),
    ],
)
def test_who_did_it_and_to_whom(read: Read, sentence: str, perpetrators: set[str], targets: set[str]) -> None:
    tables = read(page(sentence))
    assert parties(tables, "perpetrator") == perpetrators
    assert parties(tables, "target") == targets


@pytest.mark.parametrize(
    ("sentence", "realis", "stance"),
    [
        ("Iranian hackers attacked a water plant in Jordan.", "actual", "asserted"),
        ("Iranian hackers allegedly attacked a water plant in Jordan.", "alleged", "hedged"),
        ("Jordan accused Iran of a cyberattack on a water plant.", "alleged", "hedged"),
        ("Iran denied that it was behind a cyberattack on a water plant in Jordan.", "denied", "denied"),
        ("Chad foiled an attack by rebels on its parliament.", "attempted", "asserted"),
        ("Iranian hackers attacked a water plant in Jordan, which Iran has repeatedly denied.", "denied", "denied"),
        ("A cyberattack on a water plant in Jordan was widely blamed on Iran.", "alleged", "hedged"),
        ("Engineers believe that Iranian hackers attacked a water plant in Jordan.", "alleged", "hedged"),
        ("Jordan was hit by a cyberattack on a water plant and accused Iran of being behind it.", "alleged", "hedged"),
        ("Jordan claimed that Iran carried out a cyberattack on a water plant.", "alleged", "hedged"),
        ("Hackers believed to be linked to Iran attacked a water plant in Jordan.", "actual", "asserted"),
        ("Hackers who may have ties to Iran attacked a water plant in Jordan.", "actual", "asserted"),
    ],
)
def test_how_sure_the_sentence_is(read: Read, sentence: str, realis: str, stance: str) -> None:
    tables = read(page(sentence))
    assert one(tables)["realis"] == realis
    assert set(tables["incident_attributions"]["stance"]) <= {stance}


@pytest.mark.parametrize(
    ("sentence", "realis"),
    [
        ("Canada imposed sanctions on Belarus.", "actual"),
        ("Canada will impose sanctions on Belarus.", "planned"),
        ("Canada is considering sanctions on Belarus.", "planned"),
        ("Canada threatened Belarus with sanctions.", "threatened"),
        ("Belarus will respond to new Canadian sanctions.", "actual"),
        ("The prime minister of Canada signed an order to impose sanctions on Belarus.", "actual"),
        ("Belarus vowed to put up barriers in retaliation for the sanctions that Canada imposed.", "actual"),
        ("Belarus will talk to Canada now that the Canadian sanctions are in force.", "actual"),
        ("Canada's sanctions on Belarus are likely to strain the budget of Minsk.", "actual"),
        ("Canada's sanctions on Belarus are likely to be announced in May.", "planned"),
        ("The goal of the sanctions that Canada imposed on Belarus is to prevent further arrests.", "actual"),
        ("Canada expelled a diplomat of Belarus in April, a decision that Minsk called groundless.", "actual"),
    ],
)
def test_measures_in_force_and_measures_to_come(read: Read, sentence: str, realis: str) -> None:
    row = one(read(page(sentence)))
    assert row["realis"] == realis
    assert row["plover_event"] == ("THREATEN" if realis in ("planned", "threatened") else "COERCE")


@pytest.mark.parametrize(
    "sentence",
    [
        "Norway and Sweden agreed to protect hospitals against cyberattacks.",
        "The risk of attacks on pipelines has grown, Germany said.",
        "The number of cyberattacks in France rose by 8 percent.",
        "The war in Yemen has lasted for years.",
        "The American bank lost its appeal in a court in London.",
        "A crash in Peru killed 12 people.",
        "No attack on Poland has been reported.",
        "Firms in Italy evade sanctions.",
    ],
)
def test_what_is_no_incident(read: Read, sentence: str) -> None:
    assert read(page(sentence))["incidents"]["quote"].to_list() == []


def test_datelines_name_nobody(read: Read) -> None:
    tables = read(page("WARSAW (Reuters) - Hackers from Belarus attacked a bank in Lithuania."))
    assert parties(tables, "perpetrator") | parties(tables, "target") == {"BLR", "LTU"}


def test_named_campaign(read: Read) -> None:
    tables = read(page("Moldova uncovered a disinformation campaign by Russia, known as “Grey Heron”, in May 2024."))
    row = one(tables)
    assert (row["incident_type"], row["name"], row["occurred_edtf"]) == ("disinformation", "Grey Heron", "2024-05")


def test_same_article_same_rows(read: Read) -> None:
    first, second = read(REPORT), read(REPORT)
    for table in ("incidents", "incident_parties", "incident_attributions"):
        assert first[table].equals(second[table])


@pytest.mark.parametrize(
    ("text", "doers", "victims"),
    [
        ("Four firms from Oman were blacklisted by the Treasury for selling arms.", {"USA"}, {"OMN"}),
        ("Peru faces a 20 percent tariff on copper after Chile doubled its duties.", {"CHL"}, {"PER"}),
        ("Togo’s senate approved tariffs on rice from Ghana in May.", {"TGO"}, {"GHA"}),
        ("The army of Chad bombed a market, and Chad’s junta shelled a school in N’Djamena.", {"TCD"}, {"TCD"}),
        ("The ministry of Peru suffered cyberattacks originating in Chile and Cuba.", {"CHL", "CUB"}, {"PER"}),
        ("Officials said Chad interfered in the 2016 election in Togo.", {"TCD"}, {"TGO"}),
        ("Togo seized websites used by Chad to spread propaganda before the election in Togo.", {"TCD"}, {"TGO"}),
        ("Peru answered Chile’s order imposing duties on Peru.", {"CHL"}, {"PER"}),
        ("In response to Chile’s duties, Peru announced new tariffs on wine.", {"PER"}, {"CHL"}),
        ("Oslo charged three Danes with sabotage on behalf of Belarus.", {"BLR"}, {"NOR"}),
        ("Ten people were killed in Togo when planes from Ghana bombed a market.", {"GHA"}, {"TGO"}),
        ("The airport in Peru has been guarded since the September 11 attacks.", set(), {"USA"}),
        ("Police told a meeting in New Delhi that the man had attacked a temple in Nepal.", set(), {"NPL"}),
        ("Peru warned Chile over an attack on the oil port of Togo.", {"CHL"}, {"TGO"}),
        ("Poland shot down drones that had entered the airspace of Poland.", set(), {"POL"}),
    ],
)
def test_who_acted_and_whom_it_hit(read: Read, text: str, doers: set[str], victims: set[str]) -> None:
    tables = read(page(text))
    assert parties(tables, "perpetrator") >= doers
    assert parties(tables, "target") >= victims


def test_a_measure_without_an_imposer_is_that_of_the_authority_of_which_the_page_speaks(read: Read) -> None:
    text = page("The sale was put off after sanctions were imposed on two Omani oil firms.", "OFAC extended the deadline.")
    assert parties(read(text), "perpetrator") == {"USA"}
    assert parties(read(page("Sanctions were imposed on two Omani oil firms.", "OFAC met the European Union.")), "perpetrator") == set()


def test_a_place_near_a_border_is_not_beyond_it(read: Read) -> None:
    tables = read(page("Two bombings last year in the town of Tilo near the Omani border killed ten people in Yemen."))
    assert "OMN" not in parties(tables, "target")


def test_who_is_named_in_a_reason_for_an_attack_did_not_suffer_it(read: Read) -> None:
    tables = read(
        page(
            "The group NoName claimed responsibility for the cyberattack on the ministry, citing a visit of Chad’s president.", title="Attack in Peru"
        )
    )
    assert parties(tables, "target") == {"PER"}


def test_protesters_are_of_the_state_whose_police_beat_them(read: Read) -> None:
    text = "Peru condemned violence used by the police of Chad against peaceful protesters on Monday."
    assert parties(read(page("Peru’s minister spoke in Peru.", text)), "target") == {"TCD"}


def test_what_somebody_claims_to_have_done_is_hedged(read: Read) -> None:
    tables = read(page("The LockBit gang claims to have hacked a bank in Peru."))
    assert tables["incident_attributions"]["stance"].to_list() == ["hedged"]


def test_a_predicate_parts_somebody_from_who_acts(read: Read) -> None:
    tables = read(page("Togo was furious that Ghana had not stopped two gangs which bombed a market in Togo."))
    assert "GHA" not in parties(tables, "perpetrator")
