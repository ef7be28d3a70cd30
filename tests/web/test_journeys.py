"""The same journeys with the mouse and without JavaScript, and with the keyboard alone; what a screen reader is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from searchapp.engine.memory import MemoryEngine
from tests.web.serving import IN_A_BROWSER, served

pytestmark = IN_A_BROWSER


@pytest.fixture(scope="module")
def site(engine: MemoryEngine) -> Iterator[str]:
    yield from served(lambda: engine)


@pytest.fixture(params=[False, True], ids=["without JavaScript", "with JavaScript"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, java_script_enabled=request.param, reduced_motion="reduce"
    )
    page = context.new_page()
    page.set_default_timeout(5_000)
    yield page
    context.close()


@pytest.fixture
def keyed(browser: Browser) -> Iterator[Page]:
    """A tab whose mouse is not used."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(5_000)
    yield page
    context.close()


def heading(page: Page) -> str:
    """What the heading shows once the styles are there, which hide the steps from hit to hit."""
    page.wait_for_load_state()
    return page.inner_text("h1")


def total(page: Page) -> int:
    return int(heading(page).split()[0].replace(",", ""))


def test_one_searches_drills_excludes_widens_reads_and_goes_back(page: Page, site: str) -> None:
    page.goto(site)
    page.locator("#q").fill("recruits")
    page.locator("#q").press("Enter")
    whole = total(page)
    page.get_by_role("link", name="Zaman al-Wasl, 1 result", exact=True).click()
    assert "outlet=Zaman%20al-Wasl" in page.url and total(page) < whole
    page.go_back()
    assert total(page) == whole
    page.get_by_role("link", name="not Blog", exact=True).click()
    assert "-outlet=Blog" in page.url and total(page) == whole - 1
    page.get_by_label("from", exact=True).fill("2020-06-08")
    page.get_by_label("to", exact=True).fill("2020-06-08")
    page.get_by_role("button", name="Set the range of dates").click()
    inside = total(page)
    page.get_by_role("link", name="wider").click()
    assert total(page) >= inside and "date_from=2020-06-01" in page.url
    page.get_by_role("link", name="Recruits leave for Libya").click()
    page.locator(".hit-next").click()
    assert page.url.endswith("#hit-1")
    page.go_back()
    page.get_by_role("link", name="Back to the results").click()
    assert "-outlet=Blog" in page.url and "date_from=2020-06-01" in page.url


def test_a_hit_leads_to_the_next_one(page: Page, site: str) -> None:
    page.goto(f"{site}/document/d01?q=recruits+libya")
    assert page.locator(".steps:visible").count() == 0
    page.locator(".hit-next").click()
    first = page.locator("mark:target")
    assert first.get_attribute("id") == "hit-1"
    page.locator("mark:target + .steps").get_by_role("link", name="next hit").click()
    assert page.locator("mark:target").get_attribute("id") == "hit-2"


def test_marks_of_actors_and_places_can_be_switched_off(page: Page, site: str) -> None:
    page.goto(f"{site}/document/d15")
    if not page.locator("#mark-actors").count():
        page.goto(f"{site}/document/d01")
    mark = page.locator(".text .actor").first
    drawn = "element => getComputedStyle(element).borderBottomWidth"
    assert mark.evaluate(drawn) != "0px"
    page.locator("#mark-actors").uncheck()
    assert mark.evaluate(drawn) == "0px"


def test_results_are_followed_one_by_one(page: Page, site: str) -> None:
    page.goto(f"{site}/search?q=recruits&per_page=2")
    titles = page.locator(".hit h3 a").all_inner_texts()
    page.locator(".hit h3 a").first.click()
    page.get_by_role("link", name="Next result").click()
    assert heading(page) == titles[1]
    page.get_by_role("link", name="Next result").click()
    assert "page=2" in page.url, "the third result lies on the second page"
    page.get_by_role("link", name="Previous result").click()
    assert heading(page) == titles[1]


def test_the_form_of_many_fields_writes_a_query(page: Page, site: str) -> None:
    page.goto(f"{site}/search?outlet=Blog")
    page.get_by_role("link", name="Advanced").click()
    page.get_by_label("All of these words").fill("haftar")
    page.get_by_label("None of these words").fill("wheat corn")
    page.get_by_label("Published from").fill("2015")
    page.get_by_role("button", name="Search with these fields").click()
    assert page.locator("#q").input_value() == "haftar -wheat -corn"
    assert "outlet=Blog" in page.url and "date_from=2015" in page.url


def focused(page: Page) -> str:
    """The accessible name, or the text, of what has the focus."""
    found: str = page.evaluate(
        "(document.activeElement.getAttribute('aria-label') || document.activeElement.textContent).trim()"
    )
    return " ".join(found.split())


def tab_to(page: Page, name: str, *, most: int = 60) -> int:
    """How often Tab is pressed until what has this name has the focus."""
    for pressed in range(1, most + 1):
        page.keyboard.press("Tab")
        if focused(page).startswith(name):
            return pressed
    raise AssertionError(f"{name} is not among the first {most} stops")


def test_the_keyboard_alone_finds_narrows_reads_and_goes_back(keyed: Page, site: str) -> None:
    keyed.goto(site)
    keyed.keyboard.press("/")
    keyed.keyboard.type("recruits")
    keyed.keyboard.press("Enter")
    keyed.wait_for_url("**/search?q=recruits")
    first = keyed.locator(".hit h3 a").first.inner_text()
    assert tab_to(keyed, first) <= 25
    keyed.goto(keyed.url)
    assert tab_to(keyed, "Skip to the results") == 1
    keyed.keyboard.press("Enter")
    assert keyed.evaluate("document.activeElement.id") == "main"
    tab_to(keyed, first)
    keyed.keyboard.press("Enter")
    keyed.wait_for_url("**/document/**")
    tab_to(keyed, "next hit")
    keyed.keyboard.press("Enter")
    assert keyed.url.endswith("#hit-1")
    tab_to(keyed, "next hit", most=3)
    keyed.go_back()
    keyed.go_back()
    keyed.wait_for_url("**/search?q=recruits#main")


def test_at_most_25_stops_come_before_the_first_result_of_a_filtered_search(keyed: Page, site: str) -> None:
    keyed.goto(f"{site}/search?q=recruits&outlet=Zaman+al-Wasl&actor=haftar&-cites=AFP&date_from=2020&date_to=2020")
    first = keyed.locator(".hit h3 a").first.inner_text()
    assert tab_to(keyed, first) <= 25


def test_the_help_and_its_switch(keyed: Page, site: str) -> None:
    keyed.goto(f"{site}/search")
    keyed.keyboard.press("?")
    keyed.wait_for_url("**/help")
    keyed.get_by_label("Use these keys in this browser").uncheck()
    keyed.keyboard.press("Shift+Tab")
    keyed.keyboard.press("/")
    assert keyed.evaluate("document.activeElement.id") != "q"
    keyed.get_by_role("link", name='"eastern Syria"').click()
    assert keyed.locator("#q").input_value() == '"eastern Syria"'


def test_words_and_values_are_offered_while_one_types(keyed: Page, site: str) -> None:
    keyed.goto(f"{site}/search")
    box = keyed.get_by_role("combobox", name="Search the archive")
    box.press_sequentially("recru", delay=20)
    keyed.locator("#offers li").first.wait_for()
    box.press("ArrowDown")
    chosen = keyed.locator("#offers [aria-selected=true] bdi").inner_text()
    assert box.get_attribute("aria-activedescendant") == "offer-0"
    box.press("Enter")
    keyed.wait_for_url(f"**/search?q={chosen}")


def test_drawing_over_bars_asks_for_all_of_them(keyed: Page, site: str) -> None:
    keyed.goto(f"{site}/search")
    chart = keyed.locator(".bars").bounding_box()
    assert chart is not None
    keyed.mouse.move(chart["x"] + 2, chart["y"] + 20)
    keyed.mouse.down()
    keyed.mouse.move(chart["x"] + chart["width"] - 2, chart["y"] + 20, steps=5)
    keyed.mouse.up()
    keyed.wait_for_url("**/search?date_from=*&date_to=*")


def test_a_screen_reader_hears_the_count_and_the_state_of_filters(keyed: Page, site: str) -> None:
    keyed.goto(f"{site}/search?q=recruits&outlet=Zaman+al-Wasl&-actor=un")
    tree = keyed.locator("body").aria_snapshot()
    for said in (
        "- status:",
        '- search:',
        '- navigation "This site"',
        '- navigation "Order of the results"',
        '- complementary "Filters"',
        'heading "Outlets 1 chosen" [level=3]',
        'link "Remove the filter Outlet Zaman al-Wasl',
        'United Nations, left out, brings back',
    ):
        assert said in tree, (said, tree)
    row = next(line for line in tree.splitlines() if 'link "Zaman al-Wasl, ' in line)
    assert "chosen" in row and "result" in row
    assert tree.index("- status:") < tree.index('- complementary "Filters"')
