"""Engines that hold the same documents give the same answers, whatever is asked and in whatever order they came."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchapp.engine.base import Engine
from searchapp.errors import QueryError
from searchapp.model import SearchQuery
from tests.engine.conftest import ENGINES
from tests.engine.corpus import FACETS
from tests.engine.drawing import Archive, archives, queries

REFERENCE = "memory"
ORDERS = ("count", "label")


def forwards(archive: Archive) -> Archive:
    return archive


def backwards(archive: Archive) -> Archive:
    return Archive(archive.documents[::-1], archive.clusters)


COMPARED: dict[str, tuple[str, Callable[[Archive], Archive]]] = {
    "memory, added backwards": (REFERENCE, backwards),
    **{kind: (kind, forwards) for kind in ENGINES if kind != REFERENCE},
}
"""What is compared with the reference: a kind of engine, and the order in which it is given the documents."""


@contextmanager
def holding(kind: str, archive: Archive) -> Iterator[Engine]:
    """An engine of that kind with these documents."""
    make, fill = ENGINES[kind]
    with TemporaryDirectory() as folder:
        engine = make(Path(folder), FACETS)
        fill(engine, archive.documents, archive.clusters)
        yield engine
        engine.close()


def searched(engine: Engine, query: SearchQuery) -> dict[str, Any]:
    """All of an answer that engines promise to agree on: not scores."""
    results = engine.search(query)
    return {
        "query": (results.query, results.parsed, results.escaped, results.warnings),
        "totals": (results.total, results.stories, results.documents, results.outlets, results.undated, results.more),
        "hits": [
            (hit.id, hit.title_pieces, hit.snippets, hit.cluster, hit.copies, hit.only_removed, dict(hit.facets))
            for hit in results.hits
        ],
        "facets": {facet.name: facet for facet in results.facets},
        "histogram": results.histogram,
        "suggestions": results.suggestions,
    }


def ranked(engine: Engine, query: SearchQuery) -> list[str]:
    return [hit.id for hit in engine.iterate(query)]


def listed(engine: Engine, query: SearchQuery) -> list[Any]:
    """Facets in pages, and two of them crossed."""
    return [
        engine.facet("location", query, order="label", offset=1, limit=2),
        engine.facet("actor", query, prefix="ha", limit=100),
        engine.facet("outlet", query, values=("AFP", "reuters", "nobody")),
        engine.facet("date_origin", query),
        engine.crosstab(query, "outlet", "location", top=3),
    ]


def told(engine: Engine, query: SearchQuery) -> list[Any]:
    """What is completed, and what is like the documents that are found."""
    alike = [engine.similar(hit.id, query) for hit in engine.search(query).hits[:4]]
    return [
        *(engine.complete(prefix, limit=limit) for prefix in (query.text[:1], query.text[-2:], "h") for limit in (1, 9)),
        *((one.total, [hit.id for hit in one.hits]) for one in alike),
    ]


def answer(ask: Callable[[Engine, SearchQuery], Any], engine: Engine, query: SearchQuery) -> Any:
    """What is answered, or which part of the query cannot be."""
    try:
        return ask(engine, query)
    except QueryError as error:
        return type(error), error.param


def compare(compared: str, archive: Archive, asked: list[SearchQuery]) -> None:
    """Fail where what is compared answers any of the questions otherwise than the reference."""
    kind, arrange = COMPARED[compared]
    with holding(REFERENCE, archive) as reference, holding(kind, arrange(archive)) as other:
        for query in asked:
            for ask in (searched, ranked, listed, told):
                assert answer(ask, other, query) == answer(ask, reference, query)


drawn = given(archive=archives(), asked=st.lists(queries(), min_size=1, max_size=6))


@pytest.mark.parametrize("compared", COMPARED)
@settings(max_examples=12)
@drawn
def test_engines_that_hold_the_same_documents_answer_the_same(
    compared: str, archive: Archive, asked: list[SearchQuery]
) -> None:
    compare(compared, archive, asked)


@pytest.mark.long
@pytest.mark.parametrize("compared", COMPARED)
@settings(max_examples=200)
@drawn
def test_engines_answer_the_same_to_thousands_of_questions(
    compared: str, archive: Archive, asked: list[SearchQuery]
) -> None:
    compare(compared, archive, asked)
