"""One facet of a whole generation: the columns of its segments under one dictionary, in the order of listing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from searchapp.analysis import analyze
from searchapp.engine.vocabulary import Vocabulary
from searchapp.engine.whoosh_index.arrays import Array
from searchapp.engine.whoosh_index.facet_table import SALIENT_BITS, SURE_BITS, FacetColumn

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int32]

_FEW = 8
"""Up to this share of all rows (one in so many) it is quicker to fetch their entries than to look at all."""


@dataclass(frozen=True, slots=True)
class Label:
    """The forms of one label, and the id of the value that it names."""

    value: str
    forms: tuple[str, ...]


class Entries:
    """That row `rows[i]` carries the value number `numbers[i]`, `sure[i]` where that is declared or curated.

    Rows ascend, and each has a value once; there are `size` rows and `values` values in all.
    """

    def __init__(self, rows: Numbers, numbers: Numbers, sure: Mask, *, size: int, values: int) -> None:
        self.rows = rows
        self.numbers = numbers
        self.values = values
        self._sure = sure
        self._size = size

    def of(self, among: Mask) -> Entries:
        """The entries of these rows."""
        chosen = np.flatnonzero(among)
        if len(chosen) == len(among):
            return self
        if len(chosen) * _FEW > len(among):
            return self._taken(among[self.rows])
        begins = self._begins[chosen]
        lengths = self._begins[chosen + 1] - begins
        # Where the entries of each chosen row begin, less the number of those that come before them here.
        shifts = begins - np.cumsum(lengths) + lengths
        return self._taken(np.repeat(shifts, lengths) + np.arange(int(lengths.sum())))

    def surely(self) -> Entries:
        """The entries that are declared or curated."""
        return self if self._sure.all() else self._taken(self._sure)

    def counts(self) -> npt.NDArray[np.int64]:
        """How many rows carry each value."""
        return np.bincount(self.numbers, minlength=self.values)

    def mask(self) -> Mask:
        """The rows that carry any value."""
        found = np.zeros(self._size, np.bool_)
        found[self.rows] = True
        return found

    def carrying(self, numbers: Sequence[int]) -> Entries:
        """The entries of these values."""
        if len(numbers) == 1:
            return self._taken(self.numbers == numbers[0])
        wanted = np.zeros(self.values, np.bool_)
        wanted[list(numbers)] = True
        return self._taken(wanted[self.numbers])

    def _taken(self, places: Mask | npt.NDArray[np.intp]) -> Entries:
        return Entries(self.rows[places], self.numbers[places], self._sure[places], size=self._size, values=self.values)

    @cached_property
    def _begins(self) -> npt.NDArray[np.intp]:
        """Where the entries of each row begin, and after the last row their end."""
        return np.searchsorted(self.rows, np.arange(self._size + 1, dtype=np.int32))


class FacetIndex:
    """Which rows carry which values, as far as rows are live and entries of the kinds in `bits`.

    Values are numbered by folded label, then id, so that those of equal count are in order by number; `ids` has the id
    of each number.
    """

    def __init__(self, columns: Sequence[FacetColumn], live: Mask, bits: int) -> None:
        rows, described, flags = _entries(columns, len(live))
        kept = live[rows] & (flags & bits != 0)
        rows, described, flags = rows[kept], described[kept], flags[kept] & bits
        # Names take most of the time, and most facets have no entries of some kinds.
        names = [name for column in columns for name in column.names()] if len(rows) else []
        self._carried = [names[place] for place in np.unique(described).tolist()]
        self.vocabulary = Vocabulary(name.value for name in self._carried)
        self.ids = tuple(sorted({name.value.id for name in self._carried}, key=self.vocabulary.place))
        self._number_of = {identifier: number for number, identifier in enumerate(self.ids)}
        numbers = np.array([self._number_of.get(name.value.id, 0) for name in names], np.int32)
        numbers = numbers[described] if len(names) else described
        if len(self._carried) > len(self.ids):
            rows, numbers, flags = _united(rows, numbers, flags)
        self._rows, self._numbers, self._flags = rows, numbers, flags
        self._unfilled: dict[bool, Mask] = {}
        self._size = len(live)

    def entries(self, *, salient: bool) -> Entries:
        """Those entries that count."""
        return self._salient_entries if salient else self._all_entries

    def number(self, value: str) -> int | None:
        """The number of the value with this id."""
        return self._number_of.get(value)

    def children(self, value: str) -> npt.NDArray[np.intp]:
        """The numbers of the values right below this one in a tree, ascending."""
        parents = self.vocabulary
        return np.array([number for number, one in enumerate(self.ids) if parents[one].parent == value], np.intp)

    def carrying(self, values: Collection[str], *, salient: bool, sure: bool = False) -> Mask:
        """The rows that carry at least one of the values; if `sure`, by a declared or curated entry."""
        held = self.entries(salient=salient)
        numbers = [self._number_of[value] for value in values if value in self._number_of]
        return (held.surely() if sure else held).carrying(numbers).mask()

    def unfilled(self, *, salient: bool) -> Mask:
        """The rows that carry no value."""
        if salient not in self._unfilled:
            self._unfilled[salient] = ~self.entries(salient=salient).mask()
        return self._unfilled[salient]

    @cached_property
    def is_tree(self) -> bool:
        """Whether any value stands below another."""
        return any(name.value.parent is not None for name in self._carried)

    def carried_by(self, rows: Mask, *, salient: bool) -> frozenset[str]:
        """The ids of the values that any of these rows carries."""
        counts = self.entries(salient=salient).of(rows).counts()
        return frozenset(self.ids[number] for number in np.flatnonzero(counts).tolist())

    def labels_with(self, form: str) -> Collection[Label]:
        """The labels in which a form occurs, each with the value that it names."""
        return self._labels.get(form, ())

    def forms(self) -> Collection[str]:
        """Every form that occurs in a label."""
        return self._labels.keys()

    def numbers_beginning(self, prefix: str) -> list[int]:
        """The numbers of all values that may begin with the prefix: it stands at the beginning of a word."""
        forms = analyze(prefix, None).forms
        begins = forms[0] if forms else ""
        labels = (label for form, held in self._labels.items() if form.startswith(begins) for label in held)
        return [self._number_of[label.value] for label in labels] if forms else list(range(len(self.ids)))

    def called(self, forms: tuple[str, ...]) -> set[str]:
        """The ids of the values one of whose labels has exactly these forms."""
        return {label.value for label in self.labels_with(forms[0]) if label.forms == forms} if forms else set()

    @cached_property
    def _labels(self) -> Mapping[str, Collection[Label]]:
        found: defaultdict[str, list[Label]] = defaultdict(list)
        for name in self._carried:
            for forms in name.forms:
                label = Label(name.value.id, forms)
                for form in dict.fromkeys(forms):
                    found[form].append(label)
        return found

    @cached_property
    def _all_entries(self) -> Entries:
        return Entries(self._rows, self._numbers, self._flags & SURE_BITS != 0, size=self._size, values=len(self.ids))

    @cached_property
    def _salient_entries(self) -> Entries:
        kept = self._flags & SALIENT_BITS != 0
        sure = self._flags[kept] & SURE_BITS & SALIENT_BITS != 0
        return Entries(self._rows[kept], self._numbers[kept], sure, size=self._size, values=len(self.ids))


def _entries(columns: Sequence[FacetColumn], size: int) -> tuple[Numbers, Numbers, npt.NDArray[np.uint8]]:
    """The entries of all columns: row, number of the name among all names of all columns, flags."""
    lengths = _joined([np.diff(column.offsets) for column in columns], np.uint32)
    rows = np.repeat(np.arange(size, dtype=np.int32), lengths)
    bases = np.cumsum([0, *(column.distinct for column in columns)])
    numbers = [column.values.astype(np.int32) + np.int32(base) for column, base in zip(columns, bases, strict=False)]
    return rows, _joined(numbers, np.int32), _joined([column.flags for column in columns], np.uint8)


def _united(rows: Numbers, numbers: Numbers, flags: npt.NDArray[np.uint8]) -> tuple[Numbers, Numbers, Array]:
    """The entries with those of the same row and value made one."""
    order = np.lexsort((numbers, rows))
    rows, numbers, flags = rows[order], numbers[order], flags[order]
    first = np.ones(len(rows), np.bool_)
    first[1:] = (rows[1:] != rows[:-1]) | (numbers[1:] != numbers[:-1])
    starts = np.flatnonzero(first)
    return rows[first], numbers[first], np.bitwise_or.reduceat(flags, starts) if len(starts) else flags


def _joined(arrays: Sequence[Array], dtype: type[np.generic]) -> Array:
    return np.concatenate(arrays) if arrays else np.empty(0, dtype)
