"""Which documents stand in the lines of a JSONL file, under the key names of ours and of others?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BufferedReader, RawIOBase
from typing import Any

from searchapp.errors import IngestError
from searchapp.ingest.data.scrubbing import escaped, scrubbed
from searchapp.ingest.seeds.declared import Declaration, declaration_of
from searchapp.ingest.seeds.files import SeedFile, refused
from searchapp.ingest.seeds.mappings import json_value
from searchapp.model import RawFile

MAX_LINE_BYTES = 16 * 2**20
MAX_NAMED = 1_000
"""Lines of a file that are each named as no record."""
MAX_BAD = 100_000
"""Lines that are no records, after which a file that holds few others is none of records."""
MAX_NAME = 200
"""Characters of an id; a longer one names nothing."""

_CHUNK = 2**18
_IDS = ("id", "stories_id")
_TEXTS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "maintext", "story_text"), "raw": ("raw", "raw_text"), "html": ("html", "raw_html"),
}  # fmt: skip
"""Text that is clean already, text to be cleaned, and markup, under the names that writers of such files use."""

_Found = tuple[RawFile | IngestError, tuple[str, ...]]


def read_records(stream: BufferedReader[RawIOBase], file: SeedFile) -> Iterator[_Found]:
    """One RawFile a line; a line that is no record comes as the error that says so, and the others go on.

    Of very many such lines the first are named and the others counted; a file of hardly anything else is given up.
    """
    good = bad = 0
    for found in _lines(stream, file):
        if isinstance(found[0], RawFile):
            good += 1
        else:
            bad += 1
        if bad <= MAX_NAMED or isinstance(found[0], RawFile):
            yield found
        elif bad >= MAX_BAD and bad > 10 * good:
            yield refused(file.key, f"is given up after {bad:,} lines that are no records"), ()
            return
    if bad > MAX_NAMED:
        yield refused(file.key, f"has {bad - MAX_NAMED:,} more lines that are no records"), ()


def _lines(stream: BufferedReader[RawIOBase], file: SeedFile) -> Iterator[_Found]:
    number = 0
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(line) > MAX_LINE_BYTES:
            yield _no_record(file, number, f"is longer than {MAX_LINE_BYTES // 2**20} MB")
            _pass_over(line, stream)
        elif line.strip():
            yield _record(line.strip(), number, file)
        else:
            number += _pass_over_blank_lines(stream)


def _pass_over_blank_lines(stream: BufferedReader[RawIOBase]) -> int:
    """How many there are from here on: a small file may unfold to a gigabyte of them."""
    number = 0
    while chunk := stream.peek():
        blank = chunk[: len(chunk) - len(chunk.lstrip())]
        end = blank.rfind(b"\n") + 1
        stream.read(end)
        number += blank.count(b"\n")
        if end < len(chunk):
            break
    return number


def _pass_over(line: bytes, stream: BufferedReader[RawIOBase]) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(_CHUNK)


def _record(line: bytes, number: int, file: SeedFile) -> _Found:
    try:
        fields = json_value(line)
    except ValueError as error:
        return _no_record(file, number, f"is no JSON: {error}")
    if not isinstance(fields, dict) or not fields:
        return _no_record(file, number, "is no JSON object with a document")
    name = _name(fields) or str(number)
    said = combined(declaration_of(fields, "record").over(replace(file.said, refused=())), file, name)
    try:
        held = _held(fields)
    except ValueError as error:
        return refused(f"{file.key}#{name}", str(error)), said.refused
    sha256 = hashlib.sha256(line).hexdigest()
    return RawFile(
        f"{file.key}#{name}", line, said.claims, said.values, held, sha256, "record", retrieved=said.retrieved
    ), said.refused


def _no_record(file: SeedFile, number: int, reason: str) -> _Found:
    """Why a line is none, under a key that no record has: its bare number may be the id of another one."""
    return refused(f"{file.key}#line {number}", reason), ()


def combined(said: Declaration, file: SeedFile, name: str) -> Declaration:
    """What is said of a record, with what `metadata.csv` says of this very record over it."""
    row = file.rows.get(name)
    return said if row is None else row.beyond(said).over(said)


def _name(fields: Mapping[str, Any]) -> str | None:
    """The id of a record as a part of its key; None where it has none."""
    for given in (fields.get(name) for name in _IDS):
        if isinstance(given, str | int) and not isinstance(given, bool):
            name = escaped(str(given).strip())
            if 0 < len(name) <= MAX_NAME:
                return name
    return None


def _held(fields: Mapping[str, Any]) -> dict[str, object]:
    """The id and the texts of a record under our names, scrubbed; ValueError where a text is none."""
    held: dict[str, object] = {"id": _name(fields)}
    for ours, names in _TEXTS.items():
        name = next((name for name in names if fields.get(name)), None)
        if name is not None:
            if not isinstance(fields[name], str):
                raise ValueError(f"its {name} is no text")
            held[ours] = scrubbed(fields[name])
    return held
