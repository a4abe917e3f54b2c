"""How much of an input is read. All are settings, so that a hostile file costs a ledger row and nothing else."""

from __future__ import annotations

from dataclasses import dataclass


class LandingError(ValueError):
    """An input that cannot be offered at all. The message is one line."""


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes. A page of news has kilobytes; a file beyond these is no page."""

    file_bytes: int = 16 * 2**20
    archive_entries: int = 1_000_000
    archive_bytes: int = 64 * 2**30
    ratio: int = 200
    """Largest allowed growth by decompression, past the first 1 MiB: text shrinks by less than 20 times, a bomb by 1,000."""
    front_matter_chars: int = 64 * 2**10
