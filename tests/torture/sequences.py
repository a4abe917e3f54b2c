"""Any sequence of changes and runs leaves the rows of one fresh build of the folder: a state machine that hypothesis drives."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random
from unittest.mock import patch

import hypothesis
import hypothesis.strategies as st
from hypothesis import HealthCheck, Phase
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from tests.torture.harness import Figure, difference, fresh_rows, rows, run_here, scratch
from tests.torture.pages import CHANGES, Folder
from warehouse import database, reference

SIZES = st.sampled_from((1, 2, 3, 1000))
PARTS = st.lists(st.sampled_from(("", "a", "b", "one.txt", "a/two.txt", "pages.zip")), min_size=1, max_size=3, unique=True)
STEPS = 5


class Sequences(RuleBasedStateMachine):
    """A folder of pages and a warehouse that follows it, more or less: runs see parts of the folder, in any order, by other rules, in other batches."""

    figure = Figure("random sequences against a fresh build")

    def __init__(self) -> None:
        super().__init__()
        self._stack = ExitStack()
        self._root = self._stack.enter_context(scratch())
        self._data = self._root / "data"
        self._pages = Folder(self._root / "pages", Random(1))
        self._pages.change(4)
        self._rules = reference.rules_version()

    @rule(what=st.sampled_from(CHANGES), seed=st.integers(0, 10**6))
    def change(self, what: str, seed: int) -> None:
        """Adds, changes, renames, copies or deletes a file, an archive or a sidecar."""
        self._pages.random = Random(seed)
        self._pages.do(what)

    @rule(parts=PARTS, prune=st.booleans(), size=SIZES)
    def run(self, parts: Sequence[str], prune: bool, size: int) -> None:
        """A run over parts of the folder, one of which may lie in another."""
        there = [self._pages.path / part for part in parts if self._is_input(self._pages.path / part)]
        self._run(*(there or [self._pages.path]), prune=prune, batch_pages=size)

    @rule()
    def apply_other_rules(self) -> None:
        """From here on the rules count as changed: everything known is stale."""
        self._rules = "0123456789abcdef"

    @precondition(lambda self: (self._data / "w.duckdb").exists())
    @rule()
    def rebuild(self) -> None:
        self._run(rebuild=True)

    def teardown(self) -> None:
        """However it came about: after one run with --prune over the whole folder, every table must be that of a fresh build."""
        with self._stack:
            self._rules = reference.rules_version()
            self._run(self._pages.path, prune=True)
            assert difference(rows(self._data / "w.duckdb"), fresh_rows(self._root, self._pages.path)) is None
            self.figure.one_more()

    def _run(self, *inputs: Path, prune: bool = False, batch_pages: int = 1000, rebuild: bool = False) -> None:
        self.figure.note("runs")
        with patch.object(reference, "rules_version", lambda: self._rules):
            gone = self._gone()
            run_here(self._data, *inputs, prune=prune, batch_pages=batch_pages, rebuild=rebuild, exports=False)
            outside = {uri for uri in gone ^ self._gone() if not uri.startswith(tuple(path.as_uri() for path in inputs))}
            assert not outside, f"gone, or back, though not under the inputs: {outside}"

    def _gone(self) -> set[str]:
        """The files that the ledger says are gone."""
        if not (self._data / "w.duckdb").exists():
            return set()
        with database.connect(self._data / "w.duckdb") as con:
            return {uri for (uri,) in con.execute("SELECT source_uri FROM main.files WHERE status = 'gone'").fetchall()}

    def _is_input(self, path: Path) -> bool:
        is_known = (self._data / "w.duckdb").exists()
        return path.is_file() or (path.is_dir() and (is_known or any(p.is_file() for p in path.rglob("*"))))


def sequences(trials: int, seed: int) -> Figure:
    """So many sequences. The first that goes wrong ends the trial, with its steps."""
    figure = Figure("random sequences against a fresh build")
    machine = type("Sequences", (Sequences,), {"figure": figure})
    settings = hypothesis.settings(
        max_examples=trials,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    try:
        run_state_machine_as_test(hypothesis.seed(seed)(machine), settings=settings)
    except Exception as error:
        notes = " ".join(getattr(error, "__notes__", ())).replace("\n", " ")
        figure.wrong.append(f"sequence of seed {seed}: {type(error).__name__}: {error}: {notes}")
    return figure
