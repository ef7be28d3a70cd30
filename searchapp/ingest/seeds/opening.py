"""How is a file opened so that nothing hangs and no byte outside of its root is read?"""

from __future__ import annotations

import errno
import io
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

MAX_HOLE = 16 * 2**20
"""Bytes of a sparse file that are not stored and may still be read as zeros."""

_CHUNK = 2**18
_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY


class Unreadable(OSError):
    """The file cannot be read, `strerror` says why; `skipped` where it never was one to read."""

    def __init__(self, reason: str, *, skipped: bool = False) -> None:
        super().__init__(errno.EIO, reason)
        self.skipped = skipped


def regular_status(path: str, root: Path) -> os.stat_result:
    """The status of a regular file, or of the one in the root that a link leads to; Unreadable for everything else."""
    status = os.lstat(path)
    if stat.S_ISLNK(status.st_mode):
        status = _linked(path, root)
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable("is no regular file", skipped=True)
    return status


def _linked(path: str, root: Path) -> os.stat_result:
    try:
        status = os.stat(path)
    except OSError as error:
        reasons = {errno.ELOOP: "is a link that leads in a circle", errno.ENOENT: "is a link to nothing"}
        reason = reasons.get(error.errno or 0)
        if reason is None:
            raise
        raise Unreadable(reason, skipped=True) from error
    if stat.S_ISDIR(status.st_mode):
        raise Unreadable("is a link to a folder, which is not followed", skipped=True)
    if not Path(os.path.realpath(path)).is_relative_to(root):
        raise Unreadable("is a link to a place outside of its root", skipped=True)
    return status


@contextmanager
def opened(path: str, root: Path, *, compressed: bool = False) -> Iterator[io.BufferedReader[io.RawIOBase]]:
    """The bytes of the file as it is long now, decompressed where it is; Unreadable, OSError or zlib.error."""
    regular_status(path, root)
    descriptor = os.open(path, _FLAGS)
    try:
        status = os.fstat(descriptor)
        # What was looked at may have been replaced since, so what counts is what was opened.
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable("is no regular file", skipped=True)
        if not _real_path(descriptor, path, status).is_relative_to(root):
            raise Unreadable("is a link to a place outside of its root", skipped=True)
        stored = _Stored(descriptor, status.st_size)
        plain: io.RawIOBase = _Unpacked(stored) if compressed else stored
        with io.BufferedReader(plain, _CHUNK) as stream:
            yield stream
    finally:
        os.close(descriptor)


def _real_path(descriptor: int, path: str, status: os.stat_result) -> Path:
    link = f"/proc/self/fd/{descriptor}"
    if os.path.lexists(link):
        return Path(os.readlink(link))
    real = Path(os.path.realpath(path))
    if not os.path.samestat(real.lstat(), status):
        raise Unreadable("was replaced while it was opened")
    return real


class _Stored(io.RawIOBase):
    """The bytes of an open file up to the length that it had: one that grows is read to where it ended."""

    def __init__(self, descriptor: int, size: int) -> None:
        self._descriptor = descriptor
        self._size = size
        self._at = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        wanted = min(memoryview(buffer).nbytes, self._size - self._at)
        if wanted <= 0:
            return 0
        chunk = os.pread(self._descriptor, wanted, self._at)
        if not chunk:
            raise Unreadable(f"became shorter while it was read: it ends at byte {self._at:,}")
        if chunk[0] == 0 and chunk.count(0) == len(chunk):
            self._refuse_holes()
        memoryview(buffer).cast("B")[: len(chunk)] = chunk
        self._at += len(chunk)
        return len(chunk)

    def _refuse_holes(self) -> None:
        """A terabyte of zeros that nobody stored would be read for hours."""
        try:
            data = os.lseek(self._descriptor, self._at, os.SEEK_DATA)
        except OSError as error:
            if error.errno != errno.ENXIO:
                return
            data = self._size
        if data - self._at > MAX_HOLE:
            raise Unreadable(f"is a sparse file that holds nothing from byte {self._at:,} to {data:,}")


class _Unpacked(io.RawIOBase):
    """What a gzip file of one or more members holds, in constant memory."""

    def __init__(self, packed: _Stored) -> None:
        self._packed = packed
        self._waiting = b""
        self._member: zlib._Decompress | None = None
        self._started = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        target = memoryview(buffer).cast("B")
        while True:
            if not self._waiting:
                self._waiting = self._packed.read(_CHUNK) or b""
            member = self._member or self._begin()
            if member is None:
                return 0
            data = self._unpack(member, len(target))
            if data:
                target[: len(data)] = data
                return len(data)

    def _begin(self) -> zlib._Decompress | None:
        """The next member, if another begins; zeros may pad a file after its last one."""
        while self._started and self._waiting:
            self._waiting = self._waiting.lstrip(b"\0")
            if self._waiting:
                break
            self._waiting = self._packed.read(_CHUNK) or b""
        if not self._waiting:
            return None
        self._member = zlib.decompressobj(wbits=31)
        self._started = True
        return self._member

    def _unpack(self, member: zlib._Decompress, most: int) -> bytes:
        ended = not self._waiting
        data = member.decompress(self._waiting, most)
        self._waiting = member.unconsumed_tail
        if member.eof:
            self._waiting = member.unused_data
            self._member = None
        elif ended and not data:
            raise Unreadable("is compressed, and ends before its end was stored")
        return data
