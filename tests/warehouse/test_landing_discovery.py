"""What is offered, what is new, what is gone. File systems of every kind of malice are built in tmp_path."""

from __future__ import annotations

import os
import random
import socket
import zipfile
from pathlib import Path

import polars as pl
import pytest

from schemas import TABLES
from warehouse import landing
from warehouse.landing import LandingError, Limits, Offer

TEXT = "Ministers met\n\nThe ministers of two countries met on Monday.\n"


def put(path: Path, text: str = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def put_zip(path: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def ledger(offer: Offer, folder: Path) -> pl.DataFrame:
    """The ledger rows of an offer, checked against the contract."""
    frames = [landing.read(m)[0] for m in landing.write_batches(offer, folder / "manifests")]
    return TABLES["files"].validate(pl.concat(frames), lazy=True).sort("source_uri")


def new(offer: Offer, folder: Path) -> list[str]:
    """The source_uris to be read, below the folder."""
    return [uri.removeprefix(f"file://{folder}/") for uri in offer.new["source_uri"]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def test_offers_each_file_below_a_folder_in_order(folder: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/deep/er/x.md", "no_suffix"):
        put(folder / name)
    offer = landing.discover([folder])
    assert new(offer, folder) == ["a/deep/er/x.md", "a/z.txt", "b.txt", "no_suffix"]
    assert (offer.offered, offer.unchanged, offer.gone) == (4, 0, [])


def test_order_and_overlap_of_inputs_make_no_difference(folder: Path) -> None:
    for name in ("a.txt", "sub/b.txt", "sub/c.txt"):
        put(folder / name)
    (folder / "sub" / "link.txt").symlink_to(folder / "a.txt")
    put_zip(folder / "sub" / "d.zip", {"e.txt": TEXT, "f.txt": TEXT})
    inputs: list[str | Path] = [folder, folder / "sub", folder / "a.txt", folder / "sub" / "d.zip", str(folder) + "/./sub/"]
    expected = landing.discover(inputs).new
    assert expected.height == 6
    for seed in range(3):
        shuffled = random.Random(seed).sample(inputs, len(inputs))
        assert landing.discover(shuffled).new.equals(expected)


def test_what_is_known_is_unchanged_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    for name in ("same.txt", "changed.txt", "gone.txt"):
        put(folder / name)
    known = ledger(landing.discover([folder]), tmp_path)
    put(folder / "changed.txt", TEXT + "More.")
    put(folder / "added.txt")
    (folder / "gone.txt").unlink()
    offer = landing.discover([folder], known)
    assert new(offer, folder) == ["added.txt", "changed.txt"]
    assert offer.unchanged == 1
    assert offer.gone == [f"file://{folder}/gone.txt"]
    assert landing.discover([folder], ledger(landing.discover([folder]), tmp_path)).new.is_empty()


def test_a_file_touched_but_of_equal_size_is_read_again(folder: Path, tmp_path: Path) -> None:
    page = put(folder / "a.txt", "aaaa")
    known = ledger(landing.discover([folder]), tmp_path)
    page.write_text("bbbb")
    os.utime(page, ns=(0, page.stat().st_mtime_ns + 1))
    assert new(landing.discover([folder], known), folder) == ["a.txt"]


def test_gone_is_looked_for_only_under_the_inputs(folder: Path, tmp_path: Path) -> None:
    for name in ("x/a.txt", "xy/b.txt", "y/c.txt"):
        put(folder / name)
    put(folder / "x" / "stays.txt")
    known = ledger(landing.discover([folder]), tmp_path)
    for name in ("x/a.txt", "xy/b.txt", "y/c.txt"):
        (folder / name).unlink()
    assert landing.discover([folder / "x"], known).gone == [f"file://{folder}/x/a.txt"]


def test_what_was_found_gone_before_is_told_apart_until_it_is_back(folder: Path, tmp_path: Path) -> None:
    page = put(folder / "a.txt")
    put(folder / "b.txt")
    known = ledger(landing.discover([folder]), tmp_path)
    was_gone = pl.when(pl.col("file_name") == "a.txt").then(pl.lit("gone")).otherwise("status").alias("status")
    content, times = page.read_bytes(), page.stat()
    page.unlink()
    offer = landing.discover([folder], known.with_columns(was_gone))
    assert (offer.gone, offer.gone_before) == ([], [f"file://{folder}/a.txt"])
    pruned = known.with_columns(was_gone, document_id=pl.lit(None, pl.String))
    assert landing.discover([folder], pruned).gone_before == []
    page.write_bytes(content)
    os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert new(landing.discover([folder], known.with_columns(was_gone)), folder) == ["a.txt"]


def test_an_emptied_folder_is_no_error_but_a_folder_without_files_is(folder: Path, tmp_path: Path) -> None:
    page = put(folder / "a.txt")
    known = ledger(landing.discover([folder]), tmp_path)
    page.unlink()
    assert landing.discover([folder], known).gone == [f"file://{folder}/a.txt"]
    put(folder / ".hidden")
    with pytest.raises(LandingError, match="no files but hidden ones in"):
        landing.discover([folder])


@pytest.mark.parametrize("given", ["missing.txt", "broken-link", "a\0b", "loop", "page.txt/below"])
def test_an_input_that_is_not_there_is_one_line(folder: Path, given: str) -> None:
    put(folder / "page.txt")
    (folder / "broken-link").symlink_to("nowhere")
    (folder / "loop").symlink_to("loop")
    with pytest.raises(LandingError) as raised:
        landing.discover([folder / "page.txt", f"{folder}/{given}"])
    assert len(str(raised.value).splitlines()) == 1


def test_an_input_without_a_name_is_not_the_current_folder() -> None:
    with pytest.raises(LandingError):
        landing.discover([""])


def test_hidden_names_are_not_offered_but_told_and_read_when_named(folder: Path) -> None:
    for name in ("a.txt", ".git/config", ".DS_Store", "sub/.b.txt.swp", "Thumbs.db"):
        put(folder / name)
    offer = landing.discover([folder])
    assert new(offer, folder) == ["a.txt"]
    assert [uri.rpartition("/")[2] for uri in offer.ignored] == [".DS_Store", ".git", "Thumbs.db", ".b.txt.swp"]
    assert new(landing.discover([folder / ".git", folder / ".DS_Store"]), folder) == [".DS_Store", ".git/config"]


def test_a_sidecar_belongs_to_its_page(folder: Path, tmp_path: Path) -> None:
    put(folder / "a.txt")
    put(folder / "a.txt.meta.json", '{"url": "https://example.org/a", "published_on": "2024-06-27", "observed_on": "2024-07-01"}')
    put(folder / "b.txt")
    put(folder / "b.meta.json", '{"published_on": "2024-06-28"}')
    put(folder / "lost.txt.meta.json", "{}")
    rows = ledger(landing.discover([folder]), tmp_path)
    assert rows.select("file_name", "status", "url", pl.col("published_on", "observed_on").cast(pl.String)).rows() == [
        ("a.txt", "loaded", "https://example.org/a", "2024-06-27", "2024-07-01"),
        ("b.txt", "loaded", None, "2024-06-28", None),
        ("lost.txt.meta.json", "not_text", None, None, None),
    ]
    single = ledger(landing.discover([folder / "a.txt"]), tmp_path)
    assert single.equals(rows.head(1))


@pytest.mark.parametrize("change", ["edit", "add", "remove"])
def test_a_changed_sidecar_changes_the_page(folder: Path, tmp_path: Path, change: str) -> None:
    put(folder / "a.txt")
    put(folder / "b.txt")
    sidecar = folder / "a.txt.meta.json"
    if change != "add":
        put(sidecar, '{"published_on": "2024-06-27"}')
    known = ledger(landing.discover([folder]), tmp_path)
    if change == "remove":
        sidecar.unlink()
    else:
        put(sidecar, '{"published_on": "2024-12-27", "url": "https://example.org"}')
    assert new(landing.discover([folder], known), folder) == ["a.txt"]


def test_links_are_followed_to_files_under_the_inputs_only(folder: Path, tmp_path: Path) -> None:
    outside = put(tmp_path / "outside.txt")
    put(folder / "real.txt")
    put(folder / "sub" / "below.txt")
    targets = {
        "inside.txt": folder / "real.txt",
        "out.txt": outside,
        "passwd": Path("/etc/passwd"),
        "up": folder,
        "sub_again": folder / "sub",
        "loop": folder / "loop",
        "broken": folder / "nowhere",
    }
    for name, target in targets.items():
        (folder / name).symlink_to(target)
    rows = ledger(landing.discover([folder]), tmp_path)
    reasons = dict(rows.select("file_name", "status_reason").rows())
    assert {r for (r,) in rows.filter(status="loaded").select("file_name").rows()} == {"real.txt", "below.txt", "inside.txt"}
    assert set(rows.filter(pl.col("status") != "loaded")["status"]) == {"unreadable"}
    assert reasons["out.txt"] == reasons["passwd"] == "a link out of the folder, not followed"
    assert reasons["up"] == reasons["sub_again"] == "a link to a folder, not followed"
    assert reasons["broken"] == "a link to nothing"
    assert "cannot be read" in reasons["loop"]
    (folder / "broken").unlink()
    (folder / "broken").symlink_to(folder / "real.txt")
    assert new(landing.discover([folder], rows), folder) == ["broken"]


def test_a_link_that_the_user_names_is_followed(folder: Path, tmp_path: Path) -> None:
    put(tmp_path / "elsewhere" / "a.txt")
    (folder / "pages").symlink_to(tmp_path / "elsewhere")
    (folder / "one.txt").symlink_to(tmp_path / "elsewhere" / "a.txt")
    rows = ledger(landing.discover([folder / "pages", folder / "one.txt"]), tmp_path)
    assert rows.select("source_uri", "status").rows() == [
        (f"file://{folder}/one.txt", "loaded"),
        (f"file://{folder}/pages/a.txt", "loaded"),
    ]


def test_what_is_no_regular_file_is_never_opened(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(folder / "pipe")
    put(folder / "a.txt")
    monkeypatch.chdir(folder)  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("sock")
        rows = ledger(landing.discover([folder, "/dev/null"]), tmp_path)
    assert rows.select("file_name", "status", "status_reason").rows() == [
        ("null", "unreadable", "a device, never opened"),
        ("a.txt", "loaded", None),
        ("pipe", "unreadable", "a named pipe, never opened"),
        ("sock", "unreadable", "a socket, never opened"),
    ]


@pytest.mark.parametrize(
    ("name", "uri", "shown"),
    [
        (b"two\nlines.txt", "two%0Alines.txt", "two\\nlines.txt"),
        (b"latin-\xe9.txt", "latin-%E9.txt", "latin-\\xe9.txt"),
        ("Zürich 100%#?.txt".encode(), "Z%C3%BCrich%20100%25%23%3F.txt", "Zürich 100%#?.txt"),
        (b"a!b", "a%21b", "a!b"),
        ("\u202etxt.exe".encode(), "%E2%80%AEtxt.exe", "\\u202etxt.exe"),
        (b"x" * 255, "x" * 255, "x" * 255),
        (b"'; DROP TABLE files; --", "%27%3B%20DROP%20TABLE%20files%3B%20--", "'; DROP TABLE files; --"),
    ],
)
def test_any_name_has_a_row_of_its_own(folder: Path, tmp_path: Path, name: bytes, uri: str, shown: str) -> None:
    with open(os.path.join(os.fsencode(folder), name), "wb") as file:  # noqa: PTH118, PTH123
        file.write(TEXT.encode())
    rows = ledger(landing.discover([folder]), tmp_path)
    assert rows.select("source_uri", "file_name", "status").rows() == [(f"file://{folder}/{uri}", shown, "loaded")]
    assert landing.discover([folder], rows).new.is_empty()


def test_below_a_folder_that_cannot_be_listed_nothing_is_gone(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(folder / "a.txt")
    put(folder / "locked" / "b.txt")
    known = ledger(landing.discover([folder]), tmp_path)
    scandir = os.scandir

    def refuse(path: bytes) -> object:
        if path.endswith(b"locked"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    offer = landing.discover([folder], known)
    assert (new(offer, folder), offer.gone) == (["locked"], [])
    known = pl.concat([known, ledger(offer, tmp_path)])
    assert known.filter(file_name="locked")["status_reason"].item() == "a folder that cannot be listed: Permission denied"
    assert landing.discover([folder], known).new.is_empty()
    monkeypatch.undo()
    assert landing.discover([folder], known).gone == [f"file://{folder}/locked"]


def test_a_folder_beyond_the_longest_path_has_a_row(folder: Path, tmp_path: Path) -> None:
    put(folder / "a.txt")
    current = os.open(folder, os.O_RDONLY)
    for _ in range(25):
        os.mkdir("d" * 200, dir_fd=current)
        below = os.open("d" * 200, os.O_RDONLY, dir_fd=current)
        os.close(current)
        current = below
    os.close(current)
    rows = ledger(landing.discover([folder]), tmp_path)
    assert rows.select("status", "status_reason").rows() == [
        ("loaded", None),
        ("unreadable", "a folder that cannot be listed: File name too long"),
    ]


def test_an_archive_is_its_members_and_stays_closed_while_unchanged(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = put_zip(folder / "pages.zip", {"a.txt": TEXT, "sub/b.txt": TEXT + "b", "sub/.c": "", "__MACOSX/d": ""})
    known = ledger(landing.discover([folder]), tmp_path)
    assert known["source_uri"].to_list() == [f"file://{archive}!/a.txt", f"file://{archive}!/sub/b.txt"]
    opened = os.open
    monkeypatch.setattr(os, "open", lambda *_: pytest.fail("opened"))
    offer = landing.discover([folder], known)
    assert (offer.new.height, offer.unchanged, offer.offered) == (0, 2, 2)
    assert landing.discover([archive], known).unchanged == 2
    monkeypatch.setattr(os, "open", opened)
    put_zip(archive, {"a.txt": TEXT, "sub/new.txt": TEXT + "new"})
    offer = landing.discover([folder], known)
    assert new(offer, folder) == ["pages.zip!/a.txt", "pages.zip!/sub/new.txt"]
    assert offer.gone == [f"file://{archive}!/sub/b.txt"]
    archive.unlink()
    assert len(landing.discover([folder], known).gone) == 2


def test_other_limits_look_at_what_was_refused_again(folder: Path, tmp_path: Path) -> None:
    put(folder / "small.txt")
    put(folder / "large.txt", "x" * 1000)
    small = Limits(file_bytes=100)
    known = ledger(landing.discover([folder], limits=small), tmp_path)
    assert known["status"].to_list() == ["too_large", "loaded"]
    assert landing.discover([folder], known, small).new.is_empty()
    assert new(landing.discover([folder], known), folder) == ["large.txt"]


def test_batches_are_bounded_and_in_order(folder: Path, tmp_path: Path) -> None:
    for number in range(10):
        put(folder / f"{number}.txt", "x" * 100)
    put(folder / "5.txt", "x" * 1000)
    offer = landing.discover([folder])
    assert [pl.read_parquet(m).height for m in landing.write_batches(offer, tmp_path / "a", pages=4)] == [4, 4, 2]
    batches = [pl.read_parquet(m)["size_bytes"].to_list() for m in landing.write_batches(offer, tmp_path / "b", size=250)]
    assert [len(b) for b in batches] == [2, 2, 1, 1, 2, 2]
    assert all(sum(b) <= 250 or len(b) == 1 for b in batches)
    again = [pl.read_parquet(m) for m in landing.write_batches(offer, tmp_path / "b", size=250)]
    assert pl.concat(again).equals(offer.new)
    assert landing.write_batches(landing.Offer(offer.new.clear(), 0, []), tmp_path / "c") == []


def test_many_single_files_as_inputs(folder: Path, tmp_path: Path) -> None:
    inputs = [put(folder / f"{number:04}.txt") for number in range(500)]
    known = ledger(landing.discover(inputs), tmp_path)
    assert known.height == 500
    offer = landing.discover(inputs[:10], known)
    assert (offer.unchanged, offer.gone) == (10, [])
