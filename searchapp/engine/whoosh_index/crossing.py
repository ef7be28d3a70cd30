"""How many results carry a value of one facet and a value of another at once?"""

from __future__ import annotations

from searchapp.engine.whoosh_index.rowset import RowSet
from searchapp.engine.whoosh_index.selection import Selection
from searchapp.model import Crosstab, FacetValue

Holders = list[tuple[FacetValue, RowSet]]


def cross(selection: Selection, facets: tuple[str, str], top: int) -> Crosstab:
    """The table of the most frequent values of two facets; a story counts where one passing copy carries both."""
    rows, columns = (_most_frequent(selection, facet, top) for facet in facets)
    counts = tuple(tuple(selection.count(held & also_held) for _, also_held in columns) for _, held in rows)
    return Crosstab(tuple(value for value, _ in rows), tuple(value for value, _ in columns), counts)


def _most_frequent(selection: Selection, facet: str, top: int) -> Holders:
    """The most frequent values, each with the passing rows that carry it."""
    index, salient = selection.index(facet), selection.is_salient(facet)
    first = selection.tally(index.entries(salient=salient), selection.rows).first(top)
    return [
        (value, selection.rows & index.carrying((value.id,), salient=salient)) for value in map(index.value, first)
    ]
