"""What do the documents of a site repeat? The lines of each, and what it was told of them when it was made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from searchapp.ingest.journal.database import Database

TABLES = """
CREATE TABLE IF NOT EXISTS lines (
    key TEXT PRIMARY KEY, place TEXT NOT NULL, rank INTEGER NOT NULL, marks BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS lines_by_place ON lines (place, rank);
CREATE TABLE IF NOT EXISTS lessons (
    key TEXT PRIMARY KEY, site TEXT NOT NULL, mark TEXT NOT NULL, told BLOB NOT NULL, made_with TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS lessons_by_site ON lessons (site);
CREATE TABLE IF NOT EXISTS touched (place TEXT PRIMARY KEY) WITHOUT ROWID
"""
# Asked of each line: a list of all living ones would be made anew for every place.
_LIVING = (
    "(EXISTS (SELECT 1 FROM sources WHERE key = lines.key) OR EXISTS (SELECT 1 FROM temp.plan WHERE key = lines.key))"
)


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is told of the lines of a document: `mark` is equal as long as `told` is; `site` is "" where it has none."""

    key: str
    site: str
    mark: str
    told: bytes


class Lessons:
    """The part of a journal that knows lines; a `place` is a site, or the folder of files that say none.

    A place is touched from when a line of it comes or goes until its documents have been told.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, key: str, place: str, rank: int, marks: bytes) -> None:
        """Keep the lines of a document in place of those that it had."""
        held = self._database.row("SELECT place, marks FROM lines WHERE key = ?", (key,))
        if held == (place, marks):
            return
        for one in {place, held[0]} if held else {place}:
            self._database.change("INSERT OR IGNORE INTO touched VALUES (?)", (one,))
        self._database.change("INSERT OR REPLACE INTO lines VALUES (?, ?, ?, ?)", (key, place, rank, marks))

    def forget(self, keys: Iterable[str]) -> None:
        """Drop the lines of these documents and what they were told."""
        for key in keys:
            self._database.change("INSERT OR IGNORE INTO touched SELECT place FROM lines WHERE key = ?", (key,))
            self._database.change("DELETE FROM lines WHERE key = ?", (key,))
            self._database.change("DELETE FROM lessons WHERE key = ?", (key,))

    def tidy(self) -> None:
        """Drop the lines of what became no document."""
        gone = self._database.rows("SELECT key FROM lines WHERE key NOT IN (SELECT key FROM sources)")
        self.forget(key for (key,) in gone)

    def touched(self) -> list[str]:
        """The places whose documents are to be told anew, in order."""
        return [place for (place,) in self._database.rows("SELECT place FROM touched ORDER BY place")]

    def lines_of(self, place: str, most: int = -1) -> Iterator[tuple[str, bytes]]:
        """Key and lines of the documents of a place that are indexed or to be; at most so many, by their rank."""
        rows = self._database.rows(
            f"SELECT key, marks FROM lines WHERE place = ? AND {_LIVING} ORDER BY rank, key LIMIT ?", (place, most)
        )
        yield from rows

    def teach(self, place: str, lessons: Iterable[Lesson]) -> None:
        """Keep what the documents of a place are told."""
        self._database.change_all(
            "INSERT INTO lessons VALUES (?, ?, ?, ?, '') ON CONFLICT (key) DO UPDATE SET "
            "site = excluded.site, mark = excluded.mark, told = excluded.told",
            ((one.key, one.site, one.mark, one.told) for one in lessons),
        )
        self._database.change("DELETE FROM touched WHERE place = ?", (place,))

    def told(self, key: str) -> bytes:
        """What is told of the lines of this document; empty where nothing is."""
        row = self._database.row("SELECT told FROM lessons WHERE key = ?", (key,))
        return row[0] if row else b""

    def made(self, keys: Iterable[str]) -> None:
        """Remember that these documents were made with what they are told now."""
        self._database.change_all("UPDATE lessons SET made_with = mark WHERE key = ?", ((key,) for key in keys))

    def outdated(self) -> Mapping[str, str]:
        """The indexed documents that were made with something else, and the file of each."""
        rows = self._database.rows(
            "SELECT sources.key, sources.file FROM sources JOIN lessons USING (key) WHERE made_with != mark ORDER BY key"
        )
        return dict(rows)

    def site_of(self, name: str) -> list[str]:
        """The keys of the documents that belong to the site of this name."""
        return [key for (key,) in self._database.rows("SELECT key FROM lessons WHERE site = ? ORDER BY key", (name,))]

    def sites(self) -> dict[str, int]:
        """The sites that something is known of, and how many documents each has."""
        return dict(self._database.rows("SELECT site, count(*) FROM lessons WHERE site != '' GROUP BY site ORDER BY site"))
