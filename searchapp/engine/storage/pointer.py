"""Which generation is to be read? One line in CURRENT: its number, and the seal of its manifest as a second opinion."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from searchapp.engine.storage.durable import replace_synced
from searchapp.engine.storage.manifest import SEAL_LENGTH, Manifest, damaged

CURRENT = "CURRENT"
LINE = re.compile(rb"(0|[1-9][0-9]{0,17}(?: ([0-9a-f]{%d}))?)\n" % SEAL_LENGTH)
LONGEST_LINE = 64


@dataclass(frozen=True, slots=True)
class Pointer:
    """The number in CURRENT, 0 before the first publication; formats before the second wrote no seal."""

    number: int
    seal: str | None = None

    def fits(self, manifest: Manifest) -> bool:
        """Whether CURRENT was written for this manifest."""
        if self.number != manifest.generation:
            return False
        return self.seal == manifest.seal if self.seal else manifest.format == 1


def read_pointer(root: Path) -> Pointer | None:
    """What CURRENT says, None where there is no such file; IndexDamaged where it cannot be understood."""
    try:
        with (root / CURRENT).open("rb") as file:
            line = file.read(LONGEST_LINE)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise damaged(CURRENT, f"cannot be read: {error.strerror}") from error
    match = LINE.fullmatch(line)
    if match is None:
        raise damaged(CURRENT, "is not one line with the number of a generation and its seal")
    return Pointer(int(match[1].split()[0]), match[2].decode() if match[2] else None)


def point_at(root: Path, manifest: Manifest | None) -> None:
    """Make that generation the one to read, also after a power cut; None before there is any."""
    replace_synced(root / CURRENT, f"{manifest.generation} {manifest.seal}\n" if manifest else "0\n")


def token(root: Path) -> tuple[int, int, int] | None:
    """What differs as soon as CURRENT says something else: its inode, size and mtime_ns."""
    try:
        # Asked before each question, so without making a path object.
        status = os.stat(f"{root}{os.sep}{CURRENT}")
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns
