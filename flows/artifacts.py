"""What an operator sees in Prefect's UI after a run."""

from __future__ import annotations

from collections.abc import Mapping

from prefect.artifacts import create_markdown_artifact

from flows.operations import Request, Summary


def publish_summary(summary: Summary, request: Request) -> None:
    """Files by status, rows by table, and whether the run published, as a markdown artifact of the current flow run."""
    create_markdown_artifact(key="summary", markdown=summary_markdown(summary, request), description=f"Run {summary.run_id}")


def summary_markdown(summary: Summary, request: Request) -> str:
    """The text of the summary. It names tables and statuses only, so nothing of an article can get into it; paths stand in code spans."""
    outcome = "Published" if summary.published else "Nothing new, nothing published:"
    return "\n\n".join(
        [
            f"# {outcome} {_code(str(request.warehouse))}",
            f"Run {summary.run_id}: {len(summary.batches)} batches in {summary.seconds:.1f} s.",
            _table("Files", "status", summary.files),
            _table("Rows", "table", summary.rows),
        ]
    )


def _table(title: str, what: str, counts: Mapping[str, int]) -> str:
    rows = "\n".join(f"| {name} | {count:,} |" for name, count in counts.items())
    return f"## {title}\n\n| {what} | {title.lower()} |\n|---|---:|\n{rows}"


def _code(text: str) -> str:
    return f"`{text.replace('`', '')}`"
