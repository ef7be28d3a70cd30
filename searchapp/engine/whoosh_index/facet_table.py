"""Which values of a facet do the documents of a segment carry? Arrays to count by, and a dictionary of the values."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import msgspec
import numpy as np
import numpy.typing as npt

from searchapp.analysis import analyze
from searchapp.engine.whoosh_index.arrays import Array, as_json, read_json
from searchapp.model import FacetEntry, FacetValue

SURE, INFERRED, DISCOVERED = 0, 2, 4
"""The lowest bit of a flag for entries declared or curated, inferred, discovered; the next one: not salient."""

SURE_BITS = 0b11 << SURE
KNOWN_BITS = SURE_BITS | 0b11 << INFERRED
ALL_BITS = KNOWN_BITS | 0b11 << DISCOVERED
SALIENT_BITS = 1 << SURE | 1 << INFERRED | 1 << DISCOVERED

_LOWEST = {"declared": SURE, "curated": SURE, "inferred": INFERRED, "absent": INFERRED, "discovered": DISCOVERED}


class NamedValue(msgspec.Struct, array_like=True, frozen=True):
    """A value with the forms of each of its labels."""

    value: FacetValue
    forms: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """One facet of one segment: row r carries `values[offsets[r]:offsets[r + 1]]`, each once, numbers of `names`.

    `flags` says beside each value with which kinds of entries the document carries it. Two names may be of one value
    that documents describe differently.
    """

    offsets: npt.NDArray[np.uint32]
    values: npt.NDArray[np.uint32]
    flags: npt.NDArray[np.uint8]
    _names: Array

    @property
    def distinct(self) -> int:
        """How many names there are: each is of some entry."""
        return int(self.values.max()) + 1 if len(self.values) else 0

    def names(self) -> list[NamedValue]:
        """The values in the order of their numbers."""
        return read_json(self._names, list[NamedValue])


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
        names = [NamedValue(value, _forms(name, value)) for value in self.numbers]
        return {
            f"{name}.offsets": np.frombuffer(self.offsets, np.uint32),
            f"{name}.values": np.frombuffer(self.values, np.uint32),
            f"{name}.flags": np.frombuffer(self.flags, np.uint8),
            f"{name}.names": as_json(names),
        }


def read_column(arrays: Mapping[str, Array], name: str) -> FacetColumn:
    """The column of the facet."""
    return FacetColumn(*(arrays[f"{name}.{part}"] for part in ("offsets", "values", "flags", "names")))


def _forms(facet: str, value: FacetValue) -> tuple[tuple[str, ...], ...]:
    """The forms of each label, by which a word of a query finds the value; a language is found by its code too."""
    labels = (value.label, *value.labels, *([value.id] if facet == "language" else []))
    return tuple(forms for label in labels if (forms := analyze(label, None).forms))
