"""One writer at a time: an exclusive flock on a file that says who holds it; it falls when its holder dies."""

from __future__ import annotations

import fcntl
import logging
import os
import random
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from searchapp.engine.storage.durable import FILE_MODE
from searchapp.errors import IndexLocked

logger = logging.getLogger(__name__)

SHORTEST_PAUSE = 0.02
LONGEST_PAUSE = 0.2
LONGEST_SIGNATURE = 300

_descriptors: set[int] = set()


class WriterLock:
    """The right to publish, as long as it is `held`."""

    __slots__ = ("_descriptor",)

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @property
    def held(self) -> bool:
        """Whether this process still has the lock."""
        return self._descriptor in _descriptors


@contextmanager
def exclusive(path: Path, *, timeout: float) -> Iterator[WriterLock]:
    """The lock on the file at `path`, waited for at most `timeout` seconds; IndexLocked names who has it instead."""
    descriptor = _wait(path, timeout)
    _descriptors.add(descriptor)
    try:
        _sign(descriptor)
        yield WriterLock(descriptor)
    finally:
        # Absent in a forked child that leaves this block: the lock is its parent's.
        if descriptor in _descriptors:
            _descriptors.remove(descriptor)
            os.close(descriptor)


def _wait(path: Path, timeout: float) -> int:
    deadline = time.monotonic() + timeout
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, FILE_MODE)
        if _taken(descriptor, path):
            return descriptor
        holder = os.pread(descriptor, LONGEST_SIGNATURE, 0).decode(errors="replace").strip()
        os.close(descriptor)
        left = deadline - time.monotonic()
        if left <= 0:
            raise IndexLocked(f"another writer has the index: {holder or 'not signed yet'} (waited {timeout:g} s)")
        time.sleep(min(left, random.uniform(SHORTEST_PAUSE, LONGEST_PAUSE)))


def _taken(descriptor: int, path: Path) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # A lock file deleted meanwhile would let two writers hold a lock each.
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except (BlockingIOError, FileNotFoundError):
        return False


def _sign(descriptor: int) -> None:
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"pid {os.getpid()} on {socket.gethostname()}\n".encode(), 0)
    except OSError as error:
        # On a full disk the lock must still be had, or nobody could clear what fills it.
        logger.warning("the lock file could not be signed: %s", error)


def _forget_in_child() -> None:
    for descriptor in _descriptors:
        os.close(descriptor)
    _descriptors.clear()


# A worker forked while the lock is held would otherwise keep it after its parent was killed.
os.register_at_fork(after_in_child=_forget_in_child)
