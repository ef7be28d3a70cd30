"""What else could be asked: names, spellings, and the words that tell a document from others."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from searchapp.engine.leading import leading
from searchapp.engine.names import Name, find_names, named_query
from searchapp.engine.similar import telling_forms
from searchapp.engine.suggesting import likeliest
from searchapp.grammar import parse
from searchapp.model import FacetValue, Filter, SearchQuery

HAFTAR = FacetValue("haftar", "Khalifa Haftar")
LIBYA = FacetValue("ly", "Libya")
NAMED = {
    ("khalifa", "haftar"): [("actor", HAFTAR)],
    ("haftar",): [("actor", HAFTAR)],
    ("libya",): [("location", LIBYA)],
    ("al", "assad"): [("actor", FacetValue("assad", "al-Assad"))],
}


def records(forms: tuple[str, ...]) -> Iterable[tuple[str, FacetValue]]:
    return NAMED.get(forms, ())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("haftar", [("haftar", "")]),
        ("Khalifa HAFTAR recruits", [("haftar", "recruits")]),
        (
            "recruits khalifa haftar libya",
            [("haftar", "recruits AND libya"), ("ly", "recruits AND khalifa AND haftar")],
        ),
        ('"Khalifa Haftar" recruit*', [("haftar", "recruit*")]),
        ("al-Assad", [("assad", "")]),
        ("khalifa recruits haftar", [("haftar", "khalifa AND recruits")]),
        ("haftar -libya", [("haftar", "-libya")]),
        ("haftar OR wheat", []),
        ("outlet:haftar haft* haftar~ (libya OR x)", []),
        ("", []),
    ],
)
def test_words_side_by_side_or_a_phrase_are_a_name(text: str, found: list[tuple[str, str]]) -> None:
    assert [(name.value.id, name.rest) for name in find_names(parse(text).tree, records)] == found


def test_a_name_is_replaced_by_its_value() -> None:
    asked = SearchQuery("khalifa haftar", sort="relevance", page=3).with_filter(Filter("actor", ("un",), combine="and"))
    changed = named_query(Name("actor", HAFTAR, ""), asked, ())
    assert changed is not None
    assert (changed.text, changed.filter("actor").chosen, changed.order, changed.page) == (
        "",
        ("un", "haftar"),
        "-added",
        1,
    )
    assert named_query(Name("actor", HAFTAR, ""), changed, ()) is None


def test_a_name_within_a_chosen_place_takes_its_place() -> None:
    asked = SearchQuery("tripoli").toggle("location", "ly")
    changed = named_query(Name("location", FacetValue("tripoli", "Tripoli", parent="ly"), ""), asked, ("ly",))
    assert changed is not None
    assert changed.filter("location").chosen == ("tripoli",)


def test_the_likeliest_word_is_in_most_documents_then_nearest_then_first() -> None:
    frequencies = {"wheat": 3, "what": 40, "heat": 40, "gone": 0, "neat": 40}
    near = [("wheat", 1, 3), ("what", 2, 90), ("heat", 1, 41), ("gone", 1, 50), ("neat", 1, 40)]
    assert likeliest(near, frequencies.__getitem__) == "heat"
    assert likeliest([("gone", 1, 50)], frequencies.__getitem__) is None
    assert likeliest([], frequencies.__getitem__) is None


def test_leading_things_are_those_of_the_highest_values_and_others_are_not_valued() -> None:
    values = {"a": 5.0, "b": 7.0, "c": 7.0, "d": 0.0, "e": 1.0}
    hopes = {"a": 9.0, "b": 7.5, "c": 7.0, "d": 8.0, "e": 6.9}
    valued: list[str] = []

    def value(thing: str) -> float:
        valued.append(thing)
        return values[thing]

    assert leading([(hope, thing) for thing, hope in hopes.items()], value, 2) == [(7.0, "b"), (7.0, "c")]
    assert sorted(valued) == ["a", "b", "c", "d"]
    assert leading([(hope, thing) for thing, hope in hopes.items()], values.__getitem__, 9)[-1] == (1.0, "e")


def test_a_document_is_told_by_what_is_frequent_in_it_and_rare_elsewhere() -> None:
    frequencies = {"the": 90, "libya": 9, "wheat": 4, "haftar": 4, "once": 1, "half": 11}
    counts = {"the": 30, "libya": 2, "wheat": 2, "haftar": 5, "once": 9, "half": 9}
    told = ("haftar", "wheat", "libya")
    assert telling_forms(counts, frequencies.__getitem__, 100) == told
    assert telling_forms(counts, frequencies.__getitem__, 100, at_least=lambda form: frequencies[form] - 3) == told


def test_in_a_small_archive_a_word_of_a_few_documents_still_tells() -> None:
    assert telling_forms({"libya": 1}, {"libya": 3}.__getitem__, 6) == ("libya",)
