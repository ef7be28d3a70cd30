"""Which values does a query mean that names them by label, and what did it mean by a value that nobody carries?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace

from rapidfuzz import fuzz, process

from searchapp.analysis import fold
from searchapp.engine.listing import Values
from searchapp.model import Filter, Notice, SearchQuery

_NEAR_ENOUGH = 60.0
"""Least similarity, of 100, at which an unknown value is answered with a known one."""


def resolve(query: SearchQuery, values_of: Callable[[str], Values]) -> tuple[SearchQuery, tuple[Notice, ...]]:
    """The query with unique labels replaced by the ids they stand for, and a notice for each value nobody carries.

    `values_of` gives the values of a facet by id; it is asked only for facets in which something is chosen.
    """
    notices: list[Notice] = []
    filters = tuple(_resolved(one, values_of, notices) for one in query.filters)
    return (query if filters == query.filters else replace(query, filters=filters)), tuple(notices)


def _resolved(one: Filter, values_of: Callable[[str], Values], notices: list[Notice]) -> Filter:
    if not one.chosen and not one.excluded or one.facet == "date":
        return one
    values = values_of(one.facet)
    if all(value in values for value in (*one.chosen, *one.excluded)):
        return one
    by_label = labels(values)
    chosen = tuple(dict.fromkeys(_id(one.facet, value, values, by_label, notices) for value in one.chosen))
    excluded = tuple(dict.fromkeys(_id(one.facet, value, values, by_label, notices) for value in one.excluded))
    return replace(one, chosen=chosen, excluded=excluded)


def labels(values: Values) -> Mapping[str, tuple[str, ...]]:
    """The ids behind each folded label."""
    found: dict[str, list[str]] = defaultdict(list)
    for value in values.values():
        found[fold(value.label)].append(value.id)
    return {label: tuple(ids) for label, ids in found.items()}


def _id(
    facet: str, given: str, values: Values, by_label: Mapping[str, tuple[str, ...]], notices: list[Notice]
) -> str:
    if given in values:
        return given
    folded = fold(given)
    meant = by_label.get(folded, ())
    if len(meant) == 1:
        return meant[0]
    if meant:
        message = f"{len(meant)} values of {facet} are called {given!r}: {', '.join(meant)}"
        notices.append(Notice(message, facet, meant[0]))
        return given
    near = process.extractOne(folded, by_label.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
    nearest = values[by_label[near[0]][0]].label if near else None
    hint = f"; did you mean {nearest!r}?" if nearest else "."
    notices.append(Notice(f"No document has the {facet} {given!r}{hint}", facet, nearest))
    return given
