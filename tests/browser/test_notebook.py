"""The notebook as an app: served on loopback, offline, chosen from and read."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.servers import PROJECT, answers, await_that, free_port, process

NOTEBOOK = PROJECT / "notebooks" / "explore.py"
OF_MARIMO = ("region", "button-name", "empty-table-header")
"""What axe finds in marimo's own frame round every notebook: cells outside landmarks, a menu without a name, a table head over check boxes."""


@pytest.fixture(scope="module")
def app(two_publications: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    url, home = f"http://127.0.0.1:{(port := free_port())}/", tmp_path_factory.mktemp("home")
    command = [sys.executable, "-m", "marimo", "run", NOTEBOOK, "--headless", "--host", "127.0.0.1", "--port", str(port), "--no-token"]
    environment = {**os.environ, "HOME": str(home), "MARIMO_SKIP_UPDATE_CHECK": "1"}
    with process([*command, "--", "--exports", two_publications.with_name("exports")], environment, log := home / "log") as running:
        await_that(lambda: answers(f"{url}health"), log, running)
        yield url


def test_a_country_is_chosen_and_a_sentence_read_in_place(
    app: str, open_page: Callable[..., Page], axe: Callable[..., list[str]], picture: Callable[..., None]
) -> None:
    page = open_page(app)
    expect(page.get_by_role("heading", name="The sentences behind the rows")).to_be_visible()
    table = page.locator("marimo-table")
    expect(table.get_by_role("row").nth(1)).to_be_visible()
    expect(page.get_by_label("Commitments by month").or_(page.locator(".vega-embed")).first).to_be_visible()
    picture(page, "notebook")
    assert [line for line in axe(page) if not line.startswith(OF_MARIMO)] == []

    page.get_by_label("Country").select_option("Vietnam")
    expect(page.get_by_text("4 commitments, 0 of them without a date")).to_be_visible()
    row = table.get_by_role("row").filter(has_text="cherries")
    row.get_by_role("checkbox").click()
    mark = page.locator("mark#evidence")
    expect(mark).to_contain_text("cherries before the harvest")
    mark.scroll_into_view_if_needed()
    expect(mark).to_be_in_viewport()
