"""Which pieces of a text are shown, and what is marked in them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from searchapp.engine.memory.highlighting import Highlighter
from searchapp.engine.snippets import MOST, MOST_MARKS, WIDTH, Mark, Passage, best_snippets
from searchapp.grammar import parse
from searchapp.model import Snippet

FILLER = " ".join(f"filler{number}" for number in range(60))
"""Longer than two snippets."""


def highlighter(query: str, scope: str = "clean") -> Highlighter:
    return Highlighter(parse(query).tree, scope, ("en",))


def shown(query: str, *passages: str) -> list[str]:
    """The snippets with what is marked in brackets."""
    return [bracketed(one) for one in highlighter(query).snippets(passages, "en")]


def bracketed(snippet: Snippet) -> str:
    return "".join(f"[{text}]" if matched else text for text, matched in snippet)


def test_a_short_text_is_shown_whole() -> None:
    assert shown("recruit", "Recruits left.\n\nOne  officer stayed.") == ["[Recruits] left. One officer stayed."]


def test_a_long_text_is_cut_at_words_and_says_so() -> None:
    (snippet,) = shown("haftar", f"{FILLER} Haftar {FILLER}")
    assert "[Haftar]" in snippet
    assert snippet.startswith("… ")
    assert snippet.endswith(" …")
    assert set(snippet.strip("… ").split()) <= {*FILLER.split(), "[Haftar]"}
    assert len(snippet) <= WIDTH + len("… […]")


def test_the_beginning_and_the_end_of_a_text_are_not_called_cut() -> None:
    (first,) = shown("haftar", f"“Haftar” {FILLER}")
    (last,) = shown("haftar", f"{FILLER} Haftar!")
    assert first.startswith("“[Haftar]”")
    assert last.endswith("[Haftar]!")


def test_windows_with_more_of_the_query_come_before_others() -> None:
    apart = f"Haftar {FILLER} wheat {FILLER} Haftar sold wheat {FILLER} Haftar {FILLER} wheat"
    snippets = shown("haftar wheat", apart)
    assert len(snippets) == MOST
    assert any("[Haftar] sold [wheat]" in one for one in snippets)


def test_a_part_that_no_window_shows_yet_comes_before_more_of_the_same() -> None:
    repeated = f"Haftar Haftar {FILLER} Haftar Haftar {FILLER} Haftar Haftar {FILLER} Haftar Haftar {FILLER} wheat"
    assert any("[wheat]" in one for one in shown("haftar wheat", repeated))


def test_windows_stand_in_the_order_of_the_text_and_share_nothing() -> None:
    text = " ".join(f"Haftar{'' if number % 9 else ' wheat'} {number}" for number in range(200))
    snippets = shown("haftar wheat", text)
    numbers = [[int(word) for word in one.split() if word.isdigit()] for one in snippets]
    assert all(one[-1] < other[0] for one, other in pairwise(numbers))


def test_a_phrase_is_marked_as_one_and_only_where_it_is_whole() -> None:
    assert shown('"khalifa haftar"', "Haftar, Khalifa Haftar") == ["Haftar, [Khalifa Haftar]"]


def test_what_overlaps_is_marked_once() -> None:
    assert shown('"general khalifa" "khalifa haftar" haftar', "General Khalifa Haftar") == ["[General Khalifa Haftar]"]


def test_what_is_left_out_or_asked_of_another_field_is_not_marked() -> None:
    assert shown("wheat -haftar title:oil outlet:reuters", "Haftar sold oil and wheat to Reuters") == [
        "Haftar sold oil and [wheat] to Reuters"
    ]


def test_a_text_without_a_match_shows_its_beginning() -> None:
    (snippet,) = shown("haftar", "", f"{FILLER}")
    assert snippet.startswith("filler0 filler1 ")
    assert snippet.endswith(" …")
    assert len(snippet) <= WIDTH + len(" …")
    assert shown("", "Short.") == ["Short."]
    assert shown("haftar") == shown("haftar", " ") == []


def test_a_match_longer_than_a_snippet_is_shown_whole() -> None:
    long = "x" * (2 * WIDTH)
    assert f"[{long}]" in shown(long, f"{FILLER} {long} {FILLER}")[0]


def test_windows_of_several_passages_do_not_reach_across() -> None:
    assert shown("haftar wheat", "Haftar.", "Wheat.") == ["[Haftar].", "[Wheat]."]


def test_the_title_is_marked_where_it_is_read() -> None:
    assert (
        bracketed(highlighter("haftar text:wheat title:oil").title("Haftar: wheat, oil", "en"))
        == "[Haftar]: wheat, [oil]"
    )
    assert bracketed(highlighter("haftar", "removed").title("Haftar", "en")) == "Haftar"
    assert highlighter("haftar").title("", "en") == ()


def test_a_snippet_begins_and_ends_with_a_sentence_where_one_is_near() -> None:
    before, after = "word " * 16, " word" * 14
    (snippet,) = shown("haftar", f"{FILLER}. And he{before}Haftar{after} said “so.” Then {FILLER}")
    assert snippet.startswith("… And he")
    assert snippet.endswith("“so.” …")
    (after_line,) = shown("haftar", f"{FILLER}\n\n{before}Haftar {FILLER}")
    assert after_line.startswith("… word")
    assert "filler59" not in after_line


def test_an_abbreviation_ends_no_sentence() -> None:
    (snippet,) = shown("haftar", f"{FILLER} etc. and {'word ' * 16}Haftar {FILLER}")
    assert not snippet.startswith("… and")


def test_what_matches_is_shown_with_what_is_before_and_after_it() -> None:
    (snippet,) = shown("haftar", f"{FILLER} Haftar {FILLER}")
    before, _, after = snippet.partition("[Haftar]")
    assert min(len(before), len(after)) > WIDTH / 4


def test_of_two_places_with_all_words_the_closest_is_shown() -> None:
    text = f"Haftar {'word ' * 25} wheat. {FILLER} Haftar sold wheat. {FILLER} Haftar {'word ' * 20} wheat."
    assert any("[Haftar] sold [wheat]" in one for one in shown("haftar wheat", text))
    windows = best_snippets([Passage("a" * 999, [Mark(0, 1, 0), Mark(150, 151, 1), Mark(160, 161, 0)])])
    assert [text for text, matched in windows[0] if matched] == ["a", "a"]


def test_text_without_blanks_is_cut_between_characters_as_they_are_read() -> None:
    family = "👨‍👩‍👧‍👦"
    for padding in range(8):
        text = "é" * padding + family * 60 + "利" + family * 60
        (snippet,) = shown("利", text)
        assert "[利]" in snippet
        assert not snippet.replace("[利]", "").strip("… ").replace("é", "").replace(family, "")


def test_an_accent_that_follows_a_blank_stays_with_it() -> None:
    for padding in range(14):
        text = "word ́accent " * 40 + "x" * padding + " Haftar" + " word ́accent" * 40
        assert shown("haftar", text)[0].startswith("… word")


def test_a_match_that_is_not_shown_to_its_end_is_not_marked() -> None:
    (snippet,) = best_snippets([Passage("word " * 80, [Mark(0, 4, 0), Mark(150, 354, 1)])])
    assert [text for text, matched in snippet if matched] == ["word"]


def test_no_snippet_is_longer_than_its_width() -> None:
    for length in (1, 3, 10, 39, 40, 41, 120):
        text = f"{'x' * length} " * (600 // length) + "Haftar sold wheat" + f" {'y' * length}" * (600 // length)
        for one in best_snippets([Passage(text, [Mark(text.index("Haftar"), text.index("wheat") + 5, 0)])]):
            assert len("".join(piece for piece, _ in one)) <= WIDTH + len("…  …")


@pytest.mark.parametrize(("place", "found"), [(MOST_MARKS // 2, True), (MOST_MARKS + 100, False)])
def test_of_very_many_marks_only_the_first_are_looked_at(place: int, found: bool) -> None:
    words = ["wheat"] * (MOST_MARKS + 200)
    words[place] = "grain"
    marks = [Mark(6 * number, 6 * number + 5, int(word == "grain")) for number, word in enumerate(words)]
    snippets = best_snippets([Passage(" ".join(words), marks)])
    assert any("grain" in piece for snippet in snippets for piece, _ in snippet) == found
