"""The pictures of docs/walkthroughs.md, taken of an index with Chromium: the seeds and a file of 10,000 news articles."""

from __future__ import annotations

import argparse
import base64
import logging
import shutil
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from searchapp.config import Settings
from searchapp.engine import open_engine
from tests.conftest import CHROME_FLAGS, CHROMES
from tests.web.serving import served

QUESTION = "q=recruited+syrians+libya"
PICTURES = {
    "start": ("/", 1280, 900, "light"),
    "about": ("/about", 1280, 900, "light"),
    "facet-phone": ("/facets/location?q=oil", 320, 640, "light"),
    "recruited": (f"/search?{QUESTION}", 1280, 900, "light"),
    "first": (f"/search?{QUESTION}&sort=date", 1280, 1400, "light"),
    "cited": ("/facets/cites/evidence?value=The+Telegraph&" + QUESTION, 1280, 560, "light"),
    "document": ("/document/21c866ea6c205773?" + QUESTION + "&sort=date", 1280, 900, "light"),
    "removed": ("/document/ff46354a46ec28bc?" + QUESTION + "&scope=raw", 1280, 620, "dark"),
    "arabic": (f"/search?{QUESTION}&sort=date&ui=ar", 320, 640, "dark"),
    "new": ("", 1280, 760, "light"),
    "api": ("/api", 1280, 700, "light"),
}
"""Where each picture is taken, how wide and high, light or dark; `new` is where the start page leads."""
QUALITY = 55


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.walkthroughs", description=__doc__)
    parser.add_argument("index", type=Path, help="folder of the index to look at")
    parser.add_argument("--to", type=Path, default=Path("docs/walkthroughs"), help="folder of the pictures")
    parser.add_argument("--picture", action="append", choices=PICTURES, help="only this one; may be given several times")
    asked = parser.parse_args()
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    executable = next(filter(None, map(shutil.which, CHROMES)), None)
    if executable is None:
        raise SystemExit(f"none of {', '.join(CHROMES)} is installed")
    asked.to.mkdir(parents=True, exist_ok=True)
    site = served(partial(open_engine, Settings(index=asked.index, deadline=30)))
    base = next(site)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(CHROME_FLAGS))
        for name in asked.picture or PICTURES:
            target = asked.to / f"{name}.webp"
            target.write_bytes(_taken(browser, base, name))
            print(f"{target.name}: {target.stat().st_size:,} bytes")
        browser.close()
    next(site, None)


def _taken(browser: Browser, base: str, name: str) -> bytes:
    """The upper part of a page, as WebP."""
    path, width, height, scheme = PICTURES[name]
    page = browser.new_page(
        reduced_motion="reduce", locale="en", color_scheme=scheme, viewport={"width": width, "height": height}  # type: ignore[arg-type]
    )  # fmt: skip
    page.goto(base + (path or "/"))
    if not path:
        page.click(".newest a")
        page.wait_for_selector(".hits")
    shot = page.context.new_cdp_session(page).send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    page.close()
    return base64.b64decode(shot["data"])


if __name__ == "__main__":
    main()
