"""Totals, rows and bars are what plain sets of the documents' own facts give, in archives large and small."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.documents import RUN
from bench.peers.ours import index
from searchapp.engine.base import Engine
from searchapp.engine.whoosh_index import WhooshEngine
from searchapp.facets import FacetSet
from tests.engine.facts import Facts, any_query, check, facts_of
from tests.engine.spliced import STORY, make_archive

FACETS = FacetSet()
NAMES = ("outlet", "actor", "location")
SMALL, LARGE = 3_000, 100_000
DELETED = 3 * STORY - 1
"""Of so many documents the last one is deleted; none of these has copies."""

Held = tuple[Engine, Facts, tuple[str, ...]]


def hold(folder: Path, documents: int) -> Iterator[Held]:
    """An engine with so many documents in several segments, what they say of themselves, and texts to ask for."""
    archive = make_archive(folder, documents)
    clusters = archive.clusters
    index(folder / "index", archive)
    engine = WhooshEngine(folder / "index", FACETS)
    with engine.writer(run=RUN) as writer:
        for number in range(DELETED - 1, documents, DELETED):
            writer.delete(f"{number:07}")
        writer.assign(clusters)
        writer.commit(settled=True)
    live = (one for one in archive if int(one.id) % DELETED != DELETED - 1)
    facts = Facts([facts_of(one, clusters.get(one.id, one.id), FACETS, NAMES) for one in live])
    words = sorted({word for one in facts.documents[:20] for word in one.words})
    yield engine, facts, ("", "", *(f'"{word}"' for word in words[::4]), f'"{words[0]}" "the"')
    engine.close()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    yield from hold(tmp_path_factory.mktemp("small"), SMALL)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    yield from hold(tmp_path_factory.mktemp("large"), LARGE)


def ask(held: Held, seed: int) -> None:
    engine, facts, texts = held
    query = FACETS.complete(any_query(facts, NAMES, texts, seed))
    check(engine.search(query), facts, query)


@pytest.mark.parametrize("seed", range(40))
def test_counts_are_those_of_the_documents(small: Held, seed: int) -> None:
    ask(small, seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(500))
def test_counts_of_a_hundred_thousand_documents_are_those_of_the_documents(large: Held, seed: int) -> None:
    ask(large, seed)
