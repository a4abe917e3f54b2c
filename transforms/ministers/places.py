"""Gives each person of an article a country: stated, from the list of office-holders, from the office itself, from the context."""

from __future__ import annotations

from transforms.ministers.holders import choose, fits, holders_of
from transforms.ministers.people import Article, CountryPlace, Person
from transforms.ministers.visits import Visits
from transforms.ministers.vocabulary import Vocabulary

# Constitutions, as far as they tell of whom a bare "Minister" or "President" is not one. Offices that came or went since about 2000 are left out.
_NO_MINISTERS = frozenset({"USA"})
_NO_PRIME_MINISTER = frozenset(
    {"USA", "MEX", "BRA", "ARG", "CHL", "COL", "ECU", "VEN", "BOL", "URY", "PRY", "CRI", "PAN", "GTM", "HND", "NIC", "SLV", "DOM", "PHL", "IDN", "NGA", "GHA",
     "ZAF", "ZMB", "MWI", "LBR", "SLE", "CYP", "IRN", "CHE"}
)  # fmt: skip
_NO_PRESIDENT = frozenset(
    {"GBR", "AUS", "CAN", "NZL", "JPN", "ESP", "SWE", "NOR", "DNK", "NLD", "BEL", "LUX", "LIE", "MCO", "THA", "MYS", "KHM", "BTN", "SAU", "JOR", "MAR", "KWT", "QAT",
     "BHR", "OMN", "BRN", "JAM", "BHS", "BLZ", "PNG", "SLB", "TUV", "TON", "LSO", "SWZ"}
)  # fmt: skip
# Secretaries that the United States have not: departments of other names, or of British spelling.
_NOT_AMERICAN = ("foreign ", "home ", "business ", "culture ", "environment ", "justice ", "transport ", "work and ", "international ", "communities ", "defence ",
                 "labour ", "finance ", "tourism ", "trade ", "brexit ", "levelling ", "northern ireland ", "scottish ", "welsh ", "technology ", "science ")  # fmt: skip
# Where the chancellor (canciller) is the foreign minister.
_CANCILLERES = frozenset(
    {"MEX", "BRA", "ARG", "CHL", "COL", "ECU", "VEN", "BOL", "URY", "PRY", "PER", "CRI", "PAN", "GTM", "HND", "NIC", "SLV", "DOM", "CUB"}
)  # fmt: skip
_FEDERATIONS = frozenset(
    {"AUS", "DEU", "CAN", "AUT", "CHE", "BEL", "BIH", "RUS", "PAK", "IND", "NPL", "MYS", "NGA", "ETH", "SOM", "SSD", "SDN", "IRQ", "ARE", "BRA", "ARG", "MEX",
     "VEN", "USA", "KNA", "FSM", "COM", "SRB", "MNE", "YUG"}
)  # fmt: skip
_NEAR = 250  # characters: about two sentences


def place(people: list[Person], article: Article, words: Vocabulary) -> None:
    """Gives each person a country: stated, from the list of office-holders, from the office itself, from the context."""
    for person in people:
        _place_by_name(person, article, words)
    unplaced = [p for p in people if p.iso3 is None and p.organisation is None]
    if not unplaced:
        return
    held = {(p.rank, p.portfolio, p.iso3) for p in people if p.iso3 and p.portfolio != "other" and p.is_current}
    who = {id(s.sighting): p for p in people for s in p.seen}
    foreign = {p.iso3 for p in people if p.basis == "stated"}
    visits = Visits.of(article.text, article.mentions)
    speaker = next((p for p in people if visits.speaks(p)), None)
    for person in sorted(unplaced, key=lambda p: p is not speaker):
        current = person.is_current
        not_of = visits.foreign_to(person, people) | _without_office(person, set(article.scores), article.text)
        free = {c: n for c, n in article.scores.items() if c not in not_of and (not current or (person.rank, person.portfolio, c) not in held)}
        beside = next((who[id(s.sighting.beside)] for s in person.seen if id(s.sighting.beside) in who), None)
        joint = beside.iso3 if beside is not None and (beside.iso3 in free or not _same_office(person, beside)) else None
        told = visits.government() if person is speaker else speaker.iso3 if speaker is not None and visits.is_colleague(person) else None
        told = told or (None if person is speaker or joint else visits.host_of(person))
        # of two countries, news name the officials of the other one with their country
        own = {c: n for c, n in free.items() if c not in foreign}
        iso3 = (told if told in free else None) or joint or _secretary(person, free) or _nearby(person, free, article.mentions)
        iso3 = iso3 or _dominant(free) or _dominant(own)
        if iso3:
            person.iso3, person.basis = iso3, "context"


def _place_by_name(person: Person, article: Article, words: Vocabulary) -> None:
    """Gives a person the country that the page states, that of the office-holder of the name, or that of the office or delegation."""
    stated = [s.sighting.iso3 for s in person.seen if s.sighting.iso3]
    strict = len(person.soft) == 1
    candidates = [h for h in holders_of(person, words) if fits(h, person, strict)]
    person.holder = choose(candidates, person, article)
    if person.holder is not None and all(
        s.sighting.is_weak and s.sighting.office and s.sighting.office.office.evidence == "counterpart" for s in person.seen
    ):
        person.rank, person.portfolio = person.holder.rank, person.holder.portfolio
    if person.organisation:
        person.basis = "none"
    elif stated:
        person.iso3, person.basis = max(stated, key=stated.count), "stated"
    elif person.holder is not None:
        person.iso3, person.basis = person.holder.iso3, "reference"
        if person.holder.organisation:
            person.organisation, person.rank, person.basis = person.holder.organisation, "eu_official", "none"
    else:
        office = next((s.sighting.office_iso3 for s in person.seen if s.sighting.office_iso3), None)
        side = next((s.side for s in person.seen if s.side), None)
        if office:
            person.iso3, person.basis = office, "reference"
        elif side:
            person.iso3, person.basis = side, "context"


def _without_office(person: Person, named: set[str], text: str) -> set[str]:
    """The countries that have no office of the person's name."""
    wordings = [s.sighting.office_text.lower() for s in person.seen if s.sighting.office_text]
    found: set[str] = set()
    if wordings and all("minister" in wording for wording in wordings):
        found |= _NO_MINISTERS
    if any("prime minister" in wording for wording in wordings):
        found |= _NO_PRIME_MINISTER
    if any(wording in {"president", "vice president", "vice-president"} for wording in wordings):
        found |= _NO_PRESIDENT
    if "Federal Government" in text or "federal government" in text or any("federal" in wording for wording in wordings):
        found |= named - _FEDERATIONS
    return found


def is_civil_servant(person: Person) -> bool:
    """In South Asia secretaries are the officials below a minister, and in most countries undersecretaries are."""
    offices = {s.sighting.office.office.office for s in person.seen if s.sighting.office is not None}
    if offices and offices <= {"undersecretary", "under secretary", "under-secretary"} and person.iso3 not in {"PHL", "ITA", "MEX", "ARG", "CHL"}:
        return True
    return person.iso3 in {"IND", "PAK", "BGD", "LKA", "NPL"} and all(
        s.sighting.office is not None and s.sighting.office.office.office == "secretary" for s in person.seen
    )


def correct(person: Person) -> None:
    """Two offices that mean another thing in some countries: the British and the Latin American chancellor, secretaries of state below a minister."""
    offices = {s.sighting.office.office.office for s in person.seen if s.sighting.office is not None}
    if person.rank == "head_of_government" and offices == {"chancellor"} and person.iso3 == "GBR":
        person.rank, person.portfolio = "minister", "finance"
    if person.rank == "head_of_government" and offices == {"chancellor"} and person.iso3 in _CANCILLERES:
        person.rank, person.portfolio = "minister", "foreign"
    if person.rank == "minister" and offices == {"secretary of state"} and person.iso3 not in {"USA", "GBR", "VAT", "MEX", "PHL", None}:
        person.rank = "deputy_minister"


def _secretary(person: Person, scores: dict[str, float]) -> str | None:
    """Secretaries are ministers in few countries: the one of them that the article names. Secretaries of state for something are British."""
    wordings = [s.sighting.office_text.lower() for s in person.seen]
    if not any("secretar" in wording and "state secretar" not in wording for wording in wordings):
        return None
    if "GBR" in scores and any("secretary of state for " in wording for wording in wordings):
        return "GBR"
    american = not any(wording.startswith(_NOT_AMERICAN) for wording in wordings)
    named = {c: scores[c] for c in ("USA", "GBR", "PHL", "MEX", "KEN") if c in scores and (american or c != "USA")}
    return max(named, key=lambda c: named[c]) if named else "USA" if american else "GBR"


def _same_office(a: Person, b: Person) -> bool:
    """Whether both hold an office of one name, so that they cannot be of one country."""
    return not {s.sighting.office_text.lower() for s in a.seen}.isdisjoint(s.sighting.office_text.lower() for s in b.seen)


def _nearby(person: Person, free: dict[str, float], mentions: list[CountryPlace]) -> str | None:
    """The only country named shortly before whose official it can be, unless the article hardly speaks of it."""
    first = person.seen[0]
    near = {iso3 for where, start, _, iso3, _ in mentions if where == first.where and first.start - _NEAR <= start < first.start and iso3 in free}
    if len(near) != 1:
        return None
    iso3 = near.pop()
    return iso3 if free[iso3] >= 0.25 * max(free.values()) else None


def _dominant(scores: dict[str, float]) -> str | None:
    """The country an article is about, if one stands out."""
    ranked = sorted(scores.items(), key=lambda x: (-x[1], x[0]))
    if not ranked:
        return None
    if len(ranked) == 1 or ranked[0][1] >= 1.5 * ranked[1][1]:
        return ranked[0][0]
    return None
