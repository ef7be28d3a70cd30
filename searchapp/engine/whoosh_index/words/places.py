"""Which rows hold tokens side by side, or close to each other? Worked out on places, numbers of row and position."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt

from searchapp.engine.base import Deadline
from searchapp.engine.whoosh_index.files.blocks import Counts, Rows
from searchapp.engine.whoosh_index.files.rowset import among
from searchapp.engine.whoosh_index.words.postings import ROW_BITS, Keys, PostingReader

_ROWS_AT_ONCE = 1 << 12
"""Rows whose places are compared before the deadline is looked at again."""


def side_by_side(
    postings: PostingReader, field: str, tokens: Sequence[str], *, deadline: Deadline
) -> tuple[Rows, Counts]:  # fmt: skip
    """The rows that hold the tokens next to each other in this order, and how often each does."""
    return _joined(_next_to_each_other, postings, field, tokens=tokens, deadline=deadline)


def close_together(
    postings: PostingReader, field: str, tokens: Sequence[str], *, width: int, deadline: Deadline
) -> tuple[Rows, Counts]:
    """The rows that hold all distinct tokens within `width` positions, and how many of them all such stretches hold."""
    return _joined(partial(_within, width=width), postings, field, tokens=tokens, deadline=deadline)


def _joined(
    join: Callable[[Sequence[Keys]], tuple[Rows, Counts]], postings: PostingReader, field: str, *,
    tokens: Sequence[str], deadline: Deadline,
) -> tuple[Rows, Counts]:  # fmt: skip
    """What `join` makes of the places of the tokens in the rows that hold all of them, so many rows at a time."""
    common = _common(postings, field, tokens)
    found = [_counted(np.empty(0, np.int64))]
    for start in range(0, len(common), _ROWS_AT_ONCE):
        deadline.check()
        rows = common[start : start + _ROWS_AT_ONCE]
        found.append(join([postings.places(field, token, rows) for token in tokens]))
    return np.concatenate([rows for rows, _ in found]), np.concatenate([counts for _, counts in found])


def _next_to_each_other(places: Sequence[Keys]) -> tuple[Rows, Counts]:
    starts = places[0]
    for step, held in enumerate(places):
        starts = starts[among(starts, held - step)]
    return _counted(starts)


def _within(places: Sequence[Keys], *, width: int) -> tuple[Rows, Counts]:
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
        common = common[among(common, rows)]
    return common


def _counted(places: Keys, counts: npt.NDArray[np.intp] | None = None) -> tuple[Rows, Counts]:
    """The rows of these places, which ascend, each with the number of its places, or with the sum of their counts."""
    if not len(places):
        return np.empty(0, np.int32), np.empty(0, np.int32)
    rows = (places >> ROW_BITS).astype(np.int32)
    firsts = np.flatnonzero(np.diff(rows, prepend=-1))
    summed = np.diff(firsts, append=len(rows)) if counts is None else np.add.reduceat(counts, firsts)
    return rows[firsts], summed.astype(np.int32)
