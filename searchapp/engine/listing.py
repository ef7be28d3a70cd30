"""Which values of a counted facet are listed, and in which order?"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping

from searchapp.analysis import fold
from searchapp.facets import FacetSpec
from searchapp.model import FacetValue, Filter

Values = Mapping[str, FacetValue]
"""The values of one facet by id."""


def order_key(count: int, value: FacetValue) -> tuple[int, str, str]:
    """Sorts rows: most results first, then folded label by code point, then id."""
    return -count, fold(value.label), value.id


def ancestors(value: str, values: Values) -> tuple[str, ...]:
    """The ids above `value` in its tree, the root first."""
    above: list[str] = []
    parent = values[value].parent if value in values else None
    while parent is not None and parent not in above:
        above.append(parent)
        parent = values[parent].parent if parent in values else None
    return tuple(reversed(above))


def listed(spec: FacetSpec, one: Filter, counts: Mapping[str, int], values: Values, size: int) -> tuple[str, ...]:
    """The ids of the rows to show, in order.

    The first `size` values that have results; chosen and excluded ones even at 0; in a tree the first `size` children
    of chosen nodes too, and whatever stands above a listed node. `counts` may leave out values that cannot be among
    the first ones, as long as it has the children of chosen nodes.
    """
    shown = set(first_ones(((value, count) for value, count in counts.items() if count), values, size))
    shown.update(one.chosen, one.excluded)
    if spec.hierarchy:
        for node in one.chosen:
            children = ((value, count) for value, count in counts.items() if count and _parent(value, values) == node)
            shown.update(first_ones(children, values, size))
        shown.update([above for value in tuple(shown) for above in ancestors(value, values)])
    return tuple(sorted(shown, key=lambda value: order_key(counts.get(value, 0), known(value, values))))


def first_ones(counts: Iterable[tuple[str, int]], values: Values, size: int) -> list[str]:
    """The ids of the `size` rows that come first."""
    rows = heapq.nsmallest(size, counts, key=lambda row: order_key(row[1], known(row[0], values)))
    return [value for value, _ in rows]


def known(value: str, values: Values) -> FacetValue:
    """What is known of the value; an id that no document carries is its own label."""
    return values.get(value) or FacetValue(value, value)


def begins_with(prefix: str, values: Iterable[FacetValue]) -> Iterator[FacetValue]:
    """The values whose label, or a word of it, begins with `prefix`, case and accents aside."""
    folded = fold(prefix)
    for value in values:
        label = fold(value.label)
        if label.startswith(folded) or f" {folded}" in label or f"-{folded}" in label:
            yield value


def _parent(value: str, values: Values) -> str | None:
    return known(value, values).parent
