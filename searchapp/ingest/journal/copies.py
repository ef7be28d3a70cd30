"""What do documents share with each other? What is kept of each to compare it, and what the comparing found."""

from __future__ import annotations

from collections.abc import Iterable

from searchapp.ingest.journal.database import Database
from searchapp.model import Fingerprint

TABLES = """
CREATE TABLE IF NOT EXISTS fingerprints (
    document TEXT PRIMARY KEY, body TEXT NOT NULL, title TEXT NOT NULL, words INTEGER NOT NULL, hashes BLOB NOT NULL,
    compared INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS overlaps (
    first TEXT NOT NULL, second TEXT NOT NULL, of_first REAL NOT NULL, of_second REAL NOT NULL,
    PRIMARY KEY (first, second)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS overlaps_by_second ON overlaps (second)
"""

Shared = tuple[str, str, float, float]
"""Two documents, by id in order, with the part of the first and of the second that the other holds too."""


class Copies:
    """The part of a journal that knows fingerprints; a document is compared anew once its own is marked."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def mark(self, fingerprints: Iterable[Fingerprint]) -> None:
        """Remember what documents may share with others, in place of what they did."""
        ones = list(fingerprints)
        self.drop(one.document for one in ones)
        self._database.change_all(
            "INSERT OR REPLACE INTO fingerprints VALUES (?, ?, ?, ?, ?, 0)",
            ((one.document, one.body, one.title, one.words, one.hashes) for one in ones),
        )

    def drop(self, documents: Iterable[str]) -> None:
        """Forget what these documents share with others."""
        ones = [(one,) for one in documents]
        for where in ("fingerprints WHERE document", "overlaps WHERE first", "overlaps WHERE second"):
            self._database.change_all(f"DELETE FROM {where} = ?", ones)

    def known(self) -> frozenset[str]:
        """The ids of the documents that have a fingerprint."""
        return frozenset(document for (document,) in self._database.rows("SELECT document FROM fingerprints"))

    def fingerprints(self) -> list[Fingerprint]:
        """All fingerprints, by document id."""
        rows = self._database.rows("SELECT document, body, title, words, hashes FROM fingerprints ORDER BY document")
        return [Fingerprint(*row) for row in rows]

    def uncompared(self) -> frozenset[str]:
        """The ids of the documents that were not compared with others since their fingerprints were marked."""
        return frozenset(name for (name,) in self._database.rows("SELECT document FROM fingerprints WHERE NOT compared"))

    def compared(self, found: Iterable[Shared]) -> None:
        """Remember what the documents that had to be compared share with others."""
        self._database.change_all("INSERT OR REPLACE INTO overlaps VALUES (?, ?, ?, ?)", found)
        self._database.change("UPDATE fingerprints SET compared = 1 WHERE NOT compared")

    def shared(self) -> list[Shared]:
        """What is remembered of all documents."""
        return self._database.rows("SELECT first, second, of_first, of_second FROM overlaps ORDER BY first, second")
