"""The list of what was taken down: as people write it by hand, and as it is written for them."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchapp.errors import CannotWrite, ConfigError
from searchapp.withheld import Withheld, WithheldList, withhold

ID, OTHER_ID = "0123456789abcdef", "fedcba9876543210"
HASH, OTHER_HASH = "ab" * 32, "cd" * 32
URL = "https://example.org/a"
ENTRY = Withheld(ID, HASH, URL, "2020-06-30", "asked for by its author")


def written(folder: Path, text: str) -> WithheldList:
    (folder / "withheld.csv").write_text(text, encoding="utf-8", newline="")
    return WithheldList.read(folder)


def test_there_is_nothing_withheld_without_an_archive_or_a_list(tmp_path: Path) -> None:
    assert len(WithheldList.read(None)) == len(WithheldList.read(tmp_path)) == 0
    assert len(WithheldList.read(tmp_path / "nowhere")) == len(written(tmp_path, "")) == 0
    assert WithheldList.read(None).of(document=ID, sha256=HASH, url=URL) is None


def test_what_is_entered_is_found_by_id_by_hash_and_by_address(tmp_path: Path) -> None:
    withhold(tmp_path, [ENTRY])
    found = WithheldList.read(tmp_path)
    assert [*found] == [ENTRY]
    assert found.of(document=ID) == found.of(sha256=HASH) == found.of(url=URL) == ENTRY
    assert found.of(document=OTHER_ID, sha256=HASH.upper()) == ENTRY
    assert found.of(document=OTHER_ID, sha256=OTHER_HASH, url=f"{URL}b") is None


def test_what_is_not_known_of_a_document_matches_nothing(tmp_path: Path) -> None:
    found = written(tmp_path, f"document,sha256,url,date,reason\n{ID},,,,\n,{HASH},,,\n")
    assert found.of() is None
    assert found.of(document="", sha256="", url="") is None
    assert found.of(url=None, sha256=OTHER_HASH) is None


def test_the_first_line_that_matches_any_of_them_answers(tmp_path: Path) -> None:
    found = written(tmp_path, f"url,sha256,reason\n{URL},,first\n,{HASH},second\n{URL},,third\n")
    assert getattr(found.of(sha256=HASH, url=URL), "reason", None) == "first"
    assert getattr(found.of(sha256=HASH), "reason", None) == "second"


def test_a_list_written_by_hand_may_have_columns_in_any_order_blank_lines_and_a_mark_at_its_start(
    tmp_path: Path,
) -> None:
    found = written(tmp_path, f'\ufeffReason, URL ,checked by\r\n\r\n"left, at last", {URL} ,Ann\r\n , \r\n')
    assert [*found] == [Withheld("", "", URL, "", "left, at last")]


@pytest.mark.parametrize(
    ("text", "line", "wrong"),
    [
        ("title,reason\nx,y\n", 1, "document, sha256 or url"),
        ("document;sha256;url\n", 1, "with commas"),
        ("url,reason\n,why\n", 2, "names no document"),
        (f"url,reason\n{URL},first, second\n", 2, "quotes"),
        ("\ndocument\n\n0123\n", 4, "'0123' is no document: that is 16 digits"),
        (f"sha256\n{HASH}\n{HASH[1:]}\n", 3, "is no sha256: that is 64 digits"),
        (f"url,date\n{URL},30.6.2020\n", 2, "'30.6.2020' is no day"),
        (f"url,date\n{URL},2020-06-31\n", 2, "'2020-06-31' is no day"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, text: str, line: int, wrong: str) -> None:
    with pytest.raises(ConfigError) as caught:
        written(tmp_path, text)
    assert f"{tmp_path / 'withheld.csv'}, line {line}: " in str(caught.value)
    assert wrong in str(caught.value)


@pytest.mark.parametrize("content", [b"url\n\xff\n", b'url\n"never closed\n', None])
def test_a_list_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "withheld.csv"
    path.mkdir() if content is None else path.write_bytes(content)
    with pytest.raises(ConfigError, match="withheld.csv cannot be read"):
        WithheldList.read(tmp_path)
    with pytest.raises(ConfigError):
        withhold(tmp_path, [ENTRY])
    assert content is None or path.read_bytes() == content


def test_the_same_is_never_entered_twice(tmp_path: Path) -> None:
    withhold(tmp_path, [ENTRY, ENTRY])
    before = (tmp_path / "withheld.csv").read_bytes()
    withhold(tmp_path, [Withheld(ID, HASH, URL, "2021-01-01", "another reason")])
    assert (tmp_path / "withheld.csv").read_bytes() == before
    withhold(tmp_path, [Withheld(OTHER_ID, HASH, URL, "2021-01-01", "another document")])
    assert [one.document for one in WithheldList.read(tmp_path)] == [ID, OTHER_ID]


def test_what_people_wrote_stays_as_it_is_when_a_line_is_added(tmp_path: Path) -> None:
    written(tmp_path, f"url,checked by,reason\n{URL}b,=Ann,'=x\n{URL}c,\"two\rlines\",\n")
    withhold(tmp_path, [ENTRY])
    with (tmp_path / "withheld.csv").open(encoding="utf-8", newline="") as file:
        lines = file.read().split("\r\n")
    assert lines == [
        "url,checked by,reason,document,sha256,date",
        f"{URL}b,=Ann,'=x,,,",
        f'{URL}c,"two\rlines",,,,',
        f"{URL},,asked for by its author,{ID},{HASH},2020-06-30",
        "",
    ]
    assert [one.reason for one in WithheldList.read(tmp_path)] == ["=x", "", "asked for by its author"]


@pytest.mark.parametrize("reason", ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "'=1", "''+1", "'quoted'"])
def test_no_cell_is_a_formula_and_each_is_read_back_as_it_was(tmp_path: Path, reason: str) -> None:
    withhold(tmp_path, [Withheld(ID, "", f"{reason}/a", "2020-06-30", reason)])
    with (tmp_path / "withheld.csv").open(encoding="utf-8", newline="") as lines:
        cells = [cell for row in csv.reader(lines) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert [(one.url, one.reason) for one in WithheldList.read(tmp_path)] == [(f"{reason}/a", reason)]


@settings(max_examples=60, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00")))
def test_any_reason_is_read_back_in_one_line(tmp_path: Path, reason: str) -> None:
    (tmp_path / "withheld.csv").unlink(missing_ok=True)
    withhold(tmp_path, [Withheld(ID, "", None, "", reason)])
    assert [one.reason for one in WithheldList.read(tmp_path)] == [" ".join(reason.split())]


def test_two_who_add_at_once_both_have_their_lines(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from searchapp.withheld import Withheld, withhold\n"
        "for n in range(20): withhold(Path(sys.argv[1]), [Withheld('', '', f'{sys.argv[2]}{n}', '', 'why')])"
    )
    both = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path), name]) for name in ("a", "b")]
    assert [one.wait(60) for one in both] == [0, 0]
    assert len(WithheldList.read(tmp_path)) == 40
    assert [path.name for path in tmp_path.iterdir()] == ["withheld.csv"]


def test_a_list_that_is_a_link_is_written_where_it_points_with_the_rights_it_had(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "archive").mkdir()
    target = tmp_path / "kept" / "list.csv"
    target.write_text(f"url\n{URL}b\n")
    target.chmod(0o640)
    (tmp_path / "archive" / "withheld.csv").symlink_to(target)
    withhold(tmp_path / "archive", [ENTRY])
    assert (tmp_path / "archive" / "withheld.csv").is_symlink()
    assert (target.stat().st_mode & 0o777, len(WithheldList.read(tmp_path / "archive"))) == (0o640, 2)


def test_a_folder_that_is_not_there_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="nowhere"):
        withhold(tmp_path / "nowhere", [ENTRY])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    with pytest.raises(CannotWrite, match="withheld.csv"):
        withhold(tmp_path, [ENTRY])
