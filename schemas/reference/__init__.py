"""The contracts of `seeds/reference/*.csv`: one model per file. Values are read as text unless the model says otherwise."""

from __future__ import annotations

from schemas.base import Table
from schemas.countries import Countries
from schemas.reference.abbreviations import Abbreviations
from schemas.reference.commitment_phrases import CommitmentPhrases
from schemas.reference.commitment_rules import CommitmentRules
from schemas.reference.country_context_words import CountryContextWords
from schemas.reference.country_customs import CountryCustoms
from schemas.reference.country_lookalikes import CountryLookalikes
from schemas.reference.country_names import CountryNames
from schemas.reference.currencies import Currencies
from schemas.reference.given_names import GivenNames
from schemas.reference.incident_rules import IncidentRules
from schemas.reference.incident_words import IncidentWords
from schemas.reference.known_actors import KnownActors
from schemas.reference.non_names import NonNames
from schemas.reference.office_holders import OfficeHolders
from schemas.reference.office_words import OfficeWords
from schemas.reference.offices import Offices
from schemas.reference.organisations import Organisations
from schemas.reference.page_labels import PageLabels
from schemas.reference.places import Places
from schemas.reference.portfolios import Portfolios
from schemas.reference.subnational import Subnational
from schemas.reference.titles import Titles
from schemas.reference.topics import Topics

REFERENCE: dict[str, type[Table]] = {
    "known_actors": KnownActors,
    "incident_rules": IncidentRules,
    "incident_words": IncidentWords,
    "page_labels": PageLabels,
    "abbreviations": Abbreviations,
    "countries": Countries,
    "country_names": CountryNames,
    "country_lookalikes": CountryLookalikes,
    "country_context_words": CountryContextWords,
    "country_customs": CountryCustoms,
    "topics": Topics,
    "currencies": Currencies,
    "commitment_phrases": CommitmentPhrases,
    "commitment_rules": CommitmentRules,
    "organisations": Organisations,
    "given_names": GivenNames,
    "non_names": NonNames,
    "office_holders": OfficeHolders,
    "office_words": OfficeWords,
    "offices": Offices,
    "places": Places,
    "portfolios": Portfolios,
    "subnational": Subnational,
    "titles": Titles,
}
"""Every reference list by the stem of its file name."""

__all__ = ["REFERENCE"]
