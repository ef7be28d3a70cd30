"""Generations of a folder of files: who opens one sees it whole, who publishes one finds it again after a crash.

    index/CURRENT              one line: the number of the generation to read, and the seal of its manifest
    index/KEPT                 the names of the generations that are kept by one
    index/LOCK                 held by the one writer, and says who that is
    index/generations/<n>/     files that never change again, and their MANIFEST
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from searchapp.engine.keeping import renamed
from searchapp.engine.storage.durable import disk_errors, draft_of, make_folder, new_folder, remove_folder, sync
from searchapp.engine.storage.exposure import require_closed
from searchapp.engine.storage.kept import KEPT, write_kept
from searchapp.engine.storage.lock import WriterLock, exclusive
from searchapp.engine.storage.manifest import Earlier, Manifest
from searchapp.engine.storage.pointer import CURRENT, point_at
from searchapp.engine.storage.published import Published
from searchapp.engine.storage.retention import Retention, retained
from searchapp.engine.storage.staging import STAGING_PREFIX, Generation, Staging
from searchapp.engine.storage.verification import read_manifest
from searchapp.errors import CannotWrite, IndexDamaged, IndexLocked, IndexOutdated, StorageFailure

logger = logging.getLogger(__name__)

Rewrite = Callable[[Staging], Manifest]
"""Changes the files of a staging folder, and gives the manifest of its base with what is to be said of them then."""

LOCK = "LOCK"
RETIRED_PREFIX = ".retired-"
MINIMUM_FREE = 1024 * 1024
ROOM_FOR_EACH_BYTE = 2.5
"""Whoosh writes postings to a spool before the segment, and derived tables beside it."""


class Store(Published):
    """The generations under one folder, for the one writer; `budget` is how many sizes the daily ones may take."""

    def __init__(self, root: Path, *, budget: float = 2.0, minimum_free: int = MINIMUM_FREE) -> None:
        super().__init__(root)
        self._budget = budget
        self._minimum_free = minimum_free

    @contextmanager
    def writer(self, *, timeout: float = 30.0) -> Iterator[WriterLock]:
        """The right to publish, waited for at most `timeout` seconds (then IndexLocked); what a crash left is gone."""
        with ExitStack() as held:
            with disk_errors(self.root):
                require_closed(self.root)
                make_folder(self.root)
                lock = held.enter_context(exclusive(self.root / LOCK, timeout=timeout))
                if not self._generations.is_dir():
                    new_folder(self._generations)
                self._clear_stale()
            yield lock

    @contextmanager
    def stage(self, lock: WriterLock, *, base: int | None = None, need: int = 0) -> Iterator[Staging]:
        """The next generation, beginning as the current one or as `base`; left unpublished, it never was.

        `need` is how many bytes are to be added. StorageFailure when the disk is too full or fails, CannotWrite when
        it may not be written.
        """
        _require(lock)
        with disk_errors(self.root):
            self._require_space(need)
            original = self._original(base)
            with self._staged(original, self._lineage()) as staging:
                yield staging

    def prune(
        self, *, keep_last: int = 3, younger_than: float = 600.0, budget: float | None = None
    ) -> tuple[int, ...]:  # fmt: skip
        """The numbers of the generations removed; `retention` has the rule, and the current one is never removed."""
        try:
            named = frozenset(self.kept())
        except IndexDamaged as damage:
            logger.error("no generation is removed: %s", damage)
            return ()
        rule = Retention(keep_last, younger_than, budget=self._budget if budget is None else budget)
        doomed = self._doomed(rule, named)
        try:
            with disk_errors(self.root):
                self._retire(doomed)
        except (StorageFailure, CannotWrite) as failure:
            # What was published before stands, and the next writer tries again.
            logger.error("generations that are not kept could not be removed: %s", failure)
            return ()
        return doomed

    def rollback(self, lock: WriterLock, number: int | None = None) -> int:
        """Publish the files of that generation under a new number, and give it.

        None is the newest whole settled one before the current. Gone or NotFound where there is none.
        """
        _require(lock)
        with disk_errors(self.root):
            base = self.earlier() if number is None else self.open(number)
            with self._staged(base, self._lineage()) as staging:
                return staging.publish_like(base.manifest)

    def keep(self, lock: WriterLock, number: int, name: str | None) -> None:
        """Keep a whole generation under a name, or let its name go (None); UsageError where the name is taken."""
        _require(lock)
        names = self.kept()
        changed = renamed(names, number, name)
        if name is not None or number not in names:
            self.open(number)
        if changed != names:
            with disk_errors(self.root):
                write_kept(self.root, changed)

    def forget(self, lock: WriterLock, rewrite: Rewrite) -> int:
        """Publish the current generation rewritten, put rewritten ones in place of those kept, delete every older one.

        Gives the number of the new current one. Run again after a crash, it completes what was begun.
        """
        _require(lock)
        with disk_errors(self.root), ExitStack() as unpublished:
            names = self.kept()
            current = self._verified()
            moved: dict[int, str] = {}
            lineage = self._lineage()
            for number, name in sorted(names.items()):
                staging = unpublished.enter_context(self._staged(self.open_kept(number, name), lineage))
                lineage = staging.stand_in(rewrite(staging)).lineage
                moved[staging.number] = name
            staging = unpublished.enter_context(self._staged(current, lineage))
            published = staging.publish_like(rewrite(staging))
            if names:
                write_kept(self.root, moved)
            self._retire([one for one in self._numbers() if one < published and one not in moved])
            sync(self._generations)
            return published

    @contextmanager
    def _staged(self, base: Generation | None, lineage: tuple[Earlier, ...]) -> Iterator[Staging]:
        staging = Staging(self.root, self._next_number(lineage), base=base, history=lineage)
        try:
            staging.fill()
            yield staging
        finally:
            staging.discard()

    def _original(self, base: int | None) -> Generation | None:
        if base is not None or self.current() is not None:
            return self._verified(base)
        if not (self.root / CURRENT).exists():
            point_at(self.root, None)
        return None

    def _require_space(self, need: int) -> None:
        free = shutil.disk_usage(self.root).free
        least = max(self._minimum_free, int(ROOM_FOR_EACH_BYTE * need))
        if free < least:
            raise StorageFailure(f"{self.root}: {free:,} bytes are free, at least {least:,} are needed")

    def _lineage(self) -> tuple[Earlier, ...]:
        """Every generation published so far, as far as whole manifests tell."""
        manifests = self.generations()
        return manifests[-1].lineage if manifests else ()

    def _next_number(self, lineage: tuple[Earlier, ...]) -> int:
        """A number never used: one left by a crash before it was current is skipped too."""
        used = (earlier.generation for earlier in lineage)
        return max(self._pointed_at(), *self._numbers(), *used, 0) + 1

    def _pointed_at(self) -> int:
        try:
            pointer = self._pointer()
        except IndexDamaged as damage:
            logger.warning("numbers go on from what is on disk: %s", damage)
            return 0
        return pointer.number if pointer else 0

    def _doomed(self, rule: Retention, named: frozenset[int]) -> tuple[int, ...]:
        """The numbers of the generations that nothing keeps."""
        current = self.current()
        if current is None:
            return ()
        # Unreadable, it cannot tell which were published before it: then nothing is removed.
        read_manifest(self._generations / str(current))
        kept = retained(self.generations(), rule, named=named)
        oldest = min(kept - named, default=current)
        waiting = (number for number in self._numbers() if number < current and number not in kept | named)
        return tuple(number for number in waiting if self._may_go(number, oldest))

    def _may_go(self, number: int, oldest: int) -> bool:
        """Whether a generation that nothing keeps may be removed.

        One that cannot be read stays as long as its neighbours, that of a newer program for good.
        """
        try:
            read_manifest(self._generations / str(number))
        except IndexOutdated:
            return False
        except IndexDamaged:
            return number < oldest
        return True

    def _clear_stale(self) -> None:
        for name in (CURRENT, KEPT):
            draft_of(self.root / name).unlink(missing_ok=True)
        for name in os.listdir(self._generations):
            if name.startswith((STAGING_PREFIX, RETIRED_PREFIX)):
                logger.warning("cleared what an interrupted writer left: %s", name)
                remove_folder(self._generations / name)

    def _retire(self, numbers: Collection[int]) -> None:
        """Take the folders out of sight first, for good, so that no cut leaves half a generation under its number."""
        if not numbers:
            return
        for number in numbers:
            with suppress(FileNotFoundError):
                os.rename(self._generations / str(number), self._generations / f"{RETIRED_PREFIX}{number}")
        sync(self._generations)
        for number in numbers:
            remove_folder(self._generations / f"{RETIRED_PREFIX}{number}")


def _require(lock: WriterLock) -> None:
    if not lock.held:
        raise IndexLocked("the lock of the index has been let go, so nothing can be published")
