"""How well do rows match? BM25F over the parts of a query that ask for words, many rows at once.

Robertson, Zaragoza and Taylor, Simple BM25 Extension to Multiple Weighted Fields, 2004: how often a part stands in each
stream is weighted by the stream and by the length of the row there, summed over the streams, and saturated once.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from math import log

import numpy as np

from searchapp.engine.base import Deadline
from searchapp.engine.whoosh_index.asking.executor import Matcher
from searchapp.engine.whoosh_index.facets.tally import Numbers
from searchapp.engine.whoosh_index.files.rowset import Rows, RowSet
from searchapp.engine.whoosh_index.generation.snapshot import Snapshot
from searchapp.engine.whoosh_index.words.evidence import Evidence, Scores
from searchapp.engine.whoosh_index.words.leaves import FULL_TEXT, Found
from searchapp.grammar import Node, positive_leaves

K1 = 2.5
B = 0.8
RARITY_POWER = 1.25
"""How much more rare words count than in BM25, so that the common words of a sentence need no list of stop words."""

STREAM_WEIGHTS = {"title": 3.0, "text": 1.0, "removed": 1.0}
STEM_WEIGHT = 0.6
"""What a word counts that only has the stem of the one typed."""

WHOLE_WEIGHT = 2.0
"""What a compound counts that stands in the text as it was typed."""

_FEW = 8
"""Up to one row in so many that a part was found in, rows are looked up; of more it is quicker to spread them out."""

Part = tuple[int, Evidence]
"""How often a part of the query is asked for, and what it finds."""


class Scorer:
    """Scores rows for what is asked in titles and texts; other fields only filter."""

    def __init__(self, snapshot: Snapshot, matcher: Matcher, deadline: Deadline) -> None:
        self._snapshot = snapshot
        self._matcher = matcher
        self._deadline = deadline
        self._workspace: _Workspace = snapshot.remember("scoring workspace", _Workspace)

    def scores(self, tree: Node | None, scope: str, rows: RowSet) -> Scores:
        """The score of each of the rows, ascending, 0 where no part of the tree matches; what is asked twice counts twice.

        Not to be written to.
        """
        parts = list(self._parts(tree, scope))
        if len(parts) == 1 and parts[0][0] == 1:
            return self._of(parts[0][1], rows)
        total = np.zeros(len(rows), np.float32)
        for times, evidence in parts:
            total += self._of(evidence, rows) * np.float32(times)
        return total

    def _parts(self, tree: Node | None, scope: str) -> Iterator[Part]:
        for (field, leaf), times in Counter(positive_leaves(tree)).items():
            evidence = self._matcher.evidence(leaf, field, scope) if field in FULL_TEXT else None
            if evidence is not None and len(evidence.rows):
                yield times, evidence

    def _of(self, evidence: Evidence, rows: RowSet) -> Scores:
        """What a part adds to each of the rows."""
        self._deadline.check()
        scores = evidence.scores(self._weigh)
        if rows is evidence.rows:
            return scores
        held, wanted = evidence.rows.numbers, rows.numbers
        if len(wanted) * _FEW > len(held):
            return self._workspace.spread(held, scores, size=rows.size).take(wanted)
        places = np.searchsorted(held, wanted)
        np.minimum(places, len(held) - 1, out=places)
        return np.asarray(scores[places] * (held[places] == wanted))

    def _weigh(self, rows: RowSet, found: Sequence[Found]) -> Scores:
        """What is found adds so much to the score of each of the rows that hold any of it."""
        places = self._workspace.places(rows)
        strength = np.zeros(len(rows), np.float32)
        for stream in dict.fromkeys(one.field for one in found):
            counted = _counted([one for one in found if one.field == stream], places, len(rows))
            counted *= _norms(self._snapshot, stream).take(rows.numbers)
            strength += counted
        strength /= strength + np.float32(K1)
        strength *= self._rarity(len(rows)) * (K1 + 1)
        return strength

    def _rarity(self, held: int) -> float:
        """How much a part counts that stands in so many live documents."""
        documents = len(self._snapshot.living)
        return float(log(1 + (documents - held + 0.5) / (held + 0.5)) ** RARITY_POWER)


def prepare_scoring(snapshot: Snapshot) -> None:
    """Make what most scores need, so that the first question does not wait for it."""
    for stream in ("title", "text"):
        _norms(snapshot, stream)


def _norms(snapshot: Snapshot, stream: str) -> Scores:
    """What standing once in a row of this stream counts, for each row; made once a generation."""

    def make() -> Scores:
        lengths = snapshot.lengths(stream)
        norms = lengths.forms.astype(np.float32)
        norms *= np.float32(B / lengths.average)
        norms += np.float32(1 - B)
        return np.asarray(np.float32(STREAM_WEIGHTS[stream]) / norms)

    return snapshot.remember(f"{stream} norms", make)


class _Workspace(threading.local):
    """Arrays with one element a row that a thread uses again and again: making new ones takes longer than their use."""

    def __init__(self) -> None:
        self._places = np.empty(0, np.int32)
        self._spread = np.empty(0, np.float32)

    def places(self, rows: RowSet) -> Numbers:
        """Where each of the rows stands among them; of others it says nothing. Good until the next call."""
        if rows.size > len(self._places):
            self._places = np.empty(rows.size, np.int32)
        self._places[rows.numbers] = np.arange(len(rows), dtype=np.int32)
        return self._places

    def spread(self, rows: Rows, scores: Scores, *, size: int) -> Scores:
        """The scores of these rows, and 0 for all others; good until the next call."""
        if size > len(self._spread):
            self._spread = np.empty(size, np.float32)
        self._spread.fill(0)
        self._spread[rows] = scores
        return self._spread


def _counted(found: Sequence[Found], places: Numbers, number: int) -> Scores:
    """How often a part stands in each of `number` rows of one stream; what was typed counts more than what shares its stem."""
    kinds = {one.kind for one in found}
    counted = _added([one for one in found if one.kind == "forms"], places, number)
    if "stems" in kinds:
        stems = _added([one for one in found if one.kind == "stems"], places, number)
        # What was typed is found by its stem too, and counts once for both.
        stems -= counted
        np.maximum(stems, 0, out=stems)
        stems *= STEM_WEIGHT
        counted += stems
    if "wholes" in kinds:
        wholes = _added([one for one in found if one.kind == "wholes"], places, number)
        # A compound is found by its forms too.
        wholes *= WHOLE_WEIGHT - 1
        counted += wholes
    return counted


def _added(found: Sequence[Found], places: Numbers, number: int) -> Scores:
    """How often all that is found stands in each of `number` rows."""
    added = np.zeros(number, np.float32)
    for one in found:
        added[places.take(one.rows)] += one.counts
    return added
