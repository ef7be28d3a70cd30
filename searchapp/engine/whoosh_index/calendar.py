"""When is each row dated? Its day, month and year as numbers to count by, and which rows have no date or a vague one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from searchapp.engine.histogram import Unit
from searchapp.engine.whoosh_index.rowset import Mask, Rows, RowSet
from searchapp.model import Days

Numbers = npt.NDArray[np.int32]

_UNITS: dict[Unit, str] = {"day": "datetime64[D]", "month": "datetime64[M]", "year": "datetime64[Y]"}
_EPOCH = date(1970, 1, 1).toordinal()
_NEVER = np.iinfo(np.int32).max


@dataclass(frozen=True, slots=True)
class Spread:
    """Row r lies wholly in the unit `numbers[r]` of its kind, 0 where it lies in none; 1 is that of the first row."""

    numbers: Numbers
    before: int
    size: int

    def place(self, unit: int) -> int:
        """The number here of a unit that is counted from 1970."""
        return unit - self.before


class Calendar:
    """The dates of all rows of a generation, days as proleptic Gregorian ordinals; undated rows have `undated_day`."""

    def __init__(self, first_days: Numbers, last_days: Numbers, *, undated_day: int) -> None:
        self._first = first_days
        self._last = last_days
        self._dated: Mask = first_days != undated_day
        self._spreads: dict[Unit, Spread] = {}

    @cached_property
    def undated(self) -> RowSet:
        """The rows without a date."""
        return RowSet(len(self._dated), numbers=np.flatnonzero(~self._dated))

    def vaguer(self, days: int) -> RowSet:
        """The rows whose date may be any of more days than that."""
        vague = self._vague
        return RowSet(len(self._dated), numbers=vague[self._last[vague] - self._first[vague] >= days])

    def reach(self, rows: RowSet) -> Days | None:
        """From the first to the last day of the dated rows among these; None where there are none."""
        last = int(self._last.take(rows.numbers).max(initial=0))
        if last == 0:
            return None
        return Days(date.fromordinal(int(self._beginnings.take(rows.numbers).min())), date.fromordinal(last))

    def spread(self, unit: Unit) -> Spread:
        """All rows by their days, months or years."""
        if unit not in self._spreads:
            first, last = (_units(days, unit) for days in (self._first, self._last))
            whole = self._dated & (first == last)
            before = int(first[whole].min()) - 1 if whole.any() else 0
            numbers = np.where(whole, first - before, 0).astype(np.int32)
            self._spreads[unit] = Spread(numbers, before, int(numbers.max(initial=0)) + 1)
        return self._spreads[unit]

    @cached_property
    def _vague(self) -> Rows:
        """The rows whose date is no single day."""
        return np.flatnonzero(self._first != self._last)

    @cached_property
    def _beginnings(self) -> Numbers:
        """The first day of each row, that of undated ones after all others."""
        return np.where(self._dated, self._first, np.int32(_NEVER))


def unit_of(day: date, unit: Unit) -> int:
    """The number of the unit that holds the day, counted from 1970."""
    return int(_units(np.array([day.toordinal()], np.int32), unit)[0])


def _units(days: Numbers, unit: Unit) -> npt.NDArray[np.int64]:
    return (days.astype(np.int64) - _EPOCH).astype("datetime64[D]").astype(_UNITS[unit]).astype(np.int64)
