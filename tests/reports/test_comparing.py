"""Copies are compared by paragraphs; case and accents make no difference."""

from __future__ import annotations

from dataclasses import replace

from searchapp.reports.comparing import MOST_PARAGRAPHS, differences
from tests.engine.corpus import document

OWN = replace(document("p1", "A title", "One.\n\nTwo.\n\nThree."), blocks=())


def other(text: str, title: str = "A title") -> dict[str, object]:
    return differences(OWN, replace(document("p2", title, text), blocks=()))


def test_the_same_words_are_the_same() -> None:
    assert other("one.\n\nTWO.\n\nThrée.", "a TITLE")["same"]


def test_what_is_missing_and_what_is_more_is_counted_and_shown() -> None:
    found = other("Zero.\n\nOne.\n\nThree.")
    assert (found["same"], found["missing"], found["added"], found["retitled"]) == (False, 1, 1, False)
    assert (found["missing_shown"], found["added_shown"]) == (["Two."], ["Zero."])


def test_another_title_is_a_difference() -> None:
    found = other("One.\n\nTwo.\n\nThree.", "Another")
    assert found["retitled"] and not found["same"] and not found["missing"]


def test_of_very_long_texts_the_beginnings_are_compared_and_that_is_said() -> None:
    long = "\n\n".join(f"Paragraph {number}." for number in range(MOST_PARAGRAPHS + 1))
    assert other(long)["partial"]
    assert not other("One.")["partial"]
