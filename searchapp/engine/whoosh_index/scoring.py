"""How well do rows match? BM25F over the parts of a query that ask for words, all rows at once.

Robertson, Zaragoza and Taylor, Simple BM25 Extension to Multiple Weighted Fields, 2004: how often a part stands in each
stream is weighted by the stream and by the length of the row there, summed over the streams, and saturated once.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log

import numpy as np
import numpy.typing as npt

from searchapp.engine.whoosh_index.blocks import Rows
from searchapp.engine.whoosh_index.executor import Matcher
from searchapp.engine.whoosh_index.leaves import FULL_TEXT, Found
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

_WIDE = 1 / 16
"""What is found in more than this share of the rows is worked out for all rows, which is quicker then."""


class Scorer:
    """Scores rows for what is asked in titles and texts; other fields only filter."""

    def __init__(self, snapshot: Snapshot, matcher: Matcher) -> None:
        self._snapshot = snapshot
        self._matcher = matcher
        self._documents = snapshot.remember("live documents", lambda: int(np.count_nonzero(snapshot.live)))

    def scores(self, tree: Node | None, scope: str) -> Scores:
        """The score of each row, 0 where no part of the tree matches it; a part that is asked twice counts twice."""
        total = np.zeros(self._snapshot.size, np.float32)
        for (field, leaf), times in Counter(positive_leaves(tree)).items():
            found = self._matcher.found(leaf, field, scope) if field in FULL_TEXT else ()
            held = [one for one in found if len(one.rows)]
            if held:
                self._add(total, held, times)
        return total

    def _add(self, total: Scores, found: Sequence[Found], times: int) -> None:
        workspace: _Workspace = self._snapshot.remember("scoring workspace", _Workspace)
        if sum(len(one.rows) for one in found) > len(total) * _WIDE:
            rows: Rows | slice = slice(None)
            into = workspace.first(len(total))
        else:
            rows = _united(found)
            places = [np.searchsorted(rows, one.rows).astype(np.int32) for one in found]
            found = [replace(one, rows=within) for one, within in zip(found, places, strict=True)]
            into = workspace.first(len(rows))
        strength = self._strength(found, rows, into)
        rarity = self._rarity(int(np.count_nonzero((strength > 0) & self._snapshot.live[rows])))
        saturated = np.divide(strength, np.add(strength, K1, out=into.counted), out=strength)
        saturated *= rarity * times * (K1 + 1)
        total[rows] += saturated

    def _strength(self, found: Sequence[Found], rows: Rows | slice, into: _Arrays) -> Scores:
        """How often what is found stands in each of the rows, weighted, over all streams; `found` counts within `rows`."""
        strength = into.strength
        strength.fill(0)
        for stream in dict.fromkeys(one.field for one in found):
            counted = _counted([one for one in found if one.field == stream], into)
            counted *= self._norms(stream)[rows]
            strength += counted
        return strength

    def _norms(self, stream: str) -> Scores:
        """What standing once in a row of this stream counts."""

        def make() -> Scores:
            lengths = self._snapshot.lengths(stream)
            return (STREAM_WEIGHTS[stream] / (1 - B + B * lengths.forms / lengths.average)).astype(np.float32)

        return self._snapshot.remember(f"{stream} norms", make)

    def _rarity(self, held: int) -> float:
        """How much a part counts that stands in so many live documents."""
        return float(log(1 + (self._documents - held + 0.5) / (held + 0.5)) ** RARITY_POWER)


@dataclass(frozen=True, slots=True)
class _Arrays:
    """What is calculated in, one element a row; always written before it is read."""

    strength: Scores
    counted: Scores
    stems: Scores


class _Workspace(threading.local):
    """Arrays that a thread uses again and again: making new ones takes longer than all that is done in them."""

    def __init__(self) -> None:
        self._arrays = np.empty((3, 0), np.float32)

    def first(self, size: int) -> _Arrays:
        """Arrays of that many elements, the same ones each time."""
        if size > self._arrays.shape[1]:
            self._arrays = np.empty((3, size), np.float32)
        return _Arrays(*self._arrays[:, :size])


def _counted(found: Sequence[Found], into: _Arrays) -> Scores:
    """How often a part stands in the rows of one stream; what was typed counts more than what shares its stem."""
    counted, stems = into.counted, into.stems
    counted.fill(0)
    for one in found:
        if one.kind == "forms":
            counted[one.rows] += one.counts
    if any(one.kind == "stems" for one in found):
        stems.fill(0)
        for one in found:
            if one.kind == "stems":
                stems[one.rows] += one.counts
        # What was typed is found by its stem too, and counts once for both.
        stems -= counted
        stems *= STEM_WEIGHT
        counted += np.maximum(stems, 0, out=stems)
    for one in found:
        if one.kind == "wholes":
            # A compound is found by its forms too.
            counted[one.rows] += one.counts * np.float32(WHOLE_WEIGHT - 1)
    return counted


def _united(found: Sequence[Found]) -> Rows:
    """All rows in which anything is found, ascending."""
    if len(found) == 1:
        return found[0].rows
    # The parts ascend, which a stable sort makes use of; `np.unique` does not.
    rows: Rows = np.sort(np.concatenate([one.rows for one in found]), kind="stable")
    distinct: Rows = rows[np.append(True, rows[1:] != rows[:-1])]
    return distinct
