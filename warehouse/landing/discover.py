"""What is offered and what of it must be read: looks at names, sizes and times only, never at bytes, but for the directory of a new archive."""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import polars as pl

from warehouse.landing.limits import LandingError, Limits

SIDECAR = ".meta.json"
MANIFEST: dict[str, pl.DataType | type[pl.DataType]] = {
    "source_uri": pl.String,
    "path": pl.Binary,
    "member": pl.Binary,
    "entry": pl.Int64,
    "file_name": pl.String,
    "size_bytes": pl.Int64,
    "modified_at": pl.Datetime("us"),
    "fingerprint": pl.String,
    "sidecar": pl.Binary,
    "sidecar_entry": pl.Int64,
    "status": pl.String,
    "status_reason": pl.String,
}
"""A manifest of kind "files": what `read` needs of each file. `path`, `member` and `sidecar` are file system bytes; `entry` and `sidecar_entry`
number the entries of a zip archive; `status` with its reason is set where a file is not to be opened."""


class _Item(NamedTuple):
    source_uri: str
    path: bytes
    member: bytes | None
    entry: int | None
    file_name: str
    size_bytes: int | None
    modified_at: datetime | None
    fingerprint: str
    sidecar: bytes | None
    sidecar_entry: int | None
    status: str | None
    status_reason: str | None


@dataclass(frozen=True)
class Offer:
    """What was offered: `new` (columns of MANIFEST, by source_uri) must be read, `unchanged` counts what is known as it is, `gone` are the known
    source_uris under these inputs that are no longer there."""

    new: pl.DataFrame
    unchanged: int
    gone: list[str]

    @property
    def offered(self) -> int:
        return self.new.height + self.unchanged


def discover(inputs: Sequence[str | Path], known: pl.DataFrame | None = None, limits: Limits | None = None) -> Offer:
    """Walks files, folders, .gz and .zip. `known` is the ledger: source_uri, fingerprint, status.

    Names that begin with a full stop, and sidecars (NAME.meta.json beside NAME), are not offered; everything else is, once, whatever it is.
    Links are followed to files inside the same input only. Raises LandingError for an input that is not there or cannot be listed."""
    limits = limits or Limits()
    ledger = (
        {}
        if known is None
        else {uri: (fingerprint, status) for uri, fingerprint, status in known.select("source_uri", "fingerprint", "status").iter_rows()}
    )
    archives: dict[str, list[str]] = {}
    for uri in ledger:
        head, separator, _ = uri.partition("!/")
        if separator:
            archives.setdefault(head, []).append(uri)
    new: dict[str, _Item] = {}
    unchanged: set[str] = set()
    roots = []
    for given in inputs:
        root = Path(os.path.abspath(given))
        if not os.path.lexists(root):
            raise LandingError(f"no such file or folder: {given}")
        roots.append(_uri(os.fsencode(root)))
        for item in _walk(os.fsencode(root), given):
            if item.source_uri in new or item.source_uri in unchanged:
                continue
            if item.status is None and item.path.lower().endswith(b".zip"):
                members = archives.get(item.source_uri, ())
                if members and all(ledger[m][0] == item.fingerprint and ledger[m][1] != "gone" for m in members):
                    unchanged.update(members)
                    continue
                for member in _members(item, limits):
                    new[member.source_uri] = member
            elif _is_known(item, ledger.get(item.source_uri)):
                unchanged.add(item.source_uri)
            else:
                new[item.source_uri] = item
    seen = unchanged | new.keys()
    gone = [uri for uri, (_, status) in ledger.items() if status != "gone" and uri not in seen and any(_under(uri, root) for root in roots)]
    rows = [new[uri] for uri in sorted(new)]
    return Offer(pl.DataFrame(rows, schema=MANIFEST, orient="row"), len(unchanged), sorted(gone))


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
        offer.new[start:end].write_parquet(path)
        paths.append(path)
        start = end
    return paths


def _is_known(item: _Item, known: tuple[str | None, str] | None) -> bool:
    """Unchanged since it was read. What could not be read is tried again, since permission or disk may be back."""
    return known is not None and known[0] == item.fingerprint and known[1] not in ("gone", "unreadable", "failed")


def _under(uri: str, root: str) -> bool:
    return uri == root or uri.startswith((root + "/", root + "!/")) or root == "file:///"


def _uri(path: bytes) -> str:
    return "file://" + quote(path)


def _walk(root: bytes, given: object) -> Iterator[_Item]:
    if os.path.isdir(root):
        try:
            os.scandir(root).close()
        except OSError as error:
            raise LandingError(f"cannot list {given}: {error.strerror}") from error
        yield from _folder(root, os.path.realpath(root))
    else:
        yield _item(root, None, os.path.dirname(os.path.realpath(root)))


def _folder(folder: bytes, root: bytes) -> Iterator[_Item]:
    """Everything below a folder, in the order of names. Without recursion, so that no depth breaks it."""
    pending = [folder]
    while pending:
        current = pending.pop()
        try:
            with os.scandir(current) as entries:
                found = sorted(entries, key=lambda e: e.name)
        except OSError as error:
            yield _rejected(current, f"folder cannot be listed: {error.strerror}")
            continue
        names = {e.name for e in found}
        sidecar = SIDECAR.encode()
        below = []
        for entry in found:
            name = entry.name
            if name.startswith(b".") or (name.endswith(sidecar) and name.removesuffix(sidecar) in names):
                continue
            if entry.is_dir(follow_symlinks=False):
                below.append(entry.path)
            else:
                yield _item(entry.path, entry.path + sidecar if name + sidecar in names else None, root)
        pending.extend(reversed(below))


def _item(path: bytes, sidecar: bytes | None, root: bytes) -> _Item:
    try:
        info = os.lstat(path)
        if stat.S_ISLNK(info.st_mode):
            target = os.path.realpath(path)
            if not target.startswith(root.rstrip(b"/") + b"/"):
                return _rejected(path, "a link out of the folder is not followed")
            info = os.stat(path)
            if stat.S_ISDIR(info.st_mode):
                return _rejected(path, "a link to a folder is not followed")
    except OSError as error:
        return _rejected(path, f"cannot be looked at: {error.strerror}")
    if not stat.S_ISREG(info.st_mode):
        return _rejected(path, "not a regular file")
    fingerprint = f"{info.st_size}:{info.st_mtime_ns}"
    if sidecar is None and os.path.lexists(path + SIDECAR.encode()):
        sidecar = path + SIDECAR.encode()
    if sidecar is not None:
        try:
            beside = os.stat(sidecar)
            fingerprint += f":{beside.st_size}:{beside.st_mtime_ns}"
        except OSError:
            fingerprint += ":unreadable"
    name = os.path.basename(path)
    if name.lower().endswith(b".gz"):
        name = name[:-3] or name
    return _Item(_uri(path), path, None, None, _readable(name), info.st_size, _time(info.st_mtime), fingerprint, sidecar, None, None, None)


def _rejected(path: bytes, reason: str) -> _Item:
    return _Item(_uri(path), path, None, None, _readable(os.path.basename(path)), None, None, "", None, None, "unreadable", reason)


def _readable(name: bytes) -> str:
    return name.decode("utf-8", "backslashreplace")


def _time(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
    except (ValueError, OverflowError, OSError):
        return None


def _members(archive: _Item, limits: Limits) -> Iterator[_Item]:
    """The members of a zip archive, or one item that says why there are none."""
    try:
        with zipfile.ZipFile(os.fsdecode(archive.path)) as opened:
            infos = opened.infolist()
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile, RuntimeError) as error:
        yield archive._replace(status="unreadable", status_reason=f"not a zip archive that can be opened: {error}")
        return
    sidecars = {i.filename.removesuffix(SIDECAR): n for n, i in enumerate(infos) if i.filename.endswith(SIDECAR)}
    names = {i.filename for i in infos}
    wanted = [
        (number, info)
        for number, info in enumerate(infos)
        if not info.is_dir()
        and not info.filename.rpartition("/")[2].startswith(".")
        and not (info.filename.endswith(SIDECAR) and info.filename.removesuffix(SIDECAR) in names)
    ]
    if not wanted:
        yield archive._replace(status="empty", status_reason="an archive without members")
        return
    if len(wanted) > limits.archive_entries:
        yield archive._replace(status="too_large", status_reason=f"{len(wanted):,} members, more than {limits.archive_entries:,}")
        return
    total = 0
    seen: dict[str, int] = {}
    for number, info in wanted:
        name = info.filename.encode("utf-8", "surrogateescape")
        seen[info.filename] = seen.get(info.filename, -1) + 1
        again = f"#{seen[info.filename]}" if seen[info.filename] else ""
        status, reason = _verdict(info, limits, total)
        if status is None:
            total += info.file_size
        yield _Item(
            archive.source_uri + "!/" + quote(name) + again,
            archive.path,
            name,
            number,
            _readable(name.rpartition(b"/")[2]) or _readable(name),
            info.file_size,
            _zip_time(info),
            archive.fingerprint,
            None,
            sidecars.get(info.filename),
            status,
            reason,
        )


def _verdict(info: zipfile.ZipInfo, limits: Limits, total: int) -> tuple[str | None, str | None]:
    if info.flag_bits & 0x1:
        return "unreadable", "encrypted"
    if info.file_size > limits.file_bytes:
        return "too_large", f"{info.file_size:,} bytes, more than {limits.file_bytes:,}"
    if info.file_size > 2**20 and info.file_size > limits.ratio * max(info.compress_size, 1):
        return "too_large", f"grows more than {limits.ratio} times when decompressed"
    if total + info.file_size > limits.archive_bytes:
        return "too_large", f"the archive holds more than {limits.archive_bytes:,} bytes"
    return None, None


def _zip_time(info: zipfile.ZipInfo) -> datetime | None:
    try:
        return datetime(*info.date_time)
    except ValueError:
        return None
