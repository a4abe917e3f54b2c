"""What a run does, without Prefect: the order of the steps.

The flow and `--direct` both call `build`; they differ in the engine that carries the steps out. What becomes of a batch is in `flows.batches`, which only those
import that transform one: a run with nothing to do never loads the transforms.
"""

from __future__ import annotations

import dataclasses
import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Protocol, TypeVar

import polars as pl

from flows.progress import Progress
from schemas.derive import schema_version
from warehouse import landing, publish, reference, repair, shards, store
from warehouse.errors import CheckError, WarehouseError
from warehouse.limits import DEFAULTS, Limits
from warehouse.staging import Staging

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
    taken_over: bool = False
    """An earlier run has transformed it, and died."""
    where: str = ""
    """Machine and process that transformed it."""


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
    before: Mapping[str, int] = dataclasses.field(default_factory=dict)
    """Rows by table of the publication before."""
    rejected_now: int = 0
    """Files that this run has read and rejected."""


class Engine(Protocol):
    """Carries the steps of a run out: at once and in worker processes, or as Prefect tasks."""

    def step(self, name: str, function: Callable[[], T]) -> T:
        """The result of `function()`, run under this name; again, where the engine thinks that it may succeed then (`warehouse.errors.may_pass`)."""

    def transform(self, manifests: Sequence[Path], folder: Path) -> Iterator[Batch]:
        """`batches.transform_batch` of each manifest, in any order, as they are done."""


def build(request: Request, engine: Engine, progress: Progress) -> Summary:
    """One run: discover, transform what is new, load, derive again what the load asks for, check, publish, export. A rebuild discovers nothing, and
    publishes even what turns out to be the same. Batches that a run before has transformed, and not loaded since it died, are taken over.

    Raises LandingError for inputs that are not there, WarehouseError for a warehouse that cannot be used, ContractError for rows that break their
    contract, CheckError for figures that may not be published; then nothing is published."""
    preflight(request)
    begun, started_at = time.monotonic(), datetime.now(UTC).replace(tzinfo=None)
    run_id = f"{started_at:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    progress.say("opening the warehouse")
    with store.open_work(request.warehouse, request.lock_timeout, progress.say) as work:
        for note in work.notes:
            progress.say(note)
        work.load_countries(reference.read("countries"))
        run = store.RunInfo(run_id, started_at, version("communique"))
        staging = Staging(request.warehouse, run_id, f"{run.code_version} {schema_version()} {reference.rules_version()} {request.limits}\n")
        try:
            summary = _Run(request, engine, progress, work, staging, run).summary()
        except KeyboardInterrupt:  # whoever stops a run does not want it; what a run that fails has staged is for the next
            staging.clear()
            raise
        staging.clear()
    return dataclasses.replace(summary, seconds=time.monotonic() - begun)


class _Run:
    """One run on a warehouse that it holds alone."""

    def __init__(self, request: Request, engine: Engine, progress: Progress, work: store.Work, staging: Staging, run: store.RunInfo) -> None:
        self._request = request
        self._engine = engine
        self._progress = progress
        self._work = work
        self._staging = staging
        self._run = run
        self._rules = reference.rules_version()
        self._batches: list[Batch] = []

    def summary(self) -> Summary:
        """Does it all."""
        offer = self._discover()
        self._run = dataclasses.replace(self._run, files_offered=offer.offered, files_new=offer.new.height)
        self._transform_and_load(offer)
        rejected = self._work.rejected_files(self._run.run_id)
        self._progress.rejected(self._run.run_id, rejected)
        checked = self._check()
        self._progress.say("publishing")
        notes = self._engine.step("publish", lambda: publish.replace(self._work, self._run, checked))
        exported = self._engine.step("export", lambda: publish.write_exports(self._work, self._request.exports, checked, again=self._request.rebuild))
        for note in notes:
            self._progress.say(note)
        return Summary(
            run_id=self._run.run_id,
            published=checked.is_new or exported,
            files=checked.files,
            rows=checked.rows,
            rejected=self._work.rejected(offer.source_uris()),
            batches=tuple(self._batches),
            seconds=0.0,
            before=checked.before,
            rejected_now=int(rejected["is_new"].sum()),
        )

    def _discover(self) -> landing.Offer:
        if self._request.rebuild:
            self._work.forget_derived()
            return landing.Offer(pl.DataFrame(schema=landing.MANIFEST), pl.Series("source_uri", dtype=pl.String), [])
        offer = self._engine.step("discover", lambda: landing.discover(self._request.inputs, self._work.ledger(), self._request.limits))
        self._progress.say(f"{offer.offered:,} files, {offer.new.height:,} new or changed")
        return offer

    def _transform_and_load(self, offer: landing.Offer) -> None:
        documents = self._work.stale(self._rules)
        gone = (*offer.gone, *offer.gone_before) if self._request.prune else tuple(offer.gone)
        new = offer.new
        for number in range(MAX_ROUNDS):
            manifests = self._staging.manifests(number)
            rest, taken = self._staging.take_over_files(new)
            files = landing.write_batches(dataclasses.replace(offer, new=rest), manifests, self._request.batch_pages)
            texts, known = self._staging.take_over_documents(self._work.write_document_batches(documents, manifests))
            done = self._transform([*files, *texts], [*taken, *known], self._staging.shards(number), new.height + len(documents))
            load = partial(self._work.load, [batch.shard for batch in done], gone, self._request.prune, self._run, self._rules)
            documents, gone, new = self._engine.step("load", load).derive_again, (), offer.new.clear()
            if not documents:
                return
        raise WarehouseError(f"{len(documents):,} documents are still to be derived after {MAX_ROUNDS} rounds: the rules contradict themselves")

    def _transform(self, manifests: Sequence[Path], taken_over: Sequence[Path], shards_folder: Path, pages: int) -> list[Batch]:
        """The batches, by name, whatever order they end in."""
        if not manifests and not taken_over:
            return []
        self._progress.say("transforming")
        self._progress.expect(pages)
        done = []
        for shard in taken_over:
            done.append(Batch(f"{shard.name} of {shard.parent.parent.name}", shard, shards.pages(shard), 0.0, taken_over=True))
            self._tell(done[-1])
        for batch in self._engine.transform(manifests, shards_folder) if manifests else ():
            done.append(batch)
            self._tell(batch)
        done.sort(key=lambda batch: batch.name)
        self._batches += done
        return done

    def _tell(self, batch: Batch) -> None:
        self._progress.batch(self._run.run_id, batch)
        self._progress.advance(batch.pages)

    def _check(self) -> publish.Checked:
        self._progress.say("checking")
        check = partial(publish.check, self._work, self._request.exports, force=self._request.force, again=self._request.rebuild)
        try:
            checked = self._engine.step("check", check)
        except CheckError as error:
            self._progress.checked(self._run.run_id, error.outcomes)
            raise
        self._progress.checked(self._run.run_id, checked.outcomes)
        return checked


def preflight(request: Request) -> None:
    """What can be told to be wrong before anything is opened or written: inputs that are not there, folders without a file (unless a warehouse is
    there, whose files may be gone), a warehouse that is none. Raises LandingError, WarehouseError."""
    for path in request.inputs:
        if not path.exists() and not path.is_symlink():
            raise landing.LandingError(f"no such file or folder: {path}")
    is_published = repair.is_published(request.warehouse)
    if request.rebuild:
        if not is_published:
            raise WarehouseError(f"no warehouse at {request.warehouse}; communique run makes one")
    elif not is_published and not any(path.is_file() or any(p.is_file() for p in path.rglob("*")) for path in request.inputs):
        raise landing.LandingError(f"no files in {', '.join(map(str, request.inputs))}")
