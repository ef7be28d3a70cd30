"""Where the contract has an edge: stories that are half in, pages that are just full, fields where none are read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from searchapp.engine.base import Engine
from searchapp.grammar import MAX_CHARACTERS
from searchapp.model import Filter
from tests.engine.asking import asked, bars, found
from tests.engine.conftest import Build
from tests.engine.corpus import FIRST_RUN, SECOND_RUN, document

COPIES = {"d01": "d01", "d02": "d01"}


def test_a_story_that_is_in_the_range_by_one_copy_does_not_overlap_it_by_another(build: Build) -> None:
    documents = [document("d01", "A", "a", date="2020-06-08"), document("d02", "A", "a", date="2020"),
                 document("d03", "B", "b", date="2020")]  # fmt: skip
    june = asked(date_from="2020-06", date_to="2020-06")
    engine = build(documents, COPIES)
    assert bars(engine, june).overlapping == 1
    assert bars(engine, replace(june, dupes="show")).overlapping == 2


def test_a_story_with_two_undated_copies_is_one_undated_result(build: Build) -> None:
    engine = build([document("d01", "A", "a"), document("d02", "A", "a"), document("d03", "B", "b")], COPIES)
    for dupes, undated in (("fold", 2), ("show", 3)):
        results = engine.search(asked(dupes=dupes))
        assert results.histogram is not None
        assert results.undated == results.histogram.none.count == undated


@pytest.mark.parametrize(
    ("per_page", "page", "more"), [(2, 1, True), (2, 2, False), (4, 1, False), (3, 1, True), (0, 1, False)]
)
def test_more_results_follow_unless_the_page_holds_the_last(build: Build, per_page: int, page: int, more: bool) -> None:
    engine = build([document(f"d0{number}", "A", "a") for number in range(4)], {})
    assert engine.search(asked(per_page=per_page, page=page)).more is more


@pytest.mark.parametrize(
    "text", ["author:lina", "url:iranwire", "file:press", "id:d04", "outlet:iranwire", "title:wagner", "date:2020"]
)
def test_no_field_but_the_text_is_read_in_what_was_removed(engine: Engine, text: str) -> None:
    assert "04" in found(engine, text)
    assert found(engine, text, scope="removed") == ""


def test_a_document_that_was_deleted_comes_back_without_its_copies(build: Build) -> None:
    documents = [document("d01", "A", "a"), document("d02", "A", "a")]
    engine = build(documents, COPIES)
    for run in (FIRST_RUN, SECOND_RUN):
        with engine.writer(run=run) as writer:
            writer.delete("d01") if run == FIRST_RUN else writer.add(documents[0])
            writer.commit()
    assert (engine.copies("d01"), engine.copies("d02")) == ((), ())
    assert engine.search(asked()).total == 2


def test_stories_that_lie_in_two_bars_count_in_both(build: Build) -> None:
    documents = [document("d01", "A", "a", date="2020-06-08"), document("d02", "A", "a", date="2020-07-01")]
    histogram = bars(build(documents, COPIES), asked(date_from="2020"))
    assert [(bar.label, bar.count) for bar in histogram.bars] == [("2020-06", 1), ("2020-07", 1)]


def test_none_of_a_facet_beside_an_excluded_value_counts_all_that_have_nothing(build: Build) -> None:
    documents = [document("d01", "A", "a", actor="haftar"), document("d02", "B", "b")]
    query = asked().with_filter(Filter("actor", excluded=("haftar",), combine="and"))
    (actors,) = (facet for facet in build(documents, {}).search(query).facets if facet.name == "actor")
    assert (actors.none.count, actors.none.after) == (1, 1)
    assert [(row.count, row.after, row.excluded) for row in actors.values] == [(1, 2, True)]


def test_a_query_as_long_as_may_be_is_answered_though_its_suggestions_would_be_longer(engine: Engine) -> None:
    longest = '"khalifa haftar"' + '"wheats"' * 126
    assert len(longest) == MAX_CHARACTERS
    assert engine.search(asked(longest)).suggestions.names == ()
