"""Countries, by the names in `country_names.csv`.

One pass over whole columns finds every name, the longest first, look-alikes among them (`country_lookalikes.csv`), so that nothing is found
inside "New Mexico" or "Guinea pig". Only names that can mean something else, marked by `rules` in the list, are judged by their context.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from transforms.lexicon import Lexicon

CONTEXT_BYTES = 48  # how far left and right of a name the rules look

# What may not touch a name: letters, digits, underscore. In UTF-8, C3–DF and E0–ED begin letters (but E2: typographic punctuation).
_ASCII_WORD = [bytes([b]) for b in range(128) if chr(b).isalnum() or chr(b) == "_"]
_LEAD = [bytes([b]) for b in (*range(0xC3, 0xE2), *range(0xE3, 0xEE))]
_WORD_START = _ASCII_WORD + _LEAD


@dataclass(frozen=True)
class _Gazetteer:
    patterns: list[str]  # longest first: the first that matches wins
    names: pl.DataFrame  # one row per pattern
    max_bytes: int
    person_before: str
    town_after: str
    next_to_state: str
    georgia_state: str
    georgia_country: str
    not_surname: list[str]


def find(articles: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """Where titles and bodies name countries: the contract frame of `country_mentions`, sorted by its key. Mentions do not overlap; a name
    that the context leaves open (Korea in an article about both) gives no row. Seas, look-alikes and organisations without a country in
    their name give none either."""
    gazetteer = lexicon.compiled(_gazetteer)
    texts = _texts(articles)
    hits = _hits(texts, gazetteer)
    plain = hits.filter(~pl.col("ruled") & pl.col("iso3").is_not_null()).select(
        "doc", "at", "field", "bytes", "start", "key", "iso3", "mention_type"
    )
    ruled = _judge(hits.filter("ruled"), hits, plain, texts, gazetteer)
    mentions = pl.concat([plain, ruled]).sort("at", "start")
    gap = pl.col("start") - pl.col("start").shift(1, fill_value=0).over("at")
    before = pl.col("bytes").bin.slice(pl.col("start") - gap, gap).cast(pl.String).str.len_chars()
    return (
        mentions.with_columns(
            before.cum_sum().over("at").cast(pl.Int32).alias("start_char"), pl.col("key").str.strip_suffix("-").alias("surface")
        )
        .join(texts.select("at", "article_id"), on="at", how="left", maintain_order="left")
        .select(
            "article_id",
            "field",
            "start_char",
            (pl.col("start_char") + pl.col("surface").str.len_chars()).cast(pl.Int32).alias("end_char"),
            "iso3",
            "surface",
            "mention_type",
        )
        .sort("article_id", "field", "start_char", "end_char", "iso3")
    )


def _texts(articles: pl.DataFrame) -> pl.DataFrame:
    """One row per text: doc (row of the article), at (row of the text), article_id, field, text, bytes."""
    numbered = articles.select("article_id", "title", "body").with_row_index("doc")
    parts = [numbered.select("doc", "article_id", pl.lit(field).alias("field"), pl.col(field).alias("text")) for field in ("title", "body")]
    return pl.concat(parts).drop_nulls("text").with_columns(pl.col("text").cast(pl.Binary).alias("bytes")).with_row_index("at")


def _hits(texts: pl.DataFrame, gazetteer: _Gazetteer) -> pl.DataFrame:
    """Every name or look-alike that stands as words of its own: doc, at, field, bytes, start, end (in bytes), the columns of its name."""
    raw, start, end = pl.col("bytes"), pl.col("start"), pl.col("end")
    found = (
        texts.select("doc", "at", "field", "bytes", pl.col("text").str.find_many(gazetteer.patterns, leftmost=True).alias("start"))
        .explode("start")
        .drop_nulls("start")
        .with_columns(start.cast(pl.Int64))
        # polars tells where a pattern matched, not which: the same search on the few bytes from there on does.
        .with_columns(
            _decoded(raw, start, start + gazetteer.max_bytes).str.extract_many(gazetteer.patterns, leftmost=True).list.first().alias("key")
        )
        .join(gazetteer.names, on="key", how="inner", maintain_order="left")
        .with_columns((start + pl.col("n_bytes")).alias("end"))
    )
    last, second, third = (raw.bin.slice(start - n, 1) for n in (1, 2, 3))
    touches_left = (start > 0) & (
        last.is_in(_ASCII_WORD) | ((last >= b"\x80") & (second.is_in(_LEAD) | ((start > 2) & (second >= b"\x80") & third.is_in(_LEAD))))
    )
    following = raw.bin.slice(end, 1)
    touches_right = pl.col("ends_in_letter") & following.is_in(_WORD_START)
    return found.filter(~touches_left & ~touches_right).with_columns(
        (pl.col("ruled") | ((following == b",") & pl.col("iso3").is_not_null())).alias("ruled")
    )


def _decoded(raw: pl.Expr, start: pl.Expr, stop: pl.Expr) -> pl.Expr:
    """The text between two byte offsets, each moved left to the beginning of a character."""
    first, last = _character(raw, start), _character(raw, stop)
    return raw.bin.slice(first, last - first).cast(pl.String)


def _character(raw: pl.Expr, offset: pl.Expr) -> pl.Expr:
    """The offset of the character to which the byte at this offset belongs: at most three continuation bytes (80–BF) go back."""

    def continues(back: int) -> pl.Expr:
        byte = raw.bin.slice(offset - back, 1)
        return (byte >= b"\x80") & (byte < b"\xc0")

    return offset - pl.when(~continues(0)).then(0).when(~continues(1)).then(1).when(~continues(2)).then(2).otherwise(3)


def _judge(ruled: pl.DataFrame, hits: pl.DataFrame, plain: pl.DataFrame, texts: pl.DataFrame, gazetteer: _Gazetteer) -> pl.DataFrame:
    """Those of the names with rules, or before a comma, that mean a country in their context."""
    raw, start = pl.col("bytes"), pl.col("start")
    rows = ruled.with_columns(
        _decoded(raw, pl.max_horizontal(start - CONTEXT_BYTES, 0), start).alias("before"),
        _decoded(raw, pl.col("end"), pl.col("end") + CONTEXT_BYTES).alias("after"),
    )
    before, after = pl.col("before"), pl.col("after")
    rows = rows.filter(~_is_town(gazetteer) & ~_is_language() & ~_is_pronoun() & (~_has("english") | after.str.contains(_ENGLISH)))

    rows = rows.with_columns(_is_person(gazetteer).alias("person"))
    persons = rows.filter("person").select("doc", "name").unique()
    named = pl.concat(
        [plain.select("doc", "iso3"), rows.filter(~pl.col("stage2") & ~_has("surname") & ~_has("given")).select("doc", "iso3")]
    ).unique()
    rows = rows.filter(~pl.col("person"))
    bearer = rows.join(persons, on=["doc", "name"], how="semi")
    rows = pl.concat(
        [
            rows.join(persons, on=["doc", "name"], how="anti"),
            pl.concat(
                [
                    bearer.filter(before.str.contains(_INSIDE)),
                    bearer.filter(~before.str.contains(_INSIDE)).join(named, on=["doc", "iso3"], how="semi"),
                ]
            ),
        ]
    )
    rows = _without_us_state(rows, hits, texts, gazetteer)

    firm = (
        pl.concat([plain.select("doc", "iso3"), rows.filter(~pl.col("stage2")).select("doc", "iso3")])
        .unique()
        .with_columns(pl.lit(True).alias("seen"))
    )
    rows = (
        rows.join(firm, on=["doc", "iso3"], how="left")
        .join(firm.rename({"iso3": "shared_with", "seen": "other_seen"}), on=["doc", "shared_with"], how="left")
        .with_columns(pl.col("seen", "other_seen").fill_null(False))
        .filter((~_has("needs_country") | pl.col("seen")) & ~(pl.col("seen") & pl.col("other_seen")))
        .with_columns(pl.when("other_seen").then("shared_with").otherwise("iso3").alias("iso3"))
    )
    return rows.select(plain.columns)


# Institutions and people of England; without them "English" is mostly the language.
_ENGLISH = (
    r"^ (?:people|players?|fans?|clubs?|football\w*|soccer|cricket\w*|rugby|courts?|law|team|side|towns?|city|cities|villages?|county"
    r"|counties|coast|countryside|government|king|queen|monarchs?|men|women|man|woman|captain|league|Premier|Football|national|patients"
    r"|schools?|universit\w+|police|ports?)\b"
)
# A name that also is a person's in this article means the country after these words.
_INSIDE = r"(?:\b(?:in|into|from|across|throughout|inside|within|Kingdom of|Republic of|State of|Principality of)) $"
_LANGUAGE_AFTER = (
    r"^(?:[- ](?:language|speaking|speakers?|subtitles|translations?|dialects?|alphabet|grammar|word for|for \W)\b| \(?language\b)"
)
_LANGUAGE_BEFORE = (
    r"\b(?:[Ss]peaks?|[Ss]poken?|[Ss]peaking|[Ff]luent(?: in)?|[Tt]ranslated (?:into|from)|[Ll]earn(?:ing|ed)?|[Tt]each(?:ing|es)?"
    r"|[Ii]nto) $"
)
_IN_LANGUAGE_AFTER = r"^(?:[.,;:)\]]|$| (?:and|or|but|on|at|to|with|by|that|as)\b)"
_PRONOUN = (
    r"\b(?:ABOUT|CONTACT|FOLLOW|JOIN|GIVES?|TELLS?|HELPS?|LET|SUPPORT|EMAIL|CALL|SEND|REACH|VISIT|FIND|MAKE|BRING|SHOW|TRUST|LIKE|TEACH"
    r"|ALL OF|MOST OF|SOME OF|MANY OF|BOTH OF) $"
)


def _has(rule: str) -> pl.Expr:
    return pl.col(f"rule_{rule}").fill_null(False)


def _is_town(gazetteer: _Gazetteer) -> pl.Expr:
    """Lebanon, Pennsylvania; not in a list of countries and states."""
    return pl.col("after").str.contains(gazetteer.town_after) & ~pl.col("before").str.contains(r"(?:,|\band|\bor|,) $")


def _is_language() -> pl.Expr:
    before, after = pl.col("before"), pl.col("after")
    return _has("language") & (
        after.str.contains(_LANGUAGE_AFTER)
        | (before.str.contains(_LANGUAGE_BEFORE) & after.str.contains(_IN_LANGUAGE_AFTER))
        | (before.str.contains(r"\b[Ii]n $") & after.str.contains(_IN_LANGUAGE_AFTER))
    )


def _is_pronoun() -> pl.Expr:
    return _has("us_caps") & pl.col("before").str.contains(_PRONOUN)


def _is_person(gazetteer: _Gazetteer) -> pl.Expr:
    """A given name, initial or title before (Lisa O. Monaco, Rep. Jordan); or, in bodies, where no headline sets capitals, one further word
    with a capital behind (Chad Miller said)."""
    before, after = pl.col("before"), pl.col("after")
    surname_before = _has("surname") & before.str.contains(gazetteer.person_before)
    word = after.str.extract(r"^ (?:[A-Z]\. ?)*([A-Z][\p{Ll}'’]+(?:-[A-Z]\p{Ll}+)?)", 1).str.replace(r"['’]s?$", "")
    alone = after.str.contains(r"^ (?:[A-Z]\. ?)*[A-Z]\p{Ll}+(?:-[A-Z]\p{Ll}+)?(?:$|[^\sA-Za-z-]|\s[^A-Z])")
    surname_after = (
        _has("given")
        & (pl.col("field") == "body")
        & alone
        & word.is_not_null()
        & ~word.is_in(gazetteer.not_surname)
        & ~word.is_in(gazetteer.names["key"].implode())
    )
    return surname_before | surname_after.fill_null(False)


def _without_us_state(rows: pl.DataFrame, hits: pl.DataFrame, texts: pl.DataFrame, gazetteer: _Gazetteer) -> pl.DataFrame:
    """Georgia between other states of the U.S., or in an article about the state and not about the country, is the state."""
    if not rows.select(_has("georgia").any()).item():
        return rows
    rows = rows.with_columns(
        (_has("georgia") & (pl.col("before") + "Georgia" + pl.col("after")).str.contains(gazetteer.next_to_state)).alias("state")
    )
    docs = rows.filter(_has("georgia"))["doc"].unique()
    text = pl.col("text")
    seen = (
        texts.filter(pl.col("doc").is_in(docs.implode()))
        .group_by("doc")
        .agg(
            text.str.contains(gazetteer.georgia_state).any().alias("about_state"),
            text.str.contains(gazetteer.georgia_country).any().alias("about_country"),
        )
    )
    local = pl.concat([rows.filter("state").select("doc"), hits.filter(pl.col("kind") == "state").select("doc")])["doc"]
    state_docs = seen.filter((pl.col("about_state") | pl.col("doc").is_in(local.implode())) & ~pl.col("about_country"))["doc"]
    return rows.filter(~(_has("georgia") & (pl.col("state") | pl.col("doc").is_in(state_docs.implode())))).drop("state")


def _gazetteer(lexicon: Lexicon) -> _Gazetteer:
    names = _variants(
        lexicon.frame("country_names").select(
            pl.col("surface").alias("name"), "iso3", "mention_type", "rules", "shared_with", pl.lit(None, pl.String).alias("kind")
        ),
        lexicon.frame("country_lookalikes").select(pl.col("phrase").alias("name"), "kind"),
    )
    words = {
        key[0]: frame["word"].to_list() for key, frame in lexicon.frame("country_context_words").group_by("word_list", maintain_order=True)
    }
    titles, given = _one_of(words["title_of_person"]), _one_of(words["given_name"])
    towns = _one_of([s for s in words["us_state"] if s not in ("Georgia", "Washington", "New York")] + words["us_state_short"])
    states = _one_of([s for s in words["us_state"] if s not in ("Georgia", "Washington")])
    return _Gazetteer(
        patterns=names["key"].to_list(),
        names=names,
        max_bytes=max(names["n_bytes"]) + 3,
        person_before=rf"(?:\b(?:{titles})\.?|(?:^|[^\p{{L}}.-])(?:{given})(?: [A-Z]\.)*|[A-Z]\p{{Ll}}+(?: ?[A-Z]\.)+) $",
        town_after=rf"^, (?:{towns})(?:[.,;)]|$| [a-z])",
        next_to_state=rf"(?:\b(?:{states})(?:,|,? and|,? or|,? to) Georgia|Georgia(?:,|,? and|,? or) (?:{states})\b|\b[RD]-Georgia)",
        georgia_state=rf"\b(?:{_one_of(words['georgia_state'])})",
        georgia_country=rf"\b(?:{_one_of(words['georgia_country'])})",
        not_surname=words["not_surname"],
    )


def _one_of(words: list[str]) -> str:
    return "|".join(re.escape(w) for w in words)


def _variants(names: pl.DataFrame, lookalikes: pl.DataFrame) -> pl.DataFrame:
    """One row per pattern, longest first, with what it stands for: key (as it stands in text), name (as in the list) and so on."""
    rules = pl.col("rules").fill_null("").str.split(" ")
    flags = [rules.list.contains(rule).alias(f"rule_{rule}") for rule in _RULES]
    listed = pl.concat([names, lookalikes], how="diagonal").with_columns(
        pl.struct("name", "mention_type").map_elements(_spellings, return_dtype=pl.List(pl.String)).alias("key")
    )
    return (
        listed.explode("key")
        .with_columns(
            *flags,
            pl.col("key").str.len_bytes().cast(pl.Int64).alias("n_bytes"),
            pl.col("key").str.contains(r"[\p{L}\p{N}]$").alias("ends_in_letter"),
        )
        .with_columns(
            (pl.col("rule_needs_country") | pl.col("shared_with").is_not_null()).alias("stage2"),
            (pl.col("rules").is_not_null() | pl.col("shared_with").is_not_null()).alias("ruled"),
        )
        .drop("rules")
        # What is written with capitals in the list comes before what is only derived, should two spellings ever meet.
        .sort(pl.col("n_bytes"), pl.col("key") == pl.col("name"), "name", descending=[True, True, False])
        .unique("key", keep="first", maintain_order=True)
    )


_RULES = ("english", "georgia", "given", "language", "needs_country", "surname", "us_caps")


def _spellings(row: dict[str, str | None]) -> list[str]:
    name = row["name"] or ""
    spellings = {name}
    if name.startswith("Saint "):
        spellings |= {"St. " + name[6:], "St " + name[6:]}
    if " and " in name:
        spellings |= {s.replace(" and ", " & ") for s in spellings}
    if row["mention_type"] != "abbreviation":
        spellings |= {s.upper() for s in spellings}
    spellings |= {s.replace("'", "’") for s in spellings} | {s.replace("-", "‑") for s in spellings if not s.endswith("-")}
    return sorted(spellings)
