"""Names that no record knows: whose they are, what tells so, and that they are offered and not counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from searchapp.authority import Authority
from searchapp.ingest.actors import discover, discovered_entries, find_actors
from tests.ingest.shipped import shipped, texts


def found(text: str, authority: Authority | None = None) -> list[tuple[str, str]]:
    """The names discovered in the text, in full, each with its rule."""
    known = authority or Authority()
    return [
        (one.evidence or one.surface, one.rule)
        for one in discover(text, find_actors("", text, known), (), known)
    ]


@pytest.mark.parametrize(
    ("text", "name", "rule"),
    [
        ("They met Ibrahim al-Fulan on Monday.", "Ibrahim al-Fulan", "person by given name"),
        ("Col. Zbigniew Fulanski denied it.", "Zbigniew Fulanski", "person by title"),
        ("the smuggler Quentmar Oldo fled", "Quentmar Oldo", "person by role"),
        ("The Sons of Murzuq Brigade attacked.", "Murzuq Brigade", "organisation by head"),
        ("a Ministry of Fisheries in Nowhereland", "", ""),
        ("the Union of Free Writers met", "Union of Free Writers", "organisation by head"),
        ("The Popular Guard of Murzuq (PGM) attacked.", "Popular Guard of Murzuq", "organisation by acronym"),
        ("filed with the Securities and Exchange Commission", "Securities and Exchange Commission", "organisation by head"),
        ("Abu Talha al-Fulani spoke", "Abu Talha al-Fulani", "person by given name"),
        ("said Jean de la Fulanière in Paris", "Jean de la Fulanière", "person by given name"),
    ],
)
def test_a_clue_tells_whose_a_name_is(text: str, name: str, rule: str) -> None:
    assert found(text)[:1] == ([(name, rule)] if name else [])


@pytest.mark.parametrize(
    "text",
    [
        "IBRAHIM FULAN MEETS THE MURZUQ BRIGADE", "the Foreign Ministry said", "The Supreme Court ruled", "on Monday Morning",
        "in Murzuq Valley", "He asked Ibrahim.", "James Bay", "ibrahim al-fulan", "Ibrahim@Fulan.org", "The Big Short",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_name_is_left_out(text: str) -> None:
    assert found(text) == []


def test_surnames_and_acronyms_stand_for_the_full_name_in_the_same_text() -> None:
    text = "Ibrahim al-Fulan of the Popular Guard of Murzuq (PGM) spoke. Later Fulan left, and the PGM with Mr Fulan."
    names = [name for name, _ in found(text)]
    assert names.count("Ibrahim al-Fulan") == 3
    assert names.count("Popular Guard of Murzuq") == 3


def test_what_records_know_is_not_discovered(tmp_path: Path) -> None:
    (tmp_path / "actors.yaml").write_text("- {id: a, name: Ibrahim Fulan, alias: [Murzuq Brigade]}", encoding="utf-8")
    (tmp_path / "rejected_names.yaml").write_text("- Karim Fulan\n", encoding="utf-8")
    authority = Authority.read(tmp_path, tmp_path / "nothing")
    assert found("Ibrahim Fulan, Karim Fulan and Anna Fulan of the Murzuq Brigade", authority) == [
        ("Anna Fulan", "person by given name")
    ]


def test_a_discovered_name_is_one_value_marked_as_discovered() -> None:
    mentions = discover("Anna Fulan spoke. Anna FULAN left. Fulan came.", (), (), Authority())
    (entry,) = discovered_entries(mentions)
    assert (entry.value.id, entry.value.label, entry.status) == ("name:anna fulan", "Anna Fulan", "discovered")
    assert {one.status for one in mentions} == {"discovered"}
    assert all(0 < one.confidence < 1 for one in mentions)


def test_a_text_of_endless_names_gives_forty() -> None:
    text = " and ".join(f"Anna Fulan{chr(97 + number % 26) * (1 + number // 26)}" for number in range(500))
    assert len({one.value for one in discover(text, (), (), Authority())}) == 40


# The records are read when the first of these texts is.
@given(texts)
def test_every_discovered_mention_quotes_its_text_exactly(text: str) -> None:
    text = f"Anna Fulan {text} Murzuq Brigade {text} (MB)"
    for one in discover(text, find_actors("", text, shipped()), (), shipped()):
        assert text[one.start : one.end] == one.surface != ""
