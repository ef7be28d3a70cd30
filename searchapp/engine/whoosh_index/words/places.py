"""Which rows hold tokens side by side, or close to each other? Worked out on places, numbers of row and position."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from searchapp.engine.base import Deadline
from searchapp.engine.whoosh_index.files.blocks import Counts, Rows
from searchapp.engine.whoosh_index.words.postings import ROW_BITS, Keys, PostingReader

_ROWS_AT_ONCE = 1 << 12
"""Rows whose places are compared before the deadline is looked at again."""


def side_by_side(postings: PostingReader, field: str, tokens: Sequence[str]) -> tuple[Rows, Counts]:
    """The rows that hold the tokens next to each other in this order, and how often each does."""
    common = _common(postings, field, tokens)
    starts: Keys | None = None
    for step, token in enumerate(tokens):
        if not len(common):
            break
        places = postings.places(field, token, common) - step
        starts = places if starts is None else starts[_among(starts, places)]
    return _counted(starts)


def close_together(
    postings: PostingReader, field: str, tokens: Sequence[str], *, width: int, deadline: Deadline
) -> tuple[Rows, Counts]:
    """The rows that hold all distinct tokens within `width` positions, and how many of them all such stretches hold."""
    common = _common(postings, field, tokens)
    found = [_counted(None)]
    for start in range(0, len(common), _ROWS_AT_ONCE):
        deadline.check()
        rows = common[start : start + _ROWS_AT_ONCE]
        found.append(_close_in([postings.places(field, token, rows) for token in tokens], width))
    return np.concatenate([rows for rows, _ in found]), np.concatenate([counts for _, counts in found])


def _close_in(places: Sequence[Keys], width: int) -> tuple[Rows, Counts]:
    """The same out of the places of each token."""
    # Each is in order already, which this kind of sorting makes use of.
    together = np.sort(np.concatenate(places), kind="stable")
    starts = together
    for held in places:
        starts = starts[np.searchsorted(held, starts + width) > np.searchsorted(held, starts)]
    return _counted(starts, np.searchsorted(together, starts + width) - np.searchsorted(together, starts))


def _common(postings: PostingReader, field: str, tokens: Sequence[str]) -> Rows:
    held = sorted((postings.rows(field, token)[0] for token in tokens), key=len)
    common = held[0]
    for rows in held[1:]:
        common = common[_among(common, rows)]
    return common


def _among(wanted: np.typing.NDArray[np.generic], held: np.typing.NDArray[np.generic]) -> np.typing.NDArray[np.bool_]:
    """Which of `wanted` are in `held`; both ascending."""
    if not len(held):
        return np.zeros(len(wanted), np.bool_)
    at = np.searchsorted(held, wanted)
    at[at == len(held)] = 0
    return np.asarray(held[at] == wanted)


def _counted(places: Keys | None, counts: npt.NDArray[np.intp] | None = None) -> tuple[Rows, Counts]:
    """The rows of these places, which ascend, each with the number of its places, or with the sum of their counts."""
    if places is None or not len(places):
        return np.empty(0, np.int32), np.empty(0, np.int32)
    rows = (places >> ROW_BITS).astype(np.int32)
    firsts = np.flatnonzero(np.diff(rows, prepend=-1))
    summed = np.diff(firsts, append=len(rows)) if counts is None else np.add.reduceat(counts, firsts)
    return rows[firsts], summed.astype(np.int32)
