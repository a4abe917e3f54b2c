"""Commitments: who undertook to do what, towards whom."""

from __future__ import annotations

import polars as pl

from transforms.commitments.details import Details, describe
from transforms.commitments.grammar import SIGNS, Undertaking, cue_expression, undertakings
from transforms.commitments.rules import candidates
from transforms.context import Article
from transforms.lexicon import Lexicon
from transforms.rows import frame_of, party_lists, party_rows
from transforms.text import hash_id

CUE = "commitment"


def cues(lexicon: Lexicon) -> pl.Expr:
    """Whether a sentence (column `text`) may hold an undertaking: Boolean, one pass over the text, wide on purpose."""
    return cue_expression(lexicon)


def find(articles: list[Article], lexicon: Lexicon) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Commitments and their parties, as `schemas.commitments.Commitments` and `schemas.commitment_parties.CommitmentParties` have them; ministers
    by their person_key; sorted by key. At most one commitment a sentence."""
    rows: list[dict[str, object]] = []
    members_of: list[dict[str, object]] = []
    found = [u for article, places in zip(articles, candidates(articles, CUE, SIGNS, lexicon), strict=True) for u in undertakings(article, places)]
    for one, details in zip(found, describe(found, lexicon), strict=True):
        sentence = one.sentence
        key = hash_id(sentence.article.article_id, sentence.start, sentence.end, sentence.text)
        rows.append(_row(key, one, details))
        for role, members in (("actor", one.actors), ("recipient", details.recipients)):
            members_of.extend(party_rows("commitment", key, role, members))
    return (
        frame_of(rows, "commitments").sort("commitment_id"),
        frame_of(members_of, "commitment_parties").sort("commitment_id", "role", "party_no"),
    )


def _row(key: str, found: Undertaking, details: Details) -> dict[str, object]:
    sentence = found.sentence
    actors, actor_iso3 = party_lists(found.actors)
    recipients, recipient_iso3 = party_lists(details.recipients)
    return {
        "commitment_id": key,
        "article_id": sentence.article.article_id,
        "quote": sentence.text,
        "start_char": sentence.start,
        "end_char": sentence.end,
        "speech_act": found.rule.speech_act,
        "stage": found.rule.stage,
        "firmness": found.rule.firmness,
        "is_negated": found.is_negated,
        "is_conditional": details.condition is not None,
        "condition_text": details.condition,
        "reported_as": found.reported_as,
        "speaker_minister_id": found.speaker.person_key if found.speaker else None,
        "actors": actors,
        "recipients": recipients,
        "actor_iso3": actor_iso3,
        "recipient_iso3": recipient_iso3,
        "action_text": details.action,
        "topics": details.topics,
        "amount_value": details.amount,
        "amount_currency": details.currency,
        **details.made,
        **details.due,
        "plover_event": found.rule.plover_event,
        "rule_id": found.rule_id,
    }
