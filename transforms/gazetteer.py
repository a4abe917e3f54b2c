"""The names of countries and their look-alikes as `countries` looks for them: each with a sign that stands for it, and what its rules ask."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from transforms.lexicon import Lexicon

RULES = ("english", "georgia", "given", "language", "needs_country", "surname", "us_caps", "washington")

CUT = "\x01"  # stands before every sign; bodies have no control characters, and titles lose this one
FIRST_SIGN = 0xF0000  # private use: the n-th name is the n-th sign
WORD = r"[\p{L}\p{N}\p{M}_]"
_CAPITALISED = r"^[A-Z]\p{Ll}+(?:-[A-Z]\p{Ll}+)?$"


@dataclass(frozen=True)
class Gazetteer:
    """What `countries.find` asks of the lists."""

    # Lists for polars are series of one list: turning Python's into them costs milliseconds a call.
    patterns: pl.Series  # longest first: the first that matches wins
    signs: pl.Series  # what marks them in the text, in the same order
    names: pl.DataFrame  # one row per sign, and one for the beginning of a text
    shorter: pl.DataFrame  # for the sign of a phrase that another name begins, that name's sign and the rest of the phrase
    rules: pl.DataFrame  # what only the judged names need, one row per sign that can be judged
    given_names: pl.Series
    titles: pl.Series
    no_surnames: pl.Series
    town_after: str
    next_to_state: str
    georgia_state: str
    georgia_country: str


def has(rule: str) -> pl.Expr:
    """Whether a name is judged by a rule."""
    return pl.col(f"rule_{rule}")


def gazetteer_of(lexicon: Lexicon) -> Gazetteer:
    """The lists of a lexicon, compiled."""
    names = _variants(lexicon.frame("country_names"), lexicon.frame("country_lookalikes"))
    words = {key[0]: frame["word"].to_list() for key, frame in lexicon.frame("country_context_words").group_by("word_list")}
    # Washington and New York stand in lists of places of the world as well, Georgia in lists of countries.
    towns = _one_of([*(s for s in words["us_state"] if s not in ("Georgia", "Washington", "New York")), *words["us_state_short"]])
    states = _one_of([s for s in words["us_state"] if s not in ("Georgia", "Washington")])
    return Gazetteer(
        patterns=names["key"][1:].implode(),
        signs=(CUT + names["sign"][1:]).implode(),
        names=names.select("sign", "key", "iso3", "mention_type", "kind", "n_chars", "ends_in_letter", "ruled"),
        shorter=_shorter(dict(names.select("key", "sign").iter_rows())),
        rules=names.filter(pl.col("iso3").is_not_null()).select("sign", "name", "shared_with", "open", pl.col("^rule_.*$")),
        given_names=pl.Series(words["given_name"]).implode(),
        titles=pl.Series(words["title_of_person"]).implode(),
        no_surnames=pl.concat([pl.Series("key", words["not_surname"]), names["key"].filter(names["key"].str.contains(_CAPITALISED))]).implode(),
        town_after=rf"^, (?:{towns})(?:[.,;)]|$| [\p{{Ll}}(—–-])",
        next_to_state=(
            rf"\b(?:{states})(?:,|,? and|,? or|,? to) Georgia|Georgia(?:,|,? and|,? or) (?:{states})\b|\b[RD]-Georgia|[Ss]tate of Georgia"
            rf"|Georgia (?:{_one_of(words['georgia_state_next'])})\b"
        ),
        georgia_state=rf"\b(?:{_one_of(words['georgia_state'])})",
        georgia_country=rf"\b(?:{_one_of(words['georgia_country'])})",
    )


def _shorter(sign_of: dict[str, str]) -> pl.DataFrame:
    """The phrases that another name begins: sign, shorter (the longest such name's sign) and tail (what follows it in the phrase)."""
    rows = []
    for key, sign in sign_of.items():
        ends = (n for n in range(len(key) - 1, 0, -1) if key[n] in " -‑’'" and key[:n] in sign_of)
        if (end := next(ends, None)) is not None:
            rows.append((sign, sign_of[key[:end]], key[end:]))
    return pl.DataFrame(rows, schema={"sign": pl.String, "shorter": pl.String, "tail": pl.String}, orient="row")


def _one_of(words: list[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words))


def _variants(names: pl.DataFrame, lookalikes: pl.DataFrame) -> pl.DataFrame:
    """One row per spelling, longest first, after one for the beginning of a text: sign, key (as in the text), name (as in the list), iso3
    (NULL for look-alikes), mention_type, shared_with, kind (of the look-alike), n_chars, ends_in_letter, a flag per rule, ruled (has any)
    and open (says nothing alone)."""
    rules = pl.col("rules").fill_null("").str.split(" ")
    listed = pl.concat([names.rename({"surface": "name"}), lookalikes.rename({"phrase": "name"})], how="diagonal")
    spellings = pl.Series("key", [_spellings(n, m) for n, m in listed.select("name", "mention_type").iter_rows()])
    spelled = (
        listed.with_columns(spellings)
        .explode("key")
        # A spelling of the list comes before one that is only derived, should two ever meet.
        .sort(pl.col("key").str.len_bytes(), pl.col("key") == pl.col("name"), "name", descending=[True, True, False])
        .unique("key", keep="first", maintain_order=True)
    )
    return (
        pl.concat([pl.DataFrame({"key": [""]}), spelled], how="diagonal")
        .with_columns(*[rules.list.contains(rule).alias(f"rule_{rule}") for rule in RULES])
        .with_columns(
            pl.Series("sign", [chr(FIRST_SIGN + n) for n in range(spelled.height + 1)]),
            pl.col("key").str.len_chars().cast(pl.Int64).alias("n_chars"),
            pl.col("key").str.contains(rf"{WORD}$").alias("ends_in_letter"),
            (has("needs_country") | pl.col("shared_with").is_not_null()).alias("open"),
            (pl.col("rules").is_not_null() | pl.col("shared_with").is_not_null()).alias("ruled"),
        )
        .drop("rules")
    )


def _spellings(name: str, mention_type: str | None) -> list[str]:
    """The name as listed, with St. for Saint and & for and, in capitals, with typographic apostrophe, hyphen and dash (Sino–)."""
    spellings = {name}
    if name.startswith("Saint "):
        spellings |= {"St. " + name[6:], "St " + name[6:]}
    spellings |= {s.replace(" and ", " & ") for s in spellings}
    if mention_type != "abbreviation":
        spellings |= {s.upper() for s in spellings}
    spellings |= {s.replace("'", "’") for s in spellings}
    spellings |= {s[:-1].replace("-", "‑") + s[-1].replace("-", "–") for s in spellings}
    return sorted(spellings)
