"""Runs that are killed, that find the disk full, whose files are damaged. Each against a fresh build of the folder."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.torture.harness import Figure, Rows, Victim, agree, arguments, damage, difference, fresh_rows, read, rows, run_here, scratch
from tests.torture.pages import Folder
from warehouse import repair
from warehouse.errors import WarehouseError

CHAIN = 12
"""Rounds of changes on one warehouse before the next begins with none."""

DEATHS = 4
"""Runs that die, each from the same state, per round of changes: so a fresh build to compare with serves several."""

PHASES = {"": 0.3, "opening the warehouse": 0.3, "new or changed": 0.2, "transforming": 0.8, "checking": 0.1, "publishing": 0.4}
"""What a run says when a phase begins, and about how many seconds that lasts: killed at a random instant of a random phase."""


def kill(trials: int, seed: int) -> Figure:
    """SIGKILL at random instants of a run; then a reader looks, a run repairs, and all tables must be those of a fresh build."""
    figure = Figure("kill -9")
    random = Random(seed)
    lasts = dict(PHASES)
    with scratch() as root:
        for number, folder, pages, before, wanted in _deaths(root, trials, random):
            phase = random.choice(list(PHASES))
            victim = Victim(arguments(folder, pages.path))
            if victim.wait_for(phase):
                time.sleep(random.uniform(0, 1.2 * lasts[phase]))
                killed = victim.kill()
                lasts[phase] = min(max(lasts[phase] * (1.05 if killed else 0.9), 0.05), 5.0)
            else:
                killed = victim.end() < 0
            after, wrong = read(folder)
            figure.note("killed" if killed else "ended before")
            if killed:
                figure.note(f"killed in {_phase(victim.lines)}")
            _judge(figure, f"kill {seed}/{number} in {_phase(victim.lines)}", folder, pages, (before, after, wanted), wrong)
    return figure


def disk_full(trials: int, seed: int) -> Figure:
    """No file may grow beyond a random size; then a reader looks, a run without the limit repairs."""
    figure = Figure("disk full (file size limit)")
    random = Random(seed)
    with scratch() as root:
        for number, folder, pages, before, wanted in _deaths(root, trials, random):
            work = repair.work_path(folder / "w.duckdb")
            most = int(1.3 * work.stat().st_size) if work.exists() else 6_000_000
            limit = random.choice((random.randrange(0, 200_000), random.randrange(0, most)))
            victim = Victim(arguments(folder, pages.path), limit)
            _count(figure, victim.end(), victim.lines, f"limit {limit} {seed}/{number}")
            after, wrong = read(folder)
            _judge(figure, f"limit {limit} {seed}/{number}", folder, pages, (before, after, wanted), wrong)
    return figure


def small_disk(trials: int, seed: int) -> Figure:
    """The same on a real file system that is too small, where one may be mounted (as root)."""
    figure = Figure("disk full (small tmpfs)")
    random = Random(seed)
    with scratch() as root:
        disk = root / "disk"
        disk.mkdir()
        for number in range(trials):
            folder, pages = _next(root, number, random)
            size = sum(path.lstat().st_size for path in folder.rglob("*"))
            size = random.choice((size, size + 500_000, size + 1_000_000)) + random.randrange(0, 6_000_000)
            if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(disk)], capture_output=True, check=False).returncode:
                figure.note("no right to mount")
                return figure
            try:
                on_disk = disk / "data"
                if folder.exists():
                    shutil.copytree(folder, on_disk, symlinks=True)
                before, _ = read(on_disk)
                victim = Victim(arguments(on_disk, pages.path))
                code = victim.end()
                after, wrong = read(on_disk)
                subprocess.run(["mount", "-o", "remount,size=200m", str(disk)], check=True)
                _count(figure, code, victim.lines, f"tmpfs {size} {seed}/{number}")
                states = (before, after, fresh_rows(root, pages.path))
                _judge(figure, f"tmpfs {size} {seed}/{number}", on_disk, pages, states, wrong)
            except shutil.Error:
                figure.note("too small for the state before")
            finally:
                subprocess.run(["umount", str(disk)], check=True)
            run_here(folder, pages.path, prune=True)
    return figure


def damaged(trials: int, seed: int) -> Figure:
    """The work file is cut, overwritten or holed between two runs, or put back from an older copy. At most one run fails, saying so."""
    figure = Figure("damaged work file")
    random = Random(seed)
    with scratch() as root:
        for number in range(trials):
            folder, pages = _next(root, number, random)
            work = repair.work_path(folder / "w.duckdb")
            if not work.exists():
                run_here(folder, pages.path)
                pages.change(2)
            before, _ = read(folder)
            how = "older" if random.random() < 0.2 and (root / "older").exists() else damage(work, random)
            if how == "older":
                shutil.copyfile(root / "older", work)
            figure.note(how)
            what = f"work file {how} {seed}/{number}"
            try:
                run_here(folder, pages.path, prune=True)
            except WarehouseError as error:
                figure.note("one run failed, the next made it anew")
                if "anew" not in str(error):
                    figure.wrong.append(f"{what}: {error}")
            after, wrong = read(folder)
            wanted = fresh_rows(root, pages.path)
            if after is None or (difference(after, wanted) and before is not None and difference(after, before)):
                wrong.append("neither the state before nor the state after is published")
            run_here(folder, pages.path, prune=True)
            wrong += agree(folder)
            different = difference(rows(folder / "w.duckdb"), wanted)
            figure.wrong += [f"{what}: {line}" for line in [*wrong, *([different] if different else [])]]
            figure.one_more()
            if random.random() < 0.5:
                shutil.copyfile(work, root / "older")
    return figure


def _next(root: Path, number: int, random: Random) -> tuple[Path, Folder]:
    """The warehouse folder of a trial and its pages, changed since the trial before."""
    folder = root / "data"
    if number % CHAIN == 0:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(root / "pages", ignore_errors=True)
        (root / "older").unlink(missing_ok=True)
    pages = Folder(root / "pages", random)
    pages.change(6 if number % CHAIN == 0 else random.randint(1, 4))
    return folder, pages


def _deaths(root: Path, trials: int, random: Random) -> Iterator[tuple[int, Path, Folder, Rows | None, Rows]]:
    """Trials: number, warehouse folder, pages, rows published, rows of a fresh build of the pages. `DEATHS` of them begin in one state."""
    saved = root / "saved"
    for number in range(trials):
        folder = root / "data"
        if number % DEATHS == 0:
            folder, pages = _next(root, number // DEATHS, random)
            before, _ = read(folder)
            wanted = fresh_rows(root, pages.path)
            shutil.rmtree(saved, ignore_errors=True)
            if folder.exists():
                shutil.copytree(folder, saved, symlinks=True)
        else:
            shutil.rmtree(folder, ignore_errors=True)
            if saved.exists():
                shutil.copytree(saved, folder, symlinks=True)
        yield number, folder, pages, before, wanted


def _judge(figure: Figure, what: str, folder: Path, pages: Folder, states: tuple[Rows | None, Rows | None, Rows], wrong: list[str]) -> None:
    """After a run that died: readers saw the old state or the new one; the next run gives the new one. `states`: the rows published before and
    after it, and those wanted."""
    before, after, wanted = states
    wrong = list(wrong)
    if before is not None and after is None and not wrong:
        wrong.append("the published file has vanished")
    elif after is not None:
        if not difference(after, wanted):
            figure.note("published before it died")
        elif before is None or difference(after, before):
            wrong.append("neither the state before nor the state after is published")
    try:
        run_here(folder, pages.path, prune=True)
        wrong += agree(folder)
        different = difference(rows(folder / "w.duckdb"), wanted)
        if different:
            wrong.append(different)
        if left := _left_over(folder):
            wrong.append(f"left over after the repair: {left}")
    except Exception as error:
        wrong.append(f"the next run fails: {type(error).__name__}: {error}")
        shutil.rmtree(folder, ignore_errors=True)
    figure.wrong += [f"{what}: {line}" for line in wrong]
    figure.one_more()


def _left_over(folder: Path) -> list[str]:
    """What a run that died left and no later run removed."""
    names = {".partial", ".w.duckdb.new", ".w.duckdb.work.new", ".exports.link", ".w.duckdb.work.tmp"}
    batches = [path.name for path in (folder / "staging").rglob("*") if path.is_file()] if (folder / "staging").exists() else []
    return sorted({path.name for path in folder.rglob("*")} & names) + batches


def _count(figure: Figure, code: int, lines: str, what: str) -> None:
    """A run that finds the disk full ends with one line that says so."""
    figure.note("had room" if code == 0 else "failed for want of room" if code == 1 else f"ended with {code}")
    said = [line for line in lines.splitlines() if line.startswith("communique: ")]
    if code != 0 and (len(said) != 1 or "unexpected" in lines or "Traceback" in lines or code < 0):
        figure.wrong.append(f"{what}: exit code {code}, said {lines[-400:]!r}")


def _phase(lines: str) -> str:
    said = [phase for phase in PHASES if phase and phase in lines]
    return said[-1] if said else "starting"
