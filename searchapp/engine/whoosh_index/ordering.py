"""In which order do rows stand? The place of every row of a generation in every sort, worked out once."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from searchapp.analysis import fold
from searchapp.engine.whoosh_index.arrays import Array
from searchapp.engine.whoosh_index.facet_index import FacetIndex
from searchapp.engine.whoosh_index.stories import Stories
from searchapp.engine.whoosh_index.tables import Runs

Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int32]
Rows = npt.NDArray[np.intp]


class Sortable(Protocol):
    """What rows are put in order by: one array element a row."""

    size: int
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

    def shown(self, passing: Mask) -> Rows:
        """The rows that stand for the stories of the passing ones: the earliest dated copy, else the lowest id."""
        stories = self._snapshot.stories
        copied = np.flatnonzero(passing & stories.copied)
        by_story = copied[np.lexsort((self.places("date")[copied], stories.story[copied]))]
        _, first = np.unique(stories.story[by_story], return_index=True)
        return np.concatenate([np.flatnonzero(passing & ~stories.copied), by_story[first]])

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


def first_rows(keys: Sequence[Array], rows: Rows, *, start: int, stop: int) -> list[int]:
    """Those of the rows that stand from place `start` to before `stop` by these keys, the first key first."""
    leading = keys[0][rows]
    if stop < len(rows):
        # Only what may come before the last place wanted is put in order.
        rows = rows[leading <= np.partition(leading, stop - 1)[stop - 1]] if stop > 0 else rows[:0]
    order = np.lexsort(tuple(key[rows] for key in reversed(keys)))
    return [int(row) for row in rows[order[start:stop]]]
