"""What stands around each block, where on the page does it stand, and does it speak of what the article speaks of?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
import numpy.typing as npt

from searchapp.ingest.clean.body import best_run
from searchapp.ingest.clean.lines import column
from searchapp.ingest.clean.paragraph import Paragraph
from searchapp.ingest.clean.series import Column, Numbers, above, shifted, since, stacked, until, windowed

_NEIGHBOURS = ("words", "ends", "function_share", "partial", "capital_share")
_WINDOWS = (3, 8)
CONTEXT_NAMES = (
    *(f"{name}{place:+d}" for place in (-2, -1, 1, 2) for name in _NEIGHBOURS),
    *(f"{name}_window_{width}" for width in _WINDOWS for name in ("strong", "words", "cues", "short")),
    "before", "strong_before", "since_strong", "until_strong", "heads_before", "after_heads", "since_heads", "in_run",
    "before_run", "after_run", "run_share", "lines", "page_words", "strong_lines", "cohesion", "cohesive_words",
    "cohesion_window", "met_above", "near_cohesion", "repeated", "repeated_window",
)  # fmt: skip


def context_rows(
    paragraphs: Sequence[Paragraph], rows: Numbers, repeated: Numbers, own: ContentWords
) -> Numbers:
    """What stands around each block and where on the page it stands; columns as in `CONTEXT_NAMES`."""
    words = column(rows, "words")
    strong = np.array([one.prose and one.partial is None for one in paragraphs], dtype=bool)
    weight = words * np.where(column(rows, "function_share") > 0.15, 1.0, 0.3)
    near = np.stack([column(rows, name) for name in _NEIGHBOURS])
    columns: list[Column] = [beside for place in (-2, -1, 1, 2) for beside in shifted(near, place, -1)]
    cues = np.minimum(column(rows, "whole") + column(rows, "partial"), 1)
    counted = np.stack([words * strong, words, cues, words < 6, np.ones_like(words)])
    for width in _WINDOWS:
        running, total, cued, short, lines = windowed(counted, width)
        columns += [running / np.maximum(total, 1), total / lines, cued / lines, short / lines]
    columns += _places(paragraphs, rows, weight, strong)
    columns += _cohesion(own, words, strong)
    again, lines = windowed(np.stack([np.maximum(repeated, 0), np.ones_like(words)]), 3)
    columns += [repeated, np.where(repeated >= 0, again / lines, -1)]
    return stacked(columns)


def _places(
    paragraphs: Sequence[Paragraph], rows: Numbers, weight: Column, strong: npt.NDArray[np.bool_]
) -> list[Column]:
    size = len(paragraphs)
    total = float(weight.sum()) or 1.0
    before = above(weight) / total
    good = strong.astype(np.float32)
    heads = column(rows, "heads") > 0
    places = np.arange(size, dtype=np.float32)
    first, last = best_run(column(rows, "liking").tolist())
    late = heads & (before > 0.35) & (places > first)
    start = int(np.argmax(late)) if late.any() else size
    inside = (places >= first) & (places < last)
    share = float(weight[first:last].sum()) / total
    return [
        before, above(good) / max(1.0, float(good.sum())), since(strong), until(strong),
        above(heads.astype(np.float32)), (places > start).astype(np.float32), since(heads),
        inside.astype(np.float32), np.maximum(first - places, 0), np.maximum(places - last + 1, 0),
        np.full(size, share, dtype=np.float32), np.full(size, size, dtype=np.float32),
        np.full(size, total, dtype=np.float32), np.full(size, float(good.sum()), dtype=np.float32),
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ContentWords:
    """The long words of each block that are no function words, each once, as numbers.

    `words` and `blocks` go together: word after word, and the block that it stands in; `sizes` are the words of a block.
    """

    words: npt.NDArray[np.int32]
    blocks: npt.NDArray[np.int32]
    sizes: npt.NDArray[np.int32]

    def shares(self, flags: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
        """Which share of the words of each block is flagged."""
        counts = np.bincount(self.blocks[flags], minlength=len(self.sizes))
        shares: npt.NDArray[np.float64] = counts / np.maximum(self.sizes, 1)
        return shares


def content_words(paragraphs: Sequence[Paragraph]) -> ContentWords:
    """The content words of each block."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    words: list[int] = []
    sizes: list[int] = []
    for one in paragraphs:
        words += map(numbers.__getitem__, one.content)
        sizes.append(len(one.content))
    lengths = np.array(sizes, dtype=np.int32)
    return ContentWords(np.array(words, np.int32), np.repeat(np.arange(len(sizes), dtype=np.int32), lengths), lengths)


def shares_met(own: ContentWords, counted: npt.NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    """Share of each block's content words that the counted blocks use too, once and twice."""
    users = np.bincount(own.words[counted[own.blocks]], minlength=int(own.words.max(initial=0)) + 1)
    # A block that is counted uses its words itself.
    others = users[own.words] - counted[own.blocks]
    once = own.shares(others > 0)
    return ((once + own.shares(others > 1)) / 2).astype(np.float32), once.astype(np.float32)


def _cohesion(own: ContentWords, words: Numbers, strong: npt.NDArray[np.bool_]) -> list[Column]:
    twice, once = shares_met(own, strong)
    met, total = windowed(np.stack([once * words, words]), 3)
    met_above, near = _met(own)
    return [twice, np.minimum(own.sizes, 12).astype(np.float32), met / np.maximum(total, 1), met_above, near]


def _met(own: ContentWords, reach: int = 6) -> tuple[Numbers, Numbers]:
    """Share of each block's content words that stand anywhere above, and that stand in the few blocks above and below."""
    # Small numbers are sorted faster.
    order = np.argsort(own.words.astype(np.min_scalar_type(len(own.words))), kind="stable")
    same = own.words[order[1:]] == own.words[order[:-1]]
    close = same & (np.diff(own.blocks[order]) <= reach)
    above, near = np.zeros(len(order), dtype=bool), np.zeros(len(order), dtype=bool)
    above[order[1:]] = same
    near[order[1:]] = close
    near[order[:-1]] |= close
    return own.shares(above).astype(np.float32), own.shares(near).astype(np.float32)
