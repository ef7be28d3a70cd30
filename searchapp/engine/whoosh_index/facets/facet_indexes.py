"""The facets of one generation, each with the kinds of entries that a question counts, made once and kept."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

import numpy as np

from searchapp.engine.whoosh_index.facets.facet_index import FacetIndex
from searchapp.engine.whoosh_index.files.facet_table import ALL_BITS, KNOWN_BITS
from searchapp.engine.whoosh_index.files.rowset import Mask
from searchapp.engine.whoosh_index.files.tables import Tables

UNREVIEWED_BITS = ALL_BITS & ~KNOWN_BITS


class FacetIndexes:
    """Made of the tables of all segments; `live` says which rows count. Safe to share among threads."""

    def __init__(self, tables: Sequence[Tables], live: Mask) -> None:
        self._tables = tables
        self._live = live
        self._asked: dict[tuple[str, int], FacetIndex] = {}
        self._made: dict[tuple[str, int], FacetIndex] = {}
        self._guard = threading.Lock()

    def of(self, name: str, bits: int) -> FacetIndex:
        """The facet, as far as entries are of the kinds in `bits`."""
        found = self._asked.get((name, bits))
        if found is None:
            with self._guard:
                found = self._asked[name, bits] = self._make(name, bits)
        return found

    def prepare(self, names: Iterable[str]) -> None:
        """Make these facets in all ways that most questions ask for."""
        for name in names:
            for bits in (KNOWN_BITS, ALL_BITS, UNREVIEWED_BITS):
                self.of(name, bits)
            self.of(name, KNOWN_BITS).read_frequent()

    def _make(self, name: str, bits: int) -> FacetIndex:
        columns = [tables.facet(name) for tables in self._tables]
        present = bits & reduce(or_, (int(np.bitwise_or.reduce(column.flags, initial=0)) for column in columns), 0)
        # With and without what there is not, it is the same facet; and all are alike that have nothing.
        key = (name, present) if present else ("", 0)
        if key not in self._made:
            self._made[key] = FacetIndex(columns if present else (), self._live, present)
        return self._made[key]
