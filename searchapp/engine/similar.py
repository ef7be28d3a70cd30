"""Which words is a document about? Those that are frequent in it and rare elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import log

MOST_TERMS = 20
MOST_FREQUENT = 200
MOST_FREQUENT_SHARE = 0.02
"""The most frequent forms say nothing of a document: so many of them, or this share of all forms where that is less."""

HIGHEST_SHARE = 0.2
FEW_DOCUMENTS = 5
"""A form in more than this share of the documents says nothing either, unless it is in so few of them."""


def common_forms(frequencies: Mapping[str, int]) -> frozenset[str]:
    """The most frequent ones of all forms, given the number of documents that hold each."""
    number = min(MOST_FREQUENT, int(len(frequencies) * MOST_FREQUENT_SHARE))
    return frozenset(sorted(frequencies, key=lambda form: (-frequencies[form], form))[:number])


def telling_forms(
    counts: Mapping[str, int], frequency: Callable[[str], int], documents: int, common: Iterable[str]
) -> tuple[str, ...]:
    """The forms with the highest tf-idf, given how often each stands in the document and in how many documents it is.

    tf-idf is count x log(documents / frequency), as in Manning, Raghavan and Schütze, chapter 6.
    """
    highest = max(documents * HIGHEST_SHARE, FEW_DOCUMENTS)
    weights = {}
    for form in counts.keys() - set(common):
        held = frequency(form)
        if 1 < held <= highest:
            weights[form] = counts[form] * log(documents / held)
    return tuple(sorted(weights, key=lambda form: (-weights[form], form))[:MOST_TERMS])
