"""What is offered and what of it must be read: looks at names, sizes and times only, never at bytes, but for the directory of a new archive."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from warehouse.landing import manifest
from warehouse.landing.manifest import MANIFEST, frame
from warehouse.landing.members import expand
from warehouse.landing.names import MEMBER, file_uri
from warehouse.landing.refusal import LandingError
from warehouse.landing.walk import Walk
from warehouse.limits import DEFAULTS, Limits

_LEDGER = {"source_uri": pl.String, "fingerprint": pl.String, "status": pl.String}


@dataclass(frozen=True)
class Offer:
    """What was offered."""

    new: pl.DataFrame
    """What must be read, new or changed: columns of MANIFEST, sorted by source_uri."""
    known: pl.Series
    """source_uris of the files that the ledger has as they are, sorted."""
    gone: list[str]
    """Known source_uris under these inputs that are no longer there, sorted."""
    gone_before: list[str] = field(default_factory=list)
    """Those that an earlier run found gone, and that still are: what --prune removes besides `gone`. Sorted."""
    ignored: list[str] = field(default_factory=list)
    """source_uris of hidden files and folders, which are not offered, sorted."""
    limits: Limits = DEFAULTS
    """What it was made under, and is to be read under."""

    @property
    def unchanged(self) -> int:
        """How many files are known as they are."""
        return len(self.known)

    @property
    def offered(self) -> int:
        return self.new.height + self.unchanged

    def source_uris(self) -> pl.Series:
        """Every file offered, new or known."""
        return pl.concat([self.new["source_uri"], self.known])


@dataclass(frozen=True)
class _Root:
    given: str
    uri: str
    real: bytes
    info: os.stat_result


def discover(inputs: Sequence[str | Path], known: pl.DataFrame | None = None, limits: Limits = DEFAULTS) -> Offer:
    """Walks files, folders with all below, .gz and .zip. `known` is the ledger: source_uri, fingerprint, status.

    Offered is each file once, whatever it is: one row of the ledger. Not offered are hidden names (a dot at the start, and what operating systems
    leave about) inside a folder or archive, and sidecars, which belong to their page; a sidecar without a page has a row. In a folder, links are
    followed to files that lie under one of the inputs, and nowhere else; a path that the user names is followed. An archive is represented by its
    members, or by itself where it has none or cannot be opened.

    What could not be read for a cause outside of its bytes has no fingerprint in the ledger, and is new again as soon as it can be opened. Below a
    folder or archive that cannot be listed now, nothing counts as gone. Raises LandingError for an input that is not there or cannot be listed, and
    where there is nothing at all to read and nothing known."""
    roots = [_root(given) for given in inputs]
    walk = Walk(limits, tuple({root.real for root in roots}))
    for root in roots:
        if stat.S_ISDIR(root.info.st_mode):
            _walk_folder(walk, root)
        else:
            walk.named_file(root.real, root.uri)
    ledger = pl.DataFrame(schema=_LEDGER) if known is None else known.filter(_under(roots))
    unopened = _unchanged_archives(ledger, {uri: row.fingerprint for uri, row in walk.archives.items()})
    for uri, archive in walk.archives.items():
        if uri not in unopened.archives:
            expand(archive, walk, limits)
    # two inputs may hold the same file
    present = frame(walk.rows, MANIFEST).unique("source_uri", keep="first", maintain_order=True).sort("source_uri")
    if present.is_empty() and ledger.is_empty() and not walk.archives:
        hidden = " but hidden ones" if walk.ignored else ""
        raise LandingError(f"no files{hidden} in {', '.join(root.given for root in roots) or 'nothing'}")
    new = _new(present, ledger)
    gone = (
        ledger.join(present, on="source_uri", how="anti")
        .join(unopened.members, on="source_uri", how="anti")
        .filter(~_starts_with(walk.unlisted))
        .sort("source_uri")
    )
    was_gone = pl.col("status") == "gone"
    # a file that was pruned holds no document any more, so there is nothing to remove
    has_document = pl.col("document_id").is_not_null() if "document_id" in gone.columns else pl.lit(True)
    return Offer(
        new=new,
        known=pl.concat([present.join(new, on="source_uri", how="anti")["source_uri"], unopened.members["source_uri"]]).sort(),
        gone=gone.filter(~was_gone)["source_uri"].to_list(),
        gone_before=gone.filter(was_gone & has_document)["source_uri"].to_list(),
        ignored=sorted(walk.ignored),
        limits=limits,
    )


def write_batches(offer: Offer, folder: Path, pages: int = 1000, size: int = 32 * 2**20) -> list[Path]:
    """Writes `offer.new` as manifests `batch-00000.parquet` … of at most `pages` files and `size` bytes (but at least one file) each, in the order of
    source_uri, and gives their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    sizes = offer.new["size_bytes"].fill_null(0).to_list()
    start = 0
    while start < len(sizes):
        end, total = start, 0
        while end < len(sizes) and end - start < pages and (end == start or total + sizes[end] <= size):
            total += sizes[end]
            end += 1
        path = folder / f"batch-{len(paths):05}.parquet"
        manifest.write(offer.new[start:end], path, offer.limits)
        paths.append(path)
        start = end
    return paths


def _root(given: str | Path) -> _Root:
    if str(given) == "":
        raise LandingError("an input has no name")
    try:
        path = os.fsencode(os.path.abspath(given))
        info = os.stat(path)
    except FileNotFoundError as error:
        what = "a link to nothing" if os.path.islink(given) else "no such file or folder"
        raise LandingError(f"{what}: {given}") from error
    except (OSError, ValueError) as error:
        raise LandingError(f"cannot read {given}: {getattr(error, 'strerror', None) or error}") from error
    return _Root(str(given), file_uri(path), os.path.realpath(path), info)


def _walk_folder(walk: Walk, root: _Root) -> None:
    try:
        os.scandir(root.real).close()
    except OSError as error:
        raise LandingError(f"cannot list {root.given}: {error.strerror}") from error
    walk.folder(root.real, root.uri)


def _starts_with(prefixes: Iterable[str]) -> pl.Expr:
    return pl.any_horizontal(pl.lit(False), *(pl.col("source_uri").str.starts_with(prefix) for prefix in prefixes))


def _under(roots: Sequence[_Root]) -> pl.Expr:
    """Which source_uris belong to the inputs: files by themselves (there may be thousands of them), folders by their start."""
    folders = [root.uri.rstrip("/") + "/" for root in roots if stat.S_ISDIR(root.info.st_mode)]
    names = [root.uri for root in roots]
    return _archive_or_file().is_in(names) | _starts_with(folders)


def _archive_or_file() -> pl.Expr:
    return pl.col("source_uri").str.split(MEMBER).list.first()


@dataclass(frozen=True)
class _Unopened:
    """Archives that are as they were, and the rows they have in the ledger."""

    archives: frozenset[str]
    members: pl.DataFrame


def _unchanged_archives(ledger: pl.DataFrame, archives: dict[str, str | None]) -> _Unopened:
    now = pl.DataFrame({"archive": list(archives), "now": list(archives.values())}, schema={"archive": pl.String, "now": pl.String})
    is_same = (pl.col("fingerprint") == pl.col("now")).fill_null(False).all().over("archive")
    members = (
        ledger.filter(pl.col("status") != "gone")
        .with_columns(archive=_archive_or_file())
        .join(now, on="archive", how="inner")
        .filter(is_same)
        .select("source_uri", "archive")
    )
    return _Unopened(frozenset(members["archive"].to_list()), members)


def _new(present: pl.DataFrame, ledger: pl.DataFrame) -> pl.DataFrame:
    """The rows that the ledger does not have as they are."""
    was = ledger.select("source_uri", was_fingerprint="fingerprint", was_status="status")
    joined = present.join(was, on="source_uri", how="left", maintain_order="left")
    is_same = (pl.col("fingerprint") == pl.col("was_fingerprint")) & (pl.col("was_status") != "gone")
    blocked = joined.filter(pl.col("was_fingerprint").is_null() & (pl.col("was_status") == "unreadable") & pl.col("status").is_null()).select(
        "source_uri", "path"
    )
    still = [uri for uri, path in blocked.iter_rows() if not os.access(path, os.R_OK)]
    return joined.filter(~is_same.fill_null(False) & ~pl.col("source_uri").is_in(still)).select(list(MANIFEST))
