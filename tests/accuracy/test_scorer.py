"""The scorer agrees with that of the labels; the sample pages stay as accurate as they were."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from flows.direct import run
from flows.operations import Request
from flows.progress import Lines
from tests.accuracy.__main__ import SAMPLES, SHARED, measure
from tests.accuracy.scorer import assign, same_role, same_title, score


@pytest.mark.skipif(not (SHARED / "score.py").is_file(), reason="the labelled pages are not beside this checkout")
def test_agrees_with_the_scorer_of_the_labels(tmp_path: Path) -> None:
    warehouse = tmp_path / "news.duckdb"
    run(Request((SHARED / "pages",), warehouse, None), 1, Lines())
    theirs = subprocess.run(
        [
            sys.executable,
            SHARED / "score.py",
            "--warehouse",
            warehouse,
            "--gold",
            SHARED / "gold",
            "--pages",
            SHARED / "pages",
            "--json",
            tmp_path / "m.jsonl",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert theirs.returncode == 0, theirs.stderr
    expected = {m["metric"]: m["value"] for m in map(json.loads, (tmp_path / "m.jsonl").read_text().splitlines())}
    found = score(warehouse, SHARED).metrics()
    assert set(found) == set(expected)
    assert {k: round(v, 6) for k, v in found.items() if v is not None} == {k: round(v, 6) for k, v in expected.items() if v is not None}


@pytest.mark.skipif(not (SAMPLES / "gold").is_dir(), reason="the sample pages have no labels")
def test_sample_pages_stay_accurate() -> None:
    result = measure(SAMPLES)
    for kind, least in {"articles": 0.98, "countries": 0.96, "ministers": 0.95, "commitments": 0.85, "incidents": 0.75}.items():
        count = result.counts[kind]
        assert count.f1 is not None
        assert count.f1 >= least, (kind, [m for m in result.misses if m.kind == kind])


def test_assignment_takes_the_greatest_total() -> None:
    assert assign([[5, 4], [5, 0]]) == [1, 0]
    assert assign([[1], [2]]) == [None, 0]
    assert assign([]) == []
    assert assign([[], []]) == [None, None]


@pytest.mark.parametrize(
    ("label", "office", "same"),
    [
        ("Foreign Minister", "Minister of Foreign Affairs", True),
        ("Defense Secretary", "Defence Secretary", True),
        ("Minister", "Deputy Minister", False),
        ("Prime Minister", "Minister", False),
        ("President, Minister of Defence", "Minister of Defence", True),
        ("President", None, False),
    ],
)
def test_roles(label: str, office: str | None, same: bool) -> None:
    assert same_role(label, office) is same


def test_titles_with_and_without_their_outlet() -> None:
    assert same_title("Talks on the Danube resume | The Quay", "Talks on the Danube resume")
    assert not same_title("Talks on the Danube resume", "Storm on the Danube abates")
