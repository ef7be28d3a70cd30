"""The next generation while it is being built: a folder nobody reads, which becomes the current one in one step."""

from __future__ import annotations

import errno
import logging
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from searchapp.engine.whoosh_index.durable import remove_folder, sync, write_synced
from searchapp.engine.whoosh_index.manifest import FORMAT, MANIFEST, Earlier, FileStamp, Manifest, damaged
from searchapp.engine.whoosh_index.verification import sha256

logger = logging.getLogger(__name__)

CURRENT = "CURRENT"
CURRENT_DRAFT = "CURRENT.tmp"
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
        self._history = history
        self._linked: dict[str, _Trace] = {}
        self._unpublished: Path | None = self.folder

    def fill(self) -> None:
        """Make the folder and put the base's files there, as hard links where the file system has them."""
        os.mkdir(self.folder)
        if self.base is None:
            return
        for name in self.base.manifest.files:
            self._clone(self.base.folder / name, name)

    def publish(self, *, schema: str, configuration: str, documents: int, run: str, settled: bool) -> int:
        """The number under which this folder's files are now the current generation, also after a power cut."""
        if self._unpublished is None:
            raise ValueError(f"generation {self.number} has been published already")
        manifest = Manifest(
            generation=self.number, format=FORMAT, schema=schema, configuration=configuration, documents=documents,
            run=run, created=datetime.now(UTC).isoformat(timespec="seconds"), settled=settled,
            files=self._stamped(), history=self._history,
        )  # fmt: skip
        write_synced(self.folder / MANIFEST, manifest.dumps())
        sync(self.folder)
        self._move_in()
        self._make_current()
        logger.info("published generation %d: %d documents in %d files", self.number, documents, len(manifest.files))
        return self.number

    def discard(self) -> None:
        """Remove what was not published; a generation that may be the current one is left alone."""
        if self._unpublished is not None:
            (self._root / CURRENT_DRAFT).unlink(missing_ok=True)
            remove_folder(self._unpublished)

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
        stamp = FileStamp(now[2], sha256(path))
        sync(path)
        return stamp

    def _move_in(self) -> None:
        target = self._root / GENERATIONS / str(self.number)
        os.rename(self.folder, target)
        self._unpublished = target
        sync(target.parent)

    def _make_current(self) -> None:
        draft = self._root / CURRENT_DRAFT
        write_synced(draft, f"{self.number}\n")
        os.replace(draft, self._root / CURRENT)
        self._unpublished = None
        sync(self._root)


def _trace(path: Path) -> _Trace:
    """What shows that a file is another one (device, inode) or was written into (size, time)."""
    status = path.stat()
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
