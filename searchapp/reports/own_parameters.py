"""What does an address ask with parameters of its own, which no search has?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from searchapp.errors import QueryError
from searchapp.reports.parameter_values import Reader, one_of
from searchapp.reports.urls import LANGUAGES

Readers = Mapping[str, Reader]
"""Parameter -> what reads its value."""


def split(arguments: Iterable[tuple[str, str]], readers: Readers) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The values of the parameters that have a reader, and the parameters that are left; blank ones ask nothing."""
    given: dict[str, str] = {}
    rest = []
    for name, value in arguments:
        if name not in readers:
            rest.append((name, value))
        elif value.strip() and given.setdefault(name, value.strip()) != value.strip():
            raise QueryError(f"{name} is given more than once.", param=name)
    return {name: readers[name](name, value) for name, value in given.items()}, rest


def only(arguments: Iterable[tuple[str, str]], readers: Readers) -> dict[str, Any]:
    """The values of these parameters; QueryError for any other one but the language of the site and marks of campaigns."""
    known = {**readers, "ui": one_of(*LANGUAGES)}
    found, rest = split(arguments, known)
    for name, _ in rest:
        if not name.startswith("utm_"):
            near = next(iter(get_close_matches(name, known, 1)), None)
            hint = f"did you mean {near!r}?" if near else f"here may stand {', '.join(known)}."
            raise QueryError(f"The parameter {name!r} is not known; {hint}", param=name, nearest=near)
    return found
