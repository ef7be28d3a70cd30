"""Lists, sorts, copies, dates and facets, as every engine must answer them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from searchapp.engine.base import Engine
from searchapp.errors import LimitExceeded, QueryError
from searchapp.model import Filter, Suggestions, days_of
from tests.engine.asking import asked, facet, found, listed, row
from tests.engine.conftest import Build
from tests.engine.corpus import DOCUMENTS, THIRD_RUN, document

DATED = "15 12 07 06 20 25 13 18 19 04 05 01 08 09 11 10 16 22 21"

ORDERS = {
    "date": f"{DATED} 14 23",
    "-date": "21 22 16 10 11 09 01 08 05 04 19 18 13 20 25 06 07 12 15 14 23",
    "-added": "21 22 19 18 14 08 16 10 11 09 01 05 04 13 20 25 06 07 12 15 23",
    "outlet": "19 25 15 20 21 23 04 05 12 06 07 08 18 22 16 01 13 09 10 11 14",
    "-copies": "01 25 16 04 05 06 07 08 09 10 11 12 13 14 15 18 19 20 21 22 23",
}


@pytest.mark.parametrize(("sort", "order"), ORDERS.items())
def test_every_sort_has_its_order(engine: Engine, sort: str, order: str) -> None:
    assert listed(engine, sort=sort) == order


def test_titles_are_sorted_by_folded_label_and_those_without_come_last(engine: Engine) -> None:
    hits = engine.search(asked(sort="title", dupes="show")).hits
    assert hits[0].title.value == "Copy without date"
    assert hits[-1].id == "d15"
    assert [hit.id for hit in hits if hit.title.value == "Harvest festival"] == ["d16", "d17"]


def test_words_are_sorted_by_relevance_and_no_words_by_what_came_last(engine: Engine) -> None:
    assert listed(engine) == ORDERS["-added"]
    assert listed(engine, "wheat") == listed(engine, "wheat", sort="relevance")
    assert listed(engine, "wheat", sort="date") == "07 06 08 22"


def test_equal_keys_are_in_order_of_their_ids(build: Build) -> None:
    engine = build([document(name, "Same", "same words", date="2020-01-01", outlet="Same") for name in "cab"], {})
    for sort in ("relevance", "-date", "date", "-added", "outlet", "title", "-copies"):
        assert [hit.id for hit in engine.search(asked("same", sort=sort)).hits] == ["a", "b", "c"]


def test_of_equal_first_days_the_finer_date_comes_first(build: Build) -> None:
    dates = {"a": "2020", "b": "2020-01", "c": "2020-01-01"}
    engine = build([document(name, "T", "x", date=date) for name, date in dates.items()], {})
    assert [hit.id for hit in engine.search(asked(sort="date")).hits] == ["c", "b", "a"]
    assert [hit.id for hit in engine.search(asked(sort="-date")).hits] == ["c", "b", "a"]


def test_an_unknown_facet_cannot_be_answered(engine: Engine) -> None:
    with pytest.raises(QueryError):
        engine.search(asked(facets=("nonsense",)))


def test_pages_cover_every_result_once(engine: Engine) -> None:
    pages = [engine.search(asked(sort="date", per_page=5, page=page)) for page in range(1, 7)]
    assert " ".join(hit.id.removeprefix("d") for page in pages for hit in page.hits) == ORDERS["date"]
    assert [page.more for page in pages] == [True, True, True, True, False, False]
    assert {page.total for page in pages} == {21}


def test_a_cursor_goes_on_where_it_says(engine: Engine) -> None:
    results = engine.search(asked(sort="date", per_page=4, start=3))
    assert [hit.id.removeprefix("d") for hit in results.hits] == ORDERS["date"].split()[3:7]


def test_pages_end_at_ten_thousand_results_and_cursors_do_not(engine: Engine) -> None:
    assert engine.search(asked(page=100)).hits == ()
    with pytest.raises(LimitExceeded) as raised:
        engine.search(asked(page=101))
    assert (raised.value.param, raised.value.limit) == ("page", 10_000)
    assert engine.search(asked(page=101, start=20)).hits


def test_no_results_a_page_only_counts(engine: Engine) -> None:
    results = engine.search(asked("wheat", per_page=0))
    assert (results.total, results.hits) == (4, ())


def test_copies_are_one_result_and_are_counted_apart(engine: Engine) -> None:
    results = engine.search(asked())
    assert (results.total, results.stories, results.documents) == (21, 21, 26)
    assert (results.outlets, results.undated) == (11, 4)


def test_copies_can_be_shown(engine: Engine) -> None:
    results = engine.search(asked(dupes="show"))
    assert (results.total, results.stories, results.documents) == (26, 21, 26)
    assert (len(results.hits), results.undated) == (26, 4)


def test_a_story_counts_where_one_of_its_copies_passes(engine: Engine) -> None:
    results = engine.search(asked(outlet="The Daily Star"))
    assert [hit.id for hit in results.hits] == ["d02"]
    assert (results.total, results.documents, results.outlets, results.undated) == (1, 1, 1, 0)


def test_no_copy_passes_for_another(engine: Engine) -> None:
    assert found(engine, outlet="The Daily Star", desk="North") == ""
    assert engine.search(asked(outlet="AFP", language="en", date_from="2020-03", date_to="2020-03")).total == 0


def test_a_story_counts_once_for_each_value_that_a_passing_copy_carries(engine: Engine) -> None:
    query = asked("recruits libya")
    outlets = {one.value.id: one.count for one in facet(engine, "outlet", query).values}
    assert outlets == {"Zaman al-Wasl": 1, "The Daily Star": 1}
    assert engine.search(query).total == 1


def test_shown_is_the_earliest_dated_copy_or_the_lowest_id(engine: Engine) -> None:
    assert listed(engine, "recruits libya") == "01"
    assert listed(engine, "recruits libya", folder="root/scraped") == "03"
    assert listed(engine, "nobody dated") == "25"
    assert listed(engine, "nobody dated", missing_date="chosen") == "24"
    assert listed(engine, "festival") == "16"


def test_copies_count_the_whole_cluster(engine: Engine) -> None:
    hit = engine.search(asked(outlet="The Daily Star")).hits[0]
    assert (hit.cluster, hit.copies) == ("d01", 3)
    alone = engine.search(asked("talks", sort="date")).hits[0]
    assert (alone.cluster, alone.copies) == (None, 1)


def test_the_copies_of_one_story_can_be_listed_by_date(engine: Engine) -> None:
    results = engine.search(asked(cluster="d24"))
    assert [hit.id for hit in results.hits] == ["d25", "d26", "d24"]
    assert (results.total, results.stories, results.documents) == (3, 1, 3)
    assert engine.search(asked(cluster="d04")).total == 0


FILTERS = {
    "an outlet": ({"outlet": "IranWire"}, "04 05 24"),
    "either of two outlets": ({"outlet": ("IranWire", "SANA")}, "04 05 16 17 24"),
    "not an outlet": ({"no_outlet": "IranWire", "folder": "root/scraped"}, "03 15 20 21 23"),
    "no outlet": ({"missing_outlet": "chosen"}, "14"),
    "no outlet or one": ({"missing_outlet": "chosen", "outlet": "SANA"}, "14 16 17"),
    "any outlet": ({"missing_outlet": "excluded", "folder": "root/scraped"}, "03 15 20 21 23 24"),
    "both of two actors": ({"actor": ("haftar", "un")}, "18"),
    "either of two actors": ({"actor": ("sarraj", "un"), "any_actor": True}, "08 10 18 19 22"),
    "no actor": ({"missing_actor": "chosen", "outlet": "Blog"}, "20 21 23"),
    "no actor or one": ({"missing_actor": "chosen", "actor": "haftar", "any_actor": True, "outlet": "Blog"},
                        "15 20 21 23"),
    "any actor": ({"missing_actor": "excluded", "outlet": "Blog"}, "15"),
    "a node with what is inside it": ({"location": "geo:sy-ha"}, "04 05 06"),
    "not a node nor what is inside it": ({"no_location": "geo:sy-ha", "location": "geo:sy"}, "10 11 12 16 17 26"),
    "a folder with what is inside it": ({"folder": "root/press", "outlet": "Reuters"}, "06 07 08 18 22"),
    "a file outside of all folders": ({"missing_folder": "chosen"}, "14"),
    "discovered names": ({"actor": "name:omar", "discovered": True}, "01 22 23"),
    "discovered names are not asked for": ({"actor": "name:omar"}, ""),
    "a place": ({"location": "geo:tr"}, "01 22"),
    "what a document is mainly about": ({"location": "geo:tr", "salient": ("location",)}, "22"),
    "the status of the outlet": ({"outlet_status": ("inferred",)}, "03 06 17 24"),
    "two statuses of the outlet": ({"outlet_status": ("inferred", "absent")}, "03 06 14 17 24"),
    "where the date was found": ({"date_origin": ("dateline", "url")}, "06 15 25 26"),
    "what was added later": ({"added_from": "2020-07"}, "02 03 08 14 17 18 19 21 22"),
    "what was added in a year": ({"added_from": "2021"}, "03 14 18 19 21 22"),
    "what changed since a day": ({"since": "2021-01-05"}, "03 08 14 18 19 21 22"),
    "what changed after a run": ({"since": "2020-07-01T08:00:00Z"}, "03 08 14 18 19 21 22"),
    "a month": ({"date_from": "2020-06", "date_to": "2020-06"}, "01 02 08 09 11"),
    "until the end of a month": ({"date_to": "2019-06"}, "06 12 15"),
    "from the beginning of a year": ({"date_from": "2020-12"}, "21 22"),
    "a day": ({"date_from": "2020-06-08", "date_to": "2020-06-08"}, "01 08"),
    "vague dates lie in a range that holds them": ({"date_from": "2020-05-01", "date_to": "2020-05-31"}, "05"),
    "vague dates do not lie in a part of them": ({"date_from": "2020-05-02", "date_to": "2020-05-31"}, ""),
    "undated": ({"missing_date": "chosen"}, "03 14 23 24"),
    "dated": ({"missing_date": "excluded", "folder": "root/scraped"}, "15 20 21"),
    "a range or undated": ({"missing_date": "chosen", "date_from": "2021"}, "03 14 21 23 24"),
    "a label for a value": ({"actor": "khalifa haftar", "outlet": "reuters"}, "18"),
    "an alias for a value": ({"location": "Türkiye", "salient": ("location",)}, "22"),
    "an unknown value": ({"outlet": "Reutres"}, ""),
    "not an unknown value": ({"no_outlet": "Reutres", "folder": "root/arabic"}, "09 10"),
}


@pytest.mark.parametrize(("parts", "expected"), FILTERS.values(), ids=FILTERS.keys())
def test_filters(engine: Engine, parts: dict[str, Any], expected: str) -> None:
    assert found(engine, **parts) == expected


def test_labels_become_ids_in_the_query_of_the_answer(engine: Engine) -> None:
    results = engine.search(asked(actor="khalifa haftar", no_location="Libya"))
    assert results.query.filter("actor").chosen == ("haftar",)
    assert results.query.filter("location").excluded == ("geo:ly",)
    assert results.warnings == ()


def test_the_query_of_the_answer_says_how_every_facet_combines(engine: Engine) -> None:
    filters = engine.search(asked(any_actor=True, actor="un")).query.filters
    assert [own.facet for own in filters] == [spec.name for spec in engine.facets.shown]
    assert {own.facet for own in filters if own.combine == "and"} == {"location", "cites", "topics"}


def test_an_unknown_value_finds_nothing_and_says_what_is_near(engine: Engine) -> None:
    results = engine.search(asked(outlet="Reutres", no_actor="zzzzqqqq"))
    assert results.total == 0
    assert [(notice.param, notice.nearest) for notice in results.warnings] == [("outlet", "Reuters"), ("actor", None)]


def test_a_hit_says_what_is_known_of_its_document(engine: Engine) -> None:
    hit = engine.search(asked(outlet="Zaman al-Wasl", missing_date="excluded", fields=("text",))).hits[0]
    known = next(one for one in DOCUMENTS if one.id == "d01")
    assert (hit.id, hit.source, hit.sha256, hit.text) == ("d01", known.source, known.sha256, known.text)
    assert (hit.title, hit.outlet, hit.date, hit.language) == (known.title, known.outlet, known.date, known.language)
    assert (hit.author, hit.url, hit.first_indexed) == (known.author, known.url, known.first_indexed)
    assert hit.facets.keys() == {"actor", "location", "cites", "topics", "desk"}
    assert [entry.value.id for entry in hit.facets["actor"]] == ["haftar", "wagner"]
    assert engine.search(asked(outlet="IranWire")).hits[0].text is None


def test_a_hit_lists_what_counts_for_the_query(engine: Engine) -> None:
    query = asked(outlet="Zaman al-Wasl", date_from="2020", discovered=True, salient=("location",))
    hit = engine.search(query).hits[0]
    assert [entry.value.id for entry in hit.facets["actor"]] == ["haftar", "wagner", "name:omar"]
    assert "geo:tr" not in {entry.value.id for entry in hit.facets["location"]}


def test_since_counts_generations_too(engine: Engine) -> None:
    generation = engine.generations()[-1].number
    changed = found(engine, since=str(generation))
    last = THIRD_RUN if generation > 1 else "2020-06-10T08:00:00Z"
    assert changed == found(engine, since=last)
    assert found(engine, since="0") == found(engine)
    with pytest.raises(QueryError) as raised:
        engine.search(asked(since="999"))
    assert raised.value.param == "since"


def test_wider_is_the_month_then_the_year_then_nothing(engine: Engine) -> None:
    query = asked(date_from="2020-06-08", date_to="2020-06-09")
    seen = []
    while True:
        histogram = engine.search(query).histogram
        assert histogram is not None
        if histogram.wider is None:
            break
        seen.append(histogram.wider)
        query = replace(query, date_from=histogram.wider[0], date_to=histogram.wider[1])
    spans = [(days_of(first).first.isoformat(), days_of(last).last.isoformat()) for first, last in seen[:-1]
             if first and last]  # fmt: skip
    assert spans == [("2020-06-01", "2020-06-30"), ("2020-01-01", "2020-12-31")]
    assert seen[-1] == (None, None)


def test_choosing_a_node_drops_its_chosen_ancestors(engine: Engine) -> None:
    query = asked(location="geo:sy", any_location=True)
    inner = row(engine, "location", "geo:hasakah", query)
    assert inner.ancestors == ("geo:sy", "geo:sy-ha")
    assert (inner.count, inner.after) == (2, 2)
    outside = row(engine, "location", "geo:ly", query)
    assert outside.after == engine.search(query.with_filter(Filter("location", ("geo:sy", "geo:ly")))).total


def test_a_value_of_a_story_that_is_in_already_adds_nothing(engine: Engine) -> None:
    query = asked(outlet="Zaman al-Wasl")
    assert engine.search(query).total == 1
    other = row(engine, "outlet", "The Daily Star", query)
    assert (other.count, other.after) == (1, 1)
    assert row(engine, "outlet", "The Daily Star", replace(query, dupes="show")).after == 3


def test_without_suggestions_nothing_else_is_proposed_and_the_rest_is_the_same(engine: Engine) -> None:
    for text in ("recruits", "khalifa haftar", "havrest festival"):
        with_them, without = (engine.search(asked(text, suggestions=wanted)) for wanted in (True, False))
        assert with_them.suggestions != Suggestions() == without.suggestions
        assert [hit.id for hit in without.hits] == [hit.id for hit in with_them.hits]
        assert (without.total, without.facets) == (with_them.total, with_them.facets)


def test_hits_are_the_same_without_snippets(engine: Engine) -> None:
    cut, uncut = engine.search(asked("wheat")), engine.search(asked("wheat", snippets=False))
    assert [hit.id for hit in uncut.hits] == [hit.id for hit in cut.hits]
    assert any(hit.snippets for hit in cut.hits) and not any(hit.snippets for hit in uncut.hits)
    assert all("".join(text for text, _ in hit.title_pieces) == (hit.title.value or "") for hit in uncut.hits)
