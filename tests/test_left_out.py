"""The account of files left out: written whole, read back, short however much is left out."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from searchapp.errors import CannotWrite, IngestError
from searchapp.left_out import FILE, MOST_FILES, MOST_REASONS, LeftOut, Reason

EMPTY = [IngestError(f"news/{number}.txt", "parse", "is empty", skipped=True) for number in (2, 1)]
FAILED = IngestError("news/x.jsonl#3", "parse", "is no JSON")
TAKEN_DOWN = IngestError("news/gone.txt", "withheld", "was taken down", skipped=True)


def test_reasons_are_counted_failures_first_and_what_was_taken_down_is_not_named(tmp_path: Path) -> None:
    account = LeftOut.of("2026-01-02T03:04:05Z", [*EMPTY, TAKEN_DOWN, FAILED])
    account.write(tmp_path)
    assert LeftOut.read(tmp_path) == account
    assert account.reasons == (
        Reason("is no JSON", True, 1, ("news/x.jsonl#3",)),
        Reason("is empty", False, 2, ("news/1.txt", "news/2.txt")),
    )
    assert (account.failed, account.skipped) == (1, 2)
    assert "gone" not in (tmp_path / FILE).read_text()
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_the_account_stays_short_and_its_numbers_whole() -> None:
    many = [IngestError(f"a/{n}", "parse", f"reason {n % 300}") for n in range(30_000)]
    account = LeftOut.of("2026-01-02T03:04:05Z", many)
    assert account.failed == 30_000
    assert len(account.reasons) == MOST_REASONS
    assert {(one.count, len(one.files)) for one in account.reasons} == {(100, MOST_FILES)}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"run": "x"}', '{"run": "", "failed": 0, "skipped": 0, "reasons": [{}]}'])
def test_an_account_that_cannot_be_read_is_none(tmp_path: Path, text: str, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / FILE).write_text(text)
    with caplog.at_level(logging.ERROR):
        assert LeftOut.read(tmp_path) is None
    assert FILE in caplog.text


def test_where_no_ingest_was_there_is_no_account(tmp_path: Path) -> None:
    assert LeftOut.read(tmp_path) is None


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="missing"):
        LeftOut.of("2026-01-02T03:04:05Z", []).write(tmp_path / "missing")
