"""Names of files and records that would harm a terminal, or lead out of a folder, come out as harmless text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from searchapp.cli import main

HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
SIGNS = "\x1b[2J\u202e\x9b31m\x07\r"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / f"a{SIGNS}.txt").write_text("The text goes on. " * 40 + SIGNS)
    (folder / f"b{SIGNS}.pdf").write_text("x")
    (folder / f"c{SIGNS}.txt").write_text("Text.")
    (folder / f"c{SIGNS}.json").write_text(f'{{"date": "{SIGNS[0:1]}", ')
    (folder / "d.jsonl").write_text(json.dumps({"id": f"../../{SIGNS}x", "text": "Text.", "date": f"{SIGNS}2020"}) + "\n{")
    return folder


def call(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def test_no_output_of_a_command_harms_a_terminal(news: Path, tmp_path: Path) -> None:
    for command in (
        ("ingest", news, "--index", tmp_path / "one"),
        ("ingest", news, "--index", tmp_path / "two", "--json"),
        ("clean", news),
        ("clean", news, "--json"),
        ("clean", news, "--text"),
    ):
        result = call(*command)
        assert result.exit_code == 1
        assert not HARMFUL.search(result.output), command
        assert "x1b[2J" in result.output


def test_no_record_is_written_outside_of_the_folder_asked_for(news: Path, tmp_path: Path) -> None:
    target = tmp_path / "in" / "here"
    call("clean", news, "--to", target)
    written = {path.relative_to(tmp_path / "in").as_posix() for path in (tmp_path / "in").rglob("*.txt")}
    assert len(written) == 2 and all(name.startswith("here/") for name in written)
    assert not list(tmp_path.glob("*.txt"))


def test_of_two_that_come_out_alike_the_first_stays_however_often_they_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a\nb.txt").write_text("The first text.")
    (folder / r"a\x0ab.txt").write_text("The second text.")
    (folder / "c.jsonl").write_text('{"id": "x", "text": "One."}\n{"id": "x", "text": "Two."}\n[]\n{"id": 3, "text": "3"}\n')
    for _ in range(3):
        result = call("ingest", folder, "--index", tmp_path / "index", "--force", "--json")
        report = json.loads(result.stdout.splitlines()[-1])
        assert [report[name] for name in ("seen", "indexed", "failed", "removed")] == [6, 3, 3, 0]
