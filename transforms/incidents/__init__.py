"""Incidents: which hostile acts an article reports, with their parties and with who blames whom."""

from __future__ import annotations

from typing import Any

import polars as pl

from transforms.context import Article
from transforms.incidents.attributions import attributions
from transforms.incidents.candidates import candidates
from transforms.incidents.clusters import incidents
from transforms.incidents.incident import Incident
from transforms.incidents.lists import compile_lists, cue_expression
from transforms.incidents.suspects import MARKS
from transforms.lexicon import Lexicon
from transforms.parties import Party
from transforms.rows import date_columns, frame_of, party_lists, party_rows
from transforms.text import hash_id

__all__ = ["CUE", "MARKS", "cues", "find"]

CUE = "incident"


def cues(lexicon: Lexicon) -> pl.Expr:
    """Whether a sentence (column `text`) may tell a hostile act: Boolean, one pass over the text, wide on purpose."""
    return cue_expression(lexicon.compiled(compile_lists))


def find(articles: list[Article], lexicon: Lexicon) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Incidents, their parties and attributions, as `schemas.incidents`, `schemas.incident_parties` and `schemas.incident_attributions` have them;
    ministers by their person_key; sorted by key. One row per incident and article."""
    lists = lexicon.compiled(compile_lists)
    rows: list[dict[str, Any]] = []
    parties: list[dict[str, Any]] = []
    blamed: dict[str, dict[str, Any]] = {}
    for article, sentences in zip(articles, candidates(articles, CUE, lists), strict=True):
        for incident in incidents(article, sentences, lists, CUE):
            event = incident.best
            sentence = event.sentence
            key = hash_id(article.article_id, sentence.start, sentence.end, sentence.text, event.incident_type, incident.number)
            by_role = {"perpetrator": incident.perpetrators, "target": incident.targets, "responder": incident.responders}
            rows.append(_row(key, incident, by_role))
            for role, members in by_role.items():
                parties.extend(party_rows("incident", key, role, members))
            for row in attributions(incident, key):
                blamed[row["attribution_id"]] = row
    return (
        frame_of(rows, "incidents").sort("incident_id"),
        frame_of(parties, "incident_parties").sort("incident_id", "role", "party_no"),
        frame_of(list(blamed.values()), "incident_attributions").sort("attribution_id"),
    )


def _row(key: str, incident: Incident, by_role: dict[str, list[Party]]) -> dict[str, Any]:
    event = incident.best
    sentence, date = event.sentence, incident.date
    realis = event.realis
    perpetrators, perpetrator_iso3 = party_lists(by_role["perpetrator"])
    targets, target_iso3 = party_lists(by_role["target"])
    return {
        "incident_id": key,
        "article_id": sentence.article.article_id,
        "quote": sentence.text,
        "start_char": sentence.start,
        "end_char": sentence.end,
        "incident_type": event.incident_type,
        "name": incident.name,
        "realis": realis,
        "perpetrators": perpetrators,
        "targets": targets,
        "responders": party_lists(by_role["responder"])[0],
        "perpetrator_iso3": perpetrator_iso3,
        "target_iso3": target_iso3,
        **date_columns("occurred", date),
        "location_iso3": incident.location,
        "plover_event": "THREATEN" if realis in ("threatened", "planned") else event.rule.plover_event,
        "plover_mode": event.rule.plover_mode,
        "rule_id": event.rule.rule_id,
    }
