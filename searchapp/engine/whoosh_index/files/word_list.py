"""Which words stand in a sorted list of a segment, from which place on do they begin alike, which are nearly alike?

The list stays where it is mapped. Every 32nd word is known by heart, so that a word is found without halving the list.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache, partial
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from searchapp.engine.whoosh_index.files.arrays import Array

_BLOCK = 32
_REMEMBERED = 64
"""Blocks of a list that are kept as words; forms of one stem stand in few of them."""

_NEWLINE = 0x0A
_CONTINUES = 0x80
_CONTINUES_BITS = 0xC0
"""What a byte begins with that is not the first of its character."""

AFTER_ALL = b"\xff"
"""Greater than every byte of UTF-8, whose order is that of its characters."""

_LETTERS = np.left_shift(np.uint32(1), np.arange(256, dtype=np.uint32) & 31)
_LETTERS[_NEWLINE] = 0
"""The bit of each byte; of a word those of the last bytes of its characters say which letters it may have."""

Text = npt.NDArray[np.uint8]
Letters = npt.NDArray[np.uint32]
Sizes = npt.NDArray[np.int32]

_NO_LETTERS, _NO_SIZES = np.empty(0, np.uint32), np.empty(0, np.int32)

_AT_ONCE = 16_384
"""Words that are measured at once: what is calculated of them stays in the fast memory of the processor."""


class WordList:
    """UTF-8 words in the order of their bytes, joined by newlines; `held` says how many documents hold each."""

    def __init__(self, text: Text, held: Array) -> None:
        self._text = text
        self.held = held
        ends = np.flatnonzero(text == _NEWLINE)
        begins = [0, *(ends[_BLOCK - 1 :: _BLOCK] + 1).tolist()] if len(text) else []
        lasts = [*ends[::_BLOCK].tolist(), len(text)]
        self._firsts = [text[begin:end].tobytes() for begin, end in zip(begins, lasts, strict=False)]
        # No method of its own is remembered: held in a circle, the file would stay open until garbage is collected.
        self._words_of = lru_cache(_REMEMBERED)(partial(_words_of, text, [*begins, len(text) + 1]))

    def frequency(self, word: bytes) -> int:
        """How many documents hold the word."""
        block = bisect_right(self._firsts, word) - 1
        if block < 0:
            return 0
        words = self._words_of(block)
        place = bisect_left(words, word)
        return int(self.held[block * _BLOCK + place]) if place < len(words) and words[place] == word else 0

    def beginning(self, prefix: bytes) -> list[bytes]:
        """The words that begin with `prefix`, of which there should be few."""
        found: list[bytes] = []
        block = max(0, bisect_left(self._firsts, prefix) - 1)
        while block < len(self._firsts):
            words = self._words_of(block)
            first = bisect_left(words, prefix) if not found else 0
            end = bisect_left(words, prefix + AFTER_ALL, first)
            found += words[first:end]
            if end < len(words):
                break
            block += 1
        return found

    def slots(self, prefix: bytes) -> range:
        """The places of the words that begin with `prefix`."""
        return range(self._place(prefix), self._place(prefix + AFTER_ALL))

    def word(self, slot: int) -> bytes:
        """The word in this place."""
        return self._words_of(slot // _BLOCK)[slot % _BLOCK]

    def leading(self, prefix: bytes, most: int) -> tuple[list[bytes], int]:
        """Words that begin with `prefix`, `most` of those that most documents hold; and how many hold one left out."""
        slots = self.slots(prefix)
        held = self.held[slots.start : slots.stop]
        if len(held) <= most:
            return self.beginning(prefix), 0
        first = np.argpartition(held, len(held) - most)[len(held) - most :]
        return [self.word(slots.start + place) for place in first.tolist()], int(held[first].min())

    def near(self, word: str, edits: int) -> Iterator[tuple[str, int, int]]:
        """The words, but for itself, that so many edits make of `word`: each with the edits, and how many hold it."""
        slots = self._perhaps_near(word, edits)
        begins, ends = self._ends[slots] + 1, self._ends[slots + 1]
        others = [str(self._text[begin:end].data, "utf-8") for begin, end in zip(begins, ends, strict=True)]
        if not others:
            return
        distances = process.cdist([word], others, scorer=OSA.distance, score_cutoff=edits, dtype=np.uint8)[0]
        for place in np.flatnonzero((distances > 0) & (distances <= edits)).tolist():
            yield others[place], int(distances[place]), int(self.held[slots[place]])

    def _place(self, word: bytes) -> int:
        """How many words come before this one."""
        block = max(0, bisect_left(self._firsts, word) - 1)
        return block * _BLOCK + bisect_left(self._words_of(block), word) if self._firsts else 0

    def _perhaps_near(self, word: str, edits: int) -> npt.NDArray[np.intp]:
        """The places of all words that are near, and of some others: an edit brings one letter and takes one at most."""
        (wanted,), _ = _measured(np.frombuffer(word.encode(), np.uint8), np.zeros(1, np.intp))
        letters, sizes = self._measures
        near = (sizes >= len(word) - edits) & (sizes <= len(word) + edits)
        near &= np.bitwise_count(letters & ~wanted) <= edits
        near &= np.bitwise_count(~letters & wanted) <= edits
        return np.flatnonzero(near)

    @cached_property
    def _measures(self) -> tuple[Letters, Sizes]:
        """The letters of each word, and how many characters it has."""
        found = []
        for first in range(0, len(self.held), _AT_ONCE):
            ends = self._ends[first : first + _AT_ONCE + 1]
            begin = int(ends[0]) + 1
            found.append(_measured(self._text[begin : ends[-1]], ends[:-1] + 1 - begin))
        letters, sizes = ([one[part] for one in found] for part in (0, 1))
        return np.concatenate([_NO_LETTERS, *letters]), np.concatenate([_NO_SIZES, *sizes])

    @cached_property
    def _ends(self) -> npt.NDArray[np.int32]:
        """Where each word ends, and before the first of them -1."""
        ends = np.flatnonzero(self._text == _NEWLINE) if len(self._text) else ()
        lasts = [len(self._text)] if len(self._text) else []
        return np.concatenate([[-1], ends, lasts]).astype(np.int32)


def _words_of(text: Text, begins: Sequence[int], block: int) -> list[bytes]:
    """The words of a block."""
    return text[begins[block] : begins[block + 1] - 1].tobytes().split(b"\n")


def _measured(text: Text, begins: npt.NDArray[np.signedinteger[Any]]) -> tuple[Letters, Sizes]:
    """The letters and the number of characters of each word of a text, which begin there."""
    letters = _LETTERS.take(text)
    sizes = np.diff(begins, append=len(text) + 1) - 1
    if text.max() >= _CONTINUES:
        continues = text & _CONTINUES_BITS == _CONTINUES
        letters[:-1][continues[1:]] = 0
        sizes -= np.add.reduceat(continues, begins, dtype=np.intp)
    return np.bitwise_or.reduceat(letters, begins), sizes.astype(np.int32)
