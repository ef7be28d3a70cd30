"""The files under a root become RawFiles, one a file or one a record, in the order of their keys."""

from __future__ import annotations

import gzip
import json
import os
import stat
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from searchapp.errors import IngestError
from searchapp.ingest.seeds.declared import Declaration, declaration_of, read_sidecar, read_table
from searchapp.ingest.seeds.patterns import PathPattern
from searchapp.ingest.seeds.roots import Root
from searchapp.model import RawFile

PAGES = (".txt", ".html", ".htm")
RECORDS = (".jsonl", ".ndjson")
SIDECARS = (".json", ".yaml", ".yml")
TABLE = "metadata.csv"
MAX_FILE_BYTES = 64 * 2**20
MAX_LINE_BYTES = 64 * 2**20

Found = tuple[RawFile | IngestError, tuple[str, ...]]
"""A raw file, or why a file is none; with what was refused of what is declared about it."""


def iter_raw(root: Root, pattern: PathPattern | None = None) -> Iterator[Found]:
    """Every file and record under the root; a file that cannot be read comes as the IngestError that says why."""
    tables: dict[str, Declaration] = {}
    for relative, path in _files(root.path):
        key = f"{root.name}/{relative}" if relative else root.name
        if path.name == TABLE:
            try:
                tables |= _prefixed(read_table(path, key), relative)
            except IngestError as error:
                yield error, ()
            continue
        below = relative or path.name
        declared = tables.get(below, Declaration()).over(pattern.declares(below) if pattern else Declaration())
        yield from _from_file(path, key, declared)


def _prefixed(table: Mapping[str, Declaration], relative: str) -> dict[str, Declaration]:
    folder = relative[: -len(TABLE)]
    return {folder + path.removeprefix("./"): declaration for path, declaration in table.items()}


def _files(path: Path) -> Iterator[tuple[str, Path]]:
    """Relative path ("" for the root itself) and path of every file that is no sidecar, tables before the rest."""
    if not path.is_dir():
        yield "", path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names, key=lambda one: (one != TABLE, one)):
            if not name.startswith(".") and not _is_sidecar(name, names):
                file = Path(folder, name)
                yield file.relative_to(path).as_posix(), file


def _is_sidecar(name: str, names: list[str]) -> bool:
    stem, suffix = os.path.splitext(name)
    return suffix in SIDECARS and any(f"{stem}{page}{gz}" in names for page in PAGES for gz in ("", ".gz"))


def _kind(name: str) -> str:
    return os.path.splitext(name.lower().removesuffix(".gz"))[1]


def _from_file(path: Path, key: str, declared: Declaration) -> Iterator[Found]:
    try:
        _refuse_odd_files(path, key)
        if _kind(path.name) in RECORDS:
            yield from _records(path, key, declared)
        else:
            declared = _sidecar(path, key).over(declared)
            yield RawFile(key, _read(path, key), declared.claims, declared.values), declared.refused
    except IngestError as error:
        yield error, declared.refused


def _refuse_odd_files(path: Path, key: str) -> None:
    try:
        status = path.stat()
    except OSError as error:
        raise IngestError(key, "seeds", f"cannot be read: {error.strerror}") from error
    if not stat.S_ISREG(status.st_mode):
        raise IngestError(key, "seeds", "is no regular file", skipped=True)
    if path.is_symlink() and path.resolve().parent not in (path.parent.resolve(), *path.parent.resolve().parents):
        raise IngestError(key, "seeds", "is a link to a place outside its folder", skipped=True)
    if _kind(path.name) not in (*PAGES, *RECORDS):
        suffix = _kind(path.name) or "no suffix"
        raise IngestError(key, "seeds", f"is of a kind that cannot be ingested ({suffix})", skipped=True)


def _sidecar(path: Path, key: str) -> Declaration:
    stem = path.name.removesuffix(".gz").rsplit(".", 1)[0]
    found = next((one for suffix in SIDECARS if (one := path.with_name(stem + suffix)).exists()), None)
    return read_sidecar(found, key) if found else Declaration()


def _read(path: Path, key: str) -> bytes:
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            data: bytes = stream.read(MAX_FILE_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise IngestError(key, "seeds", f"cannot be read: {error}") from error
    if len(data) > MAX_FILE_BYTES:
        raise IngestError(key, "seeds", f"is larger than {MAX_FILE_BYTES // 2**20} MB")
    return data


def _records(path: Path, key: str, declared: Declaration) -> Iterator[Found]:
    """One RawFile a line; a line that is no record comes as the error that says so, the others go on."""
    taken: dict[str, int] = {}
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            for number, line in enumerate(iter(lambda: stream.readline(MAX_LINE_BYTES), b""), start=1):
                if line.strip():
                    yield _record(line.strip(), key, number, taken, declared)
    except (OSError, EOFError, zlib.error) as error:
        raise IngestError(key, "seeds", f"cannot be read to its end: {error}") from error


def _record(line: bytes, key: str, number: int, taken: dict[str, int], declared: Declaration) -> Found:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        return IngestError(f"{key}#{number}", "seeds", f"line {number} is no JSON: {error}"), ()
    if not isinstance(fields, dict) or not fields:
        return IngestError(f"{key}#{number}", "seeds", f"line {number} is no JSON object with a document"), ()
    name = _record_name(fields, number)
    if name in taken:
        reason = f"line {number} has the id {name!r}, which line {taken[name]} has already"
        return IngestError(f"{key}#{number}", "seeds", reason), ()
    taken[name] = number
    said = declaration_of(fields, "record").over(declared)
    return RawFile(f"{key}#{name}", line, said.claims, said.values, fields), said.refused


def _record_name(fields: Mapping[str, Any], number: int) -> str:
    given = fields.get("id")
    if isinstance(given, str | int) and not isinstance(given, bool) and str(given).strip():
        return str(given).strip()
    return str(number)
