"""How many pages a second the transforms read, on their own: no files, no database, no Prefect.

    python -m benchmarks.transforms [--pages 2000] [--workers 2] [--from FOLDER] [--stages]

The pages are those of `benchmarks.corpus`, or, with --from, of about 7 kB each and put together from the paragraphs of the pages in FOLDER, with a number in each
sentence that makes it unlike all others, so that nothing is won by reading the same sentence twice. Each worker process keeps polars to one thread.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import statistics
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import corpus

if TYPE_CHECKING:
    import polars as pl

SIZE = 7_000
BATCH = 1000  # pages, as `flows.operations.Request` has it by default: what a batch costs whatever its size is shared by as many


def pages(folder: Path | None, count: int, seed: int) -> list[str]:
    """`count` pages: of the corpus, or of about SIZE characters from the paragraphs in `folder`."""
    if folder is None:
        made = (corpus.page(1, seed * BATCH + i) for i in range(count))
        return [page.data.decode() if page.kind != "reject" else "" for page in made]
    choose = random.Random(seed)
    texts = [path.read_bytes().decode("utf-8", "replace") for path in sorted(folder.glob("*.txt")) if "deutsch" not in path.name]
    paragraphs = [p.strip() for text in texts for p in re.split(r"\n\s*\n", text) if len(p) > 120]
    result = []
    for number in range(count):
        body: list[str] = []
        while sum(map(len, body)) < SIZE:
            body.append(re.sub(r"(?<=[a-z]{4})(?=[.,] )", lambda _: f" {choose.randrange(10**6)}", choose.choice(paragraphs)))
        result.append(f"Talks on trade and security, round {seed}-{number}\n\n" + "\n\n".join(body))
    return result


def documents(texts: Sequence[str]) -> pl.DataFrame:
    """The frame of documents that landing makes of pages with these texts, in their order."""
    import polars as pl

    from warehouse.landing.reading import DOCUMENTS

    digests = [sha256(text.encode()).hexdigest() for text in texts]
    columns = ([d[:16] for d in digests], digests, [f"{i}.txt" for i in range(len(texts))], ["utf-8"] * len(texts), [None] * len(texts), texts)
    return pl.DataFrame(dict(zip(DOCUMENTS, columns, strict=True)), schema=DOCUMENTS)


def transform(job: tuple[Path | None, int, int]) -> tuple[float, int, dict[str, int]]:
    """Seconds, bytes and rows of a batch, without the making of its pages."""
    from flows.batches import lexicon
    from transforms.pipeline import extract
    from warehouse.reference import REFERENCE_FOLDER

    folder, count, seed = job
    texts = pages(folder, count, seed)
    frame = documents(texts)
    compiled = lexicon(REFERENCE_FOLDER)
    extract(frame.head(2), compiled)  # patterns are compiled once a process
    begun = time.perf_counter()
    frames = extract(frame, compiled)
    return time.perf_counter() - begun, sum(len(t.encode()) for t in texts), {name: frame.height for name, frame in frames.items()}


def _begin() -> None:
    os.environ["POLARS_MAX_THREADS"] = "1"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--from", dest="folder", type=Path, metavar="FOLDER")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--stages", action="store_true", help="one batch in this process, with the time of each transform")
    arguments = parser.parse_args()
    if arguments.stages:
        return stages(arguments.folder)
    rates = []
    for number in range(arguments.rounds):
        jobs = [(arguments.folder, BATCH, number * 1000 + i) for i in range(max(1, arguments.pages // BATCH))]
        with ProcessPoolExecutor(arguments.workers, mp_context=get_context("spawn"), initializer=_begin) as pool:
            done = list(pool.map(transform, jobs))
        seconds = sum(s for s, _, _ in done) / arguments.workers
        size = sum(b for _, b, _ in done)
        rates.append(BATCH * len(jobs) / seconds)
        print(f"round {number + 1}: {rates[-1]:,.0f} pages/s, {size / BATCH / len(jobs):,.0f} bytes a page")
    print(f"median {statistics.median(rates):,.0f} pages/s on {arguments.workers} processes (from {min(rates):,.0f} to {max(rates):,.0f})")
    return 0


def stages(folder: Path | None) -> int:
    """The time of each transform for one batch, in microseconds a page."""
    _begin()
    from transforms import articles, commitments, context, countries, dates, incidents, languages, layouts, ministers, organisations, sentences

    spent: dict[str, float] = {}

    def timed(module: object, name: str) -> None:
        function = getattr(module, name)

        def run(*args: object, **named: object) -> object:
            begun = time.process_time()
            try:
                return function(*args, **named)
            finally:
                key = f"{getattr(module, '__name__', '')}.{name}"
                spent[key] = spent.get(key, 0.0) + time.process_time() - begun

        setattr(module, name, run)

    for module, name in (
        (languages, "add_language"),
        (layouts, "read"),
        (articles, "build"),
        (sentences, "split"),
        (countries, "find"),
        (ministers, "find"),
        (organisations, "find"),
        (dates, "find"),
        (context, "build"),
        (commitments, "find"),
        (incidents, "find"),
    ):
        timed(module, name)
    transform((folder, 2, 0))
    spent.clear()
    seconds, size, rows = transform((folder, BATCH, 1))
    for key, value in sorted(spent.items(), key=lambda x: -x[1]):
        print(f"{key:32} {value / BATCH * 1e6:8,.0f} µs a page")
    print(f"{'all':32} {seconds / BATCH * 1e6:8,.0f} µs a page of {size / BATCH:,.0f} bytes; rows {rows}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
