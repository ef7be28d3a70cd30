"""What did earlier ingests learn? The ingester's own memory: sources, spooled pages, line counts, fingerprints.

The engine is the truth of what is indexed. A source is marked indexed only after the engine has published, and the
whole journal may be deleted at any time: what it knew is then read again.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import msgspec

from searchapp.errors import StorageFailure
from searchapp.model import Fingerprint, Page, RawFile

Kind = TypeVar("Kind", RawFile, Page)

_TABLES = """
CREATE TABLE IF NOT EXISTS sources (
    key TEXT PRIMARY KEY, document TEXT NOT NULL, stamp TEXT NOT NULL, sha256 TEXT NOT NULL, run TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS spool (key TEXT PRIMARY KEY, run TEXT NOT NULL, raw BLOB NOT NULL, page BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS lines (
    key TEXT NOT NULL, site TEXT NOT NULL, line INTEGER NOT NULL, PRIMARY KEY (key, line)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS fingerprints (
    document TEXT PRIMARY KEY, body TEXT NOT NULL, title TEXT NOT NULL, words INTEGER NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """An indexed source: `stamp` stands for its content, its declarations and the pipeline that read it."""

    key: str
    document: str
    stamp: str
    sha256: str
    run: str


class Journal:
    """The journal in the SQLite file `path`, or in memory where an engine has no folder."""

    def __init__(self, path: Path | None) -> None:
        try:
            self._database = sqlite3.connect(path or ":memory:", isolation_level=None)
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("PRAGMA synchronous = NORMAL")
            self._database.executescript(_TABLES)
        except sqlite3.Error as error:
            raise StorageFailure(f"{path} cannot be used ({error}); delete it and ingest again") from error
        self._database.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.execute("ROLLBACK" if error else "COMMIT")
        self._database.close()

    def keep(self) -> None:
        """Make what was written so far survive this process."""
        self._database.execute("COMMIT")
        self._database.execute("BEGIN")

    def sources(self) -> dict[str, SourceRecord]:
        """What is marked as indexed, by key."""
        rows = self._database.execute("SELECT key, document, stamp, sha256, run FROM sources")
        return {row[0]: SourceRecord(*row) for row in rows}

    def spool(self, raw: RawFile, page: Page, run: str, shared_lines: Iterable[str]) -> None:
        """Keep a parsed page for the next pass, and its lines for those who ask what its site repeats."""
        bare = RawFile(raw.key, b"", raw.declared, raw.values, raw.record)
        self._database.execute(
            "INSERT OR REPLACE INTO spool VALUES (?, ?, ?, ?)", (raw.key, run, _packed(bare), _packed(page))
        )
        self._database.execute("DELETE FROM lines WHERE key = ?", (raw.key,))
        self._database.executemany(
            "INSERT OR IGNORE INTO lines VALUES (?, ?, ?)",
            ((raw.key, page.site or "", _digest(line)) for line in shared_lines),
        )

    def spooled(self, keys: Iterable[str]) -> Iterator[tuple[RawFile, Page]]:
        """The pages kept under these keys, in their order; the raw files come without their bytes."""
        for key in keys:
            row = self._database.execute("SELECT raw, page FROM spool WHERE key = ?", (key,)).fetchone()
            if row is not None:
                yield _unpacked(row[0], RawFile), _unpacked(row[1], Page)

    def mark(self, records: Iterable[SourceRecord], fingerprints: Iterable[Fingerprint]) -> None:
        """Remember what the engine has published."""
        self._database.executemany(
            "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?)",
            ((one.key, one.document, one.stamp, one.sha256, one.run) for one in records),
        )
        self._database.executemany(
            "INSERT OR REPLACE INTO fingerprints VALUES (?, ?, ?, ?)",
            ((one.document, one.body, one.title, one.words) for one in fingerprints),
        )

    def forget(self, sources: Mapping[str, str]) -> None:
        """Drop all that is known of these sources (document id by key)."""
        for table in ("sources", "spool", "lines"):
            self._database.executemany(f"DELETE FROM {table} WHERE key = ?", ((key,) for key in sources))
        self._database.executemany(
            "DELETE FROM fingerprints WHERE document = ?", ((document,) for document in sources.values())
        )

    def fingerprints(self) -> Iterator[Fingerprint]:
        """All fingerprints, by document id."""
        rows = self._database.execute("SELECT document, body, title, words FROM fingerprints ORDER BY document")
        return (Fingerprint(*row) for row in rows)


def _packed(value: RawFile | Page) -> bytes:
    return zlib.compress(msgspec.msgpack.encode(value), 1)


def _unpacked(blob: bytes, kind: type[Kind]) -> Kind:
    return msgspec.msgpack.decode(zlib.decompress(blob), type=kind)


def _digest(line: str) -> int:
    return int.from_bytes(hashlib.blake2b(line.encode(), digest_size=8).digest(), "big", signed=True)
