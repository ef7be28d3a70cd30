"""The next generation while it is being built: a folder nobody reads, which becomes the current one in one step."""

from __future__ import annotations

import errno
import logging
import os
import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from searchapp.engine.storage.durable import close_to_others, new_folder, remove_folder, sync, write_synced
from searchapp.engine.storage.manifest import FORMAT, MANIFEST, Earlier, FileStamp, Manifest, damaged
from searchapp.engine.storage.pointer import point_at, read_pointer
from searchapp.engine.storage.verification import sha256
from searchapp.errors import IndexDamaged

logger = logging.getLogger(__name__)

GENERATIONS = "generations"
STAGING_PREFIX = ".staging-"
LINKS_FAIL = frozenset({errno.EXDEV, errno.EPERM, errno.EMLINK, errno.EOPNOTSUPP, errno.ENOSYS})

_Trace = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Generation:
    """A published generation whose every file was what the manifest says; nothing in `folder` ever changes."""

    number: int
    folder: Path
    manifest: Manifest


class Staging:
    """A folder that begins with the files of `base`; replace and delete there, never write into a file of the base."""

    def __init__(self, root: Path, number: int, *, base: Generation | None, history: tuple[Earlier, ...]) -> None:
        self.number = number
        self.base = base
        self.folder = root / GENERATIONS / f"{STAGING_PREFIX}{number}"
        self._root = root
        self._target = root / GENERATIONS / str(number)
        self._history = history
        self._linked: dict[str, _Trace] = {}

    def fill(self) -> None:
        """Make the folder and put the base's files there, as hard links where the file system has them."""
        new_folder(self.folder)
        if self.base is None:
            return
        for name in self.base.manifest.files:
            self._clone(self.base.folder / name, name)

    def publish(self, *, schema: str, configuration: str, documents: int, run: str, settled: bool) -> int:
        """The number under which this folder's files are now the current generation, also after a power cut."""
        created = datetime.now(UTC).isoformat(timespec="seconds")
        return self._publish(
            Manifest(
                generation=self.number, format=FORMAT, schema=schema, configuration=configuration,
                documents=documents, run=run, created=created, settled=settled, files={}, history=self._history,
            )
        )  # fmt: skip

    def publish_like(self, said: Manifest) -> int:
        """Publish with what is said there of documents, schema and run, but as of now."""
        return self.publish(
            schema=said.schema, configuration=said.configuration, documents=said.documents, run=said.run,
            settled=said.settled,
        )  # fmt: skip

    def stand_in(self, said: Manifest) -> Manifest:
        """The manifest of this folder's files, which take the place of a kept generation without ever being current.

        They are published with the next generation that is: without that one they are discarded.
        """
        manifest = replace(
            said, generation=self.number, format=FORMAT, files=self._stamped(), history=self._history,
            original=said.generation,
        )  # fmt: skip
        self._move_in(manifest)
        return manifest

    def discard(self) -> None:
        """Remove what was not published: CURRENT itself says what was, whatever happened in between."""
        remove_folder(self.folder)
        try:
            pointer = read_pointer(self._root)
        except IndexDamaged as damage:
            logger.error("generation %d is left where it is: %s", self.number, damage)
            return
        # Numbers only rise, so what came before the current generation was published with it.
        if pointer is None or pointer.number < self.number:
            remove_folder(self._target)

    def _publish(self, manifest: Manifest) -> int:
        if not self.folder.is_dir():
            raise ValueError(f"generation {self.number} has been published already")
        whole = replace(manifest, files=self._stamped())
        self._move_in(whole)
        sync(self._target.parent)
        point_at(self._root, whole)
        logger.info("published generation %d: %d documents in %d files", self.number, whole.documents, len(whole.files))
        return self.number

    def _move_in(self, manifest: Manifest) -> None:
        write_synced(self.folder / MANIFEST, manifest.dumps())
        sync(self.folder)
        os.rename(self.folder, self._target)

    def _clone(self, source: Path, name: str) -> None:
        target = self.folder / name
        try:
            os.link(source, target)
        except OSError as error:
            if error.errno not in LINKS_FAIL:
                raise
            shutil.copyfile(source, target)
            return
        self._linked[name] = _trace(target)

    def _stamped(self) -> dict[str, FileStamp]:
        return {path.name: self._stamp(path) for path in sorted(self.folder.iterdir())}

    def _stamp(self, path: Path) -> FileStamp:
        if path.is_symlink() or not path.is_file():
            raise ValueError(f"{path.name} is not a plain file, so it cannot be published")
        linked = self._linked.get(path.name)
        now = _trace(path)
        if self.base is not None and linked is not None and linked[:2] == now[:2]:
            if linked != now:
                raise damaged(f"{GENERATIONS}/{self.base.number}/{path.name}", "was written into after publication")
            return self.base.manifest.files[path.name]
        close_to_others(path)
        stamp = FileStamp(now[2], sha256(path))
        sync(path)
        return stamp


def _trace(path: Path) -> _Trace:
    """What shows that a file is another one (device, inode) or was written into (size, time)."""
    status = path.stat()
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
