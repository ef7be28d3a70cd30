"""Which process gets which batch, and what becomes of a batch whose process died?"""

from __future__ import annotations

import logging
import os
import select
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Generic, Self, TypeVar

from searchapp import errors
from searchapp.errors import Interrupted, SearchappError
from searchapp.ingest.workers.child import Child, Task
from searchapp.ingest.workers.limits import STANDARD, Limits, ran_out_of_memory
from searchapp.ingest.workers.messages import Kind, parts_of, received_answer, send_batch

logger = logging.getLogger(__name__)

K = TypeVar("K")

_CARRIED: dict[str, type[SearchappError]] = {
    one.__name__: one
    for one in (
        errors.UsageError, errors.NotFound, errors.DeadlineExceeded, errors.IndexNotReady, errors.IndexOutdated,
        errors.IndexLocked, errors.CannotWrite, errors.StorageFailure, errors.EngineDown, errors.ConfigError,
        errors.IndexExposed,
    )
}  # fmt: skip
"""The errors that a message alone makes again; any other crosses as the root of them all."""

Watch = Callable[[int], None]
"""Told about twice a second how many items of batches not yet given back were begun with."""

WATCHED_EVERY = 500
"""Milliseconds."""

_ASKED_TO_STOP = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


@dataclass(frozen=True, slots=True)
class Culprit:
    """An item that ended its process: its position in the batch, and in which way."""

    position: int
    reason: str


@dataclass(frozen=True, slots=True)
class Done(Generic[K]):
    """The answer of a batch, made without its culprits."""

    batch: K
    answer: bytes
    culprits: tuple[Culprit, ...]


@dataclass(slots=True)
class _Job:
    """A batch that was handed out; `positions` are those in the batch of the items that are no culprits."""

    items: Sequence[bytes]
    positions: list[int]
    culprits: list[Culprit] = field(default_factory=list)
    answer: bytes | None = None
    begun: int = 0

    def accuse(self, position: int, reason: str) -> None:
        """The item at `position` of those that were handed out goes out of the batch."""
        if not 0 <= position < len(self.positions):
            raise SearchappError(f"a process of the ingest {reason} when it worked on no item, and so it cannot go on")
        self.culprits.append(Culprit(self.positions.pop(position), reason))


@dataclass(slots=True)
class _Worker:
    """A place where batches are worked on in order; its process may be another one from batch to batch."""

    jobs: deque[_Job] = field(default_factory=deque)
    child: Child | None = None
    worn: bool = False


class Workers:
    """Processes that do batches of work; leaving the context ends them at once.

    They are forked when the first batch comes, and see all that was loaded by then.
    """

    def __init__(self, task: Task, *, jobs: int, limits: Limits = STANDARD, watch: Watch | None = None) -> None:
        self._task = task
        self._limits = limits
        self._watch = watch
        self._workers = [_Worker() for _ in range(jobs)]
        # One process works while its caller waits; several are given a next batch, so that none waits for the caller.
        self._ahead = 1 if jobs == 1 else 2

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def run(self, batches: Iterable[tuple[K, Sequence[bytes]]]) -> Iterator[Done[K]]:
        """The answers in the order of the batches, of which only as many are taken as are worked on or waited for.

        An error of the program that is no item's doing is raised here; Interrupted where a process was told to stop.
        """
        remaining = iter(batches)
        waiting: deque[tuple[K, _Job]] = deque()
        try:
            while True:
                self._hand_out(remaining, waiting)
                if not waiting:
                    return
                batch, job = waiting.popleft()
                while job.answer is None:
                    self._hear()
                    self._tell(job, waiting)
                self._tell(job, waiting)
                yield Done(batch, job.answer, tuple(sorted(job.culprits, key=lambda one: one.position)))
        finally:
            if any(worker.jobs for worker in self._workers):
                self._end()

    def _hand_out(self, remaining: Iterator[tuple[K, Sequence[bytes]]], waiting: deque[tuple[K, _Job]]) -> None:
        while len(waiting) < self._ahead * len(self._workers):
            following = next(remaining, None)
            if following is None:
                return
            batch, items = following
            job = _Job(items, list(range(len(items))))
            waiting.append((batch, job))
            worker = min(self._workers, key=lambda one: len(one.jobs))
            worker.jobs.append(job)
            self._give(worker, job)

    def _give(self, worker: _Worker, job: _Job) -> None:
        if worker.child is None:
            worker.child, worker.worn = Child(self._task, self._limits), False
        # Whoever is not there to take it will be found dead, and the batch is handed out again.
        with suppress(BrokenPipeError, ConnectionResetError):
            send_batch(worker.child.channel, [job.items[position] for position in job.positions])

    def _hear(self) -> None:
        """Wait until a process says something or ends, and take it in."""
        ears = {one.child.channel.fileno(): (one, one.child) for one in self._workers if one.child and one.jobs}
        poll = select.poll()
        for descriptor in ears:
            poll.register(descriptor, select.POLLIN)
        for descriptor, _ in poll.poll(WATCHED_EVERY):
            worker, child = ears[descriptor]
            heard = received_answer(child.channel)
            if heard and heard[0] is Kind.ANSWER:
                job = worker.jobs.popleft()
                job.answer, job.begun = heard[1], len(job.items)
                worker.worn = True
            else:
                self._bury(worker, child, heard)

    def _tell(self, first: _Job, waiting: Iterable[tuple[K, _Job]]) -> None:
        if self._watch is None:
            return
        for worker in self._workers:
            if worker.child is not None and worker.jobs:
                # A process that begins a batch anew, or is between two, has not undone what was begun.
                job = worker.jobs[0]
                job.begun = max(job.begun, worker.child.place.get() + 1)
        self._watch(first.begun + sum(job.begun for _, job in waiting))

    def _bury(self, worker: _Worker, child: Child, heard: tuple[Kind, bytes] | None) -> None:
        """Find out why a process ended, and let another one go on with its batches."""
        position = child.place.get()
        worker.child = None
        status = child.wait()
        reason = _told(*heard) if heard else self._limits.reason(status)
        if not heard and os.WIFSIGNALED(status) and os.WTERMSIG(status) in _ASKED_TO_STOP:
            raise Interrupted(os.WTERMSIG(status))
        # What earlier batches left in memory is not the fault of the item that found no more.
        if not (worker.worn and ran_out_of_memory(status)):
            worker.jobs[0].accuse(position, reason)
        for job in worker.jobs:
            self._give(worker, job)

    def _end(self) -> None:
        for worker in self._workers:
            worker.jobs.clear()
            if worker.child is not None:
                worker.child.kill()
                worker.child = None


def _told(kind: Kind, answer: bytes) -> str:
    """The reason that a process gave for its end; raises where it was no item's doing."""
    if kind is Kind.ERROR:
        name, message = parts_of(answer)
        raise _CARRIED.get(name, SearchappError)(message)
    reason, trace = parts_of(answer)
    logger.error("an item ended its process: %s", trace)
    return reason
