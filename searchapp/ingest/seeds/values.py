"""Which of the declared values can a document have, and why can it not have the others?"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from searchapp.ingest.data.language_codes import language_code
from searchapp.ingest.data.scrubbing import scrubbed_line
from searchapp.model import Claim, Precision, days_of

MAX_VALUES = 1_000
"""Of one facet; the longest articles name a hundred."""
MAX_VALUE = 500
"""Characters of one of them."""
MAX_CLAIM = 4_000
"""Characters of a title, an author, an outlet or an address."""
FIRST_YEAR = 1600
"""Before which no news was printed; databases write the year 1 where they know none."""

_PRECISIONS: Mapping[int, Precision] = {4: "year", 7: "month", 10: "day"}
_SHOWN = 60

_Read = tuple[str, Precision | None]


def claim_of(name: str, given: Any, origin: str) -> Claim | str | None:
    """The claim, None where nothing is said, or a sentence that says why it is refused."""
    text = ", ".join(texts_of(given)) if name == "author" else next(iter(texts_of(given)), "")
    if not text:
        return f"{origin} declares the {name} {_short(str(given))}, which is no text" if _is_nested(given) else None
    try:
        value, precision = _READERS.get(name, _plain)(text)
    except ValueError as error:
        return f"{origin} declares the {name} {_short(text)}, which {error}"
    return Claim(value, "declared", origin, text, precision)


def possible_values(facet: str, given: Iterable[str], origin: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The values of a facet that a document may have, and a sentence for each refusal."""
    values = tuple(given)
    if len(values) > MAX_VALUES:
        return (), (f"{origin} declares {len(values):,} values of {facet}, which is more than {MAX_VALUES:,}",)
    longer = [f"{origin} declares the {facet} {_short(one)}, which {_too_long(MAX_VALUE)}" for one in values if len(one) > MAX_VALUE]
    return tuple(one for one in values if len(one) <= MAX_VALUE), tuple(longer)


def texts_of(given: Any) -> tuple[str, ...]:
    """The different texts of a value or of a list of values, scrubbed; what is neither text nor number is none."""
    return tuple(dict.fromkeys(text for text in _texts(given) if text))


def _texts(given: Any) -> Iterator[str]:
    for one in given if isinstance(given, list | tuple) else (given,):
        if one is not None and not isinstance(one, dict | list):
            yield scrubbed_line(str(one))


def _is_nested(given: Any) -> bool:
    return bool(given) and isinstance(given, dict | list | tuple)


def _plain(text: str) -> _Read:
    if len(text) > MAX_CLAIM:
        raise ValueError(_too_long(MAX_CLAIM))
    return text, None


def _day(text: str) -> _Read:
    day = text[:10] if len(text) > 10 and text[10] in "T " else text
    try:
        days = days_of(day)
    except ValueError as error:
        raise ValueError("is none") from error
    if days.first > datetime.datetime.now(datetime.UTC).date():
        raise ValueError("is yet to come")
    if days.first.year < FIRST_YEAR:
        raise ValueError("is before there was news")
    return day, _PRECISIONS[len(day)]


def _language(text: str) -> _Read:
    if language_code(text) is None:
        raise ValueError("is no code of a language (en, ar, fr, …)")
    return text, None


_READERS: Mapping[str, Callable[[str], _Read]] = {"date": _day, "language": _language}


def _too_long(limit: int) -> str:
    return f"is longer than {limit:,} characters"


def _short(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")
