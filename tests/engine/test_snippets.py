"""Which pieces of a text are shown, and what is marked in them."""

from __future__ import annotations

from itertools import pairwise

from searchapp.engine.memory.highlighting import Highlighter
from searchapp.engine.snippets import MOST, WIDTH
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
