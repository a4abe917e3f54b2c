"""Who blames whom for an incident."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from transforms.incidents.blame import CLAIMED
from transforms.incidents.event import Event
from transforms.incidents.incident import Incident
from transforms.parties import Party
from transforms.text import hash_id

_BLAMED_TYPES = ("cyberattack", "disinformation", "sabotage", "espionage", "attack", "other")
_SECURITY_FIRM = re.compile(
    r"\b(?:researchers?|(?:cyber)?security\s(?:firm|company|vendor|experts?)|threat\sintelligence|Microsoft|Google|Mandiant|CrowdStrike|Kaspersky|ESET|Volexity|analysts\sat)\b"
)


def attributions(incident: Incident, key: str) -> Iterator[dict[str, Any]]:
    """Who blames whom: one row for each accuser and accused, from the sentence that says so."""
    if incident.incident_type not in _BLAMED_TYPES:
        return
    seen: set[tuple[str | None, str]] = set()
    best = incident.best
    ranked = [e for e in incident.told if e.sentence.field == best.sentence.field and not e.is_guessed]
    for event in sorted(ranked, key=lambda e: (e is not best, not e.is_blamed, -e.score, e.sentence.index)):
        accuser = event.accusers[0] if event.accusers else None
        for accused in event.perpetrators[:6]:
            who = (accuser.label if accuser else None, accused.name if accused.is_named_group else accused.label)  # a state and its APT28 are two
            if (
                who in seen
                or (accuser is None and any(s[1] == who[1] for s in seen))
                or (event is not best and event.stance != best.stance and event.stance == "hedged")
            ):
                continue
            seen.add(who)
            sentence = event.sentence
            yield {
                "attribution_id": hash_id(key, sentence.start, sentence.end, who[0], accused.name),
                "incident_id": key,
                "attributing_name": accuser.name if accuser else None,
                "attributing_iso3": accuser.iso3 if accuser else None,
                "attributed_name": accused.name,
                "attributed_iso3": accused.iso3,
                "stance": event.stance,
                "hedge_cue": event.hedge_cue,
                "basis": _basis(incident, event, accuser),
                "initiator_category": _category(accused),
                "quote": sentence.text,
                "start_char": sentence.start,
                "end_char": sentence.end,
            }


def _basis(incident: Incident, event: Event, accuser: Party | None) -> str:
    if event.stance == "denied":
        return "contested"
    if CLAIMED.search(event.sentence.lower):
        return "attacker_confirms"
    if accuser is None:
        return "it_security_community" if _SECURITY_FIRM.search(event.sentence.text) else "media"
    if accuser.name.startswith("European") or accuser.name in ("Europol", "ENISA", "CERT-EU"):
        return "eu_institution"
    if accuser.iso3 is None and _SECURITY_FIRM.search(accuser.name):
        return "it_security_community"
    if accuser.party_type == "organisation" and accuser.iso3 is None:
        return "international_organisation"
    return "receiver_government" if accuser.iso3 in {p.iso3 for p in incident.targets} else "third_party"


def _category(accused: Party) -> str:
    if accused.party_type in ("state", "person"):
        return "state"
    if accused.party_type == "organisation":
        return "state" if accused.iso3 else "unknown"
    return "non_state_state_affiliated" if accused.iso3 else "non_state_group"
