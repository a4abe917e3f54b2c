"""The benchmark of the transforms gives them what a run gives them."""

from __future__ import annotations

from benchmarks.transforms import BATCH
from flows.operations import Request


def test_a_batch_is_as_large_as_that_of_a_run() -> None:
    assert Request.batch_pages == BATCH
