"""Which limits does the kernel keep an item to, and what does the end of a process say about it?"""

from __future__ import annotations

import mmap
import os
import resource
import signal
import struct
from dataclasses import dataclass

OUT_OF_MEMORY = 86
"""The exit code of a process that was refused memory."""

PROGRAM_BYTES = 64 * 2**20
"""Of code and tables mapped from files, which count as resident but not as data; 51 MB were measured."""

BEFORE_THE_FIRST = -1
"""The position before any item was begun."""

_POSITION = struct.Struct("<q")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one item may take: seconds of processor and of wall time, bytes of memory of its whole process."""

    cpu_seconds: float = 10.0
    wall_seconds: float = 10.0
    memory_bytes: int = 2**30

    def reason(self, status: int) -> str:
        """Why a process ended, told by what `waitpid` says of it."""
        if os.WIFSIGNALED(status):
            number = os.WTERMSIG(status)
            if number == signal.SIGALRM:
                return f"took longer than {self.wall_seconds:g} s"
            if number == signal.SIGPROF:
                return f"took more than {self.cpu_seconds:g} s of processor time"
            return f"ended its process (signal {number})"
        if ran_out_of_memory(status):
            return f"needed more than {_size(self.memory_bytes)} of memory"
        return f"ended its process (exit code {os.WEXITSTATUS(status)})"


STANDARD = Limits()


def ran_out_of_memory(status: int) -> bool:
    """Whether a process ended because it was refused memory."""
    return os.WIFEXITED(status) and os.WEXITSTATUS(status) == OUT_OF_MEMORY


def _size(count: int) -> str:
    return f"{count / 2**30:g} GB" if count >= 2**30 else f"{count / 2**20:.0f} MB"


class Meter:
    """In a process: its limits, and the item it is at, which the caller reads after its death."""

    def __init__(self, limits: Limits, place: Place) -> None:
        self._limits = limits
        self._place = place
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        # All that is written to counts as data, from the interpreter on: what is resident cannot be more than that and
        # the program. The whole address space would not do, as it holds what was only reserved or mapped from files.
        _lower(resource.RLIMIT_DATA, limits.memory_bytes - PROGRAM_BYTES)
        for number in (signal.SIGALRM, signal.SIGPROF):
            signal.signal(number, signal.SIG_DFL)

    def begin(self, position: int | None) -> None:
        """From here on the item at `position` is worked on, with all of its time before it; None is no item's work."""
        if position is None:
            self.rest()
            return
        self._place.put(position)
        self._allow(self._limits.wall_seconds, self._limits.cpu_seconds)

    def stop(self) -> None:
        """Stop the clocks."""
        self._allow(0, 0)

    def rest(self) -> None:
        """What is done from here on is no item's."""
        self.stop()
        self._place.put(BEFORE_THE_FIRST)

    def _allow(self, wall_seconds: float, cpu_seconds: float) -> None:
        signal.setitimer(signal.ITIMER_REAL, wall_seconds)
        signal.setitimer(signal.ITIMER_PROF, cpu_seconds)


class Place:
    """A position in memory that two processes share."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, _POSITION.size)
        self.put(BEFORE_THE_FIRST)

    def put(self, position: int) -> None:
        _POSITION.pack_into(self._memory, 0, position)

    def get(self) -> int:
        position: int = _POSITION.unpack_from(self._memory, 0)[0]
        return position

    def close(self) -> None:
        self._memory.close()


def _lower(limit: int, wanted: int) -> None:
    """Set a soft limit, not above what the process may have anyway."""
    soft, hard = resource.getrlimit(limit)
    allowed = [one for one in (soft, hard, wanted) if one != resource.RLIM_INFINITY]
    resource.setrlimit(limit, (min(allowed), hard))
