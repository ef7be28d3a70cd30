"""Posting blocks of Whoosh's codec as arrays: document numbers, how often, and the stored values, block by block."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate
from struct import Struct
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC
from whoosh.filedb.structfile import BufferFile
from whoosh.reading import SegmentReader, TermNotFound

from searchapp.engine.whoosh_index.files.inverted import FieldPostings, begins_of

Rows = npt.NDArray[np.int32]
Counts = npt.NDArray[np.integer[Any]]

_LENGTH = Struct("!i")

# Whoosh's file of terms: the lengths of key and value before both; a value ends with where the postings are.
_KEY_AND_VALUE = Struct("!ii")
_FIELD_NUMBER = Struct("!H")
_OFFSET = Struct("!q")
_OFFSET_PLACE = Struct("!BfIBBfII").size

_FIRST_BYTES_OF_PICKLE = 4
"""A stored list of positions is its length (four bytes), then the pickled list of their differences."""


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents of one segment that hold a token, ascending, with how often each does.

    `positions` are the encoded positions of each, None where they were not asked for.
    """

    rows: Rows
    counts: Counts
    positions: list[bytes] | None = None


def find_postings(reader: SegmentReader, field: str, token: str, *, with_positions: bool = False) -> Postings | None:
    """The postings of a token in one segment, deleted documents included; None where no document holds it."""
    try:
        info = reader._terms.term_info(field, token.encode())
    except TermNotFound:
        return None
    return read_postings(reader._terms._postfile, info.extent()[0], with_positions=with_positions)


def read_field(reader: SegmentReader, field: str) -> FieldPostings:
    """All postings of a field of a segment, deleted documents included."""
    positional = reader.schema[field].supports("positions")
    file, tokens, held, steps = reader._terms._postfile, [], [], []
    for token, offset in _tokens(reader, field):
        tokens.append(token)
        held.append(read_postings(file, offset, with_positions=positional))
        steps += [positions_in(stored) for stored in held[-1].positions or ()]
    empty = np.empty(0, np.int32)
    return FieldPostings(
        tokens, begins_of(np.array([len(one.rows) for one in held], np.int64)),
        np.concatenate([empty, *(one.rows for one in held)]), np.concatenate([empty, *(one.counts for one in held)]),
        np.array([each for one in steps for each in accumulate(one)], np.uint32) if positional else None,
    )  # fmt: skip


def _tokens(reader: SegmentReader, field: str) -> Iterator[tuple[bytes, int]]:
    """The tokens of a field in order, with where the postings of each begin."""
    index = reader._terms._tindex
    if field not in index.extras["fieldmap"]:
        return
    data, number = content(index.dbfile), _FIELD_NUMBER.pack(index.extras["fieldmap"][field])
    place = index.closest_key_pos(number)
    while place is not None and place < index.endofdata:
        key_length, value_length = _KEY_AND_VALUE.unpack_from(data, place)
        value = place + _KEY_AND_VALUE.size + key_length
        key = bytes(data[value - key_length : value])
        if not key.startswith(number):
            return
        yield key[len(number) :], _OFFSET.unpack_from(data, value + _OFFSET_PLACE)[0]
        place = value + value_length


def read_postings(file: Any, offset: int, *, with_positions: bool = False) -> Postings:
    """The postings that begin at `offset` of the postings file; `with_positions` only where the field has them."""
    rows: list[Rows] = []
    counts: list[Counts] = []
    positions: list[bytes] = []
    for differences, weights, stored in read_blocks(content(file), offset):
        rows.append(np.cumsum(np.array(differences, np.int32), dtype=np.int32))
        counts.append(_counts(weights, len(differences)))
        if with_positions:
            positions.extend(stored)
    if len(rows) == 1:
        return Postings(rows[0], counts[0], positions if with_positions else None)
    return Postings(np.concatenate(rows), np.concatenate(counts), positions if with_positions else None)


def positions_in(value: bytes) -> list[int]:
    """The differences between the positions that one stored value holds, the first counted from 0."""
    found: list[int] = pickle.loads(value[_FIRST_BYTES_OF_PICKLE:])
    return found


def _counts(weights: Any, length: int) -> Counts:
    """How often, out of what Whoosh makes of it: None for all once, one number where all are equal."""
    if weights is None:
        return np.ones(length, np.int32)
    if isinstance(weights, float):
        return np.full(length, int(weights), np.int32)
    return np.array(weights, np.float32).astype(np.int32)


def content(file: Any) -> memoryview:
    """All bytes of a file of a segment, in place where Whoosh could map them."""
    if isinstance(file, BufferFile):
        return memoryview(file._buf)
    file.seek(0)
    return memoryview(file.read())


def read_blocks(data: memoryview, offset: int) -> Iterator[tuple[tuple[int, ...], Any, Any]]:
    """Each block's differences of document numbers, weights and values, as Whoosh pickled them.

    Weights are None for all 1, one number where all are equal; values are None or joined where there are no positions.
    """
    position = offset + len(WHOOSH3_HEADER_MAGIC)
    last = False
    while not last:
        signed_length = _LENGTH.unpack_from(data, position)[0]
        last, start = signed_length < 0, position + _LENGTH.size
        position = start + abs(signed_length)
        head = BytesIO(data[start:position])
        compressed = pickle.load(head)[3]
        block = data[start + head.tell() : position]
        yield pickle.loads(zlib.decompress(block) if compressed else block)
