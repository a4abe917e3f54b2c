"""Thousands of hostile files in one run: none may raise, each has its row in the ledger, and all invariants hold afterwards."""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

from flows.workers import available_cores
from tests.torture.harness import PROJECT, Figure, agree, arguments, scratch
from tests.torture.pages import GERMAN, SENTENCES, TITLES
from warehouse import database

LARGE_FROM = 1_000
"""With fewer files the large ones are left out."""
SEEDS = PROJECT / "seeds" / "articles"
MARKS = "\u202e\u2066\u200b\u00ad\ufeff\u0000\u0085\u2028\u00a0\ufffd\U0001f600\u0301"
INJECTIONS = (
    "'; DROP TABLE articles; --",
    '=HYPERLINK("http://news.example")',
    "<script>alert(1)</script>",
    "[x](javascript:alert(1)) | `` ` ``",
    "{{ 7*7 }} %s %n ${HOME} \\x00 $(id)",
    "../../etc/passwd",
)


def fuzz(files: int, seed: int) -> Figure:
    """One run of the command line over `files` files and some that are no regular files."""
    figure = Figure("fuzzed files")
    random = Random(seed)
    with scratch() as root:
        pages, data = root / "pages", root / "data"
        offered = _write(pages, files, random)
        workers = available_cores() if files >= LARGE_FROM else 1
        command = [sys.executable, "-m", "flows.cli", *arguments(data, pages, workers=workers)]
        environment = {**os.environ, "COMMUNIQUE_DEBUG": "1"}
        done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=1500, check=False)
        if done.returncode or "Traceback" in done.stderr:
            figure.wrong.append(f"exit code {done.returncode}: {done.stderr[-600:]}")
            return figure
        with database.connect(data / "w.duckdb") as con:
            statuses = dict(con.execute("SELECT status, count(*) FROM files GROUP BY status ORDER BY status").fetchall())
            no_reason = con.execute("SELECT count(*) FROM files WHERE status <> 'loaded' AND status_reason IS NULL").fetchall()[0][0]
            failed = con.execute("SELECT source_uri, status_reason FROM files WHERE status = 'failed' ORDER BY ALL").fetchall()
        figure.count = sum(statuses.values())
        figure.notes.update(statuses)
        if figure.count != offered:
            figure.wrong.append(f"{offered} files offered, {figure.count} in the ledger")
        if no_reason:
            figure.wrong.append(f"{no_reason} files that are not loaded have no reason")
        figure.wrong += [f"the rules raise: {uri}: {reason}" for uri, reason in failed]
        figure.wrong += agree(data)
    return figure


def _write(pages: Path, files: int, random: Random) -> int:
    """Writes the files and gives the number of rows that the ledger must have."""
    seeds = [path.read_bytes() for path in sorted(SEEDS.iterdir()) if path.suffix == ".txt"]
    makers: tuple[Callable[[Random, list[bytes]], bytes], ...] = (
        _mutated,
        _mutated,
        _mutated,
        _spliced,
        _spliced,
        _noise,
        _soup,
        _html,
        _encoded,
        _shape,
    )
    pages.mkdir(parents=True)
    for number in range(files):
        folder = pages / f"{number % 40:02}"
        folder.mkdir(exist_ok=True)
        data, suffix = random.choice(makers)(random, seeds), random.choice((".txt", ".txt", ".md", ".html", "", ".csv"))
        if random.random() < 0.03:
            data, suffix = _damaged(gzip.compress(data), random), ".txt.gz"
        elif random.random() < 0.02:
            data, suffix = _damaged(_zip(data, random), random), ".zip"
        (folder / f"{number}{suffix}").write_bytes(data)
    return _expected(pages) + _special(pages / "special", random) + (_large(pages / "large") if files >= LARGE_FROM else 0)


def _expected(pages: Path) -> int:
    """Rows of regular files: one each, but for an archive that can be opened one for each member that is no folder."""
    rows = 0
    for path in pages.rglob("*"):
        if path.is_file():
            rows += max(len(_members(path)), 1) if path.suffix == ".zip" else 1
    return rows


def _members(path: Path) -> list[str]:
    """What the ledger must name, by the landing's own reading of the directory: a damaged one has no other truth."""
    from warehouse import landing

    return landing.discover([path]).new["source_uri"].to_list()


def _special(folder: Path, random: Random) -> int:
    """Files that are none, or whose names are not nice. Gives how many."""
    folder.mkdir()
    page = f"{TITLES[0]}\n\n{SENTENCES[0]}\n".encode()
    names: list[bytes] = [
        b"new\nline.txt",
        b"\xff\xfe\x80.txt",
        b"x" * 251 + b".txt",
        "\u202etxt.exe".encode(),
        b"' OR 1=1 --.txt",
        b"=1+1.csv",
        b"%2e%2e.txt",
    ]
    for name in names:
        (folder / os.fsdecode(name)).write_bytes(page + random.randbytes(2).hex().encode())
    os.mkfifo(folder / "pipe.txt")
    (folder / "loop").symlink_to("loop")
    (folder / "up").symlink_to("..")
    (folder / "out.txt").symlink_to("/etc/hostname")
    (folder / "nowhere.txt").symlink_to("missing")
    (folder / "lines.txt").write_bytes(b"\n" * 100_000)
    (folder / "hole.txt").write_bytes(b"")
    os.truncate(folder / "hole.txt", 2**31)
    (folder / "bomb.txt.gz").write_bytes(gzip.compress(b"0" * 10_000_000, 1))
    return len(names) + 8


def _large(folder: Path) -> int:
    """Few, but of a size. Gives how many."""
    folder.mkdir()
    (folder / "line.txt").write_bytes(b"word " * 3_000_000)
    (folder / "brackets.txt").write_bytes(b"[" * 1_000_000)
    with (folder / "gigabyte.txt").open("wb") as file:
        for _ in range(1024):
            file.write(b"word" * 2**18)
    with gzip.open(folder / "gigabyte.txt.gz", "wb", 1) as file:
        for _ in range(1024):
            file.write(b"word" * 2**18)
    return 4


def _mutated(random: Random, seeds: list[bytes]) -> bytes:
    data = bytearray(random.choice(seeds))
    for _ in range(random.randint(1, 30)):
        at = random.randrange(len(data))
        how = random.randrange(4)
        if how == 0:
            data[at] = random.randrange(256)
        elif how == 1:
            data[at:at] = random.choice((*INJECTIONS, MARKS, random.choice(MARKS))).encode()
        elif how == 2:
            del data[at : at + random.randint(1, 20)]
        else:
            data[at:at] = data[at : at + random.randint(1, 200)]
        if not data:
            break
    return bytes(data)


def _spliced(random: Random, seeds: list[bytes]) -> bytes:
    pieces = [piece for _ in range(random.randint(1, 4)) for piece in random.choice(seeds).split(random.choice((b"\n", b" ", b". ")))]
    random.shuffle(pieces)
    return random.choice((b" ", b"\n", b"\n\n", b"\r\n", b". ")).join(pieces[: random.randint(1, 200)])


def _noise(random: Random, seeds: list[bytes]) -> bytes:  # noqa: ARG001
    return random.choice((b"", b"\xff\xfe", b"\xef\xbb\xbf", b"\x89PNG\r\n\x1a\n", b"%PDF-1.4", b"PK\3\4", b"\x1f\x8b")) + random.randbytes(
        random.randrange(600)
    )


def _soup(random: Random, seeds: list[bytes]) -> bytes:  # noqa: ARG001
    words = (" ".join((*SENTENCES, *TITLES, GERMAN, *INJECTIONS)) + ' " “ ” ( ) [ ] — - * • # \n \n\n').split(" ")
    return " ".join(random.choices(words, k=random.randint(1, 300))).encode()


def _html(random: Random, seeds: list[bytes]) -> bytes:
    tags = ("<p>", "</p>", "<div class='x'>", "<!--", "-->", "<![CDATA[", "&amp;", "&#0;", "&#x110000;", "<a href='#'>", "<br", "</html>", "<script>")
    words = random.choice(seeds).decode(errors="replace").split(" ")
    return "".join(random.choice(tags) * (random.random() < 0.3) + word + " " for word in words).encode()


def _encoded(random: Random, seeds: list[bytes]) -> bytes:
    text = random.choice(seeds).decode(errors="replace")
    encodings = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "cp1252", "latin-1", "utf-7", "koi8-r", "shift_jis")
    first, second = (
        text[: len(text) // 2].encode(random.choice(encodings), "replace"),
        text[len(text) // 2 :].encode(random.choice(encodings), "replace"),
    )
    return first + random.choice((b"", b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80")) + second


def _shape(random: Random, seeds: list[bytes]) -> bytes:
    piece = random.choice(
        (b"(", b"[", b'"', "“".encode(), b"- ", b"1", b"\n", b" ", b"Mr. ", b"a.", b"Chile ", b"11 March 2024 ", b"President ", b"\xcc\x81", b"said ")
    )
    return random.choice(seeds)[: random.randrange(400)] + piece * random.randrange(3000)


def _zip(data: bytes, random: Random) -> bytes:
    opened = io.BytesIO()
    with zipfile.ZipFile(opened, "w", random.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for number in range(random.randrange(4)):
            archive.writestr(f"{random.choice(('', '../', '/etc/', 'C:', 'in/', '.hidden'))}{number}.txt", data)
    return opened.getvalue()


def _damaged(data: bytes, random: Random) -> bytes:
    if random.random() < 0.4:
        return data
    at = random.randrange(len(data))
    return data[:at] + random.randbytes(random.randrange(4)) + data[at + random.randrange(4) :] if random.random() < 0.6 else data[:at]
