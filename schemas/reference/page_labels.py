"""`page_labels.csv`: lines of a page that are no text of a story."""

from __future__ import annotations

from schemas.base import TEXT, Table, column
from schemas.vocabularies import BLOCK

LABEL_KIND = ("heading", "section", "external", "comments", "furniture", "lead", "notice")


class PageLabels(Table):
    """One row per label. Whole lines, figures and marks around them left out: a `heading` opens a block of teasers, a `section` names the kind of story
    below it, `external` opens links to other sites, `comments` what readers wrote, `furniture` is a part of a menu, a share button, a form. A `lead` begins a
    line, and a `notice` stands anywhere in a short line, that is furniture: cookie notes, newsletters, footers."""

    label: TEXT = column("The words, in lower case, with straight apostrophes", unique=True)
    kind: TEXT = column("What the line is", vocab=LABEL_KIND)
    block: TEXT = column("The block that a heading opens", vocab=BLOCK, nullable=True)

    class Config(Table.Config):
        name = "page_labels"
        metadata = {"key": ["label"]}
