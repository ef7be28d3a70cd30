"""What a journal knows of a file, of a document's source and of a parsed page."""

from __future__ import annotations

from dataclasses import dataclass

from searchapp.errors import IngestError


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """An indexed source: `stamp` stands for its content and its declarations, `pipeline` for all that read them.

    `file` is the key of the file it came from: its own key, or that of the file of records that holds it.
    """

    key: str
    file: str
    document: str
    stamp: str
    pipeline: str
    sha256: str
    run: str


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file that was read: `state` shows without reading that it is the same, "" where nothing does.

    `documents` is how many sources it brought, `problems` what else it held.
    """

    key: str
    state: str
    documents: int
    bytes: int
    problems: tuple[IngestError, ...] = ()


@dataclass(frozen=True, slots=True)
class Spooled:
    """A parsed page, packed: `raw` is its raw file without bytes, `lines` are the digests of its lines.

    `size` is how many bytes the page has when it is unpacked, `place` where its lines are counted, `rank` a number by
    which some documents are taken of many.
    """

    key: str
    file: str
    stamp: str
    raw: bytes
    page: bytes
    size: int
    place: str = ""
    rank: int = 0
    lines: bytes = b""
