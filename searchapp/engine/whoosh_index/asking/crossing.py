"""How many results carry a value of one facet and a value of another at once?"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from searchapp.engine.whoosh_index.asking.selection import Numbers, Selection
from searchapp.engine.whoosh_index.files.rowset import Mask, RowSet, distinct
from searchapp.model import Crosstab, FacetValue

Table = npt.NDArray[np.int64]
Bits = npt.NDArray[np.uint64]
Masks = npt.NDArray[np.bool_]

_STORY_BITS = 32
_BYTES = 8


def cross(selection: Selection, facets: tuple[str, str], top: int) -> Crosstab:
    """The table of the most frequent values of two facets; a story counts where one passing copy carries both."""
    (rows, held), (columns, also_held) = (_most_frequent(selection, facet, top) for facet in facets)
    single, copied = selection.part(selection.rows)
    counts = _together(held, also_held, among=RowSet(selection.snapshot.size, numbers=single).mask)
    if len(copied):
        stories = selection.snapshot.stories.story.take(copied)
        counts += _told_together(held[:, copied], also_held[:, copied], stories)
    return Crosstab(rows, columns, tuple(map(tuple, counts.tolist())))


def _most_frequent(selection: Selection, facet: str, top: int) -> tuple[tuple[FacetValue, ...], Masks]:
    """The most frequent values, with a line for each that says which rows carry it."""
    index, salient = selection.index(facet), selection.is_salient(facet)
    entries = index.entries(salient=salient)
    first = selection.tally(entries, selection.rows).first(top, entries.frequent)
    masks = np.zeros((len(first), selection.snapshot.size), np.bool_)
    for mask, number in zip(masks, first, strict=True):
        mask[index.carrying_numbers(np.array([number]), salient=salient).numbers] = True
    return tuple(map(index.value, first)), masks


def _together(lines: Masks, columns: Masks, among: Mask) -> Table:
    """In how many of some places a line and a column are both true, for each pair of them."""
    packed, others = _packed(lines) & _packed(among[np.newaxis]), _packed(columns)
    counts = [np.bitwise_count(line & others).sum(axis=1, dtype=np.int64) for line in packed]
    return np.array(counts, np.int64).reshape(len(lines), len(columns))


def _packed(lines: Masks) -> Bits:
    """The lines with 64 places in a number."""
    packed = np.packbits(lines, axis=1)
    return np.pad(packed, ((0, 0), (0, -packed.shape[1] % _BYTES))).view(np.uint64)


def _told_together(lines: Masks, columns: Masks, stories: Numbers) -> Table:
    """The same for stories, of which place i tells `stories[i]`."""
    width = len(columns)
    counts = np.zeros(len(lines) * width, np.int64)
    for number, line in enumerate(lines):
        column, place = np.nonzero(columns[:, line])
        pairs = distinct(column << _STORY_BITS | stories[line][place])
        counts[number * width : (number + 1) * width] = np.bincount(pairs >> _STORY_BITS, minlength=width)
    return counts.reshape(len(lines), width)
