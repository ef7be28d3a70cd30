"""What suggestions must know of a generation, counted in memory."""

from __future__ import annotations

from collections.abc import Callable, Collection

from rapidfuzz.distance import OSA

from searchapp.engine.memory.state import State
from searchapp.engine.resolve import fields_of
from searchapp.engine.suggesting import allowed_edits, likeliest
from searchapp.engine.vocabulary import Vocabulary
from searchapp.model import FacetValue, SearchQuery


class MemoryIndex:
    """One generation as `searchapp.engine.suggesting.Index` sees it; `count` gives the total of a query."""

    def __init__(self, state: State, count: Callable[[SearchQuery], int]) -> None:
        self.fields = fields_of(state.facets)
        self.languages = state.languages
        self._state = state
        self._count = count

    def total(self, query: SearchQuery) -> int:
        return self._count(query)

    def nearest(self, form: str, scope: str) -> str | None:
        frequencies, allowed = self._state.frequencies(scope), allowed_edits(form)
        edits = ((other, OSA.distance(form, other, score_cutoff=allowed)) for other in frequencies)
        near = ((other, away, frequencies[other]) for other, away in edits if 0 < away <= allowed)
        return likeliest(near, frequencies.__getitem__)

    def forms_of(self, stem: str) -> Collection[str]:
        return self._state.forms_by_stem.get(stem, ())

    def frequency(self, form: str) -> int:
        return self._state.frequencies("clean").get(form, 0)

    def records(self, forms: tuple[str, ...]) -> Collection[tuple[str, FacetValue]]:
        return self._state.named.get(forms, ())

    def vocabulary(self, facet: str) -> Vocabulary:
        return self._state.vocabulary(facet)
