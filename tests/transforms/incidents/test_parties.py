"""Who did it and who suffered it, told by more than the words of the act: pronouns, accusations, borders, datelines, officials, other acts of the page."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

Read = Callable[..., dict[str, pl.DataFrame]]

PAGES = [
    # a name in -ly is no adverb before the verb
    ("Envoys sent home\n\nItaly has expelled two Belarusian diplomats.", "expelled", {"ITA"}, {"BLR"}),
    # whom an expulsion punishes did what it is for
    ("Envoys\n\nSpain announced the expulsion of two employees of the Cuban embassy for espionage.", "espionage", {"CUB"}, {"ESP"}),
    # "him" is the person, not the authority that helped
    (
        "Hacker held\n\nSlovak police held a Georgian hacker with the help of the FBI and accused him of cyberattacks on Malta.",
        "cyberattacks",
        {"GEO"},
        {"MLT"},
    ),
    # a denial in a relative clause
    ("Bank robbed\n\nHackers tried to break into a Chilean bank, which Peru has denied.", "break into", {"PER"}, {"CHL"}),
    # acts for which somebody is punished are not those of the one who punishes
    (
        "Listed\n\nTwo Cuban hackers were charged in May. They were sanctioned by Canada for breaching a ministry of Peru.",
        "sanctioned",
        {"CAN"},
        {"CUB"},
    ),
    # a measure that answers an act hits whom it was done by
    (
        "Measures\n\nThe Norwegian government decided to renew the sanctions introduced in response to the annexation of a Georgian valley by Belarus.",
        "renew the sanctions",
        {"NOR"},
        {"BLR"},
    ),
    # no victim: the border, the home of a security firm
    ("Raid\n\nArmed men killed nine people in a market near the Chadian border, officials in Niger said.", "killed", set(), {"NER"}),
    ("Spies\n\nA Slovenian cybersecurity firm said hackers linked to Cuba broke into telecom firms.", "broke into", {"CUB"}, set()),
    # local officials and the dateline tell where it struck
    (
        "Kenyan drones in Uganda\n\nA drone attacked a depot, said the governor of a region of Uganda. Kenya said Kenyan forces had nothing to add.",
        "drone attacked",
        set(),
        {"UGA"},
    ),
    (
        "Raid in the hills\n\nLIMA, Peru -- Gunmen attacked a camp and killed six soldiers on Monday. Bolivia and Bolivian villagers mourned.",
        "attacked a camp",
        set(),
        {"PER"},
    ),
    # an army that kills civilians where no other state is named
    ("Raid\n\nAn air strike by the Malian army killed nine civilians on Monday.", "killed", {"MLI"}, {"MLI"}),
    # hackers are no victims of the attack beside which they are named
    ("Clinics\n\nA gang of Cuban cyber criminals caused chaos after a ransomware attack on Maltese clinics.", "ransomware", None, {"MLT"}),
    # the parliament of "the country" is that of who says so
    ("Parliament\n\nMalta said hackers had breached the country’s parliament.", "breached", set(), {"MLT"}),
    # for whom a spy works is told by whom he gives what he knows
    ("Trial\n\nA court in Lima convicted a clerk of espionage for passing documents about bridges to Ecuador.", "espionage", {"ECU"}, set()),
    # a second verb, a list between commas, a participle before the subject
    (
        "Goods\n\nNorway announced on Friday a ban on trade with Belarus, and added 14 more Belarusian bankers to its sanctions list.",
        "sanctions list",
        {"NOR"},
        {"BLR"},
    ),
    ("Answer\n\nRetaliating to Chad’s offensive in Niger, the Kenyan government slapped sanctions on Chad’s banks.", "sanctions", {"KEN"}, {"TCD"}),
    # whose law a measure is taken under; a state's act that is no law says nothing
    ("Duties\n\nThe tariffs of 25% were enacted in March under Section 12 of the Peruvian Trade Act. Chile complained.", "enacted", {"PER"}, set()),
    ("Duties\n\nTariffs on Chilean copper rose under the Peruvian president, a poll found.", "rose", set(), {"CHL"}),
    # whom a measure answers
    (
        "Measures\n\nThe Security Council imposed sanctions later in response to Chad's refusal to hand over men wanted in Kenya.",
        "Security Council",
        set(),
        {"TCD"},
    ),
    # envoys who have to go leave the state where they are posted; others are sent by nobody named
    ("Envoys\n\nAll Bolivian defence advisers in Nairobi have been declared persona non grata.", "grata", {"KEN"}, {"BOL"}),
    ("Singers\n\nAll Bolivian singers in Nairobi have been declared persona non grata.", "grata", set(), {"BOL"}),
    # "the neighbouring country" is not the state that backs somebody
    (
        "Ties\n\nCuba has supported US-backed Belarusian politician Ana Tello against the head of Belarus, who broke relations with the neighboring country.",
        "broke relations",
        {"BLR"},
        {"CUB"},
    ),
    # where a ship was going is not whose it is
    ("Tanker\n\nCuba seized a Peru-bound oil tanker on Thursday.", "tanker", {"CUB"}, set()),
    ("Tanker\n\nCuba seized a Peruvian oil tanker on Thursday.", "tanker", {"CUB"}, {"PER"}),
    # an attack on somebody that does harm: not he
    ("Mail\n\nCuba is suspected of being behind a cyberattack on Chile that breached dozens of accounts.", "cyberattack", {"CUB"}, {"CHL"}),
]


@pytest.mark.parametrize(("page", "words", "perpetrators", "targets"), PAGES, ids=[words for _, words, _, _ in PAGES])
def test_parties(read: Read, page: str, words: str, perpetrators: set[str] | None, targets: set[str]) -> None:
    told = read(f"{page}\n")["incidents"].filter(pl.col("quote").str.contains(words, literal=True))
    found = [(set(p), set(t)) for p, t in told.select("perpetrator_iso3", "target_iso3").iter_rows()]
    assert any((perpetrators is None or p == perpetrators) and t == targets for p, t in found), found


def test_an_attack_of_nobody_is_theirs_who_strike_the_same_state_and_nobody_is_said_to_say_so(read: Read) -> None:
    page = "Raids\n\nKenyan jets bombed a depot in Uganda on Monday.\n\nThree more missile strikes hit Ugandan bridges on Friday, in a second wave.\n"
    tables = read(page)
    assert tables["incidents"]["perpetrator_iso3"].to_list() == [["KEN"], ["KEN"]]
    assert tables["incident_attributions"].height == 1
