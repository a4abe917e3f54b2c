"""Landing: what is offered, what of it is new, and its bytes as text."""

from __future__ import annotations

from warehouse.landing.discover import Offer, discover, write_batches
from warehouse.landing.limits import LandingError, Limits
from warehouse.landing.read import read

__all__ = ["LandingError", "Limits", "Offer", "discover", "read", "write_batches"]
