"""The JSON envelope has the keys that are promised, each with what it promises."""

from __future__ import annotations

import json
from typing import Any

import pytest

from searchapp.engine.memory import MemoryEngine
from searchapp.model import SearchQuery
from searchapp.reports.links import Links
from searchapp.reports.present import document_of, envelope
from searchapp.reports.wording import ENGLISH
from tests.engine.corpus import CLUSTERS, DOCUMENTS, FACETS, THIRD_RUN

LINKS = Links(FACETS, "https://example.org", "/api/search")

ENVELOPE = {"query", "total", "stories", "documents", "outlets", "undated", "page", "per_page", "pages", "next",
            "previous", "results", "facets", "suggestions", "warnings", "index"}  # fmt: skip
QUERY = {"q", "parsed", "filters", "sort", "escaped"}
RESULT = {"id", "url", "page_url", "source", "sha256", "title", "author", "outlet", "outlet_status", "published",
          "published_precision", "published_origin", "language", "score", "snippets", "actors", "locations", "cites",
          "cluster", "copies", "only_removed", "first_indexed"}  # fmt: skip
FACET = {"label", "distinct", "truncated", "exact", "none", "values"}
NONE = {"count", "after", "selected", "excluded", "url", "exclude_url"}
VALUE = NONE | {"value", "label", "parent", "inferred"}
HISTOGRAM = {"unit", "values", "imprecise", "overlapping", "wider_url", "none"}
BAR = {"value", "from", "to", "count", "after", "url"}
SUGGESTIONS = {"did_you_mean", "names"}
NAME = {"value", "label", "count", "url"}
INDEX = {"generation", "documents", "built_at"}


@pytest.fixture(scope="module")
def engine() -> MemoryEngine:
    engine = MemoryEngine(FACETS)
    with engine.writer(run=THIRD_RUN) as writer:
        for one in DOCUMENTS:
            writer.add(one)
        writer.assign(CLUSTERS)
        writer.commit(settled=True)
    return engine


def answer(engine: MemoryEngine, query: SearchQuery) -> dict[str, Any]:
    found = envelope(engine.search(FACETS.complete(query)), LINKS)
    assert json.loads(json.dumps(found)) == found, "only what JSON knows"
    return found


def test_the_envelope_has_the_promised_keys(engine: MemoryEngine) -> None:
    found = answer(engine, SearchQuery(text="wagner group"))
    assert set(found) == ENVELOPE
    assert set(found["query"]) >= QUERY
    assert set(found["suggestions"]) >= SUGGESTIONS
    assert set(found["index"]) >= INDEX
    for hit in found["results"]:
        assert set(hit) >= RESULT
    for name, facet in found["facets"].items():
        if name == "date":
            assert set(facet) >= HISTOGRAM
            assert all(set(bar) == BAR for bar in facet["values"])
        else:
            assert set(facet) >= FACET
            assert all(set(row) >= VALUE for row in facet["values"])
        assert set(facet["none"]) >= NONE
    assert all(set(name) >= NAME for name in found["suggestions"]["names"])
    assert found["suggestions"]["names"], "a name was typed"


def test_facets_come_in_the_order_in_which_they_are_declared(engine: MemoryEngine) -> None:
    shown = [spec.name for spec in FACETS.shown]
    assert [name for name in answer(engine, SearchQuery())["facets"] if name in shown] == shown


def test_a_filter_is_told_as_it_was_understood(engine: MemoryEngine) -> None:
    query = FACETS.complete(SearchQuery()).toggle("actor", "Khalifa Haftar").exclude("outlet", "Blog")
    filters = answer(engine, query.exclude_missing("language"))["query"]["filters"]
    assert filters["actor"] == {"chosen": ["haftar"], "excluded": [], "missing": None, "combine": "and"}
    assert filters["outlet"] == {"chosen": [], "excluded": ["Blog"], "missing": None, "combine": "or"}
    assert filters["language"]["missing"] == "excluded"
    assert set(filters) == {spec.name for spec in FACETS.shown}


def test_links_are_whole_addresses_of_what_answers(engine: MemoryEngine) -> None:
    found = answer(engine, SearchQuery(text="haftar"))
    row = found["facets"]["outlet"]["values"][0]
    assert row["url"].startswith("https://example.org/api/search?q=haftar&outlet=")
    assert row["exclude_url"].startswith("https://example.org/api/search?q=haftar&-outlet=")
    assert found["results"][0]["page_url"] == f"https://example.org/document/{found['results'][0]['id']}"


def test_an_excluded_row_leads_back_and_cannot_be_excluded_again(engine: MemoryEngine) -> None:
    everything = FACETS.complete(SearchQuery())
    found = answer(engine, everything.exclude("outlet", "Blog").exclude_missing("actor"))
    row = next(row for row in found["facets"]["outlet"]["values"] if row["value"] == "Blog")
    assert (row["excluded"], row["exclude_url"]) == (True, None)
    assert row["url"] == LINKS.search(everything.exclude_missing("actor"))
    none = found["facets"]["actor"]["none"]
    assert (none["excluded"], none["exclude_url"]) == (True, None)
    assert none["url"] == LINKS.search(everything.exclude("outlet", "Blog"))


def test_snippets_are_plain_strings_without_highlighting(engine: MemoryEngine) -> None:
    marked = answer(engine, SearchQuery(text="haftar"))["results"][0]["snippets"]
    plain = answer(engine, SearchQuery(text="haftar", highlight=False))["results"][0]["snippets"]
    assert any(matched for snippet in marked for _, matched in snippet)
    assert plain == ["".join(text for text, _ in snippet) for snippet in marked]


def test_the_text_comes_only_where_it_is_asked_for(engine: MemoryEngine) -> None:
    assert "text" not in answer(engine, SearchQuery())["results"][0]
    assert answer(engine, SearchQuery(fields=("text",)))["results"][0]["text"]


def test_pages_are_counted(engine: MemoryEngine) -> None:
    found = answer(engine, SearchQuery(per_page=5, page=2))
    assert (found["page"], found["per_page"], found["pages"]) == (2, 5, -(-found["total"] // 5))
    assert found["previous"] == "https://example.org/api/search?per_page=5"
    assert answer(engine, SearchQuery(per_page=0))["pages"] == 0


def test_a_document_carries_its_evidence(engine: MemoryEngine) -> None:
    found = document_of(DOCUMENTS[0], LINKS)
    assert found["claims"]["outlet"] == {
        "value": "Zaman al-Wasl", "status": "declared", "origin": None, "evidence": None, "precision": None,
    }  # fmt: skip
    assert found["removed"] == [
        {"text": "Share this on Facebook", "reason": "navigation"}, {"text": "cookie policy", "reason": "navigation"},
    ]  # fmt: skip
    assert {entry["value"] for entry in found["facets"]["location"]} >= {"geo:tripoli", "geo:ly", "geo:tr"}
    assert found["mentions"][0]["surface"] == "Khalifa Haftar"
    assert "text" not in document_of(DOCUMENTS[0], LINKS, text=False)


@pytest.mark.parametrize(
    ("date", "long", "short"),
    [("2020", "2020", "2020"), ("2020-06", "June 2020", "Jun 2020"), ("2020-06-08", "8 June 2020", "8 Jun")],
)
def test_a_date_is_said_as_precisely_as_it_is_known(date: str, long: str, short: str) -> None:
    assert (ENGLISH.day(date), ENGLISH.tick(date)) == (long, short)
    assert ENGLISH.day(None) == "undated"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2020-06-08", "2020-06-08", "8 June 2020"),
        ("2020-06-01", "2020-06-30", "June 2020"),
        ("2020-06", "2020-06", "June 2020"),
        ("2020-01-01", "2020-12-31", "2020"),
        ("2020-06", "2021", "June 2020 to 2021"),
        ("2020-06-01", "2020-07-31", "1 June 2020 to 31 July 2020"),
        ("2020", None, "from 2020 on"),
        (None, "2020-06", "until June 2020"),
    ],
)
def test_a_range_is_said_as_shortly_as_it_can_be(first: str | None, last: str | None, said: str) -> None:
    assert ENGLISH.span(first, last) == said
