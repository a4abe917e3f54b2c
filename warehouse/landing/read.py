"""Reads the files of a manifest: bytes, hash, text, metadata. No file, whatever is in it, raises; each gets its row."""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl

from schemas import TABLES
from warehouse.landing.discover import MANIFEST
from warehouse.landing.limits import Limits
from warehouse.landing.metadata import Metadata, from_front_matter, from_sidecar
from warehouse.landing.text import NotText, decode

_DOCUMENTS = {
    "document_id": pl.String,
    "sha256": pl.String,
    "file_name": pl.String,
    "encoding": pl.String,
    "published_on": pl.Date,
    "raw_text": pl.String,
}


class _Refused(Exception):
    """A file that is not read: status and reason."""

    def __init__(self, status: str, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


@dataclass(frozen=True)
class _Text:
    sha256: str
    encoding: str
    text: str


def read(manifest: Path, limits: Limits | None = None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The ledger rows of a manifest's files, as `schemas.files.Files` has them (without run ids), and one row per distinct content that is text:
    document_id, sha256, file_name, encoding, published_on (Date, of the first source_uri that gives one), raw_text; both sorted by key.

    A file with metadata that cannot be read is loaded all the same, with a `status_reason` that says what was ignored. A manifest of documents to
    derive again (it has a column raw_text) gives no ledger rows."""
    limits = limits or Limits()
    rows = pl.read_parquet(manifest)
    if "raw_text" in rows.columns:
        return pl.DataFrame(schema=_files_schema()), rows.select(list(_DOCUMENTS)).sort("document_id")
    files: list[tuple[Any, ...]] = []
    documents: dict[str, dict[str, Any]] = {}
    archives: dict[bytes, zipfile.ZipFile] = {}
    try:
        for row in rows.sort("source_uri").select(list(MANIFEST)).iter_rows(named=True):
            files.append(_file(row, documents, archives, limits))
    finally:
        for archive in archives.values():
            archive.close()
    return (
        pl.DataFrame(files, schema=_files_schema(), orient="row").sort("file_id"),
        pl.DataFrame(list(documents.values()), schema=_DOCUMENTS).sort("document_id"),
    )


def _files_schema() -> dict[str, Any]:
    return {name: column.dtype.type for name, column in TABLES["files"].to_schema().columns.items()}


def _file(row: dict[str, Any], documents: dict[str, dict[str, Any]], archives: dict[bytes, zipfile.ZipFile], limits: Limits) -> tuple[Any, ...]:
    document_id, status, reason, size = None, row["status"], row["status_reason"], row["size_bytes"]
    metadata = Metadata()
    if status is None:
        try:
            data = _bytes(row, archives, limits)
            size = len(data)
            found = _text(data)
            metadata = from_front_matter(found.text, limits.front_matter_chars).over(from_sidecar(_sidecar(row, archives, limits)))
            document_id, status, reason = found.sha256[:16], "loaded", metadata.ignored
            known = documents.setdefault(
                document_id,
                {
                    "document_id": document_id,
                    "sha256": found.sha256,
                    "file_name": row["file_name"],
                    "encoding": found.encoding,
                    "published_on": metadata.published_on,
                    "raw_text": found.text,
                },
            )
            if known["published_on"] is None:
                known["published_on"] = metadata.published_on
        except _Refused as refused:
            status, reason = refused.status, refused.reason
        except NotText as error:
            status, reason = error.status, str(error)
        except OSError as error:
            status, reason = "unreadable", f"cannot be read: {error.strerror or type(error).__name__}"
        except Exception as error:
            status, reason = "failed", f"{type(error).__name__}: {error}"[:200]
    if reason is not None:
        reason = " ".join(reason.split())
    return (
        sha256(row["source_uri"].encode()).hexdigest()[:16],
        row["source_uri"],
        row["file_name"],
        document_id,
        status,
        reason,
        size,
        row["modified_at"],
        metadata.observed_on,
        metadata.published_on,
        metadata.url,
        row["fingerprint"],
        None,
        None,
    )


def _text(data: bytes) -> _Text:
    encoding, text = decode(data)
    return _Text(sha256(data).hexdigest(), encoding, text)


def _bytes(row: dict[str, Any], archives: dict[bytes, zipfile.ZipFile], limits: Limits) -> bytes:
    if row["entry"] is not None:
        return _member(row["path"], row["entry"], archives, limits)
    data = _disk(row["path"], limits.file_bytes)
    return _gunzip(data, limits) if row["path"].lower().endswith(b".gz") else data


def _disk(path: bytes, most: int) -> bytes:
    """The bytes of a regular file; never blocks on a pipe or device that took its place. Raises _Refused, OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        size = os.fstat(descriptor).st_size
        if size > most:
            raise _Refused("too_large", f"{size:,} bytes, more than {most:,}")
        chunks = []
        left = most + 1
        while left and (chunk := os.read(descriptor, min(left, max(size + 1, 65536)))):
            chunks.append(chunk)
            left -= len(chunk)
    finally:
        os.close(descriptor)
    if not left:
        raise _Refused("too_large", f"more than {most:,} bytes")
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def _gunzip(data: bytes, limits: Limits) -> bytes:
    most = min(limits.file_bytes, max(2**20, limits.ratio * len(data)))
    inflate = zlib.decompressobj(wbits=31)
    try:
        text = inflate.decompress(data, most + 1)
    except zlib.error as error:
        raise _Refused("unreadable", f"damaged gzip: {error}") from error
    if len(text) > most:
        raise _Refused("too_large", f"more than {most:,} bytes when decompressed")
    if not inflate.eof:
        raise _Refused("unreadable", "damaged gzip: it ends too early")
    return text


def _member(path: bytes, entry: int, archives: dict[bytes, zipfile.ZipFile], limits: Limits) -> bytes:
    try:
        archive = archives.get(path)
        if archive is None:
            archive = archives[path] = zipfile.ZipFile(io.FileIO(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), closefd=True))
        with archive.open(archive.infolist()[entry]) as member:
            data = member.read(limits.file_bytes + 1)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, IndexError, EOFError, ValueError) as error:
        raise _Refused("unreadable", f"damaged archive member: {error}") from error
    if len(data) > limits.file_bytes:
        raise _Refused("too_large", f"more than {limits.file_bytes:,} bytes")
    return data


def _sidecar(row: dict[str, Any], archives: dict[bytes, zipfile.ZipFile], limits: Limits) -> bytes | None:
    try:
        if row["sidecar_entry"] is not None:
            return _member(row["path"], row["sidecar_entry"], archives, limits)
        return _disk(row["sidecar"], limits.front_matter_chars) if row["sidecar"] is not None else None
    except (_Refused, OSError):
        return b"?"  # no JSON: it is there and says nothing that can be read
