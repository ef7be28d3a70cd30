"""`info`, `check`, `rollback` and `keep` over a real index: what they print, and how they end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from searchapp.cli import main
from searchapp.config import Settings
from searchapp.engine import open_engine
from tests.engine.corpus import FIRST_RUN, SECOND_RUN, document
from tests.engine.generations import flip


def call(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def printed(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """An index with three generations: one document, two, and an unfinished run with three."""
    engine = open_engine(Settings(index=tmp_path / "index"))
    for run, name, settled in ((FIRST_RUN, "a", True), (SECOND_RUN, "b", True), (SECOND_RUN, "c", False)):
        with engine.writer(run=run) as writer:
            writer.add(document(name, name, "one"))
            writer.commit(settled=settled)
    engine.close()
    return tmp_path / "index"


def test_going_back_and_on_again(index: Path) -> None:
    assert printed(call("rollback", "--index", index, "--json")) == {
        "generation": "4", "documents": 2, "run": SECOND_RUN,
    }  # fmt: skip
    done = call("rollback", 1, "--index", index)
    assert (done.exit_code, done.stdout) == (0, f"committed generation 5: 1 documents, as of the run {FIRST_RUN}\n")
    for arguments, code in (((9,), 2), ((0,), 2), (("two",), 2)):
        assert call("rollback", *arguments, "--index", index).exit_code == code


def test_info_lists_generations_with_names_and_marks_the_current_one(index: Path) -> None:
    assert call("keep", 1, "--name", "before the trial", "--index", index).exit_code == 0
    lines = call("info", "--index", index).stdout.splitlines()
    assert [line.split(", 2")[0] for line in lines[2:]] == ["  1: 1 documents", "  2: 2 documents", "* 3: 3 documents"]
    assert lines[2].endswith("settled, kept as before the trial")
    assert lines[4].endswith("unfinished run")
    listed = printed(call("info", "--index", index, "--json"))["generations"]
    assert [(one["number"], one["name"], one["settled"], one["current"]) for one in listed] == [
        (1, "before the trial", True, False), (2, None, True, False), (3, None, False, True),
    ]  # fmt: skip


def test_a_name_is_given_and_let_go(index: Path) -> None:
    assert printed(call("keep", "--name", "now", "--index", index, "--json")) == {"generation": "3", "name": "now"}
    taken = call("keep", 1, "--name", "now", "--index", index)
    assert (taken.exit_code, "generation 3 is kept as now already" in taken.stderr) == (2, True)
    unknown = call("keep", "--drop", "then", "--index", index)
    assert (unknown.exit_code, "there are: now" in unknown.stderr) == (2, True)
    assert "generation 3 is no longer kept as now" in call("keep", "--drop", "now", "--index", index).stdout
    for wrong in ((), (1,), (1, "--drop", "now"), ("--name", "a", "--drop", "b")):
        assert call("keep", *wrong, "--index", index).exit_code == 2


def test_check_names_the_damage_the_cure_and_the_cure_works(index: Path) -> None:
    flip(index / "generations/3/MANIFEST")
    found = call("check", "--index", index)
    assert (found.exit_code, "generations/3/MANIFEST" in found.stderr, "searchapp rollback" in found.stderr) == (
        65, True, True,
    )  # fmt: skip
    assert printed(call("rollback", "--index", index, "--json"))["documents"] == 2
    assert call("check", "--deep", "--index", index).exit_code == 0


@pytest.mark.parametrize("line", [None, "", "1 0123456789ab\n", "8 0123456789ab\n"])
def test_check_names_a_damaged_current_and_the_generation_to_go_back_to(index: Path, line: str | None) -> None:
    (index / "CURRENT").unlink() if line is None else (index / "CURRENT").write_text(line)
    found = call("check", "--index", index, "--json")
    (damage,) = json.loads(found.stdout)["damages"]
    assert (found.exit_code, damage["file"]) == (65, "CURRENT")
    number = damage["message"].partition("searchapp rollback ")[2].partition("`")[0]
    assert printed(call("rollback", number, "--index", index, "--json"))["documents"] in (1, 3)
    assert call("check", "--index", index).exit_code == 0


def test_check_names_damaged_names_and_lost_generations(index: Path) -> None:
    assert call("keep", 1, "--name", "first", "--index", index).exit_code == 0
    assert call("check", "--index", index).exit_code == 0
    (index / "generations/1").rename(index.parent / "elsewhere")
    lost = call("check", "--index", index)
    assert (lost.exit_code, "searchapp keep --drop first" in lost.stderr) == (65, True)
    assert call("keep", "--drop", "first", "--index", index).exit_code == 0
    assert call("check", "--index", index).exit_code == 0
    assert call("keep", 2, "--name", "second", "--index", index).exit_code == 0
    flip(index / "KEPT")
    damaged = call("check", "--index", index)
    assert (damaged.exit_code, "KEPT: its checksum" in damaged.stderr) == (65, True)
    assert call("info", "--index", index).exit_code == 0


def test_check_reads_the_manifests_of_earlier_generations_too(index: Path) -> None:
    flip(index / "generations/1/MANIFEST")
    found = call("check", "--index", index)
    assert (found.exit_code, "generations/1/MANIFEST: its checksum" in found.stderr) == (65, True)


def test_a_folder_that_all_may_write_into_is_refused(index: Path) -> None:
    index.chmod(0o777)
    for command in (("info",), ("search", "one"), ("rollback",), ("keep", "--name", "a")):
        refused = call(*command, "--index", index)
        assert (refused.exit_code, "chmod o-w index" in refused.stderr) == (78, True), refused.output
