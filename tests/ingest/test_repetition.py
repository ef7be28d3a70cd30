"""What a site repeats: counted by article, masked, guarded against copies, told in steps."""

from __future__ import annotations

import random

import pytest

from searchapp.ingest.clean.repetition import (
    OFTEN,
    ONCE,
    SOMETIMES,
    Evidence,
    Lines,
    learn,
    lines_of,
    template_of,
    templates_of,
)

PROSE = [
    f"The {place} of the valley was told on {day} that nobody would be asked to leave the {thing} before the winter."
    for place in ("miller", "baker", "ferryman", "teacher", "doctor", "smith")
    for day in ("Monday", "Friday", "Sunday")
    for thing in ("bridge", "market", "orchard", "harbour")
]
FURNITURE = ("Valley weather", "Pear prices today", "Write to the valley desk", "Letters of the week", "Our delta page")


def document(number: int, *more: str) -> Lines:
    """A page of its own sentences."""
    return lines_of((*PROSE[4 * number : 4 * number + 4], *more))


def sites_of(documents: dict[str, Lines]) -> dict[str, str | None]:
    templates = templates_of(documents)
    return {key: template_of(lines, templates) for key, lines in documents.items()}


def evidence(line: str, documents: dict[str, Lines]) -> Evidence | None:
    (mark,) = lines_of([line]).all
    return learn(documents)[1].get(mark)


def test_a_line_is_counted_by_article_and_its_numbers_do_not_matter() -> None:
    pages = {f"r/{n}": document(n, f"Comments ({n * 7})", "Home") for n in range(5)}
    assert evidence("comments (12)", pages) == Evidence(3, 10)


def test_a_line_of_one_article_is_not_learned() -> None:
    pages = {f"r/{n}": document(n) for n in range(4)}
    assert evidence(PROSE[0], pages) is None


def test_one_article_stored_twice_counts_once() -> None:
    pages = {"r/a": document(0, "Home"), "r/b": document(0, "Home", "Printed version"), "r/c": document(1)}
    assert (learn(pages)[0], evidence("Home", pages), evidence(PROSE[0], pages)) == (2, None, None)


def test_pages_are_told_apart_by_how_they_begin_however_much_stands_below_both() -> None:
    below = [*PROSE[40:52], "Home"]
    pages = {f"r/{n}": document(n, *below) for n in range(2)}
    assert learn(pages)[0] == 2
    assert evidence("Home", pages) and evidence(PROSE[40], pages)
    copies = {"r/a": document(0, *below), "r/b": lines_of(("Our valley today", *PROSE[:4], *PROSE[60:64]))}
    assert learn(copies)[0] == 1


def test_a_sentence_that_stands_on_every_page_does_not_make_one_article_of_them() -> None:
    note = "All that is printed in these pages belongs to the valley and may be read aloud in any of its market halls."
    assert learn({f"r/{n}": document(n, note) for n in range(6)})[0] == 6


def test_evidence_comes_in_steps_of_twice_as_many_articles() -> None:
    found = {count: evidence("Home", {f"r/{n}": document(n, *(["Home"] * (n < count))) for n in range(17)}) for count in (2, 4, 5, 9)}
    assert {count: one.step for count, one in found.items() if one} == {2: 1, 4: 2, 5: 3, 9: 4}
    assert [one.least for one in found.values() if one] == [2, 3, 5, 9]


@pytest.mark.parametrize(
    ("one", "words", "level"),
    [
        (Evidence(1, 10), 3, OFTEN), (Evidence(1, 10), 30, SOMETIMES), (Evidence(2, 5), 30, OFTEN),
        (Evidence(1, 1), 3, SOMETIMES), (Evidence(4, 0), 30, OFTEN), (Evidence(0, 0), 3, ONCE),
    ],
)  # fmt: skip
def test_a_long_line_needs_more_articles_than_a_short_one(one: Evidence, words: int, level: float) -> None:
    assert one.level(words) == level


def test_files_that_share_five_short_lines_are_of_one_site() -> None:
    ours = {f"r/a{n}": document(n, *FURNITURE) for n in range(3)}
    others = {f"r/b{n}": document(n + 3, *(f"Coast {line}" for line in FURNITURE)) for n in range(3)}
    lone = {"r/c": document(7, *FURNITURE[:4])}
    assert sites_of({**ours, **others, **lone}) == {
        **dict.fromkeys(ours, "r/a0"), **dict.fromkeys(others, "r/b0"), "r/c": None,
    }  # fmt: skip


def test_what_the_menus_of_all_sites_say_makes_no_site_of_them() -> None:
    menu = ("Home", "News", "Contact", "About us", "Search", "Login", "Share")
    assert set(sites_of({"r/a": document(0, *menu), "r/b": document(1, *menu)}).values()) == {None}


def test_nothing_depends_on_the_order_in_which_documents_came() -> None:
    pages = {f"r/{n}": document(n, *FURNITURE[: n % 6], "Home") for n in range(12)}
    pages["r/copy"] = document(3, "Home")
    shuffled = list(pages.items())
    random.Random(4).shuffle(shuffled)
    assert learn(dict(shuffled)) == learn(pages)
    assert sites_of(dict(shuffled)) == sites_of(pages)
