"""How do batches and answers travel between processes? As files without a name, of which a socket hands over one each.

No side ever waits for the other to read: a file takes as many bytes as are written to it.
"""

from __future__ import annotations

import os
import socket
import struct
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from typing import BinaryIO

_NUMBER = struct.Struct("<Q")
_SIGN = b"."
_SEPARATOR = b"\0"


class Kind(Enum):
    """What a process answers: its result, an error that is the caller's to handle, what an item did to it."""

    ANSWER = b"="
    ERROR = b"!"
    CULPRIT = b"?"


def send_batch(channel: socket.socket, items: Sequence[bytes]) -> None:
    """Hand over the items; OSError where nobody is there to take them."""
    with _unnamed() as file:
        file.write(_NUMBER.pack(len(items)))
        for item in items:
            file.write(_NUMBER.pack(len(item)))
            file.write(item)
        _send(channel, file)


def received_batch(channel: socket.socket) -> list[bytes] | None:
    """The items of the next batch, waited for; None when there will be no more."""
    with _received(channel) as file:
        return None if file is None else [file.read(_number(file)) for _ in range(_number(file))]


def send_answer(channel: socket.socket, kind: Kind, *parts: bytes) -> None:
    """Hand over an answer; the parts of an error or a culprit hold no zero byte."""
    with _unnamed() as file:
        file.write(kind.value)
        file.write(_SEPARATOR.join(parts))
        _send(channel, file)


def received_answer(channel: socket.socket) -> tuple[Kind, bytes] | None:
    """The next answer, waited for; None when its sender has ended."""
    with _received(channel) as file:
        return None if file is None else (Kind(file.read(1)), file.read())


def parts_of(answer: bytes) -> list[str]:
    """The parts of an error or a culprit."""
    return [part.decode() for part in answer.split(_SEPARATOR)]


def _number(file: BinaryIO) -> int:
    number: int = _NUMBER.unpack(file.read(_NUMBER.size))[0]
    return number


@contextmanager
def _unnamed() -> Iterator[BinaryIO]:
    if sys.platform == "linux":
        with os.fdopen(os.memfd_create("searchapp"), "w+b") as file:
            yield file
    else:
        with tempfile.TemporaryFile() as file:
            yield file


def _send(channel: socket.socket, file: BinaryIO) -> None:
    file.flush()
    file.seek(0)
    socket.send_fds(channel, [_SIGN], [file.fileno()])


@contextmanager
def _received(channel: socket.socket) -> Iterator[BinaryIO | None]:
    try:
        _, descriptors, _, _ = socket.recv_fds(channel, len(_SIGN), 1)
    except ConnectionResetError:
        descriptors = []
    if not descriptors:
        yield None
        return
    with os.fdopen(descriptors[0], "rb") as file:
        yield file
