"""What a run does, without Prefect: the order of the steps, and what a batch is made of.

The flow and `--direct` both call `build`; they differ in the engine that carries the steps out.
"""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Protocol, TypeVar

import polars as pl

from flows.progress import Progress
from flows.validation import validate
from schemas import TABLES
from transforms.lexicon import Lexicon
from transforms.pipeline import extract
from warehouse import database, landing, reference, shards, store
from warehouse.errors import WarehouseError
from warehouse.limits import DEFAULTS, Limits
from warehouse.publish import publish

T = TypeVar("T")

MAX_ROUNDS = 5
"""How often the loader may ask for documents to be derived again: once for what the load uncovers, once for what that uncovers, and a margin."""


@dataclass(frozen=True)
class Request:
    """What to build from what."""

    inputs: tuple[Path, ...]
    warehouse: Path
    exports: Path | None
    prune: bool = False
    force: bool = False
    batch_pages: int = 1000
    lock_timeout: float = 60.0
    limits: Limits = DEFAULTS
    rebuild: bool = False
    """Derive everything again from the texts in the warehouse; `inputs` is empty then."""


@dataclass(frozen=True)
class Batch:
    """A transformed batch: its name, where its shard lies, how many pages it had, and what it took."""

    name: str
    shard: Path
    pages: int
    seconds: float


@dataclass(frozen=True)
class Summary:
    """What a run did. `published` is False where nothing was new; `files` and `rows` count the whole warehouse, `rejected` the files under the inputs of
    this run, new or known, of which nothing was loaded."""

    run_id: str
    published: bool
    files: Mapping[str, int]
    rows: Mapping[str, int]
    rejected: int
    batches: tuple[Batch, ...]
    seconds: float


class Engine(Protocol):
    """Carries the steps of a run out: at once and in worker processes, or as Prefect tasks."""

    def step(self, name: str, function: Callable[[], T]) -> T:
        """The result of `function()`, run once under this name."""

    def transform(self, manifests: Sequence[Path], folder: Path) -> Iterator[Batch]:
        """`transform_batch` of each manifest, in any order, as they are done."""


def build(request: Request, engine: Engine, progress: Progress) -> Summary:
    """One run: discover, transform what is new, load, derive again what the load asks for, check, publish. A rebuild discovers nothing, and
    publishes even what turns out to be the same.

    Raises LandingError for inputs that are not there, WarehouseError for a warehouse that cannot be used, ContractError for rows that break their
    contract; then nothing is published."""
    preflight(request)
    begun, started_at = time.monotonic(), datetime.now(UTC).replace(tzinfo=None)
    run_id = f"{started_at:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    rules = reference.rules_version()
    runs = request.warehouse.absolute().parent / "staging" / request.warehouse.name
    staging = runs / run_id
    progress.say("opening the warehouse")
    with store.open_work(request.warehouse, request.lock_timeout, progress.say) as work:
        for note in work.notes:
            progress.say(note)
        shutil.rmtree(runs, ignore_errors=True)  # what a killed run left; we are alone
        work.load_countries(lexicon(reference.REFERENCE_FOLDER).frame("countries"))
        if request.rebuild:
            offer = landing.Offer(pl.DataFrame(schema=landing.MANIFEST), pl.Series("source_uri", dtype=pl.String), [])
            work.forget_derived()
        else:
            offer = engine.step("discover", lambda: landing.discover(request.inputs, work.ledger(), request.limits))
            progress.say(f"{offer.offered:,} files, {offer.new.height:,} new or changed")
        run = store.RunInfo(run_id, started_at, version("communique"), offer.offered, offer.new.height)
        batches: list[Batch] = []
        try:
            manifests = landing.write_batches(offer, staging / "manifests", request.batch_pages)
            documents = work.stale(rules)
            for number in range(MAX_ROUNDS):
                manifests += work.write_document_batches(documents, staging / f"manifests-{number}")
                done = _transform(engine, progress, manifests, staging / f"shards-{number}", offer.new.height * (not number) + len(documents))
                batches += done
                shards_done = [batch.shard for batch in done]
                gone = () if number else (*offer.gone, *offer.gone_before) if request.prune else offer.gone
                result = engine.step("load", partial(work.load, shards_done, gone, request.prune, run, rules))
                documents, manifests = result.derive_again, []
                if not documents:
                    break
            else:
                raise WarehouseError(
                    f"{len(documents):,} documents are still to be derived after {MAX_ROUNDS} rounds: the rules contradict themselves"
                )
            progress.say("checking and publishing")
            published = engine.step("publish", lambda: publish(work, request.exports, run, force=request.force, again=request.rebuild))
            rejected = work.rejected(offer.source_uris())
        finally:
            shutil.rmtree(runs, ignore_errors=True)
    for note in published.notes:
        progress.say(note)
    return Summary(
        run_id=run_id,
        published=published.is_new or published.exported,
        files=published.files,
        rows=published.rows,
        rejected=rejected,
        batches=tuple(batches),
        seconds=time.monotonic() - begun,
    )


def preflight(request: Request) -> None:
    """What can be told to be wrong before anything is opened or written: inputs that are not there, folders without a file (unless a warehouse is
    there, whose files may be gone), a warehouse that is none. Raises LandingError, WarehouseError."""
    for path in request.inputs:
        if not path.exists() and not path.is_symlink():
            raise landing.LandingError(f"no such file or folder: {path}")
    database.refuse_what_is_no_file(request.warehouse)
    is_published = store.published_state(request.warehouse) is not None
    if request.rebuild:
        if not is_published:
            raise WarehouseError(f"no warehouse at {request.warehouse}; communique run makes one")
    elif not is_published and not any(path.is_file() or any(p.is_file() for p in path.rglob("*")) for path in request.inputs):
        raise landing.LandingError(f"no files in {', '.join(map(str, request.inputs))}")


def _transform(engine: Engine, progress: Progress, manifests: Sequence[Path], shards: Path, pages: int) -> list[Batch]:
    """The batches of `manifests`, by name, whatever order they end in."""
    if not manifests:
        return []
    progress.say("transforming")
    progress.expect(pages)
    done = []
    for batch in engine.transform(manifests, shards):
        done.append(batch)
        progress.advance(batch.pages)
    return sorted(done, key=lambda batch: batch.name)


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
    return Batch(manifest.stem, shard, documents.height, time.monotonic() - begun)


@lru_cache(maxsize=1)
def lexicon(folder: Path) -> Lexicon:
    """The reference lists under `folder`, read once per process."""
    return Lexicon(reference.load(folder))


def derive(documents: pl.DataFrame, lexicon: Lexicon) -> tuple[dict[str, pl.DataFrame], dict[str, str]]:
    """Every table that follows from `documents`, and the documents on which the transforms raise: document_id -> reason. Those keep their row in
    `documents`, without language and layout.

    Raises what the transforms raise where they fail on all of several documents: then the rules are broken, not the pages."""
    try:
        frames = extract(documents, lexicon)
        failures: dict[str, str] = {}
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


def _failures(documents: pl.DataFrame, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """The documents on which the transforms raise, found by halving."""
    if documents.is_empty():
        return
    try:
        extract(documents, lexicon)
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
