"""Nothing that a file, an archive or an address says can become markup, and no page needs code within it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from searchapp.config import Settings, templates_folder
from searchapp.engine.base import NO_DEADLINE, Deadline
from searchapp.engine.memory import MemoryEngine
from searchapp.errors import IndexNotReady
from searchapp.model import Results, SearchQuery
from searchapp.web import create_app
from searchapp.web.security import POLICY
from tests.engine.corpus import DOCUMENTS
from tests.web import hostile
from tests.web.conftest import SETTINGS, filled, site_of
from tests.web.reading import one, page_of

EVERYWHERE = ["/", "/search?q=x&page=0", "/document/none", "/facets/outlet", "/nowhere", "/robots.txt", "/healthz",
              "/readyz", "/static/style.css", "/api/search", "/api/search?x=1", "/api/documents/none"]  # fmt: skip


class Noticed(MemoryEngine):
    """An engine that has something to say about its index."""

    def search(self, query: SearchQuery, *, deadline: Deadline = NO_DEADLINE) -> Results:
        results = super().search(query, deadline=deadline)
        return replace(results, index=replace(results.index, notice=hostile.EVIL))


@pytest.fixture(scope="module")
def hostile_site() -> FlaskClient:
    engine = filled(hostile.documents(), hostile.clusters(), hostile.FACETS, kind=Noticed)
    return create_app(SETTINGS, lambda: engine).test_client()


@pytest.mark.parametrize("url", EVERYWHERE)
def test_every_answer_carries_the_policy(client: FlaskClient, url: str) -> None:
    with client.get(url) as answer:
        headers = answer.headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"


def test_the_policy_allows_no_code_within_a_page_and_nothing_from_outside() -> None:
    rules = dict(rule.strip().split(" ", 1) for rule in POLICY.split(";"))
    assert rules["default-src"] == "'none'"
    assert {value for name, value in rules.items() if name != "default-src"} <= {"'self'", "'none'"}
    assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"


@pytest.mark.parametrize("url", hostile.pages(), ids=range(len(hostile.pages())))
def test_what_is_hostile_stays_text(hostile_site: FlaskClient, url: str) -> None:
    answer = hostile_site.get(url, follow_redirects=True)
    assert answer.status_code in (200, 404, 422), answer.text
    assert hostile.breakouts(answer.text) == []
    assert "<img" not in answer.text
    assert "49" not in re.sub(r"[0-9a-f]{16,}", "", answer.text).replace("{{7*7}}", ""), "data was run as a template"


def test_what_is_hostile_is_there_to_be_seen(hostile_site: FlaskClient) -> None:
    page = page_of(hostile_site, f"/document/{hostile.document(1).id}")
    for name in ("Title recruits", "Author", "Outlet 1", "outlet 1 evidence", "actor 1", "location 1", "cites 1",
                 "topics 1", "navigation", "reason", "sentence", "date origin"):  # fmt: skip
        assert hostile.EVIL in page.get_text(), name
        assert name.lower() in page.get_text().lower()


def test_the_words_stay_in_the_box_as_they_were_typed(hostile_site: FlaskClient) -> None:
    for rest in ("", "&page=0"):
        page = page_of(hostile_site, f"/search?q={quote(hostile.EVIL)}{rest}", status=422 if rest else 200)
        assert one(page, "#q")["value"] == hostile.EVIL


def test_an_address_that_is_a_script_is_no_link(hostile_site: FlaskClient) -> None:
    assert "javascript:" not in hostile_site.get(f"/document/{hostile.document(4).id}").text


def test_a_name_with_a_line_break_begins_no_header_of_its_own(client: FlaskClient) -> None:
    answer = client.get("/?x%0ALocation:%20//evil.example=en")
    assert (answer.status_code, answer.location) == (302, "/search?x%0ALocation%3A%20%2F%2Fevil.example=en")


def test_templates_have_no_code_and_trust_nothing() -> None:
    for path in templates_folder().glob("*.html"):
        text = path.read_text(encoding="utf-8")
        code = r"<script(?! src=\"\{\{ url_for\('static')|<style|\sstyle=|\son[a-z]+=|\|\s*safe|autoescape|javascript:"
        assert not re.search(code, text), path.name


def test_a_missing_index_is_said_with_the_command_that_helps() -> None:
    def none_yet() -> None:
        raise IndexNotReady("There is no index in index/ yet.")

    client = create_app(SETTINGS, none_yet).test_client()  # type: ignore[arg-type]
    for url in ("/", "/search?q=libya", "/document/x", "/facets/outlet"):
        page = page_of(client, url, status=503)
        assert "searchapp ingest FOLDER" in page.get_text()
        assert "make run" in page.get_text()
    assert one(page_of(client, "/search?q=libya", status=503), "#q")["value"] == "libya"
    assert client.get("/api/search").status_code == client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_what_went_wrong_inside_is_not_told() -> None:
    def broken() -> None:
        raise RuntimeError("the password is hunter2")

    client = create_app(SETTINGS, broken).test_client()  # type: ignore[arg-type]
    for url in ("/", "/api/search"):
        answer = client.get(url)
        assert answer.status_code == 500
        assert "hunter2" not in answer.text


def test_a_public_archive_may_be_crawled_and_shows_no_whole_texts() -> None:
    settings = replace(SETTINGS, public=True, text="snippets")
    client = site_of(hostile.documents(), facets=hostile.FACETS, settings=settings)
    identifier = hostile.document(1).id
    assert "X-Robots-Tag" not in client.get("/").headers
    assert page_of(client, "/").select("meta[name=robots]") == []
    assert client.get("/robots.txt").text.endswith("Disallow: \n")
    assert page_of(client, f"/document/{identifier}").select(".text .actor") == []
    assert "text" not in client.get(f"/api/documents/{identifier}").get_json()


def test_a_private_archive_asks_not_to_be_crawled(client: FlaskClient) -> None:
    assert one(page_of(client, "/"), "meta[name=robots]")["content"] == "noindex, nofollow"
    assert client.get("/robots.txt").text.endswith("Disallow: /\n")


def test_other_origins_may_read_only_what_is_configured() -> None:
    for cors, expected in ((None, None), ("https://example.org", "https://example.org")):
        client = site_of((), settings=replace(Settings(engine="memory"), cors=cors))
        assert client.get("/api/search").headers.get("Access-Control-Allow-Origin") == expected
        assert client.get("/").headers.get("Access-Control-Allow-Origin") is None


@pytest.mark.parametrize("step", [8, pytest.param(1, marks=pytest.mark.long)])
def test_naughty_strings_are_answered_and_kept(data: Path, step: int) -> None:
    client = site_of(DOCUMENTS[:1])
    lines = (data / "hostile" / "blns.txt").read_text(encoding="utf-8").splitlines()
    for text in [line for line in lines if line.strip() and not line.startswith("#")][::step]:
        answer = client.get("/search", query_string={"q": text, "facets": "language", "per_page": "0"})
        assert answer.status_code in (200, 422), text
        assert hostile.breakouts(answer.text) == [], text
        if text.isprintable():
            assert one(BeautifulSoup(answer.text, "html.parser"), "#q")["value"] == text.strip()
