"""What stands beside each value of a row of values? Neighbours, windows, sums of what comes before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float32]
Column = npt.NDArray[Any]
"""Numbers, whole numbers or truths: one for each block."""


def stacked(columns: Sequence[npt.ArrayLike]) -> Numbers:
    """The columns side by side: a row for each block."""
    return np.concatenate(columns, dtype=np.float32, casting="unsafe").reshape(len(columns), -1).T


def shifted(values: Column, place: int, outside: float) -> Column:
    """The value of the block `place` lines further on; of several columns, one a line, of each."""
    out = np.full_like(values, outside)
    if abs(place) < values.shape[-1]:
        if place > 0:
            out[..., :-place] = values[..., place:]
        else:
            out[..., -place:] = values[..., :place]
    return out


def windowed(values: Column, width: int) -> Numbers:
    """The sum over the lines up to `width` above and below; of several columns, one a line, of each."""
    return sums(values, (-width, width))[0]


def sums(values: Column, *spans: tuple[int, int]) -> list[Numbers]:
    """For each span the sum over the lines from so many on to so many on, as far as there are such.

    Of several columns, one a line, the sums of each.
    """
    size, before, behind = values.shape[-1], max(-first for first, _ in spans), max(last for _, last in spans)
    # The sums up to each line, with those of no line before them and of all lines behind them.
    up_to = np.zeros((*values.shape[:-1], before + size + 1 + behind))
    np.cumsum(values, axis=-1, dtype=np.float64, out=up_to[..., before + 1 : before + 1 + size])
    up_to[..., before + 1 + size :] = up_to[..., before + size, np.newaxis]
    starts = ((before + last + 1, before + first) for first, last in spans)
    return [(up_to[..., end : end + size] - up_to[..., start : start + size]).astype(np.float32) for end, start in starts]


def above(values: Column) -> Numbers:
    """The sum over all lines above; of several columns, one a line, of each."""
    return (np.cumsum(values, axis=-1, dtype=np.float64) - values).astype(np.float32)


def since(flags: npt.NDArray[np.bool_], most: float = 60) -> Numbers:
    """Lines since the last one that is flagged, its own apart; of several columns, one a line, of each."""
    places = np.arange(flags.shape[-1], dtype=np.float32)
    last = np.maximum.accumulate(np.where(flags, places, np.float32(-most)), axis=-1)
    out = np.full(flags.shape, most, np.float32)
    np.minimum(places[1:] - last[..., :-1], most, out=out[..., 1:])
    return out


def until(flags: npt.NDArray[np.bool_], most: float = 60) -> Numbers:
    """Lines until the next one that is flagged, its own apart; of several columns, one a line, of each."""
    return since(flags[..., ::-1], most)[..., ::-1]
