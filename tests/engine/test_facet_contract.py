"""Every row of every facet says what brute force counts, and its link leads to the total that it announced."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from random import Random
from typing import Literal

import pytest

from searchapp.engine.base import Engine
from searchapp.model import FacetCount, Filter, Results, SearchQuery
from tests.engine.brute_force import Archive
from tests.engine.corpus import CLUSTERS, DOCUMENTS, FACETS

ARCHIVE = Archive(DOCUMENTS, CLUSTERS)
ROWS = tuple(spec.name for spec in FACETS.shown if spec.name != "date")
TEXTS = ("", "", "", "", '"recruits"', '"wheat"', '"the" "united"')
RANGES = (
    (None, None), (None, None), ("2020", None), (None, "2020-06"), ("2020-06", "2020-06"), ("2019", "2020"),
    ("2020-02-19", "2020-08-15"), ("2020-06-08", "2020-06-08"), ("2030", None),
)  # fmt: skip
MISSING: tuple[Literal["chosen", "excluded"] | None, ...] = (None, None, "chosen", "excluded")


def any_query(seed: int) -> SearchQuery:
    """A query with filters by chance; the same for the same seed."""
    chance = Random(seed)
    query = SearchQuery(
        text=chance.choice(TEXTS),
        dupes=chance.choice(("fold", "fold", "show")),
        discovered=chance.random() < 0.3,
        salient=("location",) if chance.random() < 0.3 else (),
        outlet_status=("declared",) if chance.random() < 0.1 else (),
        date_origin=("sidecar", "url") if chance.random() < 0.1 else (),
        added_from="2020-07-01" if chance.random() < 0.1 else None,
        per_page=0,
        facet_size=1000,
    )
    date_from, date_to = chance.choice(RANGES)
    query = replace(query, date_from=date_from, date_to=date_to)
    if chance.random() < 0.25:
        query = query.with_filter(Filter("date", missing=chance.choice(("chosen", "excluded"))))
    for name in chance.sample(ROWS, chance.choice((0, 1, 1, 2, 3))):
        query = query.with_filter(_any_filter(name, query, chance))
    return query


def _any_filter(name: str, query: SearchQuery, chance: Random) -> Filter:
    spec = FACETS.get(name)
    assert spec is not None
    combine = spec.combine if chance.random() < 0.6 else "or"
    values = [*sorted(ARCHIVE.all_values(name, query)), "no such value"]
    picked = chance.sample(values, min(len(values), chance.choice((0, 1, 1, 2, 3))))
    split = chance.randint(0, len(picked)) if chance.random() < 0.5 else len(picked)
    missing = chance.choice(MISSING)
    if missing == "chosen" and combine == "and":
        split = 0
    return Filter(name, tuple(picked[:split]), tuple(picked[split:]), missing, combine)


@cache
def answered(engine: Engine, seed: int) -> tuple[SearchQuery, Results]:
    """A query and the answer to it."""
    query = FACETS.complete(any_query(seed))
    return query, engine.search(query)


@cache
def counts(seed: int) -> dict[str, dict[str, tuple[int, int]]]:
    """The count of every row that there can be and how much of it is guessed, by facet and value."""
    query = FACETS.complete(any_query(seed))
    found = {}
    for name in ROWS:
        own = query.filter(name)
        values = {"", *ARCHIVE.all_values(name, query), *own.chosen, *own.excluded}
        found[name] = {one: (ARCHIVE.count(name, one, query), ARCHIVE.inferred(name, one, query)) for one in values}
    return found


@cache
def expected_total(query: SearchQuery) -> int:
    return ARCHIVE.total(query)


def total(engine: Engine, query: SearchQuery) -> int:
    return engine.search(replace(query, facets=(), per_page=0)).total


def behind(row: FacetCount, facet: str, query: SearchQuery) -> SearchQuery:
    """The query of the row's link, by the rules that links are made of."""
    if row.value.id == "":
        return query.exclude_missing(facet) if row.excluded else query.toggle_missing(facet)
    if row.excluded:
        return query.exclude(facet, row.value.id)
    return query.toggle(facet, row.value.id, ancestors=row.ancestors)


@pytest.mark.parametrize("seed", range(150))
def test_every_row_counts_what_brute_force_counts(engine: Engine, seed: int) -> None:
    query, results = answered(engine, seed)
    assert results.total == expected_total(query)
    assert [facet.name for facet in results.facets] == list(ROWS)
    for facet in results.facets:
        own = query.filter(facet.name)
        expected = counts(seed)[facet.name]
        listed = {row.value.id: row for row in facet.values}
        assert listed.keys() == {value for value, (count, _) in expected.items() if value and count} | {
            *own.chosen, *own.excluded, *(above for row in facet.values for above in row.ancestors)
        }  # fmt: skip
        assert (facet.distinct, facet.truncated) == (sum(row.count > 0 for row in facet.values), False)
        for value, row in listed.items():
            assert (row.count, row.inferred) == expected[value], (facet.name, value)
            assert (row.selected, row.excluded) == (value in own.chosen, value in own.excluded)
        assert facet.none.count == expected[""][0], facet.name
        assert (facet.none.selected, facet.none.excluded) == (own.missing == "chosen", own.missing == "excluded")


@pytest.mark.parametrize("seed", range(150))
def test_every_link_leads_to_the_total_that_its_row_announced(engine: Engine, seed: int) -> None:
    query, results = answered(engine, seed)
    followed = {
        (facet.name, row.value.id): (row.after, behind(row, facet.name, query))
        for facet in results.facets
        for row in (*facet.values, facet.none)
    }
    assert results.histogram is not None
    followed["date", ""] = results.histogram.none.after, behind(results.histogram.none, "date", query)
    for bar in results.histogram.bars:
        followed["date", bar.label] = bar.after, query.between(bar.first, bar.last)
        assert bar.after == bar.count
    for place, (after, changed) in followed.items():
        assert after == expected_total(changed), place
    # The engine itself is asked for some of them only: there are some thousands.
    for place in Random(seed).sample(sorted(followed), min(5, len(followed))):
        after, changed = followed[place]
        assert after == total(engine, changed), place


@pytest.mark.parametrize("seed", range(150))
def test_the_undated_row_counts_what_brute_force_counts(engine: Engine, seed: int) -> None:
    query, results = answered(engine, seed)
    histogram = results.histogram
    assert histogram is not None
    assert histogram.none.count == ARCHIVE.count("date", "", query)
    missing = query.filter("date").missing
    assert (histogram.none.selected, histogram.none.excluded) == (missing == "chosen", missing == "excluded")


@pytest.mark.parametrize("seed", range(150))
def test_an_unchosen_row_of_an_all_of_facet_leads_to_what_it_counts(engine: Engine, seed: int) -> None:
    query, results = answered(engine, seed)
    for facet in results.facets:
        own = query.filter(facet.name)
        if own.combine == "and" or not (own.chosen or own.missing == "chosen"):
            assert all(row.after == row.count for row in facet.values if not row.selected and not row.excluded)
            assert facet.none.selected or facet.none.excluded or facet.none.after == facet.none.count
