"""Scripts get the same answers as readers, page after page to the end, and errors that name what is wrong."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from searchapp.engine.memory import MemoryEngine
from searchapp.errors import IndexNotReady
from searchapp.web import create_app
from tests.engine.corpus import CLUSTERS, DOCUMENTS, FACETS, THIRD_RUN
from tests.web.conftest import SETTINGS, filled, site_of
from tests.web.reading import envelope_of

DOCUMENT = DOCUMENTS[0]


@pytest.mark.parametrize("start", ["per_page=1", "per_page=4&q=haftar", "per_page=5&dupes=show&sort=date", ""])
def test_following_next_gives_every_result_once(client: FlaskClient, start: str) -> None:
    found = envelope_of(client, f"/api/search?{start}")
    total, ids, pages = found["total"], [hit["id"] for hit in found["results"]], 1
    while found["next"]:
        found = envelope_of(client, found["next"])
        assert found["page"] is None and found["previous"] is None
        ids += [hit["id"] for hit in found["results"]]
        pages += 1
    assert len(ids) == len(set(ids)) == total
    assert pages == max(1, -(-total // found["per_page"]))


def test_a_cursor_goes_on_in_the_generation_it_began_in() -> None:
    engine = filled(DOCUMENTS[:5], {}, FACETS)
    client = create_app(SETTINGS, lambda: engine).test_client()
    first = envelope_of(client, "/api/search?per_page=2&sort=title")
    with engine.writer(run=THIRD_RUN) as writer:
        for one in DOCUMENTS[5:]:
            writer.add(one)
        writer.commit(settled=True)
    second = envelope_of(client, first["next"])
    assert second["total"] == 5
    assert second["index"]["generation"] == first["index"]["generation"]
    assert envelope_of(client, "/api/search")["total"] == len(DOCUMENTS)


def test_a_cursor_stands_alone(client: FlaskClient) -> None:
    following = envelope_of(client, "/api/search?per_page=2&q=haftar")["next"]
    assert client.get(f"{following}&q=libya").status_code == 422
    assert client.get(f"{following}&q=libya").get_json()["param"] == "q"
    assert client.get(f"{following}&per_page=2&q=haftar").status_code == 200
    assert client.get("/api/search?cursor=made-up").get_json()["param"] == "cursor"


def test_a_cursor_of_a_lost_generation_is_gone(client: FlaskClient) -> None:
    cursor = envelope_of(client, "/api/search?per_page=2")["next"]
    empty = create_app(SETTINGS, lambda: MemoryEngine(FACETS)).test_client()
    assert empty.get(urlsplit(cursor)._replace(scheme="", netloc="").geturl()).status_code == 410


def test_an_answer_that_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    for url in ("/api/search?q=haftar", "/search?q=haftar"):
        first = client.get(url)
        again = client.get(url, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        assert client.get(f"{url}&page=2", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200
        assert first.data == client.get(url).data, "one ETag, the same bytes"
        assert first.headers["Cache-Control"] == "private, no-cache"
        assert "dur=" in first.headers["Server-Timing"]


def test_a_new_generation_has_another_tag() -> None:
    engine = filled(DOCUMENTS[:2], {}, FACETS)
    client = create_app(SETTINGS, lambda: engine).test_client()
    tag = client.get("/api/search").headers["ETag"]
    with engine.writer(run=THIRD_RUN) as writer:
        writer.add(DOCUMENTS[2])
        writer.commit(settled=True)
    assert client.get("/api/search", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("url", "status", "more"),
    [
        ("/api/search?page=0", 422, {"param": "page"}),
        ("/api/search?per_page=101", 422, {"param": "per_page", "limit": 100}),
        ("/api/search?page=501", 422, {"param": "page", "limit": 10_000}),
        ("/api/search?date_from=8.6.2020", 422, {"param": "date_from"}),
        ("/api/search?outlett=x", 422, {"param": "outlett", "nearest": "outlet"}),
        ("/api/search?missing=outlets", 422, {"param": "missing", "nearest": "outlet"}),
        ("/api/search?outlet=A&-outlet=A", 422, {"param": "-outlet"}),
        (f"/api/search?q={'x' * 1025}", 422, {"param": "q", "limit": 1024}),
        ("/api/search?since=whenever", 422, {"param": "since"}),
        (f"/api/search?since={'1' * 5_000}", 422, {"param": "since"}),
        ("/api/facets/outlets", 404, {}),
        ("/api/facets/outlet?order=size", 422, {"param": "order"}),
        ("/api/facets/outlet?offset=-1", 422, {"param": "offset"}),
        ("/api/facets/outlet?limit=1001", 422, {"param": "limit", "limit": 1000}),
        ("/api/facets/outlet?limit=5&limit=6", 422, {"param": "limit"}),
        ("/api/facets/outlet?nothing=1", 422, {"param": "nothing"}),
        ("/api/documents/none", 404, {}),
        ("/api/documents/none/similar", 404, {}),
        ("/api/documents/none/copies", 404, {}),
        ("/api/documents", 422, {"param": "url"}),
        ("/api/nothing", 404, {}),
    ],
)
def test_a_problem_is_told_in_json(client: FlaskClient, url: str, status: int, more: dict[str, object]) -> None:
    answer = client.get(url)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    problem = answer.get_json()
    assert problem["status"] == status
    assert problem["title"] and problem["detail"] and problem["type"]
    assert {name: problem.get(name) for name in more} == more


def test_a_broken_query_is_read_as_words_and_says_so(client: FlaskClient) -> None:
    found = envelope_of(client, "/api/search?q=%22haftar+AND+(")
    assert found["query"]["escaped"]
    assert found["warnings"]


def test_an_unknown_value_finds_nothing_and_names_the_nearest(client: FlaskClient) -> None:
    found = envelope_of(client, "/api/search?outlet=IranWir")
    assert found["total"] == 0
    assert found["warnings"][0]["nearest"] == "IranWire"


def test_an_alias_or_a_label_is_answered_with_the_canonical_address(client: FlaskClient) -> None:
    links = client.get("/api/search?query=talks&actor=Khalifa+Haftar&limit=1").headers.getlist("Link")
    assert '<http://localhost/api/search?q=talks&actor=haftar&per_page=1>; rel="canonical"' in links
    assert not any("canonical" in link for link in client.get("/api/search?q=talks").headers.getlist("Link"))
    page = client.get("/search?query=talks&actor=Khalifa+Haftar")
    assert page.status_code == 302
    assert client.get(page.headers["Location"], follow_redirects=True).request.url.endswith("?q=talks&actor=haftar")


def test_headers_link_to_the_pages_around(client: FlaskClient) -> None:
    links = " ".join(client.get("/api/search?per_page=2&page=2").headers.getlist("Link"))
    assert 'rel="next"' in links
    assert '<http://localhost/api/search?per_page=2>; rel="prev"' in links


def test_addresses_begin_as_configured(engine: MemoryEngine) -> None:
    settings = replace(SETTINGS, base_url="https://archive.example")
    client = create_app(settings, lambda: engine).test_client()
    found = envelope_of(client, "/api/search")
    assert found["results"][0]["page_url"].startswith("https://archive.example/document/")
    assert found["facets"]["outlet"]["values"][0]["url"].startswith("https://archive.example/api/search?")


def test_a_document_is_told_with_its_text_and_what_was_removed(client: FlaskClient) -> None:
    found = envelope_of(client, f"/api/documents/{DOCUMENT.id}")
    assert found["text"] == DOCUMENT.text
    assert [block["text"] for block in found["removed"]] == list(DOCUMENT.removed)
    assert found["claims"]["date"]["value"] == "2020-06-08"
    assert found["sha256"] == DOCUMENT.sha256


def test_copies_and_similar_documents_are_listed(client: FlaskClient) -> None:
    copies = envelope_of(client, f"/api/documents/{DOCUMENT.id}/copies")["copies"]
    assert {one["id"] for one in copies} == {one for one, story in CLUSTERS.items() if story == CLUSTERS[DOCUMENT.id]}
    assert all("text" not in one for one in copies)
    assert {one["id"]: one["level"] for one in copies} == {"d01": None, "d02": "exact", "d03": "exact"}
    similar = envelope_of(client, "/api/documents/d18/similar")
    assert "d19" in [hit["id"] for hit in similar["results"]]


def test_copies_are_told_by_how_much_they_are_alike(client: FlaskClient) -> None:
    alike = envelope_of(client, "/api/documents/d04/copies")
    assert alike["copies"] == []
    assert [(one["id"], one["level"]) for one in alike["sharing"]] == [("d06", "shares text"), ("d05", "shares text")]
    other = replace(DOCUMENT, id="b1", text=f"{DOCUMENT.text} More followed.")
    site = site_of([DOCUMENT, other], dict.fromkeys((DOCUMENT.id, other.id), "b1"), facets=FACETS)
    levels = {one["id"]: one["level"] for one in envelope_of(site, f"/api/documents/{DOCUMENT.id}/copies")["copies"]}
    assert levels == {DOCUMENT.id: None, "b1": "same text"}


def test_a_document_is_found_by_its_address(client: FlaskClient) -> None:
    address = "https://iranwire.com/en/features/65432"
    assert [one["id"] for one in envelope_of(client, f"/api/documents?url={address}")["documents"]] == ["d04"]
    assert envelope_of(client, "/api/documents?url=https://example.org/")["documents"] == []


def test_a_facet_is_listed_in_pages(client: FlaskClient) -> None:
    url: str | None = "/api/facets/outlet?limit=3&q=-nothing&order=label"
    values, pages = [], 0
    while url:
        found = envelope_of(client, url)
        values += [row["value"] for row in found["values"]]
        url, pages = found["next"], pages + 1
    expected = {one.outlet.value for one in DOCUMENTS} - {None}
    assert len(values) == len(set(values))
    assert set(values) == expected
    assert pages == -(-len(expected) // 3)


def test_the_values_of_a_facet_lead_into_the_search(client: FlaskClient) -> None:
    found = envelope_of(client, "/api/facets/actor?q=haftar&prefix=kha&outlet=Reuters")
    (row,) = found["values"]
    assert row["label"] == "Khalifa Haftar"
    assert parse_qs(urlsplit(row["url"]).query) == {"q": ["haftar"], "outlet": ["Reuters"], "actor": ["haftar"]}
    assert urlsplit(row["url"]).path == "/api/search"


def test_the_service_says_whether_it_is_well(client: FlaskClient) -> None:
    assert envelope_of(client, "/healthz") == {"status": "alive"}
    ready = envelope_of(client, "/readyz")
    assert (ready["status"], ready["ready"], ready["documents"]) == ("ready", True, len(DOCUMENTS))
    assert (ready["generation"], ready["notice"]) == ("1", None)
    assert 0 <= ready["age"] < 600


def test_the_numbers_of_the_index_are_told_to_whoever_watches() -> None:
    client = site_of(DOCUMENTS[:3])
    answer = client.get("/metrics")
    assert answer.content_type.startswith("text/plain; version=0.0.4")
    numbers = dict(line.split() for line in answer.text.splitlines() if not line.startswith("#"))
    assert numbers["searchapp_index_ready"] == "1"
    assert numbers["searchapp_index_documents"] == "3"
    assert 0 <= int(numbers["searchapp_index_age_seconds"]) < 600

    def none_yet() -> None:
        raise IndexNotReady("There is no index yet.")

    waiting = create_app(SETTINGS, none_yet).test_client()  # type: ignore[arg-type]
    assert waiting.get("/metrics").text.endswith("searchapp_index_ready 0\n")


def test_a_public_archive_gives_no_whole_texts_away() -> None:
    client = site_of(DOCUMENTS, settings=replace(SETTINGS, public=True, text="snippets"))
    refused = client.get("/api/search?fields=text")
    assert (refused.status_code, refused.get_json()["param"]) == (422, "fields")
    assert "text" not in client.get(f"/api/documents/{DOCUMENTS[0].id}").get_json()
