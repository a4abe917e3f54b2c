"""One run over files of every kind of malice: each has its row with status and reason, and the good pages are all there."""

from __future__ import annotations

import csv
import gzip
import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from flows import cli
from flows.direct import run as run_direct
from flows.operations import Request
from flows.progress import Lines

BODY = "\n\nChile and Peru agreed to share data on fishing fleets.\n"
TITLES = {
    "'; DROP TABLE articles; --": "'; DROP TABLE articles; --",
    '=HYPERLINK("http://news.example", "more")': '=HYPERLINK("http://news.example", "more")',
    "Deal <script>alert(1)</script><img src=x onerror=alert(1)> signed": "Deal signed",
    "Deal &lt;img src=x onerror=alert(1)&gt; signed": "Deal <img src=x onerror=alert(1)> signed",
    "Deal <img src=x onerror=alert(1) signed": "Deal <img src=x onerror=alert(1) signed",
    "Deal [more](javascript:alert(1)) | **bold** `code` ![x](http://news.example/x.png) signed": "Deal more | bold `code` x signed",
    "Read [more](javascript:alert(1)) and **bold** `code`": "Read [more](javascript:alert(1)) and **bold** `code`",
    "@SUM(1+1)*cmd|' /C calc'!A0": "@SUM(1+1)*cmd|' /C calc'!A0",
    "Chile \u202ediputs era\u202c and Peru": "Chile diputs era and Peru",
}
"""As written, as in `articles`: without the marks of a saved page; what is left is text, whatever it would be elsewhere. Who shows it escapes it (CSV,
HTML and artifacts have tests of their own)."""


def zipped(**members: bytes) -> bytes:
    opened = io.BytesIO()
    with zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("UP", "../../"), data)
    return opened.getvalue()


REJECTED: dict[bytes, tuple[bytes, str, str]] = {
    b"nothing.txt": (b"", "empty", "no bytes"),
    b"lines.txt": (b"\n" * 100_000, "empty", "nothing but blanks"),
    b"mark.txt": (b"\xef\xbb\xbf", "empty", "nothing but a byte order mark"),
    b"image.txt": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_text", "PNG"),
    b"paper.txt": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "not_text", "PDF"),
    b"nul.txt": (b"words and a \0 in the midst", "not_text", "NUL"),
    b"noise.txt": (bytes(range(1, 32)) * 9, "not_text", "control characters"),
    b"bomb.txt.gz": (gzip.compress(bytes(4_000_000)), "too_large", "unpacks to more than 200 times its size"),
    b"broken.zip": (zipped(a=b"a")[:-9], "unreadable", "not a zip archive"),
    b"broken.gz": (gzip.compress(b"words")[:-9], "unreadable", "damaged or cut off"),
    b"none.zip": (zipped(), "empty", "an archive without files"),
}
"""Name: content, status, what the reason holds."""

LOADED: dict[bytes, bytes] = {
    b"two\nlines.txt": b"Two lines",
    b"\xff\xfe\x80.txt": b"No name in UTF-8",
    b"x" * 251 + b".txt": b"A long name",
    "\u202etxt.exe".encode(): b"A name backwards",
    b"brackets.txt": b"[" * 1_000_000,
    b"surrogate.txt": b"A title with half a pair \xed\xa0\x80 in it",
    b"mixed.txt": "Malmö, Genève, Zürich ".encode() + b"and caf\xe9",
}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("hostile")
    pages = root / "pages"
    pages.mkdir()
    for name, (data, _, _) in REJECTED.items():
        (pages / os.fsdecode(name)).write_bytes(data)
    for number, (name, title) in enumerate(LOADED.items()):
        (pages / os.fsdecode(name)).write_bytes(title + BODY.encode() + f"Page {number}.\n".encode())
    for number, title in enumerate(TITLES):
        (pages / f"title-{number}.txt").write_text(f"{title}{BODY}Title {number}.\n")
    (pages / "up.zip").write_bytes(zipped(**{"UPetc/passwd": b"Up" + BODY.encode(), "bomb.txt": bytes(4_000_000)}))
    os.mkfifo(pages / "pipe")
    (pages / "loop").symlink_to("loop")
    (pages / "above").symlink_to("..")
    (pages / "out.txt").symlink_to("/etc/hostname")
    (pages / "hole.txt").touch()
    os.truncate(pages / "hole.txt", 2**30)
    run_direct(Request((pages, Path("/dev/null")), root / "w.duckdb", None), 1, Lines(io.StringIO()))
    return root / "w.duckdb"


@pytest.fixture
def ledger(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(warehouse), read_only=True) as con:
        yield con


def rows(ledger: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, str | None]]:
    return {name: (status, reason) for name, status, reason in ledger.execute("SELECT file_name, status, status_reason FROM main.files").fetchall()}


def test_every_file_has_a_row(ledger: duckdb.DuckDBPyConnection) -> None:
    offered = (
        len(REJECTED) + len(LOADED) + len(TITLES) + len(("../../etc/passwd", "bomb.txt", "pipe", "loop", "above", "out.txt", "hole.txt", "null"))
    )
    assert ledger.execute("SELECT count(*), count(*) FILTER (status <> 'loaded' AND status_reason IS NULL) FROM main.files").fetchall() == [
        (offered, 0)
    ]


@pytest.mark.parametrize(
    ("name", "status", "reason"),
    [
        *((os.fsdecode(name), status, reason) for name, (_, status, reason) in REJECTED.items()),
        ("bomb.txt", "too_large", "unpacks to more than 200 times its size"),
        ("hole.txt", "too_large", "1,024.0 MiB, more than the limit of 16.0 MiB"),
        ("pipe", "unreadable", "a named pipe, never opened"),
        ("null", "unreadable", "a device, never opened"),
        ("loop", "unreadable", "Too many levels of symbolic links"),
        ("above", "unreadable", "a link out of the folder, not followed"),
        ("out.txt", "unreadable", "a link out of the folder, not followed"),
    ],
)
def test_what_is_rejected_says_why(ledger: duckdb.DuckDBPyConnection, name: str, status: str, reason: str) -> None:
    found, why = rows(ledger)[name]
    assert found == status
    assert why is not None
    assert reason in why


def test_pages_with_odd_names_or_bytes_are_loaded(ledger: duckdb.DuckDBPyConnection) -> None:
    found = rows(ledger)
    for name in (
        "two\\nlines.txt",
        "\\xff\\xfe\\x80.txt",
        "x" * 251 + ".txt",
        "\\u202etxt.exe",
        "brackets.txt",
        "surrogate.txt",
        "mixed.txt",
        "passwd",
    ):
        assert found[name][0] == "loaded", name


def test_hostile_titles_are_text(ledger: duckdb.DuckDBPyConnection) -> None:
    found = {title for (title,) in ledger.execute("SELECT title FROM main.articles").fetchall()}
    assert set(TITLES.values()) <= found


def test_formulas_are_text_in_csv(warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["sql", "--csv", "--warehouse", str(warehouse), "SELECT title FROM main.articles WHERE title[1] IN ('=', '@') ORDER BY 1"])
    assert not ended.value.code
    assert list(csv.reader(io.StringIO(capsys.readouterr().out))) == [
        ["title"],
        ["'" + '=HYPERLINK("http://news.example", "more")'],
        ["'@SUM(1+1)*cmd|' /C calc'!A0"],
    ]
