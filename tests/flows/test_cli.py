from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from flows import cli

COMMANDS = sorted(name for name in cli.app if not name.startswith("-"))


def python(code: str, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=120, cwd=cwd, check=False)


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


def test_help_is_quick_and_imports_nothing_heavy() -> None:
    code = """
import sys, time
begun = time.perf_counter()
from flows import cli
try:
    cli.main(["run", "--help"])
except SystemExit as end:
    assert not end.code
heavy = {"prefect", "polars", "duckdb", "pandera", "pyarrow"} & set(sys.modules)
assert not heavy, heavy
print(time.perf_counter() - begun, file=sys.stderr)
"""
    # The best of three: other processes may be busy.
    runs = [python(code) for _ in range(3)]
    assert [run.stderr for run in runs if run.returncode] == []
    assert min(float(run.stderr) for run in runs) < 0.5


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
