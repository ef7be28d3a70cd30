"""What may the value of a URL parameter be? Each reader gives back the value, or says what is allowed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from msgspec import Meta

from searchapp.errors import LimitExceeded, QueryError
from searchapp.grammar import MAX_CHARACTERS
from searchapp.model import days_of


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads a value, given the name of its parameter and what was written; `kind` is a type that describes it."""

    read: Callable[[str, str], Any]
    kind: Any

    def __call__(self, name: str, text: str) -> Any:
        return self.read(name, text)


def one_of(*allowed: str) -> Reader:
    """A reader of one of these words; QueryError names the nearest one."""

    def read(name: str, text: str) -> str:
        if text not in allowed:
            near = next(iter(get_close_matches(text, allowed, 1)), None)
            raise QueryError(f"{name} is {text!r}; allowed are {', '.join(allowed)}.", param=name, nearest=near)
        return text

    return Reader(read, Literal[allowed])


def whole_number(lowest: int, highest: int) -> Reader:
    """A reader of a whole number in these limits; LimitExceeded where it is above them."""

    def read(name: str, text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 10) or int(text) < lowest:
            raise QueryError(f"{name} is {text!r}; it must be a whole number from {lowest} on.", param=name)
        if int(text) > highest:
            raise LimitExceeded(f"{name} is {text}; at most {highest} are given.", param=name, limit=highest)
        return int(text)

    return Reader(read, Annotated[int, Meta(ge=lowest, le=highest)])


def _date(name: str, text: str) -> str:
    try:
        days_of(text)
    except ValueError as error:
        raise QueryError(f"{name}: {error}.", param=name) from None
    return text


def _as_given(name: str, text: str) -> str:
    return text


date = Reader(_date, Annotated[str, Meta(pattern=r"^[1-9][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$")])
"""The year, month or day as it was given."""

flag = Reader(lambda name, text: one_of("0", "1")(name, text) == "1", Literal["0", "1"])
"""Whether it is 1; QueryError where it is neither 0 nor 1."""

as_given = Reader(_as_given, str)
"""The text itself."""

something = Reader(_as_given, Annotated[str, Meta(min_length=1)])
"""The text itself, which must be there."""

words = Reader(_as_given, Annotated[str, Meta(max_length=MAX_CHARACTERS)])
"""What a person typed; the grammar reads it, and says where it is too long."""
