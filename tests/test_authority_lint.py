"""Record files with faults: each is named with its line and its cure, and the records that ship have none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from searchapp.authority import Authority
from searchapp.cli import main
from searchapp.errors import ConfigError
from tests.ingest.shipped import shipped

FIRST = "# Ours\n\n- {id: first, name: First Brigade, alias: [اللواء الأول]}\n"


def fault(tmp_path: Path, text: str) -> str:
    """What is said of an archive whose actors.yaml ends with this text."""
    (tmp_path / "actors.yaml").write_text(FIRST + text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        Authority.read(tmp_path, tmp_path / "nothing")
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- {id: a, name: first brigade}", "its name 'First Brigade' is also a name of 'a'"),
        ("- {id: a, name: A1, weakAlias: [First-Brigade]}", "'First Brigade' is also a name of 'a'"),
        ("- {id: a, name: A1, alias: [\"\"]}", "`alias` must be a text"),
        ("- {id: a, name: A1, alias: [Wаgner]}", "mixes Cyrillic and Latin letters"),
        ("- {id: a, name: A1, alias: [\"Wag\\u200fner\"]}", "the invisible character U+200F"),
        ("- {id: a, name: A1, alias: [\"--\"]}", "neither letter nor digit"),
        ("- {id: a, name: A1, name: A2}", "`name` stands twice"),
        ("- {id: first, name: A1}", "this id is already in"),
        ("- {id: a, name: A1, aliases: [B1]}", "'aliases' is unknown here"),
        ("- {id: a, alias: [B1]}", "needs a `name`"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    message = fault(tmp_path, text)
    assert said in message
    assert re.search(r"actors\.yaml, line [34]\b", message)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (b'- {id: a, name: "A1', "actors.yaml, line 4, column 20: found unexpected end of stream"),
        (b"- id: a\n\tname: A1\n", "actors.yaml, line 5, column 1: found a tab character"),
        ("- {id: a, name: Café}".encode("latin-1"), "actors.yaml, line 4: is not written in UTF-8. Save the file in it."),
        (b"- {id: a, name: A\x01}", "actors.yaml cannot be read: "),
    ],
)
def test_what_is_no_yaml_is_named_with_its_line(tmp_path: Path, broken: bytes, said: str) -> None:
    (tmp_path / "actors.yaml").write_bytes(FIRST.encode() + broken)
    with pytest.raises(ConfigError, match=re.escape(said)):
        Authority.read(tmp_path, tmp_path / "nothing")


def test_both_lines_of_a_shared_name_are_named(tmp_path: Path) -> None:
    message = fault(tmp_path, "- {id: a, name: First Brigade}")
    assert "line 3 (first)" in message and "line 4 (a)" in message
    assert "list it under `ambiguous` in both" in message


def test_a_persian_name_may_hold_its_joiner(tmp_path: Path) -> None:
    (tmp_path / "actors.yaml").write_text('- {id: a, name: "خامنه\u200cای"}', encoding="utf-8")
    assert set(Authority.read(tmp_path, tmp_path / "nothing").actors) == {"a"}


def test_a_command_ends_with_78_and_says_where_the_fault_is(tmp_path: Path) -> None:
    seeds, archive = tmp_path / "seeds", tmp_path / "archive"
    for folder in (seeds, archive / "actors"):
        folder.mkdir(parents=True)
    (seeds / "a.txt").write_text("Fighters of the First Brigade retreated.", encoding="utf-8")
    (archive / "actors" / "mine.yaml").write_text(FIRST + "- {id: a, name: First Brigade}", encoding="utf-8")
    result = CliRunner().invoke(main, ["ingest", str(seeds), "--index", str(tmp_path / "index"), "--archive", str(archive)])
    assert result.exit_code == 78
    assert "mine.yaml, line 4 (a)" in result.stderr


def test_the_shipped_actors_are_at_least_six_hundred_in_two_scripts() -> None:
    actors = shipped().actors.values()
    arabic = [one for one in actors if any("\u0600" <= letter <= "\u06ff" for name in one.names for letter in name)]
    assert len(actors) >= 600
    assert len(arabic) >= 600
    assert {"Person", "Organization", "PublicBody", "Company"} == {one.schema for one in actors}


def test_short_acronyms_of_the_shipped_actors_are_weak_unless_everybody_knows_them() -> None:
    strong = {
        name
        for one in shipped().actors.values()
        for name in one.names
        if name.isupper() and name.isascii() and name.isalpha() and len(name) <= 3
    }
    assert strong <= KNOWN_EVERYWHERE


KNOWN_EVERYWHERE = set("""
    BP CIA CPJ EU FAO FBI GNA GRU HRW ICC IDF IHH AKP IMF KRG LNA MSF ONU PKK PLO QSD RAF UN WFP YPG YPJ ZSU
""".split())
