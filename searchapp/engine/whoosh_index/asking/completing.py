"""Which words and names begin so, in one generation?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from searchapp.engine.base import Deadline
from searchapp.engine.completing import beginning_of_form, completed_facets, completion
from searchapp.engine.whoosh_index.generation.snapshot import Snapshot
from searchapp.model import CompletedValue, Completion


def complete(snapshot: Snapshot, prefix: str, limit: int, deadline: Deadline) -> Completion:
    """The first words and values that begin with the prefix."""
    begins = beginning_of_form(prefix)
    words = snapshot.frequencies.beginning(begins, limit) if begins else []
    deadline.check()
    facets = completed_facets(snapshot.facets, prefix)
    return completion(words, (one for facet in facets for one in _values(snapshot, facet, prefix, limit)), limit)


def _values(snapshot: Snapshot, facet: str, prefix: str, limit: int) -> Iterator[CompletedValue]:
    index = snapshot.facet(facet)
    numbers = np.asarray(index.numbers_beginning(prefix), np.intp)
    counts = index.entries(salient=False).tally(snapshot.living.numbers).counts_of(numbers)
    # Numbers go by the alphabet, and so do values of one count.
    for place in np.argsort(-counts, kind="stable")[:limit].tolist():
        if counts[place]:
            yield CompletedValue(facet, index.value(int(numbers[place])), int(counts[place]))
