"""The parts of Whoosh's blocks as pickle writes them, for many blocks at once, without an object for each posting.

Each part says how many bytes it takes in each block, and puts them where they belong: the opcodes of a number and what
stands around it have fixed places once all sizes are known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from searchapp.engine.whoosh_index.files.inverted import FieldPostings, Places, begins_of, sizes_of

Bytes = npt.NDArray[np.uint8]
Integers = npt.NDArray[Any]

_SHORT = 0xFF
"""The largest number, and the largest length of bytes, that takes one byte."""

_MIDDLE = 0xFFFF
_COUNT_SIZE = 4
"""Bytes of Whoosh's count of positions, and of its frequency."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Block b holds the postings from `begins[b]` on; `first` are those that begin a token, `last` those that end one."""

    begins: Places
    first: npt.NDArray[np.bool_]
    last: npt.NDArray[np.bool_]

    @property
    def sizes(self) -> Places:
        """How many postings each holds."""
        return sizes_of(self.begins)

    def placed(self, sizes: Integers, at: Integers) -> Places:
        """Where each posting stands if those of block b take so many bytes each and stand together from `at[b]` on."""
        begins = begins_of(sizes)
        return begins[:-1] + np.repeat(at - begins[self.begins[:-1]], self.sizes)

    def summed(self, sizes: Integers) -> Places:
        """What the sizes of the postings add up to in each block."""
        return sizes_of(begins_of(sizes)[self.begins])


class Part(Protocol):
    """One item of the tuple that a block is."""

    sizes: Integers

    def write(self, data: Bytes, at: Integers) -> None:
        """Put the part of block b at `at[b]`."""


def put(data: Bytes, at: Integers, opcodes: bytes) -> None:
    """The same bytes at many places."""
    for step, code in enumerate(opcodes):
        data[at + step] = code


def number_sizes(numbers: Integers) -> Integers:
    """The bytes that numbers from 0 to below 2^31 take."""
    return 2 + (numbers > _SHORT) + 2 * (numbers > _MIDDLE)


def put_numbers(data: Bytes, at: Integers, numbers: Integers) -> None:
    """Each number at its place."""
    data[at] = ord("K")
    data[at + 1] = numbers & 0xFF
    for limit, opcode, more in ((_SHORT, "M", (1,)), (_MIDDLE, "J", (2, 3))):
        larger = np.flatnonzero(numbers > limit)
        if len(larger):
            data[at[larger]] = ord(opcode)
            for byte in more:
                data[at[larger] + 1 + byte] = numbers[larger] >> 8 * byte & 0xFF


def _length_sizes(lengths: Integers) -> Integers:
    """The bytes before bytes that are so long."""
    return np.where(lengths > _SHORT, 5, 2)


def _put_lengths(data: Bytes, at: Integers, lengths: Integers) -> None:
    data[at] = ord("C")
    data[at + 1] = lengths & 0xFF
    longer = np.flatnonzero(lengths > _SHORT)
    data[at[longer]] = ord("B")
    for byte in (1, 2, 3):
        data[at[longer] + 1 + byte] = lengths[longer] >> 8 * byte & 0xFF


def _put_counts(data: Bytes, at: Integers, counts: Integers) -> None:
    """Counts in four bytes each, the highest first; nearly all are below 256."""
    data[at + 3] = counts & 0xFF
    larger = np.flatnonzero(counts > _SHORT)
    for byte in (1, 2, 3):
        data[at[larger] + 3 - byte] = counts[larger] >> 8 * byte & 0xFF


class NumberTuple:
    """A tuple of one number for each posting."""

    def __init__(self, numbers: Integers, blocks: Blocks) -> None:
        self._numbers = numbers
        self._blocks = blocks
        self._sizes = number_sizes(numbers)
        self.sizes: Integers = blocks.summed(self._sizes) + 2

    def write(self, data: Bytes, at: Integers) -> None:
        data[at] = ord("(")
        put_numbers(data, self._blocks.placed(self._sizes, at + 1), self._numbers)
        data[at + self.sizes - 1] = ord("t")


class Weights:
    """How often each document holds the token: nothing where all do once, one number where all do alike, or a tuple."""

    def __init__(self, frequencies: Integers, blocks: Blocks, highest: Integers) -> None:
        alike = np.minimum.reduceat(frequencies, blocks.begins[:-1]) == highest
        self._once = highest == 1
        self._alike = alike & ~self._once
        self._highest = highest
        differing = np.repeat(~alike, blocks.sizes)
        begins = begins_of(blocks.sizes[~alike])
        self._differing = ~alike
        self._tuple = NumberTuple(frequencies[differing], Blocks(begins, blocks.first[~alike], blocks.last[~alike]))
        self.sizes: Integers = np.where(self._once, 1, 9)
        self.sizes[self._differing] = self._tuple.sizes

    def write(self, data: Bytes, at: Integers) -> None:
        data[at[self._once]] = ord("N")
        data[at[self._alike]] = ord("G")
        numbers = self._highest[self._alike].astype(">f8").view(np.uint8).reshape(-1, 8)
        data[at[self._alike][:, None] + np.arange(1, 9)] = numbers
        self._tuple.write(data, at[self._differing])


class Nothing:
    """No values at all."""

    def __init__(self, blocks: Blocks) -> None:
        self.sizes: Integers = np.ones(len(blocks.first), np.int64)

    def write(self, data: Bytes, at: Integers) -> None:
        data[at] = ord("N")


class CountBytes:
    """How often each document holds the token, as bytes, four for each."""

    def __init__(self, frequencies: Integers, blocks: Blocks) -> None:
        self._frequencies = frequencies
        self._blocks = blocks
        self._lengths = blocks.sizes * _COUNT_SIZE
        self.sizes: Integers = _length_sizes(self._lengths) + self._lengths

    def write(self, data: Bytes, at: Integers) -> None:
        _put_lengths(data, at, self._lengths)
        sizes = np.full(len(self._frequencies), _COUNT_SIZE)
        _put_counts(data, self._blocks.placed(sizes, at + self.sizes - self._lengths), self._frequencies)


class PositionTuple:
    """A tuple of bytes for each posting: the number of positions, and a pickled list of the steps between them."""

    def __init__(self, postings: FieldPostings, blocks: Blocks) -> None:
        positions: Integers = postings.positions if postings.positions is not None else np.empty(0, np.uint32)
        self._blocks = blocks
        self._counts = postings.frequencies
        begins = postings.position_begins
        self._steps = np.diff(positions.astype(np.int64), prepend=0)
        self._steps[begins[:-1]] = positions[begins[:-1]]
        self._step_sizes = number_sizes(self._steps)
        self._listed = sizes_of(begins_of(self._step_sizes)[begins])
        self._several = self._counts > 1
        # Around the numbers: an empty list, a mark if there are several, the opcode that appends, the full stop.
        self._lengths = _COUNT_SIZE + 3 + self._several + self._listed
        self._sizes = _length_sizes(self._lengths) + self._lengths
        self.sizes: Integers = blocks.summed(self._sizes) + 2

    def write(self, data: Bytes, at: Integers) -> None:
        data[at] = ord("(")
        data[at + self.sizes - 1] = ord("t")
        values = self._blocks.placed(self._sizes, at + 1)
        _put_lengths(data, values, self._lengths)
        values = values + _length_sizes(self._lengths)
        _put_counts(data, values, self._counts)
        data[values + _COUNT_SIZE] = ord("]")
        data[values[self._several] + _COUNT_SIZE + 1] = ord("(")
        self._write_steps(data, values + _COUNT_SIZE + 1 + self._several)
        put(data, values + self._lengths - 2, b"a.")
        data[(values + self._lengths - 2)[self._several]] = ord("e")

    def _write_steps(self, data: Bytes, at: Integers) -> None:
        begins = begins_of(self._step_sizes)
        firsts = begins[begins_of(self._counts)[:-1]]
        put_numbers(data, begins[:-1] + np.repeat(at - firsts, self._counts), self._steps)
