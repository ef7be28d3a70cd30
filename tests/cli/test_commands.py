"""The commands over a real index on disk: what they print, and how they end."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from searchapp.cli import main
from searchapp.config import Settings
from searchapp.engine import open_engine
from searchapp.web import create_app

SEEDS = Path(__file__).resolve().parent.parent.parent / "seeds"

def call(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def printed(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    assert call("ingest", SEEDS, "--index", folder).exit_code == 0
    return folder


@pytest.fixture
def copied(index: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(index, tmp_path / "index"))


def test_an_ingest_reports_numbers_that_add_up_and_a_second_one_finds_nothing_new(tmp_path: Path) -> None:
    first = printed(call("ingest", SEEDS, "--index", tmp_path / "index", "--json"))
    second = printed(call("ingest", SEEDS, "--index", tmp_path / "index", "--json"))
    names = ("seen", "indexed", "unchanged", "skipped", "failed", "removed")
    assert [first[name] for name in names] == [5, 5, 0, 0, 0, 0]
    assert [second[name] for name in names] == [5, 0, 5, 0, 0, 0]
    assert first["generation"] == second["generation"]


def test_an_ingest_with_a_file_that_fails_ends_with_1_and_names_it(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "broken.jsonl").write_text('{"id": 1, "text": "whole"}\n{broken\n')
    result = call("ingest", tmp_path / "news", "--index", tmp_path / "index")
    assert result.exit_code == 1
    assert "failed: news/broken.jsonl#line 2: is no JSON" in result.stderr
    assert "indexed 1" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [("ingest",), ("ingest", "nowhere"), ("search",), ("ingest", "seeds", "--root", "x"), ("nothing",)],
)
def test_what_cannot_be_meant_ends_with_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    result = call(*arguments)
    assert (result.exit_code, "Traceback" in result.output) == (2, False)


@pytest.mark.parametrize("command", [("search", "x"), ("facets", "actor"), ("info",), ("check",), ("serve",)])
def test_without_an_index_a_command_says_what_to_run_and_ends_with_78(tmp_path: Path, command: tuple[str, ...]) -> None:
    result = call(*command, "--index", tmp_path / "none")
    assert result.exit_code == 78
    assert "searchapp ingest" in result.stderr


def flip_a_bit(content: bytes) -> bytes:
    changed = bytearray(content)
    changed[len(changed) // 2] ^= 1
    return bytes(changed)


@pytest.mark.parametrize(
    ("damage", "commands"),
    [
        (flip_a_bit, [("check",), ("check", "--deep"), ("search", "libya"), ("serve",)]),
        (lambda content: content[:-100], [("check",), ("search", "libya"), ("serve",)]),
    ],
)
def test_a_damaged_index_is_named_and_ends_with_65(
    copied: Path, damage: Callable[[bytes], bytes], commands: list[tuple[str, ...]]
) -> None:
    segment = next((copied / "generations").rglob("*.seg"))
    segment.write_bytes(damage(segment.read_bytes()))
    for command in commands:
        result = call(*command, "--index", copied)
        assert result.exit_code == 65, (command, result.output)
        assert segment.name in result.stderr


def test_a_whole_index_is_said_to_be_whole(index: Path) -> None:
    assert "the index is whole" in call("check", "--deep", "--index", index).stdout


def test_info_says_generation_documents_and_when(index: Path) -> None:
    plain = printed(call("info", "--index", index, "--json"))
    assert (plain["documents"], plain["languages"], plain["settled"]) == (5, ["en"], True)
    assert plain["generation"] == str(plain["generations"][-1]["number"]) and plain["built_at"]


def test_a_search_in_the_shell_is_the_search_of_the_api(index: Path) -> None:
    plain = printed(call("search", "recruit*", "outlet=IranWire", "--index", index, "--json"))
    settings = Settings(index=index)
    client = create_app(settings, partial(open_engine, settings)).test_client()
    answer = client.get("/api/search?q=recruit*&outlet=IranWire").get_json()
    assert plain["total"] == answer["total"] == 1
    assert [hit["id"] for hit in plain["results"]] == [hit["id"] for hit in answer["results"]]
    assert set(plain) == set(answer)


def test_a_search_prints_titles_and_marked_words(index: Path) -> None:
    text = call("search", "recruit* libya", "--index", index).stdout
    assert "Russia Recruits Syrians to Fight in Libya" in text
    assert text.startswith("5 stories, 5 articles, 3 outlets, 3 undated")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [(("x", "pagee=2"), "pagee"), (("x", "page=0"), "page"), (("x", "date_from=2020-13"), "date_from")],
)
def test_a_wrong_filter_is_named_and_ends_with_2(index: Path, arguments: tuple[str, ...], reason: str) -> None:
    result = call("search", *arguments, "--index", index)
    assert (result.exit_code, reason in result.stderr) == (2, True)


def test_a_facet_is_listed_with_its_counts(index: Path) -> None:
    plain = printed(call("facets", "outlet", "--index", index, "--json"))
    assert {row["label"]: row["count"] for row in plain["values"]} == {
        "IranWire": 1, "The New Arab": 1, "Zaman al-Wasl": 1,
    }  # fmt: skip
    assert plain["none"]["count"] == 2
    assert "no outlet known" in call("facets", "outlet", "--index", index).stdout


def test_an_unknown_facet_is_answered_with_the_nearest(index: Path) -> None:
    result = call("facets", "outlets", "--index", index)
    assert (result.exit_code, "'outlet'" in result.stderr) == (2, True)


def test_cleaning_prints_the_kept_body_alone_or_every_block_with_its_reason(tmp_path: Path) -> None:
    seed = SEEDS / "000_b1e8d8825578df4e.txt"
    text = call("clean", "--text", seed).stdout
    assert "recruited 500 people" in text and "Total Comments" not in text
    assert "- [comment form] Total Comments (0)" in call("clean", seed).stdout
    blocks = printed(call("clean", "--json", seed))[0]["blocks"]
    assert {block["kept"] for block in blocks} == {True, False}


def test_cleaning_a_folder_writes_one_text_a_file(tmp_path: Path) -> None:
    assert call("clean", SEEDS, "--to", tmp_path / "out").exit_code == 0
    assert len(list((tmp_path / "out").glob("*.txt"))) == 5


def test_settings_that_are_wrong_end_with_78(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEARCHAPP_ENGINE", "elastic")
    result = call("info")
    assert (result.exit_code, "SEARCHAPP_ENGINE is 'elastic'" in result.stderr) == (78, True)
