from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

CONFTEST = Path(__file__).with_name("conftest.py").read_text(encoding="utf-8")


@pytest.fixture
def nested(pytester: pytest.Pytester) -> pytest.Pytester:
    """A session of its own with our fixtures and two tests, one for each."""
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(asking="def test_data(data): assert data.is_dir()\ndef test_browser(browser): assert browser")
    return pytester


@pytest.mark.parametrize(("environment", "outcome"), [("", "skipped"), ("true", "errors")])
def test_a_missing_browser_is_skipped_and_fails_where_ci_is_set(
    nested: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, environment: str, outcome: str
) -> None:
    monkeypatch.setenv("CI", environment)
    monkeypatch.setenv("PATH", "/nowhere")
    ran = nested.runpytest_inprocess("asking.py::test_browser")
    ran.assert_outcomes(**{outcome: 1})


def test_missing_data_is_skipped_and_said_loudly_at_the_end(
    nested: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEARCHAPP_DATA", "/nowhere")
    ran = nested.runpytest_inprocess("asking.py::test_data")
    ran.assert_outcomes(skipped=1)
    ran.stdout.fnmatch_lines(["*1 NOT RUN*", "*no data from outside: /nowhere*SEARCHAPP_DATA*"])


@pytest.mark.parametrize("lack", ["no strace", "no small disk"])
def test_a_missing_tool_is_said_loudly_too(pytester: pytest.Pytester, lack: str) -> None:
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(f"import pytest\ndef test_it(): pytest.skip('{lack}: for a reason')")
    pytester.runpytest_inprocess().stdout.fnmatch_lines(["*1 NOT RUN*", f"{lack}: for a reason"])


def test_data_that_is_there_is_handed_out(nested: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEARCHAPP_DATA", str(nested.path))
    nested.runpytest_inprocess("asking.py::test_data").assert_outcomes(passed=1)


@pytest.mark.browser
def test_the_browser_opens_a_page(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<title>a page</title>")
    assert page.title() == "a page"
    page.close()
