"""Which generations are open? The current one, swapped when there is a newer one, and those asked for by number."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from searchapp.engine.whoosh_index.postings import PostingCache
from searchapp.engine.whoosh_index.schema import fingerprint
from searchapp.engine.whoosh_index.snapshot import Snapshot
from searchapp.engine.whoosh_index.staging import GENERATIONS
from searchapp.engine.whoosh_index.storage import Generation, Store
from searchapp.errors import IndexDamaged, IndexOutdated
from searchapp.facets import FacetSet
from searchapp.model import GenerationInfo, IndexInfo

ENGINE = "whoosh"
CACHED_POSTINGS = 64 * 1024 * 1024
OLDER_KEPT_OPEN = 3


@dataclass(frozen=True, slots=True)
class Opened:
    """A generation that can be asked, and what is said of it."""

    snapshot: Snapshot
    info: IndexInfo


class Shelf:
    """Opens generations of one store; safe to share among threads."""

    def __init__(self, store: Store, facets: FacetSet) -> None:
        self.store = store
        self.root: Path = store.root
        self._facets = facets
        self._cache = PostingCache(CACHED_POSTINGS)
        self._current: tuple[object, Opened] | None = None
        self._numbered: OrderedDict[int, Opened] = OrderedDict()
        self._guard = threading.Lock()

    def current(self) -> Opened:
        """The current generation, or the last good one where that is damaged.

        While one thread opens a newer generation the others go on with the old one.
        """
        token = self.store.token()
        held = self._current
        if held is not None and held[0] == token:
            return held[1]
        if not self._guard.acquire(blocking=held is None) and held is not None:
            return held[1]
        try:
            held = self._current
            if held is None or held[0] != token:
                held = self._current = (token, self._open_last_good())
            return held[1]
        finally:
            self._guard.release()

    def at(self, number: int) -> Opened:
        """The generation of that number; Gone or NotFound where there is none."""
        held = self._current
        if held is not None and held[1].info.generation == number:
            return held[1]
        with self._guard:
            if not (self.root / GENERATIONS / str(number)).is_dir():
                self._numbered.pop(number, None)
            if number not in self._numbered:
                self._numbered[number] = self._open(self.store.open(number))
                while len(self._numbered) > OLDER_KEPT_OPEN:
                    self._numbered.popitem(last=False)
            self._numbered.move_to_end(number)
            return self._numbered[number]

    def generations(self) -> tuple[GenerationInfo, ...]:
        """The generations that can be asked, oldest first."""
        return tuple(
            GenerationInfo(each.generation, each.run, each.created, each.documents, each.settled)
            for each in self.store.generations()
        )

    def close(self) -> None:
        """Let go of everything that is open."""
        with self._guard:
            self._current = None
            self._numbered.clear()

    def _open_last_good(self) -> Opened:
        generation, damage = self.store.open_last_good()
        return self._open(generation, damage)

    def _open(self, generation: Generation, damage: IndexDamaged | None = None) -> Opened:
        manifest = generation.manifest
        if manifest.schema != fingerprint(self._facets):
            raise IndexOutdated(
                "The index was written with other facets or by another version of this program. "
                "Run `searchapp ingest` with a folder that it holds: that rewrites all of it."
            )
        snapshot = Snapshot(generation, self._facets, self._cache)
        snapshot.prepare()
        notice = f"An older state of the archive is served, because the newest is damaged: {damage}" if damage else None
        info = IndexInfo(
            manifest.generation, manifest.documents, manifest.created, ENGINE, snapshot.languages, manifest.settled,
            notice,
        )  # fmt: skip
        return Opened(snapshot, info)
