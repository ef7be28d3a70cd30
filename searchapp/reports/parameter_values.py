"""What may the value of a URL parameter be? Each reader gives back the value, or says what is allowed."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches

from searchapp.errors import LimitExceeded, QueryError
from searchapp.model import days_of


def one_of(*allowed: str) -> Callable[[str, str], str]:
    """A reader of one of these words; QueryError names the nearest one."""

    def read(name: str, text: str) -> str:
        if text not in allowed:
            near = next(iter(get_close_matches(text, allowed, 1)), None)
            raise QueryError(f"{name} is {text!r}; allowed are {', '.join(allowed)}.", param=name, nearest=near)
        return text

    return read


def whole_number(lowest: int, highest: int) -> Callable[[str, str], int]:
    """A reader of a whole number in these limits; LimitExceeded where it is above them."""

    def read(name: str, text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 10) or int(text) < lowest:
            raise QueryError(f"{name} is {text!r}; it must be a whole number from {lowest} on.", param=name)
        if int(text) > highest:
            raise LimitExceeded(f"{name} is {text}; at most {highest} are given.", param=name, limit=highest)
        return int(text)

    return read


def flag(name: str, text: str) -> bool:
    """Whether it is 1; QueryError where it is neither 0 nor 1."""
    return one_of("0", "1")(name, text) == "1"


def date(name: str, text: str) -> str:
    """The year, month or day as it was given."""
    try:
        days_of(text)
    except ValueError as error:
        raise QueryError(f"{name}: {error}.", param=name) from None
    return text


def as_given(name: str, text: str) -> str:
    """The text itself."""
    return text
