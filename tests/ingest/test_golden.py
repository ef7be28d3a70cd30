"""What is made of pages written for these tests: what stays, what goes and why, title, author and date, trap by trap."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import floors
from tests.ingest.own_pages import PAGES, VAGUE, expected, f1, language_of, made

LANGUAGES = {
    language: [path for path in PAGES if language_of(path) == language]
    for language in sorted({language_of(path) for path in PAGES} - {"bad"})
}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_title_author_and_date_of_a_page_are_found_and_what_is_wrong_with_it(path: Path) -> None:
    assert made(path).facts == expected(path).facts


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_block_of_a_page_is_there_in_its_order(path: Path) -> None:
    assert [text for text, _ in made(path).blocks] == [text for text, _ in expected(path).blocks]


@pytest.mark.parametrize("path", [path for path in PAGES if language_of(path) == "bad"], ids=lambda path: path.name)
def test_a_page_without_an_article_keeps_nothing(path: Path) -> None:
    assert [text for text, reason in made(path).blocks if reason is None] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_articles_stay_and_furniture_goes_in_each_language(language: str) -> None:
    assert f1(LANGUAGES[language]) >= floors.OWN_PAGES_F1.get(language, floors.OWN_PAGES_F1_OF_OTHERS)


def test_few_blocks_are_misjudged() -> None:
    wrong = [
        f"{path.name}: {'lost' if reason is None else 'kept'}: {text}"
        for path in PAGES
        for (text, reason), (_, given) in zip(expected(path).blocks, made(path).blocks, strict=True)
        if (reason is None) != (given is None)
    ]
    assert len(wrong) <= floors.OWN_PAGES_MISJUDGED, "\n".join(wrong)


def test_what_goes_says_why() -> None:
    wrong = [
        f"{path.name}: {given} instead of {reason}: {text}"
        for path in PAGES
        for (text, reason), (_, given) in zip(expected(path).blocks, made(path).blocks, strict=True)
        if reason and given and reason != given and reason not in VAGUE
    ]
    assert len(wrong) <= floors.OWN_PAGES_OTHER_REASONS, "\n".join(wrong)
