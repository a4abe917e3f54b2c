"""Every code block of README.md, CONTRIBUTING.md and docs/*.md runs here, and prints what the page shows below it.

How blocks are written (their fence says how they run):

    ```sql              the DuckDB command line runs it, read-only, on the warehouse of the sample pages
    ```python           runs in this process; the blocks of one page share their variables
    ```sh               bash runs it, stopping at the first error
    ```console          each `$ command` runs; the lines below it are what it must print, followed by its errors if it fails
    ```text             right after a sql, python or sh block: what that block must print
    ```toml, ```json, ```yaml, ```ini     parsed

    ```console varies   runs and must succeed, but what it prints differs from run to run, and so is not compared
    ```console fresh    (or sh fresh) before it runs, data/ is removed: a clone in which nothing was run yet
    ```sh no-run        does not run; the line before the fence says why: <!-- no-run: needs root -->

There are no indented code blocks: nothing says how they run. `mermaid` is a picture, not code.

A page runs from top to bottom in a copy of the project of its own, in which `communique run` has read the sample pages: .venv/ and data/ are there. Seconds,
times of day and ids of runs may differ from what is shown. `pytest tests/test_docs.py --update-golden` writes what is printed into the pages.
"""

from __future__ import annotations

import difflib
import io
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from configparser import ConfigParser
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt

from flows import cli
from schemas import TABLES
from tests.servers import PATIENCE, PROJECT

pytestmark = pytest.mark.long

PAGES = [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", *sorted((PROJECT / "docs").glob("*.md"))]
WITHOUT_CODE = {"accuracy.md", "data-dictionary.md"}
PARSERS: dict[str, Callable[[str], Any]] = {
    "toml": tomllib.loads,
    "json": json.loads,
    "yaml": lambda text: list(yaml.safe_load_all(text)),
    "ini": lambda text: ConfigParser(strict=False, interpolation=None).read_string(text),
}
LANGUAGES = {"sql", "python", "sh", "console", "text", "mermaid", *PARSERS}
OPTIONS = {"varies", "fresh", "no-run"}
VARIES = re.compile(r"\d+\.\d+ s\b|\b\d{8}T\d{6}-[0-9a-f]{6}\b|\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\b")


@dataclass(frozen=True)
class Block:
    """One fence of a page: `line` counts from 1 and is the fence's; `before` is the text of the line above it, if that is a comment."""

    page: Path
    line: int
    language: str
    options: frozenset[str]
    text: str
    before: str

    @property
    def where(self) -> str:
        return f"{self.page.relative_to(PROJECT)}:{self.line}"


def blocks(page: Path) -> list[Block]:
    """The code blocks of a page, in order. An indented one has the language ''."""
    found, before = [], ""
    for token in MarkdownIt().parse(page.read_text(encoding="utf-8")):
        if token.type in ("fence", "code_block"):
            language, *options = token.info.split() or [""]
            found.append(Block(page, token.map[0] + 1 if token.map else 0, language, frozenset(options), token.content, before))
        before = token.content.strip() if token.type == "html_block" else ""
    return found


# --- how blocks run ---------------------------------------------------------------------------------------------------------------


@dataclass
class Place:
    """A copy of the project in which one page runs."""

    folder: Path
    environment: dict[str, str]
    variables: dict[str, Any]

    def shell(self, command: str, stdin: str = "") -> tuple[int, str, str]:
        """Exit code, standard output and standard error of a command of bash. What it has started ends with it."""
        running = subprocess.Popen(
            ["bash", "-euo", "pipefail", "-c", command],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        try:
            out, err = running.communicate(stdin, timeout=PATIENCE)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)
        return running.returncode, out, err

    def sql(self, block: Block) -> str:
        code, out, err = self.shell("duckdb -readonly -bail -cmd '.maxwidth 120' data/warehouse.duckdb", block.text)
        if code or err:
            raise AssertionError(err or out)
        return out

    def python(self, block: Block) -> str:
        printed = io.StringIO()
        with redirect_stdout(printed):
            exec(compile("\n" * block.line + block.text, block.page, "exec"), self.variables)
        return printed.getvalue()

    def sh(self, block: Block) -> str:
        code, out, err = self.shell(block.text)
        if code:
            raise AssertionError(f"exit code {code}\n{out}{err}")
        return out

    def console(self, block: Block) -> str:
        session = []
        for line in block.text.splitlines():
            if line.startswith("$ "):
                code, out, err = self.shell(line[2:])
                session.append(f"{line}\n{out}{err if code else ''}")
                if code and "varies" in block.options:
                    raise AssertionError(session[-1])
        return "".join(text if text.endswith("\n") else f"{text}\n" for text in session)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    """The project as a fresh clone has it after a run over the sample pages."""
    folder = tmp_path_factory.mktemp("clone") / "communique"
    shutil.copytree(PROJECT, folder, ignore=_not_of_a_clone)
    (folder / ".venv").mkdir()
    for path in Path(sys.prefix).iterdir():
        (folder / ".venv" / path.name).symlink_to(path)
    ready = folder / ".venv" / ".ready"
    ready.unlink(missing_ok=True)
    ready.touch()
    shutil.copytree(sample / "data", folder / "data", symlinks=True)
    return folder


def _not_of_a_clone(top: str, names: list[str]) -> set[str]:
    """What lies about in a checkout: hidden files and data/, and bytecode that some process is just writing under another name."""
    return {n for n in names if ".pyc." in n or (top == str(PROJECT) and (n[0] == "." or n == "data"))}


@pytest.fixture
def place(clone: Path, tmp_path: Path, prefect_environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Place:
    folder = tmp_path / "communique"
    shutil.copytree(clone, folder, symlinks=True)
    environment = {
        # make tells a make within it where it is: nobody who types a command sees that
        **{name: value for name, value in prefect_environment.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")},
        "PATH": f"{folder / '.venv' / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": os.environ["PYTHONPATH"].replace(str(PROJECT), str(folder)),
        "HOME": str(tmp_path),
        "NO_COLOR": "1",
    }
    monkeypatch.chdir(folder)
    return Place(folder, environment, {"__name__": "page"})


def differences(block: Block, shown: str, got: str) -> str:
    """What is different between two outputs, but for white space at the ends of lines and what varies; empty if nothing is."""
    old, new = ([line.rstrip() for line in text.rstrip("\n").splitlines()] for text in (shown, got))
    if VARIES.sub("", "\n".join(old)) == VARIES.sub("", "\n".join(new)):
        return ""
    return "\n".join([block.where, *difflib.unified_diff(old, new, "shown", "printed", lineterm="", n=1)])


def outputs(page: Path, place: Place) -> Iterator[tuple[Block, str, str | None]]:
    """Runs a page. Gives each block that shows an output, with what it printed, and each block that failed, with None and why."""
    printed, ran = "", False
    for block in blocks(page):
        if block.language == "mermaid" or "no-run" in block.options:
            printed, ran = "", False
            continue
        if block.language == "text":
            yield (block, block.text, printed) if ran else (block, "it follows no block that runs", None)
            ran = False
            continue
        if "fresh" in block.options:
            shutil.rmtree(place.folder / "data", ignore_errors=True)
        try:
            if block.language in PARSERS:
                PARSERS[block.language](block.text)
                printed, ran = "", False
            else:
                printed, ran = getattr(place, block.language)(block), block.language != "console"
        except Exception as error:
            yield block, f"{type(error).__name__}: {error}", None
            printed, ran = "", False
            continue
        if block.language == "console" and "varies" not in block.options:
            yield block, block.text, printed


# --- the tests --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_runs_and_prints_what_is_shown(page: Path, place: Place, request: pytest.FixtureRequest) -> None:
    assert blocks(page) or page.name in WITHOUT_CODE, "no code block was found"
    failures, lines = [], page.read_text(encoding="utf-8").splitlines(keepends=True)
    grown = 0
    for block, shown, got in outputs(page, place):
        if got is None:
            failures.append(f"{block.where}: {shown}")
        elif difference := differences(block, shown, got):
            failures.append(difference)
            start, length = block.line + grown, len(shown.splitlines())
            new = [f"{line.rstrip()}\n" for line in got.rstrip("\n").splitlines()]
            lines[start : start + length] = new
            grown += len(new) - length
    if request.config.getoption("--update-golden"):
        page.write_text("".join(lines), encoding="utf-8")
        failures = [failure for failure in failures if "--- shown" not in failure]
    assert not failures, "\n\n".join(["pytest tests/test_docs.py --update-golden shows what is printed now", *failures])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_says_how_it_runs(page: Path) -> None:
    for block in blocks(page):
        assert block.language, f"{block.where}: an indented block, or a fence without a language"
        assert block.language in LANGUAGES, f"{block.where}: {block.language} is none of {sorted(LANGUAGES)}"
        assert block.options <= OPTIONS, f"{block.where}: {sorted(block.options - OPTIONS)} is none of {sorted(OPTIONS)}"
        reason = re.fullmatch(r"<!-- no-run: .{8,} -->", block.before)
        assert bool(reason) == ("no-run" in block.options), f"{block.where}: no-run and its reason, <!-- no-run: why -->, stand together"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")) if not link.startswith(("http", "#"))]
    assert [link for link in links if not (page.parent / link.partition("#")[0]).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_exists_with_its_options(page: Path) -> None:
    """Those in the text, in `code`: whoever reads it will type it."""
    for command in re.findall(r"`(?:\.venv/bin/)?communique ([a-z][^`\n]*)`", page.read_text(encoding="utf-8")):
        words = [word.replace("…", "x") for word in shlex.split(command.replace("COMMAND", "run").replace("[INPUT ...]", "INPUT"))]
        assert words[0] in set(cli.app), command
        if "--help" not in words:
            cli.app.parse_args(words, exit_on_error=False, print_error=False)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert targets
    assert set(re.findall(r"(?:`|^\$ )make ([a-z-]+)", page.read_text(encoding="utf-8"), re.MULTILINE)) <= targets


def test_the_readme_tells_of_every_table_view_and_command(clone: Path) -> None:
    import duckdb

    readme = PAGES[0].read_text(encoding="utf-8")
    with duckdb.connect(str(clone / cli.WAREHOUSE), read_only=True) as con:
        views = {name for (name,) in con.execute("SELECT view_name FROM duckdb_views() WHERE schema_name = 'analytics'").fetchall()}
    assert views
    assert set(TABLES) | views <= set(re.findall(r"`([a-z_]+)`", readme))
    assert {name for name in cli.app if not name.startswith("-")} <= set(re.findall(r"communique ([a-z]+)", readme))
