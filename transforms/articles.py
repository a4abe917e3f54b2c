"""Stories: the entries of pages under their story key, in the fullest version of the batch, and where each stands."""

from __future__ import annotations

import polars as pl

from schemas.derive import contract
from transforms import dates
from transforms.lexicon import Lexicon
from transforms.text import hash_ids, normalise_key

STORY_KEY_CHARS = 80
_AGENCIES = r"(?i)\b(?:with\s)?(?:other\s|news\s|various\s|several\s)*(?:agencies|sources|media|outlets|reports|wires)\b"
_NO_COUNTRIES = pl.lit([], dtype=pl.List(pl.String))
_DATE = ("edtf", "from", "to", "basis", "text", "conflict")


def build(entries: pl.DataFrame, documents: pl.DataFrame, lexicon: Lexicon) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Stories and placements from the entries of `layouts.read` and their documents (document_id, language, published_on), as
    `schemas.articles.Articles` (mentioned_iso3 is empty until `with_countries`) and `schemas.article_placements.ArticlePlacements` have them, with the
    meaning of a batch shard: article_id is the story key, and of entries with one story key the one with the longest body, then the smallest version_id, is the article.

    The story key is the normalised title with the first 80 normalised characters of the body. A date on the page is the publication date (basis stated);
    failing one, the day given beside the file (basis metadata)."""
    told = _dated(entries.join(documents.select("document_id", "language", "published_on"), on="document_id", how="left"), lexicon)
    body_key = normalise_key(pl.col("body").str.head(4 * STORY_KEY_CHARS)).str.head(STORY_KEY_CHARS)
    keyed = told.with_columns(
        normalise_key(pl.col("title")).alias("_title"),
        body_key.alias("_body"),
        pl.col("body").str.len_chars().cast(pl.Int32).alias("body_chars"),
    )
    keyed = keyed.with_columns(hash_ids(keyed, ["_title", "_body"]).alias("story_key"), hash_ids(keyed, ["_title"]).alias("title_key"))
    said = ["title", "body", "source_line", "photo_line", *(f"published_{c}" for c in _DATE), "language"]
    keyed = keyed.with_columns(hash_ids(keyed, said).alias("version_id"), pl.col("story_key").alias("article_id"))
    placements = keyed.select(contract("article_placements").names).sort("document_id", "position")
    articles = (
        keyed.sort("story_key", "body_chars", "version_id", descending=[False, True, False])
        .group_by("story_key", maintain_order=True)
        .agg(
            pl.all().exclude("block").first(),
            (pl.col("block") != "main").all().alias("is_teaser_only"),
            pl.len().cast(pl.Int32).alias("n_placements"),
        )
        .with_columns(
            _publishers(pl.col("source_line")).alias("publishers"),
            _word_count(pl.col("body")).alias("word_count"),
            pl.when(pl.col("body") == "")
            .then(0)
            .otherwise(pl.col("body").str.count_matches("\n\n", literal=True) + 1)
            .cast(pl.Int32)
            .alias("paragraph_count"),
            _NO_COUNTRIES.alias("mentioned_iso3"),
        )
        .select(contract("articles").names)
        .sort("article_id")
    )
    return articles, placements


def with_countries(articles: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """Stories with mentioned_iso3, the countries that `country_mentions` has of each: the contract frame of `articles`, in the same order."""
    named = mentions.group_by("article_id").agg(pl.col("iso3").unique().sort().alias("mentioned_iso3"))
    return (
        articles.drop("mentioned_iso3")
        .join(named, on="article_id", how="left", maintain_order="left")
        .with_columns(pl.col("mentioned_iso3").fill_null(_NO_COUNTRIES))
        .select(contract("articles").names)
    )


def _dated(entries: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """Adds published_*: from the date line, else from the metadata of the file for the main story of a page."""
    stated = dates.publication_date(entries["date_line"], lexicon)
    on = pl.when(pl.col("block") == "main").then(pl.col("published_on"))
    found = pl.col("edtf").is_not_null()
    return pl.concat([entries, stated], how="horizontal").with_columns(
        pl.when(found).then(pl.col("edtf")).otherwise(on.dt.to_string("%Y-%m-%d")).alias("published_edtf"),
        pl.when(found).then(pl.col("from")).otherwise(on).alias("published_from"),
        pl.when(found).then(pl.col("to")).otherwise(on).alias("published_to"),
        pl.when(found).then(pl.col("basis")).when(on.is_not_null()).then(pl.lit("metadata")).otherwise(pl.lit("none")).alias("published_basis"),
        pl.when(found).then(pl.col("text")).alias("published_text"),
        pl.when(found).then(pl.col("conflict")).alias("published_conflict"),
    )


def _word_count(body: pl.Expr) -> pl.Expr:
    """Words parted by white space; marks of list items and dashes between blanks are none. Plain substrings: a regular expression takes three times as
    long, but for a few short texts of one beginning. That one does not see a dash that shares its blank with the dash before it."""

    def count(part: str, text: pl.Expr = body) -> pl.Expr:
        return text.str.count_matches(part, literal=True).cast(pl.Int32)

    doubled = pl.when(body.str.contains("[-–—] [-–—] ")).then(body)
    one_by_one = count(" – ", doubled) + count(" — ", doubled) + count(" - ", doubled) + count("\n- ", doubled)
    marks = pl.coalesce(one_by_one, body.str.count_matches(" [-–—] |\n- ").cast(pl.Int32)) + body.str.starts_with("- ")
    return pl.when(body == "").then(0).otherwise(count(" ") + count("\n") - count("\n\n") + 1 - marks).cast(pl.Int32)


def _publishers(source_line: pl.Expr) -> pl.Expr:
    """The names in a source line: parts by commas, "and", "with", "via"; agencies without a name are none."""
    return (
        source_line.str.replace(r"(?i)^\s*sources?\s*[:：]\s*", "")
        .str.replace_all(r"\s*\([^()]*\)", "")
        .str.replace_all(_AGENCIES, "")
        .str.replace_all(r"(?i)\s*(?:[,;/|•]|\band\b|\bwith\b|\bvia\b)\s*", "\x1f")
        .str.split("\x1f")
        .list.eval(pl.element().str.strip_chars(" .()").filter(pl.element().str.contains(r"\p{L}")))
    )
