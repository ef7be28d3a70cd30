"""Which states have been published? The last ones and those kept by name; one writer at a time adds another."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

from searchapp.engine.keeping import renamed
from searchapp.engine.memory.state import State
from searchapp.engine.sharing import after
from searchapp.errors import Gone, IndexLocked, IndexNotReady, NotFound
from searchapp.facets import FacetSet
from searchapp.model import GenerationInfo

LAST = 4
"""How many generations can be asked, the newest among them, beside those kept by name."""


class Generations:
    """The published states, oldest first, of which there is always one; generation 0 holds nothing."""

    def __init__(self, facets: FacetSet) -> None:
        empty = State(described(0, "", 0, settled=True), {}, assigned={}, sharing={}, runs={}, facets=facets)
        self.kept: tuple[State, ...] = (empty,)
        self.names: Mapping[int, str] = {}
        self.lock = threading.Lock()
        self._stand_ins: frozenset[int] = frozenset()

    @property
    def newest(self) -> State:
        return self.kept[-1]

    @property
    def infos(self) -> tuple[GenerationInfo, ...]:
        """What is said of each, with its name."""
        return tuple(replace(one.generation, name=self.names.get(one.generation.number)) for one in self.kept)

    @contextmanager
    def writing(self, lock_timeout: float) -> Iterator[None]:
        """The right to publish; IndexLocked when it cannot be had in that many seconds."""
        self.acquire(lock_timeout)
        try:
            yield
        finally:
            self.lock.release()

    def acquire(self, lock_timeout: float) -> None:
        """Take the right to publish; IndexLocked when it cannot be had in that many seconds."""
        if not self.lock.acquire(timeout=lock_timeout):
            raise IndexLocked(f"Another writer did not finish within {lock_timeout:g} seconds.")

    def publish(self, state: State) -> None:
        """Make it the newest, in one step for all who ask."""
        held = (*self.kept, state)
        self.kept = tuple(one for one in held if one in held[-LAST:] or one.generation.number in self.names)

    def state(self, number: int) -> State:
        """The state of that number; Gone when it is no longer kept, NotFound when there never was one."""
        for state in self.kept:
            if state.generation.number == number:
                return state
        if 0 <= number < self.newest.generation.number:
            raise Gone(f"Generation {number} of the index is no longer kept.")
        raise NotFound(f"There is no generation {number} of the index.")

    def rollback(self, number: int | None) -> int:
        """Publish that state, or the newest settled one before the current, under a new number."""
        base = self._earlier() if number is None else self.state(number)
        self.publish(self._copy(base, self.newest, ()))
        return self.newest.generation.number

    def keep(self, number: int, name: str | None) -> None:
        """Keep a state under a name, or let its name go."""
        changed = renamed(self.names, number, name)
        self.state(number)
        self.names = changed

    def forget(self, documents: Collection[str]) -> int:
        """Publish the newest state without these documents, and leave of the older ones copies of those with names."""
        if not self.newest.generation.number:
            raise IndexNotReady("There is nothing in this index yet.")
        before, copies = self.newest, dict[int, State]()
        for number in sorted(self.names):
            original = self.state(number)
            copies[number] = before = self._copy(original, before, documents, created=original.generation.created)
        newest = self._copy(self.newest, before, documents)
        self.names = {copies[number].generation.number: name for number, name in self.names.items()}
        self._stand_ins = frozenset(self.names)
        self.kept = (*copies.values(), newest)
        return newest.generation.number

    def _earlier(self) -> State:
        for state in reversed(self.kept[:-1]):
            number = state.generation.number
            if state.generation.settled and number and number not in self._stand_ins:
                return state
        raise NotFound("There is no earlier settled generation to go back to.")

    def _copy(
        self, base: State, before: State, without: Collection[str], *, created: str | None = None
    ) -> State:  # fmt: skip
        """What `base` holds, some documents left out, as the state that follows `before`."""
        old, number = base.generation, before.generation.number + 1
        records = {one: record for one, record in base.records.items() if one not in without}
        now = described(number, old.run, len(records), settled=old.settled)
        info = replace(now, created=created or now.created)
        runs = {**before.runs, number: old.run}
        return State(
            info, records, assigned=_remaining(base.assigned, without), sharing=after(base.sharing, {}, without),
            runs=runs, facets=base.facets,
        )  # fmt: skip


def described(number: int, run: str, documents: int, *, settled: bool) -> GenerationInfo:
    """What is said of a state that is published now."""
    return GenerationInfo(number, run, datetime.now(UTC).isoformat(timespec="seconds"), documents, settled)


def _remaining(assigned: Mapping[str, str], gone: Collection[str]) -> dict[str, str]:
    """The clusters without the documents that are gone, each named after its smallest one."""
    if not gone:
        return dict(assigned)
    members: defaultdict[str, list[str]] = defaultdict(list)
    for document in sorted(assigned.keys() - set(gone)):
        members[assigned[document]].append(document)
    return {document: held[0] for held in members.values() if len(held) > 1 for document in held}
