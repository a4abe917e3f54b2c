"""A headless Chromium, watched: what its pages log as errors, and every request that would leave the machine, fails the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No name but these is ever looked up, so nothing can leave the machine even before the test fails.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
PATIENCE = 120_000
"""Milliseconds that pages are waited for; for machines that have other things to do."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")
LOCAL_SCHEMES = ("file", "data", "blob", "about")
DESKTOP = {"width": 1280, "height": 800}
IMAGES = Path(__file__).parents[2] / "docs" / "images"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless. One per module, not per session: while Playwright is up, `asyncio.run` fails in this process, and other
    modules need it."""
    if not CHROMIUM.exists():
        pytest.skip(f"no {CHROMIUM}: apt-get install chromium")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture
def findings() -> list[str]:
    """What the pages of this test have logged as errors, thrown, or asked for outside this machine, so far."""
    return []


@pytest.fixture
def open_page(browser: Browser, findings: list[str]) -> Iterator[Callable[..., Page]]:
    """`open_page(url, color_scheme="dark", viewport={...})` opens a page; keywords are those of Playwright's `new_context`. The pages of one test that have
    the same ones share a context, and so what the browser has loaded and compiled.

    After the test it fails if there are `findings`."""
    contexts: dict[str, BrowserContext] = {}

    def open_(url: str, **options: Any) -> Page:
        context = contexts.get(repr(options)) or browser.new_context(**{"viewport": DESKTOP, **options})
        contexts[repr(options)] = context
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        _watch(page, findings)
        page.goto(url)
        return page

    yield open_
    for context in contexts.values():
        context.close()
    assert findings == []


@pytest.fixture
def axe() -> Callable[..., list[str]]:
    """`axe(page)` gives what axe-core finds against labels, contrast, roles and structure on the page as it stands: a line per element.
    `axe(page, exclude=["#x"])` leaves out parts that are not ours, `axe(page, only=["color-contrast"])` asks for these rules alone."""

    def check(page: Page, exclude: list[str] | None = None, only: list[str] | None = None) -> list[str]:
        context = {"exclude": [[selector] for selector in exclude]} if exclude else None
        options = {"resultTypes": ["violations"], **({"runOnly": only} if only else {})}
        response = Axe().run(page, context=context, options=options).response
        return [
            f"{violation['id']} ({violation['impact']}): {node['html'][:200]}: {node['failureSummary']}"
            for violation in response["violations"]
            for node in violation["nodes"]
        ]

    return check


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[..., None]:
    """`picture(page, "report")` writes docs/images/report.png, but only under `pytest --update-images`; keywords are those of
    Playwright's `screenshot`."""

    def take(page: Page, name: str, **options: Any) -> None:
        if request.config.getoption("--update-images"):
            page.screenshot(path=IMAGES / f"{name}.png", animations="disabled", scale="css", **options)

    return take


def is_local(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in LOCAL_SCHEMES or parts.hostname in LOOPBACK


def _watch(page: Page, found: list[str]) -> None:
    def note_console(message: Any) -> None:
        # Prefect's page asks its server for what there is none of: a favicon, icons, a graph's cached state; in some loads and not in others.
        # What a page lacks because of it, a test sees by what it looks for.
        if message.type == "error" and not message.text.startswith("Failed to load resource: the server responded with a status of"):
            what = f" {message.location['url']}" if message.text.startswith("Failed to load resource") else ""
            found.append(f"console error: {message.text}{what}")

    def note_url(kind: str, url: str) -> None:
        if not is_local(url):
            found.append(f"{kind} outside this machine: {url}")

    page.on("console", note_console)
    page.on("pageerror", lambda error: found.append(f"page error: {error}"))
    page.on("request", lambda request: note_url("request", request.url))
    page.on("websocket", lambda socket: note_url("websocket", socket.url))
