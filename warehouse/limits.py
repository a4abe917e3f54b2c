"""How much of its inputs a run reads: the settings behind `--max-…`, with their defaults, in this one place. Imports nothing, since the command line's
help shows them."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 2**20


@dataclass(frozen=True)
class Limits:
    """A page of news has kilobytes; a file beyond these is no page: it gets the status `too_large`, and costs a row in the ledger and nothing else."""

    file_bytes: int = 16 * MIB
    """Largest file, or member of an archive once unpacked."""
    archive_bytes: int = 64 * 1024 * MIB
    """All members of one archive together, unpacked. Members beyond it, in the archive's order, are refused."""
    archive_entries: int = 1_000_000
    """Entries of one archive, folders included. An archive with more is refused as a whole."""
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


DEFAULTS = Limits()


def mebibytes(size: int) -> str:
    """A size for people."""
    return f"{size / MIB:,.1f} MiB" if size >= MIB else f"{size:,} bytes"
