"""The description of the API is made of the code, valid, committed, and says of every parameter what it means."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest
from flask.testing import FlaskClient
from openapi_spec_validator import validate

from searchapp.facets import FacetSet
from searchapp.reports import urls
from searchapp.reports.meanings import MEANINGS
from searchapp.web.api import ENDPOINTS
from searchapp.web.description import ANSWERS, described, written
from tests.engine.corpus import DOCUMENTS, FACETS
from tests.web.reading import envelope_of, page_of

COMMITTED = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"


def parameters(description: dict[str, Any], path: str) -> dict[str, Any]:
    return {one["name"]: one for one in description["paths"][path]["get"]["parameters"]}


def test_the_committed_description_is_that_of_the_code() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == written(FacetSet()), "run: make openapi"


@pytest.mark.parametrize("facets", [FacetSet(), FACETS], ids=["built-in", "own"])
def test_the_description_is_valid(facets: FacetSet) -> None:
    validate(json.loads(written(facets)))


def test_every_parameter_of_a_search_is_described() -> None:
    told = parameters(described(FACETS), "/api/search")
    assert set(told) == urls.known_parameters(FACETS) | {"cursor"}
    assert all(one["description"] for one in told.values())
    assert told["per_page"]["schema"]["anyOf"][0]["maximum"] == 100
    assert told["q"]["schema"]["maxLength"] == 1024
    assert set(told["any"]["schema"]["items"]["anyOf"][0]["enum"]) == {one.name for one in FACETS.shown if one.combine == "and"}


def test_nothing_is_said_of_parameters_that_are_not_there() -> None:
    known = {name for endpoint in ENDPOINTS for name in endpoint.own} | urls.known_parameters(FacetSet()) | {"cursor"}
    assert set(MEANINGS) <= known


def test_the_facets_of_an_archive_are_described_with_the_others(client: FlaskClient) -> None:
    told = envelope_of(client, "/api/openapi.json")
    assert {"topics", "-topics", "desk"} <= set(parameters(told, "/api/search"))
    assert "topics" in told["components"]["schemas"]["Facets"]["properties"]
    assert "topics" not in described(FacetSet())["components"]["schemas"]["Facets"]["properties"]
    assert told["servers"] == [{"url": "http://localhost"}]


def test_problems_are_described_as_they_are_sent() -> None:
    for operation in described(FACETS)["paths"].values():
        told = operation["get"]["responses"]
        assert list(told["422"]["content"]) == ["application/problem+json"]
        assert list(told["200"]["content"]) == ["application/json"]
        assert "content" not in told["304"]


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("search", "/api/search?q=haftar&facets=outlet,date,form,topics&fields=text"),
        ("search", "/api/search?q=zzzz&highlight=0&date_from=2020&missing=date"),
        ("search", "/api/search?q=%22libya&highlight=0&-outlet=Reuters"),
        ("similar", "/api/documents/d18/similar"),
        *(("document", f"/api/documents/{one.id}") for one in DOCUMENTS),
        ("copies", "/api/documents/d01/copies"),
        ("by_address", "/api/documents?url=https://iranwire.com/en/features/65432"),
        ("facet", "/api/facets/actor?q=haftar"),
        ("evidence", "/api/facets/actor/evidence?value=haftar"),
        ("complete", "/api/complete?prefix=ha"),
    ],
)
def test_answers_are_of_the_described_shape(client: FlaskClient, name: str, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 200
    msgspec.json.decode(answer.data, type=ANSWERS[name])


def test_the_page_names_every_endpoint_and_parameter_and_its_examples_work(client: FlaskClient) -> None:
    page = page_of(client, "/api")
    text = page.get_text()
    for path, operation in described(FACETS)["paths"].items():
        assert f"GET {path}" in text
        assert operation["get"]["summary"] in text
        assert all(one["name"] in text and one["description"] in text for one in operation["get"]["parameters"])
    examples = [str(link["href"]) for link in page.select("main a") if str(link["href"]).startswith("/api/")]
    assert len(examples) > 3
    for example in examples:
        assert client.get(urlsplit(example)._replace(scheme="", netloc="").geturl()).status_code == 200


def test_the_description_is_not_sent_again(client: FlaskClient) -> None:
    tag = client.get("/api/openapi.json").headers["ETag"]
    assert client.get("/api/openapi.json", headers={"If-None-Match": tag}).status_code == 304
