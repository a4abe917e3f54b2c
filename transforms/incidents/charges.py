"""Accusations told as a list: a sentence that accuses and ends in a colon ("X accused Y of:"), and what it accuses of in the paragraphs behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transforms.context import Article, Sentence
from transforms.incidents.lists import Lists

_MOST = 8  # items of a list


def charges(article: Article, marked: Sequence[int], lists: Lists) -> Iterator[tuple[Sentence, Sentence]]:
    """The sentences of such lists, each with the one that accuses (one of those at `marked`): items, or sentences that begin with a participle."""
    for i in marked:
        if not article.text_of(i).endswith(":"):
            continue
        lead = article.sentences[i]
        if lists.words["accusing"].isdisjoint(lead.lower.split()):
            continue
        for item in article.sentences[i + 1 : i + 1 + _MOST]:
            if not item.is_item and not item.text.split(" ", 1)[0].endswith("ing"):
                break
            yield lead, item
