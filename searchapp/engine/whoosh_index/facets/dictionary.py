"""The values of one facet in a whole generation, numbered in the order of listing over the names of its segments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, compress
from operator import ne

import numpy as np
import numpy.typing as npt

from searchapp.analysis import fold
from searchapp.engine.vocabulary import description
from searchapp.engine.whoosh_index.files.name_table import NamedValue, NameTable, id_in
from searchapp.engine.whoosh_index.files.rowset import Mask, Rows, distinct, is_new
from searchapp.model import FacetValue

Numbers = npt.NDArray[np.int32]


class Dictionary(Mapping[str, FacetValue]):
    """Values by id, as far as any of the names that are `carried` (beside each table) is theirs.

    Numbers go by folded label, then id. Where names describe one value differently, the lowest description holds.
    """

    def __init__(self, tables: Sequence[NameTable], carried: Sequence[Mask]) -> None:
        self._tables = tables
        self._values: dict[int, FacetValue] = {}
        self.is_repeated = any(table.distinct < len(table) for table in tables)
        """Whether a segment may have several names for a value."""
        self.has_plain_places = len(tables) == 1 and bool(carried[0].all()) and not self.is_repeated
        """Whether the places of names are the numbers of their values."""
        if self.has_plain_places:
            self._size, several = len(tables[0]), False
            self.places: list[Numbers] = [np.arange(self._size, dtype=np.int32)]
            self._names: list[Numbers] = self.places
        else:
            self._size, self.places, several = _merged(tables, carried)
            self._names = [_inverse(places, self._size) for places in self.places]
        self._is_simple = not (several or self.is_repeated)

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
        value = self._values.get(number)
        if value is None:
            names = [self._tables[0].name(number)] if self.has_plain_places else list(self.names_of(number))
            value = names[0].value if len(names) == 1 else min((name.value for name in names), key=description)
            self._values[number] = value
        return value

    def number(self, identifier: str) -> int | None:
        """The number of the value with this id."""
        for table, places in zip(self._tables, self.places, strict=True):
            for place in table.identified(identifier):
                if places[place] >= 0:
                    return int(places[place])
        return None

    def labelled(self, text: str) -> Sequence[str]:
        """The ids of the values with this folded label."""
        return [value.id for value in self._likely(text) if fold(value.label) == text]

    def spelled(self, text: str) -> Sequence[str]:
        """The ids of the values with this folded label among their further ones."""
        return [value.id for value in self._likely(text) if text in map(fold, value.labels)]

    @property
    def is_tree(self) -> bool:
        """Whether values may stand below others."""
        return any(table.is_tree for table in self._tables)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The id of each number."""
        ids = [""] * self._size
        for table, places in zip(self._tables, self.places, strict=True):
            for key, number in zip(table.keys(), places.tolist(), strict=True):
                if number >= 0:
                    ids[number] = id_in(key)
        return tuple(ids)

    def called(self, forms: tuple[str, ...]) -> set[str]:
        """The ids of the values one of whose labels has exactly these forms."""
        found = (
            table.name(place) for table, places in zip(self._tables, self.places, strict=True)
            for place in table.called(forms) if places[place] >= 0
        )  # fmt: skip
        return {name.value.id for name in found if forms in name.forms}

    def names_of(self, number: int) -> Iterator[NamedValue]:
        """The names of a value."""
        for table, places in zip(self._tables, self.places_of(np.array([number])), strict=True):
            yield from map(table.name, places.tolist())

    def places_of(self, numbers: Rows) -> Iterator[Rows]:
        """For each table the places of the names of some values."""
        for places, names in zip(self.places, self._names, strict=True):
            found = names.take(numbers) if self._is_simple else np.flatnonzero(np.isin(places, numbers))
            yield found[found >= 0].astype(np.intp)

    def numbers_at(self, places: Iterable[Rows]) -> Rows:
        """The numbers of the values with a name in one of these places of each table, ascending."""
        numbers = [held.take(found) for held, found in zip(self.places, places, strict=True)]
        found = distinct(np.concatenate(numbers)) if numbers else np.empty(0, np.int32)
        return found[found >= 0].astype(np.intp)

    def _likely(self, text: str) -> Iterator[FacetValue]:
        """The values of which a label may be this folded text."""
        return map(self.value, self.numbers_at([table.ending(text) for table in self._tables]).tolist())


def _inverse(numbers: Numbers, size: int) -> Numbers:
    """The place of each of `size` numbers, -1 where it has none."""
    places = np.full(size, -1, np.int32)
    held = numbers >= 0
    places[numbers[held]] = np.flatnonzero(held)
    return places


def _merged(tables: Sequence[NameTable], carried: Sequence[Mask]) -> tuple[int, list[Numbers], bool]:
    """How many values there are; for each table the number of each name's value, -1 where it is not carried.

    At last whether any value has several keys.
    """
    held = [_chosen(table.keys(), mask) for table, mask in zip(tables, carried, strict=True)]
    ordered, numbers = _numbered(list(chain.from_iterable(held)))
    lasting = _lasting(tables, carried, ordered) if _several(tables, carried, len(ordered)) else {}
    if lasting:
        ordered, numbers = _numbered([lasting.get(key, key) for keys in held for key in keys])
    places, start = [], 0
    for keys, mask in zip(held, carried, strict=True):
        own = np.full(len(mask), -1, np.int32)
        own[mask] = numbers[start : start + len(keys)]
        places.append(own)
        start += len(keys)
    return len(ordered), places, bool(lasting)


def _numbered(keys: list[bytes]) -> tuple[list[bytes], Numbers]:
    """The different keys in order, and for each of the given ones its number among these."""
    # The keys of a segment are in order, so that to sort those of all is to merge them.
    order = sorted(range(len(keys)), key=keys.__getitem__)
    in_order = [keys[at] for at in order]
    differs = np.ones(len(keys), np.bool_)
    differs[1:] = np.fromiter(map(ne, in_order[1:], in_order), np.bool_)
    numbers = np.empty(len(keys), np.int32)
    numbers[order] = np.cumsum(differs) - 1
    return list(compress(in_order, differs.tolist())), numbers


def _chosen(keys: list[bytes], mask: Mask) -> list[bytes]:
    return keys if mask.all() else list(compress(keys, mask.tolist()))


def _several(tables: Sequence[NameTable], carried: Sequence[Mask], keys: int) -> bool:
    """Whether the carried names have fewer ids than keys, or seem to."""
    ids = [table.ids[mask[table.places_by_id]] for table, mask in zip(tables, carried, strict=True)]
    # As the keys are, those of each table are in order.
    ordered = np.sort(np.concatenate(ids), kind="stable") if ids else np.empty(0, np.uint64)
    return int(np.count_nonzero(is_new(ordered))) < keys


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
