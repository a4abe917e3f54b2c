"""The contracts: one pandera model per table, and what is derived from them."""

from __future__ import annotations

from schemas.article_ministers import ArticleMinisters
from schemas.article_placements import ArticlePlacements
from schemas.articles import Articles
from schemas.base import Table
from schemas.commitment_parties import CommitmentParties
from schemas.commitments import Commitments
from schemas.countries import Countries
from schemas.country_mentions import CountryMentions
from schemas.documents import Documents
from schemas.files import Files
from schemas.incident_attributions import IncidentAttributions
from schemas.incident_parties import IncidentParties
from schemas.incidents import Incidents
from schemas.minister_mentions import MinisterMentions
from schemas.ministers import Ministers
from schemas.runs import Runs

TABLES: dict[str, type[Table]] = {
    "files": Files,
    "documents": Documents,
    "articles": Articles,
    "article_placements": ArticlePlacements,
    "countries": Countries,
    "country_mentions": CountryMentions,
    "article_ministers": ArticleMinisters,
    "ministers": Ministers,
    "minister_mentions": MinisterMentions,
    "commitments": Commitments,
    "commitment_parties": CommitmentParties,
    "incidents": Incidents,
    "incident_parties": IncidentParties,
    "incident_attributions": IncidentAttributions,
    "runs": Runs,
}
"""Every table by name, in an order in which what is referenced comes before what refers to it where possible."""

ARTICLE_TABLES = (
    "country_mentions",
    "article_ministers",
    "minister_mentions",
    "commitments",
    "commitment_parties",
    "incidents",
    "incident_parties",
    "incident_attributions",
)
"""The tables whose rows are derived from one article and replaced together with it."""

__all__ = ["ARTICLE_TABLES", "TABLES", "Table"]
