"""How many results carry a value of one facet and a value of another at once?"""

from __future__ import annotations

from searchapp.engine.listing import ordered
from searchapp.engine.memory.selection import Documents, Selection
from searchapp.model import Crosstab, FacetValue


def cross(selection: Selection, facets: tuple[str, str], top: int) -> Crosstab:
    """The table of the most frequent values of two facets; a story counts where one passing copy carries both."""
    row_holders, column_holders = (_most_frequent(selection, facet, top) for facet in facets)
    counts = tuple(
        tuple(len(selection.results(held & also_held)) for also_held in column_holders.values())
        for held in row_holders.values()
    )
    rows, columns = (
        _values(selection, facet, holders) for facet, holders in zip(facets, (row_holders, column_holders), strict=True)
    )
    return Crosstab(rows, columns, counts)


def _most_frequent(selection: Selection, facet: str, top: int) -> dict[str, Documents]:
    """The documents that carry each of the most frequent values."""
    holders: dict[str, set[str]] = {}
    for identifier in selection.documents:
        for value in selection.carried(facet, identifier):
            holders.setdefault(value, set()).add(identifier)
    counts = {value: len(selection.results(held)) for value, held in holders.items()}
    vocabulary = selection.state.vocabulary(facet, discovered=selection.query.discovered)
    return {value: frozenset(holders[value]) for value in ordered(counts, vocabulary)[:top]}


def _values(selection: Selection, facet: str, holders: dict[str, Documents]) -> tuple[FacetValue, ...]:
    vocabulary = selection.state.vocabulary(facet, discovered=selection.query.discovered)
    return tuple(vocabulary[value] for value in holders)
