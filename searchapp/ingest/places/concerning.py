"""What must a text hold for a changed place to change what is read in it? Names of that place, or of some that depend on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from searchapp.authority import Authority, Place
from searchapp.ingest.places.names import place_names
from searchapp.ingest.places.resolving import countries_by_code
from searchapp.ingest.places.variants import COUNTRIES


def names_that_may_mean(before: Place | None, after: Place | None, authority: Authority) -> set[str] | None:
    """Names in folded forms: a text that holds none of them says the same of places whether one or the other is known.

    None is for no such place. The answer is None where any text may be concerned: a country came, went or moved. That
    the values of the place look otherwise wherever it, or what lies in it, is found already is not counted as a change.
    """
    states = [one for one in (before, after) if one is not None]
    moved = before is None or after is None or _stand(before) != _stand(after)
    if moved and any(one.kind == "country" for one in states):
        return None
    concerned = [*states, *_countries_of_variants(states, authority)]
    if moved:
        concerned += _below(states[0].id, authority)
    names = place_names(authority)
    return {name for one in concerned for name in names.written(one)}


def _stand(place: Place) -> tuple[str, str | None, str | None]:
    """What is asked of a place that another one lies in."""
    return place.kind, place.parent, place.country


def _countries_of_variants(states: Iterable[Place], authority: Authority) -> Iterator[Place]:
    """The countries that a text must name before a spelling unknown to it is taken for the place."""
    countries = countries_by_code(authority)
    for one in states:
        if one.country in COUNTRIES and one.country in countries and authority.places.row(one.id) is not None:
            yield countries[one.country]


def _below(place: str, authority: Authority) -> Iterator[Place]:
    """All that lies in a place, at any depth."""
    inside = _children(authority)
    waiting = list(inside.get(place, ()))
    while waiting:
        one = waiting.pop()
        yield authority.places[one]
        waiting += inside.get(one, ())


def _children(authority: Authority) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, _, parent in authority.places.branches():
        if parent is not None:
            found[parent].append(name)
    return found
