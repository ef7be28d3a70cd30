"""The postings of a generation as arrays: which rows hold a token, how often and where."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from whoosh.reading import SegmentReader

from searchapp.engine.whoosh_index.files.blocks import Counts, Rows, find_postings, positions_in
from searchapp.engine.whoosh_index.files.inverted import begins_of, sizes_of
from searchapp.engine.whoosh_index.files.sidecar import ROW_BITS, Keys
from searchapp.engine.whoosh_index.files.tables import Tables
from searchapp.engine.whoosh_index.words.recent import Recent

__all__ = ["ROW_BITS", "Keys", "PostingReader", "Source"]

CACHED_POSTINGS = 1 << 24
"""Bytes of postings that a generation keeps at hand."""

_OVERHEAD = 300

_POSITION = (1 << ROW_BITS) - 1

_Held = tuple[Rows, Counts]
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """One segment as postings are read from it: its rows are those from `base` on."""

    name: str
    base: int
    reader: SegmentReader
    tables: Tables

    def rows(self, field: str, token: str) -> _Held:
        """The rows that hold the token and how often: from the sidecar, or where it lacks the field, from Whoosh."""
        sidecar = self.tables.sidecar(field)
        if sidecar is not None:
            held = sidecar.find(token.encode())
            rows = sidecar.rows(held)
            return rows + np.int32(self.base) if self.base else rows, sidecar.frequencies(held)
        found = find_postings(self.reader, field, token)
        if found is None:
            return np.empty(0, np.int32), np.empty(0, np.int32)
        return found.rows + np.int32(self.base), found.counts

    def places(self, field: str, token: str, rows: Rows) -> Keys:
        """Where the token stands in those of `rows` (ascending) that hold it."""
        own = rows[np.searchsorted(rows, self.base) :] - np.int32(self.base)
        sidecar = self.tables.sidecar(field)
        if sidecar is not None:
            places = sidecar.places(sidecar.find(token.encode()), own)
        else:
            places = _places_in_blocks(self.reader, field, token, own)
        return places + (self.base << ROW_BITS)

    def positions(self, field: str, token: str, rows: Sequence[int]) -> dict[int, list[int]]:
        """The positions of the token in those of `rows` (of the segment, ascending) that hold it."""
        sidecar = self.tables.sidecar(field)
        if sidecar is not None:
            return sidecar.positions(sidecar.find(token.encode()), rows)
        found: dict[int, list[int]] = {}
        for place in _places_in_blocks(self.reader, field, token, np.array(rows, np.int32)).tolist():
            found.setdefault(place >> ROW_BITS, []).append(place & _POSITION)
        return found


class PostingReader:
    """Reads the postings of all segments of a generation; rows that are deleted are among them."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = tuple(sources)
        self._bases = [source.base for source in sources]
        self._cache: Recent[_Key, _Held] = Recent(CACHED_POSTINGS, _size)

    def rows(self, field: str, token: str) -> tuple[Rows, Counts]:
        """The rows that hold the token, ascending, and how often each does; neither may be changed."""
        key = field, token
        held = self._cache.get(key)
        if held is None:
            held = self._read(field, token)
            self._cache.put(key, held)
        return held

    def _read(self, field: str, token: str) -> _Held:
        found = [source.rows(field, token) for source in self._sources]
        if len(found) == 1:
            return found[0]
        empty = np.empty(0, np.int32)
        return np.concatenate([empty, *(rows for rows, _ in found)]), np.concatenate([empty, *(one for _, one in found)])

    def places(self, field: str, token: str, rows: Rows) -> Keys:
        """Where the token stands in those of `rows` (ascending) that hold it, ascending: row and position as one number.

        The work grows with the rows that are asked for, not with those that hold the token.
        """
        found = []
        for number, source in enumerate(self._sources):
            end = self._sources[number + 1].base if number + 1 < len(self._sources) else None
            own = rows if end is None else rows[: np.searchsorted(rows, end)]
            if len(own) and own[-1] >= source.base:
                found.append(source.places(field, token, own))
        return found[0] if len(found) == 1 else np.concatenate([np.empty(0, np.int64), *found])

    def by_segment(self, rows: Sequence[int]) -> list[tuple[Source, list[int]]]:
        """The segments that have some of these rows (ascending), with what they call them."""
        parted = []
        for number, source in enumerate(self._sources):
            first = bisect_left(rows, source.base)
            end = bisect_left(rows, self._bases[number + 1]) if number + 1 < len(self._bases) else len(rows)
            if first < end:
                parted.append((source, [row - source.base for row in rows[first:end]]))
        return parted


def _places_in_blocks(reader: SegmentReader, field: str, token: str, rows: Rows) -> Keys:
    held = find_postings(reader, field, token, with_positions=True)
    if held is None:
        return np.empty(0, np.int64)
    wanted = np.flatnonzero(np.isin(held.rows, rows, assume_unique=True))
    stored = held.positions or []
    steps = [positions_in(stored[place]) for place in wanted.tolist()]
    begins = begins_of(np.fromiter(map(len, steps), np.int64, len(steps)))
    summed = np.cumsum(np.fromiter(chain.from_iterable(steps), np.int64, int(begins[-1])))
    # The steps begin anew in each document, so what the documents before it add up to is taken off.
    before = np.append(0, summed)[begins[:-1]]
    keys: Keys = np.repeat((held.rows[wanted].astype(np.int64) << ROW_BITS) - before, sizes_of(begins)) + summed
    return keys


def _size(held: _Held) -> int:
    """About how many bytes these take; rows that are mapped count as if they were held."""
    rows, counts = held
    return int(rows.nbytes + counts.nbytes) + _OVERHEAD
