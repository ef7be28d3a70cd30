"""What stands around each block, where on the page does it stand, and does it speak of what the article speaks of?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from searchapp.ingest.clean.body import best_run
from searchapp.ingest.clean.lines import column
from searchapp.ingest.clean.paragraph import Paragraph, function_words
from searchapp.ingest.clean.series import Column, Numbers, above, shifted, since, stacked, windowed

_NEIGHBOURS = ("words", "ends", "function_share", "partial", "capital_share")
_WINDOWS = (3, 8)
CONTEXT_NAMES = (
    *(f"{name}{place:+d}" for place in (-2, -1, 1, 2) for name in _NEIGHBOURS),
    *(f"{name}_window_{width}" for width in _WINDOWS for name in ("strong", "words", "cues", "short")),
    "before", "strong_before", "since_strong", "until_strong", "heads_before", "after_heads", "since_heads", "in_run",
    "before_run", "after_run", "run_share", "lines", "page_words", "strong_lines", "cohesion", "cohesive_words",
    "cohesion_window", "met_above", "near_cohesion", "repeated", "repeated_window",
)  # fmt: skip


def context_rows(paragraphs: Sequence[Paragraph], rows: Numbers, repeated: Numbers) -> Numbers:
    """What stands around each block and where on the page it stands; columns as in `CONTEXT_NAMES`."""
    words = column(rows, "words")
    strong = np.array([one.prose and one.partial is None for one in paragraphs], dtype=bool)
    weight = words * np.where(column(rows, "function_share") > 0.15, 1.0, 0.3)
    columns: list[Column] = [shifted(column(rows, name), place, -1) for place in (-2, -1, 1, 2) for name in _NEIGHBOURS]
    cues = np.minimum(column(rows, "whole") + column(rows, "partial"), 1)
    for width in _WINDOWS:
        total = windowed(words, width)
        lines = windowed(np.ones_like(words), width)
        columns += [
            windowed(words * strong, width) / np.maximum(total, 1), total / lines, windowed(cues, width) / lines,
            windowed((words < 6).astype(np.float32), width) / lines,
        ]  # fmt: skip
    columns += _places(paragraphs, rows, weight, strong)
    columns += _cohesion(paragraphs, words, strong)
    near = np.maximum(repeated, 0)
    around = windowed(near, 3) / windowed(np.ones_like(words), 3)
    columns += [repeated, np.where(repeated >= 0, around, -1)]
    return stacked(columns)


def _places(
    paragraphs: Sequence[Paragraph], rows: Numbers, weight: Column, strong: npt.NDArray[np.bool_]
) -> list[Column]:
    count = len(paragraphs)
    total = float(weight.sum()) or 1.0
    before = above(weight) / total
    good = strong.astype(np.float32)
    heads = column(rows, "heads") > 0
    places = np.arange(count, dtype=np.float32)
    first, last = best_run(column(rows, "liking").tolist())
    late = heads & (before > 0.35) & (places > first)
    start = int(np.argmax(late)) if late.any() else count
    inside = (places >= first) & (places < last)
    share = float(weight[first:last].sum()) / total
    return [
        before, above(good) / max(1.0, float(good.sum())), since(strong), since(strong[::-1])[::-1],
        above(heads.astype(np.float32)), (places > start).astype(np.float32), since(heads),
        inside.astype(np.float32), np.maximum(first - places, 0), np.maximum(places - last + 1, 0),
        np.full(count, share, dtype=np.float32), np.full(count, count, dtype=np.float32),
        np.full(count, total, dtype=np.float32), np.full(count, float(good.sum()), dtype=np.float32),
    ]  # fmt: skip


def content_words(paragraphs: Sequence[Paragraph]) -> list[frozenset[str]]:
    """The long words of each block that are no function words."""
    known = function_words()
    return [frozenset(word for word in one.folded if len(word) > 3 and word not in known) for one in paragraphs]


def shares_met(own: Sequence[frozenset[str]], counted: Sequence[bool]) -> tuple[Numbers, Numbers]:
    """Share of each block's content words that the counted blocks use too, once and twice."""
    users = Counter(word for words, counts in zip(own, counted, strict=True) if counts for word in words)
    twice, once = [], []
    for words, counts in zip(own, counted, strict=True):
        met = [users[word] for word in words]
        size = len(met) or 1
        some = len([times for times in met if times > counts])
        more = len([times for times in met if times > counts + 1])
        twice.append((some + more) / 2 / size)
        once.append(some / size)
    return np.array(twice, dtype=np.float32), np.array(once, dtype=np.float32)


def _cohesion(paragraphs: Sequence[Paragraph], words: Numbers, strong: npt.NDArray[np.bool_]) -> list[Column]:
    own = content_words(paragraphs)
    twice, once = shares_met(own, strong.tolist())
    around = windowed(once * words, 3) / np.maximum(windowed(words, 3), 1)
    seen: set[str] = set()
    above = []
    for mine in own:
        above.append(len(mine & seen) / (len(mine) or 1))
        seen |= mine
    sizes = np.array([min(len(mine), 12) for mine in own], dtype=np.float32)
    return [twice, sizes, around, np.array(above, dtype=np.float32), _near_cohesion(own)]


def _near_cohesion(own: Sequence[frozenset[str]], reach: int = 6) -> Numbers:
    """Share of each block's content words that stand in the few blocks above and below it too."""
    met: Counter[str] = Counter(word for mine in own[:reach] for word in mine)
    shares = []
    for number, mine in enumerate(own):
        for word in own[number + reach] if number + reach < len(own) else ():
            met[word] += 1
        for word in own[number - reach - 1] if number > reach else ():
            met[word] -= 1
        shares.append(len([word for word in mine if met[word] > 1]) / (len(mine) or 1))
    return np.array(shares, dtype=np.float32)
