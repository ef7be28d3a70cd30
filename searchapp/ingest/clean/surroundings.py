"""What stands around each block, where on the page does it stand, and does it speak of what the article speaks of?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, compress, count

import numpy as np
import numpy.typing as npt

from searchapp.ingest.clean.body import Body
from searchapp.ingest.clean.lines import column
from searchapp.ingest.clean.paragraph import Paragraph
from searchapp.ingest.clean.series import Column, Numbers, above, shifted, since, stacked, sums, until

_NEIGHBOURS = ("words", "ends", "function_share", "partial", "capital_share")
_WINDOWS = (3, 8)
_CONTENT_LETTERS = 4
CONTEXT_NAMES = (
    *(f"{name}{place:+d}" for place in (-2, -1, 1, 2) for name in _NEIGHBOURS),
    *(f"{name}_window_{width}" for width in _WINDOWS for name in ("strong", "words", "cues", "short")),
    "before", "strong_before", "since_strong", "until_strong", "heads_before", "after_heads", "since_heads", "in_run",
    "before_run", "after_run", "run_share", "lines", "page_words", "strong_lines", "cohesion", "cohesive_words",
    "cohesion_window", "met_above", "near_cohesion", "repeated", "repeated_window",
)  # fmt: skip


def context_rows(
    rows: Numbers, body: Body, own: ContentWords, repeated: Numbers
) -> Numbers:
    """What stands around each block and where on the page it stands; columns as in `CONTEXT_NAMES`."""
    words, strong = column(rows, "words"), body.strong
    weight = words * np.where(column(rows, "function_share") > 0.15, 1.0, 0.3)
    near = np.stack([column(rows, name) for name in _NEIGHBOURS])
    columns: list[Column] = [beside for place in (-2, -1, 1, 2) for beside in shifted(near, place, -1)]
    cues = np.minimum(column(rows, "whole") + column(rows, "partial"), 1)
    used = own.used_by(strong)
    once, twice = own.shares(used > 0), own.shares(used > 1)
    counted = np.stack([
        words * strong, words, cues, words < 6, np.ones_like(words), once.astype(np.float32) * words, np.maximum(repeated, 0),
    ])  # fmt: skip
    windows = sums(counted, *((-width, width) for width in _WINDOWS))
    for running, total, cued, short, lines, *_ in windows:
        columns += [running / np.maximum(total, 1), total / lines, cued / lines, short / lines]
    columns += _places(rows, body, weight)
    _, total, _, _, lines, met, again = windows[0]
    columns += [(once + twice) / 2, np.minimum(own.sizes, 12), met / np.maximum(total, 1), *_met(own)]
    columns += [repeated, np.where(repeated >= 0, again / lines, -1)]
    return stacked(columns)


def _places(rows: Numbers, body: Body, weight: Column) -> list[Column]:
    size = len(rows)
    total = float(weight.sum()) or 1.0
    heads = column(rows, "heads") > 0
    flags = np.stack([body.strong, heads])
    weight_before, good_before, heads_before = above(np.stack([weight, *flags]))
    before, good = weight_before / total, float(np.count_nonzero(body.strong))
    places = np.arange(size, dtype=np.float32)
    first, last = body.run
    late = heads & (before > 0.35) & (places > first)
    start = int(np.argmax(late)) if late.any() else size
    share = float(weight[first:last].sum()) / total
    since_strong, since_heads = since(flags)
    return [
        before, good_before / max(1.0, good), since_strong, until(body.strong), heads_before, places > start, since_heads,
        (places >= first) & (places < last), np.maximum(first - places, 0), np.maximum(places - last + 1, 0),
        *(np.full(size, number, np.float32) for number in (share, size, total, good)),
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ContentWords:
    """The long words of each block that are no function words, each once, as numbers.

    `words` and `blocks` go together: word after word, and the block that it stands in; `sizes` are the words of a block.
    """

    words: npt.NDArray[np.int32]
    blocks: npt.NDArray[np.int32]
    sizes: npt.NDArray[np.intp]

    def shares(self, flags: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
        """Which share of the words of each block is flagged."""
        counts = np.bincount(self.blocks, flags, len(self.sizes))
        shares: npt.NDArray[np.float64] = counts / np.maximum(self.sizes, 1)
        return shares

    def used_by(self, counted: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
        """How many of the counted blocks use each of the words, its own block apart."""
        own = counted[self.blocks]
        users: npt.NDArray[np.intp] = np.bincount(self.words[own], minlength=len(self.words))[self.words] - own
        return users


def content_words(paragraphs: Sequence[Paragraph]) -> ContentWords:
    """The content words of each block."""
    others = [one.others for one in paragraphs]
    sizes = np.fromiter(map(len, others), np.intp, len(others))
    words = [*chain.from_iterable(others)]
    long = [length >= _CONTENT_LETTERS for length in map(len, words)]
    blocks = np.repeat(np.arange(len(others), dtype=np.int32), sizes)[long]
    # The number of a word is how many words stand before it where it is met first.
    met: dict[str, int] = {}
    numbers = np.fromiter(map(met.setdefault, compress(words, long), count()), np.int32, len(blocks))
    return ContentWords(numbers, blocks, np.bincount(blocks, minlength=len(others)))


def _met(own: ContentWords, reach: int = 6) -> tuple[Column, Column]:
    """Share of each block's content words that stand anywhere above, and that stand in the few blocks above and below."""
    # Small numbers are sorted faster.
    order = np.argsort(own.words.astype(np.min_scalar_type(len(own.words))), kind="stable")
    close = (np.diff(own.words[order]) == 0) & (np.diff(own.blocks[order]) <= reach)
    near = np.zeros(len(order), dtype=bool)
    near[order[1:]] = close
    near[order[:-1]] |= close
    return own.shares(own.words < np.arange(len(order))), own.shares(near)
