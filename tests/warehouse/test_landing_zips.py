"""The zip reader against archives of the standard library's, and against archives that lie."""

from __future__ import annotations

import io
import os
import stat
import struct
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warehouse.landing.refusal import Refused
from warehouse.landing.zips import Member, list_members, read_member
from warehouse.limits import Limits

LIMITS = Limits()
TEXT = b"Ministers met in the capital of a third country. " * 20


def pack(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED, comment: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.comment = comment
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, (2024, 6, 27, 10, 20, 30)), data, method)
    return buffer.getvalue()


@contextmanager
def opened(data: bytes, folder: Path) -> Iterator[int]:
    path = folder / "a.zip"
    path.write_bytes(data)
    descriptor = os.open(path, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def members(data: bytes, folder: Path, limits: Limits = LIMITS) -> list[Member]:
    with opened(data, folder) as descriptor:
        return list_members(descriptor, limits)


def contents(data: bytes, folder: Path) -> dict[str, bytes]:
    with opened(data, folder) as descriptor:
        return {m.name: read_member(descriptor, m.locator) for m in list_members(descriptor, LIMITS)}


PAGES = (("a.txt", TEXT), ("sub/Zürich.txt", b"short"), ("empty.txt", b""))


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
@pytest.mark.parametrize("comment", [b"", b"PK\x05\x06" * 3, b"c" * 60_000])
def test_gives_what_was_packed(tmp_path: Path, method: int, comment: bytes) -> None:
    data = pack(*PAGES, method=method, comment=comment)
    assert contents(data, tmp_path) == dict(PAGES)
    first = members(data, tmp_path)[0]
    assert (first.size, first.is_link, first.is_encrypted, first.refusal(LIMITS)) == (len(TEXT), False, False, None)
    assert first.modified == int(datetime(2024, 6, 27, 10, 20, 30, tzinfo=UTC).timestamp()) * 1_000_000


def test_something_before_the_archive(tmp_path: Path) -> None:
    assert contents(b"#!/bin/sh\n" * 100 + pack(*PAGES), tmp_path) == dict(PAGES)


def test_zip64_and_streams(tmp_path: Path) -> None:
    class Pipe(io.RawIOBase):
        """Cannot seek, so sizes come after the data."""

        def __init__(self) -> None:
            self.data = b""

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.data += bytes(data)  # type: ignore[call-overload]
            return len(bytes(data))  # type: ignore[call-overload]

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in PAGES:
            with archive.open(name, "w", force_zip64=True) as member:
                member.write(data)
    assert contents(pipe.data, tmp_path) == dict(PAGES)


def test_more_entries_than_the_old_format_counts(tmp_path: Path) -> None:
    data = pack(*((f"{n}.txt", b"x") for n in range(70_000)), method=zipfile.ZIP_STORED)
    assert len(members(data, tmp_path)) == 70_000


def test_folders_are_no_members(tmp_path: Path) -> None:
    assert [m.name for m in members(pack(("sub/", b""), ("sub/a.txt", b"a"), ("lies/", b"content")), tmp_path)] == ["sub/a.txt", "lies/"]


def test_a_name_in_no_encoding_costs_only_itself(tmp_path: Path) -> None:
    data = pack(("aä.txt", b"a"), ("b.txt", b"b")).replace("aä.txt".encode(), b"a\xff\xfe.txt")
    assert [m.name for m in members(data, tmp_path)] == ["a\xa0■.txt", "b.txt"]


def patched(data: bytes, **fields: int) -> bytes:
    """The first directory entry with other values."""
    layout = {"made_by": (4, "<H"), "flags": (8, "<H"), "method": (10, "<H"), "crc": (16, "<L"), "packed": (20, "<L"), "size": (24, "<L")}
    layout |= {"attributes": (38, "<L"), "offset": (42, "<L")}
    start = data.index(b"PK\x01\x02")
    changed = bytearray(data)
    for field, value in fields.items():
        position, form = layout[field]
        struct.pack_into(form, changed, start + position, value)
    return bytes(changed)


@pytest.mark.parametrize(
    ("fields", "status", "reason"),
    [
        ({"flags": 1}, "unreadable", "encrypted"),
        ({"method": 14}, "unreadable", "method 14"),
        ({"made_by": 3 << 8, "attributes": (stat.S_IFLNK | 0o777) << 16}, "unreadable", "symbolic link"),
        ({"size": 17 * 2**20}, "too_large", "17.0 MiB unpacked"),
        ({"size": 15 * 2**20}, "too_large", "200 times"),
        ({"packed": 10_000}, "unreadable", "damaged"),
    ],
)
def test_members_that_are_refused_unread(tmp_path: Path, fields: dict[str, int], status: str, reason: str) -> None:
    refusal = members(patched(pack(*PAGES), **fields), tmp_path)[0].refusal(LIMITS)
    assert refusal is not None
    assert refusal.status == status
    assert reason in refusal.reason


@pytest.mark.parametrize(
    "fields", [{"size": 5}, {"size": 5000}, {"crc": 1}, {"offset": 3}, {"offset": 10**9}, {"packed": 7}, {"method": 12}, {"method": 0}]
)
def test_members_that_lie_are_damaged(tmp_path: Path, fields: dict[str, int]) -> None:
    with opened(patched(pack(*PAGES), **fields), tmp_path) as descriptor:
        listed = list_members(descriptor, LIMITS)
        with pytest.raises(Refused, match="damaged") as raised:
            read_member(descriptor, listed[0].locator)
        assert raised.value.status == "unreadable"
        assert read_member(descriptor, listed[1].locator) == b"short"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: b"",
        lambda _: b"no archive at all",
        lambda data: data[:-30],
        lambda data: data[100:],
        lambda data: data[:-6] + b"\xff\xff\xff\x7f" + data[-2:],
        lambda data: data.replace(b"PK\x01\x02", b"PK\x01\x03", 1),
        lambda _: b"PK\x05\x06" + bytes(10),
        lambda data: data[:-10] + b"\xff\xff\xff\x7f" + data[-6:],
    ],
)
def test_what_is_no_archive(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    with pytest.raises(Refused) as raised:
        members(spoil(pack(*PAGES)), tmp_path)
    assert raised.value.status == "unreadable"


def test_too_many_entries(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="more than 10 entries") as raised:
        members(pack(*((f"{n}", b"") for n in range(11))), tmp_path, Limits(archive_entries=10))
    assert raised.value.status == "too_large"
    assert len(members(pack(*((f"{n}", b"") for n in range(10))), tmp_path, Limits(archive_entries=10))) == 10


def test_a_bomb_that_lies_about_its_size_is_not_unpacked(tmp_path: Path) -> None:
    data = patched(pack(("bomb", bytes(60 * 2**20))), size=100)
    with opened(data, tmp_path) as descriptor:
        (member,) = list_members(descriptor, LIMITS)
        tracemalloc.start()
        refusal = member.refusal(LIMITS)
        assert refusal is not None
        with pytest.raises(Refused, match="damaged"):
            read_member(descriptor, member.locator)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most < 2**20


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_any_damage_is_refused_or_harmless(tmp_path: Path, data: st.DataObject) -> None:
    archive = bytearray(pack(*PAGES))
    for _ in range(data.draw(st.integers(1, 4))):
        archive[data.draw(st.integers(0, len(archive) - 1))] = data.draw(st.integers(0, 255))
    with opened(bytes(archive), tmp_path) as descriptor:
        try:
            listed = list_members(descriptor, LIMITS)
        except Refused:
            return
        for member in listed:
            if member.refusal(LIMITS) is None:
                with suppress(Refused):
                    assert read_member(descriptor, member.locator) in (TEXT, b"short", b"")
