"""What the tests of the transforms share: the real reference lists, and a page to read."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

import polars as pl
import pytest

from transforms.lexicon import Lexicon
from transforms.pipeline import extract

Tables = dict[str, pl.DataFrame]


@pytest.fixture(scope="session")
def read(lexicon: Lexicon) -> Callable[..., Tables]:
    """Every table of pages given as text."""

    def run(*texts: str) -> Tables:
        digests = [sha256(text.encode()).hexdigest() for text in texts]
        documents = pl.DataFrame(
            {
                "document_id": [d[:16] for d in digests],
                "sha256": digests,
                "file_name": [f"{i}.txt" for i in range(len(texts))],
                "encoding": ["utf-8"] * len(texts),
                "published_on": pl.Series([None] * len(texts), dtype=pl.Date),
                "raw_text": list(texts),
            }
        )
        return extract(documents, lexicon)

    return run
