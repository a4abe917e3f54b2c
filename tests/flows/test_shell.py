"""`communique shell`: DuckDB's real command line on the warehouse of the sample pages, piped and in a terminal."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows import cli
from tests.servers import PATIENCE
from warehouse import analytics, shell
from warehouse.errors import WarehouseError

COMMAND = [sys.executable, "-m", "flows.cli", "shell", "--warehouse"]


def ask(warehouse: Path, lines: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "HOME": str(folder), "NO_COLOR": "1"}
    return subprocess.run(
        [*COMMAND, str(warehouse)], input=lines, cwd=folder, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
    )


def test_it_answers_what_is_piped_in_and_says_no_more(sample: Path, tmp_path: Path) -> None:
    done = ask(sample / cli.WAREHOUSE, ".mode csv\nSELECT count(*) AS articles FROM articles;\n", tmp_path)
    assert (done.stdout, done.stderr, done.returncode) == ("articles\n20\n", "", 0)


def test_nothing_leads_out_of_it(sample: Path, tmp_path: Path) -> None:
    """Each line is refused by itself, and leaves no file."""
    hostile = {
        "FROM read_text('/etc/passwd');": "file system operations are disabled",
        "FROM glob('/*');": "file system operations are disabled",
        "FROM 'https://example.com/x.csv';": "file system operations are disabled",
        "COPY (SELECT 1) TO 'stolen.csv';": "file system operations are disabled",
        "ATTACH 'other.duckdb';": "file system operations are disabled",
        "INSTALL httpfs;": "file system operations are disabled",
        "LOAD httpfs;": "Loading external extensions is disabled",
        "SET enable_external_access = true;": "has been locked",
        "SET lock_configuration = false;": "has been locked",
        "SELECT getenv('HOME');": "getenv is disabled",
        "DELETE FROM main.articles;": "read-only",
        ".shell touch stolen": "cannot be used in -safe mode",
        ".open other.duckdb": "cannot be used in -safe mode",
        ".output stolen.txt": "cannot be used in -safe mode",
        ".read /etc/passwd": "cannot be used in -safe mode",
        ".import /etc/passwd t": "cannot be used in -safe mode",
    }
    done = ask(sample / cli.WAREHOUSE, "\n".join(hostile), tmp_path)
    errors = done.stderr.replace("\n\n", "\n")
    for line, refusal in hostile.items():
        position = errors.find(refusal)
        assert position >= 0, f"{line}: {done.stderr}"
        errors = errors[position + len(refusal) :]
    assert "root:" not in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_in_a_terminal_it_lists_the_views_first(sample: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "HOME": str(tmp_path), "TERM": "dumb", "COLUMNS": "120"}
    running = subprocess.Popen([*COMMAND, str(sample / cli.WAREHOUSE)], stdin=theirs, stdout=theirs, stderr=theirs, env=environment, close_fds=True)
    os.close(theirs)
    try:
        shown = _read(ours, until=".exit")
        assert all(f"analytics.{view} " in shown for view in analytics.views())
        assert "analytics.evidence(id)" in shown
        _read(ours, until="\x1b[c")
        os.write(ours, b"\x1b]11;rgb:0000/0000/0000\x07\x1b[?1;2c")  # what a terminal answers: its background is black
        _read(ours, until="warehouse")
        os.write(ours, b"SELECT count(*) + 4000 FROM articles;\r")
        _read(ours, until="4020")
        os.write(ours, b".exit\r")
        assert running.wait(timeout=PATIENCE) == 0
    finally:
        running.kill()
        running.wait()
        os.close(ours)


def _read(terminal: int, until: str) -> str:
    shown, end = "", time.monotonic() + PATIENCE
    while until not in shown and time.monotonic() < end:
        if select.select([terminal], [], [], 1)[0]:
            shown += os.read(terminal, 65536).decode(errors="replace")
    assert until in shown, shown
    return shown


def test_without_the_command_line_one_line_says_what_to_do(monkeypatch: pytest.MonkeyPatch, sample: Path) -> None:
    monkeypatch.setattr(shell, "find_spec", lambda _: None)
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(WarehouseError, match="not installed: pip install duckdb-cli"):
        shell.command(sample / cli.WAREHOUSE)


def test_without_a_warehouse_one_line_says_what_to_do(tmp_path: Path) -> None:
    done = ask(tmp_path / "none.duckdb", "", tmp_path)
    assert done.returncode == 1
    assert done.stderr == f"communique: no warehouse at {tmp_path / 'none.duckdb'}; communique run makes one\n"
