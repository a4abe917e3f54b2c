"""Commitments: each rule finds its example and not its counterexample; who acts, for whom, how firmly, by when."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

from schemas.commitment_parties import CommitmentParties
from schemas.commitments import Commitments
from warehouse import reference

Read = Callable[..., dict[str, pl.DataFrame]]
RULES = list(reference.load()["commitment_rules"].select("rule_id", "example", "counterexample").iter_rows())


def page(*paragraphs: str) -> str:
    return "\n\n".join(("Spain and Portugal hold talks", *paragraphs))


def quotes(tables: dict[str, pl.DataFrame]) -> list[str]:
    return tables["commitments"].sort("start_char")["quote"].to_list()


def parties(tables: dict[str, pl.DataFrame], role: str) -> set[str]:
    rows = tables["commitment_parties"].filter(role=role)
    return set(rows.select(pl.coalesce("iso3", "name")).to_series())


def test_there_are_rules() -> None:
    assert len(RULES) >= 15


@pytest.fixture(scope="module")
def found(rows_of: Callable[[str, list[str]], dict[str, pl.DataFrame]]) -> dict[str, pl.DataFrame]:
    """What is found in each example and counterexample."""
    return rows_of("commitments", [page(text) for _, *texts in RULES for text in texts])


@pytest.mark.parametrize(("rule", "example"), [(r, e) for r, e, _ in RULES])
def test_each_rule_finds_its_example(found: dict[str, pl.DataFrame], rule: str, example: str) -> None:
    assert found[page(example)].sort("start_char")["rule_id"].to_list()[-1:] == [rule]  # it may go on from a sentence before


@pytest.mark.parametrize("counterexample", [c for _, _, c in RULES])
def test_no_rule_finds_a_counterexample(found: dict[str, pl.DataFrame], counterexample: str) -> None:
    assert found[page(counterexample)]["quote"].to_list() == []


def test_frames_keep_their_contracts(read: Read) -> None:
    tables = read(
        page("Norway pledged on Monday to give €50 million to Moldova by 2030, if parliament agrees.", "Chile and Peru agreed to share data.")
    )
    Commitments.validate(tables["commitments"], lazy=True)
    CommitmentParties.validate(tables["commitment_parties"], lazy=True)
    bodies = dict(tables["articles"].select("article_id", "body").iter_rows())
    for row in tables["commitments"].iter_rows(named=True):
        assert bodies[row["article_id"]][row["start_char"] : row["end_char"]] == row["quote"]


def test_sum_condition_deadline_and_recipient(read: Read) -> None:
    tables = read(page("Norway pledged on Monday to give €50 million to Moldova by 2030, if parliament agrees."))
    row = tables["commitments"].row(0, named=True)
    assert (row["amount_value"], row["amount_currency"]) == (50e6, "EUR")
    assert (row["is_conditional"], row["condition_text"]) == (True, "if parliament agrees")
    assert row["due_edtf"] == "2030"
    assert parties(tables, "actor") == {"NOR"}
    assert parties(tables, "recipient") == {"MDA"}


def test_pronoun_stands_for_those_of_the_sentence_before(read: Read) -> None:
    tables = read(page("The foreign ministers of Chile and Peru met in Lima. They pledged to share data on fishing fleets."))
    assert quotes(tables) == ["They pledged to share data on fishing fleets."]
    assert parties(tables, "actor") == {"CHL", "PER"}


def test_items_belong_to_the_line_that_introduces_them(read: Read) -> None:
    tables = read(page("Chile and Peru agreed to:\n- share data on fishing fleets;\n- open three border posts."))
    assert quotes(tables) == ["Chile and Peru agreed to:", "share data on fishing fleets;", "open three border posts."]
    assert tables["commitment_parties"].filter(role="actor")["iso3"].to_list().count("CHL") == 3


def test_a_list_without_a_commitment_is_none(read: Read) -> None:
    assert quotes(read(page("Chile and Peru discussed:\n- fishing fleets;\n- border posts."))) == []


def test_quotation_has_its_speaker(read: Read) -> None:
    tables = read(page('"We will send two ships," Swedish Foreign Minister Anna Lindqvist said.'))
    row = tables["commitments"].row(0, named=True)
    assert row["reported_as"] == "direct_quote"
    assert row["speaker_minister_id"] == tables["article_ministers"]["person_key"].item()
    assert parties(tables, "actor") == {"SWE"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Chinese companies agreed to pay a higher price for the ore.",
        "Japan's Toyota promised to build a plant near Nagoya.",
        "Experts said the war in Yemen would last for years.",
        "France has not agreed to the plan.",
        "The minister was supposed to sign the treaty in May.",
        "Rebels in Sudan vowed to fight on.",
        "Spain's proposal will help farmers.",
        "Talks between Cyprus and Turkey will resume next month.",
        "Trade between the two countries will reach $20 billion, the ministers of Peru and Chile said.",
        "France beat Spain 2-1 and will play Italy in the final.",
        "The Danish prime minister said she would not comment on the report.",
        "The ministers of Chile and Peru discussed plans to build a tunnel.",
        "Spain said the decision had to be taken into account.",
        "Norway argued over the role the force would play.",
        "The absence of the Dutch President Anna Smit was threatening to overshadow the talks.",
    ],
)
def test_private_actors_forecasts_and_what_was_not_agreed_are_none(read: Read, sentence: str) -> None:
    assert quotes(read(page(sentence))) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The Polish interior ministry says customs officers will search every lorry.",
        "Kenya's foreign minister said the embassy in Juba would be closed.",
        "Jordan has given assurances that the crossing will stay open.",
        "The US Senate voted 60-40 to end the embargo.",
        "Sweden has decided against joining the mission.",
        "Estonia said that it had no intention of handing over the suspect.",
        "Chile's parliament ratified the treaty on fishing.",
        "Peru unveiled plans to plant ten million trees.",
        "Berlin has promised Latvia and Germany has promised Poland 20 more generators.",
        "The Security Council authorised a multinational force for Haiti.",
        "NATO is stepping up its patrols in the Baltic Sea.",
        '"Tomorrow we will be naming new envoys to Chad," the Danish foreign minister said.',
        "The Norwegian government is set to levy a duty on salmon.",
        "Danish ministers decided on 3 May to prolong the ban on trawlers.",
        "The Irish finance minister said that he “will not be selling” the bank.",
        "Spain’s cabinet made a pledge “to plant ten million trees”.",
        "Western governments will announce a ban on diamonds, the Belgian prime minister said.",
        "Portugal shall, however, continue its search for survivors.",
        "Peru repeated its threat to close the border.",
        "Cuban diplomats tried to assure Haiti that the port would stay open.",
        "India and Chile have set a target of $15 billion in trade by 2030.",
        "Two treaties were inked by India and Chile after the talks.",
        "The Security Council authorized the mission in Mali to adopt a bolder posture.",
        "The Danish government has cleared the sale of two ships.",
        "Denmark issued a threat to close the strait.",
        "The Danish foreign minister announced that Denmark, along with Chile, is closing two consulates.",
        "Talks on the islands will not resume until the prisoners are freed, the Argentine foreign minister said.",
    ],
)
def test_words_of_one_class_commit_alike(read: Read, sentence: str) -> None:
    assert quotes(read(page(sentence))) == [sentence]


@pytest.mark.parametrize(
    ("sentence", "actor"),
    [
        ("The old bridge will be demolished, the Fijian minister of works said.", "FJI"),
        ("“There will be no talks on the islands,” the Argentine foreign minister said.", "ARG"),
        ("The Kenyan government warned that poachers would face heavy fines.", "KEN"),
        ("Under a government plan for Malta, farmers will receive €20 million.", "MLT"),
        ("The Danish government said nothing new. However it will cut the subsidy for diesel.", "DNK"),
    ],
)
def test_whoever_says_what_will_be_done_undertakes_it(read: Read, sentence: str, actor: str) -> None:
    tables = read(page(sentence))
    assert len(quotes(tables)) == 1
    assert actor in parties(tables, "actor")


def test_what_else_will_be_done_is_undertaken_by_those_of_the_sentence_before(read: Read) -> None:
    follows = "A second tunnel will be dug in the north."
    tables = read(page("Norway agreed to dig a tunnel to Sweden.", follows))
    assert quotes(tables)[-1] == follows
    assert parties(tables, "actor") == {"NOR"}


def test_reported_speech_goes_on_in_the_next_sentence(read: Read) -> None:
    follows = "The government would pay for the repairs."
    assert quotes(read(page(f"The Fijian minister of works said the bridge had fallen. {follows}"))) == [follows]


@pytest.mark.parametrize(
    ("sentence", "negated"),
    [
        ("Hungary will not send weapons, its foreign ministry said.", True),
        ("The Hungarian government refused to sign the declaration.", True),
        ("Hungary will send blankets, its foreign ministry said.", False),
        ("Hungary is committed to not closing the border.", True),
        ("Hungary promised that it would never close the border.", True),
    ],
)
def test_refusals_are_negated(read: Read, sentence: str, negated: bool) -> None:
    assert read(page(sentence))["commitments"]["is_negated"].to_list() == [negated]


def test_what_is_announced_for_a_year_to_come_is_due_then(read: Read) -> None:
    row = read(page("Norway announced that it would build a ferry terminal with Chile in 2044."))["commitments"].row(0, named=True)
    assert (row["made_edtf"], row["due_edtf"]) == (None, "2044")
    row = read(page("Norway announced on 3 March 2024 plans to build a ferry terminal."))["commitments"].row(0, named=True)
    assert (row["made_edtf"], row["due_edtf"]) == ("2024-03-03", None)


@pytest.mark.parametrize(
    "sentence",
    [
        "It is unclear whether Spain will send ships.",
        "The hospital said it would open a new ward.",
        "Spain believes that Portugal will send ships.",
        "Analysts said Spain will cut its duties.",
        "The Security Council resolution will divide the allies.",
        "Spain was accused of weakening a pledge to close its mines.",
        "According to people familiar with the plan, Spain will close its mines.",
        "Air Canada announced plans to fly to Lisbon.",
        '"He will go to prison," the Spanish interior minister said.',
        "Spanish officials did not say why they had decided to close the mine.",
        "It is likely that Spain will close the mine.",
        "Spain will close the mine, a poll predicted.",
        "Spain would not reveal when it will close the mine.",
        "A Spanish court refused to free the captain.",
        "The mines will be affected, the Spanish minister said.",
        "The Spanish minister rejected claims that the mines are to be sold.",
        "The ministers of Spain and Portugal agreed on the need to watch the fleets.",
        "The success of Spain depends on a commitment to stability.",
        "The talks will be held in Lisbon, the Spanish minister said.",
        "The ministers of Norway and Chile welcomed the progress made on the plan of action agreed on in Oslo last year.",
        "The Chile Mining Summit will bring together 300 engineers.",
        "Poland kept demanding assurances that Norway won’t sell the ships.",
        "The chiefs of the tribes in Chile now believe the mine will not be closed.",
        "The Security Council is still debating a resolution authorising a force for Haiti.",
        "Norway stressed the importance of all parties agreeing on a plan.",
        "It does not necessarily follow that Norway will cut its duties.",
        "Spain’s stubbornness has repeatedly raised threats to close the mine.",
        "The Lions, a group of rebels in Chile, issued a statement vowing to fight on.",
        "The theft reflected Spain’s determination to find the map.",
        "The letters shed light on how Spain plans to close the mine.",
        "Both the major parties in Spain are pledging to open the mine.",
        "If elected, the Spanish premier said, he would open the mine.",
        "A hospital in Spain said it had been robbed. Its doctors are well, and they will open the ward on Monday, a release said.",
    ],
)
def test_doubt_hearsay_forecasts_and_the_acts_of_others_are_none(read: Read, sentence: str) -> None:
    assert quotes(read(page("Spain and Portugal spoke of ships.", sentence))) == []


@pytest.mark.parametrize(
    ("sentence", "actor"),
    [
        ("The Spanish prime minister toured a harbour that burned down, promising new ships for the mission.", "ESP"),
        ("If Norway refuses, Spain will send ships.", "ESP"),
        ("Spanish officials said on Monday the new duties would be lifted in May.", "ESP"),
        ("'We will send two ships,' Spanish officials said.", "ESP"),
        ("Spain said it “will soon send ships” to the gulf.", "ESP"),
    ],
)
def test_who_acts_is_found_across_clauses(read: Read, sentence: str, actor: str) -> None:
    tables = read(page(sentence))
    assert len(quotes(tables)) == 1
    assert actor in parties(tables, "actor")


def test_where_countries_are_teams_nobody_undertakes_anything(read: Read) -> None:
    story = (
        "Spain beat Portugal in the semi-final of the football tournament.",
        "Their striker missed twice.",
        "Spain will send a new goalkeeper to Lisbon.",
    )
    assert quotes(read(page(*story))) == []


def test_an_essay_in_the_first_person_promises_nothing(read: Read) -> None:
    essay = ("We have seen this before.", "I think often of our ports.", "Our leaders sleep.", "Spain will build new ships.", "We need them now.")
    assert quotes(read(page(*essay))) == []


def test_items_without_a_subject_have_that_of_the_line_above_the_list(read: Read) -> None:
    items = ("- agreed to set up a joint committee;", "- undertook to exchange data;", "- welcomed the treaty.")
    tables = read(page("The Foreign Ministers of Chile and Norway met in Oslo on 3 May 2024. In this regard, they:", "\n".join(items)))
    assert [quote[:8] for quote in sorted(quotes(tables))] == ["agreed t", "undertoo"]
    assert parties(tables, "actor") == {"CHL", "NOR"}


@pytest.mark.parametrize(
    ("headline", "actors"),
    [
        ("Qatar to build a railway in Oman", {"QAT"}),
        ("EU agrees deal to ban imports of cork from Spain", {"European Union"}),
        ("Spain urges Portugal to build a railway", set()),
        ("How Spain came to build a railway", set()),
    ],
)
def test_a_teaser_undertakes_by_its_headline(read: Read, headline: str, actors: set[str]) -> None:
    tables = read(headline + "\n")
    assert tables["articles"]["body"].to_list() == [""]
    assert parties(tables, "actor") == actors
    assert quotes(tables) == [headline] * bool(actors)


def test_the_title_of_a_story_is_no_commitment_of_its_own(read: Read) -> None:
    assert quotes(read("Spain agrees to build a railway\n\nThe railway was the talk of the town in Madrid on Monday.\n")) == []


@pytest.mark.parametrize(
    ("story", "actor"),
    [
        ("The European Council met on Cyprus and Spain. The Council decided to end the ban on cork.", "European Council"),
        ("NATO sent ships to Norway. The alliance will send more aircraft.", "NATO"),
        ("Spain and Portugal spoke of cork. More than 40 countries committed on Monday to plant trees.", "More than 40 countries"),
        ('The Danish foreign minister said: "The port is safe.\n\n"Two wells were dug.\n\n"The road is new.\n\n"We will send two ships."', "DNK"),
        ('"Committed to opening the port," Danish foreign minister Anna Holm wrote on Monday.', "DNK"),
        ("China, which opposes the aims of Japan, last month offered aid to Chad.", "CHN"),
        ("World powers agreed on Monday to rebuild the port.", "World powers"),
        ("While Chad mourns, the Danish government will send ships.", "DNK"),
        ("The People's Republic of China threatened on Monday to close the strait.", "CHN"),
        ("“Denmark resents the words of Chad,” said Holm. The spokesman promised that the country will open the port.", "DNK"),
        ("Three wells will be dug, said officials of the Danish trade ministry.", "DNK"),
    ],
)
def test_bodies_indefinite_groups_and_long_quotations_have_their_actor(read: Read, story: str, actor: str) -> None:
    tables = read(page(story))
    assert len(quotes(tables)) == 1
    assert parties(tables, "actor") == {actor}


@pytest.mark.parametrize(
    ("sentence", "amount", "currency"),
    [
        ("Italy pledged €100mn to the fund.", 100e6, "EUR"),
        ("Bangladesh has allocated Tk1,15,741 crore to the mill.", 1157410000000.0, "BDT"),
        ("Pakistan has allocated Rs 3 lakh crore to the mill.", 3e12, "PKR"),
        ("Switzerland promised 171mn Swiss francs for the fund.", 171e6, "CHF"),
        ("Japan committed $US10 million on Monday.", 10e6, "USD"),
    ],
)
def test_sums_are_read_in_the_units_of_their_country(read: Read, sentence: str, amount: float, currency: str) -> None:
    assert read(page(sentence))["commitments"].select("amount_value", "amount_currency").rows() == [(amount, currency)]


@pytest.mark.parametrize(
    ("sentence", "condition", "due"),
    [
        ("Norway pledged $5 million to the port, subject to U.S. approval.", "subject to U.S. approval", None),
        ("Norway committed Saturday to triple its fleet by 2030.", None, "2030"),
        ("Norway promised to repair the mole damaged last month.", None, None),
        ("Norway will use the support provided by Chile to build a port, even if it rains.", None, None),
    ],
)
def test_what_is_no_condition_or_deadline(read: Read, sentence: str, condition: str | None, due: str | None) -> None:
    assert read(page(sentence))["commitments"].select("condition_text", "due_edtf").rows() == [(condition, due)]


@pytest.mark.parametrize(
    ("sentence", "topics"),
    [
        ("Norway agreed on a roadmap for reconciliation.", ["peace_process"]),
        ("Norway will widen two roads.", ["infrastructure"]),
        ("Norway pledged $5 million.", ["finance"]),
    ],
)
def test_a_short_stem_is_a_word_of_its_own(read: Read, sentence: str, topics: list[str]) -> None:
    assert read(page(sentence))["commitments"]["topics"].to_list() == [topics]


@pytest.mark.parametrize(("when", "commits"), [("in May", True), ("on 3 May 2024", True), ("and may have", False)])
def test_the_month_of_may_is_no_modal(read: Read, when: str, commits: bool) -> None:
    tables = read(page(f"The ministers of Chile and Norway met {when} agreed to set up a committee."))
    assert bool(quotes(tables)) == commits


def test_the_authority_is_the_organisation_named_before(read: Read) -> None:
    tables = read(page("The African Union met in Nairobi.", "The Authority decided to lift the ban on flights to Chad."))
    assert parties(tables, "actor") == {"African Union"}


def test_an_aside_between_dashes_ends_no_clause(read: Read) -> None:
    tables = read(page("The foreign ministers of Chile and Peru — both new to the post — agreed to share data on fishing fleets."))
    assert parties(tables, "actor") == {"CHL", "PER"}


def test_the_ministry_is_that_of_the_state_named_with_it(read: Read) -> None:
    tables = read(page("Chile’s trade ministry rejected the claims of Peru.", "The ministry said it will raise the duty on copper."))
    assert {"CHL"} == set(tables["commitments"].filter(pl.col("quote").str.contains("raise the duty"))["actor_iso3"].explode())


@pytest.mark.parametrize(
    "text",
    [
        "We will close the border, says Norwegian Prime Minister Kari Lund.",
        "“Two more ships will be sent because we were asked to do so by NATO,” Norwegian Prime Minister Kari Lund said.",
        "Norwegian Prime Minister Kari Lund, who plans to reopen the camp, said little.",
    ],
)
def test_who_speaks_undertakes_and_not_whom_he_names(read: Read, text: str) -> None:
    rows = read(page(text))["commitments"]
    assert rows["actor_iso3"].to_list() == [["NOR"]]


def test_a_warning_of_what_others_could_do_is_no_threat(read: Read) -> None:
    assert quotes(read(page("The Chilean foreign minister warned that Peru could close the border."))) == []


def test_a_vow_never_to_and_a_signed_loan_are_commitments(read: Read) -> None:
    vow = "Chile expressed regret and vowed “never to close the border” again."
    loan = "Kenya and Rwanda also signed a $40 million emergency loan for clinics on the border."
    on_loan = "Chile signed the keeper on loan from Lima."
    assert quotes(read(page(vow, loan, on_loan))) == [vow, loan]


def test_to_proceed_with_plans_is_a_commitment_but_not_to_proceed_somewhere(read: Read) -> None:
    plans = "The Chilean government said it would proceed with plans to tax imported steel."
    assert quotes(read(page(plans, "The Chilean president said he would proceed to Lima on Friday."))) == [plans]


@pytest.mark.parametrize(
    ("sentence", "actors"),
    [
        ("Chile, while reserving its right to appeal, will revoke the licence of the port.", {"CHL"}),
        ("Peru told Chilean leaders, who have pledged steadfast support for the port, that work had begun.", {"CHL"}),
        ("The deal says that, should Peru be flooded again, Chile would support the country with pumps.", {"CHL"}),
        ("Niger’s junta said it would prosecute the owners of the mine.", {"NER"}),
        ("Norway will do everything in its power to keep the strait open.", {"NOR"}),
        ("The Chilean president promised a “concrete list of steps” on Monday.", {"CHL"}),
        ("The Chilean president extended assurances of continued support for the port.", {"CHL"}),
        ("The Chilean minister welcomed the signing of the memorandum of understanding on ports.", {"CHL"}),
        ("Turkey offered amnesty to the smugglers.", {"TUR"}),
        ("Denmark plans residency rule changes for students.", {"DNK"}),
        ("Chile announces 12 percent pension increase for widows.", {"CHL"}),
        ("The Chilean government put together a £5m package for the port.", {"CHL"}),
        ("The licence will be held in abeyance, the Chilean trade minister said.", {"CHL"}),
        ("Legislation going into effect in 2027 would require compensation, the Chilean trade minister said.", {"CHL"}),
    ],
)
def test_further_wordings_and_who_acts(read: Read, sentence: str, actors: set[str]) -> None:
    assert parties(read(page(sentence)), "actor") == actors


@pytest.mark.parametrize(
    "sentence",
    [
        "No agreement was reached between Chile and Peru.",
        "The 1993 agreement of Chile and Peru was signed in the port.",
        "“We wanted to be reassured that a new truce will be declared by Chile,” a trader said.",
        "The African Union will have to adjust plans to ensure order.",
        "Chile will do everything.",
        "The Chilean ministry announces that the other side continues violating the ceasefire.",
        "The Chilean president ordered the diplomats of Peru to leave after he took office in 2018.",
        "Most Chileans would take the news with caution.",
        "The Chilean programme will raise petrol prices.",
        "Turkey offered dialogue partners a lunch.",
    ],
)
def test_what_only_looks_like_a_commitment(read: Read, sentence: str) -> None:
    assert quotes(read(page(sentence))) == []
