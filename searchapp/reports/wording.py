"""How are dates and spans of dates said in words? As precisely as they are known, and no more."""

from __future__ import annotations

from searchapp.model import days_of

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SHORT = 3


def day(date: str | None) -> str:
    """8 June 2020, June 2020 or 2020, as precise as the date is; `undated` for none."""
    if date is None:
        return "undated"
    year, *rest = date.split("-")
    if not rest:
        return year
    month = _MONTHS[int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) == 2 else f"{month} {year}"


def tick(date: str) -> str:
    """A date as short as it can be below a bar: 8 Jun, Jun 2020, 2020."""
    year, *rest = date.split("-")
    if not rest:
        return year
    month = _MONTHS[int(rest[0]) - 1][:_SHORT]
    return f"{int(rest[1])} {month}" if len(rest) == 2 else f"{month} {year}"


def span(date_from: str | None, date_to: str | None) -> str:
    """A range of dates: June 2020 where it is one month, 2020 where it is one year, else from one day to the other."""
    if date_from and date_to:
        first, last = days_of(date_from).first, days_of(date_to).last
        for length in (4, 7, 10):
            around = days_of(first.isoformat()[:length])
            if around.first == first and around.last == last:
                return day(first.isoformat()[:length])
        return f"{day(date_from)} to {day(date_to)}"
    return f"from {day(date_from)} on" if date_from else f"until {day(date_to)}"
