"""Which names of places does a text give to persons, and where?"""

from __future__ import annotations

from collections.abc import Iterable

from searchapp.ingest.places.names import WORDS
from searchapp.ingest.places.sightings import Sighting
from searchapp.ingest.places.surroundings import Neighbour

# Who goes to Austin or comes from Cleveland rather names the city; who goes to Clinton does not.
RARELY_PERSON = 200_000

_BEFORE_PERSONS = (WORDS["given"] | WORDS["titles"]) - WORDS["no_persons"]
_GIVEN = WORDS["given"] | WORDS["given_too"]
_NO_SURNAMES = WORDS["organisations"] | WORDS["titles"] | WORDS["of_organisations"] | WORDS["no_surnames"]
_COMPANIONS = ("directions", "fellows", "locative", "province_words", "city_words", "site_words")


def persons_of(sightings: Iterable[Sighting]) -> frozenset[str]:
    """The names that stand somewhere as a surname behind a given name or a title, or as a given name before a surname."""
    ones = list(sightings)
    spoken_of = {place.country for one in ones if one.demonym or one.located for place in one.places if one.is_country}
    return frozenset(
        one.key for one in ones
        if " " not in one.key and one.container is None
        and (not one.is_country or one.key in WORDS["countries_like_persons"] or _is_surname_of_people(one))
        and (_is_surname(one) or (_is_given_name(one) and spoken_of.isdisjoint(place.country for place in one.places)))
    )  # fmt: skip


def _is_surname(sighting: Sighting) -> bool:
    """Hillary Clinton, Mr Carson; of small towns also those behind a name that nobody knows: Kellyanne Conway."""
    before = sighting.before
    if before is None or not before.capital:
        return False
    if before.form in _BEFORE_PERSONS:
        return True
    if before.form in WORDS["ordinary"]:
        return False
    small = all(place.kind == "city" and place.population < RARELY_PERSON for place in sighting.places)
    return small and not (before.opens_sentence or sighting.kind or goes_with_places(before) or sighting.loose_line)


def _is_surname_of_people(sighting: Sighting) -> bool:
    """Whether the word for a people is the name of a person: Monica French."""
    before = sighting.before
    if not sighting.demonym or before is None or before.opens_sentence or not before.capital:
        return False
    named = before.form in WORDS["given"] and before.form not in WORDS["countries_like_persons"]
    return named and not sighting.loose_line


def _is_given_name(sighting: Sighting) -> bool:
    """Jordan Henderson, but not Jordan River, Charlotte Hornets or Georgia Tech."""
    after = sighting.after
    if after is None or not after.capital or after.surface.isupper() or sighting.kind is not None:
        return False
    if sighting.key not in _GIVEN or after.form in _NO_SURNAMES or after.form.endswith("s"):
        return False
    return not (goes_with_places(after) or sighting.loose_line)


def is_person(sighting: Sighting) -> bool:
    """Whether the name of a country or a people is that of a person, as in Michael Jordan and Chad Smith."""
    if sighting.key not in WORDS["countries_like_persons"]:
        return _is_surname_of_people(sighting)
    before, after = sighting.before, sighting.after
    if before is not None and before.capital and before.form in WORDS["given"] | WORDS["titles"]:
        return True
    if after is None or not after.capital or sighting.loose_line:
        return False
    return not (goes_with_places(after) or is_of_official(sighting, after))


def is_of_official(sighting: Sighting, after: Neighbour) -> bool:
    """Whether a person's name stands behind the place that the person speaks for: the Senator from Vermont Peter Gray."""
    before = sighting.before
    if not any(place.kind in ("country", "province") for place in sighting.places):
        return False
    return before is not None and before.form in ("from", "of", "for", "to") and after.form in WORDS["given"] \
        and (sighting.is_country or sighting.key not in _GIVEN)  # fmt: skip


def describes(sighting: Sighting) -> bool:
    """Whether the word for a people says of what stands behind it whose it is: French wine, but French said."""
    return sighting.after is not None and sighting.after.form not in WORDS["done_by_persons"]


def goes_with_places(word: Neighbour) -> bool:
    """Whether a word with a capital stands beside places without being one name with them."""
    return word.surface.isupper() or any(word.form in WORDS[name] for name in _COMPANIONS)
