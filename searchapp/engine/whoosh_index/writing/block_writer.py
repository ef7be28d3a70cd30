"""How does Whoosh store the postings of a field? Blocks of pickled tuples, made for all tokens of the field at once."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC

from searchapp.engine.whoosh_index.files.inverted import FieldPostings, Places, begins_of, sizes_of
from searchapp.engine.whoosh_index.writing.pickling import (
    Blocks,
    Bytes,
    CountBytes,
    Integers,
    Nothing,
    NumberTuple,
    Part,
    PositionTuple,
    Weights,
    put,
)

BLOCK = 128
"""Postings in a block; a block is read as a whole, and those of a word's best documents may be skipped."""

_WORTH_COMPRESSING = 8
"""Postings from which on compression makes a block smaller; most tokens have one or two."""

_COMPRESSION = 1

# A block is pickled as (differences, weights, values), each difference counted from the document before.
_CLOSING = b"\x87."
# Length of the block, then the pickled (documents, last, largest weight, compression, shortest, longest).
_HEAD = np.dtype([
    ("magic", "S4"), ("length", ">i4"), ("open", "S2"), ("documents", "u1"), ("int_last", "S1"), ("last", "<i4"),
    ("int_weight", "S1"), ("weight", "<i4"), ("int_compression", "S1"), ("compression", "u1"), ("close", "S6"),
])  # fmt: skip
_UNCOUNTED = len(WHOOSH3_HEADER_MAGIC) + 4
"""The bytes of a head that the length of its block does not count."""


@dataclass(frozen=True, slots=True)
class StoredPostings:
    """The postings of a field as they stand in the file, and of each token how many bytes they take."""

    data: bytes
    sizes: Places


def store_postings(postings: FieldPostings, value_size: int | None) -> StoredPostings:
    """The postings as Whoosh stores them; `value_size` is that of the value beside each, None where it holds positions.

    Lengths of documents are left out: without them Whoosh's own searcher takes a block for better than it may be.
    """
    blocks = _cut(postings)
    highest = np.maximum.reduceat(postings.frequencies, blocks.begins[:-1])
    data, begins = _pickled(postings, blocks, highest, value_size)
    heads = _heads(postings, blocks, highest)
    joined = data.tobytes()
    packed = [joined[start:end] for start, end in pairwise(begins.tolist())]
    for block in np.flatnonzero(blocks.sizes >= _WORTH_COMPRESSING).tolist():
        packed[block] = zlib.compress(packed[block], _COMPRESSION)
        heads["compression"][block] = _COMPRESSION
    lengths = np.fromiter(map(len, packed), np.int64, len(packed)) + _HEAD.itemsize - _UNCOUNTED
    heads["length"] = np.where(blocks.last, -lengths, lengths)
    sizes = lengths + 4 + len(WHOOSH3_HEADER_MAGIC) * blocks.first
    return StoredPostings(_joined(heads, blocks.first, packed), np.add.reduceat(sizes, np.flatnonzero(blocks.first)))


def _cut(postings: FieldPostings) -> Blocks:
    """The blocks of all tokens: each begins anew."""
    held = sizes_of(postings.begins)
    counts = -(-held // BLOCK)
    firsts = begins_of(counts)
    number = np.arange(firsts[-1]) - np.repeat(firsts[:-1], counts)
    begins = np.append(np.repeat(postings.begins[:-1], counts) + number * BLOCK, postings.begins[-1])
    return Blocks(begins, number == 0, number == np.repeat(counts, counts) - 1)


def _joined(heads: npt.NDArray[Any], first: npt.NDArray[np.bool_], packed: list[bytes]) -> bytes:
    """Head and data of all blocks one after the other; only the first of a token begins with the magic."""
    joined, size = heads.tobytes(), _HEAD.itemsize
    starts = np.arange(len(packed)) * size + len(WHOOSH3_HEADER_MAGIC) * ~first
    pieces: list[bytes] = []
    for number, (start, data) in enumerate(zip(starts.tolist(), packed, strict=True), 1):
        pieces += joined[start : number * size], data
    return b"".join(pieces)


def _heads(postings: FieldPostings, blocks: Blocks, highest: Integers) -> npt.NDArray[Any]:
    heads = np.zeros(len(highest), _HEAD)
    heads["magic"], heads["open"], heads["close"] = WHOOSH3_HEADER_MAGIC, b"(K", b"K\0K\0t."
    heads["int_last"] = heads["int_weight"] = b"J"
    heads["int_compression"] = b"K"
    heads["documents"], heads["weight"] = blocks.sizes, highest
    heads["last"] = postings.documents[blocks.begins[1:] - 1]
    return heads


def _pickled(
    postings: FieldPostings, blocks: Blocks, highest: Integers, value_size: int | None
) -> tuple[Bytes, Places]:  # fmt: skip
    """The pickled blocks one after the other, and where each begins."""
    differences = np.diff(postings.documents, prepend=0)
    differences[blocks.begins[:-1]] = postings.documents[blocks.begins[:-1]]
    parts: list[Part] = [NumberTuple(differences, blocks), Weights(postings.frequencies, blocks, highest)]
    if value_size is None:
        parts.append(PositionTuple(postings, blocks))
    else:
        parts.append(CountBytes(postings.frequencies, blocks) if value_size else Nothing(blocks))
    begins = begins_of(sum((part.sizes for part in parts), np.full(len(highest), len(_CLOSING))))
    data = np.zeros(begins[-1], np.uint8)
    at = begins[:-1]
    for part in parts:
        part.write(data, at)
        at = at + part.sizes
    put(data, at, _CLOSING)
    return data, begins
