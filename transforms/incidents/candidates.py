"""In which sentences a rule of incidents can begin, told for all of them at once: most sentences with a cue tell nothing hostile."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from transforms.context import Article, lower
from transforms.incidents.lists import Lists

_WORD = r"[\p{L}\p{N}]+(?:[-.&][\p{L}\p{N}]+)*"  # a word as `reading` has it


def candidates(articles: Sequence[Article], cue: str, lists: Lists) -> list[list[int]]:
    """For each article the sentences with the cue, by index, in order, that hold the first word of a rule, a word
    that it needs near it, and what must follow it."""
    chosen = [(which, index, lower(article.text_of(index))) for which, article in enumerate(articles) for index in article.marked(cue)]
    texts = pl.DataFrame({"text": [text for _, _, text in chosen]}, schema={"text": pl.String}).with_row_index("row")
    words = texts.select("row", pl.col("text").str.extract_all(_WORD).alias("word")).explode("word")
    begun = words.join(lists.first_words, on="word").select("row", "near", "rule").unique()
    nearby = words.join(lists.near_words, on="word").select("row", "near")
    told = pl.concat([begun.filter(pl.col("near").is_null()), begun.join(nearby, on=["row", "near"], how="semi")])
    opened: set[int] = set()
    for rule, rows in told.group_by("rule").agg("row").iter_rows():
        pattern, places = lists.openings[rule], pl.Series(rows, dtype=pl.UInt32)
        opened.update(rows if pattern is None else places.filter(texts["text"].gather(places).str.contains(pattern)).to_list())
    found: list[list[int]] = [[] for _ in articles]
    for row in sorted(opened):
        which, index, _ = chosen[row]
        found[which].append(index)
    return found
