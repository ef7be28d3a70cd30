"""A disk of a few megabytes of which all but a wanted rest is taken."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import NO_DISK
from tests.torture.ingesters import Ingesters

SIZE = 48 * 1024 * 1024
MOUNT = ("mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=755", "tmpfs")
BLOCK = 4096


@dataclass(frozen=True, slots=True)
class SmallDisk:
    """Mounted at `inside` for the ingesters; this process finds it at `folder`."""

    inside: Path
    folder: Path
    ingesters: Ingesters

    @property
    def free(self) -> int:
        return shutil.disk_usage(self.folder).free

    def leave(self, wanted: int) -> None:
        """Take or give back bytes until that many are free, to a block."""
        ballast = self.folder / "ballast"
        ballast.touch()
        taken = ballast.stat().st_size
        surplus = (self.free - wanted) // BLOCK * BLOCK
        if surplus < 0:
            os.truncate(ballast, max(0, taken + surplus))
        elif surplus:
            # Somebody else may be faster: then the disk is full all the same.
            with suppress(OSError), ballast.open("ab", buffering=0) as file:
                file.write(bytes(surplus))


@contextmanager
def mounted(folder: Path) -> Iterator[SmallDisk]:
    """A small disk and ingesters that see it; skips where neither way to one is open."""
    disk = folder / "disk"
    disk.mkdir()
    if os.geteuid() == 0 and subprocess.run([*MOUNT, disk], capture_output=True).returncode == 0:
        try:
            with Ingesters(folder) as ingesters:
                yield SmallDisk(disk, disk, ingesters)
        finally:
            subprocess.run(["umount", "--lazy", disk], check=True)
        return
    unshared = ("unshare", "-Urm", "sh", "-c", f'{" ".join(MOUNT)} "$0" && exec "$@"', str(disk))
    if shutil.which("unshare") is None or subprocess.run([*unshared, "true"], capture_output=True).returncode:
        pytest.skip(f"{NO_DISK}: a tmpfs can be mounted neither as root nor under `unshare -Urm` (package util-linux)")
    with Ingesters(folder, under=unshared) as ingesters:
        yield SmallDisk(disk, Path(f"/proc/{ingesters.process}/root{disk}"), ingesters)
