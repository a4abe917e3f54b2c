"""Pages of many stories: feeds, digests, lists of headlines, and the links to other stories around an article."""

from __future__ import annotations

import polars as pl
import pytest

from transforms import layouts
from transforms.lexicon import Lexicon
from warehouse import reference

LEXICON = Lexicon({"page_labels": reference.load()["page_labels"]})

LEAD = "Foreign Minister Ada Lind said on Monday that the port of Mombasa would be open to all ships from the first day of June."
MORE = "The ministry gave no further details, but said that a text would be signed before the end of the month in Nairobi."
LAST = "Fishermen on both sides of the bay welcomed the deal, which had been held up for years by a quarrel over fees."


def read(raw: str) -> list[dict[str, str]]:
    return layouts.read(pl.DataFrame({"document_id": ["a"], "raw_text": [raw]}), LEXICON).to_dicts()


def page(*lines: str) -> str:
    return "\n".join(lines)


@pytest.mark.parametrize("mark", ["■", "●●", "▪ ◼"])
def test_a_line_of_marks_alone_is_no_text(mark: str) -> None:
    [entry] = read(page("Port to open in June", "", LEAD, "", MORE, "", mark, "", "Related articles", ""))
    assert entry["title"] == "Port to open in June"
