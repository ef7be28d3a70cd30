"""Which bars does a histogram of dates have? The scale first, then what an engine has counted for each of its bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from searchapp.model import Bar, Days, days_of

Unit = Literal["day", "month", "year"]

MOST_DAYS_BY_DAY = 62
MOST_DAYS_BY_MONTH = 3 * 365 + 1
MOST_BARS = 1_000

_LABEL_LENGTH: dict[Unit, int] = {"day": 10, "month": 7, "year": 4}
_DAY = timedelta(days=1)
_EVER = Days(date.min, date.max)


@dataclass(frozen=True, slots=True)
class Scale:
    """What to count: a result belongs to a bar when the bar holds the days of its date.

    `bars` are in order and do not overlap; together they span the chosen range, or else all dated results. `names` has
    the label of each, its first and its last day.
    """

    unit: Unit
    bars: tuple[Days, ...]
    names: tuple[tuple[str, str, str], ...] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        length = _LABEL_LENGTH[self.unit]
        days = [(bar.first.isoformat(), bar.last.isoformat()) for bar in self.bars]
        object.__setattr__(self, "names", tuple((first[:length], first, last) for first, last in days))

    @property
    def longest(self) -> int:
        """The number of days that a date of the bars' precision can have; one of more is too vague for any bar."""
        return {"day": 1, "month": 31, "year": 366}[self.unit]


def make_scale(dated: Days | None, chosen: Days | None) -> Scale | None:
    """The bars to count, clipped to the chosen range; None where nothing is dated.

    `dated` reaches from the first to the last day of all dated results, the chosen range lifted. An end of `chosen`
    that is open (`date.min`, `date.max`) is closed by them.
    """
    if dated is None:
        return None
    within = chosen or _EVER
    first = dated.first if within.first == date.min else within.first
    last = dated.last if within.last == date.max else within.last
    days = (last - first).days + 1
    unit: Unit = "year" if days > MOST_DAYS_BY_MONTH else "month" if days > MOST_DAYS_BY_DAY else "day"
    bars = tuple(_units(first, last, unit))
    if chosen is not None:
        bars = tuple(Days(max(bar.first, chosen.first), min(bar.last, chosen.last)) for bar in bars)
    return Scale(unit, bars)


def finish_bars(scale: Scale, counts: Sequence[int]) -> tuple[Bar, ...]:
    """The bars from the first to the last that is not empty, given the count of each bar of the scale.

    Where they would be more than MOST_BARS, the empty ones between are left out too.
    """
    full = [at for at, count in enumerate(counts) if count]
    if not full:
        return ()
    listed: Sequence[int] = range(full[0], full[-1] + 1)
    if len(listed) > MOST_BARS:
        listed = full
    names = scale.names
    return tuple([Bar(*names[at], counts[at], counts[at]) for at in listed])


def wider(chosen: Days | None) -> tuple[str | None, str | None] | None:
    """The month or else the year around the chosen range, (None, None) for no range; None where none is chosen."""
    if chosen is None:
        return None
    for length in (7, 4):
        around = days_of(chosen.first.isoformat()[:length])
        if around.holds(chosen) and around != chosen:
            return around.first.isoformat(), around.last.isoformat()
    return None, None


def _units(first: date, last: date, unit: Unit) -> Iterator[Days]:
    """The whole units from that of the one day to that of the other; none where the last day comes before the first."""
    start = first
    while start <= last:
        whole = _around(start.isoformat()[: _LABEL_LENGTH[unit]])
        yield whole
        if whole.last == date.max:
            return
        start = whole.last + _DAY


@lru_cache(maxsize=4_096)
def _around(text: str) -> Days:
    # The same years and months are on nearly every scale.
    return days_of(text)
