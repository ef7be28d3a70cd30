"""How well do rows match? BM25 over the parts of a query that ask for words, all rows at once.

Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009: idf x tf (k1 + 1) / (tf + k1 (1 - b + b length /
average)), summed over parts and streams.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import log

import numpy as np
import numpy.typing as npt

from searchapp.engine.whoosh_index.blocks import Rows
from searchapp.engine.whoosh_index.executor import Matcher
from searchapp.engine.whoosh_index.leaves import FULL_TEXT, Found
from searchapp.engine.whoosh_index.snapshot import Snapshot
from searchapp.grammar import Node, positive_leaves

Scores = npt.NDArray[np.float64]

K1 = 1.2
B = 0.75
STREAM_WEIGHTS = {"title": 2.0, "text": 1.0, "removed": 1.0}
STEM_WEIGHT = 0.5
"""What a word counts that only has the stem of the one typed."""

WHOLE_WEIGHT = 2.0
"""What a compound counts that stands in the text as it was typed."""


class Scorer:
    """Scores rows for what is asked in titles and texts; other fields only filter."""

    def __init__(self, snapshot: Snapshot, matcher: Matcher) -> None:
        self._snapshot = snapshot
        self._matcher = matcher

    def scores(self, tree: Node | None, scope: str) -> Scores:
        """The score of each row, 0 where no part of the tree matches it."""
        total = np.zeros(self._snapshot.size)
        for field, leaf in positive_leaves(tree):
            if field in FULL_TEXT:
                self._add(total, self._matcher.found(leaf, field, scope))
        return total

    def _add(self, total: Scores, found: tuple[Found, ...]) -> None:
        streams: defaultdict[str, list[Found]] = defaultdict(list)
        for one in found:
            streams[one.field].append(one)
        rarity = self._rarity(found)
        for stream, held in streams.items():
            rows, frequencies = _weighted(held)
            lengths = self._snapshot.lengths(stream)
            longer = lengths.forms[rows] / lengths.average
            share = frequencies * (K1 + 1) / (frequencies + K1 * (1 - B + B * longer))
            total[rows] += rarity * STREAM_WEIGHTS[stream] * share

    def _rarity(self, found: Iterable[Found]) -> float:
        """The logarithm of how few live documents hold it in any stream that was read."""
        holding = np.zeros(self._snapshot.size, np.bool_)
        for one in found:
            holding[one.rows] = True
        live = self._snapshot.live
        held, documents = int(np.count_nonzero(holding & live)), int(np.count_nonzero(live))
        return log(1 + (documents - held + 0.5) / (held + 0.5))


def _weighted(found: Sequence[Found]) -> tuple[Rows, Scores]:
    """The rows that hold anything, and how often; what was typed counts more than what shares its stem."""
    if len(found) == 1:
        return found[0].rows, found[0].counts.astype(np.float64)
    rows = np.unique(np.concatenate([one.rows for one in found]))
    counts = {kind: np.zeros(len(rows)) for kind in ("forms", "wholes", "stems")}
    for one in found:
        counts[one.kind][np.searchsorted(rows, one.rows)] += one.counts
    # A compound is found by its forms too, and so is what was typed by its stem: each counts once for both.
    others = np.maximum(counts["stems"] - counts["forms"], 0.0)
    return rows, counts["forms"] + counts["wholes"] * (WHOLE_WEIGHT - 1.0) + others * STEM_WEIGHT
