"""Words that are found by their beginning, by what is nearly like them, and by how often they are held."""

from __future__ import annotations

import random
from collections.abc import Iterable

import numpy as np
import pytest
from rapidfuzz.distance import OSA

from searchapp.engine.whoosh_index.files.word_list import WordList

LETTERS = "aeilnorst 1é中سوريالحلب".replace(" ", "")


def listed(words: Iterable[str]) -> tuple[WordList, list[str]]:
    """The list of these words, each held by as many documents as words come before it; and the words in its order."""
    ordered = sorted(words, key=str.encode)
    text = np.frombuffer("\n".join(ordered).encode(), np.uint8)
    return WordList(text, np.arange(len(ordered), dtype=np.uint32)), ordered


def made(seed: int, number: int) -> set[str]:
    drawn = random.Random(seed)
    return {"".join(drawn.choices(LETTERS, k=drawn.randint(1, 9))) for _ in range(number)}


@pytest.fixture(scope="module", params=[1, 2, 31, 32, 33, 64, 3_000])
def words(request: pytest.FixtureRequest) -> tuple[WordList, list[str]]:
    return listed(sorted(made(7, 9_000))[: request.param])


def test_every_word_is_found_and_no_other(words: tuple[WordList, list[str]]) -> None:
    held, ordered = words
    assert [held.frequency(word.encode()) for word in ordered] == list(range(len(ordered)))
    assert [held.word(slot).decode() for slot in range(len(ordered))] == ordered
    for other in ("", "!", "zzzz", "aa~", "￿"):
        assert held.frequency(other.encode()) == 0


@pytest.mark.parametrize("prefix", ["", "a", "se", "ال", "س", "é", "zz", "~"])
def test_words_that_begin_alike_stand_side_by_side(words: tuple[WordList, list[str]], prefix: str) -> None:
    held, ordered = words
    expected = [word for word in ordered if word.startswith(prefix)]
    assert [word.decode() for word in held.beginning(prefix.encode())] == expected
    assert [held.word(slot).decode() for slot in held.slots(prefix.encode())] == expected
    first, unseen = held.leading(prefix.encode(), 3)
    assert {word.decode() for word in first} == set(expected[-3:])
    assert (unseen > 0) == (len(expected) > 3)


@pytest.mark.parametrize("edits", [1, 2])
def test_what_is_near_is_what_the_distance_says(edits: int) -> None:
    held, ordered = listed(made(1, 4_000))
    asked = [*random.Random(3).sample(ordered, 30), "seriola", "السورية", "中é", "nots"]
    for word in asked:
        distances = {other: OSA.distance(word, other) for other in ordered}
        expected = {(other, away, ordered.index(other)) for other, away in distances.items() if 0 < away <= edits}
        assert set(held.near(word, edits)) == expected


def test_a_list_may_be_empty() -> None:
    held = WordList(np.empty(0, np.uint8), np.empty(0, np.uint32))
    assert (held.frequency(b"a"), len(held.slots(b"")), held.leading(b"", 1), list(held.near("a", 2))) == (0, 0, ([], 0), [])
