"""What was taken down is answered with 410, its day and its reason, whatever the index still holds."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from searchapp.config import Settings
from searchapp.model import Document
from searchapp.withheld import Withheld, withhold
from tests.engine.corpus import document
from tests.web.conftest import site_of
from tests.web.reading import one, page_of, words

ID, COPY, OTHER, UNKNOWN = "0123456789abcdef", "1123456789abcdef", "2123456789abcdef", "3123456789abcdef"
URL = "https://example.org/a?b=1"
REASON = "a <script>alert(1)</script> & a court"


def held(identifier: str, url: str | None = None) -> Document:
    return replace(document(identifier, f"Title {identifier}", "Wagner sent men to Libya."), url=url)


@pytest.fixture
def site(tmp_path: Path) -> FlaskClient:
    settings = Settings(engine="memory", deadline=30, archive=tmp_path)
    documents = [held(ID, URL), held(COPY), held(OTHER, URL + "0")]
    sharing = {ID: (OTHER,), OTHER: (ID,)}
    return site_of(documents, dict.fromkeys((ID, COPY), ID), settings=settings, sharing=sharing)


@pytest.fixture
def take_down(tmp_path: Path) -> Callable[..., None]:
    def down(identifier: str = "", sha256: str = "", url: str | None = None) -> None:
        withhold(tmp_path, [Withheld(identifier, sha256, url, "2020-06-30", REASON)])

    return down


def status(site: FlaskClient, path: str) -> int:
    return site.get(path).status_code


def test_its_page_says_when_and_why_and_nothing_of_its_text(site: FlaskClient, take_down: Callable[..., None]) -> None:
    assert status(site, f"/document/{ID}") == 200
    take_down(ID)
    page = page_of(site, f"/document/{ID}", status=410)
    said = words(one(page, "main"))
    assert "This document was taken down on 2020-06-30." in said and REASON in said
    assert not page.select("main script") and "Wagner" not in said


@pytest.mark.parametrize("rest", ["", "/similar", "/copies"])
def test_a_script_gets_a_problem_with_day_and_reason(
    site: FlaskClient, take_down: Callable[..., None], rest: str
) -> None:
    assert status(site, f"/api/documents/{ID}{rest}") == 200
    take_down(ID)
    answer = site.get(f"/api/documents/{ID}{rest}")
    assert (answer.status_code, answer.content_type) == (410, "application/problem+json")
    plain = answer.get_json()
    assert (plain["status"], plain["date"], plain["reason"]) == (410, "2020-06-30", REASON)


@pytest.mark.parametrize("by", ["sha256", "url"])
def test_the_list_wins_over_the_index_by_hash_and_by_address(
    site: FlaskClient, take_down: Callable[..., None], by: str
) -> None:
    take_down(**({"url": URL} if by == "url" else {"sha256": held(ID).sha256}))
    assert status(site, f"/document/{ID}") == status(site, f"/api/documents/{ID}") == 410
    assert status(site, f"/document/{OTHER}") == 200


def test_what_the_index_never_held_is_gone_too_and_what_nobody_knows_is_not_found(
    site: FlaskClient, take_down: Callable[..., None]
) -> None:
    take_down(UNKNOWN)
    assert status(site, f"/document/{UNKNOWN}") == 410
    assert status(site, "/document/4123456789abcdef") == 404


def test_its_copies_no_longer_list_it(site: FlaskClient, take_down: Callable[..., None]) -> None:
    assert ID in site.get(f"/document/{COPY}").text
    take_down(ID)
    assert ID not in site.get(f"/document/{COPY}").text
    copies = site.get(f"/api/documents/{COPY}/copies").get_json()["copies"]
    assert [copy["id"] for copy in copies] == [COPY]


def test_what_shares_its_text_no_longer_lists_it(site: FlaskClient, take_down: Callable[..., None]) -> None:
    before = site.get(f"/api/documents/{OTHER}/copies")
    assert [one["id"] for one in before.get_json()["sharing"]] == [ID]
    assert ID in site.get(f"/document/{OTHER}").text
    take_down(ID)
    after = site.get(f"/api/documents/{OTHER}/copies", headers={"If-None-Match": before.headers["ETag"]})
    assert (after.status_code, after.get_json()["sharing"]) == (200, [])
    assert ID not in site.get(f"/document/{OTHER}").text


def test_its_address_id_and_hash_in_the_box_lead_to_what_is_said_of_it(
    site: FlaskClient, take_down: Callable[..., None]
) -> None:
    take_down(ID, held(ID).sha256, URL)
    take_down(UNKNOWN, "ef" * 32, "https://example.org/gone")
    for text in (ID, held(ID).sha256, URL, UNKNOWN, "ef" * 32, "https://example.org/gone"):
        answer = site.get("/search", query_string={"q": text}, follow_redirects=True)
        assert (answer.status_code, "taken down on 2020-06-30" in answer.text) == (410, True), text
        address = site.get("/api/documents", query_string={"url": text})
        assert address.status_code == (410 if text.startswith("http") else 200)


def test_an_address_leads_to_the_document_that_is_left_of_two(tmp_path: Path, take_down: Callable[..., None]) -> None:
    settings = Settings(engine="memory", deadline=30, archive=tmp_path)
    site = site_of([held(ID, URL), held(COPY, URL)], settings=settings)
    take_down(ID)
    answer = site.get("/search", query_string={"q": URL})
    assert answer.location.startswith(f"/document/{COPY}")
    assert [one["id"] for one in site.get("/api/documents", query_string={"url": URL}).get_json()["documents"]] == [COPY]


def test_the_list_is_read_again_when_it_changed_and_only_then(site: FlaskClient, tmp_path: Path) -> None:
    path = tmp_path / "withheld.csv"
    path.write_text(f"document\n{ID}\n")
    assert (status(site, f"/document/{ID}"), status(site, f"/document/{OTHER}")) == (410, 200)
    state = path.stat()
    path.write_text(f"document\n{OTHER}\n")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert (status(site, f"/document/{ID}"), status(site, f"/document/{OTHER}")) == (410, 200)
    os.utime(path)
    assert (status(site, f"/document/{ID}"), status(site, f"/document/{OTHER}")) == (200, 410)
    path.unlink()
    assert (status(site, f"/document/{ID}"), status(site, f"/document/{OTHER}")) == (200, 200)


def test_a_broken_list_keeps_what_it_said_and_shows_no_other_document_while_searches_go_on(
    site: FlaskClient, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "withheld.csv"
    path.write_text(f"document\n{ID}\n")
    assert status(site, f"/document/{OTHER}") == 200
    path.write_text(f"document\n{ID}\nbroken\n")
    assert (status(site, f"/document/{ID}"), status(site, "/document/4123456789abcdef")) == (410, 404)
    for address in (f"/document/{OTHER}", f"/api/documents/{OTHER}", f"/api/documents/{OTHER}/similar"):
        assert status(site, address) == 503
    assert "cannot be read" in words(one(page_of(site, f"/document/{OTHER}", status=503), "main"))
    assert status(site, "/search?q=libya") == status(site, "/api/search?q=libya") == 200
    assert status(site, "/search?q=https://example.org/nothing") == 200
    assert [f"{path}, line 3" in message for message in caplog.messages].count(True) == 1
    path.write_text(f"document\n{ID}\n")
    assert status(site, f"/document/{OTHER}") == 200
