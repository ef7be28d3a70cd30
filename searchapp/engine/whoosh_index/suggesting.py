"""What suggestions must know of a generation, looked up in its postings and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import numpy as np

from searchapp.engine.names import FACETS
from searchapp.engine.resolve import fields_of
from searchapp.engine.vocabulary import Vocabulary
from searchapp.engine.whoosh_index.leaves import fields_read
from searchapp.engine.whoosh_index.lexicon import Lexicon
from searchapp.engine.whoosh_index.schema import stems_of
from searchapp.engine.whoosh_index.snapshot import Snapshot
from searchapp.model import FacetValue, SearchQuery


class Frequencies(Mapping[str, int]):
    """In how many live documents each form of some fields stands, counted when it is asked for.

    A form that only deleted documents hold is there with 0.
    """

    def __init__(self, lexicon: Lexicon, fields: tuple[str, ...]) -> None:
        self._lexicon = lexicon
        self._fields = fields

    def __getitem__(self, form: str) -> int:
        return self._lexicon.frequency(self._fields, form)

    def __iter__(self) -> Iterator[str]:
        return iter(self._lexicon.words(self._fields))

    def __len__(self) -> int:
        return len(self._lexicon.words(self._fields))


class WhooshIndex:
    """One generation as `searchapp.engine.suggesting.Index` sees it; `count` gives the total of a query."""

    def __init__(self, snapshot: Snapshot, count: Callable[[SearchQuery], int]) -> None:
        self.fields = fields_of(snapshot.facets)
        self.languages = snapshot.languages
        self._snapshot = snapshot
        self._count = count

    def total(self, query: SearchQuery) -> int:
        return self._count(query)

    def spellings(self, scope: str) -> Mapping[str, int]:
        return Frequencies(self._snapshot.lexicon, fields_read(None, scope))

    def forms_of(self, stem: str) -> Mapping[str, int]:
        """The forms of titles and texts that have this stem, with the documents that hold form and stem."""
        read = fields_read(None, "clean")
        counts = {form: self._holding(read, form, stem) for form in self._snapshot.lexicon.forms_of(stem)}
        return {form: count for form, count in counts.items() if count}

    def records(self, forms: tuple[str, ...]) -> Iterable[tuple[str, FacetValue]]:
        for facet in FACETS:
            index = self._snapshot.facet(facet)
            yield from ((facet, index.vocabulary[value]) for value in index.called(forms))

    def vocabulary(self, facet: str) -> Vocabulary:
        return self._snapshot.facet(facet).vocabulary

    def _holding(self, fields: Iterable[str], form: str, stem: str) -> int:
        """How many live documents have the form with this stem; a stem tells the language of its documents."""
        found = np.zeros(self._snapshot.size, np.bool_)
        for field in fields:
            held = self._snapshot.postings.rows(field, form)[0]
            stemmed = self._snapshot.postings.rows(stems_of(field), stem)[0]
            found[np.intersect1d(held, stemmed, assume_unique=True)] = True
        return int(np.count_nonzero(found & self._snapshot.live))
