"""Countries, by the names in `country_names.csv`.

One pass over whole columns finds every name, the longest first, look-alikes among them (`country_lookalikes.csv`), so that nothing is found
inside "New Mexico" or "Guinea pig". Only names that can mean something else, marked by `rules` in the list, are judged by their context.

The pass marks each name in a copy of the text with a sign that tells which name it is, and cuts the copy there: the pieces carry the
context to the right and left, and their lengths the offsets in code points. Cutting bytes out of UTF-8 would cost several times as much.
"""

from __future__ import annotations

import polars as pl

from transforms.gazetteer import CUT, FIRST_SIGN, WORD, Gazetteer, gazetteer_of, has
from transforms.lexicon import Lexicon

_MENTION = ("doc", "at", "start_char", "key", "iso3", "mention_type")
_CONTEXT = 48  # how many characters left and right of a name the rules look at

_LEFT_OF_NO_NAME = r"[\p{L}\p{N}\p{M}_@]"


def find(articles: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """Where titles and bodies name countries: the contract frame of `country_mentions`, sorted by its key.

    articles: article_id, title and body (String, NULL allowed). Mentions do not overlap; a name that the context leaves open ("Korea" in an
    article about both) gives no row. Seas, look-alikes, and organisations without a country in their name give none either.
    """
    gazetteer = lexicon.compiled(gazetteer_of)
    texts = _texts(articles)
    hits = _hits(texts, gazetteer)
    plain = hits.select(*_MENTION, "judged").filter(pl.col("iso3").is_not_null() & ~pl.col("judged")).drop("judged")
    judged = _judge(hits.filter("judged"), plain, hits, texts, gazetteer)
    return (
        pl.concat([plain, judged])
        .sort(pl.col("at").cast(pl.Int64) * 2**32 + pl.col("start_char"))  # one number sorts several times as fast as two columns
        .join(texts.select("at", "article_id", "field"), on="at", how="left", maintain_order="left")
        .with_columns(pl.col("start_char").cast(pl.Int32), pl.col("key").str.strip_chars_end("-–").alias("surface"))
        .select(
            "article_id",
            "field",
            "start_char",
            (pl.col("start_char") + pl.col("surface").str.len_chars().cast(pl.Int32)).alias("end_char"),
            "iso3",
            "surface",
            "mention_type",
        )
    )


def _texts(articles: pl.DataFrame) -> pl.DataFrame:
    """One row per text: doc (row of the article), at (row of the text), article_id, field, text; sorted by article_id, field."""
    numbered = articles.select("article_id", "title", "body").with_row_index("doc")
    parts = [numbered.select("doc", "article_id", pl.lit(field).alias("field"), pl.col(field).alias("text")) for field in ("title", "body")]
    return (
        pl.concat(parts)
        .drop_nulls("text")
        .sort("article_id", "field")
        .with_columns(pl.col("text").str.replace_all(CUT, " ", literal=True))
        .with_row_index("at")
    )


def _hits(texts: pl.DataFrame, gazetteer: Gazetteer) -> pl.DataFrame:
    """Every name and look-alike that stands as words of its own, in order: doc, at, in_body, start_char, the columns of its name, and the
    text around it: `rest` up to the next hit, `left_key` and `left` the hit before and what follows that, `right_key` and `right` the hit
    behind and what follows that (meaningless if `last`)."""
    marked = pl.col("text").str.replace_many(gazetteer.patterns, gazetteer.signs, leftmost=True)
    pieces = (
        texts.select("doc", "at", (pl.col("field") == "body").alias("in_body"), (pl.lit(chr(FIRST_SIGN)) + marked).str.split(CUT).alias("piece"))
        .explode("piece")
        .with_columns(pl.col("piece").str.head(1).alias("sign"), pl.col("piece").str.slice(1).alias("rest"))
        .join(gazetteer.shorter, on="sign", how="left", maintain_order="left")
        .with_columns(pl.when(pl.col("rest").str.contains(rf"^{WORD}")).then("shorter").alias("shorter"))
        .with_columns(  # "Polish officials" is not to "Polish off"
            pl.coalesce("shorter", "sign").alias("sign"),
            pl.when(pl.col("shorter").is_not_null()).then(pl.col("tail") + pl.col("rest")).otherwise("rest").alias("rest"),
        )
        .drop("shorter", "tail")
        .join(gazetteer.names, on="sign", how="left", maintain_order="left")
    )
    key, rest = pl.col("key"), pl.col("rest")
    length = pl.col("n_chars") + rest.str.len_chars().cast(pl.Int64)
    so_far = length.cum_sum() - length
    first = pl.col("at").ne_missing(pl.col("at").shift(1))
    last = first.shift(-1, fill_value=True)
    touches_left = pl.when(rest == "").then("ends_in_letter").otherwise(rest.str.tail(1).str.contains(_LEFT_OF_NO_NAME)).shift(1)
    touches_right = pl.col("ends_in_letter") & pl.when(rest == "").then(~last).otherwise(rest.str.head(1).str.contains(WORD))
    return (
        pieces.select(
            "doc",
            "at",
            "in_body",
            "sign",
            "key",
            "iso3",
            "mention_type",
            "kind",
            "rest",
            (so_far - pl.when(first).then(so_far).forward_fill()).alias("start_char"),
            key.shift(1).alias("left_key"),
            rest.shift(1).alias("left"),
            key.shift(-1).alias("right_key"),
            rest.shift(-1).alias("right"),
            last.alias("last"),
            (pl.col("ruled") | (pl.col("iso3").is_not_null() & rest.str.starts_with(", "))).alias("judged"),
            (~first & ~touches_left & ~touches_right).alias("alone"),
        )
        .filter("alone")
        .drop("alone")
    )


def _judge(rows: pl.DataFrame, plain: pl.DataFrame, hits: pl.DataFrame, texts: pl.DataFrame, gazetteer: Gazetteer) -> pl.DataFrame:
    """Those names with rules, or before a comma, that mean a country in their context: doc, at, start_char, key, iso3, mention_type."""
    right = pl.col("right_key") + pl.col("right").str.head(_CONTEXT)
    rows = (
        rows.join(gazetteer.rules, on="sign", how="left", maintain_order="left")
        .with_row_index("row")
        .with_columns(
            (pl.col("left_key") + pl.col("left")).str.tail(_CONTEXT).alias("before"),
            (pl.col("rest").str.head(_CONTEXT) + pl.when("last").then(pl.lit("")).otherwise(right)).str.head(_CONTEXT).alias("after"),
        )
    )
    before, after = pl.col("before"), pl.col("after")
    rows = _without(rows, after.str.starts_with(", "), after.str.contains(gazetteer.town_after) & ~before.str.contains(_IN_LIST))
    rows = _without(rows, has("language"), _is_language())
    rows = _without(rows, has("english"), ~after.str.contains(_ENGLISH))
    rows = _without(rows, has("us_caps"), before.str.contains(_PRONOUN))
    rows = _without(rows, has("washington"), before.str.contains(_WASHINGTON_STATE))
    rows = _without_persons(rows, plain, gazetteer)
    rows = _without_georgia_state(rows, hits, texts, gazetteer)
    return _resolved(rows, plain).select(_MENTION)


_IN_LIST = r"(?:,|\band|\bor) $"
# People and institutions of England; without them "English" mostly is the language.
_ENGLISH = (
    r"(?i)^ (?:people|players?|fans?|clubs?|football\w*|soccer|cricket\w*|rugby|courts?|law|team|side|towns?|city|cities|villages?|county"
    r"|counties|coast|countryside|government|king|queen|monarchs?|men|women|man|woman|captain|league|premier|national|patients"
    r"|schools?|universit\w+|police|ports?)\b"
)
_LANGUAGE_AFTER = r"^(?:[- ](?:language|speaking|speakers?|subtitles|translations?|dialects?|alphabet|grammar|word for)\b)"
_LANGUAGE_BEFORE = (
    r"\b(?:[Ss]peaks?|[Ss]poken?|[Ss]peaking|[Ff]luent(?: in)?|[Tt]ranslated (?:into|from)|[Ll]earn(?:ing|ed)?|[Tt]each(?:ing|es)?|[Ii]n"
    r"|[Ii]nto) $"
)
_LANGUAGE_ENDS = r"^(?:[.,;:)\]]|$| (?:and|or|but|on|at|to|with|by|that|as)\b)"
# Menus and appeals in capitals: FOLLOW US.
_PRONOUN = (
    r"\b(?:ABOUT|CONTACT|FOLLOW|JOIN|GIVES?|TELLS?|HELPS?|LET|SUPPORT|EMAIL|CALL|SEND|REACH|VISIT|FIND|MAKE|BRING|SHOW|TRUST|LIKE|TEACH"
    r"|ALL OF|MOST OF|SOME OF|MANY OF|BOTH OF) $"
)
_WASHINGTON_STATE = r"\b(?:[Ss]tate of|[Ww]estern|[Ee]astern|[Cc]entral|[Ss]outhwest(?:ern)?|[Nn]orthwest(?:ern)?) $"
# What only a state has: behind such a word an abbreviation or a rare word for people needs no other mention of the country.
_OF_STATE = (
    r"^(?:['’]s)? (?:(?i:new|former|deputy|acting|caretaker|vice)[- ])?(?:[Pp]resident|[Pp]rime [Mm]inister|PM\b|FM\b|[Pp]remier\b|[Ff]oreign [Mm]inist"
    r"|[Dd]efen[cs]e [Mm]inist|[Mm]inister\b|[Gg]overnment\b|[Aa]uthorities|[Oo]fficials?\b|[Pp]olice\b|[Aa]rmy\b|[Pp]arliament|[Ee]mbassy|[Aa]mbassador)"
)
# A name that also is a person's in this article means the country after these words.
_INSIDE = r"\b(?:in|into|from|across|throughout|inside|within|Kingdom of|Republic of|State of|Principality of) $"
_INITIAL = r"[A-Z]\p{Ll}+(?: ?[A-Z]\.)+ $"
_NO_INITIAL = r"\b(?:U\.S|U\.K|U\.N|E\.U|D\.C|N\.Y)\. $"
# One further word with a capital, and only one: Chad Miller said; not Chad President Déby, nor a headline in capitals.
_SURNAME_AFTER = r"^ (?:[A-Z]\. ?)*([A-Z]\p{Ll}+(?:-[A-Z]\p{Ll}+)?)(?:$|[^\p{L}\s-]|\s[^A-Z])"


def _without(rows: pl.DataFrame, where: pl.Expr, condition: pl.Expr) -> pl.DataFrame:
    """The rows without those that meet the condition; it is only evaluated where it can apply, because it costs more than the choice."""
    rejected = rows.filter(where).filter(condition)["row"]
    return rows.filter(~pl.col("row").is_in(rejected.implode())) if len(rejected) else rows


def _is_language() -> pl.Expr:
    before, after = pl.col("before"), pl.col("after")
    return after.str.contains(_LANGUAGE_AFTER) | (after.str.contains(_LANGUAGE_ENDS) & before.str.contains(_LANGUAGE_BEFORE))


def _without_persons(rows: pl.DataFrame, plain: pl.DataFrame, gazetteer: Gazetteer) -> pl.DataFrame:
    """A given name, an initial or a title stands before (Lisa O. Monaco, Rep. Jordan), or, in bodies, a surname behind (Chad Miller said).
    Where an article has such a person, the bare name means the country only after "in" and the like, before an institution (Israel Police), or if the
    article names the country otherwise."""
    before, after = pl.col("before"), pl.col("after")
    word = before.str.extract(r"(?:^|[^\p{L}.-])([\p{Lu}][\p{L}.]*) $", 1)
    before_surname = (
        word.is_in(gazetteer.given_names)
        | word.str.strip_chars(".").is_in(gazetteer.titles)
        | (before.str.ends_with(". ") & before.str.contains(_INITIAL) & ~before.str.contains(_NO_INITIAL))
    )
    surname = after.str.extract(_SURNAME_AFTER, 1)
    after_given = surname.is_not_null() & ~surname.is_in(gazetteer.no_surnames)
    persons = pl.concat(
        [
            rows.filter(has("surname")).filter(before_surname).select("row", "doc", "name"),
            rows.filter(has("given") & pl.col("in_body") & after.str.contains(r"^ \p{Lu}")).filter(after_given).select("row", "doc", "name"),
        ]
    )
    if persons.is_empty():
        return rows
    bearers = rows.join(persons, on=["doc", "name"], how="semi").join(persons, on="row", how="anti")
    firm = rows.filter(~has("surname") & ~has("given") & ~pl.col("open"))
    named = pl.concat([f.select("doc", "iso3").join(bearers, on="doc", how="semi") for f in (plain, firm)])
    bare = bearers.join(named, on=["doc", "iso3"], how="anti").filter(
        ~before.str.contains(_INSIDE) & ~after.str.extract(r"^ (\p{L}+)", 1).is_in(gazetteer.no_surnames).fill_null(False)
    )
    return rows.join(persons, on="row", how="anti").join(bare, on="row", how="anti")


def _without_georgia_state(rows: pl.DataFrame, hits: pl.DataFrame, texts: pl.DataFrame, gazetteer: Gazetteer) -> pl.DataFrame:
    """Georgia between other states of the U.S., or in an article about the state and not about the country, is the state."""
    georgia = rows.filter(has("georgia"))
    if georgia.is_empty():
        return rows
    text = pl.col("text")
    local = georgia.filter((pl.col("before") + pl.col("key") + pl.col("after")).str.contains(gazetteer.next_to_state))
    about = (
        texts.join(georgia, on="doc", how="semi")
        .group_by("doc")
        .agg(
            text.str.contains(gazetteer.georgia_state).any().alias("state"),
            text.str.contains(gazetteer.georgia_country).any().alias("country"),
        )
    )
    phrases = pl.concat([local.select("doc"), hits.filter(pl.col("kind") == "state").select("doc")])["doc"]
    state = about.filter((pl.col("state") | pl.col("doc").is_in(phrases.implode())) & ~pl.col("country"))
    rejected = pl.concat([local.select("row"), georgia.join(state, on="doc", how="semi").select("row")])
    return rows.join(rejected, on="row", how="anti")


def _resolved(rows: pl.DataFrame, plain: pl.DataFrame) -> pl.DataFrame:
    """Names that need the country to be named otherwise, unless an institution of a state stands behind (PNG police), and names that two countries
    share: the one that the article names is meant; the first if it names neither; if it names both, the word decides nothing."""
    firm, unsure = rows.filter(~pl.col("open")), rows.filter("open")
    if unsure.is_empty():
        return firm
    named = pl.concat([f.select("doc", "iso3").join(unsure, on="doc", how="semi") for f in (plain, firm)]).unique()
    seen = named.with_columns(pl.lit(True).alias("seen"))
    other = named.select("doc", pl.col("iso3").alias("shared_with"), pl.lit(True).alias("other_seen"))
    is_of_state = (pl.col("mention_type") != "capital") & pl.col("after").str.contains(_OF_STATE)
    decided = (
        unsure.join(seen, on=["doc", "iso3"], how="left")
        .join(other, on=["doc", "shared_with"], how="left")
        .with_columns(pl.col("seen", "other_seen").fill_null(False))
        .filter((~has("needs_country") | pl.col("seen") | is_of_state) & ~(pl.col("seen") & pl.col("other_seen")))
        .with_columns(pl.when("other_seen").then("shared_with").otherwise("iso3").alias("iso3"))
    )
    return pl.concat([firm, decided.select(firm.columns)])
