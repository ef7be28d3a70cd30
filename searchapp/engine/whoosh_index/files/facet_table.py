"""Which values of a facet do the documents of a segment carry? Arrays to count by, and a dictionary of the values."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from searchapp.analysis import analyze
from searchapp.engine.whoosh_index.files.arrays import Array
from searchapp.engine.whoosh_index.files.name_table import NamedValue, NameTable, name_arrays
from searchapp.model import FacetEntry, FacetValue

SURE, INFERRED, DISCOVERED = 0, 2, 4
"""The lowest bit of a flag for entries declared or curated, inferred, discovered; the next one: not salient."""

SURE_BITS = 0b11 << SURE
KNOWN_BITS = SURE_BITS | 0b11 << INFERRED
ALL_BITS = KNOWN_BITS | 0b11 << DISCOVERED
SALIENT_BITS = 1 << SURE | 1 << INFERRED | 1 << DISCOVERED

_LOWEST = {"declared": SURE, "curated": SURE, "inferred": INFERRED, "absent": INFERRED, "discovered": DISCOVERED}

_PARTS = ("offsets", "values", "flags", "holder_ends", "holders", "held")


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """One facet of one segment: row r carries `values[offsets[r]:offsets[r + 1]]`, each once, places of `names`.

    `flags` says beside each value with which kinds of entries the document carries it. The other way round, the name in
    place n is of the rows `holders[ends[n - 1]:ends[n]]`, ascending, with the kinds in `held` beside them.
    """

    offsets: npt.NDArray[np.uint32]
    values: npt.NDArray[np.uint32]
    flags: npt.NDArray[np.uint8]
    ends: npt.NDArray[np.uint32]
    holders: npt.NDArray[np.uint32]
    held: npt.NDArray[np.uint8]
    names: NameTable

    def carrying(self, places: npt.NDArray[np.intp], wanted: int) -> npt.NDArray[np.uint32]:
        """The rows that carry each name in these places, one name after the other, those of each ascending.

        Only entries of the kinds in the bits `wanted` count.
        """
        ends = self.ends.take(places).astype(np.intp)
        starts = np.where(places > 0, self.ends.take(places - 1), 0)
        if len(places) == 1:
            there: slice | npt.NDArray[np.intp] = slice(int(starts[0]), int(ends[0]))
        else:
            lengths = ends - starts
            there = np.repeat(ends - lengths.cumsum(), lengths) + np.arange(int(lengths.sum()))
        rows = self.holders[there]
        return rows if wanted == ALL_BITS else rows[self.held[there] & wanted != 0]


@dataclass(slots=True)
class FacetColumnBuilder:
    """Collects the entries of one facet, document by document."""

    numbers: dict[FacetValue, int] = field(default_factory=dict)
    offsets: array[int] = field(default_factory=lambda: array("I", [0]))
    values: array[int] = field(default_factory=lambda: array("I"))
    flags: bytearray = field(default_factory=bytearray)

    def add(self, entries: Iterable[FacetEntry]) -> None:
        """The entries of the next document; those of one value become one, with the flags of all."""
        flags: dict[FacetValue, int] = {}
        for entry in entries:
            bit = 1 << _LOWEST[entry.status] + (not entry.salient)
            flags[entry.value] = flags.get(entry.value, 0) | bit
        self.values.extend(self.numbers.setdefault(value, len(self.numbers)) for value in flags)
        self.flags.extend(flags.values())
        self.offsets.append(len(self.values))

    def arrays(self, name: str) -> dict[str, Array]:
        """What `read_column` makes the column of again."""
        names, order = name_arrays(name, [NamedValue(value, _forms(name, value)) for value in self.numbers])
        places = np.empty(len(order), np.uint32)
        places[order] = np.arange(len(order), dtype=np.uint32)
        offsets, flags = np.frombuffer(self.offsets, np.uint32), np.frombuffer(self.flags, np.uint8)
        values = places[np.frombuffer(self.values, np.uint32)]
        rows = np.repeat(np.arange(len(offsets) - 1, dtype=np.uint32), np.diff(offsets))
        by_value = np.argsort(values, kind="stable")
        ends = np.cumsum(np.bincount(values, minlength=len(order)), dtype=np.uint32)
        arrays: tuple[Array, ...] = (offsets, values, flags, ends, rows[by_value], flags[by_value])
        return names | {f"{name}.{part}": array for part, array in zip(_PARTS, arrays, strict=True)}


def read_column(arrays: Mapping[str, Array], name: str) -> FacetColumn:
    """The column of the facet."""
    offsets, values, flags, ends, holders, held = (arrays[f"{name}.{part}"] for part in _PARTS)
    return FacetColumn(offsets, values, flags, ends, holders, held, NameTable(arrays, name))


def _forms(facet: str, value: FacetValue) -> tuple[tuple[str, ...], ...]:
    """The forms of each label, by which a word of a query finds the value; a language is found by its code too."""
    labels = (value.label, *value.labels, *([value.id] if facet == "language" else []))
    return tuple(forms for label in labels if (forms := analyze(label, None).forms))
