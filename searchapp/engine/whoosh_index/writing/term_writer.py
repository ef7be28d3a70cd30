"""Writes the files of terms and of postings of a segment, in Whoosh's format and with few calls for each term."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from hashlib import md5
from itertools import pairwise
from struct import Struct
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.fields import FieldType
from whoosh.filedb.filetables import OrderedHashWriter
from whoosh.filedb.structfile import StructFile

from searchapp.engine.whoosh_index.files.inverted import FieldPostings, begins_of, sizes_of
from searchapp.engine.whoosh_index.writing.block_writer import store_postings

_FIELD_NUMBER = Struct("!H")
_KEY_AND_VALUE = Struct("!ii")
_TERM_INFO = np.dtype([
    ("flags", "u1"), ("weight", ">f4"), ("documents", ">u4"), ("shortest", "u1"), ("longest", "u1"),
    ("largest_weight", ">f4"), ("first", ">u4"), ("last", ">u4"), ("place", ">i8"), ("size", ">i4"),
])  # fmt: skip
_POINTER = np.dtype([("hash", ">u4"), ("place", ">i8")])
_TABLES = 256
"""Hash tables in the file, told apart by the lowest byte of the hash."""


_FREE = 4
"""Keys for each free slot of a hash table. Whoosh leaves as many slots free as there are keys, but reads any number."""


class BulkCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's own codec, whose files of terms and postings are written by this module; segments name Whoosh's."""

    def field_writer(self, storage: Any, segment: Any) -> TermWriter:
        return TermWriter(storage, segment)

    def new_segment(self, storage: Any, indexname: str) -> Any:
        return W3Segment(W3Codec(), indexname)


class TermWriter:
    """Takes the fields of a segment one after the other."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._terms = _TermFile(segment.create_file(storage, W3Codec.TERMS_EXT))
        self._fields: dict[str, int] = {}
        self._terms.extras["fieldmap"] = self._fields
        self._postings: StructFile = segment.create_file(storage, W3Codec.POSTS_EXT)
        self._end = 0
        self.is_closed = False

    def write(self, name: str, field: FieldType, postings: FieldPostings) -> None:
        """Write all terms of a field."""
        number = _FIELD_NUMBER.pack(self._fields.setdefault(name, len(self._fields)))
        for piece in postings.pieces():
            self._write(number, field, piece)

    def _write(self, number: bytes, field: FieldType, postings: FieldPostings) -> None:
        stored = store_postings(postings, field.format.fixed_value_size())
        self._postings.write(stored.data)
        starts = postings.begins[:-1]
        infos = np.zeros(len(starts), _TERM_INFO)
        infos["weight"] = sizes_of(postings.position_begins[postings.begins])
        infos["documents"] = postings.held
        infos["largest_weight"] = np.maximum.reduceat(postings.frequencies, starts)
        infos["first"], infos["last"] = postings.documents[starts], postings.documents[postings.begins[1:] - 1]
        places = self._end + begins_of(stored.sizes)
        infos["place"], infos["size"] = places[:-1], stored.sizes
        self._end = int(places[-1])
        self._terms.add_all_in_order([number + token for token in postings.tokens], infos)

    def close(self) -> None:
        """Complete both files."""
        self._terms.close()
        self._postings.close()
        self.is_closed = True


class _TermFile(OrderedHashWriter):  # type: ignore[misc]
    """Whoosh's file of ordered keys, with fewer calls for each."""

    def __init__(self, file: StructFile) -> None:
        super().__init__(file)
        self._end: int = file.tell()
        self._hashes: list[int] = []
        self._places: list[npt.NDArray[np.int64]] = []

    def add_all_in_order(self, keys: Sequence[bytes], values: npt.NDArray[Any]) -> None:
        """Add keys that come in order, also after those added before, each with the bytes of its value."""
        lengths = np.fromiter(map(len, keys), np.int64, len(keys))
        places = self._end + begins_of(lengths + _KEY_AND_VALUE.size + values.itemsize)
        self._places.append(places[:-1])
        self._end = int(places[-1])
        self._hashes += _hashes(keys)
        joined, size = values.tobytes(), values.itemsize
        ends = range(0, len(joined) + 1, size)
        records = zip(keys, lengths.tolist(), pairwise(ends), strict=True)
        pack = _KEY_AND_VALUE.pack
        self.dbfile.write(b"".join([pack(length, size) + key + joined[a:b] for key, length, (a, b) in records]))

    def close(self) -> None:
        # What Whoosh writes at the end of the file: all places in order.
        self._all_places = np.concatenate([np.empty(0, np.int64), *self._places])
        kind = "i" if self._end < 1 << 31 else "q"
        self.index.array = array(kind, self._all_places.astype(kind).tobytes())
        super().close()

    def _write_hashes(self) -> None:
        hashes = np.array(self._hashes, np.int64)
        order = np.argsort((hashes % _TABLES).astype(np.uint8), kind="stable")
        ends = np.cumsum(np.bincount(hashes % _TABLES, minlength=_TABLES))
        for own in np.split(order, ends[:-1]):
            table = np.zeros(len(own) + -(-len(own) // _FREE), _POINTER)
            slots = _slots(hashes[own] // _TABLES, len(table))
            table["hash"][slots], table["place"][slots] = hashes[own], self._all_places[own]
            self.directory.append((self.dbfile.tell(), len(table)))
            self.dbfile.write(table.tobytes())


def _hashes(keys: Iterable[bytes]) -> list[int]:
    """Whoosh's hash of each key."""
    return [int.from_bytes(md5(key, usedforsecurity=False).digest()[-4:], "big") for key in keys]


def _slots(wanted: npt.NDArray[np.int64], count: int) -> npt.NDArray[np.int64]:
    """A slot of its own for each: the one wanted (modulo their count), or the first free one after it."""
    if not count:
        return wanted
    order = np.argsort(wanted % count, kind="stable")
    steps = np.arange(len(order))
    placed = np.maximum.accumulate((wanted % count)[order] - steps) + steps
    past = np.flatnonzero(placed >= count)
    # Who would stand after the end goes on at the beginning.
    free = np.setdiff1d(np.arange(count), placed, assume_unique=True)
    placed[past] = free[: len(past)]
    slots = np.empty(len(wanted), np.int64)
    slots[order] = placed
    return slots
