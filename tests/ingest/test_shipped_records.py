"""The records that come with the program fit together, and find in the demo what a reader finds in it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pytest

from searchapp.ingest.actors import find_actors
from searchapp.ingest.language import detect_language
from searchapp.ingest.outlets import find_cited, find_outlet
from searchapp.ingest.places import find_places
from searchapp.model import Page
from tests.ingest.shipped import shipped

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def seed(number: str) -> str:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    return path.read_text(encoding="utf-8")


def test_every_place_lies_in_a_country_of_its_own_code_or_is_a_part_of_the_world() -> None:
    for place in shipped().places.values():
        country = shipped().branch(place.id)[-1]
        wide = place.kind == "region" and place.country is None
        assert (country.kind, country.country) == ("region" if wide else "country", place.country)


def test_every_country_of_the_world_has_its_words() -> None:
    countries = [place for place in shipped().places.values() if place.kind == "country"]
    assert len(countries) == 250
    assert sum(bool(place.demonym) for place in countries) > 180


def test_places_are_known_by_the_ids_of_geonames() -> None:
    tripoli = shipped().places["geo:2210247"]
    assert [place.name for place in shipped().branch(tripoli.id)] == ["Tripoli", "Tripoli", "Libya"]
    assert (round(tripoli.latitude or 0, 1), round(tripoli.longitude or 0, 1)) == (32.9, 13.2)


def test_actors_and_outlets_are_many_and_spelt_in_two_scripts() -> None:
    for records in (shipped().actors, shipped().outlets):
        arabic = [one for one in records.values() if any("\u0600" <= letter <= "\u06ff" for name in one.names for letter in name)]
        assert len(records) > 150
        assert len(arabic) > len(records) / 2


@pytest.mark.parametrize(
    ("number", "outlet", "credited"),
    [
        ("000", "Zaman al-Wasl", {"SANA"}),
        ("001", None, {"AFP", "Naher Media", "Enab Baladi", "Demirören News Agency", "The Telegraph"}),
        ("002", "The New Arab", {"Horan Free Media"}),
        ("003", None, {"Reuters"}),
        ("004", "IranWire", set()),
    ],
)
def test_the_demo_names_its_outlets_and_whom_it_credits(number: str, outlet: str | None, credited: Collection[str]) -> None:
    claim = find_outlet(seed(number), Page(number, ()), (), None, shipped())
    assert claim.value == outlet
    assert {mention.value for mention in find_cited(seed(number), claim, shipped())} == set(credited)


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_the_demo_is_english_and_about_russia_syria_and_libya(number: str) -> None:
    text = seed(number)
    actors = find_actors("", text, shipped())
    tree = {entry.value.label: entry for entry in find_places("", text, shipped(), masked=actors).entries}
    assert detect_language(text, None).value == "en"
    assert {mention.value for mention in actors} >= {"khalifa-haftar", "wagner-group", "government-of-national-accord"}
    assert all(tree[country].salient for country in ("Russia", "Syria", "Libya"))
    assert {"Turkey", "Tripoli", "Homs"} <= set(tree)
    assert not any(entry.value.ambiguous for entry in tree.values())
