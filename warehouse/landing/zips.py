"""Reads .zip archives without ever unpacking them to disk.

The standard library's `zipfile` reads a whole directory before it says how many entries there are, gives up an archive for one bad name, and
wants the directory again for each batch. Here the directory is read once, within limits, and each member by its place. Methods: stored,
deflated, bzip2. Format: PKWARE APPNOTE 6.3.10, sections 4.3 and 4.5.3 (zip64).
"""

from __future__ import annotations

import bz2
import os
import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from struct import Struct

from warehouse.landing.refusal import Refused
from warehouse.limits import MIB, Limits, mebibytes

_LOCAL = Struct("<4s5H3L2H")
_CENTRAL = Struct("<4s6H3L5H2L")
_END = Struct("<4s4H2LH")
_END_SIGNATURE = b"PK\x05\x06"
_END64 = Struct("<4sQ2H2L4Q")
_LOCATOR64 = Struct("<4sLQL")
_STORED, _DEFLATED, _BZIP2 = 0, 8, 12
_EXTRA = Struct("<2H")
_MAX32 = 0xFFFFFFFF
# A directory entry takes 46 bytes and its name; this leaves room for long names and extra fields.
_DIRECTORY_BYTES_PER_ENTRY = 1024


@dataclass(frozen=True, slots=True)
class Member:
    name: str
    offset: int
    packed: int
    size: int
    method: int
    crc: int
    is_encrypted: bool
    is_link: bool
    modified: int | None

    @property
    def locator(self) -> str:
        """What `read_member` needs, as text for a manifest."""
        return f"{self.offset} {self.packed} {self.size} {self.method} {self.crc}"

    def refusal(self, limits: Limits) -> Refused | None:
        """Why this member is not going to be read, if so."""
        if self.is_encrypted:
            return Refused("unreadable", "encrypted in its archive")
        if self.is_link:
            return Refused("unreadable", "a symbolic link in an archive, not followed")
        if self.size > limits.file_bytes:
            return Refused("too_large", f"{mebibytes(self.size)} unpacked, more than the limit of {mebibytes(limits.file_bytes)}")
        if limits.is_bomb(self.packed, self.size):
            return Refused("too_large", f"unpacks to more than {limits.ratio} times its size")
        if self.method not in (_STORED, _DEFLATED, _BZIP2):
            return Refused("unreadable", f"packed by method {self.method}, which is not supported")
        # bzip2 adds up to 1 % and a header to what cannot be packed
        if self.packed > self.size + self.size // 50 + 1024:
            return Refused("unreadable", "damaged: larger packed than unpacked")
        return None


def list_members(fd: int, limits: Limits) -> list[Member]:
    """The files in an archive, folders left out, in the order of its directory.

    Raises Refused where the bytes are no zip archive or go beyond the limits, and OSError where they cannot be read."""
    start, size, shift = _directory(fd)
    if size > max(limits.archive_entries * _DIRECTORY_BYTES_PER_ENTRY, MIB):
        raise Refused("too_large", f"its directory takes {mebibytes(size)}, more than {limits.archive_entries:,} entries could")
    directory = _read_at(fd, size, start)
    members: list[Member] = []
    position = entries = 0
    while position + _CENTRAL.size <= len(directory):
        fields = _CENTRAL.unpack_from(directory, position)
        if fields[0] != b"PK\x01\x02":
            break
        entries += 1
        if entries > limits.archive_entries:
            raise Refused("too_large", f"more than {limits.archive_entries:,} entries")
        name_end = position + _CENTRAL.size + fields[10]
        extra_end = name_end + fields[11]
        member = _member(fields, directory[position + _CENTRAL.size : name_end], directory[name_end:extra_end], shift)
        if not (member.name.endswith("/") and member.size == 0):
            members.append(member)
        position = extra_end + fields[12]
    if position != len(directory):
        raise Refused("unreadable", "not a zip archive, or damaged: its directory cannot be read")
    return members


def read_member(fd: int, locator: str) -> bytes:
    """The bytes of one member, checked against the size and checksum in the directory. Raises Refused and OSError."""
    offset, packed, size, method, crc = map(int, locator.split())
    header = _LOCAL.unpack(_read_at(fd, _LOCAL.size, offset))
    if header[0] != b"PK\x03\x04":
        raise Refused("unreadable", "damaged: no member where the archive's directory says so")
    data = _unpack(_read_at(fd, packed, offset + _LOCAL.size + header[9] + header[10]), method, size)
    if len(data) != size or zlib.crc32(data) != crc:
        raise Refused("unreadable", "damaged: size or checksum differ from the archive's directory")
    return data


def _directory(fd: int) -> tuple[int, int, int]:
    """Start and size of the central directory, and by how much all offsets are shifted (a self-extractor before the archive)."""
    length = os.fstat(fd).st_size
    tail_start = max(0, length - _END.size - 0xFFFF)
    tail = _read_at(fd, length - tail_start, tail_start)
    found = _end_record(tail)
    if found < 0:
        raise Refused("unreadable", "not a zip archive, or cut off: it has no directory")
    end = tail_start + found
    _, disk, _, _, _, size, offset, _ = _END.unpack_from(tail, found)
    if end >= _LOCATOR64.size:
        locator = _LOCATOR64.unpack(_read_at(fd, _LOCATOR64.size, end - _LOCATOR64.size))
        if locator[0] == b"PK\x06\x07" and end >= _LOCATOR64.size + _END64.size:
            end -= _LOCATOR64.size + _END64.size
            record = _END64.unpack(_read_at(fd, _END64.size, end))
            if record[0] != b"PK\x06\x06":
                raise Refused("unreadable", "damaged: its zip64 directory is not where it should be")
            disk, size, offset = record[4], record[8], record[9]
    if disk not in (0, 0xFFFF):
        raise Refused("unreadable", "one part of an archive in several parts")
    start = end - size
    if start < 0 or start < offset:
        raise Refused("unreadable", "damaged: its directory cannot be where it says")
    return start, size, start - offset


def _end_record(tail: bytes) -> int:
    """Where the last record of the archive begins: the one whose comment ends with the file, or the last one if something stands behind it."""
    last = found = tail.rfind(_END_SIGNATURE, 0, max(0, len(tail) - _END.size + len(_END_SIGNATURE)))
    while found >= 0:
        if found + _END.size + _END.unpack_from(tail, found)[7] == len(tail):
            return found
        found = tail.rfind(_END_SIGNATURE, 0, found)
    return last


def _member(fields: tuple[int, ...], name: bytes, extra: bytes, shift: int) -> Member:
    _, made_by, _, flags, method, time, date, crc, packed, size, _, _, _, _, _, attributes, offset = fields
    if _MAX32 in (packed, size, offset):
        wide = _zip64_values(extra)
        size, packed, offset = (next(wide, value) if value == _MAX32 else value for value in (size, packed, offset))
    return Member(
        name=_text(name),
        offset=offset + shift,
        packed=packed,
        size=size,
        method=method,
        crc=crc,
        is_encrypted=bool(flags & 0x41),
        is_link=made_by >> 8 == 3 and stat.S_ISLNK(attributes >> 16),
        modified=_modified(date, time),
    )


def _zip64_values(extra: bytes) -> Iterator[int]:
    """The 64-bit numbers that stand in for those which did not fit into 32 bits."""
    position = 0
    while position + 4 <= len(extra):
        kind, length = _EXTRA.unpack_from(extra, position)
        body = extra[position + 4 : position + 4 + length]
        if kind == 1:
            for start in range(0, len(body) - 7, 8):
                yield int.from_bytes(body[start : start + 8], "little")
            return
        position += 4 + length


def _text(name: bytes) -> str:
    """Names are UTF-8 or code page 437. Some tools write UTF-8 without the flag that says so, so the flag is not asked."""
    try:
        return name.decode()
    except UnicodeDecodeError:
        return name.decode("cp437")


def _modified(date: int, time: int) -> int | None:
    """Microseconds since 1970 of a time as the archive has it, which names no zone."""
    try:
        moment = datetime(1980 + (date >> 9), date >> 5 & 15, date & 31, time >> 11, time >> 5 & 63, min(59, (time & 31) * 2), tzinfo=UTC)
    except ValueError:
        return None
    return int(moment.timestamp()) * 1_000_000


def _unpack(packed: bytes, method: int, size: int) -> bytes:
    """Never gives more than one byte more than the size promised."""
    if method == _STORED:
        return packed
    try:
        if method == _DEFLATED:
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, size + 1)
        return bz2.BZ2Decompressor().decompress(packed, size + 1)
    except (zlib.error, OSError, EOFError) as error:
        raise Refused("unreadable", "damaged: cannot be unpacked") from error


def _read_at(fd: int, size: int, offset: int) -> bytes:
    """Exactly `size` bytes: a regular file gives fewer only where it ends."""
    if offset > 1 << 62:
        raise Refused("unreadable", "damaged: points outside of the archive")
    data = os.pread(fd, size, offset)
    if len(data) != size:
        raise Refused("unreadable", "damaged or cut off: points outside of the archive")
    return data
