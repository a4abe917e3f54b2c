"""What orchestration costs: `communique run` against `communique run --direct`, and against a Prefect server that runs already.

    python -m benchmarks.orchestration                        1 and 1,000 pages
    python -m benchmarks.orchestration 1 1000 20000 --write   and writes the table into docs/operations.md

Whole processes, each `--repeat` times on a fresh warehouse in a temporary folder, in turn, medians. The pages are those of seeds/articles, each with text
of its own."""

from __future__ import annotations

import argparse
import os
import platform
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

PROJECT = Path(__file__).resolve().parents[1]
DOCS = PROJECT / "docs" / "operations.md"
BEGIN, END = "<!-- overhead -->\n", "<!-- end of overhead -->\n"
BATCH = 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", type=int, default=[1, 1000])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="write the table into docs/operations.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="communique-orchestration-") as folder:
        table = measure(Path(folder), options.pages, options.repeat)
    print(table)
    if options.write:
        text = DOCS.read_text()
        before, rest = text.split(BEGIN)
        DOCS.write_text(f"{before}{BEGIN}\n{table}\n{END}{rest.split(END)[1]}")


def measure(folder: Path, sizes: list[int], repeat: int) -> str:
    """The table, as Markdown."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")},
        "PREFECT_HOME": str(folder / "home"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    lines = [
        "| pages | `--direct` | temporary server | running server | cost of the running server | beyond that of the first row |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    with server(folder, environment) as url:
        ways = {"direct": environment, "temporary": environment, "running": environment | {"PREFECT_API_URL": url}}
        run(folder, write_pages(folder / "warm", 1), environment)  # the database of a new PREFECT_HOME is made once
        start = 0.0
        for size in sizes:
            pages = write_pages(folder / f"pages-{size}", size)
            taken: dict[str, list[float]] = {way: [] for way in ways}
            for _ in range(repeat):
                for way, settings in ways.items():
                    taken[way].append(run(folder, pages, settings, *(["--direct"] if way == "direct" else [])))
            seconds = {way: median(times) for way, times in taken.items()}
            cost = seconds["running"] - seconds["direct"]
            start = start or cost
            share = (cost - start) / seconds["direct"]
            lines.append(
                f"| {size:,} | {seconds['direct']:.1f} s | {seconds['temporary']:.1f} s | {seconds['running']:.1f} s "
                f"| {cost:.1f} s | {share:.1%} of `--direct` |"
            )
    machine = f"{len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}, medians of {repeat}"
    return "\n".join([*lines, "", f"{machine}: `python -m benchmarks.orchestration {' '.join(map(str, sizes))} --repeat {repeat}`", ""])


def write_pages(folder: Path, count: int) -> Path:
    """`count` pages; no text is there twice."""
    seeds = [path.read_text(encoding="utf-8", errors="replace") for path in sorted((PROJECT / "seeds" / "articles").glob("*.txt"))]
    folder.mkdir()
    for number in range(count):
        text = seeds[number % len(seeds)]
        first, _, rest = text.partition("\n")
        (folder / f"{number:06}.txt").write_text(f"{first} {number}\n{rest}\n\nThis is page {number} of the benchmark.\n", encoding="utf-8")
    return folder


def run(folder: Path, pages: Path, environment: dict[str, str], *options: str) -> float:
    """Seconds of the whole process."""
    with tempfile.TemporaryDirectory(dir=folder) as out:
        command = [sys.executable, "-m", "flows.cli", "run", str(pages), "--warehouse", f"{out}/w.duckdb", "--exports", f"{out}/exports"]
        begun = time.perf_counter()
        subprocess.run([*command, "--batch-pages", str(BATCH), *options], env=environment, cwd=PROJECT, check=True, capture_output=True)
        return time.perf_counter() - begun


@contextmanager
def server(folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """A Prefect server for the third way; gives the address of its API. It has a home of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    settings = environment | {"PREFECT_HOME": str(folder / "server")}
    (folder / "server").mkdir()
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(command, env=settings, stdout=log, stderr=subprocess.STDOUT)
        try:
            await_health(f"http://127.0.0.1:{port}/api/health")
            yield f"http://127.0.0.1:{port}/api"
        finally:
            process.terminate()
            process.wait(30)


def await_health(url: str) -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the Prefect server did not start")


if __name__ == "__main__":
    main()
