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
from searchapp.engine.whoosh_index.entries import Entries
from searchapp.engine.whoosh_index.facet_table import SALIENT_BITS, SURE_BITS, FacetColumn
from searchapp.engine.whoosh_index.rowset import Mask, RowSet
from searchapp.engine.whoosh_index.tally import Numbers


@dataclass(frozen=True, slots=True)
class Label:
    """The forms of one label, and the id of the value that it names."""

    value: str
    forms: tuple[str, ...]


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
        self._unfilled: dict[bool, RowSet] = {}
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

    def carrying(self, values: Collection[str], *, salient: bool, sure: bool = False) -> RowSet:
        """The rows that carry at least one of the values; if `sure`, by a declared or curated entry."""
        numbers = [self._number_of[value] for value in values if value in self._number_of]
        return self.entries(salient=salient).carrying(numbers, sure=sure)

    def unfilled(self, *, salient: bool) -> RowSet:
        """The rows that carry no value."""
        if salient not in self._unfilled:
            self._unfilled[salient] = self.entries(salient=salient).unfilled
        return self._unfilled[salient]

    @cached_property
    def is_tree(self) -> bool:
        """Whether any value stands below another."""
        return any(name.value.parent is not None for name in self._carried)

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
        return self._made(self._rows, self._numbers, self._flags & SURE_BITS != 0)

    @cached_property
    def _salient_entries(self) -> Entries:
        kept = self._flags & SALIENT_BITS != 0
        if kept.all():
            return self._all_entries
        sure = self._flags[kept] & SURE_BITS & SALIENT_BITS != 0
        return self._made(self._rows[kept], self._numbers[kept], sure)

    def _made(self, rows: Numbers, numbers: Numbers, sure: Mask) -> Entries:
        return Entries.of_rows(rows, numbers, sure, size=self._size, values=len(self.ids))


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
