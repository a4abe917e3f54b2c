"""From documents to every table, in order: the one place that knows how the transforms follow on each other."""

from __future__ import annotations

import polars as pl

from transforms import articles as stories
from transforms import commitments, context, countries, dates, incidents, languages, layouts, ministers, officials, organisations, sentences, voices
from transforms.lexicon import Lexicon
from transforms.scans import any_of

LANGUAGE = "en"


def extract(documents: pl.DataFrame, lexicon: Lexicon) -> dict[str, pl.DataFrame]:
    """Every table that follows from `documents` (document_id, sha256, file_name, encoding, published_on, raw_text), by name, as a batch shard holds
    it: articles by story key, ministers by person key (see docs/decisions).

    Keys: documents (with language and layout; the loader adds the rest), articles, article_placements and `schemas.ARTICLE_TABLES`. Each frame has
    the columns of its contract and is sorted by its key. The result depends on the documents and the lexicon alone.
    """
    told = languages.add_language(documents)
    entries = layouts.read(told.filter(language=LANGUAGE), lexicon)
    articles, placements = stories.build(entries, told, lexicon)
    split = sentences.split(articles, lexicon)
    named = countries.find(articles, lexicon)
    people, people_named = ministers.find(articles, split, named, lexicon)

    cues = {commitments.CUE: commitments.cues(lexicon), incidents.CUE: incidents.cues(lexicon)}
    cued = split.with_columns(**cues)
    # an item of a list carries no cue of its own, but its dates are those of the undertaking above it
    chosen = cued.filter(pl.any_horizontal(*cues, "is_item"))
    read = context.build(
        articles,
        cued,
        named,
        people,
        people_named,
        organisations.find(split, lexicon),
        dates.find(chosen, articles, lexicon),
        cues=list(cues),
        marks={mark: any_of(*patterns) for mark, patterns in voices.MARKS.items()},
        rare={mark: any_of(*patterns) for mark, patterns in (officials.MARKS | incidents.MARKS).items()},
    )
    undertaken, undertaken_by = commitments.find(read, lexicon)
    happened, happened_to, blamed = incidents.find(read, lexicon)
    layout = entries.select("document_id", "layout").unique("document_id")
    return {
        "documents": told.join(layout, on="document_id", how="left", maintain_order="left"),
        "articles": stories.with_countries(articles, named),
        "article_placements": placements,
        "country_mentions": named,
        "article_ministers": people,
        "minister_mentions": people_named,
        "commitments": undertaken,
        "commitment_parties": undertaken_by,
        "incidents": happened,
        "incident_parties": happened_to,
        "incident_attributions": blamed,
    }
