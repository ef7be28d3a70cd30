"""How much of an annotated text was kept of a page, and how much besides?"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Sequence

SHINGLE = 4
_WORD = re.compile(r"\w+")


def words_of(text: str) -> list[str]:
    """The words of a text, case kept."""
    return _WORD.findall(text)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The runs of four words of a text, with how often each occurs; all of a shorter text is one."""
    words = words_of(text)
    if not words:
        return Counter()
    return Counter(tuple(words[start : start + SHINGLE]) for start in range(max(1, len(words) - SHINGLE + 1)))


def precision_and_recall(gold: str, kept: str) -> tuple[float | None, float]:
    wanted, given = shingles(gold), shingles(kept)
    common = (wanted & given).total()
    return common / given.total() if given else None, common / (wanted.total() or 1)


def summed(pairs: Sequence[tuple[float | None, float]]) -> dict[str, float]:
    """F1 of the mean precision and the mean recall, both of them, and the share of pages that lost half of their text."""
    precision = statistics.fmean(p for p, _ in pairs if p is not None)
    recall = statistics.fmean(r for _, r in pairs)
    f1 = 2 * precision * recall / (precision + recall)
    lost = sum(r < 0.5 for _, r in pairs) / len(pairs)
    return {"f1": round(f1, 4), "p": round(precision, 4), "r": round(recall, 4), "lost": round(lost, 4), "pages": len(pairs)}
