"""How soon does a page stand in a real browser? First paint, shifts of layout and blocked time, medians of a few loads."""

from __future__ import annotations

import argparse
import shutil
import statistics
from functools import partial
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from searchapp.config import Settings
from searchapp.engine import open_engine
from tests.conftest import CHROME_FLAGS, CHROMES
from tests.web.serving import served

PAGES = {"start": "/", "results": "/search?q=oil", "filters": "/search", "about": "/about"}
MEASURED = """() => new Promise(done => setTimeout(() => {
  const sum = (type, value) => performance.getEntriesByType(type).map(value).reduce((all, one) => all + one, 0);
  const found = {shift: 0, blocked: 0};
  new PerformanceObserver(list => list.getEntries().forEach(one => { found.shift += one.value; }))
    .observe({type: 'layout-shift', buffered: true});
  new PerformanceObserver(list => list.getEntries().forEach(one => { found.blocked += Math.max(0, one.duration - 50); }))
    .observe({type: 'longtask', buffered: true});
  setTimeout(() => done({
    paint: performance.getEntriesByName('first-contentful-paint')[0].startTime,
    answer: performance.getEntriesByType('navigation')[0].responseEnd,
    bytes: sum('resource', one => one.transferSize) + performance.getEntriesByType('navigation')[0].transferSize,
    ...found,
  }), 100);
}, 300))"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.paint", description=__doc__)
    parser.add_argument("index", type=Path, help="folder of the index to look at")
    parser.add_argument("--loads", type=int, default=7, help="how often each page is loaded (default: 7)")
    asked = parser.parse_args()
    executable = next(filter(None, map(shutil.which, CHROMES)), None)
    if executable is None:
        raise SystemExit(f"none of {', '.join(CHROMES)} is installed")
    settings = Settings(index=asked.index, deadline=30)
    site = served(partial(open_engine, settings))
    base = next(site)
    print(f"{'page':10}{'answer ms':>11}{'paint ms':>10}{'blocked ms':>12}{'shift':>8}{'kB':>7}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(CHROME_FLAGS))
        for name, path in PAGES.items():
            loads = [_load(browser.new_page(), base + path) for _ in range(asked.loads)]
            middle = {key: statistics.median(one[key] for one in loads) for key in loads[0]}
            print(
                f"{name:10}{middle['answer']:11.0f}{middle['paint']:10.0f}{middle['blocked']:12.0f}"
                f"{middle['shift']:8.3f}{middle['bytes'] / 1000:7.0f}"
            )
        browser.close()
    next(site, None)


def _load(page: Page, url: str) -> dict[str, float]:
    page.goto(url)
    found: dict[str, float] = page.evaluate(MEASURED)
    page.close()
    return found


if __name__ == "__main__":
    main()
