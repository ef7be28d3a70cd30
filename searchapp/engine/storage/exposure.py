"""May others write into the index? Then nothing in it can be trusted, for opening it runs what it holds."""

from __future__ import annotations

import logging
import stat
from pathlib import Path

from searchapp.engine.storage.staging import GENERATIONS
from searchapp.errors import IndexExposed

logger = logging.getLogger(__name__)


def require_closed(root: Path, generation: Path | None = None) -> None:
    """Raise IndexExposed where others may write into the index folder or the one it lies in, or exchange a file.

    A sticky parent, such as /tmp, is fine: nobody can take away there what is not his own.
    """
    inside = [(root, root.name), (root / GENERATIONS, f"{root.name}/{GENERATIONS}")]
    if generation is not None:
        inside.append((generation, f"{root.name}/{GENERATIONS}/{generation.name}"))
    for folder, shown in inside:
        if _mode(folder) & stat.S_IWOTH:
            raise _exposed(folder, shown)
    parent = root.resolve().parent
    if _mode(parent) & (stat.S_IWOTH | stat.S_ISVTX) == stat.S_IWOTH:
        raise _exposed(parent, f"{root.name}/..")


def _mode(folder: Path) -> int:
    try:
        return folder.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        # Whoever comes to read or write there says so in better words.
        return 0


def _exposed(folder: Path, shown: str) -> IndexExposed:
    # Visitors may be told what is wrong, not where on this machine the index lies.
    logger.error("writable by others: %s", folder)
    return IndexExposed(
        f"The folder {shown} can be written by every user of this machine, and opening an index runs what it holds "
        f"like a program. Check who has been there, then run `chmod o-w {shown}` where {shown.split('/')[0]} lies."
    )
