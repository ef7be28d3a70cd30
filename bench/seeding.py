"""How right are the five seeds, as they were annotated by hand? Names are compared by where they stand in the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from searchapp.authority import Authority
from searchapp.model import Document, Mention

Measure = tuple[str, float, float, float, int]
"""What, the least that must be reached, the aim, what was reached, of how many."""




def measure_seeds(made: Mapping[str, Document], gold: Mapping[str, Any], authority: Authority) -> Iterator[Measure]:
    """Against the annotation of each; what may be seen either way counts for neither."""
    countries, provinces, cities, invented = [], [], [], 0
    for name, document in made.items():
        said = gold[name]
        spots = _spots(document, "location")
        for one in said["locations"]:
            found = _is_found(document, one, spots)
            if one["core"]:
                {"country": countries, "province": provinces}.get(one["type"], cities).append(found)
        invented += sum(1 for mention in spots if _is_invented(mention, said["locations"], authority))
    yield "countries found", 1.0, 1.0, _share(countries), len(countries)
    yield "provinces found", 1.0, 1.0, _share(provinces), len(provinces)
    yield "cities and sites found", 0.94, 0.96, _share(cities), len(cities)
    yield "invented coordinates", 0, 0, invented, sum(len(_spots(one, "location")) for one in made.values())
    outlets = [_same_name(one.outlet.value, gold[name]["outlet"]) for name, one in made.items()]
    yield "outlets right", 1.0, 1.0, _share(outlets), len(outlets)
    dates = [one.date.value == gold[name]["date"] for name, one in made.items()]
    yield "dates right", 1.0, 1.0, _share(dates), len(dates)


def _spots(document: Document, facet: str) -> list[Mention]:
    return [one for one in document.mentions if one.facet == facet]


def _is_found(document: Document, annotated: dict[str, Any], spots: list[Mention]) -> bool:
    """Whether one of the forms that stand in the text is, or holds, a mention."""
    surfaces = {one.surface.casefold() for one in spots}
    return any(
        form.casefold() in surfaces or any(surface in form.casefold() for surface in surfaces)
        for form in annotated["surface_forms"]
    )


def _is_invented(mention: Mention, annotated: list[dict[str, Any]], authority: Authority) -> bool:
    """Whether the mention has coordinates, is no country, and nobody annotated a place there."""
    place = authority.places.get(mention.value)
    if place is None or place.latitude is None or place.kind in ("country", "region") or "demonym" in mention.rule:
        return False
    surface = mention.surface.casefold()
    return not any(surface in form.casefold() or form.casefold() in surface for one in annotated for form in one["surface_forms"])


def _same_name(ours: str | None, theirs: str | None) -> bool:
    return (ours or "").casefold().replace("-", " ") == (theirs or "").casefold().replace("-", " ")


def _share(found: list[bool]) -> float:
    return sum(found) / len(found) if found else 1.0
