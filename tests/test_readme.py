"""What the README shows works: its queries answer what it says, its commands exist, its links lead somewhere, its session is what a run prints."""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from flows import cli
from flows.direct import run as run_direct
from flows.operations import Request, Summary
from flows.progress import Lines
from flows.report import print_rows, print_summary
from schemas import TABLES

PROJECT = Path(__file__).parents[1]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```\n\n```text\n(.*?)```", README, re.DOTALL)
COMMANDS = sorted(set(re.findall(r"(?:^|`)(?:\.venv/bin/)?communique ([a-z][^`\n]*)", README, re.MULTILINE)))
TARGETS = sorted(set(re.findall(r"\bmake ([a-z]+)\b(?=`| |$)", README, re.MULTILINE)) & {"run", "test", "check", "clean"})


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Summary, duckdb.DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("readme")
    request = Request((PROJECT / cli.SEEDS,), folder / "news.duckdb", None)
    summary = run_direct(request, 1, Lines(io.StringIO()))
    return summary, duckdb.connect(str(request.warehouse), read_only=True)


def test_there_are_five_queries_and_some_commands() -> None:
    assert len(QUERIES) == 5
    assert len(COMMANDS) >= 3
    assert TARGETS == ["run", "test"]


@pytest.fixture
def shows(request: pytest.FixtureRequest) -> Callable[[str, str, str], None]:
    """`shows(before, shown, got)`: what the README shows after `before` is what was got. With --update-golden it is written anew."""

    def compare(before: str, shown: str, got: str) -> None:
        got = "".join(f"{line.rstrip()}\n" for line in got.splitlines())
        if request.config.getoption("--update-golden"):
            path = PROJECT / "README.md"
            path.write_text(path.read_text(encoding="utf-8").replace(before + shown, before + got), encoding="utf-8")
        else:
            assert got == shown

    return compare


@pytest.mark.parametrize(("query", "shown"), QUERIES)
def test_every_query_answers_what_is_shown(
    query: str,
    shown: str,
    sample: tuple[Summary, duckdb.DuckDBPyConnection],
    shows: Callable[[str, str, str], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer = sample[1].execute(query)
    rows = answer.fetchall()
    assert rows
    print_rows([column[0] for column in answer.description], rows)
    shows(f"{query}```\n\n```text\n", shown, capsys.readouterr().out)


def test_the_session_is_what_a_run_prints(
    sample: tuple[Summary, duckdb.DuckDBPyConnection], shows: Callable[[str, str, str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    prompt = "```console\n$ make run\n"
    shown = README.partition(prompt)[2].partition("```")[0]
    (seconds,) = re.findall(r"took +([\d.]+) s", shown)
    print_summary(replace(sample[0], seconds=float(seconds)), Request((cli.SEEDS,), cli.WAREHOUSE, cli.EXPORTS))
    shows(prompt, shown, capsys.readouterr().out)


def test_every_table_view_and_command_is_told(sample: tuple[Summary, duckdb.DuckDBPyConnection]) -> None:
    views = sample[1].execute("SELECT view_name FROM duckdb_views() WHERE schema_name = 'analytics'").fetchall()
    told = set(re.findall(r"`([a-z_]+)`", README))
    assert set(TABLES) | {name for (name,) in views} <= told
    assert {command.split()[0] for command in COMMANDS} == {name for name in cli.app if not name.startswith("-")}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_exists_with_its_options(command: str) -> None:
    words = [word.replace("…", "x") for word in shlex.split(command.replace("COMMAND", "run").replace("[INPUT ...]", "INPUT"))]
    if "--help" not in words:
        cli.app.parse_args(words, exit_on_error=False, print_error=False)
    assert words[0] in set(cli.app)


def test_every_link_leads_somewhere() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if not link.startswith("http")]
    assert len(links) > 3
    assert [link for link in links if not (PROJECT / link.partition("#")[0]).exists()] == []
