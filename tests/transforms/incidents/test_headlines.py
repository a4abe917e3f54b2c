"""What only the title tells has no sentence of the body to quote: it is no incident, and stops nothing."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

Read = Callable[..., dict[str, pl.DataFrame]]

TITLES = ("Russia attacks Ukraine with drones", "Gunmen attack convoy in Mali, Chad army says", "Chinese hackers breach Dutch ministry network")
BODIES = (
    "",
    "The weather was fine in the north.",
    "An attack was feared. Another attack was reported in the evening.",
    "Militants attacked a convoy in northern Niger on Tuesday.",
)


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("body", BODIES)
def test_a_title_alone_tells_no_incident_and_stops_nothing(read: Read, title: str, body: str) -> None:
    tables = read(f"{title}\n\n{body}")
    stories = dict(tables["articles"].select("article_id", "body").iter_rows())
    for row in tables["incidents"].iter_rows(named=True):
        assert row["quote"] in stories[row["article_id"]]
    assert tables["incidents"].height <= (0 if not body or "weather" in body else 2)
