"""Records what a store does to its folder, and asks after every power cut that the recording allows what is lost."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from searchapp.engine.storage import Store
from tests.disk import Disk, Moment, build, cuts, shape, single_names, without_sync

RECORDED = ("fsync", "link", "mkdir", "rename", "replace", "rmdir", "unlink")
ACKNOWLEDGED = "acknowledged"

Loss = Callable[[Store, int], str | None]
"""What is wrong with the store after a cut, when so much was acknowledged; None when nothing is."""


class Recorder:
    """Takes a picture of everything under `top` at each recorded call."""

    def __init__(self, top: Path) -> None:
        self.top = top
        self.moments: list[Moment] = []
        self.acknowledged = 0
        self._held: dict[int, int] = {}

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        for name in RECORDED:
            patch.setattr(os, name, self._recording(name, getattr(os, name)))

    def acknowledge(self, number: int) -> None:
        self.acknowledged = number
        self._note(ACKNOWLEDGED, str(number), 0)

    def close(self) -> None:
        for descriptor in self._held.values():
            os.close(descriptor)

    def _recording(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def recorded(subject: Any, *arguments: Any, **options: Any) -> Any:
            self._note("before", "", 0)
            path = Path(os.readlink(f"/proc/self/fd/{subject}")) if name == "fsync" else Path(subject)
            result = call(subject, *arguments, **options)
            target = Path(arguments[0]) if arguments and isinstance(arguments[0], str | Path) else path
            self._note(name, target.name, os.fstat(subject).st_ino if name == "fsync" else 0)
            return result

        return recorded

    def _note(self, call: str, subject: str, inode: int) -> None:
        self.moments.append(Moment(call, subject, inode, self._picture(), self.acknowledged))

    def _picture(self) -> Disk:
        disk = Disk()
        for name, folders, files in os.walk(self.top):
            folder = Path(name)
            disk.folders[self._inode(folder)] = {each: self._inode(folder / each) for each in sorted(folders + files)}
            disk.files |= {self._inode(folder / each): (folder / each).read_bytes() for each in files}
        return disk

    def _inode(self, path: Path) -> int:
        """The inode number, held open so that it is not given to another file later."""
        inode = path.stat().st_ino
        if inode not in self._held:
            self._held[inode] = os.open(path, os.O_RDONLY)
        return inode


def states(moments: list[Moment], top: int) -> Iterator[tuple[Moment, Disk]]:
    """What a cut after each moment can leave on the disk."""
    for moment, synced in cuts(moments, Disk(folders={top: {}})):
        seen = moment.seen
        every_byte, every_name = synced.files | seen.files, synced.folders | seen.folders
        halves = {inode: data[: len(data) // 2] for inode, data in seen.files.items()}
        yield moment, Disk(synced.files, synced.folders)
        yield moment, Disk(every_byte, every_name)
        yield moment, Disk(every_byte, synced.folders)
        yield moment, Disk(synced.files, every_name)
        yield moment, Disk(halves | synced.files, every_name)
        for names in single_names(synced, seen):
            yield moment, Disk(synced.files, names)


class Cuts:
    """What is lost by cutting the power during a recording; disks that look the same are looked at once."""

    def __init__(self, recorder: Recorder, scratch: Path, loss: Loss) -> None:
        self._lost = loss
        self._top = recorder.top.stat().st_ino
        self._folder = scratch / "cut"
        self._known: dict[object, str | None] = {}

    def losses(self, moments: list[Moment]) -> Iterator[str]:
        """What is wrong after a cut, once for each different disk it can leave."""
        for moment, disk in states(moments, self._top):
            look = moment.acknowledged, shape(disk, self._top)
            if look not in self._known:
                self._known[look] = self._loss(disk, moment.acknowledged)
            if self._known[look]:
                yield f"after {moment.call} {moment.subject}, acknowledged {moment.acknowledged}: {self._known[look]}"

    def _loss(self, disk: Disk, acknowledged: int) -> str | None:
        build(disk, self._folder, self._top)
        lost = self._lost(Store(self._folder / "index", minimum_free=0), acknowledged)
        shutil.rmtree(self._folder)
        return lost

    def needless(self, moments: list[Moment]) -> list[str]:
        """The syncs without which nothing would be lost either."""
        syncs = [number for number, moment in enumerate(moments) if moment.call == "fsync"]
        return [
            f"{number}: {moments[number].subject}"
            for number in syncs
            if next(self.losses(without_sync(moments, number)), None) is None
        ]
