"""The figures of a run of all trials, as the marked part of docs/reliability.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.torture.harness import PROJECT, Figure

PAGE = PROJECT / "docs" / "reliability.md"
BEGIN, END = "<!-- figures: written by python -m tests.torture --write -->\n", "<!-- end of figures -->\n"
HEAD = ("| what | how many | went wrong | took | of these |", "|---|---:|---:|---:|---|")


def row(figure: Figure, seconds: float) -> str:
    notes = ", ".join(f"{what} {times:,}" for what, times in sorted(figure.notes.items()))
    return f"| {figure.what} | {figure.count:,} | {len(figure.wrong)} | {seconds:,.0f} s | {notes} |"


def write(done: Sequence[tuple[Figure, float]], command: str, page: Path = PAGE) -> None:
    """Puts a table of the figures, with date, machine and command, between the marks of the page."""
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    page.write_text(before + BEGIN + "\n".join(_lines(done, command)) + "\n" + END + after, encoding="utf-8")


def _lines(done: Sequence[tuple[Figure, float]], command: str) -> list[str]:
    total = sum(seconds for _, seconds in done)
    versions = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "polars"))
    return [
        "",
        f"`{command}`, {datetime.now(UTC):%d %B %Y}: {total / 60:.0f} minutes on {_machine()}; Python {platform.python_version()}, {versions}.",
        "",
        *HEAD,
        *(row(figure, seconds) for figure, seconds in done),
        "",
    ]


def _machine() -> str:
    """Cores, processor, memory, system, and how busy it is."""
    model = next((line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores ({model}), {memory:.0f} GiB, Linux {platform.release().split('-')[0]}, load {os.getloadavg()[2]:.1f} at the end"
