"""Which rows hold tokens side by side, or close to each other? Worked out on places, numbers of row and position."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from searchapp.engine.whoosh_index.blocks import Counts, Rows
from searchapp.engine.whoosh_index.postings import ROW_BITS, Keys, PostingReader


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


def close_together(postings: PostingReader, field: str, tokens: Sequence[str], *, width: int) -> tuple[Rows, Counts]:
    """The rows that hold all distinct tokens within `width` positions, and how many of them all such stretches hold."""
    common = _common(postings, field, tokens)
    if not len(common):
        return _counted(None)
    places = [postings.places(field, token, common) for token in tokens]
    together = np.sort(np.concatenate(places))
    starts = together
    for held in places:
        starts = starts[np.searchsorted(held, starts + width) > np.searchsorted(held, starts)]
    inside = np.searchsorted(together, starts + width) - np.searchsorted(together, starts)
    return _counted(np.repeat(starts, inside))


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


def _counted(places: Keys | None) -> tuple[Rows, Counts]:
    if places is None or not len(places):
        return np.empty(0, np.int32), np.empty(0, np.int32)
    rows, counts = np.unique((places >> ROW_BITS).astype(np.int32), return_counts=True)
    return rows, counts.astype(np.int32)
