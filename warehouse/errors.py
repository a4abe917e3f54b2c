"""What the warehouse raises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from warehouse.checks import Outcome


class WarehouseError(Exception):
    """The warehouse cannot be read, written or trusted as asked. The message is one line for the person who ran the command."""


class UnreadableError(WarehouseError):
    """What lies where the warehouse should be is no DuckDB file, or a damaged one."""


class DamagedError(UnreadableError):
    """It is a DuckDB file, and damaged."""


class LockedError(WarehouseError):
    """Another run holds the warehouse."""


class CheckError(WarehouseError):
    """Rows break an invariant, or figures a limit, so nothing was committed or published. `findings` says which; `outcomes` tells every check
    that was made before publishing."""

    def __init__(self, message: str, findings: Sequence[object], outcomes: Sequence[Outcome] = ()) -> None:
        super().__init__(message)
        self.findings = list(findings)
        self.outcomes = tuple(outcomes)


def may_pass(error: BaseException | None) -> bool:
    """Whether the same work may succeed a little later: something outside of the program could not be read or written. Rows that break a rule, and
    what is missing or forbidden, stay so."""
    while error is not None:
        if isinstance(error, duckdb.IOException):
            return True
        if isinstance(error, OSError):
            return not isinstance(error, FileNotFoundError | PermissionError | NotADirectoryError | IsADirectoryError | FileExistsError)
        error = error.__cause__
    return False
