"""A set of rows of one generation: a list of their numbers, or a mask over all, each made of the other when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]
Numbers = npt.NDArray[np.signedinteger[Any]]
AnyArray = npt.NDArray[Any]

_FEW = 16
"""Up to one row in so many, sets are compared by their lists and not by their masks."""


class RowSet:
    """Never changed once it is made. `numbers` ascend, each once; `size` is the number of all rows."""

    __slots__ = ("_mask", "_numbers", "size")

    def __init__(self, size: int, *, numbers: Numbers | None = None, mask: Mask | None = None) -> None:
        self.size = size
        self._numbers: Rows | None = None if numbers is None else numbers.astype(np.intp, copy=False)
        self._mask = mask

    @classmethod
    def none(cls, size: int) -> RowSet:
        """No rows."""
        return cls(size, numbers=np.empty(0, np.intp))

    @classmethod
    def where(cls, mask: Mask) -> RowSet:
        """The rows where the mask is true."""
        return cls(len(mask), mask=mask)

    @classmethod
    def united(cls, size: int, parts: Sequence[Numbers]) -> RowSet:
        """All rows that are in any of the parts, each of them ascending."""
        if len(parts) == 1:
            return cls(size, numbers=parts[0])
        if sum(map(len, parts)) * _FEW <= size:
            return cls(size, numbers=distinct(np.concatenate(parts))) if parts else cls.none(size)
        mask = np.zeros(size, np.bool_)
        for part in parts:
            mask[part] = True
        return cls.where(mask)

    @property
    def numbers(self) -> Rows:
        """The rows, ascending."""
        if self._numbers is None:
            self._numbers = np.flatnonzero(self.mask)
        return self._numbers

    @property
    def mask(self) -> Mask:
        """For each row whether it is one of these; not to be written to."""
        if self._mask is None:
            mask = np.zeros(self.size, np.bool_)
            mask[self.numbers] = True
            self._mask = mask
        return self._mask

    def __len__(self) -> int:
        return int(np.count_nonzero(self.mask)) if self._numbers is None else len(self._numbers)

    def __and__(self, other: RowSet) -> RowSet:
        few, many = (self, other) if self._is_few() else (other, self)
        if not few._is_few():
            return RowSet.where(self.mask & other.mask)
        return few._those(many._hold(few.numbers))

    def __sub__(self, other: RowSet) -> RowSet:
        if self._is_few():
            return self._those(~other._hold(self.numbers))
        return RowSet.where(self.mask & ~other.mask)

    def __or__(self, other: RowSet) -> RowSet:
        if self._is_few() and other._is_few():
            return RowSet.united(self.size, (self.numbers, other.numbers))
        few, many = (self, other) if self._is_few() else (other, self)
        mask = many.mask.copy()
        if few._is_few():
            mask[few.numbers] = True
        else:
            mask |= few.mask
        return RowSet.where(mask)

    def __invert__(self) -> RowSet:
        return RowSet.where(~self.mask)

    def _hold(self, numbers: Rows) -> Mask:
        """Which of the rows are among these."""
        if self._mask is not None or not self._is_few():
            return self.mask[numbers]
        return among(numbers, self.numbers)

    def _those(self, kept: Mask) -> RowSet:
        return self if kept.all() else RowSet(self.size, numbers=self.numbers[kept])

    def _is_few(self) -> bool:
        return self._numbers is not None and len(self._numbers) * _FEW <= self.size


def among(wanted: AnyArray, held: AnyArray) -> Mask:
    """Which of `wanted` are in `held`; both ascending."""
    if not len(held):
        return np.zeros(len(wanted), np.bool_)
    places = np.searchsorted(held, wanted)
    places[places == len(held)] = 0
    return np.asarray(held[places] == wanted)


def distinct(numbers: AnyArray) -> AnyArray:
    """The distinct ones of these numbers, ascending."""
    # A sort of plain numbers is quicker than the hash table of `np.unique`.
    numbers = np.sort(numbers)
    return numbers[is_new(numbers)]


def is_new(ordered: AnyArray) -> npt.NDArray[np.bool_]:
    """Which of the ordered numbers are not like the one before."""
    new = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return new
