"""What holds on real archives: 1,000 news articles in every run, a whole labelled one with `make long`."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from bench.quoting import FACETS, quotes_of
from searchapp.cli import main
from searchapp.config import Settings
from searchapp.engine import open_engine
from searchapp.engine.base import Engine
from searchapp.model import SearchQuery
from searchapp.web import create_app
from tests.engine.brute_force import Archive
from tests.engine.facts import Carried, Fact, Facts, any_query, check
from tests.web.crawling import Check, counted_by_hand, crawl, visit

LABELS = ("topics", "places", "people", "orgs", "exchanges")


def ingest(corpus: Path, index: Path, *options: object) -> dict[str, Any]:
    arguments = ["ingest", str(corpus), "--index", str(index), "--json", *map(str, options)]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    report: dict[str, Any] = json.loads(result.stdout)
    return report


@pytest.fixture(scope="module")
def news(data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    index = tmp_path_factory.mktemp("news")
    return ingest(data / "corpus" / "news-1000.jsonl.gz", index), index


def test_a_thousand_articles_are_indexed_once_and_unchanged_after(
    data: Path, news: tuple[dict[str, Any], Path]
) -> None:
    first, index = news
    again = ingest(data / "corpus" / "news-1000.jsonl.gz", index)
    assert (first["seen"], first["indexed"], first["failed"]) == (1000, 1000, 0)
    assert (again["seen"], again["indexed"], again["unchanged"]) == (1000, 0, 1000)


@pytest.fixture(scope="module")
def engine(news: tuple[dict[str, Any], Path]) -> Iterator[Engine]:
    opened = open_engine(Settings(index=news[1]))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def client(engine: Engine) -> FlaskClient:
    return create_app(Settings(deadline=30), lambda: engine).test_client()


@pytest.fixture(scope="module")
def by_hand(engine: Engine) -> Check:
    documents = [one for stamp in engine.sources().values() if (one := engine.get(stamp.id))]
    clusters = {member: min(copies) for one in documents for copies in [engine.copies(one.id)] for member in copies}
    return counted_by_hand(Archive(documents, clusters), engine.facets)


@pytest.mark.long
def test_every_value_of_ten_thousand_articles_opens_to_evidence_that_quotes_them(data: Path, tmp_path: Path) -> None:
    ingest(data / "corpus" / "news-10000.jsonl.gz", tmp_path)
    found = quotes_of(tmp_path)
    assert (found.documents, found.wrong) == (10_000, [])
    assert all(found.values[facet] > 100 for facet in FACETS) and found.mentions > 50_000


def test_every_link_of_a_facet_leads_to_the_total_that_it_announced(client: FlaskClient) -> None:
    assert crawl(client, "/api/search", pages=40, seed=1) > 1000


@pytest.mark.parametrize(
    "start",
    [
        "/api/search", "/api/search?outlet=BBC&missing=date",
        "/api/search?dupes=show&-outlet=Reuters&date_from=1987-03",
        "/api/search?location=geo:6252001&any=actor", "/api/search?missing=actor&-missing=location&language=en",
    ],
)  # fmt: skip
def test_every_count_is_what_brute_force_gives(client: FlaskClient, by_hand: Check, start: str) -> None:
    visit(client, start, by_hand)


@pytest.mark.long
def test_every_count_of_forty_pages_is_what_brute_force_gives(client: FlaskClient, by_hand: Check) -> None:
    assert crawl(client, "/api/search", pages=40, seed=2, check=by_hand) > 1000


@pytest.fixture(scope="module")
def reuters(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    archive = tmp_path_factory.mktemp("archive")
    lines = (f"- {{name: {name}, label: {name.title()}, combine: and}}\n" for name in LABELS)
    (archive / "facets.yaml").write_text("".join(lines))
    index = tmp_path_factory.mktemp("reuters")
    report = ingest(data / "corpus" / "reuters.jsonl.gz", index, "--archive", archive)
    assert report["indexed"] == report["seen"] == 21578
    engine = open_engine(Settings(index=index, archive=archive))
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def oracle(data: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((data / "facets" / "reuters-counts.json").read_text())
    return found


def counted(engine: Engine, query: SearchQuery) -> tuple[int, dict[str, Counter[str]], dict[str, int]]:
    """The total, the counts of every value, and how many values each facet has."""
    results = engine.search(query)
    counts = {facet.name: Counter({row.value.id: row.count for row in facet.values}) for facet in results.facets}
    distinct = {facet.name: facet.distinct for facet in results.facets}
    months: Counter[str] = Counter()
    for bar in results.histogram.bars if results.histogram else ():
        months[bar.label[:7]] += bar.count
    counts["month"], distinct["month"] = +months, len(+months)
    return results.total, counts, distinct


def asked(engine: Engine, filters: dict[str, str]) -> SearchQuery:
    query = engine.facets.complete(SearchQuery(dupes="show", per_page=0, facet_size=1000))
    for name, value in filters.items():
        query = query.between(value, value) if name == "month" else query.toggle(name, value)
    return query


@pytest.mark.long
def test_the_counts_of_a_labelled_archive_are_those_of_its_labels(reuters: Engine, oracle: dict[str, Any]) -> None:
    total, counts, distinct = counted(reuters, asked(reuters, {}))
    assert total == oracle["docs"]
    for name in (*LABELS, "month"):
        assert distinct[name] == oracle["facets"][name]["distinct"]
        assert {value: counts[name][value] for value, _ in oracle["facets"][name]["top50"]} == dict(
            oracle["facets"][name]["top50"]
        )


@pytest.mark.long
def test_counts_below_a_filter_are_those_of_the_labels(reuters: Engine, oracle: dict[str, Any]) -> None:
    for case in oracle["drilldown"]:
        total, counts, _ = counted(reuters, asked(reuters, case["filter"]))
        assert total == case["count"], case["filter"]
        for name, expected in case["facets"].items():
            if name == "month" and "month" in case["filter"]:
                continue
            assert {value: counts[name][value] for value, _ in expected} == dict(expected), (case["filter"], name)


@pytest.mark.long
def test_counts_of_ranges_of_dates_are_those_of_the_dates(reuters: Engine, oracle: dict[str, Any]) -> None:
    for case in oracle["date_ranges"]:
        query = SearchQuery(dupes="show", per_page=0, date_from=case["from"], date_to=case["to"])
        assert reuters.search(query).total == case["count"], case


@pytest.fixture(scope="module")
def labels(reuters: Engine, data: Path) -> Facts:
    """What each line of the file says of itself; which of them are copies is what the ingest found."""
    ids = {key.rpartition("#")[2]: stamp.id for key, stamp in reuters.sources().items()}
    with gzip.open(data / "corpus" / "reuters.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return Facts([
        Fact(
            min(reuters.copies(ids[one["id"]]), default=one["id"]),
            {name: tuple(map(Carried, dict.fromkeys(one["facets"].get(name, ())))) for name in LABELS},
            one["date"] or None,
        )
        for one in records
    ])  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("seed", range(500))
def test_counts_below_filters_in_every_mode_are_those_of_the_labels(reuters: Engine, labels: Facts, seed: int) -> None:
    query = reuters.facets.complete(any_query(labels, LABELS, ("",), seed))
    check(reuters.search(query), labels, query)
