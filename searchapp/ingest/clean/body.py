"""Where on a page is its article likely? The run of paragraphs that together read most like running text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from searchapp.ingest.clean.paragraph import Paragraph
from searchapp.ingest.clean.series import Numbers

# The numbers below only say in which shape the models see a page: these learn how much to believe of it.
_WORDS_A_POINT = 12
_LONG = 60
_FEW_WORDS, _FEW_PENALTY = 6, 0.9
_SOME_WORDS, _SOME_PENALTY = 10, 0.45
_CLOSED_GAIN = 0.6
_OPEN_WEIGHT = 0.6
"""What the length of a line without any sentence counts: menus read as one line are long."""
_CAPITALS_ALLOWED, _CAPITALS_PENALTY = 0.4, 1.5
_CUE_PENALTY = 1.2
_LINKED_PENALTY = 3.0
_LOWEST, _HIGHEST = -1.6, 5.0
_COST = 0.4
"""What every line costs: a run is not prolonged by lines that say nothing for it."""
_GRAMMAR = 0.4, 0.2
"""Share of small words, against that of the page's long lines, at which a line counts in full, and in part."""


def liking(paragraph: Paragraph) -> float:
    """How much a paragraph reads like running text (above 0) or like furniture (below): about a point for 12 words."""
    words = paragraph.words
    score = min(words, _LONG) / _WORDS_A_POINT * _grammar_weight(paragraph.grammar)
    if words >= _FEW_WORDS:
        score += _CLOSED_GAIN if paragraph.ends else 0
        if not paragraph.sentences:
            excess = max(0.0, paragraph.capital_share - _CAPITALS_ALLOWED)
            score = score * _OPEN_WEIGHT - _CAPITALS_PENALTY * excess
        if words < _SOME_WORDS and not paragraph.ends:
            score -= _SOME_PENALTY
    else:
        score -= _FEW_PENALTY
    if paragraph.rubric or paragraph.partial:
        score -= _CUE_PENALTY
    return score - _LINKED_PENALTY * paragraph.block.link_density


def _grammar_weight(grammar: float) -> float:
    """Lists of names and links have few of the small words that sentences are built with."""
    full, some = _GRAMMAR
    return 1.0 if grammar >= full else 0.7 if grammar >= some else 0.35


def best_run(likings: Sequence[float] | Numbers) -> tuple[int, int]:
    """The contiguous run with the greatest sum of likings less their cost."""
    best, first, last = 0.0, 0, len(likings)
    running, start = 0.0, 0
    steps = np.clip(np.asarray(likings, np.float64), _LOWEST, _HIGHEST) - _COST
    for number, step in enumerate(steps.tolist()):
        if running <= 0:
            running, start = 0.0, number
        running += step
        if running > best:
            best, first, last = running, start, number + 1
    return first, last


@dataclass(frozen=True, slots=True)
class Body:
    """What several rooms ask of the blocks of a page, a number for each block; and its best run.

    `sizes` are their folded words, `open` those that end no sentence, `capitals` the share of their words that begin with
    one, `strong` the prose that gives no cue. `run` goes from its first block to behind its last.
    """

    sizes: Numbers
    open: npt.NDArray[np.bool_]
    capitals: Numbers
    prose: npt.NDArray[np.bool_]
    strong: npt.NDArray[np.bool_]
    run: tuple[int, int]

    def titled(self, words: tuple[int, int], capitals: float) -> npt.NDArray[np.bool_]:
        """Which blocks look like a title of so many words, of which more than this share begins with a capital."""
        fewest, most = words
        titled: npt.NDArray[np.bool_] = (
            (self.sizes >= fewest) & (self.sizes <= most) & self.open & (self.capitals > capitals)
        )  # fmt: skip
        return titled
