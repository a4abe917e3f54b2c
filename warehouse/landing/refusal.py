"""How the landing says no: to a file, and to a whole input."""

from __future__ import annotations


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
