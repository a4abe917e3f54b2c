"""`page_labels.csv`: lines of a page that are no text of a story."""

from __future__ import annotations

from schemas.base import TEXT, Table, column
from schemas.vocabularies import BLOCK

LABEL_KIND = ("heading", "section", "furniture", "external")


class PageLabels(Table):
    """One row per label. A heading opens a block of teasers, a section names the kind of story below it, furniture is neither story nor label
    (menus, share buttons, cookie notes, footers), external opens links to other sites. heading, section and external are whole lines; furniture is
    found at the start of a word anywhere in a short line."""

    label: TEXT = column("The words, in lower case", unique=True)
    kind: TEXT = column("What the line is", vocab=LABEL_KIND)
    block: TEXT = column("The block that a heading opens", vocab=BLOCK, nullable=True)

    class Config(Table.Config):
        name = "page_labels"
        metadata = {"key": ["label"]}
