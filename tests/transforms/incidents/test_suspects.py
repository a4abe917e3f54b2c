"""Hackers without a name bear the state to which the article ties them; hackers in general do not."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

Read = Callable[..., dict[str, pl.DataFrame]]


def perpetrators(tables: dict[str, pl.DataFrame]) -> set[str | None]:
    return set(tables["incident_parties"].filter(role="perpetrator")["iso3"].to_list())


@pytest.mark.parametrize(
    "tie",
    [
        "The group is believed to be based in Belarus.",
        "Investigators said the group had been working for the Belarusian interior ministry.",
        "They acted on behalf of Belarus, investigators said.",
        "Officials attributed the hacking campaign to Belarus.",
    ],
)
def test_the_group_is_tied_in_another_sentence(read: Read, tie: str) -> None:
    page = f"Hackers in the mail of a ministry\n\nThe hacking group broke into the mail servers of Latvian ministries in May.\n\n{tie}\n"
    assert perpetrators(read(page)) == {"BLR"}


@pytest.mark.parametrize(
    "other",
    [
        "Hackers broke into the mail servers of Latvian ministries in May.",  # no certain hackers
        "The hacking group broke into the mail servers of Latvian ministries in May. It may be linked to Iran.",  # two states
    ],
)
def test_hackers_in_general_or_tied_to_two_states_bear_none(read: Read, other: str) -> None:
    page = f"Hackers in the mail of a ministry\n\n{other}\n\nLast year a group linked to Belarus leaked papers of a Polish bank.\n"
    first = read(page)["incidents"].sort("start_char").head(1)["perpetrator_iso3"].to_list()
    assert first == [[]]


def test_a_number_of_a_security_firm_is_a_group(read: Read) -> None:
    page = "Hackers in the mail of a ministry\n\nThe hackers, known as UNC9876, are backed by Belarus.\n\nUNC9876 breached the network of a Latvian ministry.\n"
    assert perpetrators(read(page)) == {"BLR"}


def test_officials_from_a_state_who_were_targeted_did_nothing(read: Read) -> None:
    page = "Hackers in the mail of a ministry\n\nThe cyberattacks targeted officials from Finnish missions, investigators said.\n"
    assert perpetrators(read(page)) == set()


def test_who_may_suffer_more_attacks_has_suffered_none(read: Read) -> None:
    page = "Hackers in the mail of a ministry\n\nRansomware attacks on hospitals could rise in Oman.\n"
    assert read(page)["incidents"].is_empty()


def test_hackers_of_an_unnamed_state_are_not_those_of_the_state_they_hit(read: Read) -> None:
    tables = read(
        "Hackers in a ministry\n\nHackers backed by a foreign state have penetrated Norway's defence ministry, a newspaper reported in May.\n"
    )
    assert perpetrators(tables) == {None}
    assert tables["incidents"]["target_iso3"].to_list() == [["NOR"]]


def test_the_attack_of_a_story_on_one_cyberattack_is_one(read: Read) -> None:
    first = "Norway's parliament said in May it had been the target of a cyber attack."
    tables = read(f"Parliament hit\n\n{first}\n\nForeign Minister Jo Berg of Norway said Belarus was behind the attack on the Storting.\n")
    assert tables["incidents"]["incident_type"].to_list() == ["cyberattack"]


def test_officials_of_a_story_on_two_states_are_those_of_the_one_named_first(read: Read) -> None:
    page = "Hackers in a ministry\n\nHackers broke into Norway's foreign ministry in May, officials said.\n\nIt was no attack on Belgium.\n"
    assert read(page)["incident_attributions"]["attributing_iso3"].to_list() == ["NOR"]


def test_police_are_those_of_the_city_in_which_they_stand(read: Read) -> None:
    page = "Reporter freed\n\nBelarus released a journalist in May.\n\nPolice in Istanbul detained dozens of protesters on the same day.\n"
    assert read(page)["incidents"]["perpetrator_iso3"].to_list() == [["TUR"]]


def test_last_week_is_not_monday(read: Read) -> None:
    first = "A drone strike on a market in Sudan killed 12 people on Monday."
    tables = read(f"Market hit\n\n{first}\n\nThe Rapid Support Forces shelled a camp near El Fasher last week, killing dozens.\n")
    assert tables["incidents"].height == 2


BREACH = "Mail of ministers stolen\n\nThe mail servers of the Latvian government were hacked in May.\n\n"


@pytest.mark.parametrize(
    "blame",
    [
        "Officials in Riga blamed Belarus.",
        "Riga attributed the theft to the Belarusian intelligence service on Monday.",
        "Investigators say Belarus is behind the breach.",
        "The prime minister said there was no doubt that Belarus was responsible.",
        "Latvia’s interior minister said Belarus was to blame for the intrusion.",
        "People briefed on the inquiry said Belarus was the main suspect.",
        "Belarus is deemed the most likely culprit.",
        "The Belarusian hacker group Ghostwriter claimed the attack.",
        "Latvia named three officers of the Belarusian state security committee as the culprits.",
    ],
)
def test_another_sentence_blames_somebody_for_it(read: Read, blame: str) -> None:
    assert perpetrators(read(BREACH + blame + "\n")) == {"BLR"}


@pytest.mark.parametrize(
    "other",
    [
        "Belarus is behind schedule with its new railway.",
        "Riga blamed Belarus for the closure of the road.",
        "Norway linked its power grid to Sweden.",
        "There was no evidence that Belarus was behind the attack.",
        "The minister declined to say whether Belarus was responsible.",
    ],
)
def test_what_is_said_of_something_else_blames_nobody(read: Read, other: str) -> None:
    assert perpetrators(read(BREACH + other + "\n")) == set()


def test_the_group_is_the_one_told_of_before(read: Read) -> None:
    page = (
        "Hackers in the mail of a ministry\n\nHackers from Belarus broke into the mail of Latvian ministers in May.\n\n"
        "In June the group also hacked the network of an Estonian bank.\n"
    )
    tables = read(page)
    hit = dict(zip(tables["incidents"]["target_iso3"].list.first(), tables["incidents"]["perpetrator_iso3"].to_list(), strict=True))
    assert hit == {"LVA": ["BLR"], "EST": ["BLR"]}


def test_a_group_is_of_the_state_that_the_page_blames(read: Read) -> None:
    page = (
        "Riga blames Russia\n\nLatvia said Russia was behind a cyberattack on its parliament.\n\n"
        "The Ghostwriter hackers also hacked the mail of Latvian judges, it said.\n"
    )
    assert perpetrators(read(page)) == {"RUS"}


def test_the_hackers_of_the_one_attack_are_tied_to_a_state(read: Read) -> None:
    page = "Hackers in the mail of a ministry\n\nHackers broke into the mail of a ministry in May.\n\n"
    assert perpetrators(read(page + "The firm said the hackers in this case are affiliated with Belarus.\n")) == {"BLR"}
    assert perpetrators(read(page + "Hackers are often affiliated with Belarus, the firm said.\n")) == {None}


def test_a_group_called_by_its_name_is_of_the_state_before_it(read: Read) -> None:
    page = "Hackers in the mail of a ministry\n\nA gang of Belarusian hackers called Qilin broke into the mail of Latvian ministers in May.\n"
    assert perpetrators(read(page)) == {"BLR"}


def test_what_a_page_tells_without_a_doer_is_of_the_group_in_its_headline(read: Read) -> None:
    text = (
        "Belarusian hackers in the mail of ministers\n\nThe hackers broke into the mail of Latvian ministers in May.\n\n"
        "The website of the Estonian parliament was hacked in June.\n"
    )
    assert perpetrators(read(text)) == {"BLR"}
    several = text.replace("Belarusian hackers", "Belarusian hacking groups").replace("The hackers", "Two Latvian criminals")
    assert "BLR" not in perpetrators(read(several))


def test_attackers_who_are_identified_as_a_group(read: Read) -> None:
    page = BREACH + "The attackers, identified as the Belarusian group UNC1151, had sent letters in March.\n"
    assert perpetrators(read(page)) == {"BLR"}


@pytest.mark.parametrize(
    "tie",
    ["The Iran-backed Houthi rebels were silent.", "The Houthis, who are armed by Iran, were silent.", "The Houthi movement is backed by Iran."],
)
def test_a_known_group_bears_the_state_that_backs_it(read: Read, tie: str) -> None:
    assert perpetrators(read(f"A ship is hit\n\nHouthi rebels attacked a Greek tanker in May.\n\n{tie}\n")) == {"IRN"}


@pytest.mark.parametrize(
    "other", ["The Iran-backed militia and the Houthis were silent.", "The Houthis said Iran was silent.", "Iran accused the Houthi rebels."]
)
def test_a_known_group_bears_no_state_that_only_stands_near(read: Read, other: str) -> None:
    assert perpetrators(read(f"A ship is hit\n\nHouthi rebels attacked a Greek tanker in May.\n\n{other}\n")) == {None}
