"""Is a generation's folder what its manifest says? Asked of plain bytes, before anybody gives them a meaning."""

from __future__ import annotations

import hashlib
import os
import stat
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from searchapp.engine.storage.manifest import CURE, MANIFEST, FileStamp, Manifest, damaged, seal_in
from searchapp.errors import IndexDamaged

Hashing = Callable[[Path], str]

# Coarsest clock of the file systems in use (FAT): within it a file can change and keep its time.
CLOCK_TICK = 2_000_000_000
REMEMBERED = 20_000


def sha256(path: Path) -> str:
    """The SHA-256 of the file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class HashMemory:
    """SHA-256 of files, computed once for each inode, size and time of change; safe to share among threads."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int, int, int], str] = {}
        self._guard = threading.Lock()

    def sha256(self, path: Path) -> str:
        """The SHA-256 of the file, from memory where it was computed before."""
        status = path.stat()
        key = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
        with self._guard:
            known = self._known.get(key)
        if known is not None:
            return known
        settled = status.st_mtime_ns + CLOCK_TICK < time.time_ns()
        computed = sha256(path)
        if settled:
            self._remember(key, computed)
        return computed

    def _remember(self, key: tuple[int, int, int, int], computed: str) -> None:
        with self._guard:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[key] = computed


def read_manifest(folder: Path, *, cure: str = CURE) -> Manifest:
    """The manifest of the generation in that folder; else IndexDamaged or IndexOutdated."""
    file = _name(folder, MANIFEST)
    try:
        text = (folder / MANIFEST).read_bytes().decode("ascii", errors="replace")
    except OSError as error:
        raise damaged(file, f"cannot be read: {error.strerror}", cure) from error
    manifest = Manifest.loads(text, file=file, cure=cure)
    if str(manifest.generation) != folder.name:
        raise damaged(file, f"belongs to generation {manifest.generation}", cure)
    return manifest


def read_seal(folder: Path) -> str:
    """The seal of the manifest there, whatever its format; IndexDamaged where it is no text under its own checksum."""
    return seal_in((folder / MANIFEST).read_text("ascii", errors="replace"))


def damages(
    folder: Path, manifest: Manifest, *, hashing: Hashing | None, cure: str = CURE
) -> Iterator[IndexDamaged]:  # fmt: skip
    """Each file that is missing, too much or not what the manifest says; without `hashing` only sizes are compared."""
    for name, stamp in manifest.files.items():
        fault = _fault(folder / name, stamp, hashing)
        if fault is not None:
            yield damaged(_name(folder, name), fault, cure)
    # Whoosh reads the newest table of contents it finds: a stray one must not be found.
    for name in sorted(set(_names(folder)) - set(manifest.files) - {MANIFEST}):
        yield damaged(_name(folder, name), "is not in the manifest", cure)


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except FileNotFoundError:
        return []


def _fault(path: Path, stamp: FileStamp, hashing: Hashing | None) -> str | None:
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            return "is not a plain file"
        if status.st_size != stamp.size:
            return f"has {status.st_size} bytes instead of {stamp.size}"
        if hashing is not None and hashing(path) != stamp.sha256:
            return "its content is not what was written (SHA-256 differs)"
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    return None


def _name(folder: Path, name: str) -> str:
    return f"{folder.parent.name}/{folder.name}/{name}"
