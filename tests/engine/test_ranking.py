"""How good are the first ten? The judged sets, held to floors, and what ranking promises beside its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bench.ranking import Judged, mean_quality, ours, read_judged, words
from searchapp.engine.memory import MemoryEngine
from searchapp.engine.whoosh_index import WhooshEngine
from searchapp.engine.whoosh_index.generation.ordering import first_places
from tests.engine.asking import asked
from tests.engine.conftest import Build, fill_at_once
from tests.engine.corpus import CLUSTERS, DOCUMENTS, FACETS, document
from tests.floors import RANKING


@pytest.mark.parametrize(
    "name", ["adi", *(pytest.param(large, marks=pytest.mark.long) for large in ("time", "cranfield", "cisi"))]
)
def test_the_first_ten_are_as_good_as_they_were(data: Path, tmp_path: Path, name: str) -> None:
    judged = read_judged(data / "retrieval" / name)
    assert mean_quality(ours(judged, tmp_path), judged) >= RANKING[name]


def test_only_relevant_documents_on_top_are_perfect_and_none_are_nothing() -> None:
    judged = Judged((), {"1": "a", "2": "b"}, {"1": frozenset("xy"), "2": frozenset("z")})
    answers = {"a": ["x", "y", "z"], "b": ["x", "y"]}

    def ask(text: str) -> Sequence[str]:
        return answers[text]

    assert mean_quality(ask, judged) == 0.5


def test_a_topic_is_asked_as_its_distinct_words_within_the_limits() -> None:
    assert words('What (is) "WHAT"? a-b NOT x:y') == "what is a b not x y"
    assert len(words(" ".join(f"word{number:09}" for number in range(200)))) <= 1024


def test_both_engines_give_the_same_scores(tmp_path: Path) -> None:
    engines = MemoryEngine(FACETS), WhooshEngine(tmp_path, FACETS)
    for engine in engines:
        fill_at_once(engine, DOCUMENTS, CLUSTERS)
    for text in ("recruits", "wheat harvest", "al-hasakah", "title:wheat", "harv*", '"wheat fields" OR libya', "wheat wheat"):
        for scope in ("clean", "raw", "removed"):
            query = asked(text, scope=scope, match="any", dupes="show", facets=())
            first, second = ({hit.id: hit.score for hit in engine.search(query).hits} for engine in engines)
            assert first.keys() == second.keys()
            assert second == pytest.approx(first, rel=1e-5), (text, scope)


def test_a_word_that_is_asked_twice_counts_twice(build: Build) -> None:
    engine = build([document("a", "News", "of corn"), document("b", "News", "of rain")], {})
    for text, first in (("corn rain rain", "b"), ("rain corn corn", "a")):
        assert engine.search(asked(text, match="any")).hits[0].id == first


def test_rare_and_common_words_are_worked_out_alike(build: Build) -> None:
    texts = [f"{'wheat ' * (number % 3)}{'corn ' * (number == 7)}of number {number}" for number in range(40)]
    engine = build([document(f"d{number:02}", "News", text) for number, text in enumerate(texts)], {})
    scores = {text: {hit.id: hit.score or 0 for hit in engine.search(asked(text, match="any")).hits}
              for text in ("wheat", "corn", "wheat corn")}  # fmt: skip
    assert len(scores["wheat"]) == 26
    assert list(scores["corn"]) == ["d07"]
    for identifier, score in scores["wheat corn"].items():
        parts = scores["wheat"].get(identifier, 0) + scores["corn"].get(identifier, 0)
        assert score == pytest.approx(parts, rel=1e-5)


@pytest.mark.parametrize("size", [0, 1, 9, 500, 5000])
@pytest.mark.parametrize("different", [1, 3, 1000])
def test_the_first_places_are_those_of_all_in_order(size: int, different: int) -> None:
    random = np.random.default_rng(size + different)
    keys = random.integers(0, different, size).astype(np.float32)
    ties = random.permutation(size)
    in_order = sorted(range(size), key=lambda at: (keys[at], ties[at]))
    for start, stop in ((0, 0), (0, 1), (0, 10), (5, 25), (max(0, size - 1), size), (0, size + 5), (size, size + 10)):
        found = first_places(keys, lambda tied: ties[tied], start=start, stop=stop)
        assert found.tolist() == in_order[start:stop]
        assert first_places(ties, start=start, stop=stop).tolist() == np.argsort(ties)[start:stop].tolist()
