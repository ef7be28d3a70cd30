"""Whoosh's own searcher finds the same documents in the same files, counts the same and weighs words alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from searchapp.engine.base import Engine
from searchapp.engine.whoosh_index import WhooshEngine
from searchapp.engine.whoosh_index.files.tables import Tables
from searchapp.grammar import Node, parse, to_text
from searchapp.model import SearchQuery
from tests.engine.conftest import fill_at_once, fill_by_and_by
from tests.engine.corpus import CLUSTERS, DOCUMENTS, FACETS, FIRST_RUN
from tests.engine.drawing import Archive, archives
from tests.engine.parts import adopt
from tests.engine.whoosh_folder import add, newest, random_documents
from tests.engine.whoosh_oracle import Oracle, OurWeighting, trees

EXACT = (5, 10, 14, 21, 26, 30)
"""Lengths that Whoosh's byte a document tells exactly."""

COUNTED = ("outlet", "actor", "location", "topics")
Fill = Callable[[WhooshEngine, Archive], None]


def in_one_segment(engine: WhooshEngine, archive: Archive) -> None:
    fill_at_once(engine, archive.documents, {})


def with_deletions(engine: WhooshEngine, archive: Archive) -> None:
    fill_by_and_by(engine, archive.documents, {})


def of_adopted_parts(engine: WhooshEngine, archive: Archive) -> None:
    """Three parts, of documents of which some were there before in a part of their own."""
    with engine.writer(run=FIRST_RUN) as writer:
        adopt(engine, writer, *archive.documents[::2])
        writer.commit()
        for start in range(min(3, len(archive.documents))):
            adopt(engine, writer, *archive.documents[start::3])
        writer.commit()


FILLS = pytest.mark.parametrize("fill", [in_one_segment, with_deletions, of_adopted_parts])


@contextmanager
def filled(fill: Fill, archive: Archive) -> Iterator[tuple[WhooshEngine, Oracle]]:
    """An engine with the documents, and plain Whoosh over its files."""
    with TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder, "index"), FACETS)
        fill(engine, archive)
        oracle = Oracle(newest(Path(folder)), {one.language.value for one in archive.documents if one.language.value})
        yield engine, oracle
        oracle.close()
        engine.close()


def compare(fill: Fill, archive: Archive, asked: Sequence[Node]) -> None:
    with filled(fill, archive) as (engine, oracle):
        for node in asked:
            query = SearchQuery(to_text(node), dupes="show", facets=COUNTED, facet_size=1_000, per_page=100)
            results = engine.search(query)
            ids = oracle.ids(node)
            assert {hit.id for hit in results.hits} == ids
            assert results.total == len(results.hits)
            for facet in results.facets:
                counts = {row.value.id: row.count for row in facet.values if row.count}
                assert counts == oracle.counts(ids, facet.name)


drawn = given(archive=archives(), asked=st.lists(trees(), min_size=1, max_size=8))


@FILLS
@settings(max_examples=8)
@drawn
def test_whooshs_own_searcher_finds_and_counts_the_same(fill: Fill, archive: Archive, asked: list[Node]) -> None:
    compare(fill, archive, asked)


@pytest.mark.long
@FILLS
@settings(
    max_examples=150, phases=[Phase.reuse, Phase.generate], suppress_health_check=[HealthCheck.too_slow]
)
@drawn
def test_whooshs_own_searcher_agrees_on_thousands_of_trees(fill: Fill, archive: Archive, asked: list[Node]) -> None:
    compare(fill, archive, asked)


@pytest.fixture(params=[1, 3], ids=["one segment", "adopted segments"])
def weighed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Engine, Oracle]]:
    """An engine, and Whoosh weighing as it does."""
    engine = WhooshEngine(tmp_path / "index", FACETS)
    documents = [replace(one, text=" ".join(one.text.split()[: EXACT[number % len(EXACT)]]))
                 for number, one in enumerate(random_documents(200))]  # fmt: skip
    with engine.writer(run=FIRST_RUN) as writer:
        for start in range(request.param):
            adopt(engine, writer, *documents[start :: request.param])
        writer.commit()
    oracle = Oracle(newest(tmp_path), ("en",), weighting=OurWeighting())
    yield engine, oracle
    oracle.close()
    engine.close()


@pytest.mark.parametrize("text", ['text:"word1"', 'title:"word7"', 'text:"word1" text:"word2"',
                                  'text:"word3" OR title:"word4" OR text:"word9"'])  # fmt: skip
def test_weights_from_whooshs_frequencies_lengths_and_counts_are_ours(
    weighed: tuple[Engine, Oracle], text: str
) -> None:
    engine, oracle = weighed
    query = SearchQuery(text, dupes="show", sort="relevance")
    tree = parse(text).tree
    assert tree is not None
    ours = {hit.id: hit.score for hit in engine.iterate(query)}
    assert len(ours) > 1
    assert ours == pytest.approx(oracle.scores(tree), rel=1e-6)


SHAPES = (
    '"word1"', "word1 word2", "word1 OR word2", '"word1 word2"', '"word1 word2"~3', "word1*", "haftar recruits", "wheat*",
    "title:word3 -word4", "NOT word5", "al-Hasakah", "recruiters", "harv?st", "hafter~1", "المقاتلين", "author:haddad",
)  # fmt: skip


def test_everything_is_the_same_on_the_slow_road_through_whooshs_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = WhooshEngine(tmp_path / "index", FACETS)
    fill_by_and_by(engine, DOCUMENTS, CLUSTERS)
    add(engine, *random_documents(150))
    queries = [SearchQuery(text, scope=scope) for text in SHAPES for scope in ("clean", "raw")]  # type: ignore[arg-type]
    quick = [comparable(engine, query) for query in queries]
    engine.close()
    monkeypatch.setattr(Tables, "sidecar", lambda tables, field: None)
    slow = WhooshEngine(tmp_path / "index", FACETS)
    for query, expected in zip(queries, quick, strict=True):
        assert comparable(slow, query) == expected, query.text
    slow.close()


def comparable(engine: Engine, query: SearchQuery) -> object:
    """Everything of an answer but how long it took."""
    found = engine.search(query)
    return found.total, found.hits, found.facets, found.histogram, found.suggestions, found.warnings
