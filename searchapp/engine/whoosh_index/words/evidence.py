"""What does one part of a query find in the words of a generation? Kept for who asks for the same again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from searchapp.engine.whoosh_index.files.rowset import RowSet
from searchapp.engine.whoosh_index.words.leaves import Found
from searchapp.grammar import Leaf

Scores = npt.NDArray[np.float32]

CACHED_EVIDENCE = 1 << 25
"""Bytes of evidence that a generation keeps at hand."""

_OVERHEAD = 600
_BYTES_A_ROW = 12
"""A row's number and its score."""

Key = tuple[str | None, Leaf, str, bool]
"""Field, leaf, scope, and whether the number of tokens that a pattern stands for was limited."""


class Evidence:
    """The live `rows` in whose words a leaf finds something, and what it adds to the score of each."""

    __slots__ = ("_state", "rows")

    def __init__(self, rows: RowSet, found: Sequence[Found]) -> None:
        self.rows = rows
        self._state: tuple[Sequence[Found], Scores | None] = found, None

    def scores(self, weigh: Callable[[RowSet, Sequence[Found]], Scores]) -> Scores:
        """The score of each of the rows, worked out by `weigh` when it is asked for first; not to be written to."""
        found, scores = self._state
        if scores is None:
            scores = weigh(self.rows, found)
            # Both at once, since another thread may be about to ask.
            self._state = (), scores
        return scores

    @property
    def size(self) -> int:
        """About how many bytes it takes once all of it was asked for."""
        return _OVERHEAD + _BYTES_A_ROW * len(self.rows) + self.rows.size


def evidence_of(found: Sequence[Found], live: RowSet) -> Evidence:
    """The evidence in what was found, as far as it is in live rows."""
    if len(live) < live.size:
        found = [_living(one, live) for one in found]
    found = [one for one in found if len(one.rows)]
    return Evidence(RowSet.united(live.size, [one.rows for one in found]), found)


def _living(one: Found, live: RowSet) -> Found:
    kept = live.mask[one.rows]
    return one if kept.all() else Found(one.field, one.kind, one.rows[kept], one.counts[kept])
