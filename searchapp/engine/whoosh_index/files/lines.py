"""Which lines of a sorted text begin alike? Found by halving, so that of a mapped file only a few pages are read."""

from __future__ import annotations

from bisect import bisect_left

import numpy as np
import numpy.typing as npt

Text = npt.NDArray[np.uint8]

_NEWLINE = b"\n"
_AFTER_ALL = b"\xff"
"""Greater than every byte of UTF-8, whose order is that of its characters."""

_CHUNK = 64
_NEAR = 256
_LEAF = 1 << 11
"""Bytes that are quicker split into lines than halved again."""


def lines_beginning(text: Text, prefix: bytes) -> list[bytes]:
    """The lines that begin with `prefix`, of UTF-8 lines in the order of their bytes, joined by newlines."""
    data = text.data
    first = _first_from(data, prefix, 0)
    near = bytes(data[first : first + _NEAR]).split(_NEWLINE)
    # The last of them may be cut off.
    for number, line in enumerate(near[:-1]):
        if not line.startswith(prefix):
            return near[:number]
    last = _first_from(data, prefix + _AFTER_ALL, first)
    # The newline before the line that comes after them is not theirs.
    return bytes(data[first : min(last - 1, len(data))]).split(_NEWLINE) if first < last else []


def _first_from(data: memoryview, key: bytes, low: int) -> int:
    """Where the first line begins, from the line at `low` on, that is not before `key`; else one more than the length."""
    high = len(data) + 1
    while high - low > _LEAF:
        middle = _line_after(data, (low + high) // 2)
        if middle >= high:
            break
        if _starts_before(data, middle, key):
            low = middle
        else:
            high = middle
    if low >= high:
        return low
    lines = bytes(data[low : high - 1]).split(_NEWLINE)
    before = bisect_left(lines, key)
    return low + sum(map(len, lines[:before])) + before


def _line_after(data: memoryview, place: int) -> int:
    """Where the line begins after the one that holds this place; one more than the length after the last."""
    width = _CHUNK
    while place < len(data):
        found = bytes(data[place : place + width]).find(_NEWLINE)
        if found >= 0:
            return place + found + 1
        place += width
        width *= 2
    return len(data) + 1


def _starts_before(data: memoryview, begin: int, key: bytes) -> bool:
    """Whether the line that begins there comes before `key`."""
    start = bytes(data[begin : begin + len(key)])
    return start.partition(_NEWLINE)[0] < key
