"""In which order do results stand, and which copy of a story is shown?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from searchapp.analysis import fold
from searchapp.engine.memory.state import State, Story
from searchapp.model import Days

Key = tuple[object, ...]
"""What documents are compared by; it begins with whether they lack what is sorted by, for those stand last."""

_LAST: Key = (1,)


def shown_copies(state: State, documents: Iterable[str]) -> dict[Story, str]:
    """The copy that stands for each story: the earliest dated one, the finer date first, else the lowest id."""
    shown: dict[Story, str] = {}
    for identifier in sorted(documents, key=lambda one: (_by_date(state.records[one].days), one)):
        shown.setdefault(state.story(identifier), identifier)
    return shown


def ranked(state: State, documents: Iterable[str], *, order: str, scores: Mapping[str, float]) -> tuple[str, ...]:
    """The documents in the order of a sort; equal ones by id, those without its key last."""
    return tuple(sorted(documents, key=lambda one: (_key(state, one, order, scores), one)))


def _key(state: State, identifier: str, order: str, scores: Mapping[str, float]) -> Key:
    record = state.records[identifier]
    match order:
        case "date":
            return _by_date(record.days)
        case "-date":
            return _by_date(record.days, newest_first=True)
        case "-added":
            return _later_first(record.document.first_indexed), _by_date(record.days, newest_first=True)
        case "outlet":
            return _by_text(record.document.outlet.value)
        case "title":
            return _by_text(record.document.title.value)
        case "-copies":
            return (0, -max(1, len(state.copies(identifier))))
    return (0, -scores[identifier])


def _by_date(days: Days | None, *, newest_first: bool = False) -> Key:
    if days is None:
        return _LAST
    first = days.first.toordinal()
    return 0, -first if newest_first else first, (days.last - days.first).days


def _by_text(value: str | None) -> Key:
    folded = fold(value or "")
    return (0, folded) if folded else _LAST


def _later_first(run: str) -> Key:
    """A text sorts descending by the opposite of each of its characters, and an end that is above them all."""
    return (0, (*(-ord(character) for character in run), 1)) if run else _LAST
