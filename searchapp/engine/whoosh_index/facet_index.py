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
from searchapp.engine.whoosh_index.dictionary import Dictionary
from searchapp.engine.whoosh_index.entries import Entries
from searchapp.engine.whoosh_index.facet_table import SALIENT_BITS, SURE_BITS, FacetColumn
from searchapp.engine.whoosh_index.rowset import Mask, Rows, RowSet
from searchapp.engine.whoosh_index.tally import Numbers
from searchapp.model import FacetValue


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
        self._size = len(live)
        held = _Held(columns, live, bits)
        self._dictionary = Dictionary([column.names for column in columns], held.carried)
        self.vocabulary = Vocabulary.over(self._dictionary)
        numbers = held.numbers(self._dictionary)
        self._begins, self._flags = held.begins, held.flags
        if self._dictionary.is_repeated:
            rows = np.repeat(np.arange(self._size, dtype=np.int32), np.diff(self._begins))
            rows, numbers, self._flags = _united(rows, numbers, self._flags)
            self._begins = _beginnings(np.bincount(rows, minlength=self._size))
        self._numbers = numbers
        self._unfilled: dict[bool, RowSet] = {}

    @property
    def ids(self) -> tuple[str, ...]:
        """The id of each number."""
        return self._dictionary.ids

    def __len__(self) -> int:
        """How many values there are."""
        return len(self._dictionary)

    def value(self, number: int) -> FacetValue:
        """The value of this number."""
        return self._dictionary.value(number)

    def entries(self, *, salient: bool) -> Entries:
        """Those entries that count."""
        return self._salient_entries if salient else self._all_entries

    def number(self, value: str) -> int | None:
        """The number of the value with this id."""
        return self._dictionary.number(value)

    def children(self, value: str) -> npt.NDArray[np.intp]:
        """The numbers of the values right below this one in a tree, ascending."""
        parents = self.vocabulary
        return np.array([number for number, one in enumerate(self.ids) if parents[one].parent == value], np.intp)

    def carrying(self, values: Collection[str], *, salient: bool, sure: bool = False) -> RowSet:
        """The rows that carry at least one of the values; if `sure`, by a declared or curated entry."""
        numbers = [number for value in values if (number := self.number(value)) is not None]
        return self.entries(salient=salient).carrying(numbers, sure=sure)

    def unfilled(self, *, salient: bool) -> RowSet:
        """The rows that carry no value."""
        if salient not in self._unfilled:
            self._unfilled[salient] = self.entries(salient=salient).unfilled
        return self._unfilled[salient]

    @property
    def is_tree(self) -> bool:
        """Whether any value may stand below another."""
        return self._dictionary.is_tree

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
        found = {label.value for form, held in self._labels.items() if form.startswith(begins) for label in held}
        numbers = (self.number(value) for value in found)
        return [number for number in numbers if number is not None] if forms else list(range(len(self)))

    def called(self, forms: tuple[str, ...]) -> set[str]:
        """The ids of the values one of whose labels has exactly these forms."""
        return self._dictionary.called(forms) if forms else set()

    @cached_property
    def _labels(self) -> Mapping[str, Collection[Label]]:
        found: defaultdict[str, list[Label]] = defaultdict(list)
        for name in self._dictionary.names():
            for forms in name.forms:
                label = Label(name.value.id, forms)
                for form in dict.fromkeys(forms):
                    found[form].append(label)
        return found

    @cached_property
    def _all_entries(self) -> Entries:
        return Entries(self._begins, self._numbers, self._flags & SURE_BITS != 0, values=len(self._dictionary))

    @cached_property
    def _salient_entries(self) -> Entries:
        kept = self._flags & SALIENT_BITS != 0
        if kept.all():
            return self._all_entries
        sure = self._flags[kept] & SURE_BITS & SALIENT_BITS != 0
        begins = _only(kept, self._begins)
        return Entries(begins, self._numbers[kept], sure, values=len(self._dictionary))


class _Held:
    """The entries of all columns, as far as rows are live and flags among the `bits`."""

    def __init__(self, columns: Sequence[FacetColumn], live: Mask, bits: int) -> None:
        self._columns = columns
        lengths = _joined([np.diff(column.offsets) for column in columns], np.uint32)
        flags = _joined([column.flags for column in columns], np.uint8)
        self.begins = _beginnings(lengths)
        self._kept: Mask | None = None
        if not live.all() or int(np.bitwise_or.reduce(flags, initial=0)) & ~bits:
            self._kept = np.repeat(live, lengths) & (flags & bits != 0)
            self.begins = _only(self._kept, self.begins)
            flags = flags[self._kept] & bits
        self.flags: npt.NDArray[np.uint8] = flags

    @cached_property
    def carried(self) -> list[Mask]:
        """For each column which of its names are of some entry."""
        if self._kept is None:
            return [np.ones(len(column.names), np.bool_) for column in self._columns]
        carried = []
        ends = np.cumsum([len(column.values) for column in self._columns])
        for column, end in zip(self._columns, ends.tolist(), strict=True):
            mask = np.zeros(len(column.names), np.bool_)
            mask[column.values[self._kept[end - len(column.values) : end]]] = True
            carried.append(mask)
        return carried

    def numbers(self, dictionary: Dictionary) -> Numbers:
        """The number of the value of each entry."""
        if dictionary.has_plain_places:
            # In place, so that all processes share it.
            numbers = self._columns[0].values.view(np.int32)
        else:
            held = zip(dictionary.places, self._columns, strict=True)
            numbers = _joined([places.take(column.values) for places, column in held], np.int32)
        return numbers if self._kept is None else numbers[self._kept]


def _beginnings(lengths: Array) -> Rows:
    """Where the entries of each row begin, and after the last row their end."""
    begins = np.zeros(len(lengths) + 1, np.intp)
    np.cumsum(lengths, out=begins[1:])
    return begins


def _only(kept: Mask, begins: Rows) -> Rows:
    """Where the entries of each row begin when only some are kept."""
    return _beginnings(kept).take(begins)


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
