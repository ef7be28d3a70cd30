"""The sidecar of a segment: the postings of its fields as arrays, mapped from its file and used where they stand.

A field has these arrays, `tokens` being n and `postings` p:

- `words`: the bytes of all tokens in order, with a line feed between two; `word_begins` (n + 1): where each begins.
- `begins` (n + 1): where the postings of each token begin in `documents` (p, int32) and `frequencies` (p).
- `positions`: those of all postings, one after the other; `marks`: where those of every 64th posting begin.

Numbers take as few bytes as the largest of the field needs, documents always four.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

import numpy as np
import numpy.typing as npt

from searchapp.engine.whoosh_index.files.arrays import Array, as_array, narrow
from searchapp.engine.whoosh_index.files.inverted import FieldPostings, Numbers, begins_of
from searchapp.engine.whoosh_index.files.schema import STREAMS, WORDS, stems_of, wholes_of

FIELDS = frozenset((*STREAMS, *map(stems_of, STREAMS), *map(wholes_of, STREAMS), *WORDS.values()))
"""The fields that a sidecar has; the others hold keys and values, which are looked up one at a time or not at all."""

_STEP = 64
"""Postings from one mark to the next."""

_LEAF = 256
"""Tokens from one to the next of those that are at hand; what lies between two is searched in the mapped bytes."""

_REMEMBERED = 1 << 10
"""Tokens of a field whose place is known without looking for it again."""

Keys = npt.NDArray[np.int64]

ROW_BITS = 32
"""A place in the index is one number: the row, and in its lower 32 bits the position."""


def sidecar_arrays(field: str, postings: FieldPostings) -> dict[str, Array]:
    """The arrays of a field, by the names that they have in the file."""
    sizes = np.fromiter(map(len, postings.tokens), np.int64, len(postings.tokens)) + 1
    arrays: dict[str, Array] = {
        "words": as_array(b"\n".join(postings.tokens)),
        "word_begins": narrow(begins_of(sizes)),
        "begins": narrow(postings.begins),
        "documents": postings.documents,
        "frequencies": narrow(postings.frequencies),
    }
    if postings.positions is not None:
        arrays["positions"] = narrow(postings.positions)
        arrays["marks"] = narrow(postings.position_begins[::_STEP])
    return {f"{field}.{name}": array for name, array in arrays.items()}


def field_postings(arrays: Mapping[str, Array], field: str) -> FieldPostings | None:
    """All postings of a field, None where the file has none."""
    if f"{field}.begins" not in arrays:
        return None
    words = arrays[f"{field}.words"]
    positions = arrays.get(f"{field}.positions")
    return FieldPostings(
        words.tobytes().split(b"\n") if len(words) else [],
        arrays[f"{field}.begins"].astype(np.int64),
        arrays[f"{field}.documents"],
        arrays[f"{field}.frequencies"].astype(np.int32),
        None if positions is None else positions.astype(np.uint32),
    )


class FieldSidecar:
    """The postings of one field of one segment."""

    def __init__(self, arrays: Mapping[str, Array], field: str) -> None:
        words, word_begins, begins = (arrays[f"{field}.{name}"].data for name in ("words", "word_begins", "begins"))
        starts: list[int] = arrays[f"{field}.word_begins"][:-1:_LEAF].tolist()
        ends: list[int] = arrays[f"{field}.word_begins"][1::_LEAF].tolist()
        firsts = [bytes(words[start : end - 1]) for start, end in zip(starts, ends, strict=True)]
        # No method of its own is remembered: held in a circle, the file would stay open until garbage is collected.
        self._find = lru_cache(_REMEMBERED)(partial(_find, firsts, words, word_begins, begins))
        self._documents: Numbers = arrays[f"{field}.documents"]
        self._frequencies = arrays[f"{field}.frequencies"]
        self._positions = arrays.get(f"{field}.positions")
        self._marks = arrays.get(f"{field}.marks")

    def find(self, token: bytes) -> slice:
        """Which of all postings are the token's, none where no document holds it."""
        return self._find(token)

    def rows(self, held: slice) -> Numbers:
        """The documents of these postings, in place."""
        documents: Numbers = self._documents[held]
        return documents

    def frequencies(self, held: slice) -> Array:
        """How often each holds the token."""
        frequencies: Array = self._frequencies[held]
        return frequencies

    def places(self, held: slice, rows: Numbers) -> Keys:
        """Where the token with these postings stands in those of `rows` (ascending) that hold it, ascending."""
        documents = self._documents[held]
        if self._positions is None or not len(documents):
            return np.empty(0, np.int64)
        at = np.searchsorted(documents, rows)
        at = at[documents.take(at, mode="clip") == rows]
        sizes = self._frequencies[held][at].astype(np.int64)
        begins = begins_of(sizes)
        steps = np.arange(begins[-1]) + np.repeat(self._position_begins(held, at) - begins[:-1], sizes)
        return np.asarray(np.repeat(documents[at].astype(np.int64) << ROW_BITS, sizes) + self._positions[steps])

    def positions(self, held: slice, rows: Iterable[int]) -> dict[int, list[int]]:
        """Where the token with these postings stands in those of `rows` (ascending) that hold it, ascending."""
        at, end = held.start, held.stop
        if at == end or self._marks is None or self._positions is None:
            return {}
        documents, frequencies = self._documents.data, self._frequencies.data
        marks, positions = self._marks.data, self._positions.data
        found: dict[int, list[int]] = {}
        for row in rows:
            at = bisect_left(documents, row, at, end)
            if at == end:
                break
            if documents[at] == row:
                marked = at // _STEP
                begin = marks[marked] + sum(frequencies[marked * _STEP : at])
                found[row] = positions[begin : begin + frequencies[at]].tolist()
        return found

    def _position_begins(self, held: slice, at: npt.NDArray[np.intp]) -> npt.NDArray[np.int64]:
        """Where the positions of these of the postings begin: as of the mark before, what lies between being added up.

        Of few the postings from the mark on are added up, of many those of the whole token.
        """
        marks: Any = self._marks
        if len(at) * _STEP < held.stop - held.start:
            marked, past = np.divmod(at + held.start, _STEP)
            between = self._frequencies.take(marked[:, None] * _STEP + np.arange(_STEP), mode="clip")
            passed = np.where(np.arange(_STEP) < past[:, None], between, 0)
            return np.asarray(marks[marked] + passed.sum(axis=1, dtype=np.int64), np.int64)
        start = held.start - held.start % _STEP
        summed = begins_of(self._frequencies[start : held.stop])
        return np.asarray(int(marks[start // _STEP]) + summed[at + (held.start - start)])


def _find(
    firsts: Sequence[bytes], words: memoryview, word_begins: memoryview, begins: memoryview, token: bytes
) -> slice:  # fmt: skip
    """Which of all postings are the token's, where each leaf of the words begins with one of `firsts`."""
    leaf = bisect_right(firsts, token) - 1
    if leaf < 0:
        return slice(0, 0)
    first = leaf * _LEAF
    last = min(first + _LEAF, len(begins) - 1)
    held = b"\n%b\n" % bytes(words[word_begins[first] : word_begins[last] - 1])
    place = held.find(b"\n%b\n" % token)
    if place < 0:
        return slice(0, 0)
    slot = first + held.count(b"\n", 0, place)
    return slice(begins[slot], begins[slot + 1])
