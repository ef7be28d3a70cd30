"""Short ways to ask an engine."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from searchapp.engine.base import Engine
from searchapp.model import Facet, FacetCount, Filter, Histogram, SearchQuery
from tests.engine.corpus import FACETS

Choices = str | tuple[str, ...]


def asked(text: str = "", **parts: Any) -> SearchQuery:
    """A query of 100 results a page; `outlet="X"` chooses, `no_outlet="X"` excludes, `any_actor=True` is any-of."""
    filters = {}
    for spec in FACETS.shown:
        chosen, excluded = _tuple(parts.pop(spec.name, ())), _tuple(parts.pop(f"no_{spec.name}", ()))
        missing = parts.pop(f"missing_{spec.name}", None)
        combine = "or" if parts.pop(f"any_{spec.name}", False) else spec.combine
        filters[spec.name] = Filter(spec.name, chosen, excluded, missing, combine)
    used = tuple(own for own in filters.values() if own.active)
    return SearchQuery(**{"text": text, "per_page": 100, "filters": used, **parts})


def _tuple(given: Choices) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else given


def found(engine: Engine, text: str = "", **parts: Any) -> str:
    """The ids of all documents that are found, copies shown, by id and without the `d`."""
    query = replace(asked(text, **parts), dupes="show", facets=())
    return " ".join(sorted(hit.id.removeprefix("d") for hit in engine.search(query).hits))


def listed(engine: Engine, text: str = "", **parts: Any) -> str:
    """The ids of the hits in their order, copies folded, without the `d`."""
    hits = engine.search(replace(asked(text, **parts), facets=())).hits
    return " ".join(hit.id.removeprefix("d") for hit in hits)


def facet(engine: Engine, name: str, query: SearchQuery) -> Facet:
    """One facet beside the results."""
    return next(one for one in engine.search(query).facets if one.name == name)


def row(engine: Engine, name: str, value: str, query: SearchQuery) -> FacetCount:
    """One row of a facet beside the results."""
    return next(one for one in facet(engine, name, query).values if one.value.id == value)


def bars(engine: Engine, query: SearchQuery) -> Histogram:
    """The histogram beside the results."""
    histogram = engine.search(query).histogram
    assert histogram is not None
    return histogram
