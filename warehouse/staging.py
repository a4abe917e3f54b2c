"""What lies between transform and load: manifests and shards of a run, under `staging/` beside the warehouse, until it has published.

A run that dies or fails leaves its folder. The next run takes over the batches whose files, texts and rules are still the same, and removes the
rest when it is done:

    staging/<warehouse>/<run>/made-by               what the shards depend on beside their manifest
                              manifests-0/*.parquet
                              shards-0/<manifest>/
"""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from warehouse import lock, shards
from warehouse.errors import LockedError
from warehouse.landing import MANIFEST

MADE_BY = "made-by"


class Staging:
    """The staging folder of one run. Whoever makes one holds the warehouse alone."""

    def __init__(self, warehouse: Path, run_id: str, made_by: str) -> None:
        """`made_by` tells all that the shards depend on beside their manifest: versions of code, tables and rules, and the limits."""
        self._root = root(warehouse)
        self._folder = self._root / run_id
        self._left = list(_left(self._root, made_by))
        self._folder.mkdir(parents=True)
        (self._folder / MADE_BY).write_text(made_by)

    def manifests(self, number: int) -> Path:
        """Where the manifests of this round go."""
        return self._folder / f"manifests-{number}"

    def shards(self, number: int) -> Path:
        """Where the shards of this round go."""
        return self._folder / f"shards-{number}"

    def take_over_files(self, new: pl.DataFrame) -> tuple[pl.DataFrame, list[Path]]:
        """Shards that an earlier run has made of files of `new` (columns of MANIFEST), and the rows of `new` that are still to be read."""
        pairs = [pair for pair in self._left if pair[0].stem.startswith("batch-")]
        if not pairs:
            return new, []
        rows = pl.concat([pl.read_parquet(manifest).select(list(MANIFEST)).with_columns(pair=pl.lit(i)) for i, (manifest, _) in enumerate(pairs)])
        same = rows.join(new, on=list(MANIFEST), how="semi", nulls_equal=True)
        counts = rows.group_by("pair").len("all").join(same.group_by("pair").len("same"), on="pair").filter(pl.col("all") == pl.col("same"))
        uris = {i: frame["source_uri"].to_list() for (i,), frame in same.join(counts, on="pair", how="semi").group_by("pair")}
        found: list[Path] = []
        taken: set[str] = set()
        for i in sorted(uris):
            if taken.isdisjoint(uris[i]) and shards.is_whole(pairs[i][1]):
                found.append(pairs[i][1])
                taken.update(uris[i])
        return new.filter(~pl.col("source_uri").is_in(list(taken))), found

    def take_over_documents(self, manifests: Sequence[Path]) -> tuple[list[Path], list[Path]]:
        """Manifests of documents that are still to be derived, and the shards that an earlier run has made of the others."""
        rest, found = [], []
        for manifest in manifests:
            pairs = [pair for pair in self._left if pair[0].name == manifest.name]
            shard = next((s for m, s in pairs if filecmp.cmp(m, manifest, shallow=False) and shards.is_whole(s)), None)
            if shard is None:
                rest.append(manifest)
            else:
                found.append(shard)
        return rest, found

    def clear(self) -> None:
        """Removes what this run and those before it have staged."""
        shutil.rmtree(self._root, ignore_errors=True)


def root(warehouse: Path) -> Path:
    """The folder under which all runs on this warehouse stage."""
    return warehouse.absolute().parent / "staging" / warehouse.name


def clear_after(warehouse: Path, patience: float) -> bool:
    """Removes what a run that was stopped has staged, unless another run has begun to work with it within `patience` seconds. Gives whether it did."""
    if not root(warehouse).exists():
        return False
    try:
        with lock.hold(lock.path(warehouse), patience):
            shutil.rmtree(root(warehouse), ignore_errors=True)
    except LockedError:
        return False
    return True


def _left(root: Path, made_by: str) -> Iterator[tuple[Path, Path]]:
    """Pairs of manifest and shard of earlier runs; folders that other rules have made are removed."""
    for run in sorted(root.iterdir()) if root.is_dir() else ():
        try:
            is_same = (run / MADE_BY).read_text() == made_by
        except OSError:
            is_same = False
        if not is_same:
            shutil.rmtree(run, ignore_errors=True)
            continue
        for manifest in sorted(run.glob("manifests-*/*.parquet")):
            shard = run / manifest.parent.name.replace("manifests", "shards") / manifest.stem
            if shard.is_dir():
                yield manifest, shard
