"""Two libraries of extraction may be asked for their opinion of a page; nobody has to have them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from searchapp.config import Settings
from searchapp.facets import FacetSet
from searchapp.ingest.clean import clean
from searchapp.ingest.parse import parse
from searchapp.ingest.pipeline import Knowledge
from searchapp.model import RawFile

pytest.importorskip("trafilatura")
pytest.importorskip("readability")

STORY = (
    "The old bridge over the river was closed on Monday after an inspector found a crack in its middle arch.",
    "Drivers were sent over the new road, which is eleven kilometres longer, and the ferry ran all through the night.",
    "The mayor said that the arch would be held up by timber until spring, because no mason was to be had before.",
    "A bakery at the bridge has lost half of its customers, its owner told the council, and wants to be paid for it.",
)
PAGE = (
    "<html><head><title>The bridge</title></head><body><nav><a href='/'>Home</a> <a href='/sport'>All of our sport</a></nav>"
    f"<article><h1>The bridge</h1>{''.join(f'<p>{text}</p>' for text in STORY * 2)}</article>"
    "<footer><p>All rights reserved by the printers of this paper</p></footer></body></html>"
)


def test_each_block_of_markup_says_how_much_of_it_each_library_would_keep() -> None:
    page = parse(RawFile("r/a.html", PAGE.encode()), votes=True)
    votes = {block.text: stands.votes for block, stands in zip(page.blocks, page.layout, strict=True)}
    assert {votes[text] for text in STORY} == {(1.0, 1.0)}
    assert max(votes["Home All of our sport"]) < 0.5


def test_a_page_that_no_library_can_read_is_judged_all_the_same() -> None:
    page = parse(RawFile("r/a.html", b"<p>Little stands here."), votes=True)
    assert set(page.layout[0].votes) <= {-1.0, 0.0, 1.0}
    assert len(clean(page)) == 1


def test_nobody_votes_on_text_or_unasked() -> None:
    text = parse(RawFile("r/a.txt", "\n\n".join(STORY).encode()), votes=True)
    unasked = parse(RawFile("r/a.html", PAGE.encode()))
    assert {stands.votes for page in (text, unasked) for stands in page.layout} == {()}


def test_with_votes_the_article_is_kept_and_the_furniture_is_not() -> None:
    blocks = clean(parse(RawFile("r/a.html", PAGE.encode()), votes=True))
    kept = [block.text for block in blocks if block.kept]
    assert kept[-len(STORY * 2) :] == list(STORY * 2)
    assert not any("rights reserved" in text or "sport" in text for text in kept)


def test_documents_are_made_anew_when_the_libraries_are_asked(tmp_path: Path) -> None:
    settings = Settings(index=tmp_path), Settings(index=tmp_path, cleaning_votes=True)
    without, asked = (Knowledge.load(one, FacetSet()) for one in settings)
    assert (without.votes, asked.votes) == (False, True)
    assert without.fingerprint != asked.fingerprint


def test_a_library_that_is_absent_is_named_and_missed_by_nobody_who_does_not_ask(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    without = "import sys; sys.modules['trafilatura'] = None; from searchapp.cli import main; main()"
    command = [sys.executable, "-c", without, "clean", "--text", str(tmp_path / "a.html")]
    asked, unasked = (
        subprocess.run(command, env={**os.environ, "SEARCHAPP_CLEANING_VOTES": flag}, capture_output=True, text=True, check=False)
        for flag in "10"
    )
    assert asked.returncode not in (0, 1)
    assert "trafilatura is not installed: pip install 'searchapp[votes]'" in asked.stderr
    assert "Traceback" not in asked.stderr
    assert (unasked.returncode, unasked.stdout.strip().endswith(STORY[-1])) == (0, True)
