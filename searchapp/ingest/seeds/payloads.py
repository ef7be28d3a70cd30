"""Which bytes did a server mean by what it sent: taken out of its chunks, decompressed, cut where they are too many?"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from warcio.limitreader import LimitReader
from warcio.statusandheaders import StatusAndHeaders

from searchapp.ingest.seeds.files import MAX_FILE_BYTES, cut_off

_CHUNK = 2**16
_MAX_SIZE_LINE = 1024
_GZIP = b"\x1f\x8b"


class Undecoded(ValueError):
    """The payload is encoded in a way that cannot be read, or damaged before anything could be."""


def payload_of(stream: LimitReader, http: StatusAndHeaders | None) -> tuple[bytes, bool]:
    """At most MAX_FILE_BYTES of what the stream holds, as its HTTP head says it is encoded; whether more was meant.

    Crawlers often store what they have decoded already under the head as it was, so what is not encoded is taken as
    it stands.
    """
    pieces = _plain(stream)
    if http is not None:
        if "chunked" in str(http.get_header("Transfer-Encoding") or "").lower():
            pieces = _dechunked(stream)
        for coding in reversed(str(http.get_header("Content-Encoding") or "").lower().split(",")):
            pieces = _decompressed(pieces, coding.strip())
    data = bytearray()
    try:
        for piece in pieces:
            data += piece
            if len(data) > MAX_FILE_BYTES:
                return cut_off(bytes(data))
    except (Undecoded, zlib.error) as error:
        if not data:
            raise Undecoded(f"cannot be decoded: {error}") from error
        return bytes(data), True
    return bytes(data), False


def _plain(stream: LimitReader) -> Iterator[bytes]:
    while piece := stream.read(_CHUNK):
        yield piece


def _dechunked(stream: LimitReader) -> Iterator[bytes]:
    line = stream.readline(_MAX_SIZE_LINE)
    if _size(line) is None:
        yield line
        yield from _plain(stream)
        return
    while left := _size(line):
        while left:
            piece = stream.read(min(left, _CHUNK))
            if not piece:
                raise Undecoded("it ends within a chunk")
            left -= len(piece)
            yield piece
        stream.read(2)
        line = stream.readline(_MAX_SIZE_LINE)
    if _size(line) is None:
        raise Undecoded("a chunk does not say how long it is")


def _size(line: bytes) -> int | None:
    try:
        size = int(line.partition(b";")[0].strip(), 16)
    except ValueError:
        return None
    return size if size >= 0 else None


def _decompressed(pieces: Iterable[bytes], coding: str) -> Iterator[bytes]:
    if coding in ("", "identity"):
        yield from pieces
        return
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise Undecoded(f"it is compressed as {coding[:20]!r}, which is not read")
    pieces = iter(pieces)
    first = next(pieces, b"")
    inflater = _inflater(first, coding)
    if inflater is None:
        yield first
        yield from pieces
        return
    yield from _inflated(inflater, first)
    for piece in pieces:
        yield from _inflated(inflater, piece)
    if not inflater.eof:
        raise Undecoded("it ends before its end")


def _inflater(first: bytes, coding: str) -> zlib._Decompress | None:
    """What reads the bytes that begin like this; None where they are not compressed."""
    if coding != "deflate":
        return zlib.decompressobj(wbits=31) if first.startswith(_GZIP) else None
    for wbits in (15, -15):
        try:
            zlib.decompressobj(wbits=wbits).decompress(first, 1)
        except zlib.error:
            continue
        return zlib.decompressobj(wbits=wbits)
    return None


def _inflated(inflater: zlib._Decompress, piece: bytes) -> Iterator[bytes]:
    while piece and not inflater.eof:
        yield inflater.decompress(piece, _CHUNK)
        piece = inflater.unconsumed_tail
