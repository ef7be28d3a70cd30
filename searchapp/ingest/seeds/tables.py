"""What does a `metadata.csv` declare about the files of its folder, and how is one written?"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from searchapp.ingest.data.scrubbing import escaped
from searchapp.ingest.seeds.declared import KEYWORDS, KNOWN, Declaration, declaration_of
from searchapp.ingest.seeds.files import refused
from searchapp.ingest.seeds.opening import Unreadable, opened

TABLE = "metadata.csv"
MAX_TABLE_BYTES = 64 * 2**20
INFERRED = "inferred_"
"""What the name of a column begins with that is there to be read by people alone."""
SEPARATOR = " | "

# Spreadsheets run what begins like this; a quote before it makes it a text.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_RECORD = re.compile(r"(.*?\.(?:jsonl|ndjson|warc)(?:\.gz)?)#(.+)", re.IGNORECASE | re.DOTALL)
_LISTS = ("actors", "actor", "locations", "location", "author", "authors")
_PLAIN = KNOWN.difference(KEYWORDS)


def read_table(path: Path, root: Path, key: str) -> dict[str, Declaration]:
    """What the table declares, by path relative to its folder; IngestError where it cannot be read."""
    try:
        with opened(path, root) as stream:
            data = stream.read(MAX_TABLE_BYTES + 1)
        if len(data) > MAX_TABLE_BYTES:
            raise refused(key, f"is larger than {MAX_TABLE_BYTES // 2**20} MB")
        return _declarations(data.decode("utf-8-sig"), key)
    except Unreadable as error:
        raise refused(key, str(error.strerror), skipped=error.skipped) from error
    except (OSError, ValueError, csv.Error) as error:
        raise refused(key, f"cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _declarations(text: str, key: str) -> dict[str, Declaration]:
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if rows.fieldnames is not None and "path" not in rows.fieldnames:
        raise refused(key, "has no column named path, which says what each row is about")
    found: dict[str, Declaration] = {}
    for row in rows:
        path = escaped(plain_cell(row["path"] or "").removeprefix("./"))
        if path in found:
            found[path] = found[path].over(Declaration(refused=(f"{TABLE} has more than one row for {path}",)))
        elif path:
            found[path] = _row(row)
    return found


def _row(row: Mapping[str | None, Any]) -> Declaration:
    cells = {
        name: plain_cell(value)
        for name, value in row.items()
        if name and not name.startswith(INFERRED) and name != "path" and isinstance(value, str) and value.strip()
    }
    facets = {name: value.split(SEPARATOR) for name, value in cells.items() if name not in _PLAIN}
    known = {
        name: value.split(SEPARATOR) if name in _LISTS else value for name, value in cells.items() if name in _PLAIN
    }
    return declaration_of({**known, "facets": facets}, TABLE)


def split_record(path: str) -> tuple[str, str]:
    """The file that a path of a table names, and the record in it ("" for the whole file)."""
    match = _RECORD.fullmatch(path)
    return (match[1], match[2]) if match else (path, "")


def write_table(target: TextIO, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> int:
    """Write a table that `read_table` reads as the same; how many rows it has."""
    writer = csv.DictWriter(target, columns, restval="", lineterminator="\n")
    writer.writeheader()
    count = 0
    for row in rows:
        writer.writerow({name: neutral_cell(value) for name, value in row.items()})
        count += 1
    return count


def neutral_cell(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def plain_cell(cell: str) -> str:
    """The text that `neutral_cell` made the cell of."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
