"""How much of an input is read, and how the landing says no. All limits are settings, so that a hostile file costs a ledger row and nothing
else."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 2**20


class LandingError(ValueError):
    """An input that cannot be offered at all (a path that is not there, say). The message is one line for the user."""


class Refused(Exception):
    """A file that is not loaded: its status, and the reason in one line. `try_again`: for a cause outside of its bytes, so look at it again
    in the next run although it may not have changed."""

    def __init__(self, status: str, reason: str, *, try_again: bool = False) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.try_again = try_again


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes. A page of news has kilobytes; a file beyond these is no page, and gets the status too_large."""

    file_bytes: int = 16 * MIB
    """Largest file, or member of an archive once unpacked."""
    archive_entries: int = 1_000_000
    """Entries of one archive, folders included. An archive with more is refused as a whole."""
    archive_bytes: int = 64 * 1024 * MIB
    """All members of one archive together, unpacked. Members beyond it, in the archive's order, are refused."""
    ratio: int = 200
    """Largest growth by unpacking, past the first 1 MiB: text shrinks by less than 20 times, a bomb by 1,000."""
    front_matter_chars: int = 64 * 1024
    """Longest front matter, in code points. A longer block is taken for text."""
    sidecar_bytes: int = 64 * 1024

    def token(self) -> str:
        """The limits as part of a fingerprint: under other limits the file has to be looked at again."""
        return f"={self.file_bytes}/{self.archive_entries}/{self.archive_bytes}/{self.ratio}"

    def is_bomb(self, packed: int, unpacked: int) -> bool:
        return unpacked > MIB and unpacked > packed * self.ratio


def mebibytes(size: int) -> str:
    """A size for people."""
    return f"{size / MIB:,.1f} MiB" if size >= MIB else f"{size:,} bytes"
