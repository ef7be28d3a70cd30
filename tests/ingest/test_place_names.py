"""Names of places are read when a text has a word of theirs: what is found is what an index of all names would find."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from searchapp.analysis import analyze
from searchapp.authority import Authority
from searchapp.ingest.data import data_folder
from searchapp.ingest.places.names import PlaceNames
from searchapp.ingest.places.variants import TABLE as KEYS
from searchapp.ingest.places.variants import table_of_keys
from searchapp.ingest.places.words import TABLE, places_by_word, table_of
from tests.ingest.shipped import shipped

STRIDE = 1000
"""Every so many-th place is looked for."""


def found(names: PlaceNames, text: str) -> set[str]:
    """The ids of the places that bear a name in the text."""
    return {name.place.id for one in names.find(text, analyze(text, None)) for name in one.entries if name.place}


def laid_over(folder: Path, places: str) -> Authority:
    (folder / "places.yaml").write_text(places, encoding="utf-8")
    return Authority.read(folder, data_folder())


def test_the_shipped_tables_of_words_and_keys_are_those_of_the_gazetteer_and_the_analysis() -> None:
    said = "run `python -m bench.build_gazetteer_words`"
    assert gzip.decompress((data_folder() / KEYS).read_bytes()) == gzip.decompress(table_of_keys(shipped().places)), said
    assert gzip.decompress((data_folder() / TABLE).read_bytes()) == gzip.decompress(table_of(shipped().places)), said


@pytest.mark.long
def test_who_has_read_nothing_else_finds_what_an_index_of_all_names_finds() -> None:
    everything = PlaceNames(shipped())
    for place in shipped().places.values():
        found(everything, " ".join((*place.names, *place.weak_alias, *place.demonym)))
    for place in list(shipped().places.values())[::STRIDE]:
        names = PlaceNames(shipped())
        for text in (*place.names, *place.demonym):
            assert found(names, text) == found(everything, text)


def test_a_text_without_names_reads_none_and_finds_none() -> None:
    assert found(PlaceNames(shipped()), "nothing but small words") == set()


def test_places_of_one_name_come_in_the_order_of_the_records_whichever_was_met_first() -> None:
    names = PlaceNames(shipped())
    found(names, "Tarabulus and طرابلس")
    bearers = [name.place.id for one in names.find("Tripoli", analyze("Tripoli", None)) for name in one.entries if name.place]
    assert len(bearers) > 2
    assert bearers == sorted(bearers, key=list(shipped().places).index)


def test_without_the_table_the_same_is_found() -> None:
    """As where the gazetteer or the analysis is another than the table was made for."""
    some = {place.id: place for place in shipped().places.values() if place.country in ("sy", "ua")}
    bare, full = PlaceNames(Authority(places=some.values())), PlaceNames(shipped())
    for text in ("Al-Bab and Bab", "Odesa", "بحلب ودمشق", "Deir ez-Zor, Syrian", "El Bab", "Київ"):
        assert found(bare, text) == found(full, text) & some.keys() != set()


@pytest.mark.parametrize(
    ("text", "ids"),
    [("Zubzub", {"geo:170062", "geo:170063"}), ("El-Gronk", {"place:gronk"}), ("بقهوة", {"place:gronk"}), ("Nowhere", set())],
)
def test_names_that_an_archive_adds_are_found(tmp_path: Path, text: str, ids: set[str]) -> None:
    """A new name of a province is one of the city of its name too, and Arabic places bear their article or not."""
    authority = laid_over(
        tmp_path,
        "- {id: geo:170062, alias: [Zubzub]}\n"
        "- {id: place:gronk, name: Gronk Town, kind: city, country: sy, parent: geo:170062, alias: [قهوة, Al Gronk]}",
    )
    assert found(PlaceNames(authority), text) == ids


def test_each_word_of_the_table_names_rows_that_exist() -> None:
    listed = places_by_word(shipped().places)
    assert {int(number) for numbers in listed.values() for number in numbers.split()} == set(range(len(shipped().places)))
