"""How well do rows match? BM25F over the parts of a query that ask for words, many rows at once.

Robertson, Zaragoza and Taylor, Simple BM25 Extension to Multiple Weighted Fields, 2004: how often a part stands in each
stream is weighted by the stream and by the length of the row there, summed over the streams, and saturated once.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from searchapp.engine.base import Deadline
from searchapp.engine.whoosh_index.executor import Matcher
from searchapp.engine.whoosh_index.leaves import FULL_TEXT, Found
from searchapp.engine.whoosh_index.rowset import Rows, RowSet
from searchapp.engine.whoosh_index.snapshot import Snapshot
from searchapp.grammar import Node, positive_leaves

Scores = npt.NDArray[np.float32]

K1 = 2.5
B = 0.8
RARITY_POWER = 1.25
"""How much more rare words count than in BM25, so that the common words of a sentence need no list of stop words."""

STREAM_WEIGHTS = {"title": 3.0, "text": 1.0, "removed": 1.0}
STEM_WEIGHT = 0.6
"""What a word counts that only has the stem of the one typed."""

WHOLE_WEIGHT = 2.0
"""What a compound counts that stands in the text as it was typed."""

_FEW = 16
"""Up to one row in so many, the rows in question are looked up; more are worked out with all others, which is quicker."""


class Scorer:
    """Scores rows for what is asked in titles and texts; other fields only filter."""

    def __init__(self, snapshot: Snapshot, matcher: Matcher, deadline: Deadline) -> None:
        self._snapshot = snapshot
        self._matcher = matcher
        self._deadline = deadline
        self._workspace: _Workspace = snapshot.remember("scoring workspace", _Workspace)

    def scores(self, tree: Node | None, scope: str, rows: RowSet) -> Scores:
        """The score of each of the rows, ascending, 0 where no part of the tree matches; what is asked twice counts twice."""
        few = _are_few(rows)
        total = np.zeros(len(rows) if few else rows.size, np.float32)
        for (field, leaf), times in Counter(positive_leaves(tree)).items():
            holding = self._matcher.holding(leaf, field, scope) if field in FULL_TEXT else RowSet.none(rows.size)
            if not len(holding):
                continue
            self._deadline.check()
            found = [one for one in self._matcher.found(leaf, field, scope) if len(one.rows)]
            weight = times * self._rarity(len(holding))
            if few:
                total += self._part(found, rows.numbers, weight)
            elif _are_few(holding):
                total[holding.numbers] += self._part(found, holding.numbers, weight)
            else:
                total += self._part(found, None, weight)
        return total if few else total.take(rows.numbers)

    def _part(self, found: Sequence[Found], rows: Rows | None, weight: float) -> Scores:
        """What is found adds so much to each of the rows (None: to all); good until the next call."""
        into = self._workspace.first(self._snapshot.size if rows is None else len(rows))
        strength = into.strength
        strength.fill(0)
        for stream in dict.fromkeys(one.field for one in found):
            counted = _counted([one for one in found if one.field == stream], rows, into)
            norms = self._norms(stream)
            counted *= norms if rows is None else norms[rows]
            strength += counted
        np.add(strength, K1, out=into.counted)
        strength /= into.counted
        strength *= weight * (K1 + 1)
        return strength

    def _norms(self, stream: str) -> Scores:
        """What standing once in a row of this stream counts."""

        def make() -> Scores:
            lengths = self._snapshot.lengths(stream)
            return (STREAM_WEIGHTS[stream] / (1 - B + B * lengths.forms / lengths.average)).astype(np.float32)

        return self._snapshot.remember(f"{stream} norms", make)

    def _rarity(self, held: int) -> float:
        """How much a part counts that stands in so many live documents."""
        documents = self._snapshot.remember("live documents", lambda: int(np.count_nonzero(self._snapshot.live)))
        return float(log(1 + (documents - held + 0.5) / (held + 0.5)) ** RARITY_POWER)


@dataclass(frozen=True, slots=True)
class _Arrays:
    """What is calculated in, one element a row; always written before it is read."""

    strength: Scores
    counted: Scores
    stems: Scores
    one: Scores


class _Workspace(threading.local):
    """Arrays that a thread uses again and again: making new ones takes longer than all that is done in them."""

    def __init__(self) -> None:
        self._arrays = np.empty((4, 0), np.float32)

    def first(self, size: int) -> _Arrays:
        """Arrays of that many elements, the same ones each time."""
        if size > self._arrays.shape[1]:
            self._arrays = np.empty((4, size), np.float32)
        return _Arrays(*self._arrays[:, :size])


def _counted(found: Sequence[Found], rows: Rows | None, into: _Arrays) -> Scores:
    """How often a part stands in the rows of one stream; what was typed counts more than what shares its stem."""
    kinds = {one.kind for one in found}
    counted = _added([one for one in found if one.kind == "forms"], rows, into.counted, into.one)
    if "stems" in kinds:
        stems = _added([one for one in found if one.kind == "stems"], rows, into.stems, into.one)
        # What was typed is found by its stem too, and counts once for both.
        stems -= counted
        np.maximum(stems, 0, out=stems)
        stems *= STEM_WEIGHT
        counted += stems
    if "wholes" in kinds:
        wholes = _added([one for one in found if one.kind == "wholes"], rows, into.stems, into.one)
        # A compound is found by its forms too.
        wholes *= WHOLE_WEIGHT - 1
        counted += wholes
    return counted


def _added(found: Sequence[Found], rows: Rows | None, into: Scores, one_by_one: Scores) -> Scores:
    """How often all that is found stands in each of the rows."""
    if not found:
        into.fill(0)
    for number, one in enumerate(found):
        counts = one_by_one if number else into
        if rows is None:
            counts.fill(0)
            counts[one.rows] = one.counts
        else:
            places = np.searchsorted(one.rows, rows)
            np.minimum(places, len(one.rows) - 1, out=places)
            np.multiply(one.counts[places], one.rows[places] == rows, out=counts)
        if number:
            into += counts
    return into


def _are_few(rows: RowSet) -> bool:
    return len(rows) * _FEW <= rows.size
