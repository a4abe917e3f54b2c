"""What the command line prints when a command is done."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from flows.operations import Request, Summary


def print_summary(summary: Summary, request: Request) -> None:
    """Files by status beside rows by table, then where the warehouse and the exports are, on standard output."""
    console = Console(highlight=False, soft_wrap=True)
    table = Table(box=None, pad_edge=False)
    for title in ("files", "", "rows", ""):
        table.add_column(title, justify="left" if title else "right")
    files, rows = list(summary.files.items()), list(summary.rows.items())
    for i in range(max(len(files), len(rows))):
        table.add_row(*_cells(files, i), *_cells(rows, i))
    console.print(table)
    console.print()
    console.print(f"{'published' if summary.published else 'nothing new in'}  {request.warehouse}", markup=False)
    if request.exports:
        console.print(f"exports    {request.exports}", markup=False)
    console.print(f"took       {summary.seconds:.1f} s")


def _cells(counts: list[tuple[str, int]], i: int) -> tuple[str, str]:
    if i >= len(counts):
        return "", ""
    name, count = counts[i]
    return name, f"{count:,}"
