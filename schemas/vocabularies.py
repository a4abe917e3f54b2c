"""The closed lists, each kept once. pandera enforces them on frames; the loader checks them again before it commits."""

from __future__ import annotations

FILE_STATUS = (
    "loaded",
    "duplicate",
    "empty",
    "not_text",
    "too_large",
    "unsupported_language",
    "unreadable",
    "failed",
    "gone",
)
REJECTED_STATUS = ("empty", "not_text", "too_large", "unsupported_language", "unreadable", "failed")

DATE_BASIS = ("stated", "relative", "publication", "metadata", "none")
BLOCK = ("main", "related", "editors_choice", "popular", "listing", "other")
FIELD = ("title", "body")
MENTION_TYPE = ("name", "abbreviation", "demonym", "capital")

COUNTRY_BASIS = ("stated", "context", "reference", "none")
RANK = ("head_of_state", "head_of_government", "minister", "deputy_minister", "eu_official")
PORTFOLIO = (
    "head",
    "foreign",
    "defence",
    "trade",
    "economy",
    "finance",
    "energy",
    "interior",
    "justice",
    "agriculture",
    "transport",
    "health",
    "education",
    "environment",
    "technology",
    "culture",
    "labour",
    "development",
    "europe",
    "other",
)
TENURE = ("current", "former", "acting", "designate")

SPEECH_ACT = (
    "pledge",
    "agree",
    "announce",
    "promise",
    "undertake",
    "reaffirm",
    "offer",
    "sign",
    "plan",
    "threaten",
    "refuse",
)
STAGE = ("offered", "pledged", "agreed", "signed", "withdrawn", "refused")
FIRMNESS = ("firm", "soft")
REPORTED_AS = ("asserted", "reported_speech", "direct_quote", "anonymous")
TOPIC = (
    "trade",
    "tariffs",
    "supply_chains",
    "semiconductors",
    "critical_minerals",
    "energy",
    "climate",
    "technology",
    "artificial_intelligence",
    "cybersecurity",
    "export_controls",
    "sanctions",
    "defence",
    "security",
    "peace_process",
    "diplomacy",
    "humanitarian_aid",
    "human_rights",
    "migration",
    "health",
    "finance",
    "infrastructure",
    "education_research",
    "space",
    "governance",
    "other",
)
PARTY_TYPE = ("state", "person", "organisation", "group")
COMMITMENT_ROLE = ("actor", "recipient")

INCIDENT_TYPE = (
    "cyberattack",
    "disinformation",
    "sabotage",
    "espionage",
    "attack",
    "sanction",
    "tariff",
    "export_control",
    "detention_or_expulsion",
    "other",
)
REALIS = ("actual", "alleged", "attempted", "threatened", "planned", "denied")
INCIDENT_ROLE = ("perpetrator", "target", "responder")
STANCE = ("asserted", "hedged", "denied", "contested")
# EuRepoC codebook 1.1, "attribution basis"
ATTRIBUTION_BASIS = (
    "attacker_confirms",
    "it_security_community",
    "receiver_government",
    "receiver",
    "third_party",
    "media",
    "eu_institution",
    "international_organisation",
    "contested",
)
# EuRepoC codebook 1.1, "initiator category"
INITIATOR_CATEGORY = ("state", "non_state_state_affiliated", "non_state_group", "individual", "unknown")
# PLOVER's root event types (Political Language Ontology for Verifiable Event Records, 2023)
PLOVER_EVENT = (
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
)
