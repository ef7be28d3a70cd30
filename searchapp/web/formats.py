"""How are numbers, dates and pieces of text written on a page?"""

from __future__ import annotations

from flask import Flask

from searchapp.facets import language_label
from searchapp.reports.wording import day, span, tick

_RIGHT_TO_LEFT = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"))


def register(app: Flask) -> None:
    """Make the filters and the counted nouns known to the templates."""
    app.jinja_env.filters.update(
        number=number, day=day, tick=tick, span=span, direction=direction, language=language_label
    )
    app.jinja_env.globals["counted"] = counted


def number(value: int) -> str:
    """1,204: with separators of thousands."""
    return f"{value:,}"


def counted(value: int, one: str, many: str) -> str:
    """1 story, 1,204 stories."""
    return f"{number(value)} {one if value == 1 else many}"


def direction(language: str | None) -> str:
    """The writing direction of a language; the browser decides where it is not known."""
    if language is None:
        return "auto"
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"
