"""Landing: what is offered, what of it is new, and its bytes as text."""

from __future__ import annotations

from warehouse.landing.discovery import Offer, discover, write_batches
from warehouse.landing.manifest import MANIFEST
from warehouse.landing.names import file_id
from warehouse.landing.reading import read
from warehouse.landing.refusal import LandingError
from warehouse.limits import Limits

__all__ = ["MANIFEST", "LandingError", "Limits", "Offer", "discover", "file_id", "read", "write_batches"]
