"""Who carries which value of a facet: the values of each row one after the other, as counting reads them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from searchapp.engine.whoosh_index.rowset import Mask, Rows, RowSet
from searchapp.engine.whoosh_index.tally import Numbers, Tally, is_new

_VALUE_BITS = 32
_KINDS = (1 << _VALUE_BITS) - 1

_MOST = 4
"""With all but one in so many rows it is quicker to count the others and take them off."""


class Entries:
    """Row r carries the values `numbers[begins[r]:begins[r + 1]]`, each once; there are `values` values in all.

    `sure` says beside each number whether the row has the value declared or curated.
    """

    def __init__(self, begins: Rows, numbers: Numbers, sure: Mask, *, values: int) -> None:
        self.begins = begins
        self.numbers = numbers
        self.values = values
        self._sure = sure
        self._lengths: Rows = np.diff(begins)
        self.of_all: dict[bool, Tally] = {}
        """The tally of all rows that count, by whether copies are folded; kept for who asks for everything again."""

    @cached_property
    def unfilled(self) -> RowSet:
        """The rows that carry no value."""
        return RowSet(len(self._lengths), numbers=np.flatnonzero(self._lengths == 0))

    @cached_property
    def rows(self) -> Rows:
        """The row of each entry."""
        return np.repeat(np.arange(len(self._lengths)), self._lengths)

    def tally(self, rows: Rows) -> Tally:
        """How many of the rows, ascending, carry each value, and how many surely."""
        others = len(self._lengths) - len(rows)
        if others * _MOST > len(rows) or self.values == 0:
            return self._tally(self.places(rows))
        left = np.ones(len(self._lengths), np.bool_)
        left[rows] = False
        return self._whole.less(self._tally(self.places(np.flatnonzero(left))), self.values) if others else self._whole

    def tally_groups(self, rows: Rows, groups: Numbers) -> Tally:
        """How many groups have a row that carries each value, where `rows[i]` is of `groups[i]`."""
        places = self.places(rows)
        stories = np.repeat(groups.astype(np.int64), self._lengths.take(rows)) << _VALUE_BITS
        # The lowest bit is 0 for what is sure, so that of equal pairs the surest comes first.
        kinds = stories | self.numbers.take(places).astype(np.int64) << 1 | ~self._sure.take(places)
        kinds.sort()
        surest = kinds[is_new(kinds >> 1)]
        return Tally.of_kinds((surest & _KINDS ^ 1).astype(np.int32), self.values)

    def places(self, rows: Rows) -> Rows:
        """Where the entries of these rows stand among all."""
        begins, lengths = self.begins.take(rows), self._lengths.take(rows)
        if self._single:
            return begins[lengths > 0]
        ends = np.cumsum(lengths)
        # Where the entries of each chosen row begin, less the number of those that come before them here.
        places = np.repeat(begins - ends + lengths, lengths)
        places += self._steps[: len(places)]
        return places

    def carrying(self, numbers: Sequence[int], *, sure: bool = False) -> RowSet:
        """The rows that carry one of these values at least; if `sure`, by a declared or curated entry."""
        if len(numbers) == 1:
            held = self.numbers == numbers[0]
        else:
            wanted = np.zeros(self.values, np.bool_)
            wanted[list(numbers)] = True
            held = wanted[self.numbers]
        if sure:
            held &= self._sure
        rows = np.searchsorted(self.begins, np.flatnonzero(held), side="right") - 1
        # A row stands once for each of the values that it carries.
        return RowSet(len(self._lengths), numbers=rows if len(numbers) == 1 else np.unique(rows))

    def _tally(self, places: Rows) -> Tally:
        if self._certain is not None:
            return Tally.of(self.numbers.take(places), self.values, certain=self._certain)
        return Tally.of_kinds(self._kinds.take(places), self.values)

    @cached_property
    def _certain(self) -> bool | None:
        """Whether all entries are sure, or none is; None where some are."""
        return None if len(self._sure) and self._sure.any() != self._sure.all() else bool(self._sure.all())

    @cached_property
    def _kinds(self) -> Numbers:
        """Each number twice over, and one more where it is sure, so that both are counted at once."""
        return self.numbers << 1 | self._sure

    @cached_property
    def _whole(self) -> Tally:
        return self._tally(self._steps)

    @cached_property
    def _single(self) -> bool:
        """Whether no row carries more than one value."""
        return bool((self._lengths <= 1).all())

    @cached_property
    def _steps(self) -> Rows:
        return np.arange(len(self.numbers))
