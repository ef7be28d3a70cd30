"""Scripts complete what is typed, read the evidence for values, page through similar documents, and ask a past state."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from searchapp.model import Claim, Document, FacetEntry, FacetValue, Mention
from searchapp.web import create_app
from tests.engine.corpus import DOCUMENTS, FACETS, THIRD_RUN
from tests.web.conftest import SETTINGS, filled, site_of
from tests.web.reading import envelope_of

TEXT = "Recruiters of Khalifa Haftar came to Hasakah. Haftar paid them, people there said."
SYRIA = FacetValue("geo:sy", "Syria")
HASAKAH = FacetValue("geo:hasakah", "Al-Hasakah", parent="geo:sy")


def told(number: int, *surfaces: str) -> Document:
    """A document that names Haftar in these forms, and Hasakah."""
    mentions = [
        Mention("actor", "haftar", TEXT.rindex(surface), TEXT.rindex(surface) + len(surface), surface, "alias", "curated", 0.9)
        for surface in surfaces
    ]
    start = TEXT.index("Hasakah")
    place = Mention("location", "geo:hasakah", start, start + 7, "Hasakah", "name", "curated")
    return replace(
        DOCUMENTS[0],
        id=f"{number:016x}",
        source=f"root/{number}.txt",
        text=TEXT,
        title=Claim(f"Paid {number}", "declared"),
        outlet=Claim("Enab Baladi", "inferred", "masthead", "Enab Baladi: all rights reserved"),
        mentions=(*mentions, place),
        facets={
            "actor": (FacetEntry(FacetValue("haftar", "Khalifa Haftar"), "curated"),),
            "location": (FacetEntry(HASAKAH, "curated"), FacetEntry(SYRIA, "curated")),
            "desk": (FacetEntry(FacetValue("North", "North"), "declared"),),
        },
    )


@pytest.fixture(scope="module")
def paid() -> FlaskClient:
    return site_of([told(1, "Khalifa Haftar"), told(2, "Haftar"), told(3, "Haftar", "Khalifa Haftar")], facets=FACETS)


def test_the_evidence_of_a_document_says_where_each_value_is_from(paid: FlaskClient) -> None:
    known = envelope_of(paid, f"/api/documents/{3:016x}")["facets"]
    (haftar,) = known["actor"]
    assert haftar["source"] == "text"
    assert haftar["confidence"] == 0.9
    assert [(one["surface"], one["rule"], TEXT[one["start"] : one["end"]]) for one in haftar["mentions"]] == [
        ("Haftar", "alias", "Haftar"), ("Khalifa Haftar", "alias", "Khalifa Haftar"),
    ]  # fmt: skip
    hasakah, syria = known["location"]
    assert (hasakah["source"], syria["source"], syria["within"]) == ("text", "within", ["geo:hasakah"])
    (outlet,) = known["outlet"]
    assert (outlet["source"], outlet["evidence"]) == ("masthead", "Enab Baladi: all rights reserved")
    assert known["desk"][0]["source"] == "declared"
    assert known["folder"][0]["source"] == "path"


def test_the_evidence_of_a_value_counts_its_forms_and_shows_lines(paid: FlaskClient) -> None:
    found = envelope_of(paid, "/api/facets/actor/evidence?value=Khalifa+Haftar&limit=2")
    assert found["value"] == "haftar"
    assert found["forms"] == [{"form": "Haftar", "count": 2}, {"form": "Khalifa Haftar", "count": 2}]
    assert found["total"] == 3
    assert len(found["lines"]) == 2
    for line in found["lines"]:
        assert [text for text, matched in line["line"] if matched] == [line["surface"]]
        assert "".join(text for text, _ in line["line"]).strip("… ") in TEXT
        assert line["rule"] == "alias"
    assert envelope_of(paid, found["url"])["total"] == found["total"]


def test_a_place_is_evident_from_what_lies_inside_of_it(paid: FlaskClient) -> None:
    found = envelope_of(paid, "/api/facets/location/evidence?value=geo:sy")
    assert {line["surface"] for line in found["lines"]} == {"Hasakah"}


def test_a_value_that_was_claimed_shows_the_claim(paid: FlaskClient) -> None:
    (line, *_) = envelope_of(paid, "/api/facets/outlet/evidence?value=Enab+Baladi")["lines"]
    assert (line["source"], line["line"]) == ("masthead", [["Enab Baladi: all rights reserved", False]])
    (line, *_) = envelope_of(paid, "/api/facets/folder/evidence?value=root")["lines"]
    assert line["line"][0][0].startswith("root/")


def test_evidence_stays_within_the_search(client: FlaskClient) -> None:
    everywhere = envelope_of(client, "/api/facets/actor/evidence?value=haftar")["total"]
    within = envelope_of(client, "/api/facets/actor/evidence?value=haftar&outlet=Reuters&actor=un")
    assert 0 < within["total"] < everywhere
    assert parse_qs(urlsplit(within["url"]).query)["actor"] == ["haftar", "un"]
    either = envelope_of(client, "/api/facets/outlet/evidence?value=AFP&outlet=Reuters&-outlet=Blog")
    assert parse_qs(urlsplit(either["url"]).query)["outlet"] == ["AFP"]


def test_an_unknown_value_has_no_evidence_and_names_the_nearest(client: FlaskClient) -> None:
    found = envelope_of(client, "/api/facets/outlet/evidence?value=IranWir")
    assert (found["total"], found["forms"], found["lines"]) == (0, [], [])
    assert found["warnings"][0]["nearest"] == "IranWire"


def test_completion_finds_words_and_names(client: FlaskClient) -> None:
    found = envelope_of(client, "/api/complete?prefix=haf")
    assert "haftar" in {one["word"] for one in found["words"]}
    (haftar,) = (one for one in found["values"] if one["value"] == "haftar")
    assert haftar["label"] == "Khalifa Haftar"
    assert envelope_of(client, f"{haftar['url']}&dupes=show")["total"] == haftar["count"]
    assert len(envelope_of(client, "/api/complete?prefix=a&limit=1")["words"]) == 1
    assert envelope_of(client, "/api/complete?prefix=")["words"] == []


def test_similar_documents_come_in_pages(client: FlaskClient) -> None:
    url: str | None = "/api/documents/d18/similar?per_page=2"
    ids, total = [], 0
    while url:
        found = envelope_of(client, url)
        assert found["results"], "no page is empty"
        ids += [hit["id"] for hit in found["results"]]
        url, total = found["next"], found["total"]
    assert len(ids) == len(set(ids)) == total > 2
    assert found["previous"] is not None
    assert urlsplit(found["previous"]).path == "/api/documents/d18/similar"


def test_a_link_may_name_the_state_of_the_index_and_the_total_it_had() -> None:
    engine = filled(DOCUMENTS[:5], {}, FACETS)
    client = create_app(SETTINGS, lambda: engine).test_client()
    first = envelope_of(client, "/api/search")["index"]["generation"]
    with engine.writer(run=THIRD_RUN) as writer:
        writer.add(DOCUMENTS[5])
        writer.commit(settled=True)
    then = envelope_of(client, f"/api/search?generation={first}&was=5")
    assert (then["total"], then["warnings"]) == (5, [])
    assert then["query"]["generation"] == int(first)
    assert all(f"generation={first}" in row["url"] for row in then["facets"]["outlet"]["values"])
    now = envelope_of(client, "/api/search?was=5")
    assert now["total"] == 6
    assert now["warnings"][0]["param"] == "was"
    assert client.get("/api/search?generation=77").status_code == 410
    assert client.get("/api/documents/d01/similar?generation=77").status_code == 410


def test_the_language_of_the_site_is_carried_on(client: FlaskClient) -> None:
    found = envelope_of(client, "/api/search?ui=ar&outlet=Reuters")
    assert all("ui=ar" in row["url"] for row in found["facets"]["language"]["values"])
    assert client.get("/api/search?ui=fr").get_json()["param"] == "ui"


def test_the_question_is_told_back_as_it_was_understood(client: FlaskClient) -> None:
    url = "/api/search?since=2020&added_from=2020-06&outlet_status=declared&date_origin=sidecar&salient=location&discovered=1"
    understood = envelope_of(client, url)["query"]
    assert (understood["since"], understood["added_from"], understood["discovered"]) == ("2020", "2020-06", True)
    assert (understood["outlet_status"], understood["date_origin"]) == (["declared"], ["sidecar"])
    assert (understood["salient"], understood["generation"]) == (["location"], None)


def test_what_is_counted_but_cannot_be_chosen_has_no_link(client: FlaskClient) -> None:
    found = envelope_of(client, "/api/search?facets=form,date_origin")["facets"]
    assert found["form"]["values"]
    for facet in found.values():
        assert {row["url"] for row in (*facet["values"], facet["none"])} == {None}
        assert {row["exclude_url"] for row in (*facet["values"], facet["none"])} == {None}


def test_a_page_beside_a_cursor_is_refused(client: FlaskClient) -> None:
    following = envelope_of(client, "/api/search?per_page=2")["next"]
    assert client.get(f"{following}&page=3").get_json()["param"] == "page"
    assert client.get(f"{following}&per_page=2&generation=1").status_code == 200
    assert client.get(f"{following}&per_page=2&generation=0").status_code == 422


@pytest.mark.parametrize(
    "url",
    [
        "/api/search?q=haftar",
        "/api/documents/d01",
        "/api/documents/d01/copies",
        "/api/documents/d18/similar",
        "/api/documents?url=https://iranwire.com/en/features/65432",
        "/api/facets/outlet?limit=2",
        "/api/facets/actor/evidence?value=haftar",
        "/api/complete?prefix=ha",
    ],
)
def test_no_answer_is_sent_twice(client: FlaskClient, url: str) -> None:
    first = client.get(url)
    again = client.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert first.headers["Cache-Control"] == "private, no-cache"
    other = client.get(url, base_url="http://elsewhere.example", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200, "links of another host are other bytes"


def test_another_page_of_values_has_another_tag(client: FlaskClient) -> None:
    tags = {client.get(f"/api/facets/outlet?{rest}").headers["ETag"] for rest in ("", "limit=2", "order=label", "q=x")}
    assert len(tags) == 4


@pytest.mark.parametrize(
    ("url", "param"),
    [
        ("/api/documents/d01?q=x", "q"),
        ("/api/documents/d01/copies?page=2", "page"),
        ("/api/documents/d18/similar?q=x", "q"),
        ("/api/documents/d18/similar?sort=date", "sort"),
        ("/api/documents/d18/similar?outlett=x", "outlett"),
        ("/api/documents?url=x&page=1", "page"),
        ("/api/documents?url=", "url"),
        ("/api/complete", "prefix"),
        ("/api/complete?prefx=x", "prefx"),
        ("/api/complete?prefix=x&limit=101", "limit"),
        (f"/api/complete?prefix={'x' * 1025}", "prefix"),
        ("/api/facets/actor/evidence", "value"),
        ("/api/facets/actor/evidence?value=x&value=y", "value"),
        ("/api/facets/form/evidence?value=x", "value"),
        ("/api/facets/actor/evidence?value=x&pages=2", "pages"),
    ],
)
def test_what_an_address_does_not_know_is_refused_by_name(client: FlaskClient, url: str, param: str) -> None:
    answer = client.get(url)
    assert (answer.status_code, answer.get_json()["param"]) == (422, param)


def test_marks_of_campaigns_and_the_language_are_understood_everywhere(client: FlaskClient) -> None:
    for url in ("/api/documents/d01", "/api/documents/d01/copies", "/api/complete?prefix=x", "/api/facets/outlet"):
        sign = "&" if "?" in url else "?"
        assert client.get(f"{url}{sign}utm_source=x&ui=en").status_code == 200


def test_the_evidence_of_what_is_not_there_is_not_found(client: FlaskClient) -> None:
    assert client.get("/api/facets/outlets/evidence?value=x").status_code == 404
    assert client.get("/api/facets/date/evidence?value=x").status_code == 404


def test_a_cursor_from_before_gives_no_texts_away_once_an_archive_shows_snippets() -> None:
    engine = filled(DOCUMENTS[:5], {}, FACETS)
    with_texts = envelope_of(create_app(SETTINGS, lambda: engine).test_client(), "/api/search?fields=text&per_page=1")
    assert "text" in with_texts["results"][0]
    settings = replace(SETTINGS, public=True, text="snippets")
    public = create_app(settings, lambda: engine).test_client()
    refused = public.get(with_texts["next"])
    assert (refused.status_code, refused.get_json()["param"]) == (422, "fields")


def test_a_public_archive_tells_evidence_but_no_whole_texts() -> None:
    client = site_of([told(1, "Haftar")], facets=FACETS, settings=replace(SETTINGS, public=True, text="snippets"))
    found = envelope_of(client, f"/api/documents/{1:016x}")
    assert found["facets"]["actor"][0]["mentions"][0]["surface"] == "Haftar"
    assert not {"text", "mentions", "removed"} & set(found)
