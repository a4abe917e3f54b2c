"""The contracts of `seeds/reference/*.csv`: one model per file. Values are read as text unless the model says otherwise."""

from __future__ import annotations

from schemas.base import Table
from schemas.reference.organisations import Organisations

REFERENCE: dict[str, type[Table]] = {
    "organisations": Organisations,
}
"""Every reference list by the stem of its file name."""

__all__ = ["REFERENCE"]
