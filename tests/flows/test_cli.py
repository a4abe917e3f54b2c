from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from flows import cli
from tests.servers import PATIENCE

COMMANDS = sorted(name for name in cli.app if not name.startswith("-"))


def python(code: str, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=PATIENCE, cwd=cwd, check=False)


def communique(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as caught:
        cli.main(arguments)
    captured = capsys.readouterr()
    return int(caught.value.code or 0), captured.out, captured.err


def test_there_are_commands() -> None:
    assert {"run"} <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = communique(command, "--help", capsys=capsys)
    assert code == 0
    assert "communique " + command in out
    assert "Examples:" in out
    arguments = cli.app[command].assemble_argument_collection()
    assert [argument.name for argument in arguments if not argument.parameter.help] == []


def test_help_imports_nothing_heavy() -> None:
    code = """
import sys
from flows import cli
try:
    cli.main(["run", "--help"])
except SystemExit as end:
    assert not end.code
heavy = {"prefect", "polars", "duckdb", "pandera", "pyarrow"} & set(sys.modules)
assert not heavy, heavy
"""
    done = python(code)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("question", [["sql", "SELECT 1"], ["evidence", "0123456789abcdef"], ["status"]], ids=" ".join)
def test_questions_do_not_wait_for_what_only_a_run_needs(sample: Path, question: list[str]) -> None:
    code = """
import sys
from flows import cli
try:
    cli.main(sys.argv[1:])
except SystemExit:
    pass
heavy = {"prefect", "polars", "pandera"} & set(sys.modules)
assert not heavy, heavy
"""
    done = python(code, *question, "--warehouse", str(sample / cli.WAREHOUSE))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["bogus"], "bogus"),
        (["run", "--bogus"], "--bogus"),
        (["run", "--workers", "many"], "--workers"),
        (["run", "--workers", "0"], "--workers"),
        (["run", "--batch-pages", "-1"], "--batch-pages"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(arguments: list[str], word: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = communique(*arguments, capsys=capsys)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert word in err


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_examples_in_the_help_are_commands(command: str) -> None:
    app = cli.app[command] if command else cli.app
    examples = [re.split(r" {2,}", line.strip())[0] for line in str(app.help_epilogue).splitlines() if line.startswith("    communique ")]
    assert examples
    for example in examples:
        words = shlex.split(re.split(r" [|>] ", example)[0])
        cli.app.parse_args(words[1:], exit_on_error=False, print_error=False)


def test_errors_nobody_foresaw_say_so_in_one_line_and_show_where_on_demand(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from warehouse import query

    def fail(*_: object) -> None:
        raise KeyError("title")

    monkeypatch.setattr(query, "status", fail)
    monkeypatch.delenv("COMMUNIQUE_DEBUG", raising=False)
    assert communique("status", capsys=capsys) == (1, "", "communique: unexpected KeyError: 'title' (COMMUNIQUE_DEBUG=1 shows where)\n")
    monkeypatch.setenv("COMMUNIQUE_DEBUG", "1")
    with pytest.raises(KeyError):
        cli.main(["status"])


def test_a_broken_contract_shows_its_rows(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from flows.validation import ContractError
    from warehouse import query

    def fail(*_: object) -> None:
        raise ContractError("batch a breaks the contract of articles; nothing was loaded\n  articles: row 3")

    monkeypatch.setattr(query, "status", fail)
    monkeypatch.delenv("COMMUNIQUE_DEBUG", raising=False)
    code, _, err = communique("status", capsys=capsys)
    assert code == 1
    assert err.splitlines()[1:] == ["  articles: row 3"]


def test_direct_run_imports_no_prefect(tmp_path: Path) -> None:
    code = """
import sys
from flows import cli
try:
    cli.main(sys.argv[1:])
except SystemExit as end:
    assert not end.code, end.code
loaded = [name for name in sys.modules if name.partition(".")[0] == "prefect"]
assert not loaded, loaded
"""
    page = tmp_path / "page.txt"
    page.write_text("Chile and Peru agree\n\nChile and Peru agreed to share data on fishing fleets.\n")
    done = python(code, "run", str(page), "--direct", "--warehouse", str(tmp_path / "w.duckdb"), "--no-exports")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "w.duckdb").exists()


def test_a_closed_pipe_is_no_error(sample: Path) -> None:
    query = f"{sys.executable} -m flows.cli sql 'SELECT repeat(chr(97), 100) FROM range(100000)' --warehouse {sample / cli.WAREHOUSE} --csv | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", query], capture_output=True, text=True, timeout=PATIENCE, cwd=cli.__file__[:-13], check=False
    )
    assert done.stderr == ""
    assert done.returncode == 0
