"""What each part of a query reads in a text, and where it stands there."""

from __future__ import annotations

import pytest

from searchapp.analysis import analyze
from searchapp.engine.reading import Like, check_expansions, places, read
from searchapp.errors import LimitExceeded
from searchapp.grammar import MAX_EXPANSIONS, Fuzzy, Leaf, Near, Phrase, Prefix, Range, Wildcard, Word

TEXT = "The recruiter sent recruits from al-Hasakah; al Hasakah's recruits got 2,000 pounds, recruits got nothing."


def found(leaf: Leaf, text: str = TEXT, language: str = "en") -> list[str]:
    """What the leaf reads in the text, in order."""
    tokens = analyze(text, language)
    reading = read(leaf, ("en", "ar"))
    return [text[tokens.starts[first] : tokens.ends[last - 1]] for first, last in places(reading, tokens)]


@pytest.mark.parametrize(
    ("leaf", "pieces"),
    [
        (Word("recruit"), ["recruiter", "recruits", "recruits", "recruits"]),
        (Word("POUND"), ["pounds"]),
        (Word("hasakah"), ["Hasakah", "Hasakah"]),
        (Word("al-hasakah"), ["al-Hasakah", "al Hasakah"]),
        (Word("2,000"), ["2,000"]),
        (Word("libya"), []),
        (Word("—"), []),
        (Phrase("recruits got"), ["recruits got"] * 2),
        (Phrase("got recruits"), []),
        (Phrase("recruit"), []),
        (Phrase("al hasakah"), ["al-Hasakah", "al Hasakah"]),
        (Prefix("recr"), ["recruiter", "recruits", "recruits", "recruits"]),
        (Prefix("al-has"), ["al-Hasakah"]),
        (Prefix("2,0"), ["2,000"]),
        (Wildcard("recr?its"), ["recruits"] * 3),
        (Wildcard("rec*ter"), ["recruiter"]),
        (Wildcard("al-*kah"), ["al-Hasakah"]),
        (Fuzzy("hasaka", 1), ["Hasakah", "Hasakah"]),
        (Fuzzy("hsaakah", 1), ["Hasakah", "Hasakah"]),
        (Fuzzy("hsaaka", 1), []),
        (Fuzzy("hsaaka", 2), ["Hasakah", "Hasakah"]),
        (Fuzzy("al-hasaka", 1), ["al-Hasakah"]),
        (Range(None, None), []),
    ],
)  # fmt: skip
def test_each_part_of_a_query_reads_its_own(leaf: Leaf, pieces: list[str]) -> None:
    assert found(leaf) == pieces


@pytest.mark.parametrize(
    ("leaf", "pieces"),
    [
        (Near("pounds recruiter", 1), []),
        (Near("pounds recruiter", 2), ["recruiter", "pounds"]),
        (Near("got recruits pounds", 1), ["pounds", "recruits", "got"]),
        (Near("nothing nothing", 1), ["nothing"]),
        (Near("nothing libya", 9), []),
    ],
)
def test_words_are_near_within_as_many_positions_as_they_are_and_the_distance(leaf: Near, pieces: list[str]) -> None:
    assert found(leaf, "recruiter paid 2000 pounds, recruits got nothing") == pieces


def test_a_word_is_stemmed_as_the_language_of_the_text_is() -> None:
    assert found(Word("المقاتل"), "المقاتلون", "ar") == ["المقاتلون"]
    assert found(Word("recruit"), "recruits", "ar") == []


def test_signs_that_are_words_by_themselves_are_read_side_by_side() -> None:
    assert found(Word("利比亚"), "在利比亚的人", "zh") == ["利比亚"]
    assert found(Wildcard("利比亚?"), "在利比亚的人", "zh") == ["利比亚"]
    assert found(Fuzzy("利比亚", 1), "在利比亚的人", "zh") == ["利比亚"]


def test_a_pattern_that_finds_too_many_words_is_refused_with_the_limit() -> None:
    reading = read(Prefix("rec"), ())
    assert isinstance(reading, Like)
    check_expansions(reading, MAX_EXPANSIONS)
    with pytest.raises(LimitExceeded, match=r"rec\*.*257.*256") as caught:
        check_expansions(reading, MAX_EXPANSIONS + 1)
    assert (caught.value.param, caught.value.limit) == ("q", MAX_EXPANSIONS)
