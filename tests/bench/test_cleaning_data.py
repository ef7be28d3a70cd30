"""Annotated pages for training and measuring, packed or not, and what cleaning beside each other is worth on them."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path
from random import Random

import pytest

from bench.cleaning.packed import unpacked
from bench.cleaning.teasers import Told, with_teasers
from bench.cleaning.together import measured

STORIES = {
    "a": "The miller of the valley said on Monday that nobody would be asked to leave the bridge before the rain came.",
    "b": "Two bakers told the council that bread would cost what it cost last year, if flour is brought by boat again.",
}
NOTE = "The valley desk wishes all who read these lines a quiet week and a good harvest of pears."


@pytest.fixture
def annotated(tmp_path: Path) -> Path:
    folder = tmp_path / "export"
    (folder / "set").mkdir(parents=True)
    (folder / "gold.json").write_text(json.dumps({"set": {name: {"text": text, "site": "valley.example"} for name, text in STORIES.items()}}))
    for name, text in STORIES.items():
        (folder / "set" / f"{name}.ins.txt").write_text(f"Pears of the week\n\n{text}\n\n{text[:60]} {name}.\n\n{NOTE}\n")
    return folder


def packed(annotated: Path, folder: Path) -> Path:
    with tarfile.open(folder / "dev.tar.xz", "w:xz") as archive:
        archive.add(annotated, "export")
    return folder / "dev.tar.xz"


def test_pages_are_found_in_their_folder_in_a_packed_file_and_in_a_folder_that_has_one(annotated: Path, tmp_path: Path) -> None:
    holding = tmp_path / "holding"
    holding.mkdir()
    for data in (annotated, packed(annotated, holding), holding):
        with unpacked(data) as folder:
            assert sorted(path.name for path in (folder / "set").iterdir()) == ["a.ins.txt", "b.ins.txt"]
        assert folder.exists() == (data == annotated)


def test_what_holds_no_pages_says_what_to_give(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("no pages")
    for data in (tmp_path, tmp_path / "note.txt", tmp_path / "none"):
        with pytest.raises(SystemExit, match=r"gold\.json.*dev\.tar\.xz"), unpacked(data):
            pass


def test_pages_of_one_site_are_measured_by_themselves_and_beside_each_other(
    annotated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    measured(annotated, "set", "ins")
    alone, together = (json.loads(line[line.index("{") :].replace("'", '"')) for line in capsys.readouterr().out.splitlines())
    assert (alone["pages"], together["pages"]) == (2, 2)
    assert together["p"] > alone["p"]


ARTICLE = [
    "The miller of the valley said on Monday that nobody would be asked to leave the bridge before the rain came.",
    "After that the miller went to the bridge with four others, and they stayed there until the lamps had gone out.",
]
OTHERS = [
    Told(
        f"{name}.example", f"What the {name} said",
        (f"The {name} of another valley said that the harbour would be closed until the snow had gone. It was.",),
    )
    for name in ("baker", "smith", "teacher", "tailor")
]  # fmt: skip


def test_teasers_of_others_are_added_around_an_article_that_stays_whole() -> None:
    dump = "\n\n".join(("Home", "Search", *ARTICLE, "Leave a comment"))
    made = with_teasers(dump, "\n".join(ARTICLE), OTHERS, Random(1))
    assert made is not None and made == with_teasers(dump, "\n".join(ARTICLE), OTHERS, Random(1))
    assert made.gold == "\n".join(ARTICLE)
    lines = [line for line in made.text.split("\n") if line]
    added = [line for line in lines if line not in dump]
    assert [line for line in lines if line not in added] == ["Home", "Search", *ARTICLE, "Leave a comment"]
    assert sum("of another valley" in line for line in added) >= 3


def test_of_a_longer_article_a_few_paragraphs_may_be_all_that_is_left_in_the_dump_and_its_annotation() -> None:
    article = [line.replace("bridge", place) for place in ("bridge", "mill", "harbour", "tower") for line in ARTICLE]
    dump = "\n\n".join(("Home", *article, "Leave a comment"))
    left = [with_teasers(dump, "\n".join(article), OTHERS, Random(seed)) for seed in range(12)]
    for made in left:
        assert made is not None
        kept = [line for line in article if line in made.text]
        assert made.gold.split("\n") == kept == article[: len(kept)] and len(kept) >= 2
    assert {len(made.gold.split("\n")) < len(article) for made in left if made} == {True, False}


def test_a_dump_without_its_article_or_others_gets_no_teasers() -> None:
    assert with_teasers("Home\n\nSearch", "\n".join(ARTICLE), OTHERS, Random(1)) is None
    assert with_teasers("\n\n".join(ARTICLE), "\n".join(ARTICLE), OTHERS[:2], Random(1)) is None
