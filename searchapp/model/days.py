"""What days does a date such as `2020`, `2020-06` or `2020-06-08` span?"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_SHAPE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """The calendar days from `first` to `last`, both included."""

    first: date
    last: date

    def holds(self, other: Days) -> bool:
        """Whether every day of `other` lies inside."""
        return self.first <= other.first and other.last <= self.last

    def overlaps(self, other: Days) -> bool:
        """Whether the two share a day."""
        return self.first <= other.last and other.first <= self.last


def is_date(text: str) -> bool:
    """Whether `text` is a whole or partial ISO date that exists in the calendar."""
    try:
        days_of(text)
    except ValueError:
        return False
    return True


def days_of(text: str) -> Days:
    """The days that an ISO date of day, month or year precision spans; ValueError for anything else."""
    if not _SHAPE.fullmatch(text):
        raise ValueError(f"{text!r} is no date: write 2020, 2020-06 or 2020-06-08")
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        day = date(*parts)
        return Days(day, day)
    if len(parts) == 2:
        first = date(parts[0], parts[1], 1)
        return Days(first, first.replace(day=monthrange(first.year, first.month)[1]))
    return Days(date(parts[0], 1, 1), date(parts[0], 12, 31))
