"""`make accuracy`: builds the labelled pages, scores the rows, prints the figures with every miss and false find, and writes docs/accuracy.md anew.

    python -m tests.accuracy [GOLD ...] [--write]

GOLD is a folder with gold/*.json and pages/*; default: the sample pages and, where it is there, ../shared/gold.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from flows.direct import run
from flows.operations import Request
from flows.progress import Lines
from flows.workers import available_cores
from tests.accuracy.scorer import Score, score
from warehouse.reference import rules_version

PROJECT = Path(__file__).parents[2]
SAMPLES = PROJECT / "seeds"
SHARED = PROJECT.parent / "shared" / "gold"
PAGE = PROJECT / "docs" / "accuracy.md"
BARS = {
    "articles": (0.98, 0.98),
    "countries": (0.96, 0.96),
    "ministers": (0.93, 0.90),
    "commitments": (0.80, 0.80),
    "incidents": (0.80, 0.75),
}
SHARE_BARS = {
    "articles.main_or_teaser": 0.98,
    "ministers.country": 0.92,
    "ministers.role": 0.92,
    "incidents.type": 0.90,
    "incidents.perpetrator_country": 0.85,
    "incidents.target_country": 0.85,
}


def measure(gold: Path) -> Score:
    """Builds the pages of a gold folder in a temporary warehouse and scores it."""
    with TemporaryDirectory() as folder:
        warehouse = Path(folder) / "news.duckdb"
        pages = gold / "pages" if (gold / "pages").is_dir() else gold / "articles"
        run(Request((pages,), warehouse, None), available_cores(), Lines())
        return score(warehouse, gold)


def table(result: Score) -> str:
    """The figures as Markdown, each beside its bar."""
    lines = ["| | precision | recall | F1 | right | false | missed | bar (P / R) |", "|---|---:|---:|---:|---:|---:|---:|---|"]
    for kind, count in result.counts.items():
        figures = " | ".join("–" if v is None else f"{v:.3f}" for v in (count.precision, count.recall, count.f1))
        lines.append(f"| {kind} | {figures} | {count.tp} | {count.fp} | {count.fn} | {BARS[kind][0]:.2f} / {BARS[kind][1]:.2f} |")
    lines += ["", "| of the found | right | share | bar |", "|---|---:|---:|---:|"]
    for name, (right, asked) in sorted(result.shares.items()):
        bar = f"{SHARE_BARS[name]:.2f}" if name in SHARE_BARS else ""
        lines.append(f"| {name.replace('_', ' ').replace('.', ': ')} | {right} of {asked} | {right / asked:.3f} | {bar} |")
    lines += ["", "| pages without any | pages | false finds | per page | bar |", "|---|---:|---:|---:|---:|"]
    for kind, (found, _, pages) in sorted(result.on_empty_pages.items()):
        lines.append(f"| {kind} | {pages} | {found} | {found / max(pages, 1):.2f} | {'0.10' if kind != 'ministers' else ''} |")
    return "\n".join(lines)


def misses(result: Score) -> Iterable[str]:
    """A line for each miss and false find."""
    for miss in result.misses:
        item = miss.row if miss.row is not None else miss.label
        shown = item if isinstance(item, str) else next((item[k] for k in ("quote", "full_name", "name", "title", "iso3") if item.get(k)), item)
        yield f"{'false' if miss.row is not None else 'missed':6} {miss.kind:11} {miss.page}: {' '.join(str(shown).split())[:200]}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*", type=Path, help="folders with labels")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/accuracy.md")
    arguments = parser.parse_args()
    folders = arguments.gold or [f for f in (SAMPLES, SHARED) if (f / "gold").is_dir()]
    for folder in folders:
        result = measure(folder)
        print(f"\n{folder}\n\n{table(result)}\n")
        print("\n".join(misses(result)))
        if arguments.write:
            _write("samples" if folder == SAMPLES else "development", result)
    return 0


def _write(section: str, result: Score) -> None:
    head = f"Measured on {datetime.now(UTC):%d %B %Y} with rules {rules_version()}.\n\n"
    text = PAGE.read_text(encoding="utf-8")
    begin, end = f"<!-- {section} -->", f"<!-- end of {section} -->"
    replaced = re.sub(f"{begin}.*?{end}", lambda _: f"{begin}\n{head}{table(result)}\n{end}", text, flags=re.DOTALL)
    PAGE.write_text(replaced, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
