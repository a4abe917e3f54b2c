"""Organisations: the bloc of which an article speaks."""

from __future__ import annotations

import polars as pl
import pytest

from transforms import organisations, sentences
from transforms.lexicon import Lexicon
from warehouse import reference


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("Ministers of ASEAN met. They said that the bloc would trade more.", ["ASEAN", "ASEAN"]),
        ("Later the bloc agreed with ECOWAS.", ["ECOWAS", "ECOWAS"]),
        ("The EU spoke to Mercosur. Both said that the bloc would sign.", ["European Union", "Mercosur", "Mercosur"]),
        ("NATO said that the bloc would pay.", ["NATO", "European Union"]),
        ("Envoys said that the bloc would pay.", ["European Union"]),
    ],
)
def test_the_bloc_is_the_one_that_the_article_names(body: str, names: list[str]) -> None:
    lexicon = Lexicon(reference.load())
    articles = pl.DataFrame({"article_id": ["0", "1"], "title": ["", ""], "body": [body, "The EU met."]})
    found = organisations.find(sentences.split(articles, lexicon), lexicon).filter(article_id="0")
    assert found["name"].to_list() == names
