"""The engines that every contract is asked of, and what they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from searchapp.engine.base import Engine
from searchapp.engine.memory import MemoryEngine
from searchapp.engine.storage import Store
from searchapp.engine.whoosh_index import WhooshEngine
from searchapp.facets import FacetSet
from searchapp.model import Document
from tests.engine.corpus import CLUSTERS, DOCUMENTS, FACETS, FIRST_RUN, SECOND_RUN, THIRD_RUN, document
from tests.engine.generations import NEW, OLD, publish

Make = Callable[[Path, FacetSet], Engine]
Fill = Callable[[Engine, Sequence[Document], Mapping[str, str]], None]
Build = Callable[[Sequence[Document], Mapping[str, str]], Engine]


def _memory(root: Path, facets: FacetSet) -> Engine:
    return MemoryEngine(facets)


def _whoosh(root: Path, facets: FacetSet) -> Engine:
    return WhooshEngine(root, facets)


def fill_at_once(engine: Engine, documents: Sequence[Document], clusters: Mapping[str, str]) -> None:
    """The documents in one commit."""
    with engine.writer(run=FIRST_RUN) as writer:
        for one in documents:
            writer.add(one)
        writer.assign(clusters)
        writer.commit(settled=True)


def fill_by_and_by(engine: Engine, documents: Sequence[Document], clusters: Mapping[str, str]) -> None:
    """The documents in three commits, after others that were replaced and deleted."""
    third = len(documents) // 3
    first, second, rest = documents[:third], documents[third : 2 * third], documents[2 * third :]
    passing = [document(f"gone-{number}", f"Recruits gone {number}", "haftar wheat harvest " * number,
                        outlet="Gone Times", date="2016-01-01", actor="haftar", location="geo:tripoli")
               for number in range(1, 5)]  # fmt: skip
    old = [replace(one, text=f"older {one.text} haftar", first_indexed=SECOND_RUN) for one in (*first[::2], *rest[::2])]
    for run, added, deleted in (
        (FIRST_RUN, (*first, *old, *passing[:2]), ()),
        (SECOND_RUN, (*second, *first[::2], *passing[2:]), (passing[0].id,)),
        (THIRD_RUN, rest, tuple(one.id for one in passing[1:])),
    ):
        with engine.writer(run=run) as writer:
            for one in added:
                writer.add(one)
            for identifier in deleted:
                writer.delete(identifier)
            writer.assign({**dict.fromkeys((one.id for one in added), None), **clusters} if run == THIRD_RUN else {})
            writer.commit(settled=run == THIRD_RUN)


ENGINES: dict[str, tuple[Make, Fill]] = {
    "memory": (_memory, fill_at_once),
    "memory-3": (_memory, fill_by_and_by),
    "whoosh-1": (_whoosh, fill_at_once),
    "whoosh-3": (_whoosh, fill_by_and_by),
}
"""The kinds of engines, each with how it comes to its documents: in one commit, or in three with changes."""


@pytest.fixture(params=ENGINES, scope="session")
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def engine(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine that holds DOCUMENTS; tests leave it as it is."""
    make, fill = ENGINES[kind]
    engine = make(tmp_path_factory.mktemp("index"), FACETS)
    fill(engine, DOCUMENTS, CLUSTERS)
    yield engine
    engine.close()


@pytest.fixture
def build(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    """Makes an engine that holds the documents it is given."""
    made: list[Engine] = []

    def make(documents: Sequence[Document], clusters: Mapping[str, str]) -> Engine:
        engine = ENGINES[kind][0](tmp_path_factory.mktemp("built"), FACETS)
        made.append(engine)
        if documents:
            ENGINES[kind][1](engine, documents, clusters)
        return engine

    yield make
    for engine in made:
        engine.close()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "index")


@pytest.fixture
def two(store: Store) -> Store:
    """A store whose first generation is OLD and whose second and current one is NEW."""
    publish(store, OLD)
    publish(store, NEW)
    return store
