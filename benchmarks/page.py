"""docs/performance.md between its marks, and its charts, from the figures of `python -m benchmarks --write`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import altair as alt

DOCS = Path(__file__).parents[1] / "docs"
PAGE = DOCS / "performance.md"
BEGIN, END = "<!-- figures: python -m benchmarks --write -->", "<!-- end of figures -->"
MAIN = "20000"
_NAMES = {
    "floor-python": "floor: Python reads and hashes the files",
    "floor-duckdb": "floor: DuckDB reads them and stores the text",
    "run": "`communique run --direct`, two workers",
    "run-one-worker": "the same, one worker",
    "run-prefect": "`communique run` with Prefect, two workers",
    "run-dask": "`communique run --dask tcp://localhost:8786`, two worker processes of a cluster",
    "rerun-unchanged": "again, nothing changed",
    "rerun-changed": "again, one file in a hundred changed",
    "peer-spacy": "peer: spaCy, small English model, entities alone, two processes",
    "peer-re": "peer: Python `re` over the same cue lists, two processes",
}


def write(results: dict[str, Any]) -> None:
    """Puts tables of the figures between the marks of the page, and two charts beside it."""
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n\n{figures(results)}\n\n{END}{after}", encoding="utf-8")
    charts(results)


def figures(results: dict[str, Any]) -> str:
    """Everything as Markdown: the bars, then a table of costs for each number of pages, questions, and rows."""
    parts = [_bars(results)]
    for count, found in sorted(results.items(), key=lambda item: int(item[0])):
        machine = found["machine"]
        versions = ", ".join(f"{name} {number}" for name, number in machine["versions"].items())
        parts.append(
            f"### {int(count):,} pages\n\n{machine['date']}, {machine['cores']} cores ({machine['processor']}), {machine['memory'] / 2**30:.0f} GiB; {versions}.\n"
        )
        rows = ["| case | seconds (all runs) | pages/s | ms a page | peak memory, MiB | written, MB |", "|---|---|---|---|---|---|"]
        for name, label in _NAMES.items():
            if name in found:
                rows.append(_row(label, found[name]))
        parts.append("\n".join(rows))
        if "questions" in found:
            rows = ["| question | ms |", "|---|---|", *(f"| {q} | {s * 1e3:,.0f} |" for q, s in found["questions"]["each"].items())]
            parts.append("\n".join(rows))
        if "rows" in found:
            rows = ["| rows of the first pages | in the pages | missing or too many |", "|---|---|---|"]
            rows += [f"| {table} | {told:,} | {wrong:,} |" for table, (told, wrong) in found["rows"]["compared"].items()]
            parts.append("\n".join(rows))
    return "\n\n".join(parts)


def _row(label: str, case: dict[str, Any]) -> str:
    seconds, pages = case["seconds"], case["pages"]
    runs = ", ".join(f"{s:,.2f}" for s in case["all_seconds"])
    return (
        f"| {label} | {seconds:,.2f} ({runs}) | {pages / seconds:,.0f} | {seconds / pages * 1e3:.3f} | {case['memory'] / 2**20:,.0f} "
        f"| {case['written'] / 1e6:,.0f} |"
    )


def _bars(results: dict[str, Any]) -> str:
    rows = ["| bar | wanted | measured |", "|---|---|---|"]
    main, large = results.get(MAIN, {}), results.get("200000", {})

    def add(name: str, wanted: str, value: float | None, form: str = "{:.2f}") -> None:
        rows.append(f"| {name} | {wanted} | {form.format(value) if value is not None else 'not measured'} |")

    def ratio(a: dict[str, Any] | None, b: dict[str, Any] | None, key: str = "seconds") -> float | None:
        return a[key] / b[key] if a and b else None

    add("full run, 20,000 pages ÷ DuckDB's read-and-store floor", "≤ 3.0", ratio(main.get("run"), main.get("floor-duckdb")))
    spacy = main.get("peer-spacy")
    add(
        "pages/s ÷ spaCy small NER",
        "≥ 80",
        main["run"]["pages"] / main["run"]["seconds"] / spacy["rate"] if spacy and "run" in main else None,
        "{:.0f}",
    )
    growth = ratio(large.get("run"), main.get("run"))
    add("time per page at 200,000 ÷ at 20,000", "≤ 1.15", growth / 10 if growth else None)
    add("peak memory at 200,000 pages, GiB", "≤ 2", large["run"]["memory"] / 2**30 if "run" in large else None)
    most = large or main
    add(
        "re-run, nothing changed ÷ full run" + ("" if large else " (20,000 pages)"),
        "≤ .03",
        ratio(most.get("rerun-unchanged"), most.get("run")),
        "{:.3f}",
    )
    add("re-run, 1 % changed ÷ full run" + ("" if large else " (20,000 pages)"), "≤ .15", ratio(most.get("rerun-changed"), most.get("run")), "{:.3f}")
    add("published file ÷ bytes of raw text", "≤ 1.2", most["run"]["published"] / most["run"]["input"] if "run" in most else None)
    add(
        "slowest of ten questions, ms" + ("" if large else " (20,000 pages)"),
        "≤ 200",
        most["questions"]["seconds"] * 1e3 if "questions" in most else None,
        "{:.0f}",
    )
    return "\n".join(rows)


def charts(results: dict[str, Any]) -> None:
    """Pages a second of the tools, and seconds by number of pages."""
    main = results.get(MAIN, {})
    rates = [
        {"tool": label.replace("`", ""), "rate": main[name]["pages"] / main[name]["seconds"], "kind": name.split("-")[0]}
        for name, label in _NAMES.items()
        if name in main and not name.startswith("rerun")
    ]
    images = DOCS / "images"
    images.mkdir(exist_ok=True)
    if rates:
        base = alt.Chart(alt.Data(values=rates)).encode(y=alt.Y("tool:N", sort="-x", title=None, axis=alt.Axis(labelLimit=400)))
        bars = base.mark_bar().encode(
            x=alt.X("rate:Q", scale=alt.Scale(type="log", domainMin=1), title="pages a second (logarithmic)"), color=alt.Color("kind:N", legend=None)
        )
        text = base.mark_text(align="left", dx=3).encode(x="rate:Q", text=alt.Text("rate:Q", format=",.0f"))
        (bars + text).properties(width=420).save(images / "performance-tools.svg")
    growth = [
        {"pages": int(count), "seconds": found[name]["seconds"], "case": _NAMES[name].replace("`", "")}
        for count, found in results.items()
        for name in ("floor-duckdb", "run", "rerun-unchanged", "rerun-changed")
        if name in found
    ]
    if growth:
        chart = alt.Chart(alt.Data(values=growth)).mark_line(point=True)
        chart.encode(
            x=alt.X("pages:Q", scale=alt.Scale(type="log")),
            y=alt.Y("seconds:Q", scale=alt.Scale(type="log")),
            color=alt.Color("case:N", title=None, legend=alt.Legend(labelLimit=400)),
        ).properties(width=420).save(images / "performance-growth.svg")
