"""The verbatim text of each distinct content."""

from __future__ import annotations

import polars as pl

from schemas.base import TEXT, Table, column, identifier


class Documents(Table):
    """One row per distinct content that is text, whatever its language, with its verbatim text."""

    document_id: TEXT = identifier("First 16 hex digits of sha256", unique=True)
    sha256: TEXT = column("SHA-256 of the bytes", unit="64 hex digits", pattern=r"^[0-9a-f]{64}$")
    file_name: TEXT = column("Name of the file with the first source_uri in order")
    encoding: TEXT = column("Encoding from which the text was decoded, as Python names it")
    language: TEXT = column("Language of the page", unit="ISO 639-1", nullable=True)
    layout: TEXT = column("Layout by which the page was read; NULL where the language is not supported", nullable=True)
    is_superseded: pl.Boolean = column("No file holds these bytes any more: kept, but nothing in the other tables comes from it")
    published_on: pl.Date = column("Publication day from sidecar or front matter of the first source_uri that gives one", nullable=True)
    derivation: TEXT = column(
        "Rules version and metadata from which the rows of this document were derived; another value wanted means they are stale",
        nullable=True,
    )
    raw_text: TEXT = column("The text, verbatim", compression="zstd")

    class Config(Table.Config):
        name = "documents"
        metadata = {"layer": "bronze", "key": ["document_id"], "declare_key": False, "references": {}}
