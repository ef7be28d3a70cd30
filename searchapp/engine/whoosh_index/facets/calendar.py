"""When is each row dated? Its date as a number among all different ones, and in which day, month and year each of them lies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from searchapp.engine.histogram import Unit
from searchapp.engine.whoosh_index.facets.entries import Entries
from searchapp.engine.whoosh_index.files.rowset import Mask, Rows, distinct

Days = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.int64]

UNITS: dict[Unit, str] = {"day": "datetime64[D]", "month": "datetime64[M]", "year": "datetime64[Y]"}
_EPOCH = date(1970, 1, 1).toordinal()
_DAY_BITS = 32
_NEVER = np.iinfo(np.int32).max


@dataclass(frozen=True, slots=True)
class Spread:
    """Date d lies wholly in the unit `numbers[d]` of its kind, 0 where it lies in none; 1 is that of the first date."""

    numbers: Numbers
    before: int
    size: int

    def place(self, unit: int) -> int:
        """The number here of a unit that is counted from 1970."""
        return unit - self.before


class Calendar:
    """The different dates of the rows of a generation, days as proleptic Gregorian ordinals.

    Date d is from `firsts[d]` to `lasts[d]`, by first day, then last; `dates` says which one each row has, if any.
    """

    def __init__(self, first_days: Days, last_days: Days, *, undated_day: int) -> None:
        dated: Mask = first_days != undated_day
        held, numbers = _numbered(first_days[dated], last_days[dated])
        begins = np.zeros(len(dated) + 1, np.intp)
        np.cumsum(dated, out=begins[1:])
        self.firsts: Rows = held >> _DAY_BITS
        self.lasts: Rows = held & ((1 << _DAY_BITS) - 1)
        self.lengths: Rows = self.lasts - self.firsts
        self.vaguest = int(self.lengths.max(initial=0))
        """How many days the last day of a date is after the first at most."""
        self.dates = Entries(begins, numbers, np.zeros(len(numbers), np.bool_), values=len(held))
        self._spreads: dict[Unit, Spread] = {unit: self._spread(unit) for unit in UNITS}

    def spread(self, unit: Unit) -> Spread:
        """All dates by their days, months or years."""
        return self._spreads[unit]

    def _spread(self, unit: Unit) -> Spread:
        first, last = (_units(days, unit) for days in (self.firsts, self.lasts))
        whole = first == last
        before = int(first[whole].min()) - 1 if whole.any() else 0
        numbers = np.where(whole, first - before, 0)
        return Spread(numbers, before, int(numbers.max(initial=0)) + 1)


def _numbered(firsts: Days, lasts: Days) -> tuple[Rows, Days]:
    """The different spans of days in order, as `first << 32 | last`, and the number of each given one."""
    spans = firsts.astype(np.int64) << _DAY_BITS | lasts
    low = int(firsts.min(initial=_NEVER))
    is_vague = firsts != lasts
    # Nearly all are single days, which are put in order by a list of all days in less time.
    days = np.zeros(max(int(firsts.max(initial=0)) - low + 1, 0), np.int32)
    days[firsts[~is_vague] - low] = 1
    single = np.flatnonzero(days) + low
    held = np.sort(np.concatenate([single << _DAY_BITS | single, distinct(spans[is_vague])]))
    days[single - low] = np.searchsorted(held, single << _DAY_BITS | single)
    numbers = days.take(firsts - low)
    numbers[is_vague] = np.searchsorted(held, spans[is_vague])
    return held, numbers


@lru_cache(maxsize=4_096)
def unit_of(day: date, unit: Unit) -> int:
    """The number of the unit that holds the day, counted from 1970."""
    return int(_units(np.array([day.toordinal()]), unit)[0])


def _units(days: Rows, unit: Unit) -> Numbers:
    return (days - _EPOCH).astype("datetime64[D]").astype(UNITS[unit]).astype(np.int64)
