"""Where facets are wide, every row of a page says what brute force counts, in the order of listing."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Literal

import pytest

from searchapp.analysis import fold
from searchapp.engine.base import Deadline, Engine
from searchapp.engine.whoosh_index import WhooshEngine
from searchapp.errors import DeadlineExceeded, LimitExceeded
from searchapp.facets import FacetSet
from searchapp.model import Filter, SearchQuery
from tests.engine.brute_force import Archive, values
from tests.engine.wide import ACTORS, WORDS, wide_archive

FACETS = FacetSet()
COUNTED = ("outlet", "actor", "location")
MISSING: tuple[Literal["chosen", "excluded"] | None, ...] = (None, None, "chosen", "excluded")
SHORT, ALL = range(6), range(6, 506)
SURE = ("declared", "curated")


@pytest.fixture(scope="module")
def archive() -> Archive:
    return wide_archive()


@pytest.fixture(scope="module", params=["one segment", "several segments"])
def engine(request: pytest.FixtureRequest, archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine with all documents; where it has several segments, some of it was deleted and put back."""
    engine = WhooshEngine(tmp_path_factory.mktemp("index"), FACETS)
    step = len(archive.documents) if request.param == "one segment" else 900
    for start in range(0, len(archive.documents), step):
        with engine.writer(run="2026-01-01T00:00:00Z") as writer:
            for one in archive.documents[start : start + step]:
                writer.add(one)
            for one in archive.documents[: start // 10]:
                writer.add(one)
            writer.assign(archive.clusters if start + step >= len(archive.documents) else {})
            writer.commit()
    yield engine
    engine.close()


def any_query(seed: int) -> SearchQuery:
    """A query with filters by chance; the same for the same seed."""
    chance = Random(seed)
    query = SearchQuery(
        text=chance.choice(("", "", '"word0"', '"word1" "word2"', '"word30"', '"word59"', '"word59" "word41"')),
        dupes=chance.choice(("fold", "fold", "show")), discovered=chance.random() < 0.3,
        salient=("location",) if chance.random() < 0.3 else (), per_page=0, facets=(*COUNTED, "date"),
        date_from=chance.choice((None, None, "2014", "2015-03")), date_to=chance.choice((None, None, "2018-02-10")),
    )  # fmt: skip
    for name in chance.sample(COUNTED, chance.choice((0, 0, 1, 2))):
        spread, value = {"outlet": (40, "Outlet {}"), "actor": (ACTORS, "actor{}"), "location": (115, "place{}")}[name]
        picked = [value.format(int(spread * chance.random() ** 3)) for _ in range(chance.choice((0, 1, 1, 2)))]
        picked = list(dict.fromkeys(picked))
        split = chance.randint(0, len(picked))
        combine: Literal["and", "or"] = "or" if name == "outlet" or chance.random() < 0.5 else "and"
        missing = chance.choice(MISSING)
        if missing == "chosen" and combine == "and":
            split = 0
        query = query.with_filter(Filter(name, tuple(picked[:split]), tuple(picked[split:]), missing, combine))
    return FACETS.complete(query)


def expected(archive: Archive, facet: str, query: SearchQuery) -> dict[str, tuple[int, int]]:
    """The count of every value that has one and its guessed part, all in one go; of an excluded one by itself."""
    own = query.filter(facet)
    lifted = replace(own, chosen=own.chosen if own.combine == "and" else (), missing=None)
    counted = replace(query, filters=(*(one for one in query.filters if one.facet != facet), lifted))
    stories = archive.clusters if query.dupes == "fold" else {}
    held = [(one, stories.get(one.id, one.id)) for one in archive.passing(counted)]
    carried = Counter(value for value, _ in {(value, story) for one, story in held for value in values(one, facet, query)})
    sure = Counter(
        value for value, _ in {(value, story) for one, story in held for value in values(one, facet, query, SURE)}
    )
    counts = {value: (count, count - sure[value]) for value, count in carried.items()}
    for value in own.excluded:
        if count := archive.count(facet, value, query):
            counts[value] = count, archive.inferred(facet, value, query)
    return counts


def lowest_labels(archive: Archive, query: SearchQuery) -> dict[tuple[str, str], str]:
    """The lowest of the labels that documents give each value."""
    found: dict[tuple[str, str], str] = {}
    for one in archive.documents:
        for facet, entries in one.facets.items():
            for entry in entries:
                if query.discovered or entry.status != "discovered":
                    key = facet, entry.value.id
                    found[key] = min(found.get(key, entry.value.label), entry.value.label)
    return found


def check(engine: Engine, archive: Archive, seed: int) -> None:
    query = any_query(seed)
    found = engine.search(query)
    known = lowest_labels(archive, query)
    assert found.total == archive.total(query)
    for facet in found.facets:
        own, counts = query.filter(facet.name), expected(archive, facet.name, query)
        assert facet.distinct == len(counts)
        floor = sorted((count for count, _ in counts.values()), reverse=True)[:10][-1] if counts else 0
        likely = [value for value, (count, _) in counts.items() if count >= floor]
        labels = {value: fold(known.get((facet.name, value), value)) for value in likely}
        ranked = sorted(likely, key=lambda one: (-counts[one][0], labels[one], one))
        listed = [row.value.id for row in facet.values if not (row.selected or row.excluded)]
        assert listed == [one for one in ranked[:10] if one not in (*own.chosen, *own.excluded)]
        for row in facet.values:
            assert (row.count, row.inferred) == counts.get(row.value.id, (0, 0))
        assert facet.none.count == archive.count(facet.name, "", query)
    assert found.histogram is not None
    assert found.histogram.none.count == archive.count("date", "", query)


@pytest.mark.parametrize("seed", SHORT)
def test_rows_of_wide_facets_are_what_brute_force_counts(engine: Engine, archive: Archive, seed: int) -> None:
    check(engine, archive, seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", ALL)
def test_rows_of_wide_facets_are_what_brute_force_counts_for_hundreds_of_filters(
    engine: Engine, archive: Archive, seed: int
) -> None:
    check(engine, archive, seed)


@pytest.mark.parametrize("text", ['"word0"', '"word59"', ""])
def test_bars_are_what_single_ranges_find(engine: Engine, text: str) -> None:
    query = FACETS.complete(SearchQuery(text=text, per_page=0, facets=("date",)))
    histogram = engine.search(query).histogram
    assert histogram is not None and histogram.bars
    for bar in histogram.bars:
        assert engine.search(replace(query, date_from=bar.first, date_to=bar.last)).total == bar.count


@pytest.mark.parametrize("order", ["count", "label"])
def test_pages_of_a_wide_facet_list_every_value_once(engine: Engine, order: Literal["count", "label"]) -> None:
    query = FACETS.complete(SearchQuery(text='"word7"'))
    pages = [engine.facet("actor", query, order=order, offset=start, limit=400) for start in range(0, 3_200, 400)]
    rows = [row for page in pages for row in page.values]
    assert len({row.value.id for row in rows}) == len(rows) == pages[0].distinct
    by_label = [(fold(row.value.label), row.value.id) for row in rows]
    if order == "label":
        assert by_label == sorted(by_label)
    else:
        ranks = [(-row.count, *place) for row, place in zip(rows, by_label, strict=True)]
        assert ranks == sorted(ranks)


def test_a_prefix_finds_the_values_with_a_word_that_begins_so(engine: Engine) -> None:
    query = FACETS.complete(SearchQuery())
    found = engine.facet("actor", query, prefix="anoth", limit=1_000)
    assert found.values and all(row.value.label.startswith("Another") for row in found.values)
    every = engine.facet("actor", query, limit=ACTORS)
    assert len(found.values) == sum(row.value.label.startswith("Another") for row in every.values)


@pytest.mark.parametrize("dupes", ["fold", "show"])
def test_a_table_of_two_facets_counts_what_carries_both(
    engine: Engine, archive: Archive, dupes: Literal["fold", "show"]
) -> None:
    query = FACETS.complete(SearchQuery(text='"word0"', dupes=dupes))
    table = engine.crosstab(query, "location", "actor", top=5)
    for row, counts in zip(table.rows, table.counts, strict=True):
        for column, count in zip(table.columns, counts, strict=True):
            both = query.with_filter(Filter("location", (row.id,))).with_filter(Filter("actor", (column.id,)))
            assert count == archive.total(both)


WORST = (
    "word0 word1", "*", "*a*", "word*", "wor* wor* wor* wor*", "w*", "wo*", "word1?", "?ord*", "word1~2", "word~",
    " OR ".join(WORDS[:8]), " OR ".join(WORDS[:32]), " ".join(WORDS), " OR ".join(WORDS * 4), "word0 " * 128,
    '"' + " ".join(WORDS[:60]) + '"', '"word0 word0 word0"~50', '"word0 word1 word2"~500', "(" * 21 + "word0" + ")" * 21,
    "NOT " * 40 + "word0", "NOT word0 NOT word1", "-word0", "date:[99999999 TO 0]", "date:[2000 TO 2030]",
    "actor:name", "actor:nam* OR actor:anot*", "a" * 1_024, "title:word* text:word* actor:nam*", "word0 OR NOT word0",
)  # fmt: skip


@pytest.mark.parametrize("text", WORST)
def test_the_worst_queries_are_answered_or_refused_in_time_and_the_next_is_unharmed(engine: Engine, text: str) -> None:
    before = engine.search(SearchQuery(text='"word3"', per_page=0))
    started = time.thread_time()
    try:
        engine.search(SearchQuery(text=text, per_page=10), deadline=Deadline.after(1.0))
    except (LimitExceeded, DeadlineExceeded) as refused:
        assert str(refused)
    assert time.thread_time() - started < 1.3
    after = engine.search(SearchQuery(text='"word3"', per_page=0))
    assert (after.total, after.facets) == (before.total, before.facets)
