"""Values by id, by name and by what was nearly typed; which of them are listed, and in which order."""

from __future__ import annotations

import pytest

from searchapp.engine.listing import begins_with, list_rows, ordered, page_rows
from searchapp.engine.vocabulary import Vocabulary
from searchapp.model import FacetValue, Filter

PLACES = Vocabulary(
    (
        FacetValue("sy", "Syria", ("سوريا", "Sham")),
        FacetValue("sy-ha", "al-Hasakah", parent="sy"),
        FacetValue("qamishli", "Qamishli", ("Qamışlo",), parent="sy-ha"),
        FacetValue("tripoli", "Tripoli"),
        FacetValue("tripoli-lb", "Tripoli", ("Sham",)),
        FacetValue("sham", "Syrian Sham"),
    )
)


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("sy", "sy"), ("Syria", "sy"), ("SYRIA", "sy"), ("سوريا", "sy"), ("qamislo", "qamishli"), ("Al‑Hasakah", "sy-ha"),
        ("tripoli", "tripoli"), ("Tripoli", None), ("Sham", None), ("Syrian sham", "sham"), ("Syri", None),
    ],
)  # fmt: skip
def test_a_value_is_identified_by_its_id_or_by_a_name_that_only_it_has(text: str, identifier: str | None) -> None:
    assert PLACES.identify(text) == identifier


def test_a_label_is_taken_before_the_same_spelling_of_another() -> None:
    assert Vocabulary((FacetValue("a", "Sham"), FacetValue("b", "Syria", ("Sham",)))).identify("sham") == "a"


def test_what_was_nearly_typed_is_named_by_label() -> None:
    assert PLACES.nearest("Qamishly") == "Qamishli"
    assert PLACES.nearest("xyzzy") is None


def test_what_lies_above_is_given_from_the_root_down() -> None:
    assert PLACES.ancestors("qamishli") == ("sy", "sy-ha")
    assert PLACES.ancestors("sy") == PLACES.ancestors("nowhere") == ()


def test_values_that_lie_above_each_other_have_an_end() -> None:
    circle = Vocabulary((FacetValue("a", "A", parent="b"), FacetValue("b", "B", parent="a")))
    assert set(circle.ancestors("a")) <= {"a", "b"}


def test_of_two_descriptions_the_same_one_holds_in_whatever_order_they_come() -> None:
    one, other = FacetValue("x", "Haftar"), FacetValue("x", "Khalifa Haftar", latitude=1.0)
    assert Vocabulary((one, other))["x"] == Vocabulary((other, one))["x"] == one


def test_a_value_that_nothing_carries_is_its_own_label() -> None:
    assert PLACES["nowhere"] == FacetValue("nowhere", "nowhere")
    assert "nowhere" not in PLACES


def test_rows_stand_by_count_then_folded_label_then_id() -> None:
    counts = {"tripoli-lb": 2, "sham": 2, "tripoli": 2, "qamishli": 3, "sy-ha": 2}
    assert ordered(counts, PLACES) == ["qamishli", "sy-ha", "sham", "tripoli", "tripoli-lb"]
    assert ordered(counts, PLACES, "label") == ["sy-ha", "qamishli", "sham", "tripoli", "tripoli-lb"]


def listed(counts: dict[str, int], own: Filter, size: int) -> tuple[str, ...]:
    return list_rows(counts, PLACES, own, size=size).ids


def test_only_the_first_rows_are_listed_and_the_rest_is_announced() -> None:
    listing = list_rows({"sy": 3, "tripoli": 2, "sham": 1}, PLACES, Filter("location"), size=2)
    assert (listing.ids, listing.distinct, listing.truncated) == (("sy", "tripoli"), 3, True)
    assert not list_rows({"sy": 3}, PLACES, Filter("location"), size=2).truncated


def test_what_is_chosen_or_excluded_is_listed_at_zero_with_all_above_it() -> None:
    assert listed({"tripoli": 1}, Filter("location", ("qamishli",), ("sham",)), 1) == (
        "tripoli", "sy-ha", "qamishli", "sy", "sham",
    )  # fmt: skip


def test_the_children_of_a_chosen_node_are_listed_beyond_the_first_rows() -> None:
    counts = {"tripoli": 9, "sham": 8, "sy": 7, "sy-ha": 6, "qamishli": 5}
    assert listed(counts, Filter("location", ("sy",)), 1) == ("tripoli", "sy", "sy-ha")
    assert listed(counts, Filter("location", ("sy-ha",)), 1) == ("tripoli", "sy", "sy-ha", "qamishli")


def test_what_is_above_a_listed_row_is_listed_too() -> None:
    assert listed({"qamishli": 5, "sham": 5, "sy-ha": 3, "sy": 3}, Filter("location"), 1) == ("qamishli", "sy-ha", "sy")


def test_pages_of_rows_follow_each_other() -> None:
    counts = {"sy": 3, "tripoli": 2, "sham": 1, "tripoli-lb": 0}
    pages = [page_rows(counts, PLACES, order="count", offset=offset, limit=2) for offset in (0, 2, 4)]
    assert [page.ids for page in pages] == [("sy", "tripoli"), ("sham", "tripoli-lb"), ()]
    assert [(page.distinct, page.truncated) for page in pages] == [(3, True)] * 3
    assert not page_rows(counts, PLACES, order="count", offset=0, limit=3).truncated


@pytest.mark.parametrize(
    ("prefix", "begins"),
    [("Al-Has", True), ("has", True), ("hasakah", True), ("asakah", False), ("al", True), ("kurd", True), ("", True)],
)
def test_a_prefix_is_that_of_a_label_or_of_a_word_in_it(prefix: str, begins: bool) -> None:
    assert begins_with(FacetValue("x", "al-Ḥasakah", ("West Kurdistan",)), prefix) is begins
