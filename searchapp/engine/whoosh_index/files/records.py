"""What does a line of an answer need of a document? A small record of each beside the segment, and its text as it is.

A record says what is rarely the same of two documents; what often is, claims and facet entries, stands once a segment
under a number, and is made once for many records.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, Generic, TypeVar

import msgspec
import numpy as np

from searchapp.engine.whoosh_index.files.arrays import Array, Pieces, as_array, as_json, narrow, read_json
from searchapp.engine.whoosh_index.files.inverted import begins_of
from searchapp.facets import FacetSet
from searchapp.model import Claim, Document, FacetEntry
from searchapp.model.documents import Precision, Status

BUILT_IN = ("actor", "location", "cites")
"""The built-in facets of which a document has many values; those of an archive come after them."""

DISCOVERED, PASSING = 1, 2
"""Bits of a record that has entries which nobody reviewed, and entries that the document is not mainly about."""

_REMEMBERED = 1 << 13
"""Claims and entries of a segment that are kept, some 500 bytes each."""

_CARDS = 1 << 10
"""Cards of a segment that are kept, some 1,000 bytes each: the same documents are shown again and again."""

Entries = tuple[FacetEntry, ...]
T = TypeVar("T", bound=Hashable)

_PARTS = ("records", "record_begins")
_TEXT_BEGINS = "text_begins"
TEXTS = "texts"
"""The name in the file of all texts one after the other."""


class Card(msgspec.Struct, frozen=True, gc=False):
    """What a line of an answer says of a document; `facets` has all facets with many values, `bits` say what of them."""

    source: str
    sha256: str
    url: str | None
    title: Claim
    author: Claim
    outlet: Claim
    date: Claim
    language: Claim
    first_indexed: str
    facets: Mapping[str, Entries]
    bits: int


class _Record(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """Claims and entries by number; the facets in their order, None where the document says nothing of one."""

    source: str
    sha256: str
    url: str | None
    title: tuple[str | None, Status, str, str, Precision | None]
    author: int
    outlet: int
    date: int
    language: int
    facets: tuple[tuple[int, ...] | None, ...]
    bits: int


class Origin(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """Where a document came from: the beginning of its record."""

    source: str
    sha256: str


# One decoder each for all threads; making one takes longer than reading a page of records.
_RECORD = msgspec.msgpack.Decoder(_Record).decode
_ORIGIN = msgspec.msgpack.Decoder(Origin).decode
_CLAIM = msgspec.msgpack.Decoder(Claim).decode
_ENTRY = msgspec.msgpack.Decoder(FacetEntry).decode
_ENCODE = msgspec.msgpack.Encoder().encode


class Records:
    """The records of one segment, read where they are mapped."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self._data, self._begins = (arrays[name].data for name in _PARTS)
        self._reader = _CardReader(arrays)
        # No method of its own is remembered: held in a circle, the file would stay open until garbage is collected.
        self.card = lru_cache(_CARDS)(self._reader.card)

    def __len__(self) -> int:
        return len(self._begins) - 1

    def facets(self, row: int) -> dict[str, Entries]:
        """The entries of the facets that the document says something of."""
        return self._reader.facets(row)

    def origins(self) -> list[Origin]:
        """Where each document came from."""
        data, begins = self._data, self._begins.tolist()
        return [_ORIGIN(data[begin:end]) for begin, end in zip(begins, begins[1:], strict=False)]


class _Carried(Mapping[str, Entries]):
    """What a document carries in each facet; the entries of a facet are read when they are asked for."""

    __slots__ = ("_entry", "_names", "_numbers")

    def __init__(
        self, names: tuple[str, ...], numbers: tuple[tuple[int, ...] | None, ...], entry: Callable[[int], FacetEntry]
    ) -> None:
        self._names = names
        self._numbers = numbers
        self._entry = entry

    def __getitem__(self, name: str) -> Entries:
        if name not in self._names:
            raise KeyError(name)
        return tuple(map(self._entry, self._numbers[self._names.index(name)] or ()))

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class _CardReader:
    """Reads the records of one segment."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self._data, self._begins = (arrays[name].data for name in _PARTS)
        self._names = read_json(arrays["record_facets"], tuple[str, ...])
        self._claim = _numbered(arrays, "claims", _CLAIM)
        self._entry = _numbered(arrays, "entries", _ENTRY)
        self._runs, self._first_runs = read_json(arrays["runs"], tuple[str, ...]), arrays["first_indexed"].data

    def card(self, row: int) -> Card:
        """What the record in a row says."""
        record, claim = self._record(row), self._claim
        return Card(
            record.source, record.sha256, record.url, Claim(*record.title), claim(record.author),
            claim(record.outlet), claim(record.date), claim(record.language), self._runs[self._first_runs[row]],
            _Carried(self._names, record.facets, self._entry), record.bits,
        )  # fmt: skip

    def facets(self, row: int) -> dict[str, Entries]:
        """The entries of the facets that the document says something of."""
        held = zip(self._names, self._record(row).facets, strict=True)
        return {name: tuple(map(self._entry, numbers)) for name, numbers in held if numbers is not None}

    def _record(self, row: int) -> _Record:
        begins = self._begins
        return _RECORD(self._data[begins[row] : begins[row + 1]])


class Texts:
    """The texts of one segment as they are, mapped."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self._data, self._begins = arrays[TEXTS].data, arrays[_TEXT_BEGINS].data

    def stored(self, row: int) -> memoryview:
        """The bytes of the text in a row, in place."""
        begins = self._begins
        return self._data[begins[row] : begins[row + 1]]

    def text(self, row: int) -> str:
        """The text in a row."""
        return str(self.stored(row), "utf-8")


class RecordBuilder:
    """Makes the records of documents, given in the order of the segment."""

    def __init__(self, facets: FacetSet) -> None:
        self._names = (*BUILT_IN, *(spec.name for spec in facets.own))
        self._claims: _Numbers[Claim] = _Numbers()
        self._entries: _Numbers[FacetEntry] = _Numbers()
        self._records: list[bytes] = []
        self._texts: list[bytes | memoryview] = []

    def add(self, document: Document, text: bytes | memoryview | None = None) -> None:
        """The next document, whose text may be given as it is stored elsewhere."""
        title, claim = document.title, self._claims.number
        held = [document.facets.get(name) for name in self._names]
        self._records.append(_ENCODE(_Record(
            document.source, document.sha256, document.url,
            (title.value, title.status, title.origin, title.evidence, title.precision),
            claim(document.author), claim(document.outlet), claim(document.date), claim(document.language),
            tuple(None if entries is None else tuple(map(self._entries.number, entries)) for entries in held),
            _bits(held),
        )))  # fmt: skip
        self._texts.append(document.text.encode() if text is None else text)

    def arrays(self) -> dict[str, Array]:
        """The arrays that the file holds, but for the texts."""
        parts = zip(_PARTS, _joined(self._records), strict=True)
        return {
            **dict(parts),
            "record_facets": as_json(self._names),
            **self._claims.arrays("claims"),
            **self._entries.arrays("entries"),
            _TEXT_BEGINS: narrow(begins_of(_sizes(self._texts))),
        }

    @property
    def texts(self) -> Pieces:
        """All texts, one after the other."""
        return Pieces(self._texts)


class _Numbers(Generic[T]):
    """Numbers values in the order in which they come first."""

    def __init__(self) -> None:
        self._known: dict[T, int] = {}

    def number(self, value: T) -> int:
        return self._known.setdefault(value, len(self._known))

    def arrays(self, name: str) -> dict[str, Array]:
        data, begins = _joined(list(map(_ENCODE, self._known)))
        return {f"record_{name}": data, f"record_{name}_begins": begins}


def _bits(facets: Sequence[Sequence[FacetEntry] | None]) -> int:
    entries = [entry for held in facets for entry in held or ()]
    discovered = DISCOVERED * any(entry.status == "discovered" for entry in entries)
    return discovered | PASSING * any(not entry.salient for entry in entries)


def _sizes(pieces: Sequence[bytes | memoryview]) -> Array:
    return np.fromiter(map(len, pieces), np.int64, len(pieces))


def _joined(pieces: Sequence[bytes]) -> tuple[Array, Array]:
    return as_array(b"".join(pieces)), narrow(begins_of(_sizes(pieces)))


def _numbered(arrays: Mapping[str, Array], name: str, decode: Callable[[Any], T]) -> Callable[[int], T]:
    """What gives the value with a number; many are kept, because they come again."""
    data, begins = arrays[f"record_{name}"].data, arrays[f"record_{name}_begins"].data
    return lru_cache(_REMEMBERED)(partial(_value, data, begins, decode))


def _value(data: memoryview, begins: memoryview, decode: Callable[[Any], T], number: int) -> T:
    return decode(data[begins[number] : begins[number + 1]])
