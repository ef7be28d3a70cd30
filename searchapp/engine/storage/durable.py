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
FORBIDDEN = frozenset({
    errno.EACCES, errno.EPERM, errno.EROFS, errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.ENAMETOOLONG,
})  # fmt: skip
FOLDER_MODE = 0o755
FILE_MODE = 0o644


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
    close_to_others(path)
    sync(path)


def replace_synced(path: Path, text: str) -> None:
    """Return once the file holds the text, also after a power cut; at any moment it holds all of the old or the new."""
    draft = draft_of(path)
    try:
        write_synced(draft, text)
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    sync(path.parent)


def draft_of(path: Path) -> Path:
    """Where the file's next content is written before it takes its place."""
    return path.with_name(f"{path.name}.tmp")


def close_to_others(path: Path) -> None:
    """Make the file one that everybody may read and only its owner may write, whatever the umask."""
    if path.stat().st_mode & 0o777 != FILE_MODE:
        os.chmod(path, FILE_MODE)


def new_folder(folder: Path) -> None:
    """Make a folder that everybody may read and only its owner may write, whatever the umask."""
    os.mkdir(folder, FOLDER_MODE)
    os.chmod(folder, FOLDER_MODE)


def make_folder(folder: Path) -> None:
    """Return once the folder stands, its name and those of the folders made for it on the disk."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    try:
        new_folder(folder)
    except FileExistsError:
        # Another process may have made it meanwhile; anything else of that name is in the way.
        if not folder.is_dir():
            raise
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
