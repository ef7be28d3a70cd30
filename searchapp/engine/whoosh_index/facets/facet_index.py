"""One facet of a whole generation: the columns of its segments under one dictionary, in the order of listing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from searchapp.analysis import fold
from searchapp.engine.vocabulary import Vocabulary
from searchapp.engine.whoosh_index.facets.dictionary import Dictionary
from searchapp.engine.whoosh_index.facets.entries import Entries
from searchapp.engine.whoosh_index.facets.tally import Numbers
from searchapp.engine.whoosh_index.files.arrays import Array
from searchapp.engine.whoosh_index.files.facet_table import ALL_BITS, SALIENT_BITS, SURE_BITS, FacetColumn
from searchapp.engine.whoosh_index.files.name_table import NameTable
from searchapp.engine.whoosh_index.files.rowset import Mask, Rows, RowSet, distinct


class FacetIndex:
    """Which rows carry which values, as far as rows are live and entries of the kinds in `bits`.

    Values are numbered by folded label, then id, so that those of equal count are in order by number; `ids` has the id
    of each number.
    """

    def __init__(self, columns: Sequence[FacetColumn], live: Mask, bits: int) -> None:
        self._columns = columns
        self._live = live
        self._bits = bits
        held = _Held(columns, live, bits)
        self._present = held.present
        self._dictionary = Dictionary([column.names for column in columns], held.carried)
        self.vocabulary = Vocabulary.over(self._dictionary)
        self.is_tree = self._dictionary.is_tree
        """Whether any value may stand below another."""
        self.value = self._dictionary.value
        """The value of a number."""
        self.number = self._dictionary.number
        """The number of the value with an id, None where there is none."""
        self._above: dict[int, tuple[int, ...]] = {}
        self._ids_above: dict[int, tuple[str, ...]] = {}
        self._known: tuple[FacetIndex, Rows] | None = None
        self._all_entries, flags = self._joined_entries(held)
        is_salient = flags & SALIENT_BITS != 0
        self._flags = None if is_salient.all() else flags

    @property
    def ids(self) -> tuple[str, ...]:
        """The id of each number."""
        return self._dictionary.ids

    def __len__(self) -> int:
        """How many values there are."""
        return len(self._dictionary)

    def entries(self, *, salient: bool) -> Entries:
        """Those entries that count."""
        return self._salient_entries if salient else self._all_entries

    def above(self, number: int) -> tuple[int, ...]:
        """The numbers of the values above this one in a tree, the root first."""
        found = self._above.get(number)
        if found is None:
            numbers = map(self.number, self.ids_above(number))
            found = self._above[number] = tuple(one for one in numbers if one is not None)
        return found

    def read_frequent(self) -> None:
        """Read the values that most rows carry, which most answers list."""
        for number in self._all_entries.frequent.numbers.tolist():
            self.value(number)

    def ids_above(self, number: int) -> tuple[str, ...]:
        """The ids of these."""
        found = self._ids_above.get(number)
        if found is None:
            found = self._ids_above[number] = self.vocabulary.ancestors(self.value(number).id)
        return found

    def children(self, value: str) -> npt.NDArray[np.intp]:
        """The numbers of the values right below this one in a tree, ascending."""
        return np.array(self._children.get(value, ()), np.intp) if self.is_tree else np.empty(0, np.intp)

    def carrying(self, values: Collection[str], *, salient: bool, sure: bool = False) -> RowSet:
        """The rows that carry at least one of the values; if `sure`, by a declared or curated entry."""
        numbers = [number for value in values if (number := self.number(value)) is not None]
        return self.carrying_numbers(np.array(numbers, np.intp), salient=salient, sure=sure)

    def carrying_numbers(self, numbers: Rows, *, salient: bool, sure: bool = False) -> RowSet:
        """The same for the values of these numbers."""
        wanted = self._bits & (SALIENT_BITS if salient else ALL_BITS) & (SURE_BITS if sure else ALL_BITS)
        wanted = wanted if self._present & ~wanted else ALL_BITS
        size, base, parts = len(self._live), 0, []
        for column, places in zip(self._columns, self._dictionary.places_of(numbers), strict=True):
            if len(places):
                parts.append(column.carrying(places, wanted).astype(np.intp) + base)
            base += len(column.offsets) - 1
        found = _in_order(parts, size, is_one=len(numbers) == 1 and not self._dictionary.is_repeated)
        return found if self._is_live else found & self._living

    def unfilled(self, *, salient: bool) -> RowSet:
        """The rows that carry no value."""
        return self.entries(salient=salient).unfilled

    def numbers_in(self, other: FacetIndex) -> Rows:
        """For each number the number that the value has in another index, -1 where it has none."""
        if self._known is None or self._known[0] is not other:
            numbers = (other.number(identifier) for identifier in self.ids)
            self._known = other, np.array([-1 if number is None else number for number in numbers], np.intp)
        return self._known[1]

    def numbers_beginning(self, prefix: str) -> Rows:
        """The numbers of the values a label of which, or a word in one, begins with the prefix."""
        return self._dictionary.numbers_at([names.beginning(fold(prefix)) for names in self._names])

    def numbers_saying(self, forms: Sequence[str]) -> Rows:
        """The numbers of the values that have these forms side by side in a label."""
        return self._dictionary.numbers_at([names.saying(forms) for names in self._names])

    def numbers_saying_like(self, beginning: str, accepts: Callable[[str], bool]) -> Rows:
        """The numbers of the values that have in a label a form that begins so and is accepted."""
        return self._dictionary.numbers_at([names.saying_like(beginning, accepts) for names in self._names])

    def named(self, number: int) -> Iterator[tuple[str, ...]]:
        """The forms of every label of a value."""
        return (forms for name in self._dictionary.names_of(number) for forms in name.forms)

    def called(self, forms: tuple[str, ...]) -> set[str]:
        """The ids of the values one of whose labels has exactly these forms."""
        return self._dictionary.called(forms) if forms else set()

    @property
    def _names(self) -> Iterator[NameTable]:
        return (column.names for column in self._columns)

    @cached_property
    def _children(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number in range(len(self)):
            parent = self.value(number).parent
            if parent is not None:
                found.setdefault(parent, []).append(number)
        return found

    @cached_property
    def _is_live(self) -> bool:
        return bool(self._live.all())

    @cached_property
    def _living(self) -> RowSet:
        return RowSet.where(self._live)

    def _joined_entries(self, held: _Held) -> tuple[Entries, npt.NDArray[np.uint8]]:
        """All entries that count, with their flags."""
        begins, numbers, flags = held.begins, held.numbers(self._dictionary), held.flags
        if self._dictionary.is_repeated:
            rows = np.repeat(np.arange(len(self._live), dtype=np.int32), np.diff(begins))
            rows, numbers, flags = _united(rows, numbers, flags)
            begins = _beginnings(np.bincount(rows, minlength=len(self._live)))
        return Entries(begins, numbers, flags & SURE_BITS != 0, values=len(self._dictionary)), flags

    @cached_property
    def _salient_entries(self) -> Entries:
        if self._flags is None:
            return self._all_entries
        kept = self._flags & SALIENT_BITS != 0
        sure = self._flags[kept] & SURE_BITS & SALIENT_BITS != 0
        begins = _only(kept, self._all_entries.begins)
        return Entries(begins, self._all_entries.numbers[kept], sure, values=len(self._dictionary))


def _in_order(parts: Sequence[Rows], size: int, *, is_one: bool) -> RowSet:
    """The rows of all parts; those of one value ascend from part to part."""
    if not parts:
        return RowSet.none(size)
    rows = parts[0] if len(parts) == 1 else np.concatenate(parts)
    return RowSet(size, numbers=rows if is_one else distinct(rows))


class _Held:
    """The entries of all columns, as far as rows are live and flags among the `bits`."""

    def __init__(self, columns: Sequence[FacetColumn], live: Mask, bits: int) -> None:
        self._columns = columns
        lengths = _joined([np.diff(column.offsets) for column in columns] or [np.zeros(len(live), np.uint32)], np.uint32)
        flags = _joined([column.flags for column in columns], np.uint8)
        self.begins = _beginnings(lengths)
        self._kept: Mask | None = None
        self.present = int(np.bitwise_or.reduce(flags, initial=0))
        if not live.all() or self.present & ~bits:
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
