"""The SQLite file under the journal: opened, checked for its format, its errors in our words."""

from __future__ import annotations

import errno
import logging
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from searchapp.errors import CannotWrite, SearchappError, StorageFailure

logger = logging.getLogger(__name__)

FORMAT = 6
DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT})
FORBIDDEN = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH, sqlite3.SQLITE_CANTOPEN})
BESIDE = ("", "-wal", "-shm")
ASIDE = ".damaged"

Row = tuple[Any, ...]


class JournalDamaged(SearchappError):
    """The journal cannot be read; it can be set aside, for all that it knows is read again."""

    exit_code = 65
    title = "The journal is damaged"


class Database:
    """One connection in one transaction; `path` None is a temporary file that nobody else sees."""

    def __init__(self, path: Path | None, tables: str) -> None:
        self._path = path
        with self._errors():
            self._connection = sqlite3.connect(path or "", isolation_level=None)
            try:
                self._prepare(tables)
            except BaseException:
                self._connection.close()
                raise

    def _prepare(self, tables: str) -> None:
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        found = self._connection.execute("PRAGMA user_version").fetchone()[0]
        known = [name for (name,) in self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        self._connection.execute("BEGIN")
        if found != FORMAT:
            if known:
                logger.warning("%s is of another format, so all files are read again", self._path)
            for name in known:
                self._connection.execute(f'DROP TABLE "{name}"')
            self._connection.execute(f"PRAGMA user_version = {FORMAT}")
        for statement in filter(str.strip, tables.split(";")):
            self._connection.execute(statement)

    def change(self, statement: str, values: Row = ()) -> int:
        """How many rows the statement changed."""
        with self._errors():
            return self._connection.execute(statement, values).rowcount

    def change_all(self, statement: str, rows: Iterable[Row]) -> None:
        """Run the statement for each row."""
        with self._errors():
            self._connection.executemany(statement, rows)

    def rows(self, statement: str, values: Row = ()) -> list[Row]:
        """All rows of the answer."""
        with self._errors():
            return self._connection.execute(statement, values).fetchall()

    def row(self, statement: str, values: Row = ()) -> Row | None:
        """The first row of the answer."""
        with self._errors():
            found: Row | None = self._connection.execute(statement, values).fetchone()
            return found

    def keep(self) -> None:
        """Make what was changed so far survive this process."""
        with self._errors():
            self._connection.execute("COMMIT")
            self._connection.execute("BEGIN")

    def erase(self) -> None:
        """Keep what was changed, and leave no byte of what was deleted in the file or beside it."""
        with self._errors():
            self._connection.execute("COMMIT")
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._connection.execute("BEGIN")

    def close(self, *, keep: bool) -> None:
        """Keep or drop what was changed since the last `keep`, and let go of the file."""
        try:
            # A signal may have ended the last `keep` between its two halves.
            if self._connection.in_transaction:
                with self._errors():
                    self._connection.execute("COMMIT" if keep else "ROLLBACK")
        finally:
            self._connection.close()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
            message = f"{self._path or 'the temporary journal'}: {error}"
            if code in DAMAGED:
                raise JournalDamaged(message) from error
            if code in FORBIDDEN and not _is_full(self._path):
                raise CannotWrite(message) from error
            raise StorageFailure(f"{message}; what was published before still stands") from error


def _is_full(path: Path | None) -> bool:
    """Whether a file that cannot be opened lacks room: SQLite says the same of that and of a forbidden folder."""
    if path is None:
        return False
    try:
        free = os.statvfs(path.parent)
    except OSError:
        return False
    return free.f_bavail * free.f_frsize < 2**20


def set_aside(path: Path) -> None:
    """Rename a damaged journal, so that the next one begins empty; nothing is deleted."""
    aside = path.with_name(f"{path.name}{ASIDE}")
    for suffix in BESIDE:
        try:
            os.replace(f"{path}{suffix}", f"{aside}{suffix}")
        except OSError as error:
            if error.errno != errno.ENOENT:
                raise CannotWrite(f"{path}{suffix} is damaged and cannot be renamed: {error.strerror}") from error
    logger.warning("%s was damaged and is now %s; all files are read again", path, aside.name)


def drop_set_aside(path: Path) -> None:
    """Delete what was once set aside of this journal: nobody can tell which pages it holds."""
    for suffix in BESIDE:
        try:
            Path(f"{path}{ASIDE}{suffix}").unlink(missing_ok=True)
        except OSError as error:
            raise CannotWrite(f"{path}{ASIDE}{suffix} cannot be deleted: {error.strerror}") from error
