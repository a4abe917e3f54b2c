"""The ledger: what was offered, and what became of it."""

from __future__ import annotations

import polars as pl

from schemas.base import TEXT, TIMESTAMP, Table, column, identifier
from schemas.vocabularies import FILE_STATUS


class Files(Table):
    """One row per file or archive member ever offered, whatever became of it."""

    file_id: TEXT = identifier("Hash of source_uri", unique=True)
    source_uri: TEXT = column(
        "Where the file is: file:///folder/page.txt, or file:///folder/pages.zip!/page.txt for a member of an archive",
        unique=True,
    )
    file_name: TEXT = column("Last part of the path")
    document_id: TEXT = identifier("The document that holds the text; NULL where the bytes are no text", nullable=True)
    status: TEXT = column(
        "What became of the file. duplicate: same bytes as an earlier source_uri; gone: no longer there, its document kept until --prune",
        vocab=FILE_STATUS,
    )
    status_reason: TEXT = column("Why, in one line, for every status but loaded", nullable=True)
    size_bytes: pl.Int64 = column("Size of the file or member", unit="bytes", nullable=True, ge=0)
    modified_at: TIMESTAMP = column("Last modification, as the file system or the archive has it", unit="UTC", nullable=True)
    observed_on: pl.Date = column("Day on which somebody saved the page", source="sidecar or front matter, never guessed", nullable=True)
    published_on: pl.Date = column("Publication day given beside the text", source="sidecar or front matter, never guessed", nullable=True)
    url: TEXT = column("Address of the page", source="sidecar or front matter, never guessed", nullable=True)
    fingerprint: TEXT = column(
        "Size and modification time of the file (or its archive) and of its sidecar: equal means unchanged, so nothing is read again",
        nullable=True,
    )
    first_run_id: TEXT = column("Run that saw the file first", nullable=True)
    last_run_id: TEXT = column("Run that last read the file", nullable=True)

    class Config(Table.Config):
        name = "files"
        metadata = {"layer": "bronze", "key": ["file_id"], "declare_key": True, "references": {}}
