"""What the offices and names that belong together in a sentence say of persons."""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.ministers.before import EU
from transforms.ministers.names import Name
from transforms.ministers.offices import OfficeMention

_COORDINATED = re.compile(r"(?: \(\w+\))?(?:,? and(?: also)?|,|, as well as| as well as|, along with|,? with|;(?: and)?) ")
_SUBJECT_OTHER = re.compile(r"advis[eo]r|spokes|ambassador|envoy|general|commander|chief|director|governor|lawmaker|senator|speaker|chairman", re.I)
_ORDER = {"head_of_state": 0, "head_of_government": 1, "eu_official": 2, "minister": 3, "deputy_minister": 4}

Named = tuple[Name, str | None]
"""A name, and the country that is written behind it."""


@dataclass(slots=True)
class Sighting:
    """A name with the office beside it. Offsets count in the sentence."""

    name: Name
    office_text: str
    office_full: str  # the same with the country before it
    rank: str
    portfolio: str
    tenure: str
    iso3: str | None
    basis: str | None
    organisation: str | None
    office_iso3: str | None = None
    is_weak: bool = False
    is_bare: bool = False
    the_country: bool = False
    alias: str | None = None
    office: OfficeMention | None = None
    spelling: str = ""
    subject: Sighting | None = None  # whose counterpart it is
    beside: Sighting | None = None  # whom it is coordinated with: Defence Secretary X and Interior Minister Y


def sightings(text: str, chain: list[OfficeMention], names: list[Named], aliases: list[str | None], earlier: list[Sighting]) -> list[Sighting]:
    """The persons with these names who hold the offices of the chain together: Prime Minister and Minister of Defence X. `earlier` are those seen before in the
    sentence."""
    office = min(chain, key=lambda o: (o.is_weak, _ORDER[o.rank]))  # the weightiest decides: heads before ministers before deputies
    first = chain[0]
    wording = text[first.start : chain[-1].end] if len(chain) > 1 else text[office.start : office.end]
    if office.plural and office.bare_end and len(chain) == 1:
        wording = text[office.start : office.bare_end]
    full = wording if first.named < 0 or len(names) > 1 else text[first.named : chain[-1].end]
    rank, portfolio = office.rank, office.portfolio
    is_counterpart = office.office.evidence == "counterpart"
    subject: Sighting | None = None
    if is_counterpart:
        subject = _subject(text, office, earlier)
        if subject is None:
            office.is_weak = True
        else:
            rank, portfolio = subject.rank, subject.portfolio
            wording = full = subject.office_text
            if subject.rank == "eu_official":
                rank, portfolio = "minister", "foreign"
    countries: list[str] = []
    organisation = office_iso3 = None
    tenure = "current"
    is_weak = is_bare = True
    the_country = False
    for o in reversed(chain):  # what the first says counts
        countries, organisation, office_iso3 = o.countries or countries, o.organisation or organisation, o.iso3 or office_iso3
        tenure = o.tenure if o.tenure != "current" else tenure
        is_weak, is_bare, the_country = is_weak and o.is_weak, is_bare and o.is_bare, the_country or o.the_country
    if organisation == EU:
        rank = "eu_official"
    wording, full = _tidy(wording), _tidy(full)
    result = []
    for i, ((name, behind), alias) in enumerate(zip(names, aliases, strict=True)):
        iso3 = behind
        if iso3 is None and len(countries) in (1, len(names)):
            iso3 = countries[0 if len(countries) == 1 else i]
        result.append(
            Sighting(
                name,
                wording,
                full,
                rank,
                portfolio,
                tenure,
                None if organisation == EU else iso3,
                "stated" if iso3 else None,
                organisation,
                office_iso3,
                is_weak and not (behind and office.office.evidence in {"country", "state"}),
                is_bare,
                the_country,
                alias,
                office,
                text[name.start : name.end],
            )
        )
    if is_counterpart and not office.is_weak and len(names) > 1 and len(earlier) == len(names):
        for sighting, other in zip(result, earlier, strict=True):  # two ministers and their two counterparts, one by one
            if other.rank != "eu_official":
                sighting.rank, sighting.portfolio = other.rank, other.portfolio
                sighting.office_text = sighting.office_full = other.office_text
    elif subject is not None and subject.is_bare:
        for sighting in result:
            sighting.subject = subject
    if earlier and _COORDINATED.fullmatch(text, *_between(earlier[-1], result[0], first)):
        result[0].beside = earlier[-1]
    return result


def _subject(text: str, office: OfficeMention, earlier: list[Sighting]) -> Sighting | None:
    """Whose counterpart it is: the office-holder named last before, unless somebody else is."""
    if not earlier or _SUBJECT_OTHER.search(text, earlier[-1].name.end, max(earlier[-1].name.end, office.outer)):
        return None
    return earlier[-1]


def _between(one: Sighting, other: Sighting, office: OfficeMention) -> tuple[int, int]:
    """What stands between one person with an office and the next, whose office begins with `office`."""
    end = max(one.name.end, one.office.end if one.office else 0)
    return end, max(end, min(other.name.begin, office.outer))


def _tidy(wording: str) -> str:
    return " ".join(wording.split()).strip(' ,(“"')
