"""Which generations are open? The current one, swapped when there is a newer one, and those asked for by number."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from searchapp.engine.storage import Generation, Store
from searchapp.engine.storage.staging import GENERATIONS
from searchapp.engine.whoosh_index.files.schema import fingerprint
from searchapp.engine.whoosh_index.generation.snapshot import Snapshot
from searchapp.errors import IndexDamaged, IndexOutdated, SearchappError
from searchapp.facets import FacetSet
from searchapp.model import GenerationInfo, IndexInfo

logger = logging.getLogger(__name__)

ENGINE = "whoosh"
SHORT_TURN = 0.0005
"""Seconds."""

OLDER_KEPT_OPEN = 3
PATIENCE = 30.0
"""Seconds after which what could not be opened, or only in part, is tried again."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A generation that can be asked, and what is said of it."""

    snapshot: Snapshot
    info: IndexInfo


@dataclass(frozen=True, slots=True)
class Held:
    """The generation that is answered from, and what CURRENT said when it was looked for."""

    token: object
    opened: Opened
    tried: float

    def is_stale(self, token: object) -> bool:
        """Whether there may be a better one by now."""
        overdue = self.opened.info.notice is not None and time.monotonic() - self.tried > PATIENCE
        return self.token != token or overdue


class Shelf:
    """Opens generations of one store; safe to share among threads.

    `prepare` makes what the questions about a generation need, once it is open.
    With `background` no question waits while a newer generation is opened; else the next question sees it.
    """

    def __init__(
        self, store: Store, facets: FacetSet, *, prepare: Callable[[Snapshot], None], background: bool = False
    ) -> None:  # fmt: skip
        self.store = store
        self.root: Path = store.root
        self._facets = facets
        self._prepare = prepare
        self._background = background
        self._held: Held | None = None
        self._numbered: OrderedDict[int, Opened] = OrderedDict()
        self._renewing = threading.Lock()
        self._guard = threading.Lock()

    def current(self) -> Opened:
        """The current generation, or the last good one where that is damaged.

        While one thread opens a newer generation the others go on with the old one.
        """
        token = self.store.token()
        held = self._held
        if held is not None and not held.is_stale(token):
            return held.opened
        if held is not None and not self._renewing.acquire(blocking=False):
            return held.opened
        if held is not None and self._background:
            threading.Thread(target=self._renew_behind, args=(held, token), daemon=True).start()
            return held.opened
        if held is None:
            self._renewing.acquire()
        with self._releasing():
            return self._renew(token)

    def at(self, number: int) -> Opened:
        """The generation of that number; Gone or NotFound where there is none."""
        held = self._held
        if held is not None and held.opened.info.generation == number:
            return held.opened
        with self._guard:
            self._drop_retired()
            if number not in self._numbered:
                self._numbered[number] = self._open(self.store.open(number))
                while len(self._numbered) > OLDER_KEPT_OPEN:
                    self._numbered.popitem(last=False)
            self._numbered.move_to_end(number)
            return self._numbered[number]

    def generations(self) -> tuple[GenerationInfo, ...]:
        """The generations that can be asked, oldest first."""
        try:
            names = self.store.kept()
        except IndexDamaged as damage:
            logger.error("the names of generations are not known: %s", damage)
            names = {}
        return tuple(
            GenerationInfo(
                each.generation, each.run, each.created, each.documents, each.settled, names.get(each.generation)
            )
            for each in self.store.generations()
        )  # fmt: skip

    def close(self) -> None:
        """Let go of everything that is open."""
        with self._renewing, self._guard:
            self._held = None
            self._numbered.clear()

    @contextmanager
    def _releasing(self) -> Iterator[None]:
        try:
            yield
        finally:
            self._renewing.release()

    def _renew_behind(self, held: Held, token: object) -> None:
        with self._releasing(), _short_turns():
            # What goes wrong in no foreseen way must not be tried again at every question.
            self._held = replace(held, token=token, tried=time.monotonic())
            try:
                self._look(token)
            except (SearchappError, OSError) as error:
                logger.error("generation %d is served on: %s", held.opened.info.generation, error)
                notice = f"An older state of the archive is served, because the newest cannot be opened: {error}"
                self._held = Held(token, _saying(held.opened, notice), time.monotonic())

    def _renew(self, token: object) -> Opened:
        held = self._held
        if held is not None and not held.is_stale(token):
            return held.opened
        return self._look(token)

    def _look(self, token: object) -> Opened:
        generation, damage = self.store.open_last_good()
        opened = self._reopened(generation, damage)
        self._held = Held(token, opened, time.monotonic())
        with self._guard:
            self._drop_retired()
        return opened

    def _reopened(self, generation: Generation, damage: IndexDamaged | None) -> Opened:
        """What is open already, where that is what is to be opened; the notice is that of now."""
        held = self._held
        if held is None or held.opened.snapshot.manifest != generation.manifest:
            return self._open(generation, damage)
        return _saying(held.opened, _notice(damage))

    def _drop_retired(self) -> None:
        """Let go of what is no longer on disk: else its space would not be free."""
        for number in [one for one in self._numbered if not (self.root / GENERATIONS / str(one)).is_dir()]:
            del self._numbered[number]

    def _open(self, generation: Generation, damage: IndexDamaged | None = None) -> Opened:
        manifest = generation.manifest
        if manifest.schema != fingerprint(self._facets):
            raise IndexOutdated(
                "The index was written with other facets or by another version of this program. "
                "Run `searchapp upgrade`, or `searchapp ingest` with a folder that it holds: either rewrites all of it."
            )
        snapshot = Snapshot(generation, self._facets)
        self._prepare(snapshot)
        info = IndexInfo(
            manifest.generation, manifest.documents, manifest.created, ENGINE, snapshot.languages, manifest.settled,
            _notice(damage),
        )  # fmt: skip
        return Opened(snapshot, info)


def _notice(damage: IndexDamaged | None) -> str | None:
    return f"An older state of the archive is served, because the newest is damaged: {damage}" if damage else None


def _saying(opened: Opened, notice: str | None) -> Opened:
    return opened if opened.info.notice == notice else replace(opened, info=replace(opened.info, notice=notice))


@contextmanager
def _short_turns() -> Iterator[None]:
    """A block beside which questions wait less for their turn: Python changes threads every 5 ms otherwise."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(SHORT_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
