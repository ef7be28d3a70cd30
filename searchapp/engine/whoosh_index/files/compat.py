"""Loads Whoosh before anything else does: without its warnings, and reading mapped segments in place.

As it comes, Whoosh copies all postings into memory when a segment is opened. Importing this module changes that.
"""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    # Compiled for the first time, some modules warn of escapes and comparisons that newer Pythons frown upon.
    warnings.simplefilter("ignore")
    import whoosh
    import whoosh.index
    import whoosh.writing
    from whoosh.codec import whoosh3
    from whoosh.filedb import structfile

_LINE = 4096


class MappedFile:
    """A read-only file over a buffer, as far as Whoosh asks for one; only the bytes that are read are copied."""

    __slots__ = ("_buffer", "_position")

    def __init__(self, buffer: memoryview) -> None:
        self._buffer = buffer
        self._position = 0

    def seek(self, offset: int, whence: int = 0) -> int:
        start = (0, self._position, len(self._buffer))[whence]
        self._position = start + offset
        return self._position

    def tell(self) -> int:
        return self._position

    def read(self, size: int | None = -1) -> bytes:
        rest = len(self._buffer) - self._position
        length = rest if size is None or size < 0 else min(size, rest)
        start = self._position
        self._position = start + length
        return bytes(self._buffer[start : self._position])

    def readline(self) -> bytes:
        """The bytes up to the next line feed, which pickles of old protocols are read by."""
        start = end = self._position
        while end < len(self._buffer):
            piece = bytes(self._buffer[end : end + _LINE])
            found = piece.find(b"\n")
            if found >= 0:
                end += found + 1
                break
            end += len(piece)
        self._position = end
        return bytes(self._buffer[start:end])

    def close(self) -> None:
        """Nothing to let go of: the buffer belongs to the mapped segment."""


structfile.BytesIO = MappedFile

WHOOSH = f"Whoosh {whoosh.versionstring()}, codec {whoosh3.W3Codec.__name__}"
"""What the segments are written by."""
