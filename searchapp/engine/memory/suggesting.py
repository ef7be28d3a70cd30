"""What suggestions must know of a generation, counted in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from searchapp.engine.memory.state import State
from searchapp.engine.resolve import fields_of
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

    def spellings(self, scope: str) -> Mapping[str, int]:
        return self._state.frequencies(scope)

    def forms_of(self, stem: str) -> Mapping[str, int]:
        return self._state.forms_by_stem.get(stem, {})

    def records(self, forms: tuple[str, ...]) -> Iterable[tuple[str, FacetValue]]:
        return self._state.named.get(forms, ())

    def vocabulary(self, facet: str) -> Vocabulary:
        return self._state.vocabulary(facet)
