"""What is known of a file before it is read: its kind, its state, and what tables and its path declare about it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Self

from searchapp.errors import IngestError
from searchapp.ingest.data.scrubbing import scrubbed_line
from searchapp.ingest.seeds.declared import Declaration

Kind = Literal["text", "html", "records", "archive"]

_KINDS: Mapping[str, Kind] = {
    ".txt": "text", ".html": "html", ".htm": "html", ".jsonl": "records", ".ndjson": "records", ".warc": "archive",
}  # fmt: skip

MAX_FILE_BYTES = 16 * 2**20
"""Of a page, decompressed; what comes after is cut off, and the page says so."""

Refused = IngestError
"""Why something that was found is no file to read."""


@dataclass(frozen=True, slots=True)
class FileState:
    """What shows without reading that a file is as it was: bytes, times in nanoseconds, inode number."""

    size: int
    modified: int
    changed: int
    inode: int

    @classmethod
    def of(cls, status: os.stat_result) -> Self:
        return cls(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


@dataclass(frozen=True, slots=True)
class SeedFile:
    """A file that can be read.

    `root` is the real folder that it may lie in, `kind` what its suffix says (`.gz` does not count). `states` are that
    of the file, then of its sidecar where it has one. `said` is what `metadata.csv` and the path declare, `rows` what
    `metadata.csv` declares about single records, by their name.
    """

    key: str
    path: str
    root: Path
    kind: Kind
    states: tuple[FileState, ...]
    said: Declaration = field(default_factory=Declaration)
    rows: Mapping[str, Declaration] = field(default_factory=dict)
    sidecar: str | None = None

    @property
    def compressed(self) -> bool:
        return self.path.lower().endswith(".gz")


def kind_of(name: str) -> Kind | None:
    """What the name of a file says that it holds; None for what cannot be ingested."""
    return _KINDS.get(suffix_of(name))


def suffix_of(name: str) -> str:
    """The suffix in small letters, that of what is compressed for `.gz`."""
    return os.path.splitext(name.lower().removesuffix(".gz"))[1]


def refused(key: str, reason: str, *, skipped: bool = False) -> IngestError:
    """The error of this stage; what is quoted in its reason cannot harm a terminal."""
    return IngestError(key, "seeds", scrubbed_line(reason), skipped=skipped)


def cut_off(data: bytes) -> tuple[bytes, bool]:
    """The bytes of a page as far as they are read, ending with a whole character in UTF-8; whether there are more."""
    if len(data) <= MAX_FILE_BYTES:
        return data, False
    end = MAX_FILE_BYTES
    while end > MAX_FILE_BYTES - 3 and data[end] & 0xC0 == 0x80:
        end -= 1
    return data[:end], True
