"""Which lines of a sorted text begin alike? Found by halving, so that of a mapped file only a few pages are read."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Text = npt.NDArray[np.uint8]

_NEWLINE = b"\n"
_AFTER_ALL = b"\xff"
"""Greater than every byte of UTF-8, whose order is that of its characters."""

_CHUNK = 64


def lines_beginning(text: Text, prefix: bytes) -> list[bytes]:
    """The lines that begin with `prefix`, of UTF-8 lines in the order of their bytes, joined by newlines."""
    first, last = _first_from(text, prefix), _first_from(text, prefix + _AFTER_ALL)
    # The newline before the line that comes after them is not theirs.
    return text[first : min(last - 1, len(text))].tobytes().split(_NEWLINE) if first < last else []


def _first_from(text: Text, key: bytes) -> int:
    """Where the first line begins that is not before `key`; one more than the length of the text if none is."""
    low, high = 0, len(text) + 1
    while low < high:
        middle = min((low + high) // 2, len(text))
        begin, end = _begin(text, middle), _end(text, middle)
        if text[begin:end].tobytes() < key:
            low = end + 1
        else:
            high = begin
    return low


def _begin(text: Text, place: int) -> int:
    """Where the line begins that holds this place."""
    width = _CHUNK
    while True:
        start = max(0, place - width)
        found = text[start:place].tobytes().rfind(_NEWLINE)
        if found >= 0 or start == 0:
            return start + found + 1
        width *= 2


def _end(text: Text, place: int) -> int:
    """Where the line ends that holds this place."""
    width = _CHUNK
    while True:
        found = text[place : place + width].tobytes().find(_NEWLINE)
        if found >= 0:
            return place + found
        if place + width >= len(text):
            return len(text)
        width *= 2
