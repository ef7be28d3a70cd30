"""Scripts of another origin get what the archive has been told to share, and every refusal says what would help."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from searchapp.errors import IndexNotReady
from searchapp.web import create_app
from tests.engine.corpus import DOCUMENTS
from tests.web.conftest import SETTINGS, site_of

ORIGIN = "https://example.org"


@pytest.fixture(scope="module")
def shared() -> FlaskClient:
    return site_of(DOCUMENTS[:3], settings=replace(SETTINGS, cors=ORIGIN))


def test_a_browser_that_asks_first_is_told_what_it_may_send(shared: FlaskClient) -> None:
    answer = shared.options("/api/search", headers={"Origin": ORIGIN, "Access-Control-Request-Headers": "if-none-match"})
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]
    assert "GET" in answer.headers["Access-Control-Allow-Methods"]
    assert int(answer.headers["Access-Control-Max-Age"]) > 0


@pytest.mark.parametrize("url", ["/api/search", "/api/search?page=0", "/api/documents/none", "/api/nothing"])
def test_answers_and_problems_are_shared_alike(shared: FlaskClient, url: str) -> None:
    headers = shared.get(url).headers
    assert headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "ETag" in headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Max-Age" not in headers


def test_without_a_setting_nothing_is_shared(client: FlaskClient) -> None:
    answer = client.options("/api/search", headers={"Origin": ORIGIN})
    assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


def test_what_may_not_be_done_names_what_may(client: FlaskClient) -> None:
    answer = client.post("/api/search")
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
    assert {"GET", "HEAD"} <= set(answer.headers["Allow"].split(", "))


def test_what_cannot_be_answered_now_says_when_to_ask_again() -> None:
    def none_yet() -> None:
        raise IndexNotReady("There is no index in index/ yet.")

    client = create_app(SETTINGS, none_yet).test_client()  # type: ignore[arg-type]
    answer = client.get("/api/search")
    assert answer.status_code == 503
    assert 0 < int(answer.headers["Retry-After"]) <= 60


def test_a_problem_is_not_kept_by_caches_that_others_share(client: FlaskClient) -> None:
    assert "private" in client.get("/api/search?page=0").headers["Cache-Control"]
