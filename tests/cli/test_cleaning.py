"""`searchapp clean`: files by themselves and beside each other, and what ingests learned of a site."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from searchapp.cli import main

STORIES = [
    f"The {who} of the valley said on {day} that nobody would be asked to leave the {what} before the rain came.\n\n"
    f"After that the {who} went to the {what} with four others, and they stayed there until the lamps had gone out."
    for who, day, what in (
        ("miller", "Monday", "bridge"), ("baker", "Friday", "market"), ("smith", "Sunday", "harbour"),
        ("teacher", "Tuesday", "orchard"),
    )
]  # fmt: skip
NOTE = "The valley desk wishes all who read these lines a quiet week and a good harvest of pears."
FURNITURE = ("Pears of the week", "Valley weather", "Write to the valley desk", "Letters we liked", "Our delta page")


def call(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def printed(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for number, story in enumerate(STORIES):
        (folder / f"{number}.txt").write_text("\n\n".join((*FURNITURE, story, NOTE)))
    return folder


def reasons(found: list[dict[str, Any]]) -> set[str | None]:
    return {block["reason"] for page in found for block in page["blocks"] if block["text"] == NOTE}


def test_what_the_files_of_a_folder_repeat_goes_although_it_reads_like_an_article(news: Path) -> None:
    assert reasons(printed(call("clean", "--json", news / "0.txt"))) == {None}
    assert reasons(printed(call("clean", "--json", news))) == {"repeats in at least 3 documents of this outlet"}


def test_declared_outlets_part_the_files_of_a_folder(news: Path) -> None:
    rows = "".join(f"{number}.txt,Outlet {number}\n" for number in range(4))
    (news / "metadata.csv").write_text(f"path,outlet\n{rows}")
    assert reasons(printed(call("clean", "--json", news))) == {None}


def test_the_archive_overrules_what_was_learned(news: Path, tmp_path: Path) -> None:
    (tmp_path / "clean.yaml").write_text(f"'*': {{keep: ['{NOTE}']}}")
    assert reasons(printed(call("clean", "--json", news, "--archive", tmp_path))) == {None}


def test_a_report_lists_what_the_documents_of_a_site_repeat(news: Path, tmp_path: Path) -> None:
    (news / "metadata.csv").write_text("path,outlet\n" + "".join(f"{number}.txt,Valley Post\n" for number in range(4)))
    assert call("ingest", news, "--index", tmp_path / "index").exit_code == 0
    told = printed(call("clean", "--site", "Valley Post", "--report", "--json", "--index", tmp_path / "index"))
    assert {"text": NOTE, "documents": 3, "share": 1.0} in told
    assert NOTE in call("clean", "--site", "Valley Post", "--report", "--index", tmp_path / "index").stdout


def test_a_report_of_an_unknown_site_names_those_that_are_known(news: Path, tmp_path: Path) -> None:
    assert "there is no journal" in call("clean", "--site", "a", "--report", "--index", tmp_path / "none").stderr
    assert call("ingest", news, "--index", tmp_path / "index").exit_code == 0
    answer = call("clean", "--site", "a", "--report", "--index", tmp_path / "index")
    assert answer.exit_code != 0
    assert "news/0.txt" in answer.stderr


def test_clean_needs_a_file_or_both_a_site_and_the_wish_for_its_report() -> None:
    assert [call("clean").exit_code, call("clean", "--report").exit_code, call("clean", "--site", "a").exit_code] == [2, 2, 2]


@pytest.mark.parametrize(
    ("text", "quality"),
    [
        ("Home\n\nNews\n\nSport\n\nPears are late\n\nContact us\n", "no article found"),
        (f"{STORIES[0][:200]}…\n\nSubscribe now\n", "only a teaser"),
        (STORIES[0], None),
    ],
)
def test_a_page_without_an_article_says_so(tmp_path: Path, text: str, quality: str | None) -> None:
    (tmp_path / "a.txt").write_text(text)
    assert printed(call("clean", "--json", tmp_path / "a.txt"))[0]["quality"] == quality


def test_a_page_is_told_with_what_stays_what_goes_and_what_becomes_a_field(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Home\n\nPears of the upper valley\n\n4 May 2021\n\n{STORIES[0]}\n\nLeave a comment\n")
    lines = call("clean", tmp_path / "a.txt").stdout.splitlines()
    assert lines[:4] == [
        "a.txt (2 of 6 blocks kept)", "- [navigation] Home", "= [title] Pears of the upper valley", "= [date line] 4 May 2021",
    ]  # fmt: skip
    assert lines[4].startswith("  The miller") and lines[-1] == "- [comment form] Leave a comment"


def test_removed_lines_are_red_on_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Home\n\n{STORIES[0]}\n")
    shown = CliRunner().invoke(main, ["clean", str(tmp_path / "a.txt")], color=True).stdout
    assert "\x1b[31m- [navigation] Home\x1b[0m" in shown


def test_only_the_kept_text_is_printed_or_written(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text(f"Home\n\nSearch\n\n{STORIES[1]}\n\nLeave a comment\n")
    kept = call("clean", "--text", tmp_path / "1.txt").stdout
    assert kept == f"{STORIES[1]}\n"
    told = call("clean", tmp_path / "1.txt", "--to", tmp_path / "out").stderr
    assert (tmp_path / "out/1.txt").read_text() == kept
    assert told == f"1 file written below {tmp_path / 'out'}\n"


def test_files_of_two_folders_are_written_below_their_names(news: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "1.txt").write_text(STORIES[0])
    assert call("clean", news, other, "--to", tmp_path / "out").exit_code == 0
    assert (tmp_path / "out/other/1.txt").read_text() == f"{STORIES[0]}\n"
    assert (tmp_path / "out/news/1.txt").read_text() == f"{STORIES[1]}\n"


def test_no_file_is_written_over_another_one(tmp_path: Path) -> None:
    for name in ("a.html", "a.html.txt"):
        (tmp_path / name).write_text(f"<p>{STORIES[0]}</p>")
    answer = call("clean", tmp_path, "--to", tmp_path / "out")
    assert (answer.exit_code, "would both be written" in answer.stderr) == (73, True)


def test_files_of_one_name_are_told_apart_by_another_name(news: Path, tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text(STORIES[0])
    assert "--root NAME=" in call("clean", news / "1.txt", tmp_path / "1.txt").stderr
    found = printed(call("clean", "--json", news / "1.txt", "--root", f"second.txt={tmp_path / '1.txt'}"))
    assert [page["key"] for page in found] == ["1.txt", "second.txt"]


def test_a_folder_without_pages_says_what_a_page_is(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(b"%PDF")
    answer = call("clean", tmp_path)
    assert answer.exit_code == 1
    assert "report.pdf: is of a kind that cannot be ingested (.pdf)" in answer.stderr
    assert f"{tmp_path}: no page was found. Pages are files with .txt" in answer.stderr


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [("a.txt", b"", "is empty"), ("a.html", bytes(range(256)) * 9, "is binary, not text"), ("a.html", b"<script>x</script>", "holds no text")],
)
def test_what_cannot_be_cleaned_is_named_with_the_reason_and_the_rest_is_cleaned(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "whole.txt").write_text(STORIES[0])
    answer = call("clean", "--text", tmp_path)
    assert answer.stdout == f"{STORIES[0]}\n"
    assert f"{name}: {says}" in answer.stderr


def test_a_place_that_cannot_be_written_says_what_to_name(news: Path) -> None:
    answer = call("clean", news, "--to", news / "0.txt")
    assert (answer.exit_code, "--to names a folder" in answer.stderr) == (73, True)
