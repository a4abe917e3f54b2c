"""What the command line prints when a command is done."""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:  # what answers a question loads nothing of a run
    from flows.operations import Request, Summary


def print_summary(summary: Summary, request: Request) -> None:
    """Files by status beside rows by table, then where the warehouse and the exports are, on standard output."""
    console = Console(highlight=False, soft_wrap=True)
    console.print(_counts(summary.files, summary.rows))
    console.print()
    console.print(f"{'published' if summary.published else 'unchanged'}  {request.warehouse}", markup=False)
    if request.exports:
        console.print(f"exports    {request.exports}", markup=False)
    console.print(f"took       {summary.seconds:.1f} s")


def print_status(status: Mapping[str, Any], rules_version: str) -> None:
    """The last runs, newest first, the ledger by status, and whether the rules have changed since."""
    console = Console(highlight=False, soft_wrap=True)
    runs = Table(box=None, pad_edge=False)
    for title in ("run", "finished (UTC)", "files offered", "new"):
        runs.add_column(title, justify="right" if title in ("files offered", "new") else "left")
    for run in status["runs"]:
        runs.add_row(run["run_id"], f"{run['finished_at']:%Y-%m-%d %H:%M:%S}", f"{run['files_offered']:,}", f"{run['files_new']:,}")
    console.print(runs)
    console.print()
    console.print(_counts(status["files"], status["rows"]))
    console.print()
    state = status["state"]
    console.print(f"publication {state['sequence']}, fingerprint {state['fingerprint']}", markup=False)
    if state["rules_version"] == rules_version:
        console.print(f"rules {rules_version}, as now", markup=False)
    else:
        console.print(f"rules {state['rules_version']}, now {rules_version}: the next run derives everything again", markup=False)


def print_evidence(found: Mapping[str, Any]) -> None:
    """The quote, marked in its paragraph, with the article and the file that it stands in."""
    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    paragraph, offset = found["paragraph"], found["paragraph_start"]
    start, end = found["start_char"] - offset, found["end_char"] - offset
    console.print(Text(f"{found['kind']} {found['evidence_id']}", style="bold"))
    console.print(Text(found["title"]))
    console.print(Text(f"{found['file_name']}  {found['source_uri'] or ''}", style="dim"))
    console.print()
    marked = Text(paragraph)
    marked.stylize("bold reverse", start, end)
    if not console.is_terminal:  # where nothing can be highlighted, marks show the quote
        marked = Text(f"{paragraph[:start]}>>> {paragraph[start:end]} <<<{paragraph[end:]}")
    console.print(marked)


def print_welcome(contents: Sequence[tuple[str, str]]) -> None:
    """What a session on the warehouse can ask: views and macros, a line each."""
    console = Console(highlight=False)
    width = max(len(name) for name, _ in contents)
    for name, comment in contents:
        console.print(Text(f"{name:<{width}}  {comment}"), no_wrap=True, overflow="ellipsis")
    console.print(
        "\nRead-only. Ask, for instance: FROM analytics.commitment_ledger LIMIT 5;\nDESCRIBE and .tables tell more, .exit or Ctrl-D leaves.\n"
    )


def print_rows(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """A table on standard output, whole cells, however wide."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 10_000)
    table = Table(box=None, pad_edge=False)
    for name in names:
        table.add_column(Text(name), overflow="fold")
    for row in rows:
        table.add_row(*(Text(_shown(value)) for value in row))
    console.print(table)
    console.print(f"{len(rows):,} row{'s' * (len(rows) != 1)}")


def print_csv(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """CSV on standard output. What a spreadsheet would run as a formula begins with an apostrophe (OWASP, CSV injection)."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_harmless(value) for value in row] for row in rows)


def _shown(value: Any) -> str:
    """A cell, with lists as DuckDB's own command line shows them."""
    if isinstance(value, list):
        return f"[{', '.join(_shown(item) for item in value)}]"
    return "" if value is None else str(value)


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _counts(files: Mapping[str, int], rows: Mapping[str, int]) -> Table:
    """Files by status beside rows by table."""
    table = Table(box=None, pad_edge=False)
    for title in ("files", "", "rows", ""):
        table.add_column(title, justify="left" if title else "right")
    left, right = list(files.items()), list(rows.items())
    for i in range(max(len(left), len(right))):
        table.add_row(*_cells(left, i), *_cells(right, i))
    return table


def _cells(counts: list[tuple[str, int]], i: int) -> tuple[str, str]:
    if i >= len(counts):
        return "", ""
    name, count = counts[i]
    return name, f"{count:,}"
