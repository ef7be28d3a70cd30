"""How does a process begin, work and end that was forked to do batches?"""

from __future__ import annotations

import ctypes
import errno
import gc
import os
import signal
import socket
import sys
import traceback
import warnings
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Literal, NoReturn

from searchapp.errors import IngestError, SearchappError, StorageFailure
from searchapp.ingest.workers.limits import BEFORE_THE_FIRST, OUT_OF_MEMORY, Limits, Meter, Place
from searchapp.ingest.workers.messages import Kind, received_batch, send_answer

Task = Callable[[Sequence[bytes], Callable[[int | None], None]], bytes]
"""Works on the items in order, says the position of each before it begins with it, and gives one answer.

What it does after it said None is the work of no item, and has no limit of time.
"""

MAX_REASON = 200

GIVES_WAY = 10
"""How much nicer than its caller a process is."""

COLLECTED_AFTER = 10_000
"""New objects after which those that hold each other are looked for; Python's own 700 are a small part of one page."""

_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_FAULTS_OF_THE_MACHINE = frozenset((
    errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EMFILE, errno.ENFILE,
))  # fmt: skip
_C = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1

_descriptors: set[int] = set()


class Child:
    """A forked process that does batches, seen by its caller."""

    def __init__(self, task: Task, limits: Limits) -> None:
        self.place = Place()
        self.channel, theirs = socket.socketpair()
        _descriptors.add(self.channel.fileno())
        self.process = 0
        try:
            with theirs:
                self.process = _fork(lambda: _work(task, limits, theirs, self.place))
        except OSError as error:
            raise SearchappError(f"no process could be started: {error.strerror}") from error
        finally:
            # Also where a signal ended the caller's work just now: the child ends when nobody is there to talk to.
            if not self.process:
                self._let_go()

    def wait(self) -> int:
        """Its end, as `waitpid` says it, waited for."""
        _, status = os.waitpid(self.process, 0)
        self._let_go()
        return status

    def kill(self) -> None:
        """End it at once, whatever it does."""
        os.kill(self.process, signal.SIGKILL)
        self.wait()

    def _let_go(self) -> None:
        _descriptors.discard(self.channel.fileno())
        self.channel.close()
        self.place.close()


def _fork(work: Callable[[], None]) -> int:
    """The number of a new process that does the work and nothing of what its caller would do next."""
    caller = os.getpid()
    # What the caller holds is never traced by the child's collector, which would copy all of it.
    gc.freeze()
    # A signal meant for the caller must not run the caller's handlers in the child.
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
    try:
        with warnings.catch_warnings():
            # Python warns of any thread, also of those that numpy starts and makes safe itself.
            warnings.simplefilter("ignore", DeprecationWarning)
            process = os.fork()
        if process == 0:
            _live(work, caller)
        return process
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        gc.unfreeze()


def _live(work: Callable[[], None], caller: int) -> NoReturn:
    try:
        _settle(caller)
        work()
    finally:
        # Not even an error may go up from here, into the caller's code.
        os._exit(1 if sys.exc_info()[0] else 0)


def _settle(caller: int) -> None:
    """Become a process of its own: without the caller's signals, input and sockets, and not outliving it."""
    signal.set_wakeup_fd(-1)
    for number in _STOPPING:
        signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    if sys.platform == "linux":
        _C.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != caller:
        os._exit(1)
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    # Who reads waits for an answer, an ingest for nobody.
    os.nice(GIVES_WAY)
    gc.set_threshold(COLLECTED_AFTER)


def _close_in_child() -> None:
    for descriptor in _descriptors:
        os.close(descriptor)
    _descriptors.clear()


# A child that kept the caller's end of a socket would keep another from seeing the caller's death.
os.register_at_fork(after_in_child=_close_in_child)


def _work(task: Task, limits: Limits, channel: socket.socket, place: Place) -> None:
    meter = Meter(limits, place)
    with _LastWords(channel, meter):
        while (items := received_batch(channel)) is not None:
            meter.begin(BEFORE_THE_FIRST)
            answer = task(items, meter.begin)
            meter.rest()
            send_answer(channel, Kind.ANSWER, answer)
            del items, answer


class _LastWords:
    """Whatever ends the work, said to the caller."""

    def __init__(self, channel: socket.socket, meter: Meter) -> None:
        self._channel = channel
        self._meter = meter

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> Literal[False]:
        self._meter.stop()
        if isinstance(error, MemoryError):
            os._exit(OUT_OF_MEMORY)
        if error is not None:
            self._say(error)
        return False

    def _say(self, error: BaseException) -> None:
        carried = _carried(error)
        if carried is not None:
            send_answer(self._channel, Kind.ERROR, type(carried).__name__.encode(), _plain(str(carried)))
        else:
            told = "".join(traceback.format_exception(error))
            send_answer(self._channel, Kind.CULPRIT, _plain(_reason(error)), _plain(told))


def _carried(error: BaseException) -> SearchappError | None:
    """The error as one that is no item's doing; None where it is one's."""
    if isinstance(error, SearchappError) and not isinstance(error, IngestError):
        return error
    if isinstance(error, OSError) and error.errno in _FAULTS_OF_THE_MACHINE:
        return StorageFailure(str(error))
    return None


def _reason(error: BaseException) -> str:
    if isinstance(error, RecursionError):
        return "is nested too deeply"
    return f"failed: {' '.join(f'{type(error).__name__}: {error}'.split())}"[:MAX_REASON]


def _plain(text: str) -> bytes:
    return text.encode("utf-8", "replace").replace(b"\0", b" ")
