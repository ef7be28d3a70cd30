"""Which names have a text that goes on so from some place in it? All places in order, found by halving."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping

import numpy as np
import numpy.typing as npt

from searchapp.engine.whoosh_index.files.arrays import Array, as_array

Places = npt.NDArray[np.intp]

_END = b"\xff"
"""Stands after each text: no byte of UTF-8."""

_PARTS = ("text", "starts", "places")


class Beginnings:
    """Texts one after the other; `starts` are places in them, in the order of what follows, `places` names beside these."""

    def __init__(self, arrays: Mapping[str, Array], name: str) -> None:
        self._text, self._starts, self._places = (arrays[f"{name}.{part}"] for part in _PARTS)

    def places(self, prefix: str) -> Places:
        """The places of the names with a text that goes on with this from one of its starts; some more than once."""
        first, last = self._range(prefix)
        return self._places[first:last].astype(np.intp)

    def places_ending(self, text: str) -> Places:
        """The places of the names with a text that ends so from one of its starts on; some more than once."""
        first, last = self._range_of(text.encode() + _END)
        return self._places[first:last].astype(np.intp)

    def places_of_words(self, prefix: str, end: str, accepts: Callable[[str], bool]) -> Places:
        """The same, where what goes on is a word with `end` after it, which begins with the prefix and is accepted."""
        first, last = self._range(prefix)
        text, stop, accepted, found = self._text.tobytes(), end.encode(), dict[bytes, bool](), []
        for start, place in zip(self._starts[first:last].tolist(), self._places[first:last].tolist(), strict=True):
            word = text[start : text.index(stop, start)]
            if word not in accepted:
                accepted[word] = accepts(word.decode())
            if accepted[word]:
                found.append(place)
        return np.array(found, np.intp)

    def _range(self, prefix: str) -> tuple[int, int]:
        """From which of the starts on to before which one texts go on with the prefix."""
        return self._range_of(prefix.encode())

    def _range_of(self, wanted: bytes) -> tuple[int, int]:
        width, text, starts = len(wanted), self._text.data, self._starts

        def following(at: int) -> bytes:
            start = int(starts[at])
            return bytes(text[start : start + width])

        every = range(len(starts))
        first = bisect_left(every, wanted, key=following)
        return first, bisect_right(every, wanted, lo=first, key=following)


def beginning_arrays(name: str, texts: Iterable[tuple[int, str, tuple[int, ...]]]) -> dict[str, Array]:
    """What `Beginnings` are read from again: for each text the place of its name, and where it starts, in characters."""
    joined, entries = bytearray(), []
    for place, text, starts in texts:
        whole = text.encode() + _END
        for start in starts:
            before = start if len(whole) == len(text) + 1 else len(text[:start].encode())
            entries.append((whole[before:], len(joined) + before, place))
        joined += whole
    entries.sort()
    parts: tuple[Array, ...] = (
        as_array(bytes(joined)),
        np.array([start for _, start, _ in entries], np.uint32),
        np.array([place for _, _, place in entries], np.uint32),
    )
    return {f"{name}.{part}": array for part, array in zip(_PARTS, parts, strict=True)}
