"""Copies: what is one story, what shares half of its text, and what is neither."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchapp.ingest.duplicates import Overlap, clusters, fingerprint, overlaps, sharing
from searchapp.model import Fingerprint

WORDS = [f"{first}{last}" for first in ("ba", "ke", "lo", "mi", "nu", "ra") for last in ("dar", "fel", "gos", "him", "jun", "wat")]


def text(seed: int, *, sentences: int = 30) -> str:
    """Sentences of made words; another seed gives others."""
    chance = random.Random(seed)
    return " ".join(" ".join(chance.choices(WORDS, k=14)).capitalize() + "." for _ in range(sentences))


def compared(**texts: str) -> list[Overlap]:
    prints = [fingerprint(name, "", body) for name, body in texts.items()]
    return overlaps(prints, set(texts))


def stories(prints: list[Fingerprint]) -> dict[str, str]:
    return clusters(prints, overlaps(prints, {one.document for one in prints}))


def sentences_of(body: str) -> list[str]:
    return body.split(". ")


def test_a_text_in_other_furniture_is_the_same_story() -> None:
    body = text(1)
    prints = [fingerprint("a", "T", body), fingerprint("b", "U", f"Read more below.\n\n{body}\n\nSubscribe now, it is free.")]
    assert stories(prints) == {"a": "a", "b": "a"}


def test_a_text_without_a_tenth_of_its_sentences_shares_more_than_half() -> None:
    body = text(2)
    (found,) = compared(a=body, b=". ".join(one for number, one in enumerate(sentences_of(body)) if number % 10))
    assert (found.first, found.second) == ("a", "b")
    assert 0.5 <= found.of_first < found.of_second


@pytest.mark.parametrize("part", [2, 4])
def test_a_part_of_a_text_shares_text_with_it_and_is_no_copy(part: int) -> None:
    body = text(3)
    kept = ". ".join(sentences_of(body)[: 30 // part])
    (found,) = compared(a=body, b=kept)
    assert found.of_second > 0.9 > 0.6 > found.of_first
    assert stories([fingerprint("a", "T", body), fingerprint("b", "T", kept)]) == {}


def test_what_shares_text_is_told_of_both_and_copies_are_left_out() -> None:
    pairs = [Overlap("a", "b", 0.5, 0.9), Overlap("a", "c", 0.9, 0.9), Overlap("b", "gone", 0.6, 0.6)]
    assert sharing("abcd", pairs, {"a": "a", "c": "a"}) == {"a": ("b",), "b": ("a",), "c": (), "d": ()}
    assert sharing("abc", pairs, {"a": "a", "b": "b", "c": "a"})["b"] == ("a",)


def test_less_than_half_of_the_shorter_text_is_not_listed() -> None:
    ours, theirs = sentences_of(text(4)), sentences_of(text(5))
    assert compared(a=". ".join(ours), b=". ".join(ours[:8] + theirs[:22])) == []


def test_texts_that_have_nothing_to_do_with_each_other_share_nothing() -> None:
    assert compared(**{f"d{seed}": text(seed) for seed in range(40)}) == []


def test_only_pairs_with_a_touched_document_are_compared() -> None:
    body = text(6)
    prints = [fingerprint(name, "", body) for name in "abc"]
    assert [(one.first, one.second) for one in overlaps(prints, {"c"})] == [("a", "c"), ("b", "c")]
    assert overlaps(prints, set()) == []


def test_what_hangs_together_is_one_story_named_after_its_smallest_id() -> None:
    prints = [fingerprint(name, "", text(7)) for name in "xyz"]
    alike = [Overlap("x", "z", 0.9, 0.9), Overlap("w", "x", 0.8, 0.85)]
    prints += [fingerprint("w", "", text(8)), fingerprint("v", "", text(9))]
    assert clusters(prints[::-1], alike) == dict.fromkeys("wxyz", "w")


def test_a_story_in_very_many_copies_is_still_one() -> None:
    bodies = {f"d{number:03}": f"{text(10)} {text(11 + number, sentences=1)}" for number in range(150)}
    assert set(stories([fingerprint(name, "", body) for name, body in bodies.items()]).values()) == {"d000"}


@pytest.mark.parametrize(
    ("titles", "body", "one_story"),
    [
        (("T", "T"), "Only a few words stand here, and no more.", True),
        (("T", "U"), "Only a few words stand here, and no more.", False),
        (("", ""), "Only a few words stand here, and no more.", False),
        (("T", "T"), "", False),
        (("T", "U"), text(12), True),
    ],
)
def test_short_bodies_need_one_title_and_empty_ones_are_no_copies(titles: tuple[str, str], body: str, one_story: bool) -> None:
    prints = [fingerprint(name, title, body) for name, title in zip("ab", titles, strict=True)]
    assert (stories(prints) == {"a": "a", "b": "a"}) is one_story


def test_texts_in_scripts_without_spaces_are_compared_by_their_signs() -> None:
    body = "".join(chr(0x4E00 + random.Random(13).randrange(9000) * 2 % 9000 + place) for place in range(200))
    (found,) = compared(a=body, b=body[:120])
    assert found.of_second > 0.9


@given(st.lists(st.sampled_from(WORDS), max_size=60), st.lists(st.sampled_from(WORDS), max_size=60))
def test_parts_are_parts(one: list[str], other: list[str]) -> None:
    for found in compared(a=" ".join(one), b=" ".join(other)):
        assert 0 < found.same <= max(found.of_first, found.of_second) <= 1
        assert max(found.of_first, found.of_second) >= 0.5


def test_a_fingerprint_is_the_same_whatever_the_case_and_the_accents() -> None:
    plain, dressed = fingerprint("a", "T", text(14)), fingerprint("a", "T", text(14).upper())
    assert (plain.body, plain.hashes) == (dressed.body, dressed.hashes)
