"""The counts of the values of a facet: dense where there are many, else of those alone that have any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int32]
Counts = npt.NDArray[np.int64]
Places = npt.NDArray[np.intp]
Array = npt.NDArray[Any]

_FEW = 32
"""Up to one entry for so many values it is quicker to put the entries in order than to count in a list of all values."""

_BLOCK = 64
_LITTLE = 1_024


@dataclass(frozen=True, slots=True)
class Tally:
    """`counts[i]` is the count of value `numbers[i]`, ascending, or of value `i` where that is None.

    `certain[i]` is the part of it that is declared or curated.
    """

    numbers: Places | None
    counts: Counts
    certain: Counts

    @classmethod
    def of(cls, carried: Numbers, values: int, *, certain: bool) -> Tally:
        """How often each of `values` values is among those carried, surely or not."""
        numbers, counts = _counted(carried, values)
        return cls(numbers, counts, counts if certain else np.zeros_like(counts))

    @classmethod
    def of_kinds(cls, kinds: Numbers, values: int) -> Tally:
        """The same, where each carried value stands twice over, and one more where it is sure."""
        if len(kinds) * _FEW > values:
            both = np.bincount(kinds, minlength=2 * values).reshape(-1, 2)
            return cls(None, both[:, 0] + both[:, 1], both[:, 1])
        return cls.of_few(kinds >> 1, kinds[kinds & 1 == 1] >> 1)

    @classmethod
    def of_few(cls, carried: Numbers, sure: Numbers) -> Tally:
        """How often each value is among those carried, and among those carried surely."""
        numbers, counts = _few_counted(carried)
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
            certain[there] += one.certain
        return Tally(numbers, counts, certain)

    def _changed(self, other: Tally, values: int, sign: int) -> Tally:
        counts, certain = self._spread(values)
        there = slice(None) if other.numbers is None else other.numbers
        counts[there] += sign * other.counts
        certain[there] += sign * other.certain
        return Tally(None, counts, certain)

    def _spread(self, values: int) -> tuple[Counts, Counts]:
        """New arrays with the counts of all values."""
        if self.numbers is None:
            return self.counts.copy(), self.certain.copy()
        counts, certain = np.zeros(values, np.int64), np.zeros(values, np.int64)
        counts[self.numbers], certain[self.numbers] = self.counts, self.certain
        return counts, certain

    @property
    def distinct(self) -> int:
        """How many values have a count."""
        return int(np.count_nonzero(self.counts))

    def found(self) -> Places:
        """The values that have a count, ascending."""
        places = np.flatnonzero(self.counts)
        return places if self.numbers is None else self.numbers[places]

    def count(self, number: int | None) -> int:
        """The count of one value."""
        place = self._place(number)
        return 0 if place is None else int(self.counts[place])

    def sure(self, number: int | None) -> int:
        """The declared or curated part of the count of one value."""
        place = self._place(number)
        return 0 if place is None else int(self.certain[place])

    def counts_of(self, numbers: Places) -> Counts:
        """The count of each of these values."""
        if self.numbers is None:
            return self.counts[numbers]
        return np.array([self.count(number) for number in numbers.tolist()], np.int64)

    def first(self, size: int) -> list[int]:
        """The `size` values of the highest counts, those that have one; of equal counts the lower numbers."""
        return [number for number, _, _ in self.leaders(size)]

    def leaders(self, size: int) -> list[tuple[int, int, int]]:
        """The same, each with its count and the declared or curated part of that."""
        places = leading(self.counts, size)
        numbers = places if self.numbers is None else self.numbers[places]
        columns = (held.tolist() for held in (numbers, self.counts[places], self.certain[places]))
        return list(zip(*columns, strict=True))

    def _place(self, number: int | None) -> int | None:
        if number is None or self.numbers is None:
            return number
        place = int(np.searchsorted(self.numbers, number))
        return place if place < len(self.numbers) and self.numbers[place] == number else None


def leading(counts: Counts, size: int) -> Places:
    """The places of the `size` highest counts above 0, the highest first; of equal ones the lower places first."""
    # A partial sort is slow where most counts are equal, as those of names are.
    blocks = len(counts) // _BLOCK
    if blocks <= size or len(counts) <= _LITTLE:
        places = np.argsort(-counts, kind="stable")[:size]
        return places[counts[places] > 0]
    highest = counts[: blocks * _BLOCK].reshape(blocks, _BLOCK).max(axis=1)
    # So many blocks have a count of this or more, so that no lower one can be among the first.
    bound = int(np.partition(highest, blocks - size)[blocks - size]) if size else 0
    above = np.flatnonzero(counts > bound)
    ranked = above[np.argsort(-counts[above], kind="stable")[:size]]
    if len(ranked) == size or bound == 0:
        return ranked
    return np.concatenate([ranked, np.flatnonzero(counts == bound)[: size - len(ranked)]])


def _counted(carried: Numbers, values: int) -> tuple[Places | None, Counts]:
    if len(carried) * _FEW > values:
        return None, np.bincount(carried, minlength=values)
    return _few_counted(carried)


def _few_counted(carried: Numbers) -> tuple[Places, Counts]:
    """The distinct values among those carried, ascending, with how often each is."""
    carried = np.sort(carried)
    starts = np.flatnonzero(is_new(carried))
    return carried[starts].astype(np.intp), np.diff(starts, append=len(carried))


def distinct(numbers: Array) -> Array:
    """The distinct ones of these numbers, ascending."""
    # A sort of plain numbers is quicker than the hash table of `np.unique`.
    numbers = np.sort(numbers)
    return numbers[is_new(numbers)]


def is_new(ordered: Array) -> npt.NDArray[np.bool_]:
    """Which of the ordered numbers are not like the one before."""
    new = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return new
