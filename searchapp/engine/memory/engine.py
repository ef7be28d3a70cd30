"""The engine itself: each question is answered from one published state, which nothing changes any more."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Literal

from searchapp.engine.base import NO_DEADLINE, Deadline, Engine
from searchapp.engine.listing import begins_with, page_rows
from searchapp.engine.memory import answering
from searchapp.engine.memory.completing import complete
from searchapp.engine.memory.counting import FacetCounter
from searchapp.engine.memory.crossing import cross
from searchapp.engine.memory.generations import Generations
from searchapp.engine.memory.searching import Search, resolved
from searchapp.engine.memory.state import State
from searchapp.engine.memory.writer import MemoryBuilder, MemoryWriter
from searchapp.engine.suggesting import suggest
from searchapp.errors import IndexDamaged, NotFound
from searchapp.facets import FacetSet, FacetSpec
from searchapp.model import (
    Completion,
    Crosstab,
    Document,
    Facet,
    GenerationInfo,
    Hit,
    IndexInfo,
    Results,
    SearchQuery,
    SourceStamp,
    Suggestions,
)


class MemoryEngine(Engine):
    """Holds the documents of one process; begins as generation 0 without any.

    Answers about the newest generation, unless it was made `at` one or the query is bound to one.
    """

    def __init__(self, facets: FacetSet) -> None:
        self.facets = facets
        self._generations = Generations(facets)
        self._pinned: State | None = None

    def search(self, query: SearchQuery, *, deadline: Deadline = NO_DEADLINE) -> Results:
        return answering.answer(self._state(query), query, deadline)

    def get(self, document: str) -> Document | None:
        record = self._state().records.get(document)
        return record.document if record else None

    def similar(self, document: str, query: SearchQuery, *, deadline: Deadline = NO_DEADLINE) -> Results:
        state = self._state(query)
        if document not in state.records:
            raise NotFound(f"There is no document {document!r} in this archive.")
        return answering.similar(state, document, query=query, deadline=deadline)

    def suggest(self, query: SearchQuery, *, deadline: Deadline = NO_DEADLINE) -> Suggestions:
        state = self._state(query)
        return suggest(resolved(state, query)[0], answering.index_of(state, deadline), deadline)

    def complete(self, prefix: str, *, limit: int = 10, deadline: Deadline = NO_DEADLINE) -> Completion:
        return complete(self._state(), prefix, limit, deadline)

    def facet(
        self, name: str, query: SearchQuery, *, prefix: str = "", values: tuple[str, ...] = (),
        order: Literal["count", "label"] = "count", offset: int = 0, limit: int = 10,
        deadline: Deadline = NO_DEADLINE,
    ) -> Facet:  # fmt: skip
        spec = self._counted(name)
        counter = FacetCounter(Search(self._state(query), query, deadline).selection, spec)
        counts = counter.counts()
        listed = values or (*counts, *counter.own.chosen, *counter.own.excluded)
        wanted = {
            value: counts.get(value, 0)
            for value in (counter.vocabulary.identify(one) or one for one in listed)
            if not prefix or begins_with(counter.vocabulary[value], prefix)
        }
        deadline.check()
        return counter.facet(page_rows(wanted, counter.vocabulary, order=order, offset=offset, limit=limit))

    def crosstab(
        self, query: SearchQuery, rows: str, columns: str, *, top: int = 20, deadline: Deadline = NO_DEADLINE
    ) -> Crosstab:  # fmt: skip
        facets = self._counted(rows).name, self._counted(columns).name
        return cross(Search(self._state(query), query, deadline).selection, facets, top)

    def iterate(self, query: SearchQuery, *, after: int = 0) -> Iterator[Hit]:
        return Search(self._state(query), query, NO_DEADLINE).hits_from(after)

    def copies(self, document: str) -> tuple[str, ...]:
        return self._state().copies(document)

    def sharing(self, document: str) -> tuple[str, ...]:
        return self._state().sharing.get(document, ())

    def find(self, *, url: str | None = None, sha256: str | None = None, file: str | None = None) -> tuple[str, ...]:
        return tuple(
            identifier
            for identifier, document in sorted(self._documents().items())
            if (url is not None and document.url == url)
            or (sha256 is not None and document.sha256 == sha256)
            or (file is not None and file in (document.source, _last_part(document.source)))
        )

    def sources(self) -> Mapping[str, SourceStamp]:
        return {
            one.source: SourceStamp(one.id, one.sha256, one.first_indexed, one.last_changed)
            for one in self._documents().values()
        }

    def info(self) -> IndexInfo:
        return answering.info_of(self._state())

    def generations(self) -> tuple[GenerationInfo, ...]:
        return self._generations.infos

    def at(self, generation: int) -> MemoryEngine:
        pinned = MemoryEngine(self.facets)
        pinned._generations = self._generations
        pinned._pinned = self._generations.state(generation)
        return pinned

    def check(self, *, deep: bool = False) -> tuple[IndexDamaged, ...]:
        return ()

    def writer(self, *, run: str, lock_timeout: float = 30.0, memory: int | None = None) -> MemoryWriter:
        return MemoryWriter(self._generations, run=run, lock_timeout=lock_timeout)

    def builder(self, part: Path) -> MemoryBuilder:
        return MemoryBuilder(part)

    def rollback(self, generation: int | None = None, *, lock_timeout: float = 30.0) -> int:
        with self._generations.writing(lock_timeout):
            return self._generations.rollback(generation)

    def kept(self) -> Mapping[str, int]:
        return {name: number for number, name in self._generations.names.items()}

    def keep(self, generation: int, name: str | None, *, lock_timeout: float = 30.0) -> None:
        with self._generations.writing(lock_timeout):
            self._generations.keep(generation, name)

    def forget(self, documents: Collection[str], *, lock_timeout: float = 30.0) -> int:
        with self._generations.writing(lock_timeout):
            return self._generations.forget(documents)

    def close(self) -> None:
        """Nothing is open."""

    def _state(self, query: SearchQuery | None = None) -> State:
        if query is not None and query.generation is not None:
            return self._generations.state(query.generation)
        return self._pinned or self._generations.newest

    def _documents(self) -> dict[str, Document]:
        return {identifier: record.document for identifier, record in self._state().records.items()}

    def _counted(self, name: str) -> FacetSpec:
        spec = self.facets.get(name)
        if spec is None or name == "date":
            raise NotFound(f"There is no facet {name!r} whose values can be listed.")
        return spec


def _last_part(source: str) -> str:
    """The name of the file with what follows its #, which may hold slashes too."""
    path, mark, record = source.partition("#")
    return path.rpartition("/")[2] + mark + record
