"""The engine itself: opens the current generation beside the old one, and answers each question from one of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Literal

from searchapp.engine.base import NO_DEADLINE, Deadline, Engine
from searchapp.engine.storage import FORMAT, Manifest, Staging, Store
from searchapp.engine.suggesting import suggest
from searchapp.engine.whoosh_index.asking import answering
from searchapp.engine.whoosh_index.asking.completing import complete
from searchapp.engine.whoosh_index.asking.counting import FacetCounter
from searchapp.engine.whoosh_index.asking.crossing import cross
from searchapp.engine.whoosh_index.asking.scoring import prepare_scoring
from searchapp.engine.whoosh_index.asking.searching import Search
from searchapp.engine.whoosh_index.checking import check_all
from searchapp.engine.whoosh_index.files.schema import fingerprint
from searchapp.engine.whoosh_index.generation.opening import Opened, Shelf
from searchapp.engine.whoosh_index.generation.snapshot import Snapshot
from searchapp.engine.whoosh_index.writing.building import WhooshBuilder
from searchapp.engine.whoosh_index.writing.segments import rewrite_without
from searchapp.engine.whoosh_index.writing.writer import WhooshWriter, configuration, rebuilt
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


class WhooshEngine(Engine):
    """Answers about the current generation of an index folder, unless it was made `at` one or the query names one.

    Nothing is opened before the first question, so processes may be forked from one that has an engine.
    """

    def __init__(
        self, root: Path, facets: FacetSet, *, retention: float = 2.0, background: bool = False
    ) -> None:  # fmt: skip
        self.facets = facets
        self._shelf = Shelf(
            Store(root, budget=retention), facets, prepare=_prepare, background=background
        )  # fmt: skip
        self._pinned: int | None = None

    def search(self, query: SearchQuery, *, deadline: Deadline = NO_DEADLINE) -> Results:
        return answering.answer(self._opened(query), query, deadline=deadline)

    def get(self, document: str) -> Document | None:
        snapshot = self._opened().snapshot
        row = snapshot.row(document)
        return None if row is None else snapshot.document(row)

    def similar(self, document: str, query: SearchQuery, *, deadline: Deadline = NO_DEADLINE) -> Results:
        opened = self._opened(query)
        row = opened.snapshot.row(document)
        if row is None:
            raise NotFound(f"There is no document {document!r} in this archive.")
        return answering.similar(opened, row, query=query, deadline=deadline)

    def suggest(self, query: SearchQuery, *, deadline: Deadline = NO_DEADLINE) -> Suggestions:
        snapshot = self._opened(query).snapshot
        asked = Search(snapshot, query, deadline).query
        return suggest(asked, answering.index_of(snapshot, deadline), deadline)

    def complete(self, prefix: str, *, limit: int = 10, deadline: Deadline = NO_DEADLINE) -> Completion:
        return complete(self._opened().snapshot, prefix, limit, deadline)

    def facet(
        self, name: str, query: SearchQuery, *, prefix: str = "", values: tuple[str, ...] = (),
        order: Literal["count", "label"] = "count", offset: int = 0, limit: int = 10,
        deadline: Deadline = NO_DEADLINE,
    ) -> Facet:  # fmt: skip
        spec = self._counted(name)
        counter = FacetCounter(Search(self._opened(query).snapshot, query, deadline).selection, spec)
        deadline.check()
        return counter.page(prefix=prefix, values=values, order=order, offset=offset, limit=limit)

    def crosstab(
        self, query: SearchQuery, rows: str, columns: str, *, top: int = 20, deadline: Deadline = NO_DEADLINE
    ) -> Crosstab:  # fmt: skip
        facets = self._counted(rows).name, self._counted(columns).name
        return cross(Search(self._opened(query).snapshot, query, deadline).selection, facets, top)

    def iterate(self, query: SearchQuery, *, after: int = 0) -> Iterator[Hit]:
        return Search(self._opened(query).snapshot, query, NO_DEADLINE).hits_from(after)

    def copies(self, document: str) -> tuple[str, ...]:
        snapshot = self._opened().snapshot
        row = snapshot.row(document)
        return () if row is None else tuple(sorted(map(snapshot.id, snapshot.stories.copies_of(row))))

    def sharing(self, document: str) -> tuple[str, ...]:
        return self._opened().snapshot.sharing.get(document, ())

    def find(self, *, url: str | None = None, sha256: str | None = None, file: str | None = None) -> tuple[str, ...]:
        snapshot = self._opened().snapshot
        asked = (("address", url), ("sha256", sha256), ("source", file), ("name", file))
        found = [snapshot.postings.rows(field, key)[0] for field, key in asked if key is not None]
        rows = {row for held in found for row in held.tolist()}
        return tuple(sorted(snapshot.id(row) for row in rows if snapshot.live[row]))

    def sources(self) -> Mapping[str, SourceStamp]:
        return self._opened().snapshot.sources()

    def info(self) -> IndexInfo:
        return self._opened().info

    def generations(self) -> tuple[GenerationInfo, ...]:
        return self._shelf.generations()

    def at(self, generation: int) -> WhooshEngine:
        self._shelf.at(generation)
        pinned = WhooshEngine(self._shelf.root, self.facets)
        pinned._shelf, pinned._pinned = self._shelf, generation
        return pinned

    def check(self, *, deep: bool = False) -> tuple[IndexDamaged, ...]:
        return tuple(check_all(self._shelf.store, self.facets, deep=deep))

    def writer(self, *, run: str, lock_timeout: float = 30.0, memory: int | None = None) -> WhooshWriter:
        return WhooshWriter(self._shelf.store, self.facets, run=run, lock_timeout=lock_timeout, memory=memory)

    def builder(self, part: Path) -> WhooshBuilder:
        return WhooshBuilder(part, self.facets)

    def rollback(self, generation: int | None = None, *, lock_timeout: float = 30.0) -> int:
        store = self._shelf.store
        with store.writer(timeout=lock_timeout) as lock:
            return store.rollback(lock, generation)

    def kept(self) -> Mapping[str, int]:
        return {name: number for number, name in self._shelf.store.kept().items()}

    def keep(self, generation: int, name: str | None, *, lock_timeout: float = 30.0) -> None:
        store = self._shelf.store
        with store.writer(timeout=lock_timeout) as lock:
            store.keep(lock, generation, name)

    def forget(self, documents: Collection[str], *, lock_timeout: float = 30.0) -> int:
        store = self._shelf.store
        with store.writer(timeout=lock_timeout) as lock:
            return store.forget(lock, partial(_rewritten, documents=documents, facets=self.facets))

    def close(self) -> None:
        self._shelf.close()

    def _opened(self, query: SearchQuery | None = None) -> Opened:
        number = query.generation if query is not None and query.generation is not None else self._pinned
        return self._shelf.current() if number is None else self._shelf.at(number)

    def _counted(self, name: str) -> FacetSpec:
        spec = self.facets.get(name)
        if spec is None or name == "date":
            raise NotFound(f"There is no facet {name!r} whose values can be listed.")
        return spec


def _prepare(snapshot: Snapshot) -> None:
    """Make what nearly every question about a generation needs, so that the first one does not wait for it."""
    snapshot.prepare()
    prepare_scoring(snapshot)


def _rewritten(staging: Staging, documents: Collection[str], facets: FacetSet) -> Manifest:
    """Leave no trace of the documents in a staging folder, and give what is to be said of it."""
    if staging.base is None:
        raise ValueError("there is nothing in the folder to be rewritten")
    said, schema = staging.base.manifest, fingerprint(facets)
    if (said.schema, said.format) != (schema, FORMAT):
        rebuilt(staging, facets)
    left = rewrite_without(staging.folder, documents, facets)
    return replace(said, documents=left, schema=schema, configuration=configuration(facets))
