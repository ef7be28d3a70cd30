"""Which days do the dates written in a line mean? Read in many languages, never guessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

import regex
import yaml

from searchapp.ingest.data import data_folder
from searchapp.model import Precision

Order = Literal["day first", "month first"]
"""How a date such as 06/08/2020 is read; without an order only its year is known."""

_DIGITS = {ord(sign): str(value) for signs in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for value, sign in enumerate(signs)}
_YEAR = regex.compile(r"\d{4}")
_DAY_BEFORE = regex.compile(r"\d(?:st|nd|rd|th|er|º|\.)?(?:\s+(?:de|of))?\s*$")
_SOLAR_YEARS = range(1300, 1411)
"""Years that only the Iranian solar calendar can mean; later ones may be lunar, which is not converted."""
_YEARS = range(1600, 2200)
_SOLAR_EPOCH = date(2020, 3, 20).toordinal()
_SOLAR_EPOCH_YEAR = 1399


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """An ISO date as far as it is certain, and where it stands."""

    value: str
    precision: Precision
    start: int
    end: int


@cache
def calendar_words(*names: str) -> frozenset[str]:
    """The lower-case words of the named lists of `calendar.yaml`: weekdays, beside, later, changes, ago."""
    listed = _calendar()
    words = (word for name in names for line in _lines(listed[name]) for word in line.split())
    return frozenset(word.replace("_", " ").lower() for word in words)


def load_calendar() -> None:
    """Make the patterns of dates that the first line would wait for."""
    _patterns()


def _lines(listed: Mapping[str, str | list[str]]) -> Iterator[str]:
    for value in listed.values():
        yield from [value] if isinstance(value, str) else value


@cache
def _calendar() -> dict[str, Mapping[str, str | list[str]]]:
    loaded: dict[str, Mapping[str, str | list[str]]] = yaml.load(
        (data_folder() / "calendar.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader
    )
    return loaded


@cache
def _months() -> dict[str, int]:
    """Month numbers by lower-case name; the months of the solar year are numbered from 101."""
    listed = _calendar()
    numbered = [*enumerate(listed["solar_months"], start=101)]
    for names in listed["months"].values():
        numbered += enumerate(names, start=1)
    return {name.replace("_", " ").lower(): number for number, line in numbered for name in line.split()}


@cache
def _patterns() -> tuple[regex.Pattern[str], ...]:
    """The ways to write a date, the most certain first."""
    names = _alternatives(_months())
    month = rf"(?P<month>{names})\.?(?:\s*[/(]\s*(?:{names})\)?)?"
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|\.ª?)?"
    between = r"(?:\s+(?:de|del|of|ماه))?"
    begins = r"(?<![\w/.-])"
    # Pages glue a name or another date to the month; a capital behind a small letter or a number begins anew.
    glued = rf"(?:{begins}|(?<=(?-i:[\p{{Ll}}\d]))(?=(?-i:\p{{Lu}})))"
    forms = (
        rf"{begins}(?P<year>\d{{4}})-(?P<number>\d{{1,2}})-(?P<day>\d{{1,2}})(?=T\d|\D|$)",
        rf"{begins}(?P<year>\d{{4}})(?P<sign>[/.])(?P<number>\d{{1,2}})(?P=sign)(?P<day>\d{{1,2}})(?!\d)",
        rf"{begins}(?P<year>\d{{4}})\s*[年년]\s*(?P<number>\d{{1,2}})\s*[月월]\s*(?P<day>\d{{1,2}})\s*[日일]",
        rf"{begins}{day}{between}[\s/-]*{month}{between},?[\s/-]*(?P<year>\d{{4}})(?!\d)",
        rf"{glued}{month}(?:\s+{day}|{between}),?\s+(?P<year>\d{{4}})(?!\d)",
        rf"{begins}(?P<first>\d{{1,2}})(?P<sign>[./-])(?P<second>\d{{1,2}})(?P=sign)(?P<year>\d{{4}})(?!\d)",
    )
    return tuple(regex.compile(form, regex.IGNORECASE) for form in forms)


def _alternatives(names: Iterable[str]) -> str:
    """A pattern of any of the names, of those that begin alike the longest: most places are done with by one letter."""
    rests: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        rests.setdefault(name[0], []).append(regex.escape(name[1:]))
    return "|".join(f"{regex.escape(letter)}(?:{'|'.join(behind)})" for letter, behind in rests.items())


def dates_in(text: str, order: Order | None = None) -> tuple[WrittenDate, ...]:
    """The dates of a line that exist in the calendar, in their order; none overlaps another."""
    plain = text if text.isascii() else text.translate(_DIGITS)
    # Every form has a year, and most lines have none; the forms are slow to make and to look for.
    if not _YEAR.search(plain):
        return ()
    found: list[WrittenDate] = []
    for pattern in _patterns():
        for match in pattern.finditer(plain):
            written = _written(match, order)
            if written and all(written.end <= one.start or one.end <= written.start for one in found):
                found.append(written)
    return tuple(sorted(found, key=lambda one: one.start))


def _written(match: regex.Match[str], order: Order | None) -> WrittenDate | None:
    given = {name: value for name, value in match.groupdict().items() if value is not None}
    year = int(given["year"])
    if "first" in given:
        return _numeric(match, order)
    month = _months()[given["month"].lower()] if "month" in given else int(given["number"])
    if "day" not in given:
        # A day before the month that made no date with it does not exist, and so the month is no certain one either.
        certain = month <= 12 and year in _YEARS and not _DAY_BEFORE.search(match.string, 0, match.start())
        return WrittenDate(f"{year}-{month:02}", "month", *match.span()) if certain else None
    day = _solar_day if month > 100 or year in _SOLAR_YEARS else _day
    value = day(year, month % 100, int(given["day"]))
    return WrittenDate(value.isoformat(), "day", *match.span()) if value else None


def _numeric(match: regex.Match[str], order: Order | None) -> WrittenDate | None:
    """A date of three numbers with the year last: by its dots, by the order given, or where only one order exists."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if match["sign"] == ".":
        order = "day first"
    readings = {"day first": _day(year, second, first), "month first": _day(year, first, second)}
    exist = {value for value in readings.values() if value}
    value = exist.pop() if len(exist) == 1 else readings[order] if order else None
    if value:
        return WrittenDate(value.isoformat(), "day", *match.span())
    return WrittenDate(str(year), "year", *match.span()) if exist else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def _solar_day(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a day of the Iranian solar year, by its 33-year cycle with 8 leap years."""
    if year not in _SOLAR_YEARS or not 1 <= month <= 12 or not 1 <= day <= (31 if month < 7 else 30):
        return None
    days = (month - 1) * 31 if month < 7 else 186 + (month - 7) * 30
    return date.fromordinal(_SOLAR_EPOCH + _solar_days(year) - _solar_days(_SOLAR_EPOCH_YEAR) + days + day - 1)


def _solar_days(year: int) -> int:
    """Days from a fixed day to the first of the year."""
    return 365 * year + (year + 1595) // 33 * 8 + ((year + 1595) % 33 + 3) // 4
