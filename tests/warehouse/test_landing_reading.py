"""Every file gets its row, whatever is in it."""

from __future__ import annotations

import gzip
import os
import zipfile
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas import TABLES
from warehouse import landing
from warehouse.landing import Limits, decoding, reading
from warehouse.limits import DEFAULTS

TEXT = b"Ministers met\n\nThe ministers of two countries met on Monday.\n"


def read(folder: Path, limits: Limits = DEFAULTS, known: pl.DataFrame | None = None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Ledger rows by source_uri and documents of everything in a folder, in one batch, checked against the contract."""
    offer = landing.discover([folder], known, limits)
    (manifest,) = landing.write_batches(offer, folder.parent / "manifests", pages=10**6, size=2**40)
    files, documents = landing.read(manifest)
    assert files.height == offer.new.height
    assert files["file_id"].is_sorted()
    assert set(documents["document_id"]) == set(files["document_id"].drop_nulls())
    return TABLES["files"].validate(files, lazy=True).sort("source_uri"), documents


def verdicts(files: pl.DataFrame) -> dict[str, tuple[str, str | None]]:
    return {name: (status, reason) for name, status, reason in files.select("file_name", "status", "status_reason").iter_rows()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def test_a_page(folder: Path) -> None:
    (folder / "a.txt").write_bytes(TEXT)
    os.utime(folder / "a.txt", ns=(0, 1_719_500_000_123_456_789))
    files, documents = read(folder)
    digest = sha256(TEXT).hexdigest()
    assert files.to_dicts() == [
        {
            "file_id": landing.file_id(f"file://{folder}/a.txt"),
            "source_uri": f"file://{folder}/a.txt",
            "file_name": "a.txt",
            "document_id": digest[:16],
            "status": "loaded",
            "status_reason": None,
            "size_bytes": len(TEXT),
            "modified_at": datetime(2024, 6, 27, 14, 53, 20, 123456),
            "observed_on": None,
            "published_on": None,
            "url": None,
            "fingerprint": f"{len(TEXT)}:1719500000123456789",
            "first_run_id": None,
            "last_run_id": None,
        }
    ]
    assert documents.to_dicts() == [
        {
            "document_id": digest[:16],
            "sha256": digest,
            "file_name": "a.txt",
            "encoding": "utf-8",
            "published_on": None,
            "raw_text": TEXT.decode(),
        }
    ]


def test_each_status(folder: Path) -> None:
    (folder / "bom.txt").write_bytes(b"\xef\xbb\xbf" + TEXT)
    (folder / "cp1252.txt").write_bytes(TEXT + "It’s".encode("cp1252"))
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_bytes(b" \n" * 10)
    (folder / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "large.txt").write_bytes(b"x" * 2001)
    (folder / "fine.txt").write_bytes(b"x" * 2000)
    (folder / "page.txt.gz").write_bytes(gzip.compress(TEXT))
    (folder / "cut.gz").write_bytes(gzip.compress(TEXT)[:-9])
    (folder / "large.gz").write_bytes(gzip.compress(b"x" * 2001))
    (folder / "no.zip").write_bytes(b"no archive")
    found = verdicts(read(folder, Limits(file_bytes=2000))[0])
    assert found == {
        "bom.txt": ("loaded", None),
        "cp1252.txt": ("loaded", None),
        "empty.txt": ("empty", "no bytes"),
        "blank.txt": ("empty", "nothing but blanks"),
        "image.txt": ("not_text", "a PNG image"),
        "large.txt": ("too_large", "2,001 bytes, more than the limit of 2,000 bytes"),
        "fine.txt": ("loaded", None),
        "page.txt.gz": ("loaded", None),
        "cut.gz": ("unreadable", "damaged or cut off: no gzip file"),
        "large.gz": ("too_large", "more than 2,000 bytes unpacked"),
        "no.zip": ("unreadable", "not a zip archive, or cut off: it has no directory"),
    }


def test_same_bytes_are_one_document_of_the_first_name_and_the_first_day(folder: Path) -> None:
    for name in ("c.txt", "a.txt", "b.txt"):
        (folder / name).write_bytes(TEXT)
    (folder / "d.gz").write_bytes(gzip.compress(TEXT))
    with zipfile.ZipFile(folder / "e.zip", "w") as archive:
        archive.writestr("f.txt", TEXT)
    (folder / "b.txt.meta.json").write_text('{"published_on": "2024-06-27"}')
    (folder / "c.txt.meta.json").write_text('{"published_on": "2024-06-28"}')
    files, documents = read(folder)
    assert files["status"].to_list() == ["loaded"] * 5
    assert documents.select("file_name", "published_on").rows() == [("a.txt", date(2024, 6, 27))]


def test_metadata_that_cannot_be_used_is_said_and_the_page_loaded(folder: Path) -> None:
    pages = {"a": b"---\ndate: someday\n---\n" + TEXT, "b": TEXT + b"b", "c": b"---\ndate: 2024-06-27\nurl: https://example.org/c\n---\n" + TEXT}
    for name, data in pages.items():
        (folder / name).write_bytes(data)
    (folder / "b.meta.json").write_bytes(b"\xff{")
    (folder / "c.meta.json").write_text('{"published_on": "2024-06-28"}')
    files, documents = read(folder)
    assert verdicts(files) == {
        "a": ("loaded", "front matter: date ignored, not an ISO date: someday"),
        "b": ("loaded", "sidecar ignored: not JSON"),
        "c": ("loaded", None),
    }
    assert files.row(2, named=True)["url"] == "https://example.org/c"
    assert files["published_on"].to_list() == [None, None, date(2024, 6, 28)]
    assert {row["raw_text"].encode() for row in documents.to_dicts()} == set(pages.values())


def test_a_large_sidecar_is_ignored(folder: Path) -> None:
    (folder / "a").write_bytes(TEXT)
    (folder / "a.meta.json").write_text('{"published_on": "2024-06-28"}' + " " * 70_000)
    assert verdicts(read(folder)[0])["a"] == ("loaded", "sidecar ignored: 70,030 bytes, more than the limit of 65,536 bytes")


def test_a_manifest_of_documents_gives_no_ledger_rows(folder: Path, tmp_path: Path) -> None:
    (folder / "a.txt").write_bytes(TEXT)
    _, documents = read(folder)
    documents.write_parquet(tmp_path / "documents-0.parquet")
    files, again = landing.read(tmp_path / "documents-0.parquet")
    assert files.is_empty()
    assert again.equals(documents)


def test_bombs(folder: Path) -> None:
    zeros = gzip.compress(bytes(40 * 2**20))
    (folder / "bomb.gz").write_bytes(zeros)
    (folder / "ratio.gz").write_bytes(gzip.compress(b"a" * (8 * 2**20)))
    (folder / "members.gz").write_bytes(gzip.compress(TEXT) * 3)
    with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("nested.gz", zeros)
        archive.writestr("zeros", bytes(40 * 2**20))
        archive.writestr("page.txt", TEXT)
        archive.writestr("blank_lines.txt", b"\n" * 100_000 + TEXT)
    found = verdicts(read(folder)[0])
    assert found["bomb.gz"] == ("too_large", "more than 16.0 MiB unpacked")
    assert found["ratio.gz"] == ("too_large", "unpacks to more than 200 times its size")
    assert found["zeros"][0] == "too_large"
    assert found["nested.gz"] == ("not_text", "a gzip file without the name .gz, or within an archive: not opened")
    assert found["page.txt"] == found["blank_lines.txt"] == found["members.gz"] == ("loaded", None)


def test_an_archive_as_a_whole_is_bounded(folder: Path) -> None:
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        for name in "abc":
            archive.writestr(name, name * 400)
    found = verdicts(read(folder, Limits(archive_bytes=1000))[0])
    assert [found[name][0] for name in "abc"] == ["loaded", "loaded", "too_large"]
    assert verdicts(read(folder, Limits(archive_entries=2))[0])["a.zip"] == ("too_large", "more than 2 entries")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_in_archives_are_only_names(folder: Path) -> None:
    names = ["../../etc/passwd", "/etc/shadow", "a\\b.txt", "two\nlines", "twice.txt", "twice.txt", "C:/x", "n" * 5000]
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        for number, name in enumerate(names):
            archive.writestr(name, TEXT + str(number).encode())
        archive.writestr("page.zip", b"PK\x03\x04 nested")
    with zipfile.ZipFile(folder / "empty.zip", "w"):
        pass
    files, documents = read(folder)
    assert documents.height == len(names)
    uris = [uri.partition("!/")[2] for uri in files.filter(status="loaded")["source_uri"]]
    assert sorted(uris) == sorted(["../../etc/passwd", "/etc/shadow", "a%5Cb.txt", "two%0Alines", "twice.txt", "twice.txt#2", "C%3A/x", "n" * 5000])
    assert verdicts(files)["page.zip"][0] == "not_text"
    assert verdicts(files)["empty.zip"] == ("empty", "an archive without files")
    assert not (folder.parent / "etc").exists()


def test_sidecars_in_and_beside_archives(folder: Path) -> None:
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("sub/page.txt", TEXT)
        archive.writestr("sub/page.txt.meta.json", '{"url": "https://example.org/page"}')
        archive.writestr("other.txt", TEXT + b"other")
        archive.writestr("lost.meta.json", "{}")
    (folder / "a.zip.meta.json").write_text('{"url": "https://example.org/a.zip", "observed_on": "2024-06-28"}')
    files, _ = read(folder)
    assert files.select("file_name", "status", "url", "observed_on").rows() == [
        ("lost.meta.json", "not_text", None, None),
        ("other.txt", "loaded", None, date(2024, 6, 28)),
        ("page.txt", "loaded", "https://example.org/page", None),
    ]


def test_a_file_that_changes_after_it_was_offered_is_looked_at_again(folder: Path, tmp_path: Path) -> None:
    (folder / "a.txt").write_bytes(TEXT)
    (folder / "b.txt").write_bytes(TEXT)
    (folder / "gone.txt").write_bytes(TEXT)
    with zipfile.ZipFile(folder / "c.zip", "w") as archive:
        archive.writestr("d.txt", TEXT)
    (manifest,) = landing.write_batches(landing.discover([folder]), tmp_path / "m")
    (folder / "a.txt").write_bytes(TEXT + b"more")
    (folder / "gone.txt").unlink()
    (folder / "c.zip").write_bytes((folder / "c.zip").read_bytes() + b"more")
    files = landing.read(manifest)[0].sort("source_uri")
    assert files.select("file_name", "status", pl.col("fingerprint").is_null()).rows() == [
        ("a.txt", "loaded", True),
        ("b.txt", "loaded", False),
        ("d.txt", "unreadable", True),
        ("gone.txt", "unreadable", True),
    ]
    offer = landing.discover([folder], files)
    assert [uri.rpartition("/")[2] for uri in offer.new["source_uri"]] == ["a.txt", "d.txt"]
    assert [uri.rpartition("/")[2] for uri in offer.gone] == ["gone.txt"]


def test_a_file_that_somebody_writes_to(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.txt").write_bytes(TEXT)
    (folder / "b.txt").write_bytes(TEXT)
    original = reading._read_all

    def read_and_grow(descriptor: int, size: int) -> bytes:
        data = original(descriptor, size)
        with (folder / "a.txt").open("ab") as file:
            file.write(b"more")
        return data

    monkeypatch.setattr(reading, "_read_all", read_and_grow)
    files, _ = read(folder)
    assert verdicts(files)["a.txt"] == ("unreadable", "somebody writes to it; tried again in the next run")
    assert verdicts(files)["b.txt"] == ("loaded", None)
    assert files["fingerprint"].is_null().to_list() == [True, False]


def test_permission_lost_and_found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.txt"):
        (folder / name).write_bytes(TEXT)
    opened, can_open = os.open, os.access

    def refuse(path: object, *arguments: int) -> int:
        if str(path).endswith("a.txt'"):
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(os, "access", lambda path, mode: not path.endswith(b"a.txt") and can_open(path, mode))
    files, _ = read(folder)
    assert verdicts(files)["a.txt"] == ("unreadable", "cannot be read: Permission denied")
    assert landing.discover([folder], files).new.is_empty()
    monkeypatch.undo()
    assert [uri.rpartition("/")[2] for uri in landing.discover([folder], files).new["source_uri"]] == ["a.txt"]


@pytest.mark.parametrize("replacement", ["fifo", "link", "folder"])
def test_what_takes_the_place_of_a_file_is_not_opened(folder: Path, tmp_path: Path, replacement: str) -> None:
    (folder / "a.txt").write_bytes(TEXT)
    (manifest,) = landing.write_batches(landing.discover([folder]), tmp_path / "m")
    (folder / "a.txt").unlink()
    if replacement == "fifo":
        os.mkfifo(folder / "a.txt")
    elif replacement == "link":
        (folder / "a.txt").symlink_to("/etc/passwd")
    else:
        (folder / "a.txt").mkdir()
    files, documents = landing.read(manifest)
    assert files["status"].to_list() == ["unreadable"]
    assert documents.is_empty()


def test_an_error_of_ours_costs_one_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.txt").write_bytes(TEXT)
    (folder / "b.txt").write_bytes(TEXT + b"b")
    original = decoding.decode

    def fail(data: bytes) -> object:
        if data == TEXT:
            raise RuntimeError("two\nlines")
        return original(data)

    monkeypatch.setattr(reading, "decode", fail)
    assert verdicts(read(folder)[0]) == {"a.txt": ("failed", "RuntimeError: two\\nlines"), "b.txt": ("loaded", None)}


def test_times_that_no_calendar_has(folder: Path) -> None:
    (folder / "a.txt").write_bytes(TEXT)
    os.utime(folder / "a.txt", (0, -(10**11)))
    (folder / "b.txt").write_bytes(TEXT)
    os.utime(folder / "b.txt", (0, -86_400))
    modified = read(folder)[0]["modified_at"].to_list()
    assert modified[1] == datetime(1969, 12, 31)
    assert modified[0] is None or modified[0].year < 1970  # some file systems clip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(data=st.binary(max_size=400), start=st.sampled_from([b"", b"---\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\x1f\x8b\x08", b"PK\x05\x06"]))
@pytest.mark.parametrize("name", ["a.txt", "a.gz", "a.zip"])
def test_any_bytes_give_exactly_one_row(folder: Path, name: str, data: bytes, start: bytes) -> None:
    (folder / name).write_bytes(start + data)
    (folder / "b.txt").write_bytes(TEXT)
    (folder / "b.txt.meta.json").write_bytes(data)
    files, _ = read(folder)
    assert [n.rpartition("/")[2] for n in files["source_uri"]] == [name, "b.txt"]
    assert files["status"].to_list()[1] == "loaded"
    assert files["status"].to_list()[0] != "failed"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(
    pages=st.lists(st.sampled_from([TEXT, TEXT + b"b", b"", b"\0", b"---\ndate: 2024-06-27\n---\nA"]), min_size=1, max_size=8), size=st.integers(1, 8)
)
def test_batches_make_no_difference_to_the_ledger(folder: Path, pages: list[bytes], size: int) -> None:
    for path in folder.iterdir():
        path.unlink()
    for number, page in enumerate(pages):
        (folder / f"{number}.txt").write_bytes(page)
    offer = landing.discover([folder])
    whole, _ = read(folder)
    parts = [landing.read(m)[0] for m in landing.write_batches(offer, folder.parent / "parts", pages=size)]
    assert pl.concat(parts).sort("source_uri").equals(whole)
