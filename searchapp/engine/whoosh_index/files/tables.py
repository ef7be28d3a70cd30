"""The derived file of a segment: facts of its documents, their facet values and its words, as arrays."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from searchapp.analysis import fold
from searchapp.engine.whoosh_index.files.arrays import Array, Pieces, as_json, bring_in, read_arrays, read_json
from searchapp.engine.whoosh_index.files.facet_table import FacetColumn, FacetColumnBuilder, read_column
from searchapp.engine.whoosh_index.files.indexing import Entries
from searchapp.engine.whoosh_index.files.inverted import FieldPostings
from searchapp.engine.whoosh_index.files.lines import lines_beginning
from searchapp.engine.whoosh_index.files.offsets import TokenOffsets, read_offsets
from searchapp.engine.whoosh_index.files.records import RecordBuilder, Records, Texts
from searchapp.engine.whoosh_index.files.schema import STEM_FORMS
from searchapp.engine.whoosh_index.files.sidecar import FieldSidecar, field_postings
from searchapp.engine.whoosh_index.files.word_list import WordList
from searchapp.facets import FacetSet
from searchapp.model import Document, days_of

SUFFIX = ".tables"
"""What follows the name of the segment; Whoosh clears such a file away together with the segment."""

UNDATED = 0
"""The day number (proleptic Gregorian ordinal) of a document without a date."""


class Runs(msgspec.Struct, frozen=True):
    """The runs that brought each document and changed it last, as numbers of `names`."""

    names: tuple[str, ...]
    first_indexed: Array
    last_changed: Array

    @classmethod
    def united(cls, parts: Sequence[Runs]) -> Runs:
        """The runs of several segments one after the other, `names` in order and each once."""
        names = sorted({name for part in parts for name in part.names})
        places = {name: place for place, name in enumerate(names)}
        numbers = [np.array([places[name] for name in part.names], np.int32) for part in parts]
        first = [number[part.first_indexed] for number, part in zip(numbers, parts, strict=True)]
        last = [number[part.last_changed] for number, part in zip(numbers, parts, strict=True)]
        empty = np.empty(0, np.int32)
        return cls(tuple(names), np.concatenate([empty, *first]), np.concatenate([empty, *last]))


class Tables:
    """The tables of one segment, mapped from its file; what is text is decoded when it is asked for."""

    def __init__(self, path: Path) -> None:
        self._arrays = read_arrays(path)
        self._sidecars: dict[str, FieldSidecar] = {}
        self._offsets: dict[str, TokenOffsets] = {}
        self._lists: dict[str, WordList] = {}
        self.ids: npt.NDArray[np.bytes_] = self._arrays["ids"]
        self.first_days: npt.NDArray[np.int32] = self._arrays["first_days"]
        self.last_days: npt.NDArray[np.int32] = self._arrays["last_days"]

    def bring_in(self) -> None:
        """Map the whole file now, so that no question waits for its pages."""
        bring_in(self.ids)

    def lengths(self, stream: str) -> npt.NDArray[np.uint32]:
        """How many forms each document has in the stream."""
        return self._arrays[f"{stream}.length"]

    def titles(self) -> list[str]:
        """The folded title of each document, "" where it has none."""
        return read_json(self._arrays["titles"], list[str])

    def runs(self) -> Runs:
        """The runs of each document."""
        names = read_json(self._arrays["runs"], tuple[str, ...])
        return Runs(names, self._arrays["first_indexed"], self._arrays["last_changed"])

    @cached_property
    def records(self) -> Records:
        """What a line of an answer says of each document."""
        return Records(self._arrays)

    @cached_property
    def texts(self) -> Texts:
        """The text of each document."""
        return Texts(self._arrays)

    def facet(self, name: str) -> FacetColumn:
        """The column of a facet."""
        return read_column(self._arrays, name)

    def words(self, field: str) -> list[str]:
        """The distinct tokens of a field in the order of their bytes."""
        joined = self._arrays.get(f"{field}.words")
        return joined.tobytes().decode().split("\n") if joined is not None and len(joined) else []

    def beginning(self, field: str, prefix: str) -> list[str]:
        """Those of `words` that begin with `prefix`."""
        joined = self._arrays.get(f"{field}.words")
        found = lines_beginning(joined, prefix.encode()) if joined is not None and len(joined) else []
        return [line.decode() for line in found]

    def stem_forms(self) -> list[bytes]:
        """The forms under their stems, as `stem form`."""
        joined = self._arrays[f"{STEM_FORMS}.words"]
        return joined.tobytes().split(b"\n") if len(joined) else []

    def listed(self, name: str) -> WordList:
        """The words of a field, or those called KEPT or STEM_FORMS, with the number of documents that hold each."""
        if name not in self._lists:
            arrays, nothing = self._arrays, np.empty(0, np.uint8)
            begins = arrays.get(f"{name}.begins", nothing)
            self._lists[name] = WordList(arrays.get(f"{name}.words", nothing), arrays.get(f"{name}.held", np.diff(begins)))
        return self._lists[name]

    def sidecar(self, field: str) -> FieldSidecar | None:
        """The postings of a field, None where the file has none of it."""
        if field not in self._sidecars and f"{field}.begins" in self._arrays:
            self._sidecars[field] = FieldSidecar(self._arrays, field)
        return self._sidecars.get(field)

    def postings(self, field: str) -> FieldPostings | None:
        """All postings of a field, None where the file has none of it."""
        return field_postings(self._arrays, field)

    def offsets(self, stream: str) -> TokenOffsets:
        """Where the tokens of the stream stand."""
        if stream not in self._offsets:
            self._offsets[stream] = read_offsets(self._arrays, stream)
        return self._offsets[stream]


class TableBuilder:
    """Makes the tables of documents, given in the order of the segment."""

    def __init__(self, facets: FacetSet) -> None:
        self._facts = _Facts()
        self._records = RecordBuilder(facets)
        self._columns = {spec.name: FacetColumnBuilder() for spec in facets.counted}

    def add(self, document: Document, entries: Entries, text: memoryview | None = None) -> None:
        """The next document, with what it carries in each facet; its text may be given as another file holds it."""
        self._facts.add(document)
        self._records.add(document, text)
        for name, builder in self._columns.items():
            builder.add(entries[name])

    def arrays(self) -> dict[str, Array]:
        """The arrays that the file holds, but for the texts."""
        arrays = self._facts.arrays() | self._records.arrays()
        for name, builder in self._columns.items():
            arrays |= builder.arrays(name)
        return arrays

    @property
    def texts(self) -> Pieces:
        """All texts."""
        return self._records.texts


class _Facts:
    """What is known of each document apart from its facets, collected document by document."""

    def __init__(self) -> None:
        self._ids: list[bytes] = []
        self._days = array("i")
        self._titles: list[str] = []
        self._names: dict[str, int] = {}
        self._runs = array("I")

    def add(self, document: Document) -> None:
        self._ids.append(document.id.encode())
        value = document.date.value
        days = days_of(value) if value else None
        self._days.extend((days.first.toordinal(), days.last.toordinal()) if days else (UNDATED, UNDATED))
        self._titles.append(fold(document.title.value or ""))
        self._runs.extend(
            self._names.setdefault(run, len(self._names)) for run in (document.first_indexed, document.last_changed)
        )

    def arrays(self) -> dict[str, Array]:
        days = np.frombuffer(self._days, np.int32).reshape(-1, 2)
        runs = np.frombuffer(self._runs, np.uint32).reshape(-1, 2)
        return {
            "ids": np.array(self._ids, np.bytes_),
            "first_days": days[:, 0].copy(),
            "last_days": days[:, 1].copy(),
            "first_indexed": runs[:, 0].copy(),
            "last_changed": runs[:, 1].copy(),
            "runs": as_json(list(self._names)),
            "titles": as_json(self._titles),
        }
