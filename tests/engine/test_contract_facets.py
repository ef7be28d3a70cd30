"""Which rows a facet lists, in which order, and which bars a histogram has; the counts have a test of their own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from searchapp.engine.base import Engine
from searchapp.errors import NotFound
from searchapp.model import Facet, FacetCount, Filter, SearchQuery
from tests.engine.asking import asked, bars, facet, row
from tests.engine.conftest import Build
from tests.engine.corpus import VALUES, document


def rows(counted: Facet) -> list[tuple[str, int]]:
    return [(one.value.id, one.count) for one in counted.values]


def test_all_shown_facets_are_counted_in_display_order(engine: Engine) -> None:
    results = engine.search(SearchQuery())
    assert [one.name for one in results.facets] == [
        "outlet", "actor", "location", "cites", "language", "folder", "topics", "desk",
    ]  # fmt: skip
    assert results.histogram is not None


def test_only_the_facets_that_are_asked_for_are_counted(engine: Engine) -> None:
    results = engine.search(asked(facets=("language", "outlet")))
    assert ({one.name for one in results.facets}, results.histogram) == ({"language", "outlet"}, None)
    results = engine.search(asked(facets=("date",)))
    assert (results.facets, results.histogram is None) == ((), False)
    assert engine.search(asked(facets=())).facets == ()


def test_hidden_facets_are_counted_when_they_are_asked_for(engine: Engine) -> None:
    statuses = facet(engine, "outlet_status", asked(facets=("outlet_status", "first_indexed"), dupes="show"))
    assert rows(statuses) == [("declared", 21), ("inferred", 4), ("absent", 1)]
    forms = facet(engine, "form", asked("talks", facets=("form",)))
    assert [one.value.label for one in forms.values] == ["Fayez Sarraj", "Khalifa Haftar", "United Nations"]


def test_rows_are_in_order_of_count_then_folded_label_then_id(engine: Engine) -> None:
    assert rows(facet(engine, "desk", SearchQuery())) == [("North", 4), ("Énergie", 3), ("South", 2)]
    assert rows(facet(engine, "desk", asked(no_desk="North", outlet=("Reuters", "Blog", "Le Monde")))) == [
        ("Énergie", 3), ("North", 2),
    ]  # fmt: skip
    assert rows(facet(engine, "cites", asked())) == [("AFP", 3), ("Reuters", 1), ("SANA", 1)]


def test_the_first_rows_are_listed_and_the_rest_is_said_to_be_there(engine: Engine) -> None:
    outlets = facet(engine, "outlet", asked(facet_size=2))
    assert rows(outlets) == [("Reuters", 5), ("Blog", 4)]
    assert (outlets.distinct, outlets.truncated, outlets.exact) == (11, True, True)
    everything = facet(engine, "outlet", asked(facet_size=11))
    assert (len(everything.values), everything.truncated) == (11, False)


def test_ten_rows_are_listed_unless_more_are_asked_for(engine: Engine) -> None:
    assert len(facet(engine, "outlet", SearchQuery()).values) == 10


def test_a_chosen_value_stays_listed_even_at_zero(engine: Engine) -> None:
    query = asked("festival", outlet=("Reuters", "no such outlet"), facet_size=1)
    listed = facet(engine, "outlet", query)
    assert rows(listed) == [("SANA", 1), ("no such outlet", 0), ("Reuters", 0)]
    assert [one.selected for one in listed.values] == [False, True, True]
    assert (listed.distinct, listed.truncated) == (1, False)


def test_an_excluded_value_stays_listed_with_what_it_would_bring_back(engine: Engine) -> None:
    excluded = row(engine, "outlet", "Reuters", asked(no_outlet="Reuters", facet_size=1))
    assert (excluded.count, excluded.excluded, excluded.after) == (5, True, 21)


def test_all_that_lies_above_a_listed_node_is_listed(engine: Engine) -> None:
    listed = facet(engine, "location", asked("recruit*", location="geo:hasakah", facet_size=1))
    assert {one.value.id for one in listed.values} >= {"geo:hasakah", "geo:sy-ha", "geo:sy"}
    assert {one.value.id: one.ancestors for one in listed.values}["geo:hasakah"] == ("geo:sy", "geo:sy-ha")


def test_the_first_children_of_a_chosen_node_are_listed(engine: Engine) -> None:
    listed = facet(engine, "location", asked(location="geo:sy", facet_size=1))
    assert [one.value.id for one in listed.values] == ["geo:sy", "geo:sy-ha"]
    listed = facet(engine, "location", asked(location="geo:sy-ha", facet_size=1))
    assert [one.value.id for one in listed.values] == ["geo:sy-ha", "geo:sy", "geo:hasakah"]


def test_a_row_knows_all_about_its_value(engine: Engine) -> None:
    for identifier in ("geo:sy", "geo:hasakah"):
        assert row(engine, "location", identifier, asked()).value == VALUES["location"][identifier]
    assert row(engine, "language", "ar", asked()).value.label == "العربية"


def test_the_none_row_says_what_it_stands_for(engine: Engine) -> None:
    none = facet(engine, "outlet", asked()).none
    assert (none.value.id, none.value.label, none.count, none.after) == ("", "no outlet known", 1, 1)


def test_what_is_only_guessed_is_counted_apart(engine: Engine) -> None:
    shown = row(engine, "outlet", "Zaman al-Wasl", asked(dupes="show"))
    assert (shown.count, shown.inferred) == (2, 1)
    folded = row(engine, "outlet", "Zaman al-Wasl", asked())
    assert (folded.count, folded.inferred) == (1, 0)
    assert row(engine, "outlet", "IranWire", asked()).inferred == 1
    assert row(engine, "outlet", "Zaman al-Wasl", asked(missing_date="chosen")).inferred == 1


def test_discovered_names_join_a_facet_on_request(engine: Engine) -> None:
    listed = facet(engine, "actor", asked())
    assert ("name:omar" in dict(rows(listed)), listed.discovered) == (False, 2)
    listed = facet(engine, "actor", asked(discovered=True))
    assert (dict(rows(listed))["name:omar"], listed.discovered) == (3, 0)
    assert facet(engine, "cites", asked()).discovered == 0
    assert facet(engine, "cites", asked("talks")).discovered == 1


def test_what_is_named_in_passing_counts_unless_salience_is_asked_for(engine: Engine) -> None:
    assert row(engine, "location", "geo:tr", asked()).count == 2
    assert row(engine, "location", "geo:tr", asked(salient=("location",))).count == 1


def test_a_facet_can_be_paged_through(engine: Engine) -> None:
    everything = rows(facet(engine, "outlet", asked(facet_size=50)))
    pages = [engine.facet("outlet", SearchQuery(), offset=offset, limit=4) for offset in (0, 4, 8, 12)]
    assert [one for page in pages for one in rows(page)] == everything
    assert {page.distinct for page in pages} == {11}
    assert engine.facet("outlet", SearchQuery(), limit=4).none.count == 1


def test_a_facet_can_be_ordered_by_label(engine: Engine) -> None:
    labels = [one.value.label for one in engine.facet("desk", SearchQuery(), order="label").values]
    assert labels == ["Énergie", "North", "South"]


def test_the_values_of_a_facet_can_be_searched_by_prefix(engine: Engine) -> None:
    assert rows(engine.facet("outlet", SearchQuery(), prefix="ÀL")) == [("Zaman al-Wasl", 1)]
    assert rows(engine.facet("actor", asked(), prefix="wag")) == [("wagner", 4)]
    assert rows(engine.facet("desk", SearchQuery(), prefix="energ")) == [("Énergie", 3)]
    assert rows(engine.facet("desk", SearchQuery(), prefix="outh")) == []


def test_single_values_of_a_facet_can_be_asked_for(engine: Engine) -> None:
    assert rows(engine.facet("outlet", asked("festival"), values=("Reuters", "SANA"))) == [("SANA", 1), ("Reuters", 0)]


def test_a_page_of_a_facet_counts_what_the_facet_counts(engine: Engine) -> None:
    query = asked("wheat", outlet="Reuters", no_desk="North", date_from="2019")
    for name in ("outlet", "actor", "location", "desk", "topics", "folder"):
        beside = facet(engine, name, replace(query, facet_size=50))
        assert engine.facet(name, query, limit=50) == beside


def test_an_unknown_facet_is_not_found(engine: Engine) -> None:
    for name in ("nonsense", "date"):
        with pytest.raises(NotFound):
            engine.facet(name, SearchQuery())
    with pytest.raises(NotFound):
        engine.crosstab(SearchQuery(), "outlet", "nonsense")


def counted(engine: Engine, query: SearchQuery) -> list[tuple[str, int]]:
    return [(bar.label, bar.count) for bar in bars(engine, query).bars]


def test_bars_are_years_over_three_years_of_span(engine: Engine) -> None:
    histogram = bars(engine, asked())
    assert histogram.unit == "year"
    assert counted(engine, asked()) == [("2017", 1), ("2018", 1), ("2019", 2), ("2020", 14), ("2021", 1)]
    assert (histogram.bars[0].first, histogram.bars[0].last) == ("2017-01-01", "2017-12-31")
    assert (histogram.bars[-1].first, histogram.bars[-1].last) == ("2021-01-01", "2021-12-31")


def test_bars_are_months_over_62_days_and_the_span_is_the_chosen_range(engine: Engine) -> None:
    query = asked(date_from="2020-05-01", date_to="2020-07-31")
    assert bars(engine, query).unit == "month"
    assert counted(engine, query) == [("2020-05", 1), ("2020-06", 4), ("2020-07", 1)]


def test_bars_are_days_up_to_62_days_and_none_is_left_out_between(engine: Engine) -> None:
    query = asked(date_from="2020-06", date_to="2020-07")
    assert bars(engine, replace(query, date_to="2020-07-31")).unit == "day"
    listed = counted(engine, query)
    assert listed[:3] == [("2020-06-08", 2), ("2020-06-09", 1), ("2020-06-10", 0)]
    assert (len(listed), listed[-1]) == (24, ("2020-07-01", 1))


def test_without_a_range_the_span_is_that_of_the_dated_results(engine: Engine) -> None:
    assert bars(engine, asked("recruits libya")).unit == "day"
    assert bars(engine, asked("talks")).unit == "day"
    assert bars(engine, asked("recruits")).unit == "month"


def test_a_bar_is_clipped_to_the_chosen_range(engine: Engine) -> None:
    listed = bars(engine, asked(date_from="2020-06-09", date_to="2020-08-20")).bars
    assert [(one.label, one.first, one.last) for one in listed] == [
        ("2020-06", "2020-06-09", "2020-06-30"), ("2020-07", "2020-07-01", "2020-07-31"),
        ("2020-08", "2020-08-01", "2020-08-20"),
    ]  # fmt: skip
    assert [one.count for one in listed] == [3, 1, 1]


def test_an_open_end_is_closed_by_the_dated_results(engine: Engine) -> None:
    assert counted(engine, asked(date_from="2020-12")) == [
        ("2020-12-31", 1), ("2021-01-01", 0), ("2021-01-02", 1),
    ]  # fmt: skip


def test_a_bar_leads_to_what_it_counts_and_drops_the_undated(engine: Engine) -> None:
    query = asked(missing_date="chosen", date_from="2020-06")
    for bar in bars(engine, query).bars:
        behind = engine.search(query.between(bar.first, bar.last))
        assert (behind.total, behind.query.filter("date").missing) == (bar.count, None)
        assert bar.after == bar.count


def test_dates_too_vague_for_a_bar_are_counted_apart(engine: Engine) -> None:
    assert bars(engine, asked(date_from="2020-05-01", date_to="2020-06-10")).imprecise == 1
    assert bars(engine, asked(date_from="2020-02", date_to="2020-08")).imprecise == 0
    assert bars(engine, asked(date_from="2019", date_to="2020")).imprecise == 3
    assert bars(engine, asked()).imprecise == 0


def test_vaguer_dates_that_overlap_the_range_are_counted_apart(engine: Engine) -> None:
    query = asked(date_from="2020-05-10", date_to="2020-05-20")
    assert bars(engine, query).overlapping == 3
    assert engine.search(query).total == 0
    assert bars(engine, asked()).overlapping == 0


def test_a_story_that_is_in_by_another_copy_does_not_overlap(engine: Engine) -> None:
    query = asked(date_from="2020-08-01", date_to="2020-08-01")
    assert (engine.search(query).total, bars(engine, query).overlapping) == (1, 2)
    assert bars(engine, replace(query, dupes="show")).overlapping == 3


def test_undated_results_are_counted_and_never_placed(engine: Engine) -> None:
    histogram = bars(engine, asked(date_from="2020-06", date_to="2020-06"))
    assert (histogram.none.count, histogram.none.after) == (4, 7)
    assert histogram.none.value.label == "undated"
    everything = bars(engine, asked(dupes="show"))
    assert sum(bar.count for bar in everything.bars) + everything.none.count == 26


def test_where_nothing_is_dated_there_are_no_bars(engine: Engine, build: Build) -> None:
    histogram = bars(engine, asked("draft"))
    assert (histogram.unit, histogram.bars, histogram.none.count) == (None, (), 1)
    histogram = bars(build([document("a", "T", "x", date="2020-01-01")], {}), asked(date_from="1999", date_to="1999"))
    assert (histogram.bars, histogram.imprecise) == ((), 0)


def test_the_two_none_rows_agree_on_the_undated(engine: Engine) -> None:
    for query in (asked(), asked("wheat"), asked(outlet="AFP"), asked(dupes="show")):
        results = engine.search(query)
        assert results.histogram is not None
        assert results.undated == results.histogram.none.count


def test_every_choice_counts_in_the_totals_of_the_result(engine: Engine) -> None:
    results = engine.search(asked(outlet=("AFP", "Reuters"), no_actor="un", missing_date="excluded"))
    assert (results.total, results.documents, results.outlets, results.undated) == (4, 5, 2, 0)


def test_a_filter_that_is_empty_filters_nothing(engine: Engine) -> None:
    plain = engine.search(asked())
    empty: list[Filter] = [Filter("outlet"), Filter("actor", combine="and")]
    assert engine.search(asked(filters=tuple(empty))).total == plain.total


def test_counts_do_not_depend_on_the_page(engine: Engine) -> None:
    def counts(query: SearchQuery) -> list[tuple[FacetCount, ...]]:
        return [one.values for one in engine.search(query).facets]

    assert counts(asked(page=2, per_page=3)) == counts(asked(per_page=0)) == counts(asked(start=5))
