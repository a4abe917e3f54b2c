"""Finds persons in the list of office-holders."""

from __future__ import annotations

from transforms.ministers.people import HEADS, Article, Person
from transforms.ministers.vocabulary import Holder, Vocabulary


def holders_of(person: Person, words: Vocabulary) -> list[Holder]:
    """The office-holders of the reference list that the person may be."""
    if len(person.soft) > 1:
        found = words.holders.get(frozenset(person.soft) - {"al", "el", "ii", "iii", "bin"}, [])
        return found or [h for h in _longer(person, words) if fits(h, person, strict=True)]
    return words.surnames.get(person.soft[0], [])


def _longer(person: Person, words: Vocabulary) -> list[Holder]:
    """Those whose listed name has all parts of the person's and more, the first among them: Salman bin Abdulaziz is one Al Saud."""
    own = set(person.soft) - {"al", "el", "bin"}
    if len(own) < 2 or person.soft[0] not in words.longer:
        return []
    return [h for parts, h in words.longer[person.soft[0]] if own < parts]


def fits(holder: Holder, person: Person, strict: bool) -> bool:
    """Whether the offices of the page agree with the list: rank for surnames, and portfolio where both say one."""
    for s in person.seen:
        a = s.sighting
        if a.iso3 and holder.iso3 and a.iso3 != holder.iso3:
            return False
        if a.organisation == "European Union" and holder.organisation is None:
            return False
    if not strict:
        return True
    for s in person.seen:
        a = s.sighting
        wording = a.office_text.lower()
        if a.office is not None and a.office.office.evidence == "counterpart" and a.is_weak:
            return True  # whose counterpart the page does not say
        crown = a.office is not None and a.office.office.evidence in {"country", "holder"}
        if holder.organisation and (a.rank == "eu_official" or (a.rank in {"head_of_state", "deputy_minister"} and "resident" in wording)):
            return True
        same_rank = a.rank == holder.rank or (a.rank in HEADS and holder.rank in HEADS and (crown or "chancellor" in wording or "premier" in wording))
        if "chancellor" in wording and holder.portfolio == "finance" and holder.iso3 == "GBR":
            return True
        same_portfolio = a.portfolio in {holder.portfolio, "other"} or a.rank in HEADS
        if same_rank and same_portfolio:
            return True
    return False


def choose(candidates: list[Holder], person: Person, article: Article) -> Holder | None:
    """The one office-holder who fits; of several, the one of the country that the article names most."""
    keys = {h.key for h in candidates}
    if len(keys) > 1 or len({h.iso3 for h in candidates}) > 1:
        named = [h for h in candidates if h.iso3 in article.scores or h.organisation]
        whom = named or (candidates if len(person.soft) > 1 else [])
        exact = [h for h in whom if any(h.rank == s.sighting.rank and h.portfolio == s.sighting.portfolio for s in person.seen)] or named
        if len({h.iso3 for h in exact}) > 1:
            best = max(article.scores.get(h.iso3 or "", 0) for h in exact)
            exact = [h for h in exact if article.scores.get(h.iso3 or "", 0) == best]
        candidates = exact
        if len({(h.iso3, h.organisation) for h in candidates}) != 1:
            return None
        if len({h.key for h in candidates}) > 1:  # two of one surname and country: the country is sure, the person is not
            first = candidates[0]
            return Holder("", first.surname_key, first.iso3, first.organisation, first.rank, first.portfolio)
    return candidates[0] if candidates else None
