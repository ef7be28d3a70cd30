"""Which values does a facet have in this generation? Looked up by id or by name, with what lies above each in a tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from rapidfuzz import fuzz, process

from searchapp.analysis import fold
from searchapp.model import FacetValue

NEAR = 60.0
"""How alike (0 to 100) a name must be to be what was meant: Reuters and Reuter are 92, Reuters and Routes 77."""


class Described(Protocol):
    """Values by id, each described once, which may be read only when they are asked for."""

    def __contains__(self, identifier: object, /) -> bool: ...

    def __getitem__(self, identifier: str, /) -> FacetValue: ...

    def __iter__(self) -> Iterator[str]: ...

    def get(self, identifier: str, /) -> FacetValue | None: ...

    def values(self) -> Iterable[FacetValue]: ...

    def labelled(self, text: str) -> Sequence[str]:
        """The ids of the values with this folded label."""

    def spelled(self, text: str) -> Sequence[str]:
        """The ids of the values with this folded label among their further ones."""


class Vocabulary:
    """The values of one facet that live documents carry; an engine makes one a facet and generation and keeps it.

    Values that are only discovered belong to it only where a query says `discovered`. Where documents describe the same
    value differently, the description that sorts first holds, whatever the order in which they came.
    """

    def __init__(self, values: Iterable[FacetValue]) -> None:
        described: dict[str, FacetValue] = {}
        for value in values:
            held = described.get(value.id)
            if held is None or (held != value and description(value) < description(held)):
                described[value.id] = value
        self._values: Mapping[str, FacetValue] | Described = described
        self._folded: dict[str, str] = {}
        self._labelled: Callable[[str], Sequence[str]] = lambda text: self._labels.get(text, ())
        self._spelled: Callable[[str], Sequence[str]] = lambda text: self._spellings.get(text, ())

    @classmethod
    def over(cls, values: Described) -> Vocabulary:
        """The vocabulary of these values."""
        made = cls(())
        made._values = values
        made._labelled, made._spelled = values.labelled, values.spelled
        return made

    def __contains__(self, identifier: str) -> bool:
        return identifier in self._values

    def __getitem__(self, identifier: str) -> FacetValue:
        """The value with this id; one that nothing carries is its own label."""
        return self._values.get(identifier) or FacetValue(identifier, identifier)

    def __iter__(self) -> Iterator[FacetValue]:
        return iter(self._values.values())

    def ancestors(self, identifier: str) -> tuple[str, ...]:
        """The ids above the value in a tree, the root first."""
        above: list[str] = []
        parent = self[identifier].parent
        while parent is not None and parent in self._values and parent not in above:
            above.append(parent)
            parent = self._values[parent].parent
        return tuple(reversed(above))

    def place(self, identifier: str) -> tuple[str, str]:
        """What rows of equal count are ordered by: the folded label, then the id."""
        if identifier not in self._folded:
            self._folded[identifier] = fold(self[identifier].label)
        return self._folded[identifier], identifier

    def identify(self, text: str) -> str | None:
        """The id that `text` is, or of the one value that it names: a label comes before a further spelling."""
        if text in self._values:
            return text
        for those in (self._labelled, self._spelled):
            found = those(fold(text))
            if found:
                return found[0] if len(found) == 1 else None
        return None

    def nearest(self, text: str) -> str | None:
        """The label or id that is most like `text`, None where nothing is like it."""
        found = process.extractOne(fold(text), self._names, scorer=fuzz.ratio, score_cutoff=NEAR)
        return found[2] if found else None

    @cached_property
    def _labels(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = {}
        for identifier in self._values:
            names.setdefault(self.place(identifier)[0], []).append(identifier)
        return names

    @cached_property
    def _spellings(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = {}
        for value in self._values.values():
            for name in dict.fromkeys(map(fold, value.labels)):
                names.setdefault(name, []).append(value.id)
        return names

    @cached_property
    def _names(self) -> dict[str, str]:
        """Folded name by label or id, in one order, so that of two equally near ones it is always the same."""
        labels = {value.label: fold(value.label) for value in self._values.values()}
        return dict(sorted((labels | {identifier: fold(identifier) for identifier in self._values}).items()))


def description(value: FacetValue) -> tuple[object, ...]:
    """What descriptions of one value are compared by: the lowest holds."""
    place = (value.latitude is not None, value.latitude or 0.0, value.longitude or 0.0)
    return value.label, value.labels, value.parent or "", place, value.ambiguous, value.candidates
