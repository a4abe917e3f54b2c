"""The watched browser itself: an error and a request that leaves the machine are seen; axe sees a missing label."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page


@pytest.fixture
def page_of(tmp_path: Path, open_page: Callable[..., Page]) -> Callable[[str], Page]:
    def write_and_open(body: str) -> Page:
        path = tmp_path / "page.html"
        path.write_text(f"<!doctype html><html lang=en><title>A page</title><main><h1>A page</h1>{body}</main></html>")
        return open_page(path.as_uri())

    return write_and_open


def test_axe_sees_a_field_without_a_label_and_pale_text(page_of: Callable[[str], Page], axe: Callable[[Page], list[str]]) -> None:
    assert axe(page_of("<label>Find <input></label>")) == []
    found = axe(page_of("<input><p style='color: #bbb'>pale</p>"))
    assert [line.split()[0] for line in found] == ["color-contrast", "label"]


def test_errors_and_requests_that_leave_the_machine_are_noted(page_of: Callable[[str], Page], findings: list[str]) -> None:
    page = page_of("<img src='https://outside.example/x.png'><script>console.error('oh'); undefined_name</script>")
    page.context.close()  # whatever it has yet to say
    seen = set(findings)
    findings.clear()
    assert "request outside this machine: https://outside.example/x.png" in seen
    assert {"console error: oh", "page error: undefined_name is not defined"} <= seen
