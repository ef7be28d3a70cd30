"""Twelve states, light and dark, narrow and wide, English and Arabic: nothing bars anybody, nothing reaches past the side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_core_python
import pytest
from playwright.sync_api import Browser, Page

from searchapp.engine.memory import MemoryEngine
from searchapp.errors import IndexNotReady
from tests.web.serving import IN_A_BROWSER, served
from tests.web.states import LANGUAGES, MORE, STATES, STATUS, WIDTHS, address

pytestmark = IN_A_BROWSER

AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def site(engine: MemoryEngine) -> Iterator[str]:
    yield from served(lambda: engine)


@pytest.fixture(scope="module")
def empty_site() -> Iterator[str]:
    def none_yet() -> MemoryEngine:
        raise IndexNotReady("There is no index in /srv/index yet.")

    yield from served(none_yet)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A tab into which axe is put before each page's own script; its policy is lifted for that alone."""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    context.add_init_script(AXE)
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


@pytest.mark.parametrize(
    ("state", "language"), [(state, one) for state in STATES for one in LANGUAGES] + [(state, "en") for state in MORE]
)
def test_nobody_is_barred_and_nothing_reaches_past_the_side(
    page: Page, site: str, empty_site: str, state: str, language: str
) -> None:
    answer = page.goto((empty_site if state == "no-index" else site) + address(state, language))
    assert answer is not None and answer.status == STATUS.get(state, 200)
    assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="light")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (state, language, width)
        found += violations(page, f"{width} light", {"type": "tag", "values": RULES})
        # Only colours differ where it is dark.
        page.emulate_media(color_scheme="dark")
        found += violations(page, f"{width} dark", {"type": "rule", "values": ["color-contrast"]})
    assert found == []


def violations(page: Page, where: str, rules: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What axe finds wrong by these rules: where, which rule, and the first element."""
    asked = {"runOnly": rules, "resultTypes": ["violations"]}
    answer = page.evaluate("options => axe.run(document, options)", asked)
    return [(where, one["id"], one["nodes"][0]["html"][:160]) for one in answer["violations"]]
