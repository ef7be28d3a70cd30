"""The pages in a real browser: found, narrowed, gone back from, read; nothing is refused, nothing overflows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request

from searchapp.engine.memory import MemoryEngine
from searchapp.facets import FacetSet
from searchapp.model import Block, Claim, Document
from tests.web import hostile
from tests.web.conftest import filled
from tests.web.serving import IN_A_BROWSER, served

pytestmark = IN_A_BROWSER


@pytest.fixture(scope="module")
def site(engine: MemoryEngine) -> Iterator[str]:
    yield from served(lambda: engine)


@pytest.fixture(scope="module")
def hostile_site() -> Iterator[str]:
    engine = filled(hostile.documents(), hostile.clusters(), hostile.FACETS)
    yield from served(lambda: engine)


@pytest.fixture(scope="module")
def site_of_a_page() -> Iterator[str]:
    blocks = (
        Block("Breadcrumb", 0, 10, reason="navigation"),
        Block("Pears of the week", 12, 29, reason="repeats in at least 3 documents of this outlet"),
        Block("The ferry sails again from Thursday.", 31, 67),
    )
    found = Document("a1", "root/a.txt", "ab" * 32, "The ferry sails again from Thursday.", Claim("The ferry", "inferred"), blocks=blocks)
    yield from served(lambda: filled([found], {}, FacetSet()))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab in which nothing may go wrong: every message, failure and refused resource fails the test at its end."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page.set_default_timeout(5_000)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.extend(failures(request)))
    page.on("dialog", lambda dialog: complaints.append(f"a dialog: {dialog.message}"))
    yield page
    page.close()
    assert complaints == []


def failures(request: Request) -> list[str]:
    """What failed, but for requests that ended because somebody went on before they were answered."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"{request.url} failed: {request.failure}"]


def heading(page: Page) -> str:
    page.wait_for_load_state()
    return page.inner_text("h1")


def test_a_search_is_narrowed_by_links_and_undone_by_going_back(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("combobox", name="Search the archive").fill("haftar")
    page.get_by_role("button", name="Search", exact=True).click()
    everything = heading(page)
    page.get_by_role("link", name="Reuters, 1 result", exact=True).click()
    assert heading(page) == "1 article"
    assert page.get_by_text("within Reuters").is_visible()
    page.go_back()
    assert heading(page) == everything
    page.get_by_role("link", name="not Reuters", exact=True).click()
    assert page.get_by_role("link", name="Reuters, left out, brings back 1 result").is_visible()
    page.get_by_role("link", name="Remove the filter Outlet, without Reuters").click()
    assert heading(page) == everything


def test_the_filters_stay_with_a_new_search(page: Page, site: str) -> None:
    page.goto(f"{site}/search?q=haftar&outlet=Reuters")
    box = page.get_by_role("combobox", name="Search the archive")
    box.fill("wheat")
    box.press("Enter")
    assert "outlet=Reuters" in page.url and "q=wheat" in page.url
    page.get_by_role("link", name="search everything").click()
    assert "outlet" not in page.url and "q=wheat" in page.url


def test_a_document_opens_and_shows_what_was_removed(page: Page, site: str) -> None:
    page.goto(f"{site}/search?q=recruits")
    page.get_by_role("link", name="Recruits leave for Libya").click()
    removed = page.get_by_text("Share this on Facebook")
    assert not removed.is_visible()
    page.get_by_text("2 lines removed: navigation").click()
    assert removed.is_visible()
    page.get_by_role("link", name="Back to the results").click()
    assert page.url == f"{site}/search?q=recruits"


def test_what_was_removed_is_opened_with_a_key_and_read_aloud_with_the_reasons(page: Page, site_of_a_page: str) -> None:
    page.goto(f"{site_of_a_page}/document/a1")
    gone = page.locator(".removed").first
    assert "Breadcrumb" not in gone.aria_snapshot()
    gone.locator("summary").focus()
    page.keyboard.press("Enter")
    told = gone.aria_snapshot()
    assert "2 lines removed: navigation, repeats in at least 3 documents of this outlet" in told
    lines = [line.strip(" -") for line in told.splitlines()]
    assert lines[lines.index("deletion: Breadcrumb") + 1] == "text: navigation"
    page.keyboard.press("Enter")
    assert "Breadcrumb" not in gone.aria_snapshot()


def test_a_bar_and_the_form_narrow_the_dates(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("link", name="2020: 14 results").click()
    assert heading(page).startswith("14 ")
    page.get_by_label("from", exact=True).fill("2020-06-01")
    page.get_by_label("to", exact=True).fill("2020-06-30")
    page.get_by_role("button", name="Set the range of dates").click()
    assert page.get_by_role("link", name="Remove the filter Published June 2020").is_visible()
    page.get_by_role("link", name="wider").click()
    assert page.get_by_role("link", name="Remove the filter Published 2020").is_visible()


def test_values_are_ticked_on_the_page_of_a_facet(page: Page, site: str) -> None:
    page.goto(f"{site}/facets/outlet")
    page.get_by_role("checkbox", name="IranWire").check()
    page.get_by_role("checkbox", name="Blog").check()
    page.get_by_role("button", name="Apply what is ticked").click()
    assert "outlet=IranWire" in page.url and "outlet=Blog" in page.url
    assert page.get_by_role("link", name="clear all").is_visible()


def test_the_keyboard_reaches_the_results_first(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize(
    "path",
    ["/", "/about", "/help", "/search?q=haftar&outlet=Reuters&-actor=un&date_from=2020&sort=date", "/search?q=zzz+haftar&outlet=Blog",
     "/document/d01?q=haftar", "/document/d01?q=share&scope=raw", "/document/d09", "/facets/location", "/search?per_page=2&page=5"],
)  # fmt: skip
def test_nothing_reaches_past_the_side(page: Page, site: str, path: str) -> None:
    page.goto(site + path)
    for width in (320, 500, 768, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", ["/search?q=recruits", f"/document/{hostile.document(1).id}", "/facets/actor"])
def test_what_is_hostile_runs_nowhere_and_breaks_no_line(page: Page, hostile_site: str, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(hostile_site + path)
    assert page.locator("img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("path", ["/", "/search", "/document/d01?q=haftar", "/facets/outlet", "/about", "/help", "/advanced"])
def test_what_is_clicked_is_large_enough(page: Page, site: str, path: str) -> None:
    """24 by 24 CSS pixels (WCAG 2.2, 2.5.8) for what stands alone; links within text are exempt."""
    page.goto(site + path)
    assert page.evaluate(SMALL_TARGETS) == []


SMALL_TARGETS = """() => [...document.querySelectorAll(
    '.row a, .chips a, .sorts a, .pages a, .more, .tags a, button, summary, input:not([type=hidden], [type=checkbox])'
  )]
  .map(element => [element, element.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.height < 24 || box.width < 24))
  .map(([element, box]) => [element.textContent.trim(), box.width, box.height])"""
"""Links and controls that stand alone and are smaller than a finger needs."""
