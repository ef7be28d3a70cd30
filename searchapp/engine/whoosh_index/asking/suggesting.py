"""What suggestions must know of a generation, looked up in its postings and tables."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Collection
from functools import lru_cache, partial

from searchapp.engine.names import FACETS
from searchapp.engine.resolve import fields_of
from searchapp.engine.vocabulary import Vocabulary
from searchapp.engine.whoosh_index.generation.snapshot import Snapshot
from searchapp.model import FacetValue, SearchQuery

_CALLS_KEPT = 4_096
"""Runs of words that are known to name a record, or none."""

_TOTALS_KEPT = 512
"""Queries offered in place of others whose totals are known."""


class WhooshIndex:
    """One generation as `searchapp.engine.suggesting.Index` sees it; `count` gives the total of a query."""

    def __init__(self, snapshot: Snapshot, count: Callable[[SearchQuery], int]) -> None:
        self.fields = fields_of(snapshot.facets)
        self.languages = snapshot.languages
        self._snapshot = snapshot
        self._count = count

    def total(self, query: SearchQuery) -> int:
        totals: dict[SearchQuery, int] = self._snapshot.remember("totals", dict)
        total = totals.get(query)
        if total is None:
            if len(totals) >= _TOTALS_KEPT:
                totals.clear()
            totals[query] = total = self._count(query)
        return total

    def nearest(self, form: str, scope: str) -> str | None:
        return self._snapshot.frequencies.nearest(form, scope)

    def forms_of(self, stem: str) -> Collection[str]:
        return self._snapshot.frequencies.forms_of(stem)

    def frequency(self, form: str) -> int:
        return self._snapshot.frequencies.frequency(form)

    def records(self, forms: tuple[str, ...]) -> Collection[tuple[str, FacetValue]]:
        # Held by the snapshot itself, its files would stay open until the garbage collector runs.
        snapshot = weakref.proxy(self._snapshot)
        return self._snapshot.remember("records", lambda: lru_cache(_CALLS_KEPT)(partial(_records, snapshot)))(forms)

    def vocabulary(self, facet: str) -> Vocabulary:
        return self._snapshot.facet(facet).vocabulary


def _records(snapshot: Snapshot, forms: tuple[str, ...]) -> tuple[tuple[str, FacetValue], ...]:
    indexes = ((facet, snapshot.facet(facet)) for facet in FACETS)
    return tuple((facet, index.vocabulary[value]) for facet, index in indexes for value in index.called(forms))
