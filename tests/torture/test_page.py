"""docs/reliability.md: the tests it names exist, its limits are those of the code, and figures can be written into it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.torture import report
from tests.torture.harness import PROJECT, Figure
from warehouse.limits import DEFAULTS, MIB

TEXT = report.PAGE.read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)))


def test_every_test_that_the_page_names_exists() -> None:
    assert len(NAMED) > 30
    missing = [(path, name) for path, name in NAMED if not re.search(rf"^(?:def|class) {name}\b", (PROJECT / path).read_text(encoding="utf-8"), re.M)]
    assert missing == []


def test_the_limits_on_the_page_are_the_defaults() -> None:
    shown = dict(re.findall(r"^\| `(--max-[\w-]+)` \| ([\d,]+) \|", TEXT, re.MULTILINE))
    assert shown == {
        "--max-file-mib": f"{DEFAULTS.file_bytes // MIB:,}",
        "--max-archive-mib": f"{DEFAULTS.archive_bytes // MIB:,}",
        "--max-archive-entries": f"{DEFAULTS.archive_entries:,}",
        "--max-ratio": f"{DEFAULTS.ratio:,}",
    }


def test_figures_replace_those_before_and_nothing_else(tmp_path: Path) -> None:
    page = Path(shutil.copy(report.PAGE, tmp_path))
    for count in (1, 2):
        report.write([(Figure("kill -9", count, [], {"killed": count}), 3.0)], "make torture", page)
    written = page.read_text(encoding="utf-8")
    assert "| kill -9 | 2 | 0 | 3 s | killed 2 |" in written
    assert "| kill -9 | 1 |" not in written
    for part in re.split(f"{report.BEGIN}|{report.END}", TEXT)[::2]:
        assert part in written
