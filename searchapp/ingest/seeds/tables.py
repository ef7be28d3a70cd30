"""What does a `metadata.csv` declare about the files of its folder, and how is one written?"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TextIO

from searchapp.errors import IngestError
from searchapp.ingest.data.scrubbing import escaped
from searchapp.ingest.seeds.declared import KEYWORDS, KNOWN, Declaration, declaration_of
from searchapp.ingest.seeds.files import refused
from searchapp.ingest.seeds.opening import Unreadable, opened, regular_status

TABLE = "metadata.csv"
MAX_TABLE_BYTES = 256 * 2**20
MAX_CELL = 2**20
"""Characters of a cell; a table with a longer one lacks a quotation mark."""
INFERRED = "inferred_"
"""What the name of a column begins with that is there to be read by people alone."""
SEPARATOR = " | "
_BETWEEN = "\x1f"

# Spreadsheets run what begins like this; a quote before it makes it a text.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_RECORD = re.compile(r"(.*?\.(?:jsonl|ndjson|warc)(?:\.gz)?)#(.+)", re.IGNORECASE | re.DOTALL)
_LISTS = ("actors", "actor", "locations", "location", "author", "authors")
_PLAIN = KNOWN.difference(KEYWORDS)


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands in its table, for a table has more rows than a program has room for declarations.

    `doubled` says that the table has another row for the same path, `weaker` is the row of a table further up.
    """

    columns: tuple[str, ...]
    cells: str
    doubled: str = ""
    weaker: Row | None = None

    def declares(self) -> Declaration:
        """What the row declares, and the rows of tables further up where it is silent."""
        cells = zip(self.columns, map(plain_cell, self.cells.split(_BETWEEN)), strict=False)
        said = _declared({name: cell for name, cell in cells if cell.strip()})
        if self.doubled:
            said = said.over(Declaration(refused=(f"{TABLE} has more than one row for {self.doubled}",)))
        return said if self.weaker is None else said.over(self.weaker.declares())


class BrokenTable(IngestError):
    """What stands in the table cannot be understood."""


def read_table(path: str, root: Path, key: str) -> dict[str, Row]:
    """The rows of the table by path relative to its folder, the first of each; IngestError where it cannot be read."""
    try:
        if regular_status(path, root).st_size > MAX_TABLE_BYTES:
            raise Unreadable(f"is larger than {MAX_TABLE_BYTES // 2**20} MB")
        with opened(path, root) as stream, io.TextIOWrapper(stream, "utf-8-sig", newline="") as lines:
            csv.field_size_limit(MAX_CELL)
            return _rows(_cells(csv.reader(lines, strict=True), key), key)
    except Unreadable as error:
        raise refused(key, str(error.strerror), skipped=error.skipped) from error
    except OSError as error:
        raise refused(key, f"cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise BrokenTable(key, "seeds", f"line {_not_utf8(path, root)}: is not written in UTF-8; save it so") from error


def _not_utf8(path: str, root: Path) -> int:
    """The number of the first line that is no UTF-8."""
    with opened(path, root) as stream:
        for number, line in enumerate(stream, start=1):
            if not _is_utf8(line):
                return number
    return 1


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _cells(lines: Any, key: str) -> Iterator[list[str]]:
    """The rows of a reader of CSV; BrokenTable says in which line the broken one begins."""
    while True:
        begins = lines.line_num + 1
        try:
            row = next(lines, None)
        except csv.Error as error:
            reason = f"line {begins}: {error}; a quotation mark may be missing there, or one too many"
            raise BrokenTable(key, "seeds", reason) from error
        if row is None:
            return
        yield row


def _rows(lines: Iterator[list[str]], key: str) -> dict[str, Row]:
    columns = tuple(next(lines, ()))
    if columns and "path" not in columns:
        raise BrokenTable(key, "seeds", "line 1: has no column named path, which says what each row is about; add it")
    found: dict[str, Row] = {}
    for cells in lines:
        path = _path_of(dict(zip(columns, cells, strict=False)))
        if path in found:
            found[path] = replace(found[path], doubled=path)
        elif path:
            found[path] = Row(columns, _BETWEEN.join(cell.replace(_BETWEEN, " ") for cell in cells))
    return found


def _path_of(row: Mapping[str, str]) -> str:
    return escaped(plain_cell(row.get("path", "")).removeprefix("./"))


def _declared(row: Mapping[str, str]) -> Declaration:
    cells = {name: cell for name, cell in row.items() if name not in ("", "path") and not name.startswith(INFERRED)}
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
