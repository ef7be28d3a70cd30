"""What else could be asked: names, spellings, and the words that tell a document from others."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from searchapp.engine.names import Name, find_names, named_query
from searchapp.engine.similar import common_forms, telling_forms
from searchapp.engine.suggesting import nearest_form
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


@pytest.mark.parametrize(
    ("form", "nearest"),
    [
        ("weat", "what"),
        ("haftr", "haftar"),
        ("hatfar", "haftar"),
        ("heftr", None),
        ("recruts", "recruit"),
        ("xyz", None),
    ],
)
def test_a_misspelling_is_near_the_most_frequent_word_one_edit_away_or_two_if_long(
    form: str, nearest: str | None
) -> None:
    spellings = {"wheat": 3, "what": 40, "haftar": 5, "recruits": 2, "recruit": 7, "xyz": 1}
    assert nearest_form(form, spellings) == nearest


def test_a_document_is_told_by_what_is_frequent_in_it_and_rare_elsewhere() -> None:
    frequencies = {"the": 90, "libya": 19, "wheat": 4, "haftar": 4, "once": 1, "half": 50}
    counts = {"the": 30, "libya": 2, "wheat": 2, "haftar": 5, "once": 9, "half": 9}
    assert telling_forms(counts, frequencies.__getitem__, 100, {"the"}) == ("haftar", "wheat", "libya")


def test_in_a_small_archive_a_word_of_a_few_documents_still_tells() -> None:
    assert telling_forms({"libya": 1}, {"libya": 3}.__getitem__, 6, ()) == ("libya",)


def test_the_most_frequent_words_of_an_archive_tell_nothing() -> None:
    frequencies = {f"word{number}": number for number in range(20_000)}
    common = common_forms(frequencies)
    assert len(common) == 200
    assert {"word19999", "word19800"} <= common
    assert common_forms({"a": 1, "b": 2}) == frozenset()
