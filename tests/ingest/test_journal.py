"""The journal: what it keeps, what it drops, and how it ends when it is interrupted."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from searchapp.errors import CannotWrite, Interrupted
from searchapp.ingest.journal import Journal, JournalDamaged, SourceRecord, set_aside

RECORD = SourceRecord("news/a.txt", "news/a.txt", "0123456789abcdef", "stamp", "pipeline", "hash", "run")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


def test_what_was_kept_outlives_an_error_and_the_rest_does_not(path: Path) -> None:
    with pytest.raises(Interrupted), Journal(path) as journal:
        journal.mark([RECORD], ())
        journal.keep()
        journal.doubt([RECORD])
        raise Interrupted(15)
    with Journal(path) as journal:
        assert journal.source("news/a.txt") == RECORD


def test_an_interruption_between_two_transactions_is_not_hidden(path: Path) -> None:
    with pytest.raises(Interrupted), Journal(path) as journal:
        journal.mark([RECORD], ())
        # The first half of `keep`, after which a signal strikes.
        journal._database._connection.execute("COMMIT")
        raise Interrupted(15)
    with Journal(path) as journal:
        assert journal.source("news/a.txt") == RECORD


def test_a_journal_of_another_format_begins_anew(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE sources (something TEXT)")
    database.execute("PRAGMA user_version = 1")
    database.close()
    with Journal(path) as journal:
        assert list(journal.sources()) == []


def test_a_file_that_is_no_journal_is_damage_and_is_set_aside_whole(path: Path) -> None:
    path.write_bytes(b"something else " * 500)
    with pytest.raises(JournalDamaged):
        Journal(path)
    set_aside(path)
    assert path.with_name("journal.sqlite.damaged").read_bytes() == b"something else " * 500
    with Journal(path) as journal:
        assert list(journal.sources()) == []


def test_a_journal_that_cannot_be_made_names_its_place(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="nowhere"):
        Journal(tmp_path / "nowhere" / "journal.sqlite")


def test_a_copy_knows_the_sources_and_changes_nothing(path: Path) -> None:
    with Journal(path) as journal:
        journal.mark([RECORD], ())
    with Journal.copy_of(path) as copy:
        assert copy.source("news/a.txt") == RECORD
        copy.forget({RECORD.key: RECORD.document})
    with Journal(path) as journal:
        assert journal.source("news/a.txt") == RECORD
