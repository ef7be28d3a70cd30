"""In which order do rows stand? The place of every row of a generation in every sort, worked out once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from searchapp.analysis import fold
from searchapp.engine.whoosh_index.facets.facet_index import FacetIndex
from searchapp.engine.whoosh_index.facets.stories import Stories
from searchapp.engine.whoosh_index.files.arrays import Array
from searchapp.engine.whoosh_index.files.rowset import RowSet
from searchapp.engine.whoosh_index.files.tables import Runs

Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int32]
Rows = npt.NDArray[np.intp]

_BLOCK = 128
_FEW = 1000
"""So many ids are compared as they are: to know the places of all takes long at the first question."""


class Sortable(Protocol):
    """What rows are put in order by: one array element a row."""

    size: int
    ids: npt.NDArray[np.bytes_]
    first_days: npt.NDArray[np.int32]
    last_days: npt.NDArray[np.int32]

    @property
    def dated(self) -> Mask: ...

    @property
    def id_ranks(self) -> Places: ...

    @property
    def stories(self) -> Stories: ...

    @property
    def runs(self) -> Runs: ...

    def titles(self) -> Iterator[str]: ...

    def facet(self, name: str, *, discovered: bool = False) -> FacetIndex: ...


class Orders:
    """The sorts of one generation; equal rows stand by id, those without the key last."""

    def __init__(self, snapshot: Sortable) -> None:
        self._snapshot = snapshot
        self._places: dict[str, Places] = {}
        self._by_story: Rows | None = None
        self._guard = threading.Lock()

    def places(self, order: str) -> Places:
        """The place of each row in a sort other than by relevance."""
        with self._guard:
            if order not in self._places:
                keys = self._keys(order)
                # The last key of a lexsort counts first.
                order_of_rows = np.lexsort((self._snapshot.id_ranks, *reversed(keys)))
                places = np.empty(self._snapshot.size, np.int32)
                places[order_of_rows] = np.arange(self._snapshot.size, dtype=np.int32)
                self._places[order] = places
            return self._places[order]

    def by_id(self, rows: Rows) -> Array:
        """What puts these rows in the order of their document ids."""
        if len(rows) > _FEW:
            return self._snapshot.id_ranks[rows]
        return np.argsort(np.argsort(self._snapshot.ids[rows]))

    def shown(self, passing: RowSet) -> RowSet:
        """The rows that stand for the stories of the passing ones: the earliest dated copy, else the lowest id."""
        stories = self._snapshot.stories
        if not stories.rows:
            return passing
        copies = self._copies()
        found = copies[passing.mask[copies]]
        told = stories.story[found]
        mask = passing.mask & ~stories.copied
        mask[found[:1]] = True
        mask[found[1:][told[1:] != told[:-1]]] = True
        return RowSet.where(mask)

    def _copies(self) -> Rows:
        """All rows that have copies, story by story, in each the one first that stands for it before others."""
        with self._guard:
            if self._by_story is None:
                stories, ids = self._snapshot.stories, self._snapshot.id_ranks
                copied = np.flatnonzero(stories.copied)
                dates = [key[copied] for key in reversed(self._keys("date"))]
                self._by_story = copied[np.lexsort((ids[copied], *dates, stories.story[copied]))]
            return self._by_story

    def _keys(self, order: str) -> Sequence[Array]:
        """What rows are compared by, the first key first; lower stands before higher."""
        snapshot = self._snapshot
        match order:
            case "date":
                return self._dates(1)
            case "-date":
                return self._dates(-1)
            case "-added":
                return -snapshot.runs.first_indexed, *self._dates(-1)
            case "-copies":
                return (-snapshot.stories.copies,)
            case "outlet":
                return (self._outlets(),)
        return (_ranks(list(snapshot.titles())),)

    def _dates(self, direction: int) -> Sequence[Array]:
        snapshot = self._snapshot
        return ~snapshot.dated, direction * snapshot.first_days, snapshot.last_days - snapshot.first_days

    def _outlets(self) -> Array:
        index = self._snapshot.facet("outlet", discovered=True)
        labels = [fold(index.vocabulary[value].label) for value in index.ids]
        outlets = np.full(self._snapshot.size, len(labels), np.int64)
        entries = index.entries(salient=False)
        outlets[entries.rows] = entries.numbers
        return np.array(_ranks([*labels, ""]))[outlets]


def _ranks(texts: Sequence[str]) -> npt.NDArray[np.int64]:
    """The rank of each text among all of them, equal ones the same, "" the last."""
    ranked = {text: rank for rank, text in enumerate(sorted(set(texts) - {""}))}
    return np.array([ranked.get(text, len(ranked)) for text in texts], np.int64)


def first_places(keys: Array, ties: Callable[[Rows], Array] | None = None, *, start: int, stop: int) -> Rows:
    """Where in `keys` those stand that take the places from `start` to before `stop`, the lowest first.

    `ties` gives what equal keys are put in order by; without it no two are equal.
    """
    found = np.arange(len(keys)) if stop >= len(keys) else _first(keys, ties, max(0, stop))
    order = np.lexsort((keys[found],) if ties is None else (ties(found), keys[found]))
    return found[order[start:stop]]


def _first(keys: Array, ties: Callable[[Rows], Array] | None, number: int) -> Rows:
    """Where those stand that take the first `number` places, in any order."""
    if not number:
        return np.empty(0, np.intp)
    last = _last_of(keys, number)
    before, level = np.flatnonzero(keys < last), np.flatnonzero(keys == last)
    if ties is not None and len(level) > number - len(before):
        level = level[_first(ties(level), None, number - len(before))]
    return np.concatenate([before, level])


def _last_of(keys: Array, number: int) -> float:
    """The highest of the `number` lowest keys."""
    blocks = len(keys) // _BLOCK
    if blocks > number:
        # What is lowest in so many blocks is a bound that few others stay under, which then are all that is sorted.
        bound = np.partition(keys[: blocks * _BLOCK].reshape(blocks, _BLOCK).min(1), number - 1)[number - 1]
        keys = keys[keys <= bound]
    return float(np.partition(keys, number - 1)[number - 1])
