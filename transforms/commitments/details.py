"""What an undertaking is about: action, topics, sum, condition, dates, recipients."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from schemas.vocabularies import TOPIC
from transforms.clauses import CONDITION, condition
from transforms.commitments.grammar import Undertaking
from transforms.lexicon import Lexicon
from transforms.parties import Party
from transforms.rows import date_columns
from transforms.scans import in_ascii, wider

_SCALE = {
    "thousand": 1e3,
    "million": 1e6,
    "mln": 1e6,
    "mn": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "bln": 1e9,
    "bn": 1e9,
    "b": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
    "lakh": 1e5,
    "crore": 1e7,
    "lakh crore": 1e12,
}
_RUPEES = {"PAK": "PKR", "LKA": "LKR", "NPL": "NPR", "MUS": "MUR", "SYC": "SCR"}  # "Rs" is the rupee of who speaks
_DUE = ("by", "until", "before", "within")
_CONDITIONAL = in_ascii(wider(CONDITION.pattern))


@dataclass(frozen=True, slots=True)
class Details:
    action: str | None
    topics: list[str]
    amount: float | None
    currency: str | None
    condition: str | None
    made: dict[str, Any]
    due: dict[str, Any]
    recipients: list[Party]


@dataclass(frozen=True, slots=True)
class _Patterns:
    topic_of: dict[str, str]
    money: re.Pattern[str]
    currency_of: dict[str, str]


def _patterns(lexicon: Lexicon) -> _Patterns:
    topics = dict(lexicon.frame("topics").select("stem", "topic").iter_rows())
    money = lexicon.frame("currencies")
    signs = sorted(money.filter(position="before")["surface"], key=len, reverse=True)
    words = sorted(money.filter(position="after")["surface"], key=len, reverse=True)
    number = r"(\d{1,3}(?:[,’']\d{2,3})*[,’']\d{3}(?:\.\d+)?|\d+(?:[.,]\d+)?)(?:[\s-]?(thousand|million|mln|mn|billion|bln|trillion|bn|tn|lakh\scrore|lakh|crore|m|b)\b)?"
    return _Patterns(
        topics,
        re.compile(
            r"(?<![\w])("
            + "|".join(re.escape(s) for s in signs)
            + r")\s?"
            + number
            + "|"
            + number
            + r"[\s-]("
            + "|".join(re.escape(w) for w in words)
            + r")s?\b",
            re.IGNORECASE,
        ),
        {s.lower(): c for s, c in money.select("surface", "currency").iter_rows()},
    )


def describe(undertakings: Sequence[Undertaking], lexicon: Lexicon) -> list[Details]:
    """The details of each undertaking, from its own sentence."""
    patterns = lexicon.compiled(_patterns)
    actions = [found.sentence.text[found.action :].strip(" ,") for found in undertakings]
    lower = pl.Series([action.lower() for action in actions], dtype=pl.String)
    sentences = pl.Series([found.sentence.lower for found in undertakings], dtype=pl.String)
    conditional = sentences.str.contains(_CONDITIONAL)
    stems = lower.str.extract_many(list(patterns.topic_of), overlapping=True).to_list()
    return [_describe(*told, patterns) for told in zip(undertakings, actions, lower, stems, conditional, strict=True)]


def _describe(found: Undertaking, action: str, lower: str, stems: list[str], is_conditional: bool, patterns: _Patterns) -> Details:
    amount, currency = _money(action, patterns)
    if currency == "INR":
        currency = next((_RUPEES[p.iso3] for p in found.actors if p.iso3 in _RUPEES), currency)
    made, due = _dates(found)
    return Details(
        action.rstrip(' .”"') or None,
        _topics(lower, stems, patterns) or ["other" if amount is None else "finance"],
        amount,
        currency,
        condition(found.sentence.text) if is_conditional else None,
        made,
        due,
        _recipients(found),
    )


def _topics(lower: str, stems: list[str], patterns: _Patterns) -> list[str]:
    found = {patterns.topic_of[stem] for stem in stems if _begins_word(stem, lower)}
    return [t for t in TOPIC if t in found]


def _begins_word(stem: str, lower: str) -> bool:
    """Whether a stem begins a word; a short one must be the whole word, or its plural: a roadmap is no road."""
    at = lower.find(stem)
    while at >= 0:
        end = at + len(stem)
        if not (at and lower[at - 1].isalnum()) and (len(stem) > _SHORT or _WORD_END.match(lower, end)):
            return True
        at = lower.find(stem, end)
    return False


_SHORT = 4  # letters
_WORD_END = re.compile(r"s?(?![a-z])")
_DIGIT = re.compile(r"\d")


def _money(action: str, patterns: _Patterns) -> tuple[float | None, str | None]:
    match = patterns.money.search(action) if _DIGIT.search(action) else None
    if match is None:
        return None, None
    sign, before, scale_before, after, scale_after, word = match.groups()
    number = before or after
    digits = re.sub(r"[,’']", "", number) if _GROUPED.fullmatch(number) else number.replace(",", ".")
    return float(digits) * _SCALE.get((scale_before or scale_after or "").lower(), 1.0), patterns.currency_of[(sign or word).lower()]


_GROUPED = re.compile(r"\d{1,3}(?:[,’']\d{2,3})*[,’']\d{3}(?:\.\d+)?")  # in India by two


def _dates(found: Undertaking) -> tuple[dict[str, Any], dict[str, Any]]:
    """When it was undertaken and by when it is due. A date with the verb says when it was made; failing one, the story's own date does; a date in the
    action, after by, until, before or within, or after a verb in the future, says when it is due."""
    article = found.sentence.article
    made = date_columns("made", None)
    if article.published_edtf is not None:
        made |= {
            "made_edtf": article.published_edtf,
            "made_from": article.published_from,
            "made_to": article.published_to,
            "made_basis": "publication",
        }
    due = date_columns("due", None)
    text = found.sentence.text
    done = found.rule.rule_id in ("sign-agreement", "announce-plan")  # the deed itself has the date
    for date in found.sentence.dates:
        if date.start >= found.action and _SAYING.search(text, found.action, date.start):
            continue  # "…, the minister said on Wednesday" dates the saying
        comes = _COMES.search(text, found.verb, max(found.verb, date.start)) or (
            date.date_from is not None and article.published_to is not None and date.date_from > article.published_to
        )
        is_past = (
            (date.date_to is not None and article.published_to is not None and date.date_to <= article.published_to)
            or _GONE.match(date.text) is not None
            or (not comes and date.relation not in _DUE and _WEEKDAY.fullmatch(date.text) is not None)  # "committed Saturday to …"
        )
        if date.start >= found.action and not is_past and date.relation != "since" and (date.relation in _DUE or comes or not done):
            if due["due_text"] is None:
                due = date_columns("due", date)
        elif date.relation != "since" and made["made_basis"] in ("publication", "none") and (done or date.start < found.action):
            made = date_columns("made", date)
    return made, due


_COMES = re.compile(r"\b(?:will|would|shall|won['’]t)\b")
_SAYING = re.compile(r"\b(?:said|says|told|announced|added|wrote|according|confirmed|stated|reported|declared|posted)\b")
_GONE = re.compile(r"last\b|yesterday|previous|earlier\b")
_WEEKDAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|this\s(?:morning|week)")


_NEXT_CLAUSE = re.compile(
    r"[;”]|,?\"\s(?!(?:and|or)\b)|,\s(?:adding|saying|while|but|which|after|though|although|citing|noting|[A-Z][\w’'.-]+(?:\s[A-Z][\w’'.-]+)*\ssaid)\b"
)


def _recipients(found: Undertaking) -> list[Party]:
    """The states and organisations that the action names, other than those that act."""
    acting = {p.label for p in found.actors}
    result: dict[str, Party] = {}
    end = _NEXT_CLAUSE.search(found.sentence.text, found.action)
    for mention in found.sentence.mentions:
        if mention.start < found.action or (end and mention.start > end.start()) or mention.kind == "minister":
            continue
        if any(o.start <= mention.start < o.end for o in found.sentence.mentions if o.kind == "organisation" and o is not mention):
            continue
        key = mention.iso3 or mention.name or mention.surface
        if key in acting:
            continue
        is_body = mention.kind == "organisation" and mention.iso3 is None
        name = (mention.name or mention.surface) if mention.kind == "organisation" else mention.surface
        result.setdefault(key, Party("organisation" if is_body else "state", mention.iso3, None, name))
    return list(result.values())
