"""The report as its reader has it: in a browser, from a file, at a desk and on a phone, in light and dark, by keyboard, and with hostile pages."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from flows.direct import run as run_direct
from flows.operations import Request
from flows.progress import Lines
from reports.content import read
from reports.page import render, write

PHONE = {"width": 390, "height": 844}
NEW_TITLE = "Washington, Seoul and Tokyo promise joint work on chips and clean energy"

SCRIPT = "</script><script>window.attacked = 1</script>"
IMAGE = "<img src=x onerror='window.attacked = 1'>"
HOSTILE_TITLES = (
    f"{SCRIPT} Ministers meet",
    f"{IMAGE} \"Ministers\" & 'envoys' agree",
    "Ministers\u202e teem\u202c and\u2028agree",
    "Minister" + "s" * 250,
)


@pytest.fixture(scope="module")
def report(two_publications: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    return write(two_publications, tmp_path_factory.mktemp("report")).as_uri()


def rows(page: Page, ledger: str) -> Locator:
    return page.locator(f"#{ledger} tbody tr:visible")


def follow(page: Page, view: str) -> None:
    """By the link at the top to one of the views."""
    page.locator("nav").get_by_role("link", name=view.capitalize()).click()
    expect(page.locator(f"#{view}")).to_be_visible()


def background(mark: Locator) -> str:
    return str(mark.evaluate("element => getComputedStyle(element).backgroundColor"))


def test_what_is_new_leads_to_the_sentence_in_its_article(report: str, open_page: Callable[..., Page], picture: Callable[..., None]) -> None:
    page = open_page(report)
    expect(page.get_by_role("heading", level=1)).to_have_text("What is new")
    picture(page, "report")
    quote = page.locator("#new .digest.commitments .quote").first
    words = quote.inner_text()
    quote.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NEW_TITLE)
    expect(page).to_have_title(f"{NEW_TITLE} · communiqué")
    mark = page.locator("mark:target")
    expect(mark).to_have_text(words)
    expect(mark).to_be_in_viewport()
    assert background(mark) != background(page.locator("article:visible mark").nth(1))
    picture(page, "report-article", clip={"x": 0, "y": 0, "width": 1280, "height": 760})
    page.locator("aside:visible li").first.get_by_role("link", name="in the ledger").click()
    expect(page.locator("#commitments tr:target")).to_be_in_viewport()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(NEW_TITLE)


def test_a_ledger_is_filtered_and_sorted(report: str, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{report}#commitments")
    every = rows(page, "commitments").count()
    ledger = page.get_by_role("region", name="Commitments")
    expect(ledger.locator(".show")).to_be_hidden()
    ledger.get_by_label("Country").select_option("NOR")
    of_norway = rows(page, "commitments").count()
    assert 0 < of_norway < every
    expect(ledger.locator("output")).to_have_text(f"{of_norway} of {every} rows")
    ledger.get_by_label("Find").fill("30 million kroner")
    expect(rows(page, "commitments")).to_have_count(1)
    ledger.get_by_role("button", name="Clear").click()
    expect(rows(page, "commitments")).to_have_count(every)
    ledger.get_by_label("new only").check()
    expect(rows(page, "commitments").first).to_contain_text(NEW_TITLE)
    ledger.get_by_role("button", name="Clear").click()

    made = ledger.get_by_role("columnheader", name="Made")
    expect(made).to_have_attribute("aria-sort", "descending")
    made.get_by_role("button").click()
    expect(made).to_have_attribute("aria-sort", "ascending")
    dates = page.locator("#commitments tbody .date").evaluate_all("cells => cells.map(cell => cell.dataset.sort)")
    dated = [date for date in dates if date]
    assert dated == sorted(dated)
    assert dates[: len(dated)] == dated  # what is undated stands last


def test_a_long_ledger_is_shown_by_pages(two_publications: Path, tmp_path: Path, open_page: Callable[..., Page]) -> None:
    content = read(two_publications, 100)
    many = [{**row, "id": f"{row['id']}-{n}"} for n in range(8) for row in content.commitments]
    path = tmp_path / "report.html"
    path.write_text(render(replace(content, commitments=many)), encoding="utf-8")
    page = open_page(f"{path.as_uri()}#commitments")
    expect(rows(page, "commitments")).to_have_count(200)
    page.goto(f"{path.as_uri()}#r-{many[-1]['id']}")  # a row that is not shown yet is shown when it is asked for
    expect(page.locator("tr:target")).to_be_in_viewport()
    page.get_by_role("button", name="Clear").click()
    page.get_by_role("button", name=f"Show {len(many) - 200} more").click()
    expect(rows(page, "commitments")).to_have_count(len(many))


def test_a_figure_of_a_country_leads_to_its_rows(report: str, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{report}#countries")
    figure = page.locator("#countries tr", has_text="NOR").locator("td").nth(2).get_by_role("link")
    n = int(figure.inner_text())
    figure.click()
    expect(rows(page, "commitments")).to_have_count(n)
    expect(page.locator("#commitments output")).to_have_text(f"{n} of 36 rows, made by Norway")
    follow(page, "countries")
    page.locator("#countries").get_by_role("link", name="Norway").click()
    expect(page.locator(".name:target")).to_be_in_viewport()


def test_everything_is_reached_by_keyboard(report: str, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{report}#incidents")
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.locator(".skip").focus()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{report}#content")
    page.goto(f"{report}#incidents")
    sort = page.locator("#incidents").get_by_role("button", name="Kind")
    sort.focus()
    assert sort.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("#incidents").get_by_role("columnheader", name="Kind")).to_have_attribute("aria-sort", "ascending")
    quote = page.locator("#incidents .quote").first
    quote.focus()
    page.keyboard.press("Enter")
    expect(page.locator("mark:target, mark [id]:target")).to_be_focused()


def test_contrast_labels_and_roles(report: str, open_page: Callable[..., Page], axe: Callable[..., list[str]]) -> None:
    page = open_page(report)
    assert axe(page) == []
    for ledger in ("commitments", "countries"):
        follow(page, ledger)
        assert axe(page) == []
    page.goto(f"{report}#articles")
    page.locator("#articles").get_by_role("link", name="Baltic officials").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Baltic officials")
    assert axe(page) == []


def test_dark_and_narrow(report: str, open_page: Callable[..., Page], axe: Callable[..., list[str]], picture: Callable[..., None]) -> None:
    page = open_page(report, color_scheme="dark", viewport=PHONE)
    for view in ("new", "incidents", "attributions", "ministers", "countries", "articles", "commitments"):
        follow(page, view)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view
    picture(page, "report-phone")
    assert axe(page) == []
    page.locator("#commitments .quote").first.click()
    expect(page.locator("mark:target")).to_be_in_viewport()
    assert axe(page, only=["color-contrast"]) == []


def test_print_leaves_out_what_paper_cannot_do(report: str, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{report}#commitments", color_scheme="dark")
    page.emulate_media(media="print")
    expect(page.locator("nav")).to_be_hidden()
    expect(page.locator("#commitments .filters")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.pdf().startswith(b"%PDF")


def test_it_is_readable_without_its_script(report: str, open_page: Callable[..., Page]) -> None:
    page = open_page(report, java_script_enabled=False)
    follow(page, "incidents")
    page.locator("#incidents .quote").first.click()
    expect(page.locator("mark").filter(has=page.locator(":target")).or_(page.locator("mark:target"))).to_be_in_viewport()


def test_hostile_pages_are_shown_as_text(tmp_path: Path, open_page: Callable[..., Page]) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for n, title in enumerate(HOSTILE_TITLES):
        body = f"Norway pledged {n + 2} million kroner in aid to Kenya on 3 March 2025. Nobody else was there."
        (pages / f"{n}.txt").write_text(f"{title}\n\n{body}\n\n" + "The harbour stayed quiet and the pilots looked at the tide. " * 5)
    request = Request((pages,), tmp_path / "news.duckdb", None)
    run_direct(request, 1, Lines(io.StringIO()))
    content = read(request.warehouse, 100)
    for row, title in zip(content.articles, HOSTILE_TITLES, strict=True):  # with markup, which the layouts take away
        row["title"] = title
        (found,) = content.findings[row["id"]]
        row["body"] = row["body"][: found["end_char"]] + SCRIPT + IMAGE + row["body"][found["end_char"] :]
        found["end_char"] += len(SCRIPT + IMAGE)
    for row in content.commitments:
        row["quote"] += SCRIPT + IMAGE
    path = tmp_path / "report.html"
    path.write_text(render(content), encoding="utf-8")
    page = open_page(f"{path.as_uri()}#articles", viewport=PHONE)
    titles = rows(page, "articles").locator(".name-of a").all_text_contents()
    assert sorted(titles) == sorted(HOSTILE_TITLES)
    for view in ("new", "commitments", "articles"):
        page.goto(f"{path.as_uri()}#{view}")
        expect(page.locator(f"#{view}")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view
    for n in range(len(titles)):
        page.goto(f"{path.as_uri()}#articles")
        rows(page, "articles").locator(".name-of a").nth(n).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(titles[n], use_inner_text=False)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    mark = page.locator("article:visible mark")
    assert SCRIPT in mark.inner_text()
    assert page.locator("main img, main script").count() == 0
    assert page.evaluate("window.attacked") is None
    # Text after an override is not turned round: the title's end stands right of its beginning.
    assert page.evaluate("getComputedStyle(document.querySelector('bdi')).unicodeBidi") == "isolate"
