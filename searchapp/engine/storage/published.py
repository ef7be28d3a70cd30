"""What has been published, for those who only read: the current generation, earlier ones, their damages and cures."""

from __future__ import annotations

import logging
import os
import shlex
from contextlib import suppress
from pathlib import Path

from searchapp.engine.storage.exposure import require_closed
from searchapp.engine.storage.kept import KEPT, read_kept
from searchapp.engine.storage.manifest import ANEW, CURE, CURE_OF_EARLIER, MANIFEST, Manifest, damaged
from searchapp.engine.storage.pointer import CURRENT, Pointer, read_pointer, token
from searchapp.engine.storage.staging import GENERATIONS, Generation
from searchapp.engine.storage.verification import HashMemory, damages, read_manifest, read_seal, sha256
from searchapp.errors import Gone, IndexDamaged, IndexNotReady, IndexOutdated, NotFound

logger = logging.getLogger(__name__)

_hashes = HashMemory()


class Published:
    """The generations under one folder, as read with no more than read access to it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._generations = root / GENERATIONS

    def current(self) -> int | None:
        """The number of the generation to read, None before the first; IndexDamaged when CURRENT does not say it."""
        pointer = self._pointer()
        if pointer is None:
            # The first writer points at nothing before it publishes, so who has generations has had a CURRENT.
            if self._numbers():
                raise damaged(CURRENT, "is missing", self._cure_of_current())
            return None
        if not pointer.number and any(manifest.history for manifest in self._whole()):
            raise damaged(CURRENT, "names no generation, though there are some", self._cure_of_current())
        manifest = self._manifest(pointer.number)
        if manifest is not None and not pointer.fits(manifest):
            what = f"names generation {pointer.number}, but not by its seal"
            raise damaged(CURRENT, what, self._cure_of_current(pointer))
        if manifest is None and self._is_exchanged(pointer):
            raise damaged(f"{GENERATIONS}/{pointer.number}/{MANIFEST}", "is not the one that CURRENT was written for")
        return pointer.number or None

    def token(self) -> tuple[int, int, int] | None:
        """What differs as soon as another generation is current."""
        return token(self.root)

    def kept(self) -> dict[int, str]:
        """The name of each generation that is kept by one; IndexDamaged when KEPT does not say it."""
        return read_kept(self.root)

    def generations(self) -> tuple[Manifest, ...]:
        """The published generations that are on disk with a whole manifest, oldest first."""
        published = set(self.numbers())
        return tuple(one for one in self._whole() if one.generation in published)

    def numbers(self) -> tuple[int, ...]:
        """The numbers of the published generations that are on disk, whole or not, in order."""
        try:
            current = self.current() or 0
        except IndexDamaged as damage:
            logger.warning("every generation on disk is taken for published: %s", damage)
            return tuple(self._numbers())
        manifest = self._manifest(current)
        if manifest is None:
            return tuple(number for number in self._numbers() if number <= current)
        published = {earlier.generation for earlier in manifest.lineage}
        return tuple(number for number in self._numbers() if number in published)

    def open(self, number: int | None = None) -> Generation:
        """The generation of that number, or the current one, every byte of it verified.

        IndexNotReady, IndexDamaged, IndexOutdated and IndexExposed say what to run; Gone or NotFound when there is no
        such number.
        """
        generation = self._verified(number)
        generation.manifest.require_format()
        return generation

    def open_last_good(self) -> tuple[Generation, IndexDamaged | None]:
        """The current generation; when it is damaged the newest earlier whole one, and the damage."""
        try:
            return self.open(), None
        except IndexDamaged as damage:
            fallback = self._newest_whole()
            if fallback is None:
                raise
            logger.error("generation %d is served instead: %s", fallback.number, damage)
            return fallback, damage

    def verify(self, number: int, *, every_hash: bool) -> tuple[IndexDamaged, ...]:
        """All damages of a generation: by manifest, names and sizes, or by reading every byte again."""
        folder = self._generations / str(number)
        if not folder.is_dir():
            raise self._absent(number)
        cure = CURE if self._known_current() in (number, None) else CURE_OF_EARLIER
        try:
            manifest = read_manifest(folder, cure=cure)
        except IndexDamaged as damage:
            return (damage,)
        return tuple(damages(folder, manifest, hashing=sha256 if every_hash else None, cure=cure))

    def open_kept(self, number: int, name: str) -> Generation:
        """The generation that is kept under a name, to be rewritten; IndexDamaged says how to go on without it."""
        try:
            return self._verified(number)
        except (IndexDamaged, IndexOutdated, NotFound) as error:
            what = f"kept as {name}, it cannot be opened ({str(error).rstrip('.')})"
            raise damaged(f"{GENERATIONS}/{number}", what, _cure_of_kept(name)) from error

    def damages_of_kept(self) -> tuple[IndexDamaged, ...]:
        """What is wrong with KEPT: it cannot be read, or names what is not there whole."""
        try:
            names = self.kept()
        except IndexDamaged as damage:
            return (damage,)
        return tuple(
            damaged(KEPT, f"names generation {number}, kept as {name}, which is not there", _cure_of_kept(name))
            for number, name in sorted(names.items())
            if not (self._generations / str(number)).is_dir()
        )

    def earlier(self) -> Generation:
        """The newest whole settled generation before the current one; NotFound where there is none."""
        found = self._newest_whole(before=self._known_current(), settled=True)
        if found is None:
            raise NotFound("there is no earlier settled generation to go back to; `searchapp info` lists what there is")
        return found

    def _verified(self, number: int | None = None) -> Generation:
        """The generation with every byte verified, also one that must be rewritten before it can be read."""
        require_closed(self.root)
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

    def _open(self, number: int) -> Generation:
        folder = self._generations / str(number)
        try:
            require_closed(self.root, folder)
            manifest = read_manifest(folder)
            for damage in damages(folder, manifest, hashing=_hashes.sha256):
                raise damage
        except IndexDamaged:
            if not folder.is_dir():
                raise self._absent(number) from None
            raise
        return Generation(number, folder, manifest)

    def _newest_whole(self, *, before: int | None = None, settled: bool = False) -> Generation | None:
        """The newest generation with every byte as it was written; what stands in for a kept one comes last of all."""
        for manifest in sorted(self.generations(), key=lambda one: (one.original is None, one.generation), reverse=True):
            if settled and (not manifest.settled or manifest.original is not None):
                continue
            if before is None or manifest.generation < before:
                with suppress(IndexDamaged, IndexOutdated, NotFound):
                    return self.open(manifest.generation)
        return None

    def _absent(self, number: int) -> IndexDamaged | NotFound:
        current = self.current()
        if number == current:
            return damaged(CURRENT, f"names generation {number}, which is not there", self._cure_of_current())
        if 0 < number < (current or 0):
            return Gone(f"generation {number} of the index is no longer kept; the current one is {current}")
        return NotFound(f"there is no generation {number} of the index")

    def _known_current(self) -> int | None:
        """The number of the current generation, None where there is none or CURRENT cannot tell."""
        try:
            return self.current()
        except IndexDamaged as damage:
            logger.warning("the current generation is not known: %s", damage)
            return None

    def _pointer(self) -> Pointer | None:
        try:
            return read_pointer(self.root)
        except IndexDamaged as damage:
            what = str(damage).removeprefix(f"{CURRENT}: ").partition(". ")[0]
            raise damaged(CURRENT, what, self._cure_of_current()) from damage

    def _cure_of_current(self, pointer: Pointer | None = None) -> str:
        whole = {manifest.generation: manifest.seal for manifest in self._whole() if manifest.original is None}
        if not whole:
            return ANEW
        meant = max(whole)
        if pointer is not None:
            meant = next((number for number, seal in whole.items() if seal == pointer.seal), pointer.number)
        return f"Run `searchapp rollback {meant}` to go on from generation {meant}"

    def _numbers(self) -> list[int]:
        """The numbers of the folders on disk, published or not, in order."""
        try:
            names = os.listdir(self._generations)
        except (FileNotFoundError, NotADirectoryError, PermissionError):
            return []
        return sorted(int(name) for name in names if name.isascii() and name.isdecimal())

    def _manifest(self, number: int) -> Manifest | None:
        """The manifest of a generation on disk, None where it is missing, damaged or of another format."""
        try:
            return read_manifest(self._generations / str(number))
        except (IndexDamaged, IndexOutdated) as error:
            logger.debug("no manifest: %s", error)
            return None

    def _is_exchanged(self, pointer: Pointer) -> bool:
        """Whether the manifest is of another format, and CURRENT was written for another one."""
        folder = self._generations / str(pointer.number)
        try:
            read_manifest(folder)
        except IndexOutdated:
            return pointer.seal is not None and read_seal(folder) != pointer.seal
        except IndexDamaged as error:
            logger.debug("no manifest: %s", error)
        return False

    def _whole(self) -> list[Manifest]:
        """The whole manifests on disk, oldest first; one may be of a generation that was never published."""
        manifests = (self._manifest(number) for number in self._numbers())
        return [manifest for manifest in manifests if manifest is not None]


def _cure_of_kept(name: str) -> str:
    return f"Put its folder back from a backup, or let the name go with `searchapp keep --drop {shlex.quote(name)}`"
