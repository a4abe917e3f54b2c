"""How large the report of a large warehouse is, how long it takes to write and to open.

    python -m benchmarks.report WAREHOUSE [--copies 50] [--articles 1000 5000]

WAREHOUSE is copied, and in the copy every article is there `--copies` times, each with a title and a text of its own. The report is then written by
`communique report` in a process of its own, and opened in headless Chromium; all figures are printed as a table.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from playwright.sync_api import Page, sync_playwright

from schemas import TABLES
from schemas.derive import contract

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync")
AS_THEY_ARE = ("countries", "ministers", "runs")
RENAMED = ("article_id", "version_id", "document_id", "file_id", "commitment_id", "incident_id", "attribution_id", "story_key", "title_key")
EXTENDED = ("title", "body", "raw_text", "source_uri")
FILTER = """() => new Promise(done => {
    const field = document.querySelector("#commitments select"), start = performance.now();
    field.selectedIndex = 1;
    field.dispatchEvent(new Event("change"));
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
})"""


def multiply(warehouse: Path, copies: int) -> int:
    """Every article, with all that hangs on it, `copies` times. Gives the number of articles."""
    with duckdb.connect(str(warehouse)) as con:
        for table in TABLES:
            if table in AS_THEY_ARE:
                continue
            changes = [f"left(md5({n} || k), 16) AS {n}" for n in contract(table).names if n in RENAMED]
            changes += [f"{n} || ' (' || k || ')' AS {n}" for n in contract(table).names if n in EXTENDED]
            con.execute(f"INSERT INTO main.{table} SELECT t.* REPLACE ({', '.join(changes)}) FROM main.{table} AS t, range(1, {copies}) AS copy(k)")
        return int(con.execute("SELECT count(*) FROM main.articles").fetchall()[0][0])


@contextmanager
def opened(path: Path) -> Iterator[tuple[Page, float]]:
    """The report in a browser of its own, and the seconds until everything in it had been laid out."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        page = chromium.new_page()
        page.goto("about:blank")
        start = time.perf_counter()
        page.goto(path.as_uri())
        page.evaluate("document.body.offsetHeight")
        yield page, time.perf_counter() - start
        chromium.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("warehouse", type=Path)
    parser.add_argument("--copies", type=int, default=50)
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 5000])
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Path(folder) / "news.duckdb"
        shutil.copyfile(arguments.warehouse, warehouse)
        print(f"{multiply(warehouse, arguments.copies):,} articles\n")
        print("| shown | written in | size | opened in | filtered in |\n|---|---|---|---|---|")
        for n in arguments.articles:
            start = time.perf_counter()
            command = [sys.executable, "-m", "flows.cli", "report", "--warehouse", warehouse, "--out", folder, "--articles", str(n)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            written = time.perf_counter() - start
            report = Path(folder) / "report.html"
            with opened(report) as (page, seconds):
                page.goto(f"{report.as_uri()}#commitments")
                filtered = page.evaluate(FILTER)
            print(f"| {n:,} | {written:.1f} s | {report.stat().st_size / 1e6:.1f} MB | {seconds:.1f} s | {filtered:.0f} ms |")


if __name__ == "__main__":
    main()
