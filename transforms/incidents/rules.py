"""The lists of incidents, compiled: rules, known actors, hedges."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from transforms.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of `incident_rules.csv`, compiled."""

    rule_id: str
    incident_type: str
    voice: str
    weight: int
    pattern: re.Pattern[str]
    plover_event: str
    plover_mode: str | None


@dataclass(frozen=True, slots=True)
class Actor:
    """A row of `known_actors.csv`."""

    name: str
    iso3: str | None
    category: str


@dataclass(frozen=True)
class Lists:
    rules: list[Rule]
    actors: dict[str, Actor]
    aliases: re.Pattern[str]


def compile_lists(lexicon: Lexicon) -> Lists:
    columns = ("rule_id", "incident_type", "voice", "weight", "pattern", "plover_event", "plover_mode")
    rules = [
        Rule(*row[:4], re.compile(row[4], re.IGNORECASE), *row[5:])  # type: ignore[call-arg]
        for row in lexicon.frame("incident_rules").select(columns).iter_rows()
    ]
    rows = lexicon.frame("known_actors")
    actors = {alias: Actor(name, iso3, category) for alias, name, iso3, category in rows.select("alias", "actor", "iso3", "category").iter_rows()}
    names = "|".join(re.escape(a) for a in sorted(actors, key=len, reverse=True))
    return Lists(rules, actors, re.compile(rf"(?<!\w)(?:{names})(?![\w-])"))


# Any word that a rule may begin with: wide on purpose, one linear pass for all sentences.
_CUES = (
    r"(?i)cyber|\bhack|\bddos\b|denial.of.service|ransomware|malware|phishing|data breach|breached|deface|infiltrat|penetrated|compromised|heist|intrusion"
    r"|threat (?:actor|group)|\bAPT ?\d|disinformation|(?:influence|propaganda|information) (?:campaign|operation)|meddl|interfer|fake news|deepfake|destabili"
    r"|propaganda|false claims|sabotag|arson|cables?\b|valves|\bspy|\bspie[sd]\b|espionage|attack|strike|struck|\bair ?raid|bomb|shell(?:ed|ing)|blast|explosion|massacre"
    r"|shooting|shot dead|gunned|opened fire|ambush|hostage|kidnap|abduct|assassinat|crackdown|invasion|invaded|insurrection|assault|storm(?:ed|ing)|raided"
    r"|torpedo|blew up|\bfired\b|\bdetonat|\bkilled|\bwounded|\binjured|terror|\bplots?\b|sanction|freez|froze|(?:travel|entry|visa) (?:ban|restriction)|blacklist"
    r"|designat|from entering|restrictive measure|severe measures|swift|embargo|placed an?\b|tariff|\bdut(?:y|ies)\b|\blev(?:y|ied|ies)\b|export|entity list"
    r"|arrest|detain|detention|deport|expel|expulsion|extradit|imprison|jailed|custody|non grata|\bties\b|relations\b|ambassador|encroach|blockad|annexed|\bcoup\b"
    r"|seized power|ousted|weapons|\barms\b|munition|missile|containers|harbou?r"
)


def cue_expression() -> pl.Expr:
    return pl.col("text").str.contains(_CUES)
