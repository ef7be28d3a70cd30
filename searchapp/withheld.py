"""What has been taken down for good? The archive's `withheld.csv`, which ingests obey and pages answer from."""

from __future__ import annotations

import csv
import datetime
import errno
import fcntl
import io
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from searchapp.errors import CannotWrite, ConfigError, StorageFailure

FILE = "withheld.csv"
COLUMNS = ("document", "sha256", "url", "date", "reason")

_NAMING = ("document", "sha256", "url")
_FORMS = {"document": re.compile(r"[0-9a-f]{16}"), "sha256": re.compile(r"[0-9a-f]{64}")}
_FORMULA = re.compile(r"'*[=+\-@]")
"""What a spreadsheet would run, however many quotes already stand before it: each writing adds one quote."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """A line of the list: which document it keeps out, by any of id, source hash and address, since when and why.

    `document` and `sha256` are "" and `url` is None where the line does not go by them; `date` (YYYY-MM-DD) is the day
    it was taken down; `date` and `reason` are "" where a line written by hand leaves them out.
    """

    document: str
    sha256: str
    url: str | None
    date: str
    reason: str


class WithheldList:
    """What may not be in the archive, in the order of its file."""

    def __init__(self, entries: Iterable[Withheld] = ()) -> None:
        self._entries = tuple(entries)
        self._places: dict[tuple[str, str], int] = {}
        for place, entry in enumerate(self._entries):
            for key in _keys(entry.document, entry.sha256, entry.url):
                self._places.setdefault(key, place)

    @classmethod
    def read(cls, archive: Path | None) -> WithheldList:
        """The list of an archive folder, empty where there is none; ConfigError names file, line and what is wrong."""
        if archive is None:
            return cls()
        path = archive / FILE
        return cls(_entry(row, f"{path}, line {line}") for line, row in _rows(path)[1])

    def of(
        self, *, document: str | None = None, sha256: str | None = None, url: str | None = None
    ) -> Withheld | None:
        """The first line that goes by any of these; "" and None never match."""
        found = [self._places[key] for key in _keys(document, sha256, url) if key in self._places]
        return self._entries[min(found)] if found else None

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Withheld]:
        return iter(self._entries)


def withhold(archive: Path, entries: Iterable[Withheld]) -> None:
    """Return once the lines stand in the archive's list, on the disk; what it says already is not said twice.

    The old list or the new one is there at any moment. ConfigError where the old one cannot be read, CannotWrite where
    the folder cannot be written, StorageFailure where the disk is full or fails.
    """
    with _alone(archive):
        path = (archive / FILE).resolve()
        header, rows = _rows(path)
        said = {_keys(one.document, one.sha256, one.url) for one in WithheldList.read(archive)}
        fresh = []
        for entry in entries:
            keys = _keys(entry.document, entry.sha256, entry.url)
            if keys not in said:
                said.add(keys)
                fresh.append({name: _written(value or "") for name, value in asdict(entry).items()})
        if fresh:
            columns = (*header, *(name for name in COLUMNS if name not in header))
            _replace(path, _table(columns, [*(row for _, row in rows), *fresh]))


def _keys(document: str | None, sha256: str | None, url: str | None) -> tuple[tuple[str, str], ...]:
    given = (("document", document), ("sha256", (sha256 or "").lower()), ("url", (url or "").strip()))
    return tuple((name, value) for name, value in given if value)


def _rows(path: Path) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """The header of the file and its rows as they are written, each with the line it ends in; blank ones left out."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines, strict=True)
            cells = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except FileNotFoundError:
        return [], []
    except (OSError, ValueError, csv.Error) as error:
        raise ConfigError(f"{path} cannot be read: {error}") from error
    if not cells:
        return [], []
    (_, first), *others = cells
    header = [name.strip().lower() for name in first]
    if not set(header) & set(_NAMING):
        raise ConfigError(f"{path}, line {cells[0][0]}: its header must name document, sha256 or url, with commas")
    return header, [(line, _row(header, row, f"{path}, line {line}")) for line, row in others]


def _row(header: list[str], cells: list[str], place: str) -> dict[str, str]:
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        raise ConfigError(f"{place}: has more cells than the header; a text with commas stands in quotes")
    return dict(zip(header, cells, strict=False))


def _entry(row: dict[str, str], place: str) -> Withheld:
    cells = {name: _unquoted(row.get(name, "")).strip() for name in COLUMNS}
    cells["sha256"] = cells["sha256"].lower()
    if not any(cells[name] for name in _NAMING):
        raise ConfigError(f"{place}: names no document: it needs an id, a SHA-256 or an address")
    for name, form in _FORMS.items():
        if cells[name] and not form.fullmatch(cells[name]):
            raise ConfigError(f"{place}: {cells[name]!r} is no {name}: that is {form.pattern[-3:-1]} digits of 0-9, a-f")
    if cells["date"] and not _is_day(cells["date"]):
        raise ConfigError(f"{place}: {cells['date']!r} is no day: write it as 2020-06-30")
    return Withheld(cells["document"], cells["sha256"], cells["url"] or None, cells["date"], cells["reason"])


def _is_day(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _written(value: str) -> str:
    """The value in one line, as text that no spreadsheet takes for a formula."""
    cell = " ".join(value.split())
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _unquoted(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _table(columns: tuple[str, ...], rows: list[dict[str, str]]) -> str:
    text = io.StringIO()
    # With this end of line a lone \r inside a cell is quoted too.
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _replace(path: Path, text: str) -> None:
    fresh = path.with_name(f".{path.name}.new")
    with fresh.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        shutil.copymode(path, fresh)
    fresh.replace(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _alone(archive: Path) -> Iterator[None]:
    """A block in which nobody else adds to the list, the complaints of the disk in our words."""
    try:
        descriptor = os.open(archive, os.O_RDONLY | os.O_DIRECTORY)
        try:
            # The lock is on the folder itself, so it leaves no file behind and ends with the process.
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)
    except OSError as error:
        place = error.filename2 or error.filename or archive
        kind = StorageFailure if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO) else CannotWrite
        raise kind(f"{place}: {error.strerror}; nothing was entered into {archive / FILE}") from error
