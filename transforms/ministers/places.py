"""Gives each person of an article a country: stated, from the list of office-holders, from the office itself, from the context."""

from __future__ import annotations

from transforms.ministers.holders import choose, fits, holders_of
from transforms.ministers.people import Article, CountryPlace, Person
from transforms.ministers.visits import Visits
from transforms.ministers.vocabulary import Vocabulary

# Secretaries that the United States have not: departments of other names, or of British spelling.
_NOT_AMERICAN = ("foreign ", "home ", "business ", "culture ", "environment ", "justice ", "transport ", "work and ", "international ", "communities ", "defence ",
                 "labour ", "finance ", "tourism ", "trade ", "brexit ", "levelling ", "northern ireland ", "scottish ", "welsh ", "technology ", "science ")  # fmt: skip
_SERVICES = ("navy", "army", "air force")
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
    # Defence Minister X and Foreign Minister Y, whom the list of office-holders has
    followed = {
        id(who[id(s.sighting.beside)]): p for p in people if p.iso3 and p.basis == "reference" for s in p.seen if id(s.sighting.beside) in who
    }
    scores = article.scores or {p.iso3: 1.0 for p in people if p.iso3}  # a page that names no country is of that of whom everybody knows
    foreign = {p.iso3 for p in people if p.basis == "stated"}
    visits = Visits.of(article.text, article.mentions)
    speaker = next((p for p in people if visits.speaks(p)), None)
    for person in sorted(unplaced, key=lambda p: p is not speaker):
        current = person.is_current
        not_of = visits.foreign_to(person, people) | _without_office(person, article, words)
        free = {c: n for c, n in scores.items() if c not in not_of and (not current or (person.rank, person.portfolio, c) not in held)}
        beside = next((who[id(s.sighting.beside)] for s in person.seen if id(s.sighting.beside) in who), None) or followed.get(id(person))
        joint = beside.iso3 if beside is not None and (beside.iso3 in free or not _same_office(person, beside)) else None
        told = visits.government() if person is speaker else speaker.iso3 if speaker is not None and visits.is_colleague(person) else None
        told = told or (None if person is speaker or joint else visits.host_of(person))
        # of two countries, news name the officials of the other one with their country
        own = {c: n for c, n in free.items() if c not in foreign}
        iso3 = (told if told in free else None) or joint or _secretary(person, free, scores, words) or _nearby(person, free, article.mentions)
        iso3 = iso3 or _dominant(free) or _dominant(own)
        if not free:  # the minister and his successor
            iso3 = iso3 or _dominant({c: n for c, n in scores.items() if c not in not_of})
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


def _without_office(person: Person, article: Article, words: Vocabulary) -> set[str]:
    """The countries that have no office of the person's name."""
    wordings = [s.sighting.office_text.lower() for s in person.seen if s.sighting.office_text]
    found: set[str] = set()
    if wordings and all("minister" in wording for wording in wordings):
        found.update(words.customs["no_minister"])
    if any("prime minister" in wording for wording in wordings):
        found.update(words.customs["no_prime_minister"])
    if any(wording in {"president", "vice president", "vice-president"} for wording in wordings):
        found.update(words.customs["no_president"])
    if "Federal Government" in article.text or "federal government" in article.text or any("federal" in wording for wording in wordings):
        found.update(article.scores.keys() - words.customs["federation"])
    return found


def is_civil_servant(person: Person, words: Vocabulary) -> bool:
    """In South Asia secretaries are the officials below a minister, in most countries undersecretaries, in the United States those of the armed services."""
    offices = {s.sighting.office.office.office for s in person.seen if s.sighting.office is not None}
    below = {"undersecretary", "under secretary", "under-secretary"}
    if offices and offices <= below and person.iso3 not in words.customs["undersecretary_is_deputy"]:
        return True
    wordings = [s.sighting.office_text.lower() for s in person.seen]
    if person.iso3 == "USA" and wordings and all("secretary" in w and any(arm in w for arm in _SERVICES) for w in wordings):
        return True
    return person.iso3 in words.customs["secretary_is_civil_servant"] and all(
        s.sighting.office is not None and s.sighting.office.office.office == "secretary" for s in person.seen
    )


def correct(person: Person, words: Vocabulary) -> None:
    """Two offices that mean another thing in some countries: the British and the Latin American chancellor, secretaries of state below a minister."""
    offices = {s.sighting.office.office.office for s in person.seen if s.sighting.office is not None}
    if person.rank == "head_of_government" and offices == {"chancellor"}:
        if person.iso3 == "GBR":
            person.rank, person.portfolio = "minister", "finance"
        elif person.iso3 in words.customs["chancellor_is_foreign_minister"]:
            person.rank, person.portfolio = "minister", "foreign"
    if person.is_leader:
        person.rank = (
            person.holder.rank if person.holder is not None else "head_of_government" if person.iso3 in words.customs["no_president"] else person.rank
        )
    if person.rank == "minister" and offices == {"secretary of state"} and person.iso3 is not None:
        person.rank = "minister" if person.iso3 in words.customs["secretary_of_state_is_minister"] else "deputy_minister"


def _secretary(person: Person, scores: dict[str, float], named: dict[str, float], words: Vocabulary) -> str | None:
    """Secretaries are ministers in few countries: the one of them that the article names, among those in `scores`, where nobody else holds the
    office. Secretaries of state for something are British."""
    wordings = [s.sighting.office_text.lower() for s in person.seen]
    if not any("secretar" in wording and "state secretar" not in wording for wording in wordings):
        return None
    if "GBR" in scores and any("secretary of state for " in wording for wording in wordings):
        return "GBR"
    american = not any(wording.startswith(_NOT_AMERICAN) for wording in wordings)
    if "GBR" not in scores and (servants := {c: n for c, n in named.items() if c in words.customs["secretary_is_civil_servant"]}) and not american:
        return max(servants, key=lambda c: servants[c])
    held = {c: scores[c] for c in words.customs["secretary_is_minister"] if c in scores and (american or c != "USA")}
    return max(held, key=lambda c: held[c]) if held else "USA" if american else "GBR"


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
