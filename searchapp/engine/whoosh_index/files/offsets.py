"""Where do the tokens of a text stand in it? Start and end of each, in little more than one byte a token.

The byte of a token holds how far it starts after the end of the one before, and how long it is. What is too far or too
long for that stands in a list of exceptions.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from searchapp.engine.whoosh_index.files.arrays import Array, narrow
from searchapp.engine.whoosh_index.files.inverted import Numbers, begins_of, sizes_of

_LENGTH_BITS = 6
_LONGEST = (1 << _LENGTH_BITS) - 1
_FARTHEST = 3
_WIDE = 0xFF
"""The byte of an exception."""

_LENGTHS: Numbers = np.arange(_WIDE + 1, dtype=np.int32) & _LONGEST
_SIZES: Numbers = (np.arange(_WIDE + 1, dtype=np.int32) >> _LENGTH_BITS) + _LENGTHS
"""How long the token of each byte is, and how far it ends after the end of the one before."""

PIECE_GAP = 1 << 12
"""Positions left free between two pieces of a document: more than a query's words can lie apart, so none spans two."""

_PARTS = ("pieces", "tokens", "steps", "wide_places", "wide_gaps", "wide_lengths")


@dataclass(frozen=True, slots=True)
class TokenOffsets:
    """The tokens of one stream of a segment, document by document.

    Document d has the pieces from `pieces[d]` to before `pieces[d + 1]`, piece p the tokens from `tokens[p]` on. `steps`
    are their bytes; `wide_places` are the exceptions among them, ascending.
    """

    pieces: Array
    tokens: Array
    steps: npt.NDArray[np.uint8]
    wide_places: Array
    wide_gaps: Array
    wide_lengths: Array

    def sizes(self, document: int) -> npt.NDArray[np.int64]:
        """How many tokens each piece of a document has."""
        first, end = self.pieces[document : document + 2].tolist()
        return sizes_of(self.tokens[first : end + 1])

    def of(self, document: int, piece: int) -> tuple[Numbers, Numbers]:
        """Where the tokens of a piece of a document start and end in it."""
        first = int(self.pieces[document]) + piece
        start, end = self.tokens[first : first + 2].tolist()
        steps = self.steps[start:end]
        sizes, lengths = _SIZES.take(steps), _LENGTHS.take(steps)
        wide = slice(bisect_left(self.wide_places.data, start), bisect_left(self.wide_places.data, end))
        if wide.start < wide.stop:
            places = self.wide_places[wide].astype(np.int64) - start
            lengths[places] = self.wide_lengths[wide]
            sizes[places] = lengths[places] + self.wide_gaps[wide]
        ends = sizes.cumsum(dtype=np.int32)
        return ends - lengths, ends

    def chosen(self, documents: Numbers) -> TokenOffsets:
        """Those of these documents, which ascend."""
        counts = sizes_of(self.pieces)
        held = np.zeros(len(counts), np.bool_)
        held[documents] = True
        sizes = sizes_of(self.tokens)
        in_piece = np.repeat(held, counts)
        in_step = np.repeat(in_piece, sizes)
        wide = in_step[self.wide_places]
        return TokenOffsets(
            begins_of(counts[held]), begins_of(sizes[in_piece]), self.steps[in_step],
            begins_of(in_step)[self.wide_places[wide]], self.wide_gaps[wide], self.wide_lengths[wide],
        )  # fmt: skip

    def arrays(self, stream: str) -> dict[str, Array]:
        """What `read_offsets` makes the same of again."""
        return {f"{stream}.offsets.{part}": narrow(getattr(self, part)) for part in _PARTS}


def read_offsets(arrays: Mapping[str, Array], stream: str) -> TokenOffsets:
    """The offsets of the stream in the file that these arrays are of."""
    return TokenOffsets(*(arrays[f"{stream}.offsets.{part}"] for part in _PARTS))


def make_offsets(pieces: Array, sizes: Array, starts: Array, ends: Array) -> TokenOffsets:
    """The offsets of documents with so many pieces each, of so many tokens each, with all their starts and ends."""
    tokens = begins_of(sizes)
    before = np.zeros(len(starts), np.int64)
    before[1:] = ends[:-1]
    before[tokens[:-1][sizes > 0]] = 0
    gaps, lengths = starts - before, ends.astype(np.int64) - starts
    wide = np.flatnonzero((gaps > _FARTHEST) | (lengths > _LONGEST) | (gaps << _LENGTH_BITS | lengths == _WIDE))
    steps = (gaps << _LENGTH_BITS | lengths).astype(np.uint8)
    steps[wide] = _WIDE
    return TokenOffsets(begins_of(pieces), tokens, steps, wide, gaps[wide], lengths[wide])


def united_offsets(parts: list[TokenOffsets]) -> TokenOffsets:
    """The offsets of several sets of documents, one after the other."""
    if len(parts) == 1:
        return parts[0]
    return TokenOffsets(
        begins_of(np.concatenate([sizes_of(part.pieces) for part in parts])),
        begins_of(np.concatenate([sizes_of(part.tokens) for part in parts])),
        np.concatenate([part.steps for part in parts]),
        np.concatenate([part.wide_places + base for part, base in
                        zip(parts, begins_of(np.array([len(part.steps) for part in parts])), strict=False)]),
        np.concatenate([part.wide_gaps for part in parts]),
        np.concatenate([part.wide_lengths for part in parts]),
    )  # fmt: skip


def first_positions(sizes: npt.NDArray[Any], pieces: npt.NDArray[Any]) -> Numbers:
    """The position in its document at which each piece begins."""
    steps = np.cumsum(sizes.astype(np.int64) + PIECE_GAP) - (sizes + PIECE_GAP)
    starts = np.cumsum(pieces) - pieces
    of_document = np.append(steps, 0)[starts]
    return np.asarray(steps - np.repeat(of_document, pieces), np.int32)
