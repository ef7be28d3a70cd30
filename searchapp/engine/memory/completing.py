"""Which words and names begin so, counted in memory?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from searchapp.engine.base import Deadline
from searchapp.engine.completing import beginning_of_form, completed_facets, completion
from searchapp.engine.listing import begins_with
from searchapp.engine.memory.state import State
from searchapp.model import CompletedValue, Completion


def complete(state: State, prefix: str, limit: int, deadline: Deadline) -> Completion:
    """The first words and values that begin with the prefix."""
    begins = beginning_of_form(prefix)
    held = state.frequencies("clean").items() if begins else ()
    words = [(form, count) for form, count in held if form.startswith(begins or "")]
    deadline.check()
    facets = completed_facets(state.facets, prefix)
    return completion(words, (one for facet in facets for one in _values(state, facet, prefix)), limit)


def _values(state: State, facet: str, prefix: str) -> Iterator[CompletedValue]:
    carried = (_known(state, identifier, facet) for identifier in state.records)
    counts = Counter(value for values in carried for value in values)
    vocabulary = state.vocabulary(facet)
    for value, count in counts.items():
        if begins_with(vocabulary[value], prefix):
            yield CompletedValue(facet, vocabulary[value], count)


def _known(state: State, identifier: str, facet: str) -> set[str]:
    return {entry.value.id for entry in state.entries(identifier, facet) if entry.status != "discovered"}
