"""What the UI shows, and that nothing of an article or a file name can show anything of its own."""

from __future__ import annotations

import html
import re
from pathlib import Path

import polars as pl
import pytest
from markdown_it import MarkdownIt

from flows.artifacts import SHOWN_FILES, check_rows, escaped, file_link, rejected_rows, summary_markdown
from flows.operations import Batch, Request, Summary
from flows.runlog import line
from warehouse.checks import Outcome

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>.txt",
    "a | b | c",
    "[click](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    "http://example.org/ and www.example.org and a@example.org",
    "`code` **bold** _it_ ~~gone~~ <!-- -->",
    "# Title",
    "&lt;script&gt; &amp; &#60;",
    "back\\slash \\[",
    "$x^2$ {{ 7*7 }} {% raw %}",
]


def rendered(markdown: str) -> str:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown)


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    shown = rendered(f"| a |\n|---|\n| {escaped(text)} |\n")
    (cell,) = re.findall(r"<td>(.*)</td>", shown)
    assert "<" not in cell
    assert html.unescape(cell) == text
    assert not re.search(r"https?:|www\.|(?<!\\)@", escaped(text)), "Prefect's renderer would make a link of it"


def test_escaped_text_is_one_short_line_without_hidden_signs() -> None:
    assert escaped("a\nb\r\n\u2028c") == "a b c"
    assert "\u202e" not in escaped("gpj\u202etxt.exe")
    assert len(escaped("x" * 10_000)) == 300


def test_summary_shows_changes_and_the_slowest_batches() -> None:
    batches = (Batch("batch-00000", Path("s"), 1000, 1.5), Batch("batch-00001", Path("s"), 900, 2.5), Batch("b of r", Path("s"), 10, 0.0, True))
    summary = Summary("run", True, {"loaded": 12_345}, {"articles": 7, "incidents": 2}, 0, batches, 1.0, before={"articles": 9})
    text = summary_markdown(summary, Request((), Path("a`b/<news>.duckdb"), None))
    assert "<h1>Published a`b/&lt;news&gt;.duckdb</h1>" in rendered(text)
    assert "| loaded | 12,345 |" in text
    assert "| articles | 7 | -2 |" in text
    assert "| incidents | 2 | new |" in text
    assert text.index("| batch-00001 | 900 | 2.50 |") < text.index("| batch-00000 |")
    assert "1 of them were taken over" in text


def test_rejected_files_and_checks_are_tables_of_plain_cells() -> None:
    files = pl.DataFrame({"source_uri": [HOSTILE[0]], "status": ["failed"], "status_reason": [HOSTILE[3]], "is_new": [True]})
    (row,) = rejected_rows(files)
    assert (row["status"], row["in this run"]) == ("failed", "yes")
    assert (row["file"], row["reason"]) == (escaped(HOSTILE[0]), escaped(HOSTILE[3]))
    assert len(rejected_rows(pl.concat([files] * (SHOWN_FILES + 5)))) == SHOWN_FILES
    rows = check_rows([Outcome("reference", "articles", None), Outcome("limits", "documents", "fell from 9 to 1 rows")])
    assert [(row["result"], row["table"]) for row in rows] == [("FAIL", "documents"), ("pass", "articles")]


def test_links_end_where_they_should() -> None:
    assert file_link(Path("/srv/a b(c)[d]|e/é.duckdb")) == "file:///srv/a%20b%28c%29%5Bd%5D%7Ce/%C3%A9.duckdb"


def test_a_line_of_the_log_stays_one_line() -> None:
    assert line("rejected", run="r-1", file='a\nevent=batch run="x"') == 'event=rejected run=r-1 file="a\\nevent=batch run=\\"x\\""'
    assert line("batch", pages=10, seconds=0.25) == "event=batch pages=10 seconds=0.25"
