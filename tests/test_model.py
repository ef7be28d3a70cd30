"""A query is a value: links are changed copies of it. A date spans days."""

from __future__ import annotations

from datetime import date

import pytest

from searchapp.model import Days, Filter, SearchQuery, days_of, is_date


def chosen(query: SearchQuery, facet: str = "actor") -> tuple[str, ...]:
    return query.filter(facet).chosen


def all_of(*values: str, **others: object) -> SearchQuery:
    return SearchQuery(filters=(Filter("actor", values, combine="and", **others),), page=3)  # type: ignore[arg-type]


def test_choosing_and_choosing_again_is_back_where_one_was_but_on_the_first_page() -> None:
    query = all_of("a")
    assert chosen(query.toggle("actor", "b")) == ("a", "b")
    again = query.toggle("actor", "b").toggle("actor", "b")
    assert (chosen(again), again.page) == (("a",), 1)


def test_choosing_drops_the_exclusion_and_excluding_drops_the_choice() -> None:
    excluded = all_of("a").exclude("actor", "a").filter("actor")
    assert (excluded.chosen, excluded.excluded) == ((), ("a",))
    chosen_again = all_of("a").exclude("actor", "a").toggle("actor", "a").filter("actor")
    assert chosen_again == Filter("actor", ("a",), combine="and")


def test_choosing_a_node_drops_its_chosen_ancestors() -> None:
    assert chosen(all_of("syria", "x").toggle("actor", "homs", ancestors=("syria",))) == ("x", "homs")


def test_in_an_all_of_facet_none_and_values_drop_each_other() -> None:
    none = all_of("a").toggle_missing("actor")
    assert none.filter("actor") == Filter("actor", (), missing="chosen", combine="and")
    assert none.toggle("actor", "b").filter("actor") == Filter("actor", ("b",), combine="and")


def test_in_an_any_of_facet_none_stands_beside_values() -> None:
    query = SearchQuery().toggle("outlet", "a").toggle_missing("outlet")
    assert query.filter("outlet") == Filter("outlet", ("a",), missing="chosen")
    assert query.toggle_missing("outlet").filter("outlet") == Filter("outlet", ("a",))


def test_none_can_be_excluded_and_let_in_again() -> None:
    query = SearchQuery().exclude_missing("outlet")
    assert query.filter("outlet").missing == "excluded"
    assert query.exclude_missing("outlet").filter("outlet").missing is None


def test_a_range_drops_the_undated_that_were_asked_for() -> None:
    query = SearchQuery().toggle_missing("date").between("2020", "2020-06")
    assert (query.date_from, query.date_to, query.filter("date").missing) == ("2020", "2020-06", None)


def test_a_changed_filter_forgets_the_cursor() -> None:
    query = SearchQuery(start=40, generation=7).toggle("outlet", "a")
    assert (query.start, query.generation, query.offset) == (None, None, 0)


def test_clearing_keeps_the_words_and_how_facets_combine() -> None:
    query = SearchQuery(text="x", filters=(Filter("actor", ("a",), combine="and"),), date_from="2020").cleared()
    assert query == SearchQuery(text="x", filters=(Filter("actor", combine="and"),))


@pytest.mark.parametrize(
    ("query", "order"),
    [
        (SearchQuery(), "-added"), (SearchQuery(text="x"), "relevance"), (SearchQuery(text="x", sort="date"), "date"),
        (SearchQuery(text="x", cluster="1"), "date"),
    ],
)  # fmt: skip
def test_words_are_sorted_by_relevance_stories_by_date_and_the_rest_by_when_it_came(
    query: SearchQuery, order: str
) -> None:
    assert query.order == order


def test_copies_are_folded_unless_they_are_asked_for() -> None:
    queries = (SearchQuery(), SearchQuery(dupes="show"), SearchQuery(cluster="1"))
    assert [query.folds for query in queries] == [True, False, False]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020", date(2020, 1, 1), date(2020, 12, 31)), ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2020-06-08", date(2020, 6, 8), date(2020, 6, 8)),
    ],
)  # fmt: skip
def test_a_date_spans_its_year_month_or_day(text: str, first: date, last: date) -> None:
    assert days_of(text) == Days(first, last)


@pytest.mark.parametrize("text", ["", "20", "2020-13", "2020-02-30", "0000", "2020-6-8", "2020-06-08T10", "٢٠٢٠"])
def test_what_is_no_date_is_refused(text: str) -> None:
    assert not is_date(text)


def test_a_range_holds_what_lies_wholly_in_it_and_overlaps_what_does_not() -> None:
    june, year = days_of("2020-06"), days_of("2020")
    assert (year.holds(june), june.holds(year), june.overlaps(year)) == (True, False, True)
    assert not june.overlaps(days_of("2020-07-01"))
