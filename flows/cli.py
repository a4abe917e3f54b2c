"""The command line. Each command imports what it needs when it runs, so that `--help` answers at once and `--direct` never imports
Prefect."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter, validators

from flows.ending import EXIT_FAILED, EXIT_PUBLISHED, EXIT_REJECTED, EXIT_USAGE, exit_code, fail
from flows.options import (
    EXPORTS,
    REPORT,
    SEEDS,
    WAREHOUSE,
    DaskAddress,
    ExportsFolder,
    Force,
    LockTimeout,
    NoExports,
    WarehouseFile,
    Workers,
    flag,
    limit,
)
from warehouse.limits import DEFAULTS, MIB, Limits

EPILOGUE = """
Examples:

    communique run                          the sample pages
    communique run ~/pages more.zip         a folder and an archive
    communique run ~/pages --direct         the same without Prefect
    communique status
    communique sql "SELECT * FROM analytics.incident_ledger"
    communique evidence 0123456789abcdef
    communique report

Exit codes: 0 published, or nothing new; 1 failed, nothing published;
2 wrong usage; 3 published, but --strict and a file was rejected.
"""

app = App(
    name="communique",
    help="Turn a folder of news articles into a DuckDB warehouse in which every row leads back to its sentence.",
    help_epilogue=EPILOGUE,
    help_format="plaintext",
    version=lambda: version("communique"),
    suppress_keyboard_interrupt=False,
)


@app.command(
    help_epilogue="""
Examples:

    communique run                              the sample pages
    communique run ~/pages --prune --workers 4  one folder, all of it
    communique run a.txt b.zip --warehouse /srv/news.duckdb --no-exports
"""
)
def run(
    inputs: Annotated[tuple[Path, ...], Parameter(help="Files, folders (with all below), .gz and .zip.", show_default=lambda _: SEEDS)] = (SEEDS,),
    /,
    *,
    warehouse: WarehouseFile = WAREHOUSE,
    exports: ExportsFolder = EXPORTS,
    no_exports: NoExports = False,
    direct: Annotated[bool, flag("The same work without Prefect, for people in a hurry.")] = False,
    workers: Workers = None,
    dask: DaskAddress = None,
    strict: Annotated[bool, flag("Exit with 3 if a file under the inputs, new or known, was rejected.")] = False,
    prune: Annotated[bool, flag("Forget files that are no longer under the inputs.")] = False,
    force: Force = False,
    batch_pages: Annotated[int, Parameter(help="Pages per batch.", validator=validators.Number(gte=1))] = 1000,
    lock_timeout: LockTimeout = 60.0,
    max_file_mib: Annotated[int, limit("Largest file, or member of an archive once unpacked, in MiB.")] = DEFAULTS.file_bytes // MIB,
    max_archive_mib: Annotated[int, limit("All members of an archive together, unpacked, in MiB.")] = DEFAULTS.archive_bytes // MIB,
    max_archive_entries: Annotated[int, limit("Entries of an archive.")] = DEFAULTS.archive_entries,
    max_ratio: Annotated[int, limit("Largest growth by unpacking: packed size times this.")] = DEFAULTS.ratio,
) -> int:
    """Read pages, publish the warehouse and the exports.

    What is known and unchanged is skipped; a run that finds nothing new publishes nothing."""
    if dask and direct:
        return fail("--dask works through Prefect: leave out --direct (see communique --help)", EXIT_USAGE)
    from flows import temporary_server

    _prepare_prefect()
    server = None if direct else temporary_server.start()  # it starts while this process imports
    from flows.operations import Request, preflight
    from flows.progress import for_terminal
    from flows.report import print_summary
    from flows.workers import available_cores

    limits = Limits(max_file_mib * MIB, max_archive_mib * MIB, max_archive_entries, max_ratio)
    request = Request(inputs, warehouse, None if no_exports else exports, prune, force, batch_pages, lock_timeout, limits)
    preflight(request)
    with for_terminal() as progress:
        if direct:
            from flows.direct import run as run_directly

            summary = run_directly(request, workers or available_cores(), progress)
        else:
            progress.say("starting Prefect")
            from flows.build import run as run_flow

            with temporary_server.used(server):
                summary = run_flow(request, workers or available_cores(), progress, dask)
    print_summary(summary, request)
    return EXIT_REJECTED if strict and summary.rejected else EXIT_PUBLISHED


@app.command(
    help_epilogue="""
Examples:

    communique rebuild
    communique rebuild --warehouse /srv/news.duckdb --exports /srv/exports
"""
)
def rebuild(
    *,
    warehouse: WarehouseFile = WAREHOUSE,
    exports: ExportsFolder = EXPORTS,
    no_exports: NoExports = False,
    workers: Workers = None,
    force: Force = False,
    lock_timeout: LockTimeout = 60.0,
) -> int:
    """Derive everything again from the texts in the warehouse, with the rules of today, and publish. The files need not be there any more.

    Without Prefect. After a change of rules `communique run` does this by itself."""
    from flows.direct import run as build
    from flows.operations import Request, preflight
    from flows.progress import for_terminal
    from flows.report import print_summary
    from flows.workers import available_cores

    request = Request((), warehouse, None if no_exports else exports, force=force, lock_timeout=lock_timeout, rebuild=True)
    preflight(request)
    with for_terminal() as progress:
        summary = build(request, workers or available_cores(), progress)
    print_summary(summary, request)
    return EXIT_PUBLISHED


@app.command(
    help_epilogue="""
Examples:

    communique status
    communique status --warehouse /srv/news.duckdb
"""
)
def status(*, warehouse: WarehouseFile = WAREHOUSE) -> int:
    """Show the last runs, and the files by status."""
    from flows.report import print_status
    from warehouse import query, reference

    print_status(query.status(warehouse), reference.rules_version())
    return EXIT_PUBLISHED


@app.command(
    help_epilogue="""
Examples:

    communique evidence 0123456789abcdef
    communique sql "SELECT commitment_id, quote FROM commitments LIMIT 5"
"""
)
def evidence(
    evidence_id: Annotated[str, Parameter(name="ID", help="Id of a commitment, incident or attribution.")],
    /,
    *,
    warehouse: WarehouseFile = WAREHOUSE,
) -> int:
    """Show the sentence behind a row: in its paragraph, with its article and file."""
    from flows.report import print_evidence
    from warehouse import query

    found = query.evidence(warehouse, evidence_id)
    if found is None:
        return fail(f"no commitment, incident or attribution has the id {evidence_id}", EXIT_FAILED)
    print_evidence(found)
    return EXIT_PUBLISHED


@app.command(
    help_epilogue="""
Examples:

    communique sql "SELECT name, count(*) AS mentions FROM country_mentions JOIN countries USING (iso3) GROUP BY ALL ORDER BY ALL DESC"
    communique sql "FROM analytics.commitment_ledger"
    communique sql --csv "FROM analytics.incident_ledger" > incidents.csv
"""
)
def sql(
    query: Annotated[str, Parameter(help="A query in DuckDB's SQL.")],
    /,
    *,
    csv: Annotated[bool, flag("Print CSV instead of a table; cells that a spreadsheet would take for a formula begin with '.")] = False,
    warehouse: WarehouseFile = WAREHOUSE,
) -> int:
    """Ask the published warehouse. The connection is read-only and cannot reach other files or the net."""
    from flows.report import print_csv, print_rows
    from warehouse import query as questions

    names, rows = questions.sql(warehouse, query)
    (print_csv if csv else print_rows)(names, rows)
    return EXIT_PUBLISHED


@app.command(
    help_epilogue="""
Examples:

    communique report
    communique report --warehouse /srv/news.duckdb --out /srv/report --articles 5000
"""
)
def report(
    *,
    warehouse: WarehouseFile = WAREHOUSE,
    out: Annotated[Path, Parameter(help="The folder to write report.html into.")] = REPORT,
    articles: Annotated[
        int, Parameter(help="Articles to show with their text and findings, the newest first.", validator=validators.Number(gte=1))
    ] = 1000,
) -> int:
    """Write one HTML file to look at: what is new, ledgers to filter and sort, each article with every quote highlighted in place.

    The file asks for nothing outside itself: it can be mailed, and opens without a server."""
    from reports.page import write

    path = write(warehouse, out, articles)
    print(f"{path}  {path.stat().st_size / 1e6:.1f} MB")
    return EXIT_PUBLISHED


@app.command(
    help_epilogue="""
Examples:

    communique shell
    communique shell --warehouse /srv/news.duckdb
    echo "FROM analytics.country_activity" | communique shell
"""
)
def shell(*, warehouse: WarehouseFile = WAREHOUSE) -> int:
    """Open DuckDB's own command line on the published warehouse: read-only, without access to other files, the net or programs.

    It keeps what is published now, however long it stays open; runs go on beside it."""
    from flows.report import print_welcome
    from warehouse import shell as duckdb_shell

    words = duckdb_shell.command(warehouse)
    contents = duckdb_shell.contents(warehouse)
    if sys.stdin.isatty():
        print_welcome(contents)
    sys.stdout.flush()
    os.execv(words[0], words)


@app.command(
    help_epilogue="""
Examples:

    communique verify
    communique verify --warehouse /srv/news.duckdb --exports /srv/exports
"""
)
def verify(
    *,
    warehouse: WarehouseFile = WAREHOUSE,
    exports: Annotated[Path, Parameter(help="The exports to compare with the warehouse, if they are there.")] = EXPORTS,
) -> int:
    """Check the published warehouse, row by row: keys, references, vocabularies, every quote in its place, the ledger, the views, the exports.

    Exit code 1 if anything is found."""
    from warehouse.verify import verify as check

    findings = check(warehouse, exports if exports.exists() else None)
    for finding in findings:
        print(finding)
    print(f"{len(findings) or 'no'} finding{'s' * (len(findings) != 1)} in {warehouse}")
    return EXIT_FAILED if findings else EXIT_PUBLISHED


@app.command(
    help_epilogue="""
Examples:

    communique explain seeds/articles/hacks-and-denials.txt
    communique explain page.txt | less
"""
)
def explain(inputs: Annotated[tuple[Path, ...], Parameter(help="Files, folders, .gz and .zip.")], /) -> int:
    """Print pages with every mention, commitment and incident marked in place, and the rule that found it. Nothing is stored."""
    from rich.console import Console

    from flows.explain import explain as show

    return EXIT_PUBLISHED if show(inputs, Console(highlight=False, soft_wrap=True)) else EXIT_FAILED


def _prepare_prefect() -> None:
    """The progress bar and the one line of `fail` speak for the run; nothing leaves the machine; a busy machine may take its time to start the
    temporary server. Whoever has set these otherwise is heeded."""
    for name, value in {
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    }.items():
        os.environ.setdefault(name, value)


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point: runs one command and exits with its code. Errors are one line; COMMUNIQUE_DEBUG=1 shows the traceback."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(exit_code(lambda: app(given, exit_on_error=False, print_error=False, result_action="return_value")))


if __name__ == "__main__":
    main()
