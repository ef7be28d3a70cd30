"""Pictures of every state of the pages, as Chromium shows them: light, dark, narrow, wide, English, Arabic."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from searchapp.engine.memory import MemoryEngine
from searchapp.errors import IndexNotReady
from tests.conftest import CHROME_FLAGS, CHROMES
from tests.engine.corpus import CLUSTERS, DOCUMENTS, FACETS
from tests.web.conftest import filled
from tests.web.serving import served
from tests.web.states import LANGUAGES, MORE, STATES, WIDTHS, address

SCHEMES = ("light", "dark")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.screens", description=__doc__)
    parser.add_argument("--to", type=Path, default=Path("screens"), help="folder of the pictures (default: screens/)")
    parser.add_argument("--state", action="append", help="only this state; may be given several times")
    asked = parser.parse_args()
    executable = next(filter(None, map(shutil.which, CHROMES)), None)
    if executable is None:
        raise SystemExit(f"none of {', '.join(CHROMES)} is installed")
    asked.to.mkdir(parents=True, exist_ok=True)
    engine = filled(DOCUMENTS, CLUSTERS, FACETS)
    sites = served(lambda: engine), served(_none_yet)
    full, empty = map(next, sites)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(CHROME_FLAGS))
        for state in asked.state or (*STATES, *MORE):
            _take(browser, empty if state == "no-index" else full, state, asked.to)
            print(state)
        browser.close()
    for site in sites:
        next(site, None)


def _none_yet() -> MemoryEngine:
    raise IndexNotReady("There is no index in /srv/index yet.")


def _take(browser: Browser, site: str, state: str, folder: Path) -> None:
    page = browser.new_page(reduced_motion="reduce")
    for language in LANGUAGES:
        page.goto(site + address(state, language))
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                page.screenshot(path=folder / f"{state}-{language}-{width}-{scheme}.png", full_page=True)
    page.close()


if __name__ == "__main__":
    main()
