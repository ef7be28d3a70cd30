"""The quick links of an answer are those that the plain way of making links gives."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchapp.model import SearchQuery
from searchapp.reports.links import Choices, Links
from tests.engine.corpus import FACETS
from tests.reports.test_urls import dates, queries, texts

PLACES = st.sampled_from([Links(FACETS), Links(FACETS, "https://example.org/a", "/api/search", "ar")])
NAMES = st.sampled_from([spec.name for spec in FACETS.shown])
HIDDEN = sorted({spec.name for spec in FACETS} - {spec.name for spec in FACETS.shown})


@st.composite
def asked(draw: st.DrawFn) -> SearchQuery:
    """A query of a URL, of a cursor, or as a program makes it, which need not name every facet."""
    query = draw(queries() | st.builds(SearchQuery))
    if draw(st.booleans()):
        query = replace(query, start=draw(st.integers(0, 100)), generation=3)
    some = tuple(one for one in query.filters if draw(st.integers(0, 5)))
    return replace(query, filters=some)


@given(asked(), PLACES, NAMES, st.data())
def test_choosing_and_excluding_a_value_lead_where_the_changed_query_does(
    query: SearchQuery, links: Links, facet: str, data: st.DataObject
) -> None:
    own = query.filter(facet)
    value = data.draw(st.sampled_from([*own.chosen, *own.excluded, "Zaman al-Wasl"]) | texts)
    ancestors = tuple(data.draw(st.lists(st.sampled_from([*own.chosen, *own.excluded, "geo:ly"]), unique=True)))
    choices = Choices(query, links).of(facet)
    assert choices.toggle(value, ancestors) == links.search(query.toggle(facet, value, ancestors=ancestors))
    assert choices.exclude(value) == links.search(query.exclude(facet, value))


@given(asked(), PLACES, NAMES)
def test_the_none_row_leads_where_the_changed_query_does(query: SearchQuery, links: Links, facet: str) -> None:
    choices = Choices(query, links).of(facet)
    assert choices.toggle_missing() == links.search(query.toggle_missing(facet))
    assert choices.exclude_missing() == links.search(query.exclude_missing(facet))


@given(asked(), PLACES, dates.filter(bool), st.just("2021-03-31"))
def test_a_bar_leads_where_the_query_for_its_dates_does(query: SearchQuery, links: Links, first: str, last: str) -> None:
    assert Choices(query, links).between(first, last) == links.search(query.between(first, last))


@pytest.mark.parametrize("facet", HIDDEN)
def test_what_no_url_can_choose_leads_nowhere(facet: str) -> None:
    choices = Choices(SearchQuery(text="x"), Links(FACETS)).of(facet)
    assert choices.toggle("declared") is None
    assert choices.exclude("declared") is None
    assert choices.toggle_missing() is None
    assert choices.exclude_missing() is None
