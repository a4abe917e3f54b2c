"""Reads the files of a manifest: bytes, hash, text, metadata. No file, whatever is in it, raises; each gets its row."""

from __future__ import annotations

import gzip
import io
import os
import stat
import zlib
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl

from schemas import TABLES
from warehouse.landing import manifest
from warehouse.landing.decoding import decode
from warehouse.landing.manifest import MANIFEST, Row, frame
from warehouse.landing.members import OPEN_FLAGS
from warehouse.landing.metadata import NOTHING, Metadata, from_front_matter, from_sidecar
from warehouse.landing.names import file_id, one_line, os_reason, stamp
from warehouse.landing.refusal import Refused
from warehouse.landing.zips import read_member
from warehouse.limits import Limits, mebibytes

DOCUMENTS = {
    "document_id": pl.String,
    "sha256": pl.String,
    "file_name": pl.String,
    "encoding": pl.String,
    "published_on": pl.Date,
    "raw_text": pl.String,
}
_ATTEMPTS = 2


def read(path: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The ledger rows of the files in the manifest at `path`, read under the limits that stand in it, as `schemas.files.Files` has them (without run
    ids); and one row per distinct content that is text: document_id, sha256, file_name, encoding, published_on (Date, of the first source_uri that
    gives one), raw_text; both sorted by key.

    Files with the same bytes are all `loaded` here, with one document. A file with metadata that cannot be used is loaded all the same, with a
    `status_reason` that says what was ignored. The fingerprint is NULL where the file has to be looked at again: it changed meanwhile, or could not
    be read for a cause outside of its bytes. A manifest of documents to derive again (it has a column raw_text) gives no ledger rows."""
    rows = pl.read_parquet(path)
    if "raw_text" in rows.columns:
        return pl.DataFrame(schema=_files_schema()), rows.select(list(DOCUMENTS)).sort("document_id")
    reader = _Reader(manifest.limits(path))
    try:
        for values in rows.sort("source_uri").select(list(MANIFEST)).iter_rows():
            reader.add(Row(*values))
    finally:
        reader.close()
    return (
        frame(reader.files, _files_schema()).sort("file_id"),
        frame(list(reader.documents.values()), DOCUMENTS).sort("document_id"),
    )


def _files_schema() -> dict[str, Any]:
    return {name: column.dtype.type for name, column in TABLES["files"].to_schema().columns.items()}


class _Reader:
    """Collects rows; keeps the archive open from which the last member came, since members stand together."""

    def __init__(self, limits: Limits) -> None:
        self.files: list[tuple[object, ...]] = []
        self.documents: dict[str, list[Any]] = {}
        self._limits = limits
        self._archive: tuple[bytes, int] | None = None

    def close(self) -> None:
        if self._archive:
            os.close(self._archive[1])
        self._archive = None

    def add(self, row: Row) -> None:
        document_id, metadata, fingerprint = None, NOTHING, row.fingerprint
        status, reason = row.status or "failed", row.status_reason
        if row.status is None:
            try:
                data, is_as_offered = self._bytes(row)
                metadata, is_beside_as_offered = self._beside(row)
                if not (is_as_offered and is_beside_as_offered):
                    fingerprint = None
                decoded = decode(data)
                status, reason = decoded.status, decoded.reason
                if status == "loaded":
                    metadata = metadata.over(from_front_matter(decoded.text, self._limits.front_matter_chars))
                    document_id = self._document(row, data, decoded.encoding, decoded.text, metadata)
                reason = "; ".join(n for n in (reason, *metadata.notes) if n) or None
            except Refused as refused:
                status, reason = refused.status, refused.reason
                fingerprint = None if refused.try_again else fingerprint
            except OSError as error:
                status, reason, fingerprint = "unreadable", os_reason(error), None
            except Exception as error:  # one bad file never stops the others
                status, reason, fingerprint = "failed", f"{type(error).__name__}: {error}", None
        self.files.append(
            (
                file_id(row.source_uri),
                row.source_uri,
                row.file_name,
                document_id,
                status,
                one_line(reason) if reason else None,
                row.size_bytes,
                row.modified_at,
                metadata.observed_on,
                metadata.published_on,
                metadata.url,
                fingerprint,
                None,
                None,
            )
        )

    def _document(self, row: Row, data: bytes, encoding: str, text: str, metadata: Metadata) -> str:
        digest = sha256(data).hexdigest()
        known = self.documents.setdefault(digest, [digest[:16], digest, row.file_name, encoding, None, text])
        known[4] = known[4] or metadata.published_on
        return digest[:16]

    def _bytes(self, row: Row) -> tuple[bytes, bool]:
        """The bytes, unpacked, and whether the file is still the one that was offered."""
        if row.member is not None:
            return read_member(self._opened(row), row.member), True
        data, info = _read_file(row.path, self._limits.file_bytes)
        if row.path[-3:].lower() == b".gz":
            data = _gunzip(data, self._limits)
        return data, stamp(info) == _stamps(row)[0]

    def _opened(self, row: Row) -> int:
        if self._archive is None or self._archive[0] != row.path:
            self.close()
            self._archive = (row.path, os.open(row.path, OPEN_FLAGS))
        descriptor = self._archive[1]
        if stamp(os.fstat(descriptor)) != _stamps(row)[0]:
            raise Refused("unreadable", "its archive changed while it was read", try_again=True)
        return descriptor

    def _beside(self, row: Row) -> tuple[Metadata, bool]:
        """What the sidecar says, and whether it is still the one that was offered."""
        if row.sidecar_member is not None:
            try:
                return from_sidecar(read_member(self._opened(row), row.sidecar_member)) if row.sidecar_member else _UNREAD, True
            except Refused:
                return _UNREAD, True
        if row.sidecar is None:
            return NOTHING, True
        try:
            data, info = _read_file(row.sidecar, self._limits.sidecar_bytes)
        except Refused as refused:
            return Metadata(notes=(f"sidecar ignored: {refused.reason}",)), not refused.try_again
        except OSError as error:
            return Metadata(notes=(f"sidecar ignored: {os_reason(error)}",)), isinstance(error, PermissionError)
        found = from_sidecar(data)
        # beside an archive it speaks of all members: days, but no address of a page
        return replace(found, url=None) if row.member else found, f"+{stamp(info)}" in _stamps(row)


_UNREAD = Metadata(notes=("sidecar ignored: cannot be read from the archive",))


def _stamps(row: Row) -> list[str]:
    return (row.fingerprint or "").split(" ")


def _read_file(path: bytes, most: int) -> tuple[bytes, os.stat_result]:
    """All bytes of a regular file, and its state. Raises Refused for what is too large, no regular file, or does not hold still; OSError."""
    for _ in range(_ATTEMPTS):
        descriptor = os.open(path, OPEN_FLAGS)
        try:
            before = os.fstat(descriptor)
            if not stat.S_ISREG(before.st_mode):
                raise Refused("unreadable", "no regular file any more", try_again=True)
            if before.st_size > most:
                raise Refused("too_large", f"{mebibytes(before.st_size)}, more than the limit of {mebibytes(most)}")
            data = _read_all(descriptor, before.st_size)
            after = os.fstat(descriptor)
        finally:
            os.close(descriptor)
        if len(data) == before.st_size and stamp(before) == stamp(after):
            return data, after
    raise Refused("unreadable", "somebody writes to it; tried again in the next run", try_again=True)


def _read_all(descriptor: int, size: int) -> bytes:
    """`size` bytes, one more where the file has grown, fewer where it was cut."""
    data = os.read(descriptor, size + 1)
    if len(data) >= size:
        return data
    chunks = [data]
    left = size + 1 - len(data)
    while left and (chunk := os.read(descriptor, left)):
        chunks.append(chunk)
        left -= len(chunk)
    return b"".join(chunks)


def _gunzip(data: bytes, limits: Limits) -> bytes:
    """Never unpacks more than one byte beyond the limit. A file may be several gzip members in a row (RFC 1952, 2.2)."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as opened:
            text = opened.read(limits.file_bytes + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise Refused("unreadable", "damaged or cut off: no gzip file") from error
    if len(text) > limits.file_bytes:
        raise Refused("too_large", f"more than {mebibytes(limits.file_bytes)} unpacked")
    if limits.is_bomb(len(data), len(text)):
        raise Refused("too_large", f"unpacks to more than {limits.ratio} times its size")
    return text
