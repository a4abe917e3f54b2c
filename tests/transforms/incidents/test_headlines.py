"""The title of a story supports what its body tells and is not quoted; a teaser, which has no body, is quoted by its title."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

Read = Callable[..., dict[str, pl.DataFrame]]

TITLES = ("Russia attacks Ukraine with drones", "Gunmen attack convoy in Mali, Chad army says", "Chinese hackers breach Dutch ministry network")
BODIES = (
    "The weather was fine in the north.",
    "An attack was feared. Another attack was reported in the evening.",
    "Militants attacked a convoy in northern Niger on Tuesday.",
)


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("body", BODIES)
def test_what_only_the_title_of_a_story_tells_is_no_incident(read: Read, title: str, body: str) -> None:
    tables = read(f"{title}\n\n{body}")
    stories = dict(tables["articles"].select("article_id", "body").iter_rows())
    for row in tables["incidents"].iter_rows(named=True):
        assert row["quote"] in stories[row["article_id"]]
    assert tables["incidents"].height <= (0 if "weather" in body else 2)


@pytest.mark.parametrize("title", TITLES)
def test_a_teaser_is_quoted_by_its_title(read: Read, title: str) -> None:
    incidents = read(f"{title}\n")["incidents"]
    assert incidents.select("quote", "start_char", "end_char").rows() == [(title, 0, len(title))]
