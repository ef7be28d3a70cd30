"""The counts of the values of a facet among a handful of rows, in plain Python, which is quicker for so few."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from searchapp.engine.whoosh_index.facets.tally import Counts, Frequent, Places, Tally


class Handful:
    """What a `Tally` says, counted one by one: how often each value is `carried`, and how often of these surely."""

    __slots__ = ("_counts", "_sure", "distinct")

    def __init__(self, carried: Sequence[int], sure: Sequence[int]) -> None:
        self._counts = Counter(carried)
        self._sure = self._counts if sure is carried else Counter(sure)
        self.distinct = len(self._counts)
        """How many values have a count."""

    def found(self) -> Places:
        """The values that have a count, ascending."""
        return np.array(sorted(self._counts), np.intp)

    def count(self, number: int | None) -> int:
        """The count of one value."""
        return 0 if number is None else self._counts[number]

    def sure(self, number: int | None) -> int:
        """The declared or curated part of the count of one value."""
        return 0 if number is None else self._sure[number]

    def counts_of(self, numbers: Places) -> Counts:
        """The count of each of these values."""
        return np.array([self._counts[number] for number in numbers.tolist()], np.int64)

    def first(self, size: int, frequent: Frequent) -> list[int]:
        """The `size` values of the highest counts; of equal counts the lower numbers."""
        return [number for number, _, _ in self.leaders(size, frequent)]

    def leaders(self, size: int, frequent: Frequent) -> list[tuple[int, int, int]]:
        """The same, each with its count and the declared or curated part of that."""
        sure = self._sure
        # Sorted by number first, those of equal counts stay in this order.
        ranked = sorted(sorted(self._counts.items()), key=_count, reverse=True)[:size]
        return [(number, count, sure[number]) for number, count in ranked]

    def plus(self, other: Tally, values: int) -> Tally:
        """What both count together of `values` values."""
        numbers = self.found()
        sure = np.array([self._sure[number] for number in numbers.tolist()], np.int64)
        return Tally(numbers, self.counts_of(numbers), sure).plus(other, values)


Counted = Tally | Handful


def _count(item: tuple[int, int]) -> int:
    return item[1]
