"""How often does a text speak of which country and province, and of which is it at home?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from searchapp.authority import Place
from searchapp.ingest.places.judging import nations_of
from searchapp.ingest.places.sightings import Sighting

# A town of this size is named by those who live near it.
_SMALL = 100_000


def countries_of_unambiguous(sightings: Iterable[Sighting]) -> Counter[str]:
    """How often each country is named, or a place that nobody would look for in another one."""
    found: Counter[str] = Counter()
    for one in sightings:
        countries = nations_of(one) - {None}
        if len(countries) == 1:
            found.update(filter(None, countries))
    return found


def provinces_of_unambiguous(sightings: Iterable[Sighting]) -> Counter[str]:
    """How often each province is named, or a place that can only be one in it."""
    found: Counter[str] = Counter()
    for one in sightings:
        provinces = {province_of(place) for place in one.places if place.kind in ("province", "city", "region")}
        if len(provinces) == 1 and not one.is_country:
            found.update(provinces)
    return found


def local_province(sightings: Iterable[Sighting], provinces: Counter[str], *, names_countries: bool) -> str | None:
    """The province that a text names at least as often as all others together.

    Where it names countries too, only if it names a small town of the province, or counties.
    """
    ranked = provinces.most_common(1)
    if not ranked or 2 * ranked[0][1] < provinces.total():
        return None
    foremost = ranked[0][0]
    if not names_countries:
        return foremost
    return foremost if any(one.is_county or _is_small_town_of(foremost, one.places) for one in sightings) else None


def _is_small_town_of(province: str, places: Sequence[Place]) -> bool:
    """Whether all these are small towns of the province, and there are any."""
    small = [place for place in places if place.kind == "city" and place.population < _SMALL and place.parent == province]
    return 0 < len(small) == len(places)


def countries_of_inner(sightings: Iterable[Sighting]) -> set[str | None]:
    """The countries whose people, or places in which, are mentioned under names of their own."""
    nations = ({place.country for place in one.places} for one in sightings if one.demonym or not one.is_country)
    return set().union(*(each for each in nations if len(each) == 1))


def province_of(place: Place) -> str:
    """The id of the province that a place is, or else of what it lies in; "" where that is nothing."""
    return place.id if place.kind == "province" else place.parent or ""
