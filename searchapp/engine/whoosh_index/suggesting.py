"""What suggestions must know of a generation, looked up in its postings and tables."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial, reduce
from operator import or_

from searchapp.engine.names import FACETS
from searchapp.engine.resolve import fields_of
from searchapp.engine.vocabulary import Vocabulary
from searchapp.engine.whoosh_index.leaves import fields_read
from searchapp.engine.whoosh_index.lexicon import Lexicon
from searchapp.engine.whoosh_index.rowset import RowSet
from searchapp.engine.whoosh_index.schema import stems_of
from searchapp.engine.whoosh_index.snapshot import Snapshot
from searchapp.model import FacetValue, SearchQuery

_STEMS_KEPT = 1_024


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
        # Held by the snapshot itself, its files would stay open until the garbage collector runs.
        snapshot = weakref.proxy(self._snapshot)
        return self._snapshot.remember("forms of stems", lambda: lru_cache(_STEMS_KEPT)(partial(_forms_of, snapshot)))(stem)

    def records(self, forms: tuple[str, ...]) -> Iterable[tuple[str, FacetValue]]:
        for facet in FACETS:
            index = self._snapshot.facet(facet)
            yield from ((facet, index.vocabulary[value]) for value in index.called(forms))

    def vocabulary(self, facet: str) -> Vocabulary:
        return self._snapshot.facet(facet).vocabulary


def _forms_of(snapshot: Snapshot, stem: str) -> Mapping[str, int]:
    live = RowSet.where(snapshot.live)
    stemmed = {field: _rows(snapshot, stems_of(field), stem) for field in fields_read(None, "clean")}
    counts = {}
    for form in snapshot.lexicon.forms_of(stem):
        # A stem tells the language of its documents.
        held = (_rows(snapshot, field, form) & rows for field, rows in stemmed.items())
        counts[form] = len(reduce(or_, held) & live)
    return {form: count for form, count in counts.items() if count}


def _rows(snapshot: Snapshot, field: str, token: str) -> RowSet:
    return RowSet(snapshot.size, numbers=snapshot.postings.rows(field, token)[0])
