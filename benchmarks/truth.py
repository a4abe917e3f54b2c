"""Whether a warehouse holds what the pages of the corpus hold."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from hashlib import sha256

import polars as pl

from benchmarks.corpus import Page

_VALUES = {"country_mentions": "iso3", "ministers": "full_name", "commitments": "quote", "incidents": "quote"}


def compare(pages: Iterable[Page], tables: Mapping[str, pl.DataFrame]) -> dict[str, tuple[int, int]]:
    """For countries, ministers, commitments and incidents: how many the main articles of `pages` hold, and how many rows of `tables` (article_placements, articles,
    and the four, `ministers` with article_id and full_name) are missing or too many."""
    main = tables["article_placements"].filter(block="main").join(tables["articles"].select("article_id", "title"), on="article_id")
    article_of = {(document, title): article for document, title, article in main.select("document_id", "title", "article_id").iter_rows()}
    found: dict[str, dict[str, set[str]]] = {}
    for table, column in _VALUES.items():
        found[table] = defaultdict(set)
        for article_id, value in tables[table].select("article_id", column).iter_rows():
            # a page that is wrapped by hand has the line breaks of its sentences
            found[table][article_id].add(" ".join(value.split()))
    told: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for page in pages:
        if page.truth is None:
            continue
        article_id = article_of.get((sha256(page.data).hexdigest()[:16], page.truth.title), "")
        held = (page.truth.countries, page.truth.ministers, set(page.truth.commitments), set(page.truth.incidents))
        for table, values in zip(_VALUES, held, strict=True):
            told[table] += len(values)
            wrong[table] += len(values ^ found[table][article_id])
    return {table: (told[table], wrong[table]) for table in _VALUES}
