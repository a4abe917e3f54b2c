"""What a command costs, and how the figures are told."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.measure import CommandFailedError, cost
from benchmarks.page import figures

HOLD = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; held = bytearray(80_000_000); time.sleep(1)'])"


def test_memory_counts_the_children_too(tmp_path: Path) -> None:
    measured, printed = cost([sys.executable, "-c", f"{HOLD}; print('done')"], tmp_path)
    assert measured.memory > 80_000_000
    assert printed.strip() == "done"


def test_a_command_that_fails_tells_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(CommandFailedError, match="ended with 3: so be it"):
        cost([sys.executable, "-c", "import sys; print('so be it'); sys.exit(3)"], tmp_path)


def test_bars_are_ratios_of_what_was_measured() -> None:
    case = {"pages": 20_000, "all_seconds": [9.0, 10.0, 12.0], "memory": 2**30, "written": 10**6}
    found = {
        "machine": {"date": "2026-01-01", "cores": 2, "processor": "a processor", "memory": 2**33, "versions": {"duckdb": "1"}},
        "floor-duckdb": {**case, "seconds": 4.0},
        "run": {**case, "seconds": 10.0, "published": 50, "input": 100},
        "rerun-unchanged": {**case, "seconds": 0.2},
        "peer-spacy": {**case, "seconds": 10.0, "pages": 200, "rate": 20.0},
    }
    told = figures({"20000": found})
    assert "floor | ≤ 3.0 | 2.50 |" in told
    assert "spaCy small NER | ≥ 80 | 100 |" in told
    assert "(20,000 pages) | ≤ .03 | 0.020 |" in told
    assert "raw text | ≤ 1.2 | 0.50 |" in told
    assert "| time per page at 200,000 ÷ at 20,000 | ≤ 1.15 | not measured |" in told
    assert "two workers | 10.00 (9.00, 10.00, 12.00) | 2,000 | 0.500 | 1,024 | 1 |" in told
