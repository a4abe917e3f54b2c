"""What follows a flow run: events that automations act on, and cleaning up after a run that was cancelled.

    communique.published        a new state of the warehouse or its exports can be read
    communique.blocked          the checks kept the old state; somebody has to look
    communique.files-rejected   files were rejected that were not before

The resource of each is `communique.warehouse.<path>`, the payload tells run, counts and reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import Flow
from prefect.client.schemas.objects import FlowRun, State
from prefect.events import emit_event

from flows.operations import Summary
from warehouse.errors import CheckError
from warehouse.staging import clear_after

PATIENCE = 10.0
"""Seconds that cleaning up waits for the cancelled run to let go of the warehouse."""


def announce(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:  # noqa: ARG001
    """On completion: what was published, and that files were rejected."""
    summary = state.result(raise_on_failure=False)
    if not isinstance(summary, Summary):
        return
    if summary.published:
        change = {table: n - summary.before.get(table, 0) for table, n in summary.rows.items()}
        _emit("published", flow_run, {"run_id": summary.run_id, "rows": dict(summary.rows), "change": change, "files": dict(summary.files)})
    if summary.rejected_now:
        _emit("files-rejected", flow_run, {"run_id": summary.run_id, "files": summary.rejected_now, "by_status": dict(summary.files)})


def warn(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:  # noqa: ARG001
    """On failure: that publishing was blocked, if that is what happened. Other failures have Prefect's own event."""
    error = state.result(raise_on_failure=False)
    if isinstance(error, CheckError):
        breaches = [{"check": o.check, "table": o.table, "breach": o.breach} for o in error.outcomes if o.breach]
        _emit("blocked", flow_run, {"reason": str(error), "breaches": breaches})


def clean_up(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:  # noqa: ARG001
    """On cancellation: what the run has staged is of no use to anybody."""
    clear_after(_warehouse(flow_run), PATIENCE)


def _emit(event: str, run: FlowRun, payload: dict[str, Any]) -> None:
    warehouse = str(_warehouse(run))
    emit_event(
        f"communique.{event}",
        resource={"prefect.resource.id": f"communique.warehouse.{warehouse}", "prefect.resource.name": warehouse},
        related=[
            {"prefect.resource.id": f"prefect.flow-run.{run.id}", "prefect.resource.role": "flow-run", "prefect.resource.name": run.name},
            *(
                [{"prefect.resource.id": f"prefect.deployment.{run.deployment_id}", "prefect.resource.role": "deployment"}]
                if run.deployment_id
                else []
            ),
        ],
        payload=payload,
    )


def _warehouse(run: FlowRun) -> Path:
    return Path(run.parameters["warehouse"]).absolute()
