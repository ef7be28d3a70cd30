"""Writes the files of terms and of postings of a segment, in Whoosh's format and with few calls for each term."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator, Sequence
from hashlib import md5
from itertools import pairwise
from operator import sub
from struct import Struct
from typing import Any, NamedTuple

import numpy as np
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3Segment
from whoosh.fields import FieldType
from whoosh.filedb.filetables import OrderedHashWriter
from whoosh.filedb.structfile import StructFile
from whoosh.formats import Positions

from searchapp.engine.whoosh_index.inverted import FieldPostings

BLOCK = 128
"""Postings in a block; a block is read as a whole, and those of a word's best documents may be skipped."""

_WORTH_COMPRESSING = 8
"""Postings from which on compression makes a block smaller; most tokens have one or two."""

_COMPRESSION = 3

_POSITIONS = Positions()

PROTOCOL = 3
"""The first of pickle's formats that has bytes; Whoosh reads any."""

# Flags, weight, documents, shortest and longest, largest weight, first and last document; place and size of postings.
_TERM_INFO = Struct("!BfIBBfIIqi")
_FIELD_NUMBER = Struct("!H")
_BLOCK_LENGTH = Struct("!i")
_KEY_AND_VALUE = Struct("!ii")
_POINTER = Struct("!Iq")


class Term(NamedTuple):
    """A token with its documents in ascending order, how often each holds it, and where, if the field has positions."""

    field: str
    token: bytes
    documents: Sequence[int]
    frequencies: Sequence[float]
    positions: Sequence[bytes]


def _terms(name: str, postings: FieldPostings) -> Iterator[Term]:
    begins = postings.begins.tolist()
    documents, frequencies = postings.documents.tolist(), postings.frequencies.astype(np.float32).tolist()
    stored: list[bytes] = []
    if postings.positions is not None:
        places, ends = postings.positions.tolist(), postings.position_begins.tolist()
        stored = [_POSITIONS.encode(places[start:end]) for start, end in pairwise(ends)]
    for token, start, end in zip(postings.tokens, begins, begins[1:], strict=False):
        held = slice(start, end)
        yield Term(name, token, documents[held], frequencies[held], stored[held])


class BulkCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's own codec, whose files of terms and postings are written by this module; segments name Whoosh's."""

    def field_writer(self, storage: Any, segment: Any) -> TermWriter:
        return TermWriter(storage, segment)

    def new_segment(self, storage: Any, indexname: str) -> Any:
        return W3Segment(W3Codec(), indexname)


class TermWriter:
    """Takes the terms of one field after the other, each field in the order of the bytes of its tokens."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._terms = _TermFile(segment.create_file(storage, W3Codec.TERMS_EXT))
        self._fields: dict[str, int] = {}
        self._terms.extras["fieldmap"] = self._fields
        self._postings: StructFile = segment.create_file(storage, W3Codec.POSTS_EXT)
        self._end = 0
        self.is_closed = False

    def write(self, name: str, field: FieldType, field_postings: FieldPostings) -> None:
        """Write all terms of a field."""
        terms = _terms(name, field_postings)
        number = _FIELD_NUMBER.pack(self._fields.setdefault(name, len(self._fields)))
        value_size = field.format.fixed_value_size()
        for term in terms:
            postings = _postings(term, value_size)
            self._postings.write(postings)
            info = _TERM_INFO.pack(
                0, sum(term.frequencies), len(term.documents), 0, 0, max(term.frequencies),
                term.documents[0], term.documents[-1], self._end, len(postings),
            )  # fmt: skip
            self._terms.add(number + term.token, info)
            self._end += len(postings)

    def close(self) -> None:
        """Complete both files."""
        self._terms.close()
        self._postings.close()
        self.is_closed = True


def _postings(term: Term, value_size: int | None) -> bytes:
    """The postings as Whoosh stores them: blocks with the length of each, that of the last one negative."""
    count = len(term.documents)
    if count <= BLOCK:
        head, data = _block(term, value_size, _COMPRESSION if count >= _WORTH_COMPRESSING else 0)
        return b"".join((WHOOSH3_HEADER_MAGIC, _BLOCK_LENGTH.pack(-len(head) - len(data)), head, data))
    pieces = [WHOOSH3_HEADER_MAGIC]
    for start in range(0, count, BLOCK):
        held = slice(start, start + BLOCK)
        part = Term(term.field, term.token, term.documents[held], term.frequencies[held], term.positions[held])
        head, data = _block(part, value_size, _COMPRESSION)
        length = len(head) + len(data)
        pieces += (_BLOCK_LENGTH.pack(length if held.stop < count else -length), head, data)
    return b"".join(pieces)


def _block(term: Term, value_size: int | None, compression: int) -> tuple[bytes, bytes]:
    """A block of all postings: what Whoosh knows of it before it reads the rest, and the rest.

    Lengths of documents are left out: without them Whoosh's own searcher takes a block for better than it may be.
    """
    documents, frequencies = term.documents, term.frequencies
    highest = max(frequencies)
    differences = (documents[0], *map(sub, documents[1:], documents))
    values = _values(frequencies, term.positions, value_size)
    data = pickle.dumps((differences, _weights(frequencies, highest), values), PROTOCOL)
    head = pickle.dumps((len(documents), documents[-1], highest, compression, 0, 0), PROTOCOL)
    return head, zlib.compress(data, compression) if compression else data


def _weights(frequencies: Sequence[float], highest: float) -> Sequence[float] | float | None:
    """How often, as Whoosh stores it: nothing where all are 1, one number where all are equal."""
    if highest == 1.0:
        return None
    return highest if min(frequencies) == highest else tuple(frequencies)


def _values(
    frequencies: Sequence[float], positions: Sequence[bytes], size: int | None
) -> Sequence[bytes] | bytes | None:
    """What is stored beside each document: its positions where they differ in size, else how often, or nothing."""
    if size is None:
        return tuple(positions)
    return Struct(f"!{len(frequencies)}I").pack(*map(int, frequencies)) if size else None


class _TermFile(OrderedHashWriter):  # type: ignore[misc]
    """Whoosh's file of ordered keys, with fewer calls for each: keys must come in order."""

    def __init__(self, file: StructFile) -> None:
        super().__init__(file)
        self._end: int = file.tell()

    def add(self, key: bytes, value: bytes) -> None:
        self.index.append(self._end)
        place = int.from_bytes(md5(key, usedforsecurity=False).digest()[-4:], "big")
        self.buckets[place & 255].append((place, self._end))
        record = _KEY_AND_VALUE.pack(len(key), len(value)) + key + value
        self.dbfile.write(record)
        self._end += len(record)

    def _write_hashes(self) -> None:
        for entries in self.buckets:
            slots = 2 * len(entries)
            self.directory.append((self.dbfile.tell(), slots))
            table = [b""] * slots
            for place, position in entries:
                slot = (place >> 8) % slots
                while table[slot]:
                    slot = (slot + 1) % slots
                table[slot] = _POINTER.pack(place, position)
            empty = bytes(_POINTER.size)
            self.dbfile.write(b"".join([entry or empty for entry in table]))
