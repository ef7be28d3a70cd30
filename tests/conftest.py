"""What every test may ask for: data from outside, a real browser. What is skipped for lack of them is said loudly."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

PROJECT = Path(__file__).resolve().parent.parent
CHROMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHROME_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
# How long an example takes says more of what else the machine does than of what is tested.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
NO_DATA = "no data from outside"
NO_BROWSER = "no Chrome or Chromium"
NO_STRACE = "no strace"
NO_DISK = "no small disk"


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of data from outside that measurements need; it is no part of the project."""
    folder = (PROJECT / os.environ.get("SEARCHAPP_DATA", "../shared/data")).resolve()
    if not folder.is_dir():
        pytest.skip(f"{NO_DATA}: {folder} is not there (SEARCHAPP_DATA names another folder)")
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium of this machine, without a window; where `CI` is set its absence is a failure."""
    executable = next(filter(None, map(shutil.which, CHROMES)), None)
    if executable is None:
        reason = f"{NO_BROWSER}: none of {', '.join(CHROMES)} is installed"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=list(CHROME_FLAGS))
        yield chromium
        chromium.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reasons = [report.longrepr[2] for report in terminalreporter.stats.get("skipped", ())]
    for lack in (NO_DATA, NO_BROWSER, NO_STRACE, NO_DISK):
        found = [reason for reason in reasons if lack in reason]
        if found:
            terminalreporter.section(f"{len(found)} NOT RUN", red=True, bold=True)
            terminalreporter.line(found[0].removeprefix("Skipped: "), red=True)
