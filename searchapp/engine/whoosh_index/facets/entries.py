"""Who carries which value of a facet: the values of each row one after the other, as counting reads them."""

from __future__ import annotations

import numpy as np

from searchapp.engine.whoosh_index.facets.handful import Counted, Handful
from searchapp.engine.whoosh_index.facets.tally import Frequent, Numbers, Tally
from searchapp.engine.whoosh_index.files.rowset import Mask, Rows, RowSet, is_new

_VALUE_BITS = 32
_KINDS = (1 << _VALUE_BITS) - 1

_HANDFUL = 8

_MOST = 4
"""With all but one in so many rows it is quicker to count the others and take them off."""


class Entries:
    """Row r carries the values `numbers[begins[r]:begins[r + 1]]`, each once; there are `values` values in all.

    `sure` says beside each number whether the row has the value declared or curated. `whole` is the tally of all rows,
    `unfilled` the rows that carry no value.
    """

    def __init__(self, begins: Rows, numbers: Numbers, sure: Mask, *, values: int) -> None:
        self.begins = begins
        self.numbers = numbers
        self.values = values
        self._sure = sure
        self._lengths = np.diff(begins).astype(np.int32)
        self._certain = None if len(sure) and sure.any() != sure.all() else bool(sure.all())
        # Both what is sure and what is not are counted at once.
        self._kinds = numbers if self._certain is not None else numbers + np.int32(values) * sure
        self.unfilled = RowSet.where(self._lengths == 0)
        self._is_filled = len(self.unfilled) == 0
        self._is_single = int(self._lengths.max(initial=0)) <= 1
        self._by_row = self._kinds_by_row() if self._is_single else numbers
        self._steps = np.arange(0 if self._is_single else len(numbers))
        self.whole = self._counted(self._kinds)
        self.frequent = Frequent.of(self.whole.dense(values))
        self.of_all: dict[bool, Counted] = {}
        """The tally of all rows that count, by whether copies are folded; kept for who asks for everything again."""

    @property
    def rows(self) -> Rows:
        """The row of each entry."""
        return np.repeat(np.arange(len(self._lengths)), self._lengths)

    def tally(self, rows: Rows) -> Tally:
        """How many of the rows, ascending, carry each value, and how many surely."""
        others = len(self._lengths) - len(rows)
        if others * _MOST > len(rows) or self.values == 0:
            return self._counted(self._carried(rows))
        if not others:
            return self.whole
        left = np.ones(len(self._lengths), np.bool_)
        left[rows] = False
        return self.whole.less(self._counted(self._carried(np.flatnonzero(left))), self.values)

    def counted(self, rows: Rows) -> Counted:
        """The same, in the quickest way."""
        if len(rows) > _HANDFUL:
            return self.tally(rows)
        carried = self._carried(rows).tolist()
        if self._certain is not None:
            return Handful(carried, carried if self._certain else ())
        values = self.values
        sure = [one - values for one in carried if one >= values]
        return Handful([one if one < values else one - values for one in carried], sure)

    def count_unfilled(self, rows: Rows) -> int:
        """How many of the rows carry no value."""
        return 0 if self._is_filled else int(np.count_nonzero(self.unfilled.mask.take(rows)))

    def carried_by(self, rows: Rows) -> Numbers:
        """What each of the rows carries where no row carries more than one value and none surely, -1 for nothing."""
        return self._by_row.take(rows)

    def tally_groups(self, rows: Rows, groups: Numbers) -> Tally:
        """How many groups have a row that carries each value, where `rows[i]` is of `groups[i]`."""
        places = self._places(rows)
        stories = np.repeat(groups.astype(np.int64), self._lengths.take(rows)) << _VALUE_BITS
        # The lowest bit is 0 for what is sure, so that of equal pairs the surest comes first.
        kinds = stories | self.numbers.take(places).astype(np.int64) << 1 | ~self._sure.take(places)
        kinds.sort()
        surest = kinds[is_new(kinds >> 1)]
        carried = (surest & _KINDS).astype(np.int32)
        return Tally.of_kinds((carried >> 1) + np.int32(self.values) * (carried & 1 == 0), self.values)

    def _places(self, rows: Rows) -> Rows:
        """Where the entries of these rows stand among all."""
        lengths = self._lengths.take(rows)
        if self._is_single:
            return self.begins.take(rows[lengths > 0])
        ends = lengths.cumsum()
        # Where the entries of each chosen row begin, less the number of those that come before them here.
        lifted = self.begins.take(rows)
        lifted -= ends
        lifted += lengths
        places = lifted.repeat(lengths)
        places += self._steps[: len(places)]
        return places

    def _carried(self, rows: Rows) -> Numbers:
        """What the rows carry, one after the other."""
        if not self._is_single:
            return self._kinds.take(self._places(rows))
        carried = self._by_row.take(rows)
        return carried if self._is_filled else carried[carried >= 0]

    def _counted(self, carried: Numbers) -> Tally:
        if self._certain is None:
            return Tally.of_kinds(carried, self.values)
        return Tally.of(carried, self.values, certain=self._certain)

    def _kinds_by_row(self) -> Numbers:
        """What each row carries, -1 where it is nothing."""
        carried = np.full(len(self._lengths), -1, np.int32)
        carried[self._lengths > 0] = self._kinds
        return carried
