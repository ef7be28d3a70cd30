"""The postings of a generation as arrays: which rows hold a token, how often and where; read once, then remembered."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt
from whoosh.reading import SegmentReader

from searchapp.engine.whoosh_index.blocks import Counts, Postings, Rows, find_postings, positions_in

Keys = npt.NDArray[np.int64]

ROW_BITS = 32
"""A place in the index is one number: the row, and in its lower 32 bits the position."""

_NOTHING = Postings(np.empty(0, np.int32), np.empty(0, np.int32), [])
_OVERHEAD = 200
_BYTES_OF_POSITIONS = 64


@dataclass(frozen=True, slots=True)
class Source:
    """One segment as postings are read from it: its rows begin at `base`."""

    name: str
    base: int
    reader: SegmentReader


class PostingCache:
    """The postings used last, of all generations, up to a number of bytes; safe to share among threads."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held: OrderedDict[tuple[str, str, str, bool], Postings] = OrderedDict()
        self._size = 0
        self._guard = threading.Lock()

    def get(self, source: Source, field: str, token: str, *, with_positions: bool) -> Postings:
        """The postings of a token in one segment, empty where no document holds it."""
        key = (source.name, field, token, with_positions)
        with self._guard:
            held = self._held.get(key)
            if held is not None:
                self._held.move_to_end(key)
                return held
        read = find_postings(source.reader, field, token, with_positions=with_positions) or _NOTHING
        self._remember(key, read)
        return read

    def keep(self, segments: Collection[str]) -> None:
        """Let go of the postings of all segments but these."""
        with self._guard:
            for key in [key for key in self._held if key[0] not in segments]:
                self._size -= _size(self._held.pop(key))

    def _remember(self, key: tuple[str, str, str, bool], read: Postings) -> None:
        with self._guard:
            if key in self._held:
                return
            self._held[key] = read
            self._size += _size(read)
            while self._size > self._limit and len(self._held) > 1:
                _, dropped = self._held.popitem(last=False)
                self._size -= _size(dropped)


class PostingReader:
    """Reads the postings of all segments of a generation; rows that are deleted are among them."""

    def __init__(self, sources: Sequence[Source], cache: PostingCache) -> None:
        self._sources = tuple(sources)
        self._cache = cache

    def rows(self, field: str, token: str) -> tuple[Rows, Counts]:
        """The rows that hold the token, ascending, and how often each does."""
        held = [self._cache.get(source, field, token, with_positions=False) for source in self._sources]
        if len(held) == 1 and self._sources[0].base == 0:
            return held[0].rows, held[0].counts
        rows = [one.rows + np.int32(source.base) for one, source in zip(held, self._sources, strict=True)]
        return _joined(rows), _joined([one.counts for one in held])

    def places(self, field: str, token: str, rows: Rows) -> Keys:
        """Where the token stands in those of `rows` that hold it, ascending: row and position as one number each."""
        found = []
        for source in self._sources:
            held = self._cache.get(source, field, token, with_positions=True)
            wanted = np.flatnonzero(np.isin(held.rows + np.int32(source.base), rows, assume_unique=True))
            if len(wanted):
                found.append(_places(held, wanted, source.base))
        return np.concatenate(found) if found else np.empty(0, np.int64)


def _places(held: Postings, wanted: npt.NDArray[np.intp], base: int) -> Keys:
    stored = held.positions or []
    steps = [positions_in(stored[place]) for place in wanted.tolist()]
    lengths = np.fromiter(map(len, steps), np.int64, len(steps))
    summed = np.cumsum(np.fromiter(chain.from_iterable(steps), np.int64, int(lengths.sum())))
    # The steps begin anew in each document, so what the documents before it add up to is taken off.
    before = np.concatenate(([0], summed[np.cumsum(lengths)[:-1] - 1]))
    rows = held.rows[wanted].astype(np.int64) + base
    places: Keys = (np.repeat(rows, lengths) << ROW_BITS) + summed - np.repeat(before, lengths)
    return places


def _joined(arrays: list[npt.NDArray[np.int32]]) -> npt.NDArray[np.int32]:
    return np.concatenate(arrays) if arrays else np.empty(0, np.int32)


def _size(postings: Postings) -> int:
    stored = len(postings.positions or ()) * _BYTES_OF_POSITIONS
    return int(postings.rows.nbytes + postings.counts.nbytes) + stored + _OVERHEAD
