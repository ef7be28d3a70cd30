"""Which words is a document about? Those that are frequent in it and rare in the documents of its language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import log

from searchapp.engine.leading import leading

MOST_TERMS = 20
HIGHEST_SHARE = 0.1
FEW_DOCUMENTS = 5
"""A form in more than this share of the documents says nothing, unless it is in so few of them."""

Frequency = Callable[[str], int]


def telling_forms(
    counts: Mapping[str, int], frequency: Frequency, documents: int, *, at_least: Frequency | None = None
) -> tuple[str, ...]:
    """The forms with the highest tf-idf, given how often each stands in the document and in how many documents it is.

    tf-idf is count x log(documents / frequency), as in Manning, Raghavan and Schütze, chapter 6. Where it takes long to
    count the documents, `at_least` says what is quickly known of their number, and few forms are counted.
    """
    highest = max(documents * HIGHEST_SHARE, FEW_DOCUMENTS)

    def weight(form: str, held: int) -> float:
        return counts[form] * log(documents / held) if 1 < held <= highest else 0.0

    hopes = ((weight(form, max(2, (at_least or frequency)(form))), form) for form in counts)
    found = leading(hopes, lambda form: weight(form, frequency(form)), MOST_TERMS)
    return tuple(form for _, form in found)
