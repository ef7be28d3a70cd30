"""Which pages does a web archive (WARC) hold, and when were they fetched from where?"""

from __future__ import annotations

import hashlib
import io
import logging
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from warcio.archiveiterator import WARCIterator
from warcio.bufferedreaders import BufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser

from searchapp.errors import IngestError
from searchapp.ingest.data.scrubbing import escaped
from searchapp.ingest.seeds.declared import Declaration, declaration_of
from searchapp.ingest.seeds.files import SeedFile, refused
from searchapp.ingest.seeds.payloads import Undecoded, payload_of
from searchapp.ingest.seeds.records import MAX_NAME, combined
from searchapp.model import RawFile

MAX_HEADER_BYTES = 2**20
MAX_BLANKS = 1_000
"""Blank lines between records, of which there should be two; a small file may unfold to a gigabyte of them."""
_TYPES: dict[str, Literal["text", "html"]] = {
    "text/html": "html", "application/xhtml+xml": "html", "text/plain": "text",
}  # fmt: skip
_WANTED = {"response": ("html",), "resource": ("html", "text"), "conversion": ("text",)}

# Its warnings quote addresses as they stand; what is wrong with a record is said here.
logging.getLogger("warcio").addHandler(logging.NullHandler())

_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_MAX_REASON = 120
_CHUNK = 2**16

_Found = tuple[RawFile | IngestError, tuple[str, ...]]


@dataclass(slots=True)
class _Tally:
    """How many records have been seen, and how many of them are responses that hold no page."""

    records: int = 0
    others: int = 0

    def notes(self) -> tuple[str, ...]:
        return (f"{self.others:,} responses of its archive are no pages",) if self.others else ()


class _Damaged(Exception):
    """A record that cannot be read any further, nor what comes after it."""


class _Pieces:
    """What can be read of a stream, piece by piece, so that what stands before a damage is not lost with it."""

    def __init__(self, stream: io.BufferedReader[io.RawIOBase]) -> None:
        self._stream = stream
        self._at = 0

    def read(self, size: int) -> bytes:
        piece = self._stream.read1(size)
        self._at += len(piece)
        return piece

    def tell(self) -> int:
        return self._at


class _Lines(BufferedReader):  # type: ignore[misc]
    """A reader whose headers cannot grow without end."""

    def __init__(self, pieces: _Pieces) -> None:
        super().__init__(pieces)
        self._block = 0
        self._blanks = 0

    def readline(self, length: int | None = None) -> bytes:
        line: bytes = super().readline(min(length or MAX_HEADER_BYTES, MAX_HEADER_BYTES))
        self._block = self._block + len(line) if line.strip() else 0
        self._blanks = 0 if self._block else self._blanks + 1
        if self._block >= MAX_HEADER_BYTES:
            raise _Damaged(f"a header is longer than {MAX_HEADER_BYTES // 2**20} MB")
        if self._blanks >= MAX_BLANKS:
            raise _Damaged("there are nothing but blank lines")
        return line


class _Records(WARCIterator):  # type: ignore[misc]
    """The records of a stream that is decompressed already; `err_count` says that one did not end where it should."""

    INC_RECORD = ""

    def __init__(self, stream: io.BufferedReader[io.RawIOBase]) -> None:
        pieces = _Pieces(stream)
        super().__init__(pieces, no_record_parse=True)
        self.reader = _Lines(pieces)


def read_archive(stream: io.BufferedReader[io.RawIOBase], file: SeedFile) -> Iterator[_Found]:
    """Every page of the archive; of a damaged one those before the damage, then why the rest is not read.

    The last one says how many responses were no pages.
    """
    tally = _Tally()
    waiting: _Found | None = None
    for found in _pages(stream, file, tally):
        if waiting is not None:
            yield waiting
        waiting = found
    if waiting is None:
        waiting = refused(file.key, "holds no pages", skipped=True), ()
    yield waiting[0], (*waiting[1], *tally.notes())


def _pages(stream: io.BufferedReader[io.RawIOBase], file: SeedFile, tally: _Tally) -> Iterator[_Found]:
    records = _Records(stream)
    try:
        for record in records:
            if records.err_count or record.length is None:
                raise _Damaged("a record does not end where it says")
            tally.records += 1
            yield from _page(record, tally, file)
            if _cut(record):
                raise _Damaged("its last record is cut off")
        if not tally.records:
            raise _Damaged("there is no record")
    except (_Damaged, ArchiveLoadFailed, OSError, zlib.error) as error:
        reason = str(getattr(error, "strerror", None) or error)[:_MAX_REASON]
        where = f"behind its record {tally.records:,} (byte {records.offset:,} of what it holds)"
        yield refused(file.key, f"cannot be read {where}: {reason}"), ()


def _cut(record: ArcWarcRecord) -> bool:
    """Whether the file ends before this record does; the rest of the record is passed over."""
    while record.raw_stream.read(_CHUNK):
        continue
    return bool(record.raw_stream.limit > 0)


def _page(record: ArcWarcRecord, tally: _Tally, file: SeedFile) -> Iterator[_Found]:
    """The page of the record, if it holds one."""
    http = _http(record)
    if record.rec_type == "response" and (http is None or not http.get_statuscode().startswith("2")):
        tally.others += 1
        return
    media, charset = _media((http or record.rec_headers).get_header("Content-Type"))
    kind = _TYPES.get(media)
    if kind not in _WANTED.get(record.rec_type, ()):
        tally.others += record.rec_type == "response"
        return
    name = _name(record) or str(tally.records)
    try:
        data, truncated = payload_of(record.raw_stream, http)
    except Undecoded as error:
        yield refused(f"{file.key}#{name}", str(error)), ()
        return
    truncated = truncated or _cut(record) or _is_partial(record, http)
    said = combined(_said(record, file), file, name)
    yield RawFile(
        f"{file.key}#{name}", data, said.claims, said.values, None, hashlib.sha256(data).hexdigest(), kind,
        charset=charset, retrieved=said.retrieved, truncated=truncated,
    ), said.refused  # fmt: skip


def _http(record: ArcWarcRecord) -> StatusAndHeaders | None:
    """The head of the HTTP answer that a response record holds."""
    if record.rec_type != "response" or not str(record.content_type or "").lower().startswith("application/http"):
        return None
    try:
        return StatusAndHeadersParser([], verify=False).parse(record.raw_stream)
    except EOFError:
        return None


def _media(header: str | None) -> tuple[str, str | None]:
    """The media type and the charset that a Content-Type names."""
    charset = _CHARSET.search(header or "")
    return (header or "").partition(";")[0].strip().lower(), charset[1] if charset else None


def _is_partial(record: ArcWarcRecord, http: StatusAndHeaders | None) -> bool:
    """Whether the crawler, or the server, says that this is not the whole page."""
    return record.rec_headers.get_header("WARC-Truncated") is not None or (
        http is not None and http.get_statuscode() == "206"
    )


def _name(record: ArcWarcRecord) -> str | None:
    given = str(record.rec_headers.get_header("WARC-Record-ID") or "").strip().strip("<>").removeprefix("urn:uuid:")
    name = escaped(given)
    return name if 0 < len(name) <= MAX_NAME else None


def _said(record: ArcWarcRecord, file: SeedFile) -> Declaration:
    headers = record.rec_headers
    fields = {"url": headers.get_header("WARC-Target-URI"), "retrieved": headers.get_header("WARC-Date")}
    return replace(file.said, refused=()).over(declaration_of(fields, "warc"))
