"""What becomes of a batch: its files read, every table derived from them, checked, and written as a shard."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from socket import gethostname

import polars as pl

from flows.operations import Batch
from flows.validation import validate
from schemas import TABLES
from transforms.lexicon import Lexicon
from transforms.pipeline import extract
from warehouse import landing, reference, shards


def transform_batch(manifest: Path, folder: Path) -> Batch:
    """Reads the files or documents that `manifest` names, derives every table from them, checks each against its contract, and writes them as a shard
    to a folder of the manifest's name under `folder`.

    A page on which the transforms raise is no reason to stop: it stays in the ledger as `failed` with the reason. Raises ContractError where
    rows break their contract."""
    begun = time.monotonic()
    files, documents = landing.read(manifest)
    frames, failures = derive(documents, lexicon(reference.REFERENCE_FOLDER))
    frames["files"] = _mark_failed(files, failures)
    validate(frames, f"batch {manifest.stem}")
    shard = folder / manifest.stem
    shards.write(frames, shard)
    return Batch(manifest.stem, shard, documents.height, time.monotonic() - begun, where=f"{gethostname()}:{os.getpid()}")


@lru_cache(maxsize=1)
def lexicon(folder: Path) -> Lexicon:
    """The reference lists under `folder`, read once per process."""
    found = Lexicon(reference.load(folder))
    # What the process has loaded by now stays: the garbage collector need not look through it again and again with every batch.
    gc.collect()
    gc.freeze()
    return found


def derive(documents: pl.DataFrame, lexicon: Lexicon) -> tuple[dict[str, pl.DataFrame], dict[str, str]]:
    """Every table that follows from `documents`, and the documents on which the transforms raise: document_id -> reason. Those keep their row in
    `documents`, without language and layout.

    Raises what the transforms raise where they fail on all of several documents: then the rules are broken, not the pages; and OSError and MemoryError,
    which are no fault of a page either."""
    try:
        frames = extract(documents, lexicon)
        failures: dict[str, str] = {}
    except _OF_THE_MACHINE:
        raise
    except _CAUGHT:
        failures = dict(_failures(documents, lexicon))
        if len(failures) == documents.height > 1:
            raise
        is_bad = pl.col("document_id").is_in(list(failures))
        frames = extract(documents.filter(~is_bad), lexicon)
        frames["documents"] = pl.concat([frames["documents"], documents.filter(is_bad)], how="diagonal")
    frames["documents"] = (
        frames["documents"]
        .with_columns(is_superseded=pl.lit(False), derivation=pl.lit(None, pl.String))
        .select(list(TABLES["documents"].to_schema().columns))
        .sort("document_id")
    )
    return frames, failures


_CAUGHT = (Exception, pl.exceptions.PanicException)
_OF_THE_MACHINE = (OSError, MemoryError)


def _failures(documents: pl.DataFrame, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """The documents on which the transforms raise, found by halving."""
    if documents.is_empty():
        return
    try:
        extract(documents, lexicon)
    except _OF_THE_MACHINE:
        raise
    except _CAUGHT as error:
        if documents.height == 1:
            yield documents.item(0, "document_id"), " ".join(f"{type(error).__name__}: {error}".split())[:200]
            return
        middle = documents.height // 2
        yield from _failures(documents.head(middle), lexicon)
        yield from _failures(documents.tail(-middle), lexicon)


def _mark_failed(files: pl.DataFrame, failures: Mapping[str, str]) -> pl.DataFrame:
    if not failures:
        return files
    reason = pl.col("document_id").replace_strict(dict(failures), default=None, return_dtype=pl.String)
    failed = reason.is_not_null() & (pl.col("status") == "loaded")
    return files.with_columns(
        status=pl.when(failed).then(pl.lit("failed")).otherwise("status"),
        status_reason=pl.when(failed).then(reason).otherwise("status_reason"),
    )
