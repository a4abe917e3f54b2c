"""What the README shows works: its queries answer, its commands exist, its links lead somewhere, its session names what a run names."""

from __future__ import annotations

import io
import re
import shlex
from pathlib import Path

import duckdb
import pytest

from flows import cli
from flows.direct import run as run_direct
from flows.operations import Request, Summary
from flows.progress import Lines

PROJECT = Path(__file__).parents[1]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", README, re.DOTALL)
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


@pytest.mark.parametrize("query", QUERIES)
def test_every_query_answers_on_the_sample_pages(query: str, sample: tuple[Summary, duckdb.DuckDBPyConnection]) -> None:
    assert sample[1].execute(query).fetchall()


def test_the_session_names_the_statuses_and_tables_of_a_run(sample: tuple[Summary, duckdb.DuckDBPyConnection]) -> None:
    (session,) = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    shown = dict(re.findall(r"([a-z_]+) +([\d,]+)(?=\s|$)", session))
    named = {**sample[0].files, **sample[0].rows}
    assert set(shown) == set(named)
    # Rows found by rules move when rules get better; files and countries do not.
    assert {name: shown[name] for name in (*sample[0].files, "countries")} == {name: f"{named[name]:,}" for name in (*sample[0].files, "countries")}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_exists_with_its_options(command: str) -> None:
    words = [word.replace("…", "x") for word in shlex.split(command.replace("COMMAND", "run"))]
    if "--help" not in words:
        cli.app.parse_args(words, exit_on_error=False, print_error=False)
    assert words[0] in set(cli.app)


def test_every_link_leads_somewhere() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if not link.startswith("http")]
    assert len(links) > 3
    assert [link for link in links if not (PROJECT / link.partition("#")[0]).exists()] == []
