"""Generations of a folder of files: who opens one sees it whole, who publishes one finds it again after a crash.

    index/CURRENT              one line: the number of the generation to read
    index/LOCK                 held by the one writer, and says who that is
    index/generations/<n>/     files that never change again, and their MANIFEST
"""

from __future__ import annotations

import logging
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from searchapp.engine.whoosh_index.durable import disk_errors, make_folder, remove_folder, sync
from searchapp.engine.whoosh_index.lock import WriterLock, exclusive
from searchapp.engine.whoosh_index.manifest import CURE, FORMAT, Earlier, FileStamp, Manifest, damaged
from searchapp.engine.whoosh_index.retention import Retention, retained
from searchapp.engine.whoosh_index.staging import (
    CURRENT,
    CURRENT_DRAFT,
    GENERATIONS,
    STAGING_PREFIX,
    Generation,
    Staging,
)
from searchapp.engine.whoosh_index.verification import HashMemory, damages, read_manifest, sha256
from searchapp.errors import Gone, IndexDamaged, IndexLocked, IndexNotReady, IndexOutdated, NotFound, StorageFailure

__all__ = ["FORMAT", "Earlier", "FileStamp", "Generation", "Manifest", "Staging", "Store", "WriterLock"]

logger = logging.getLogger(__name__)

LOCK = "LOCK"
RETIRED_PREFIX = ".retired-"
MINIMUM_FREE = 64 * 1024 * 1024
CURRENT_LINE = re.compile(rb"([1-9][0-9]{0,17})\n")
LONGEST_CURRENT = 64

_hashes = HashMemory()


class Store:
    """The generations under one folder; reading needs no more than read access to it."""

    def __init__(self, root: Path, *, minimum_free: int = MINIMUM_FREE) -> None:
        self.root = root
        self._generations = root / GENERATIONS
        self._minimum_free = minimum_free

    def current(self) -> int | None:
        """The number of the generation to read, None before the first; IndexDamaged when CURRENT does not say it."""
        try:
            with (self.root / CURRENT).open("rb") as file:
                line = file.read(LONGEST_CURRENT)
        except FileNotFoundError:
            # A first ingest cut short leaves no history: one that has it was published by replacing CURRENT.
            if any(manifest.history for manifest in self._whole()):
                raise damaged(CURRENT, "is missing", self._cure_of_current()) from None
            return None
        except OSError as error:
            raise damaged(CURRENT, f"cannot be read: {error.strerror}") from error
        match = CURRENT_LINE.fullmatch(line)
        if match is None:
            raise damaged(CURRENT, "is not one line with the number of a generation", self._cure_of_current())
        return int(match[1])

    def token(self) -> tuple[int, int, int] | None:
        """What differs as soon as another generation is current: inode, size and mtime_ns of CURRENT."""
        try:
            status = os.stat(self.root / CURRENT)
        except FileNotFoundError:
            return None
        return status.st_ino, status.st_size, status.st_mtime_ns

    def generations(self) -> tuple[Manifest, ...]:
        """The published generations that are on disk with a whole manifest, oldest first."""
        newest = self._newest_published()
        return tuple(manifest for manifest in self._whole() if manifest.generation <= newest)

    def open(self, number: int | None = None) -> Generation:
        """The generation of that number, or the current one, every byte of it verified.

        IndexNotReady, IndexDamaged and IndexOutdated say what to run; Gone or NotFound when there is no such number.
        """
        if number is not None:
            return self._open(number)
        while True:
            current = self.current()
            if current is None:
                raise IndexNotReady("there is no index here yet: run `searchapp ingest PATH` with the folder to search")
            try:
                return self._open(current)
            except (IndexDamaged, NotFound):
                # It may have been retired while it was opened: then CURRENT names a newer one.
                if self.current() == current:
                    raise

    def open_last_good(self) -> tuple[Generation, IndexDamaged | None]:
        """The current generation; when it is damaged the newest earlier whole one, and the damage."""
        try:
            return self.open(), None
        except IndexDamaged as damage:
            for manifest in reversed(self.generations()):
                with suppress(IndexDamaged, NotFound):
                    fallback = self._open(manifest.generation)
                    logger.error("generation %d is served instead: %s", fallback.number, damage)
                    return fallback, damage
            raise

    def verify(self, number: int, *, every_hash: bool) -> tuple[IndexDamaged, ...]:
        """All damages of a generation: by manifest, names and sizes, or by reading every byte again."""
        folder = self._generations / str(number)
        if not folder.is_dir():
            raise self._absent(number)
        try:
            manifest = read_manifest(folder)
        except IndexDamaged as damage:
            return (damage,)
        return tuple(damages(folder, manifest, hashing=sha256 if every_hash else None))

    @contextmanager
    def writer(self, *, timeout: float = 30.0) -> Iterator[WriterLock]:
        """The right to publish, waited for at most `timeout` seconds (then IndexLocked); what a crash left is gone."""
        with ExitStack() as held:
            with disk_errors(self.root):
                make_folder(self._generations)
                lock = held.enter_context(exclusive(self.root / LOCK, timeout=timeout))
                self._clear_stale()
            yield lock

    @contextmanager
    def stage(self, lock: WriterLock, *, base: int | None = None) -> Iterator[Staging]:
        """The next generation, beginning as the current one or as `base`; left unpublished, it never was.

        StorageFailure when the disk is full or fails, CannotWrite when it may not be written.
        """
        if not lock.held:
            raise IndexLocked("the lock of the index has been let go, so nothing can be published")
        with disk_errors(self.root):
            original = self._original(base)
            self._require_space()
            lineage = self._lineage()
            staging = Staging(self.root, self._next_number(lineage), base=original, history=lineage)
            try:
                staging.fill()
                yield staging
            finally:
                staging.discard()

    def prune(self, *, keep_last: int = 3, younger_than: float = 600.0, budget: float = 2.0) -> tuple[int, ...]:
        """The numbers of the generations removed; `retention` has the rule, and the current one is never removed."""
        current = self.current()
        if current is None:
            return ()
        # Unreadable, it cannot tell which were published before it: then nothing is removed.
        published = {earlier.generation for earlier in read_manifest(self._generations / str(current)).lineage}
        rule = Retention(keep_last=keep_last, younger_than=younger_than, budget=budget)
        kept = retained([manifest for manifest in self._whole() if manifest.generation in published], rule)
        doomed = tuple(number for number in self._numbers() if number < current and number not in kept)
        if doomed:
            with disk_errors(self.root):
                self._retire(doomed)
        return doomed

    def _open(self, number: int) -> Generation:
        folder = self._generations / str(number)
        try:
            manifest = read_manifest(folder)
            for damage in damages(folder, manifest, hashing=_hashes.sha256):
                raise damage
        except IndexDamaged:
            if not folder.is_dir():
                raise self._absent(number) from None
            raise
        return Generation(number, folder, manifest)

    def _absent(self, number: int) -> IndexDamaged | NotFound:
        current = self.current()
        if number == current:
            return damaged(CURRENT, f"names generation {number}, which is not there", self._cure_of_current())
        if 0 < number < (current or 0):
            return Gone(f"generation {number} of the index is no longer kept; the current one is {current}")
        return NotFound(f"there is no generation {number} of the index")

    def _cure_of_current(self) -> str:
        whole = [manifest.generation for manifest in self._whole()]
        return f"To go back to generation {whole[-1]}, write the line {whole[-1]} into it" if whole else CURE

    def _numbers(self) -> list[int]:
        """The numbers of the folders on disk, published or not, in order."""
        try:
            names = os.listdir(self._generations)
        except FileNotFoundError:
            return []
        return sorted(int(name) for name in names if name.isascii() and name.isdecimal())

    def _whole(self) -> list[Manifest]:
        """The whole manifests on disk, oldest first; one may be of a generation that was never published."""
        manifests = []
        for number in self._numbers():
            try:
                manifests.append(read_manifest(self._generations / str(number)))
            except (IndexDamaged, IndexOutdated) as error:
                logger.info("left out of the generations: %s", error)
        return manifests

    def _newest_published(self) -> int:
        try:
            return self.current() or 0
        except IndexDamaged as damage:
            logger.warning("the newest generation on disk is taken for the current one: %s", damage)
            return max(self._numbers(), default=0)

    def _original(self, base: int | None) -> Generation | None:
        if base is None and self.current() is None:
            return None
        return self.open(base)

    def _require_space(self) -> None:
        free = shutil.disk_usage(self.root).free
        if free < self._minimum_free:
            raise StorageFailure(f"{self.root}: {free:,} bytes are free, at least {self._minimum_free:,} are needed")

    def _lineage(self) -> tuple[Earlier, ...]:
        """Every generation published so far, as far as whole manifests tell."""
        manifests = self.generations()
        return manifests[-1].lineage if manifests else ()

    def _next_number(self, lineage: tuple[Earlier, ...]) -> int:
        """A number never used: one left by a crash before it was current is skipped too."""
        used = (earlier.generation for earlier in lineage)
        return max(self._newest_published(), *self._numbers(), *used, 0) + 1

    def _clear_stale(self) -> None:
        (self.root / CURRENT_DRAFT).unlink(missing_ok=True)
        for name in os.listdir(self._generations):
            if name.startswith((STAGING_PREFIX, RETIRED_PREFIX)):
                logger.warning("cleared what an interrupted writer left: %s", name)
                remove_folder(self._generations / name)

    def _retire(self, numbers: tuple[int, ...]) -> None:
        """Take the folders out of sight first, for good, so that no cut leaves half a generation under its number."""
        for number in numbers:
            with suppress(FileNotFoundError):
                os.rename(self._generations / str(number), self._generations / f"{RETIRED_PREFIX}{number}")
        sync(self._generations)
        for number in numbers:
            remove_folder(self._generations / f"{RETIRED_PREFIX}{number}")
