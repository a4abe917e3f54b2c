"""What tells incidents apart and together, and who did what to whom where the sentence only implies it: in ways that news of many outlets has."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

Read = Callable[..., dict[str, pl.DataFrame]]


def told(tables: dict[str, pl.DataFrame]) -> list[tuple[str, set[str], set[str]]]:
    """Type, perpetrators and targets of each incident, in the order of the page; countries where they are known, else names."""
    result = []
    for row in tables["incidents"].sort("start_char").iter_rows(named=True):
        parties = tables["incident_parties"].filter(incident_id=row["incident_id"])
        who = {role: set(parties.filter(role=role).select(pl.coalesce("iso3", "name")).to_series()) for role in ("perpetrator", "target")}
        result.append((row["incident_type"], who["perpetrator"], who["target"]))
    return result


ONE = (
    ("A drone attack on the port of Odesa injured a guard.", ("attack", set(), {"UKR"})),
    ("At least nine Yemenis were killed in Saudi strikes on a market.", ("attack", {"SAU"}, {"YEM"})),
    ("An Ethiopian airstrike on Monday killed seven Eritreans.", ("attack", {"ETH"}, {"ERI"})),
    ("Three Thai soldiers were killed during clashes at the border with Cambodia.", ("attack", set(), {"THA"})),
    ("After Chile closed its border, Peru and its allies imposed sanctions on Bolivian banks.", ("sanction", {"PER"}, {"BOL"})),
    ("Canada imposed sanctions on more than 40 Belarusian officials.", ("sanction", {"CAN"}, {"BLR"})),
    ("Ghana imposed sanctions on officers involved in the aggression against Togo and on the economy of Benin.", ("sanction", {"GHA"}, {"BEN"})),
    ("The group Fancy Bear has been attributed to a string of cyberattacks targeting ministries in Latvia.", ("cyberattack", {"RUS"}, {"LVA"})),
    ("The data breach that hit Denmark's tax office has been tied to Iranian intelligence.", ("cyberattack", {"IRN"}, {"DNK"})),
    ("Oman's ministry of labour said terabytes of data had been siphoned from its systems.", ("cyberattack", set(), {"OMN"})),
    ("Embassies of Kenya were targeted in a hacking campaign with roots in Russia.", ("cyberattack", {"RUS"}, {"KEN"})),
    ("The FBI accused North Korea of the theft of digital assets from a Japanese exchange.", ("cyberattack", {"PRK"}, {"JPN"})),
    ("MuddyWater has been attacking shipyards in Oman.", ("cyberattack", {"IRN"}, {"OMN"})),
    ("The LockBit gang claimed responsibility for the attack on Malta's finance ministry.", ("cyberattack", {"LockBit"}, {"MLT"})),
    ("A power plant in Latvia was knocked out by hackers of the GRU.", ("cyberattack", {"RUS"}, {"LVA"})),
    ("A Syrian banker was blacklisted by Canada in May.", ("sanction", {"CAN"}, {"SYR"})),
    ("Canada targeted 90 tankers of Russia's fleet with sanctions.", ("sanction", {"CAN"}, {"RUS"})),
    ("Ghana's exports to Canada will be subject to a 30% tariff.", ("tariff", {"CAN"}, {"GHA"})),
    ("Peru hit back with 25% duties on Chilean wine.", ("tariff", {"PER"}, {"CHL"})),
    ("Suva summoned the Chinese ambassador over the hacking of its parliament.", ("cyberattack", {"CHN"}, {"FJI"})),
    ("New Zealand linked an intrusion into its parliamentary services to APT40.", ("cyberattack", {"CHN"}, {"NZL"})),
    ("Norway's police named Iran's APT42 as responsible for the hacking of the Norwegian parliament.", ("cyberattack", {"IRN"}, {"NOR"})),
    ("Hackers infected computers of an Indian plant with malware tied to North Korea.", ("cyberattack", {"PRK"}, {"IND"})),
    ("Ghanaian officials face visa bans from Canada.", ("sanction", {"CAN"}, {"GHA"})),
    ("Peru designated four Bolivian gangs as terrorist organisations.", ("sanction", {"PER"}, {"BOL"})),
    ("Two Ukrainians working for Russian intelligence blew up a railway line in Poland.", ("attack", {"RUS"}, {"POL"})),
    ("The Russian gang Qilin was behind a ransomware attack on hospitals in London.", ("cyberattack", {"RUS"}, {"GBR"})),
    ("Treasury added six Iranian tankers to its list of Specially Designated Nationals.", ("sanction", {"USA"}, {"IRN"})),
    ("Costa Rica grieves after ransomware hackers crippled computer networks across its agencies.", ("cyberattack", {"ransomware hackers"}, {"CRI"})),
    ("Norway set duties of 21% on Chinese bicycles.", ("tariff", {"NOR"}, {"CHN"})),
    ("China halted shipments of graphite to Japan.", ("export_control", {"CHN"}, {"JPN"})),
    ("Gunmen kill 12 miners in Pakistan.", ("attack", {"Gunmen"}, {"PAK"})),
    ("The US deported 238 Venezuelans to El Salvador.", ("detention_or_expulsion", {"USA"}, {"VEN"})),
    ("Iran detained two French tourists in 2022.", ("detention_or_expulsion", {"IRN"}, {"FRA"})),
    ("Pakistan closed its airspace to Indian airlines.", ("other", {"PAK"}, {"IND"})),
    ("Washington barred the firm from selling chips to China.", ("export_control", {"USA"}, {"CHN"})),
    ("Canada announced sanctions on Iran, designating seven Iranian generals.", ("sanction", {"CAN"}, {"IRN"})),
    ("A valve at a Danish waterworks was opened by Russian hackers.", ("cyberattack", {"RUS"}, {"DNK"})),
    ("Hackers took over the account of the Swiss minister.", ("cyberattack", {"Hackers"}, {"CHE"})),
    ("Ukrainian forces have sunk a Russian landing ship.", ("attack", {"UKR"}, {"RUS"})),
    ("Israeli forces fired tear gas, rubber bullets and grenades at Palestinian farmers.", ("attack", {"ISR"}, {"PSE"})),
)
NONE = (
    "A Kenyan general killed himself in his flat in Cairo, the police said.",
    "Hackers often break into networks by means of e-mails.",
    "Officials in Rome warned that hackers could target the games.",
    "A new law obliges firms in Spain to report cyber incidents.",
    "There is no evidence of a data breach, the ministry of Finland said.",
    "The minister of Portugal said cyberattacks have become more frequent.",
    "A spokesman for the bank in Zurich said no data had been stolen.",
    "The film tells of hackers who break into a bank in Berlin.",
    "Experts in the valley recalled the WannaCry attack.",
    "The Spanish coach was fired on Sunday.",
    "The Turkish lira was hit by a 10% fall.",
    "The storm cut power to 40,000 homes in Ireland.",
    "The Swedish band captured the hearts of Japanese fans.",
    "The minister launched a war on red tape in Italy.",
    "The French firm took control of a Polish bank.",
    "Australian jails are full.",
    "The storm sank a boat in Peru.",
    "Drought curbs cocoa exports.",
    "Police in Oslo took down the site of a ransomware gang.",
)


@pytest.mark.parametrize(("sentence", "expected"), ONE)
def test_one_sentence(read: Read, sentence: str, expected: tuple[str, set[str], set[str]]) -> None:
    assert told(read(f"Talks go on in the valley\n\n{sentence}\n")) == [expected]


@pytest.mark.parametrize("sentence", NONE)
def test_talk_of_acts_is_no_act(read: Read, sentence: str) -> None:
    assert told(read(f"Talks go on in the valley\n\n{sentence}\n")) == []


def test_the_hackers_are_those_told_of_before(read: Read) -> None:
    first = "Hackers affiliated with China broke into several Canadian banks, agencies said."
    assert told(read(f"Talks go on in the valley\n\n{first}\n\nThe hackers stole records of calls.\n")) == [("cyberattack", {"CHN"}, {"CAN"})]


def test_an_attack_known_by_its_victim_is_one_of_its_own(read: Read) -> None:
    first = "Hackers from Iran attacked the network of a port in Oman in May."
    second = "An adviser warned firms again, following the Acme Pipeline and Northway ransomware attacks."
    rows = told(read(f"Talks go on in the valley\n\n{first}\n\n{second}\n"))
    assert [row[0] for row in rows] == ["cyberattack", "cyberattack"]
    assert rows[0][1:] == ({"IRN"}, {"OMN"})


def test_a_list_behind_an_accusation_is_told_of_the_accused(read: Read) -> None:
    charges = "Zahra Doe said on Monday that hackers had been at work, and Oman accused Iran of:"
    items = "Hacking the port of Salalah and its cranes.\n\nTargeting Omani shipyards and banks for years."
    assert told(read(f"Talks go on in the valley\n\n{charges}\n\n{items}\n")) == [("cyberattack", {"IRN"}, {"OMN"})]


def test_acts_on_two_days_are_two_and_a_day_on_which_somebody_spoke_is_none(read: Read) -> None:
    tables = read(
        "Eritrea shells border towns\n\nOn Tuesday, Eritrean forces fired rockets at Ethiopia. The attack killed two people, the ministry said on Wednesday.\n\n"
        "On Friday, Eritrean forces fired 20 rockets at Ethiopia.\n"
    )
    assert told(tables) == [("attack", {"ERI"}, {"ETH"})] * 2


def test_acts_in_two_cities_are_two(read: Read) -> None:
    tables = read("Kenya hit\n\nMilitants attacked a bank in Mombasa, police said.\n\nThe militants attacked a school in Garissa.\n")
    assert [row["quote"] for row in tables["incidents"].sort("start_char").iter_rows(named=True)] == [
        "Militants attacked a bank in Mombasa, police said.",
        "The militants attacked a school in Garissa.",
    ]


def test_two_rates_are_two_tariffs(read: Read) -> None:
    first = "Peru announced a 26 per cent tariff on goods from Chile in May."
    second = "Chile lodged a complaint against a 25 per cent Peruvian tariff on steel."
    assert [row[:2] for row in told(read(f"Talks go on\n\n{first}\n\n{second}\n"))] == [("tariff", {"PER"})] * 2


def test_an_act_of_another_year_to_which_one_is_compared_is_another(read: Read) -> None:
    first = "Gunmen attacked a hotel in Jakarta on Thursday, police said."
    second = "The attack was the first in the city since the bombings of two hotels in 2009."
    rows = read(f"Talks go on\n\n{first}\n\n{second}\n")["incidents"].sort("start_char")
    assert rows["occurred_edtf"].to_list()[1:] == ["2009"]


def test_persons_killed_on_their_own_are_victims_of_their_own(read: Read) -> None:
    first = "The blogger Omar Das was stabbed to death in Sylhet in May."
    second = "Ravi Roy, another blogger, was hacked to death in Dhaka in March."
    assert len(told(read(f"Talks go on in Bangladesh\n\n{first}\n\n{second}\n"))) == 2


def test_a_newspaper_is_no_place_and_a_place_is_no_perpetrator(read: Read) -> None:
    tables = read(
        "Talks go on\n\nMilitants attacked a convoy in northern Mali, the New York Times reported.\n\nKharkiv officials said a missile hit a plant in the city.\n"
    )
    assert "USA" not in tables["incident_parties"]["iso3"].to_list()
    assert tables["incident_parties"].filter(role="perpetrator", iso3="UKR").is_empty()


def test_a_head_of_government_is_known_by_the_full_name_elsewhere_on_the_page(read: Read) -> None:
    full = "Trade talks stall\n\nDonald Trump spoke in Miami.\n\nTrump imposed a 20% tariff on imports from Norway.\n"
    assert told(read(full)) == [("tariff", {"USA"}, {"NOR"})]


def test_places_are_no_mentions_of_countries(read: Read) -> None:
    assert read("Talks go on\n\nA bomb exploded near a mosque in Quetta.\n")["country_mentions"].is_empty()


def test_two_expulsions_and_no_answer_of_those_expelled(read: Read) -> None:
    tables = read(
        "Togo expels diplomats\n\nTogo has expelled four Irish diplomats. Several UN officials were expelled from the country in September.\n"
    )
    assert told(tables) == [("detention_or_expulsion", {"TGO"}, {"IRL"}), ("detention_or_expulsion", {"TGO"}, {"United Nations"})]
    assert tables["incidents"]["responders"].to_list() == [[], []]


def test_an_answer_to_an_expulsion(read: Read) -> None:
    tables = read("Togo expels diplomats\n\nTogo has expelled four Irish diplomats. Ireland condemned the expulsion of the envoys by Togo.\n")
    assert tables["incidents"]["responders"].to_list() == [["IRL"]]


@pytest.mark.parametrize("deed", ["agreed to cut tariffs on fruit", "lowered tariffs on cheese", "will scrap its duties on wine"])
def test_tariffs_that_become_less_are_no_hostile_act(read: Read, deed: str) -> None:
    assert told(read(f"Trade between two ports\n\nChile {deed} from Peru.\n")) == []


def test_whose_sanctions_they_are_stands_in_the_sentence(read: Read) -> None:
    own = read("Sanctions go on\n\nThe upper chamber decided to extend its sanctions against Belarus. It spoke with the European Union in May.\n")
    assert told(own) == [("sanction", set(), {"BLR"})]


def test_a_place_at_the_border_with_a_country_is_not_in_it(read: Read) -> None:
    tables = read("Post raided\n\nThree Nigerien officers were killed in May in an attack on the Dolbel post, 9 km from the border with Mali.\n")
    assert told(tables) == [("attack", set(), {"NER"})]
