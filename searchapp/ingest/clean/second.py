"""What do the verdicts of a first round say of each block and its neighbours?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from searchapp.ingest.clean.body import best_run
from searchapp.ingest.clean.dress import homes_of, numbered
from searchapp.ingest.clean.lines import column
from searchapp.ingest.clean.paragraph import Paragraph
from searchapp.ingest.clean.series import Column, Numbers, above, shifted, since, stacked, until, windowed
from searchapp.ingest.clean.surroundings import ContentWords

_LEAST_WEIGHT = 0.5
_AROUND = (-3, -2, -1, 1, 2, 3)
SECOND_NAMES = (
    "first", *(f"first{place:+d}" for place in _AROUND), "first_window_3", "first_window_8", "first_window_20",
    "kept_before", "kept_share_before", "kept_after", "kept_run", "since_kept", "until_kept", "kept_words", "kept_share", "kept_lines",
    "kept_cohesion", "in_kept_run", "past_kept_run", "best_first", "first_rank",
)  # fmt: skip
SECOND_MARKUP = ("home_1_first", "home_2_first", "home_3_first", "dressed_first")


def second_rows(paragraphs: Sequence[Paragraph], rows: Numbers, first: Numbers, own: ContentWords, *, markup: bool) -> Numbers:
    """What the first round's verdicts say of each block and its neighbours."""
    words = np.minimum(column(rows, "words"), 200)
    keeps = first > 0.5
    kept = words * keeps
    columns: list[Column] = [first, *(shifted(first, place, 0) for place in _AROUND)]
    for width in (3, 8, 20):
        columns.append((windowed(first * words, width) - first * words) / np.maximum(windowed(words, width) - words, 1))
    total = float(kept.sum()) or 1.0
    before = above(kept)
    start, end = best_run(((first - 0.4) * np.minimum(words, 60) / 8).tolist())
    places = np.arange(len(words), dtype=np.float32)
    last = np.where(keeps, places, -1).max() if keeps.any() else -1
    onset = int(np.argmax(keeps)) if keeps.any() else len(words)
    runs = np.zeros(len(words), dtype=np.float32)
    length = 0
    for number, keep in enumerate(keeps.tolist()):
        length = length + 1 if keep else 0
        runs[number] = length
    size = len(words)
    columns += [
        before, before / total, total - before - kept, runs, since(keeps), until(keeps),
        np.full(size, total), np.full(size, total / (float(words.sum()) or 1)), np.full(size, keeps.sum()),
        own.shares(own.used_by(keeps) > 0), ((places >= start) & (places < end)), places - end,
        np.full(size, first.max(initial=0)), np.where(places < onset, onset - places, np.where(places > last, places - last, 0)),
    ]  # fmt: skip
    if markup:
        columns += _home_verdicts(paragraphs, words, first)
    return stacked(columns)


def _home_verdicts(paragraphs: Sequence[Paragraph], words: Column, first: Numbers) -> list[Column]:
    """The verdicts on the other blocks of the same element, weighted with their words; -1 where there are none."""
    weights = (words + 1).astype(np.float64)
    weighted = weights * first
    columns: list[Column] = []
    for keys in (*homes_of(paragraphs), np.array(numbered([one.block.tag + one.block.hint for one in paragraphs]))):
        others = np.bincount(keys, weights)[keys] - weights
        told = (np.bincount(keys, weighted)[keys] - weighted) / np.maximum(others, _LEAST_WEIGHT)
        columns.append(np.where(others > _LEAST_WEIGHT, told, -1))
    return columns
