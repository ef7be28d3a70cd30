"""How are numbers, dates and pieces of text written on a page?"""

from __future__ import annotations

from flask import Flask

from searchapp.facets import language_label

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_RIGHT_TO_LEFT = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"))


def register(app: Flask) -> None:
    """Make the filters known to the templates."""
    app.jinja_env.filters.update(number=number, day=day, direction=direction, language=language_label)


def number(value: int) -> str:
    """1,204: with separators of thousands."""
    return f"{value:,}"


def day(date: str | None) -> str:
    """8 June 2020, June 2020 or 2020, as precise as the date is; `undated` for none."""
    if date is None:
        return "undated"
    year, *rest = date.split("-")
    if not rest:
        return year
    month = _MONTHS[int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) == 2 else f"{month} {year}"


def direction(language: str | None) -> str:
    """The writing direction of a language; the browser decides where it is not known."""
    if language is None:
        return "auto"
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"
