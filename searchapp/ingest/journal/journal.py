"""The journal itself: files, sources, spooled pages, and what one run has seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from searchapp.errors import IngestError
from searchapp.ingest.journal import copies, lessons
from searchapp.ingest.journal.database import Database
from searchapp.ingest.journal.records import FileRecord, SourceRecord, Spooled
from searchapp.model import Fingerprint

_TABLES = """
CREATE TABLE IF NOT EXISTS files (
    key TEXT PRIMARY KEY, state TEXT NOT NULL, documents INTEGER NOT NULL, bytes INTEGER NOT NULL,
    problems BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS sources (
    key TEXT PRIMARY KEY, file TEXT NOT NULL, document TEXT NOT NULL, stamp TEXT NOT NULL, pipeline TEXT NOT NULL,
    sha256 TEXT NOT NULL, run TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS sources_by_file ON sources (file);
CREATE TABLE IF NOT EXISTS spool (
    key TEXT PRIMARY KEY, stamp TEXT NOT NULL, parser TEXT NOT NULL, raw BLOB NOT NULL, page BLOB NOT NULL,
    size INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS records (pipeline TEXT PRIMARY KEY, known BLOB NOT NULL);
CREATE TEMP TABLE seen (key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE plan (place INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, file TEXT NOT NULL);
CREATE TEMP TABLE met (key TEXT PRIMARY KEY, state TEXT, bytes INTEGER NOT NULL)
"""
_PAGES_AT_ONCE = 64

_Problem = tuple[str, str, str, bool]
_PROBLEMS = msgspec.json.Decoder(list[_Problem])


class Journal:
    """The journal in the SQLite file `path`; None is an empty one that is gone when it is closed.

    Leaving it with an error drops what was not kept. JournalDamaged, StorageFailure and CannotWrite as they happen.
    """

    def __init__(self, path: Path | None) -> None:
        self._database = Database(path, ";".join((_TABLES, lessons.TABLES, copies.TABLES)))
        self.lessons = lessons.Lessons(self._database)
        self.copies = copies.Copies(self._database)

    @classmethod
    def copy_of(cls, path: Path | None) -> Journal:
        """An empty journal that knows the files and sources of another one, to try out what a run would do."""
        copy = cls(None)
        if path is not None and path.exists():
            with cls(path) as original:
                copy._take_over(original)
        return copy

    def _take_over(self, original: Journal) -> None:
        for table, width in (("files", 5), ("sources", 7), ("records", 2)):
            marks = ", ".join("?" * width)
            self._database.change_all(
                f"INSERT INTO {table} VALUES ({marks})", original._database.rows(f"SELECT * FROM {table}")
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close(keep=error is None)

    def keep(self) -> None:
        """Make what was written so far survive this process."""
        self._database.keep()

    # Files and sources: what is indexed.

    def files(self, keys: Sequence[str]) -> dict[str, FileRecord]:
        """What is known of these files, by key: of those all of whose sources are still known."""
        rows = self._database.rows(
            f"SELECT key, state, documents, bytes, problems FROM files WHERE key IN ({', '.join('?' * len(keys))}) "
            "AND documents = (SELECT count(*) FROM sources WHERE file = files.key)",
            tuple(keys),
        )
        return {row[0]: FileRecord(row[0], row[1], row[2], row[3], _unpacked(row[4])) for row in rows}

    def source(self, key: str) -> SourceRecord | None:
        """What is known of an indexed source."""
        row = self._database.row("SELECT * FROM sources WHERE key = ?", (key,))
        return None if row is None else SourceRecord(*row)

    def sources(self) -> Iterator[SourceRecord]:
        """What is marked as indexed."""
        return (SourceRecord(*row) for row in self._database.rows("SELECT * FROM sources"))

    def failed_files(self) -> frozenset[str]:
        """The keys of the files that failed, or hold a record that did."""
        rows = self._database.rows("SELECT key, problems FROM files WHERE problems != '[]'")
        return frozenset(key for key, held in rows if any(not one[3] for one in _PROBLEMS.decode(held)))

    def problems(self) -> Iterator[IngestError]:
        """What is wrong with files and records, of all files known."""
        rows = self._database.rows("SELECT problems FROM files WHERE problems != '[]' ORDER BY key")
        return (problem for (held,) in rows for problem in _unpacked(held))

    def mark_files(self, problems: Mapping[str, Sequence[IngestError]]) -> None:
        """Remember the files met in this run, all of whose sources are published, and what was wrong in them."""
        self._database.change(
            "INSERT OR REPLACE INTO files SELECT key, state, (SELECT count(*) FROM sources WHERE file = met.key), "
            "bytes, '[]' FROM temp.met AS met WHERE state IS NOT NULL"
        )
        self._database.change_all(
            "INSERT INTO files VALUES (?, '', 0, 0, ?) ON CONFLICT (key) DO UPDATE SET problems = excluded.problems",
            ((key, _packed(held)) for key, held in problems.items()),
        )

    def drop_files(self, roots: Iterable[str]) -> None:
        """Forget the files of these roots that were not met in this run."""
        for root in roots:
            self._database.change(
                "DELETE FROM files WHERE key NOT IN (SELECT key FROM temp.met) AND "
                "(key = ?1 OR substr(key, 1, length(?1) + 1) = ?1 || '/')",
                (root,),
            )

    def mark(self, records: Iterable[SourceRecord], fingerprints: Iterable[Fingerprint]) -> None:
        """Remember what the engine has published."""
        marked = list(records)
        self._database.change_all(
            "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (one.key, one.file, one.document, one.stamp, one.pipeline, one.sha256, one.run)
                for one in marked
            ),
        )
        self.copies.mark(fingerprints)
        self.lessons.made(one.key for one in marked)

    def know(self, pipeline: str, known: bytes) -> None:
        """Remember which records this pipeline knows, and no longer those of pipelines that no source is of."""
        self._database.change("DELETE FROM records WHERE pipeline NOT IN (SELECT pipeline FROM sources)")
        self._database.change("INSERT OR REPLACE INTO records VALUES (?, ?)", (pipeline, known))

    def known(self) -> dict[str, bytes]:
        """What is remembered of the records that pipelines knew."""
        return dict(self._database.rows("SELECT pipeline, known FROM records"))

    def move(self, pipeline: str, *, bases: Mapping[str, str]) -> None:
        """Take all sources for those of this pipeline, and files that were as they were on an old basis for it still."""
        self._database.change("UPDATE sources SET pipeline = ?", (pipeline,))
        for old, new in bases.items():
            self._database.change(
                "UPDATE files SET state = ?2 || substr(state, length(?1) + 1) WHERE substr(state, 1, length(?1)) = ?1",
                (old, new),
            )

    def raw(self, key: str) -> bytes | None:
        """The packed raw file of an indexed source, without its bytes; None where its page is not spooled."""
        row = self._database.row("SELECT raw FROM spool JOIN sources USING (key, stamp) WHERE key = ?", (key,))
        return None if row is None else bytes(row[0])

    def doubt(self, records: Sequence[SourceRecord]) -> None:
        """No longer take these sources for indexed; their pages stay."""
        self._database.change_all("DELETE FROM sources WHERE key = ?", ((one.key,) for one in records))
        self.copies.drop(one.document for one in records)

    def forget(self, sources: Mapping[str, str]) -> None:
        """Drop all that is known of these sources (document id by key)."""
        self.lessons.forget(sources)
        for table in ("files", "sources", "spool"):
            self._database.change_all(f"DELETE FROM {table} WHERE key = ?", ((key,) for key in sources))
        self.copies.drop(sources.values())

    def erase(self) -> None:
        """Keep what was changed, and leave no byte of what was forgotten on the disk."""
        self._database.erase()

    def tidy(self) -> None:
        """Drop the files and pages that brought no document."""
        self._database.change("DELETE FROM spool WHERE key NOT IN (SELECT key FROM sources)")
        self.lessons.tidy()

    # Pages: what is parsed.

    def has_page(self, key: str, stamp: str, parser: str) -> bool:
        """Whether the page that this parser makes of this state of the source is spooled."""
        row = self._database.row("SELECT 1 FROM spool WHERE (key, stamp, parser) = (?, ?, ?)", (key, stamp, parser))
        return row is not None

    def pages(self) -> frozenset[str]:
        """The keys of the indexed sources whose page is spooled."""
        rows = self._database.rows("SELECT key FROM spool JOIN sources USING (key, stamp)")
        return frozenset(key for (key,) in rows)

    def page(self, key: str) -> bytes | None:
        """The spooled page of a source, packed."""
        row = self._database.row("SELECT page FROM spool WHERE key = ?", (key,))
        return row[0] if row else None

    def known_keys(self) -> frozenset[str]:
        """The keys of all that anything is known of."""
        rows = self._database.rows("SELECT key FROM sources UNION SELECT key FROM spool UNION SELECT key FROM files")
        return frozenset(key for (key,) in rows)

    def spool(self, page: Spooled, parser: str) -> None:
        """Keep a parsed page for the next pass, and its lines for the documents of its site."""
        self._database.change(
            "INSERT OR REPLACE INTO spool VALUES (?, ?, ?, ?, ?, ?)",
            (page.key, page.stamp, parser, page.raw, page.page, page.size),
        )
        self.lessons.note(page.key, page.place, page.rank, page.lines)

    # One run: what it has seen and what it is to index.

    def see(self, key: str) -> bool:
        """Note that a source was met in this run; False if it was before."""
        return self._database.change("INSERT OR IGNORE INTO temp.seen VALUES (?)", (key,)) == 1

    def meet(self, key: str, state: str, size: int) -> None:
        """Note a file that was read in this run, and what shows that it is the same."""
        self._database.change("INSERT OR REPLACE INTO temp.met VALUES (?, ?, ?)", (key, state, size))

    def meet_again(self, keys: Sequence[str]) -> None:
        """Note files that are as they were, with all of their sources."""
        self._database.change_all("INSERT OR REPLACE INTO temp.met VALUES (?, NULL, 0)", ((key,) for key in keys))
        self._database.change_all(
            "INSERT OR IGNORE INTO temp.seen SELECT key FROM sources WHERE file = ?", ((key,) for key in keys)
        )

    def unseen(self, keys: Iterable[str]) -> list[str]:
        """Those of the keys that were not met in this run."""
        seen = {key for (key,) in self._database.rows("SELECT key FROM temp.seen")}
        return [key for key in keys if key not in seen]

    def plan(self, key: str, file: str) -> bool:
        """Have the source of this file indexed in this run; False if that was planned already."""
        return self._database.change("INSERT OR IGNORE INTO temp.plan (key, file) VALUES (?, ?)", (key, file)) == 1

    def drop_plan(self) -> None:
        """What was planned is done."""
        self._database.change("DELETE FROM temp.plan")

    def planned(self) -> int:
        """How many sources are to be indexed in this run."""
        row = self._database.row("SELECT count(*) FROM temp.plan")
        return row[0] if row else 0

    def planned_pages(self) -> Iterator[Spooled]:
        """The pages to be indexed, in the order in which they were planned."""
        place = 0
        while rows := self._database.rows(
            "SELECT place, key, file, stamp, raw, page, size FROM temp.plan JOIN spool USING (key) WHERE place > ? "
            "ORDER BY place LIMIT ?",
            (place, _PAGES_AT_ONCE),
        ):
            yield from (Spooled(*row[1:]) for row in rows)
            place = rows[-1][0]


def _packed(problems: Iterable[IngestError]) -> bytes:
    return msgspec.json.encode([(one.key, one.stage, one.reason, one.skipped) for one in problems])


def _unpacked(problems: bytes) -> tuple[IngestError, ...]:
    return tuple(IngestError(key, stage, reason, skipped=skipped) for key, stage, reason, skipped in _PROBLEMS.decode(problems))
