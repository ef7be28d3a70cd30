"""The values of one facet in a whole generation, numbered in the order of listing over the names of its segments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from searchapp.engine.vocabulary import description
from searchapp.engine.whoosh_index.name_table import NamedValue, NameTable, id_in
from searchapp.engine.whoosh_index.rowset import Mask
from searchapp.model import FacetValue

Numbers = npt.NDArray[np.int32]


class Dictionary(Mapping[str, FacetValue]):
    """Values by id, as far as any of the names that are `carried` (beside each table) is theirs.

    Numbers go by folded label, then id. Where names describe one value differently, the lowest description holds.
    """

    def __init__(self, tables: Sequence[NameTable], carried: Sequence[Mask]) -> None:
        self._tables = tables
        self._values: dict[int, FacetValue] = {}
        self._known: dict[str, int] = {}
        if len(tables) == 1 and carried[0].all() and tables[0].distinct == len(tables[0]):
            self._ordered: list[bytes] | None = None
            self._size = len(tables[0])
            self.places: list[Numbers] = [np.arange(self._size, dtype=np.int32)]
        else:
            self._ordered, self.places = _merged(tables, carried)
            self._size = len(self._ordered)

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids)

    def __getitem__(self, identifier: str) -> FacetValue:
        number = self.number(identifier)
        if number is None:
            raise KeyError(identifier)
        return self.value(number)

    def value(self, number: int) -> FacetValue:
        """The value of this number."""
        if number not in self._values:
            value = min((name.value for name in self._names_of(number)), key=description)
            self._values[number] = value
            self._known[value.id] = number
        return self._values[number]

    def number(self, identifier: str) -> int | None:
        """The number of the value with this id."""
        known = self._known.get(identifier)
        return self._number_of.get(identifier) if known is None else known

    @property
    def has_plain_places(self) -> bool:
        """Whether the places of names are the numbers of their values."""
        return self._ordered is None

    @property
    def is_repeated(self) -> bool:
        """Whether a segment may have several names for a value."""
        return any(table.distinct < len(table) for table in self._tables)

    @property
    def is_tree(self) -> bool:
        """Whether values may stand below others."""
        return any(table.is_tree for table in self._tables)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The id of each number."""
        keys = self._tables[0].keys() if self._ordered is None else self._ordered
        return tuple(map(id_in, keys))

    def names(self) -> Iterator[NamedValue]:
        """All names of all values, in no order."""
        for table, places in zip(self._tables, self.places, strict=True):
            yield from (name for name, number in zip(table.all(), places.tolist(), strict=True) if number >= 0)

    def called(self, forms: tuple[str, ...]) -> set[str]:
        """The ids of the values one of whose labels has exactly these forms."""
        found = (
            table.name(place) for table, places in zip(self._tables, self.places, strict=True)
            for place in table.called(forms) if places[place] >= 0
        )  # fmt: skip
        return {name.value.id for name in found if forms in name.forms}

    def _names_of(self, number: int) -> Iterator[NamedValue]:
        if self._ordered is None:
            yield self._tables[0].name(number)
            return
        for table, places in zip(self._tables, self.places, strict=True):
            yield from (table.name(place) for place in np.flatnonzero(places == number).tolist())

    @cached_property
    def _number_of(self) -> dict[str, int]:
        return {identifier: number for number, identifier in enumerate(self.ids)}


def _merged(tables: Sequence[NameTable], carried: Sequence[Mask]) -> tuple[list[bytes], list[Numbers]]:
    """The key of each value in order, and for each table the number of each name's value, -1 where it is not carried."""
    held = [[key for key, wanted in zip(table.keys(), mask.tolist(), strict=True) if wanted]
            for table, mask in zip(tables, carried, strict=True)]  # fmt: skip
    ordered: list[bytes] = sorted(set().union(*held))
    lasting = _lasting(tables, carried, ordered)
    if lasting:
        ordered = sorted({lasting.get(key, key) for key in ordered})
    number_of = {key: number for number, key in enumerate(ordered)}
    places = []
    for keys, mask in zip(held, carried, strict=True):
        numbers = np.full(len(mask), -1, np.int32)
        numbers[mask] = [number_of[lasting.get(key, key)] for key in keys]
        places.append(numbers)
    return ordered, places


def _lasting(tables: Sequence[NameTable], carried: Sequence[Mask], ordered: Sequence[bytes]) -> dict[bytes, bytes]:
    """For each key of a value that has several labels, the key of the one that holds."""
    keys_of: defaultdict[str, list[bytes]] = defaultdict(list)
    for key in ordered:
        keys_of[id_in(key)].append(key)
    if len(keys_of) == len(ordered):
        return {}
    several = {key for keys in keys_of.values() if len(keys) > 1 for key in keys}
    described = [
        (description(table.name(place).value), key)
        for table, mask in zip(tables, carried, strict=True)
        for place, key in enumerate(table.keys())
        if key in several and mask[place]
    ]
    lasting: dict[str, bytes] = {}
    for _, key in sorted(described, reverse=True):
        lasting[id_in(key)] = key
    return {key: lasting[id_in(key)] for key in several}
