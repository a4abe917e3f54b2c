"""What an operator sees of a run in Prefect's UI: artifacts of the current flow run.

Prefect's UI takes the cells of a table for Markdown, too, and lets HTML through. So what comes from articles, file names and paths is escaped everywhere,
with backslashes: character references stay as they are there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

import polars as pl
from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact

from flows.operations import Request, Summary
from warehouse.checks import Outcome

SLOWEST = 5
SHOWN_FILES = 500
SHOWN_CHARACTERS = 300


def publish_summary(summary: Summary, request: Request) -> None:
    """What the run did, and links to what it published."""
    create_markdown_artifact(key="summary", markdown=summary_markdown(summary, request), description=f"Run {summary.run_id}")
    for key, path in (("warehouse", request.warehouse), ("exports", request.exports)):
        if path is not None:
            text = escaped(str(path.absolute()))
            create_link_artifact(key=key, link=file_link(path), link_text=text, description="On the machine on which the run was")


def publish_rejected(run_id: str, files: pl.DataFrame) -> None:
    """The rejected files of the ledger with their reasons, those of this run first."""
    shown = f", the first {SHOWN_FILES:,} of them" if files.height > SHOWN_FILES else ""
    description = f"{files.height:,} files are rejected, {files['is_new'].sum():,} of them by run {run_id}{shown}"
    create_table_artifact(key="rejected-files", table=rejected_rows(files), description=description)


def publish_checks(run_id: str, outcomes: Sequence[Outcome]) -> None:
    """The checks before publishing, each with pass or fail."""
    failed = sum(outcome.breach is not None for outcome in outcomes)
    description = f"{len(outcomes)} checks before publishing, {failed or 'none'} failed, run {run_id}"
    create_table_artifact(key="checks", table=check_rows(outcomes), description=description)


def summary_markdown(summary: Summary, request: Request) -> str:
    """Files by status, rows by table with the change against the last publication, and the slowest batches."""
    outcome = "Published" if summary.published else "Nothing new, nothing published:"
    slowest = sorted((b for b in summary.batches if not b.taken_over), key=lambda batch: -batch.seconds)[:SLOWEST]
    taken_over = sum(batch.taken_over for batch in summary.batches)
    parts = [
        f"# {outcome} {escaped(str(request.warehouse))}",
        f"Run {summary.run_id}: {len(summary.batches)} batches in {summary.seconds:.1f} s."
        + (f" {taken_over} of them were taken over from a run that had died." if taken_over else ""),
        _table("Files", ("status", "files"), ((status, f"{n:,}") for status, n in summary.files.items())),
        _table("Rows", ("table", "rows", "change"), ((table, f"{n:,}", _change(table, n, summary.before)) for table, n in summary.rows.items())),
    ]
    if slowest:
        rows = ((batch.name, f"{batch.pages:,}", f"{batch.seconds:.2f}") for batch in slowest)
        parts.append(_table("Slowest batches", ("batch", "pages", "seconds"), rows))
    return "\n\n".join(parts)


def rejected_rows(files: pl.DataFrame) -> list[dict[str, str]]:
    """The cells of the table of rejected files, `SHOWN_FILES` at most."""
    return [
        {
            "file": escaped(row["source_uri"]),
            "status": row["status"],
            "reason": escaped(row["status_reason"] or ""),
            "in this run": "yes" if row["is_new"] else "before",
        }
        for row in files.head(SHOWN_FILES).iter_rows(named=True)
    ]


def check_rows(outcomes: Iterable[Outcome]) -> list[dict[str, str]]:
    """The cells of the table of checks, failed ones first."""
    return [
        {"result": "pass" if o.breach is None else "FAIL", "check": o.check, "table": o.table, "found": escaped(o.breach or "")}
        for o in sorted(outcomes, key=lambda outcome: outcome.breach is None)
    ]


def escaped(text: str) -> str:
    """One line of text, SHOWN_CHARACTERS at most, in which neither Markdown nor HTML finds anything of its own. Signs that do not show, such as those
    that turn the direction of writing, are replaced."""
    line = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in " ".join(text.split()))
    shown = line if len(line) <= SHOWN_CHARACTERS else line[: SHOWN_CHARACTERS - 1] + "…"
    return re.sub(r"([!-+:-@\[-`{-~]|(?<=www)\.|^[-.])", r"\\\1", shown)


def file_link(path: Path) -> str:
    """A file: link without any sign that would end a Markdown link."""
    return "file://" + quote(str(path.absolute()).encode("utf-8", "surrogateescape"), safe="/-._~")


def _change(table: str, rows: int, before: Mapping[str, int]) -> str:
    return f"{rows - before[table]:+,}" if table in before else "new"


def _table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    alignment = "|".join(["---", *["---:"] * (len(columns) - 1)])
    lines = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"## {title}\n\n| {' | '.join(columns)} |\n|{alignment}|\n{lines}"
