"""Into which bars does a histogram of dates fall, and which range lies one step further out? The calendar alone."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from searchapp.model import Days, SearchQuery, days_of

Unit = Literal["day", "month", "year"]

MONTHS_OVER_DAYS = 62
YEARS_OVER_DAYS = 3 * 366
MAX_BARS = 1_000
_OPEN = Days(datetime.date.min, datetime.date.max)


@dataclass(frozen=True, slots=True)
class Plan:
    """The bars of a histogram, in order and without gaps: `labels[i]` names the days `spans[i]`."""

    unit: Unit
    labels: tuple[str, ...]
    spans: tuple[Days, ...]


def chosen_range(query: SearchQuery) -> Days | None:
    """The days that the query's range of dates holds, open ends at the ends of the calendar; None without a range."""
    if query.date_from is None and query.date_to is None:
        return None
    first = days_of(query.date_from).first if query.date_from else _OPEN.first
    last = days_of(query.date_to).last if query.date_to else _OPEN.last
    return Days(first, last)


def plan(chosen: Days | None, dated: Days | None) -> Plan | None:
    """The bars for the chosen range, or without one for the days that the results span; None where nothing is dated.

    Years over 3 years of span, months over 62 days, else days. An open end of the range is closed by the results. Bars
    reach from the first to the last dated result and are clipped to the chosen range.
    """
    if dated is None:
        return None
    span = _closed(chosen, dated) if chosen else dated
    length = (span.last - span.first).days + 1
    unit: Unit = "year" if length > YEARS_OVER_DAYS else "month" if length > MONTHS_OVER_DAYS else "day"
    shown = Days(max(span.first, dated.first), min(span.last, dated.last))
    if (shown.last.year - shown.first.year) * 12 + shown.last.month - shown.first.month >= MAX_BARS:
        unit = "year"
    bars = list(_bars(shown, unit, chosen or _OPEN))
    return Plan(unit, tuple(label for label, _ in bars), tuple(days for _, days in bars))


def _closed(chosen: Days, dated: Days) -> Days:
    first = dated.first if chosen.first == _OPEN.first else chosen.first
    last = dated.last if chosen.last == _OPEN.last else chosen.last
    return Days(min(first, last), max(first, last))


def _bars(shown: Days, unit: Unit, within: Days) -> Iterator[tuple[str, Days]]:
    label = shown.first.isoformat()[: _LENGTHS[unit]]
    while True:
        days = days_of(label)
        if days.first > shown.last:
            return
        yield label, Days(max(days.first, within.first), min(days.last, within.last))
        if days.last == datetime.date.max:
            return
        label = (days.last + datetime.timedelta(days=1)).isoformat()[: _LENGTHS[unit]]


_LENGTHS: dict[Unit, int] = {"year": 4, "month": 7, "day": 10}


def fine_enough(precision: Unit, unit: Unit) -> bool:
    """Whether a date of this precision has a place in one bar of this unit."""
    return _LENGTHS[precision] >= _LENGTHS[unit]


def wider(query: SearchQuery) -> tuple[str | None, str | None] | None:
    """The range one step out: the month around it, the year around it, then none; None where no range is chosen."""
    chosen = chosen_range(query)
    if chosen is None:
        return None
    for length in (7, 4):
        label = chosen.first.isoformat()[:length]
        around = days_of(label)
        if around.holds(chosen) and around != chosen:
            return label, label
    return None, None
