"""What outlives a power cut: syncing files and folders, and the disk's complaints in our words."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from searchapp.errors import CannotWrite, StorageFailure

FAILING = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.ENOLCK})
FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def sync(path: Path) -> None:
    """Return once the bytes of the file, or the names in the folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_synced(path: Path, text: str) -> None:
    """Return once the file holds the text on the disk; that its name is there too is for `sync` of the folder."""
    path.write_text(text, encoding="ascii")
    sync(path)


def make_folder(folder: Path) -> None:
    """Return once the folder stands, its name and those of the folders made for it on the disk."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    os.mkdir(folder)
    sync(folder.parent)


def remove_folder(folder: Path) -> None:
    """Return once the folder is gone; another process may be removing it too."""
    with suppress(FileNotFoundError):
        shutil.rmtree(folder)


@contextmanager
def disk_errors(folder: Path) -> Iterator[None]:
    """A block whose OSErrors of a full or failing disk become StorageFailure, of a forbidden one CannotWrite."""
    try:
        yield
    except OSError as error:
        place = error.filename2 or error.filename or folder
        if error.errno in FAILING:
            raise StorageFailure(f"{place}: {error.strerror}; what was published before still stands") from error
        if error.errno in FORBIDDEN:
            raise CannotWrite(f"{place}: {error.strerror}") from error
        raise
