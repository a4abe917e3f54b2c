"""`make torture` in small: every trial a few times."""

from __future__ import annotations

import random

import hypothesis
import pytest

from tests.torture import crash, fuzz, together
from tests.torture.harness import Figure
from tests.torture.sequences import Sequences

pytestmark = pytest.mark.long

SEED = random.SystemRandom().randrange(10**6)
"""Another one each time; a failure names it."""


def is_right(figure: Figure, count: int) -> None:
    assert figure.wrong == []
    assert figure.count >= count


def test_killed_at_random_instants() -> None:
    is_right(crash.kill(2, SEED), 2)


def test_no_file_may_grow_beyond_a_limit() -> None:
    is_right(crash.disk_full(1, SEED), 1)


def test_a_file_system_that_is_too_small() -> None:
    figure = crash.small_disk(1, SEED)
    if "no right to mount" in figure.notes:
        pytest.skip("mounting a tmpfs takes root")
    is_right(figure, 0)


def test_a_damaged_work_file() -> None:
    is_right(crash.damaged(1, SEED), 1)


def test_fuzzed_files() -> None:
    is_right(fuzz.fuzz(12, SEED), 12)


def test_three_runs_at_once() -> None:
    figure = together.runs(3, SEED)
    is_right(figure, 3)


def test_publishing_under_readers() -> None:
    figure = together.readers(2, SEED, processes=4)
    is_right(figure, 2)
    assert figure.notes["queries by the CLI"] > 0
    assert figure.notes["queries by Python"] > 0


class TestSequences(Sequences.TestCase):
    settings = hypothesis.settings(max_examples=1, stateful_step_count=6, deadline=None, suppress_health_check=list(hypothesis.HealthCheck))
