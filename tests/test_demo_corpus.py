"""What a newcomer sees after `make run`: the five files of the demo corpus, searched over HTTP."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from searchapp.cli import main
from searchapp.config import Settings
from searchapp.engine import open_engine
from searchapp.web import create_app
from tests.web.crawling import crawl, crawl_all

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    index = tmp_path_factory.mktemp("demo")
    assert CliRunner().invoke(main, ["ingest", str(SEEDS), "--index", str(index)]).exit_code == 0
    settings = Settings(index=index, deadline=30)
    return create_app(settings, partial(open_engine, settings)).test_client()


def answer(client: FlaskClient, **parameters: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/search", query_string=parameters).get_json()
    return found


def rows(envelope: dict[str, Any], facet: str) -> dict[str, int]:
    return {row["label"]: row["count"] for row in envelope["facets"][facet]["values"]}


def test_five_documents_of_three_outlets_are_listed(client: FlaskClient) -> None:
    found = answer(client)
    assert found["total"] == 5
    assert rows(found, "outlet") == {"IranWire": 1, "The New Arab": 1, "Zaman al-Wasl": 1}
    assert found["facets"]["outlet"]["none"]["count"] == 2


def test_all_are_english_and_two_are_dated(client: FlaskClient) -> None:
    found = answer(client)
    assert rows(found, "language") == {"English": 5}
    dates = {hit["outlet"]: hit["published"] for hit in found["results"] if hit["published"]}
    assert dates == {None: "2020-06-08", "IranWire": "2020-04-29"}
    assert found["undated"] == 3


def test_places_are_a_tree_of_country_province_and_place(client: FlaskClient) -> None:
    places = answer(client, facet_size="100")["facets"]["location"]["values"]
    labels = {row["value"]: row["label"] for row in places}
    parents = {(row["label"], labels.get(row["parent"])) for row in places}
    assert {("Syria", None), ("Libya", None), ("Russia", None), ("Turkey", None)} <= parents
    assert {("Homs", "Syria"), ("Palmyra", "Homs"), ("Tripoli", "Libya"), ("Tripoli", "Tripoli")} <= parents


def test_actors_are_counted_by_the_documents_that_name_them(client: FlaskClient) -> None:
    actors = rows(answer(client), "actor")
    assert (actors["Khalifa Haftar"], actors["Wagner Group"]) == (5, 5)


def test_an_agency_is_cited_and_not_the_outlet_of_the_text_that_repeats_it(client: FlaskClient) -> None:
    hits = answer(client, q='"Reuters reported"')["results"]
    assert [(hit["outlet"], [one["label"] for one in hit["cites"]]) for hit in hits] == [(None, ["Reuters"])]


def test_the_oldest_first_open_with_the_earliest_dated_and_count_what_may_be_earlier(client: FlaskClient) -> None:
    asked = {"q": "recruit* Libya", "sort": "date"}
    found = answer(client, **asked)
    first = found["results"][0]
    assert (first["outlet"], first["published"], found["undated"]) == ("IranWire", "2020-04-29", 3)
    assert [hit["published"] for hit in found["results"][2:]] == [None] * 3
    page = " ".join(client.get("/search", query_string=asked).text.split())
    assert "Earliest dated: <bdi>IranWire</bdi>, 29 April 2020. 3 undated articles may be earlier." in page


def test_page_and_api_answer_the_same_question_alike(client: FlaskClient) -> None:
    assert answer(client, q="recruit*", outlet="IranWire")["total"] == 1
    page = client.get("/search?q=recruit*&outlet=IranWire").text
    assert "1 article" in page and "IranWire" in page


def test_every_facet_link_of_the_start_and_of_forty_pages_behind_it_keeps_its_word(client: FlaskClient) -> None:
    assert crawl(client, "/api/search", pages=40, seed=1) > 1000


@pytest.mark.long
def test_every_facet_link_within_two_clicks_keeps_its_word(client: FlaskClient) -> None:
    assert crawl_all(client, "/api/search?facet_size=5", clicks=1) > 50
