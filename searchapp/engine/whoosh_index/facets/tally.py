"""The counts of the values of a facet: dense where there are many, else of those alone that have any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from searchapp.engine.whoosh_index.files.rowset import is_new

Numbers = npt.NDArray[np.int32]
Counts = npt.NDArray[np.int64]
Places = npt.NDArray[np.intp]
Array = npt.NDArray[Any]

_FEW = 96
"""Up to one entry for so many values it is quicker to put the entries in order than to count in a list of all values."""

_MOST_FREQUENT = 512
_LITTLE = 64
_CHUNK = 4_096


@dataclass(frozen=True, slots=True)
class Frequent:
    """The values that most rows of all carry, ascending, and how many rows carry any other one at most."""

    numbers: Places
    rest: int

    @classmethod
    def of(cls, counts: Counts) -> Frequent:
        """Those of the highest ones of these counts of all values."""
        if len(counts) <= _MOST_FREQUENT:
            return cls(np.arange(len(counts)), 0)
        order = np.argpartition(counts, len(counts) - _MOST_FREQUENT)
        return cls(np.sort(order[-_MOST_FREQUENT:]), int(counts[order[:-_MOST_FREQUENT]].max()))


@dataclass(frozen=True, slots=True)
class Tally:
    """`counts[i]` is the count of value `numbers[i]`, ascending, or of value `i` where that is None.

    `certain[i]` is the part of it that is declared or curated; None where nothing is.
    """

    numbers: Places | None
    counts: Counts
    certain: Counts | None

    @classmethod
    def of(cls, carried: Numbers, values: int, *, certain: bool) -> Tally:
        """How often each of `values` values is among those carried, surely or not."""
        if len(carried) * _FEW > values:
            numbers, counts = None, np.bincount(carried, minlength=values)
        else:
            numbers, counts = _few_counted(carried)
        return cls(numbers, counts, counts if certain else None)

    @classmethod
    def of_kinds(cls, kinds: Numbers, values: int) -> Tally:
        """The same, where `values` is added to the number of what is carried surely."""
        if len(kinds) * _FEW > values:
            both = np.bincount(kinds, minlength=2 * values)
            return cls(None, both[:values] + both[values:], both[values:])
        numbers, counts = _few_counted(kinds % values)
        sure = kinds[kinds >= values] - values
        return cls(numbers, counts, np.bincount(np.searchsorted(numbers, sure), minlength=len(numbers)))

    def less(self, other: Tally, values: int) -> Tally:
        """What this counts of `values` values without what another counts."""
        return self._changed(other, values, -1)

    def plus(self, other: Tally, values: int) -> Tally:
        """What both count together of `values` values."""
        if self.numbers is None or other.numbers is None:
            dense, added = (self, other) if self.numbers is None else (other, self)
            return dense._changed(added, values, 1)
        numbers, places = np.unique(np.concatenate((self.numbers, other.numbers)), return_inverse=True)
        counts, certain = np.zeros(len(numbers), np.int64), np.zeros(len(numbers), np.int64)
        for one, there in ((self, places[: len(self.numbers)]), (other, places[len(self.numbers) :])):
            counts[there] += one.counts
            if one.certain is not None:
                certain[there] += one.certain
        return Tally(numbers, counts, certain)

    def _changed(self, other: Tally, values: int, sign: int) -> Tally:
        counts, certain = self._spread(values)
        there = slice(None) if other.numbers is None else other.numbers
        counts[there] += sign * other.counts
        if other.certain is not None:
            certain[there] += sign * other.certain
        return Tally(None, counts, certain)

    def _spread(self, values: int) -> tuple[Counts, Counts]:
        """New arrays with the counts of all values."""
        if self.numbers is None:
            return self.counts.copy(), np.zeros_like(self.counts) if self.certain is None else self.certain.copy()
        counts, certain = np.zeros(values, np.int64), np.zeros(values, np.int64)
        counts[self.numbers], certain[self.numbers] = self.counts, 0 if self.certain is None else self.certain
        return counts, certain

    def dense(self, values: int) -> Counts:
        """The counts of all values."""
        return self.counts if self.numbers is None else self._spread(values)[0]

    @property
    def distinct(self) -> int:
        """How many values have a count."""
        return int(np.count_nonzero(self.counts))

    def found(self) -> Places:
        """The values that have a count, ascending."""
        places = np.flatnonzero(self.counts)
        if self.numbers is None:
            return places
        return self.numbers if len(places) == len(self.numbers) else self.numbers[places]

    def count(self, number: int | None) -> int:
        """The count of one value."""
        place = self._place(number)
        return 0 if place is None else int(self.counts[place])

    def sure(self, number: int | None) -> int:
        """The declared or curated part of the count of one value."""
        place = self._place(number)
        return 0 if place is None or self.certain is None else int(self.certain[place])

    def counts_of(self, numbers: Places) -> Counts:
        """The count of each of these values."""
        if self.numbers is None:
            return self.counts.take(numbers)
        if numbers is self.numbers:
            return self.counts
        return np.array([self.count(number) for number in numbers.tolist()], np.int64)

    def first(self, size: int, frequent: Frequent) -> list[int]:
        """The `size` values of the highest counts, those that have one; of equal counts the lower numbers."""
        return [number for number, _, _ in self.leaders(size, frequent)]

    def leaders(self, size: int, frequent: Frequent) -> list[tuple[int, int, int]]:
        """The same, each with its count and the declared or curated part of that."""
        if self.numbers is None:
            numbers = places = leading(self.counts, size, frequent)
        else:
            places = _highest(self.counts, size)
            numbers = self.numbers[places]
        counts = self.counts[places].tolist()
        certain = self.certain
        if certain is None:
            sure = [0] * len(counts)
        else:
            sure = counts if certain is self.counts else certain[places].tolist()
        return list(zip(numbers.tolist(), counts, sure, strict=True))

    def _place(self, number: int | None) -> int | None:
        if number is None or self.numbers is None:
            return number
        place = int(np.searchsorted(self.numbers, number))
        return place if place < len(self.numbers) and self.numbers[place] == number else None


def leading(counts: Counts, size: int, frequent: Frequent) -> Places:
    """The places of the `size` highest counts above 0, the highest first; of equal ones the lower places first."""
    if len(counts) <= size:
        return _highest(counts, size)
    first = frequent.numbers
    likely = counts.take(first)
    places = first[_highest(likely, size)]
    bound = int(counts[places[-1]]) if 0 < len(places) == size else 0
    # No other value can have more results than rows.
    if bound > frequent.rest or len(first) == len(counts):
        return places
    above = np.flatnonzero(counts > bound)
    ranked = above[_highest(counts[above], size)]
    if len(ranked) == size or bound == 0:
        return ranked
    return np.concatenate([ranked, _first_equal(counts, bound, size - len(ranked))])


def _highest(counts: Counts, size: int) -> Places:
    """The same, for not so many counts."""
    if len(counts) <= max(_LITTLE, size):
        places = np.argsort(-counts, kind="stable")[:size]
        return places[counts[places] > 0]
    bound = max(int(np.partition(counts, -size)[-size]), 1) if size else 1
    above = np.flatnonzero(counts >= bound)
    return above[np.argsort(-counts[above], kind="stable")[:size]]


def _first_equal(counts: Counts, wanted: int, size: int) -> Places:
    """The first `size` places with this count, or as many as there are."""
    start, width, found = 0, _CHUNK, np.empty(0, np.intp)
    while len(found) < size and start < len(counts):
        held = np.flatnonzero(counts[start : start + width] == wanted)
        found = np.concatenate([found, held + start])
        start, width = start + width, width * 4
    return found[:size]


def _few_counted(carried: Numbers) -> tuple[Places, Counts]:
    """The distinct values among those carried, ascending, with how often each is."""
    size = len(carried)
    carried = np.sort(carried)
    starts = np.flatnonzero(is_new(carried))
    counts = np.empty(len(starts), np.intp)
    if len(starts):
        np.subtract(starts[1:], starts[:-1], out=counts[:-1])
        counts[-1] = size - starts[-1]
    return carried[starts].astype(np.intp), counts
