"""What the warehouse raises."""

from __future__ import annotations


class WarehouseError(Exception):
    """The warehouse cannot be read, written or trusted as asked. The message is one line for the person who ran the command."""


class LockedError(WarehouseError):
    """Another run holds the warehouse."""


class CheckError(WarehouseError):
    """Rows break an invariant, so nothing was committed. `findings` says which."""

    def __init__(self, message: str, findings: list[object]) -> None:
        super().__init__(message)
        self.findings = findings
