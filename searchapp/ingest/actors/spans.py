"""Which parts of a text are taken? Asked for many spans, answered without looking at all."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable


class Spans:
    """Spans of a text, those that overlap put together."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def touch(self, start: int, end: int) -> bool:
        """Whether one of them shares a character with this span."""
        place = bisect_right(self._ends, start)
        return place < len(self._starts) and self._starts[place] < end

    def hold(self, start: int, end: int) -> bool:
        """Whether this span lies in one of them."""
        place = bisect_left(self._ends, end)
        return place < len(self._starts) and self._starts[place] <= start
