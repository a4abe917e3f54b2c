"""Who did it and who suffered it, in the many ways in which English says so: one sentence each."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

SENTENCES = [
    # a measure in a relative clause
    ("The tariffs that Peru imposed on Chilean copper in May remain in force.", "PER", "CHL"),
    ("Chile condemned the tariffs Peru imposed on its copper.", "PER", "CHL"),
    ("Companies suffer from the sanctions which Norway introduced against Belarus last year.", "NOR", "BLR"),
    (
        "Chile vowed to put barriers on Peruvian imports in retaliation for the tariffs that Peruvian President Ana Tello imposed on steel.",
        "PER",
        "CHL",
    ),
    # two measures that answer each other
    ("Faced with tariffs imposed by Peru, Chile will impose equivalent duties on pork.", "PER", "CHL"),
    ("Canada announced tariffs on American whiskey in response to duties on Canadian steel imposed by Washington.", "CAN", "USA"),
    # two armies
    ("A Thai civilian and a Cambodian soldier were killed after Thai and Cambodian troops exchanged heavy fire at a temple.", "KHM THA", "THA"),
    ("Indian and Pakistani forces traded artillery fire across the frontier on Monday, killing three soldiers.", "IND PAK", "IND PAK"),
    ("Clashes between Armenian and Azerbaijani forces killed three soldiers on Monday.", "ARM AZE", "ARM AZE"),
    ("Ethiopian troops clashed with Eritrean forces near the border on Monday.", "ERI ETH", "ERI ETH"),
    ("Two soldiers died in an exchange of fire between Kenyan and Ugandan troops.", "KEN UGA", "KEN UGA"),
    ("Militants of the Green Front clashed with Ethiopian troops near Baidoa.", "", "ETH"),
    # blame by "implicated"
    ("Russia's military intelligence has been implicated in a sabotage campaign in Poland.", "RUS", "POL"),
    ("Evidence has implicated Cuba in a cyberattack on Chilean banks.", "CUB", "CHL"),
    # whose prison or court it is
    ("An American student who served a 15-year sentence in a North Korean prison arrived home on Tuesday.", "PRK", "USA"),
    ("A French teacher was sentenced to ten years in prison by an Iranian court for spying.", "IRN", "FRA"),
    # local police and the dateline
    (
        "LIMA, Peru (AP) — Three activists were arrested on Monday for inciting terrorism, police said. Chile watched. Chilean officials and Chile said no more.",
        "PER",
        "PER",
    ),
    # the object of the verb, not what stands near it
    ("A suicide bomber targeted a Turkish Embassy vehicle near the Iranian Embassy in Kabul on Thursday.", "", "TUR"),
    ("Gunmen attacked a hotel near the Indian consulate in Herat.", "", "AFG"),
    ("Militants attacked the French embassy in Niger on Sunday.", "", "FRA"),
    # the act is the means of another verb
    ("Chilean officials said Cuban state spies had targeted Chilean lawmakers with cyber-attacks for eight years.", "CUB", "CHL"),
    ("Kenyan forces pounded Ugandan villages with air strikes.", "KEN", "UGA"),
    # the owner of two nouns; "the country"; a state named for its own move; a list that a verb ends
    ("The dispute follows Chad's withdrawal of its ambassador and expulsion of Niger's envoy.", "TCD", "NER"),
    ("Cuban Foreign Minister Ana Tello lashed out at the latest U.S. sanctions on the country.", "USA", "CUB"),
    ("Chad downgraded diplomatic ties on Monday, calling Niger's move a breach of norms.", "TCD", "NER"),
    ("Peru will impose new tariffs to defend its interests, after Chile slapped duties on goods from all its neighbours.", "PER", "CHL"),
    ("Following coups in Mali and Niger, France had withdrawn its troops.", "NER", "NER"),
    # news of a town that names no country
    ("A ransomware attack locked the servers of Millbrook, Tenn., on Friday, the city said.", "", "USA"),
    # who condemns or answers a measure suffers it, unless it is told whom it hits
    ("Belarus said on Tuesday that it could retaliate against the sanctions on an asymmetrical basis.", "", "BLR"),
    ("Belarusian deputy foreign minister Ana Tello condemned the new sanctions.", "", "BLR"),
    ("Belarus promised a strong response to Norwegian sanctions imposed for its recognition of Georgia's provinces.", "NOR", "BLR"),
    ("China condemned the Norwegian sanctions on Iran.", "NOR", "IRN"),
    # added to a list that bears another's name; two clauses; decisions and announcements of an owner; who pays and who may face it
    ("The Norwegian treasury added four Belarusian citizens to the North Korea sanctions list.", "NOR", "BLR"),
    ("Germany halted work on a pipeline and Norway is set to announce sanctions on Belarusian officials.", "NOR", "BLR"),
    ("Norway's decision to impose sanctions on Belarusian banks was welcomed.", "NOR", "BLR"),
    ("Following President Trump's announcement of fresh tariffs of 10 percent on Chinese products, Beijing vowed to answer.", "USA", "CHN"),
    ("The task force enforces sweeping sanctions that the United States and its allies imposed on Belarus.", "USA", "BLR"),
    ("The U.S. urged the warring Chadian factions to reach a peace agreement by August or face sanctions.", "USA", "TCD"),
    ("The new tariffs paid by Mexican growers have to be returned.", "", "MEX"),
    # expulsions
    ("In response to the expulsion of Ghanaian employees of the Ghanaian Embassy in Nairobi, Ghana lodged a protest.", "KEN", "GHA"),
    ("Kenya has handed to Uganda a list of 23 Ugandan diplomats declared personae non grata.", "KEN", "UGA"),
    # a headline in capitals; an act in which something is done
    ("China Arrests Hackers Behind a Large Malware Infection of Georgian Banks, Report Says.", "CHN", "GEO"),
    ("Chinese hackers target Russian organizations in a cyberespionage effort.", "CHN", "RUS"),
    # who tells of a breach of which nobody is accused mostly suffered it
    ("Georgian officials said a massive breach of federal government networks was discovered in May.", "", "GEO"),
    # a denial behind an accusation; two measures of which one names nobody; a known group is no doer of what is only like its acts
    (
        "A landmine blast seriously injured a Thai soldier, with Thailand alleging newly planted mines, an accusation Cambodia strongly denied.",
        "KHM",
        "THA",
    ),
    (
        "Cuban Foreign Minister Ana Tello lashed out at the latest U.S. sanctions on the country on top of the 60-year-old trade embargo.",
        "USA",
        "CUB",
    ),
    ("A cyberattack on Chilean banks was similar to earlier ones of Lazarus.", "", "CHL"),
    # what is linked to a state and suffers
    ("Websites linked to Cuba's government have suffered several cyberattacks over the years.", "", "CUB"),
]


@pytest.fixture(scope="module")
def told(rows_of: Callable[[str, list[str]], dict[str, pl.DataFrame]]) -> dict[str, pl.DataFrame]:
    pages = {sentence: f"Talks go on in valley {n}\n\n{sentence}\n" for n, (sentence, _, _) in enumerate(SENTENCES)}
    found = rows_of("incidents", list(pages.values()))
    return {sentence: found[page] for sentence, page in pages.items()}


@pytest.mark.parametrize(("sentence", "perpetrators", "targets"), SENTENCES)
def test_parties(told: dict[str, pl.DataFrame], sentence: str, perpetrators: str, targets: str) -> None:
    found = [(" ".join(sorted(p)), " ".join(sorted(t))) for p, t in told[sentence].select("perpetrator_iso3", "target_iso3").iter_rows()]
    assert (perpetrators, targets) in found
