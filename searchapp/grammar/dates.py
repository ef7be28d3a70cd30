"""Which days does what stands after `date:` name?"""

from __future__ import annotations

import re

from searchapp.grammar.characters import with_plain_digits
from searchapp.grammar.tokens import Broken
from searchapp.grammar.tree import Range
from searchapp.model import days_of, is_date

_TO = re.compile(r"\s+TO\s+", re.IGNORECASE)


def read_date(value: str, position: int) -> Range:
    """The range of one whole or partial date; raises Broken for anything else."""
    day = with_plain_digits(value.rstrip(".,;:!?"))
    if not is_date(day):
        raise _unreadable(position)
    return Range(day, day)


def read_range(value: str, position: int) -> Range:
    """The range that `start TO end` names, `*` being an open end; raises Broken for anything else."""
    ends = [with_plain_digits(end) for end in _TO.split(value.strip())]
    if len(ends) != 2 or not all(end == "*" or is_date(end) for end in ends):
        raise _unreadable(position)
    start, end = (None if one == "*" else one for one in ends)
    if start and end and days_of(start).first > days_of(end).last:
        raise Broken(f"The range of dates at character {position} ends before it begins.")
    return Range(start, end)


def _unreadable(position: int) -> Broken:
    return Broken(
        f"The date at character {position} cannot be read: "
        "write 2020, 2020-04, 2020-04-29 or [2020-01-01 TO 2020-06-30] after “date:”."
    )
