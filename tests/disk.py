"""A model of a disk through which the power fails: what was synced is there afterwards, the rest is there or not.

A file has the bytes it had when it was last synced, a folder the names it had when it was last synced.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path


@dataclass(slots=True)
class Disk:
    """Bytes by file and names by folder, each under its inode number."""

    files: dict[int, bytes] = field(default_factory=dict)
    folders: dict[int, dict[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Moment:
    """What a running machine saw after a call; `inode` is what was synced, `acknowledged` the last number given out."""

    call: str
    subject: str
    inode: int
    seen: Disk
    acknowledged: int


def cuts(moments: Iterable[Moment], synced: Disk) -> Iterator[tuple[Moment, Disk]]:
    """Each moment with what is safe on the disk then; `synced` is what was safe before, and is changed."""
    for moment in moments:
        seen = moment.seen
        if moment.inode in seen.files:
            synced.files[moment.inode] = seen.files[moment.inode]
        if moment.inode in seen.folders:
            synced.folders[moment.inode] = seen.folders[moment.inode]
        yield moment, synced


def single_names(synced: Disk, seen: Disk) -> Iterator[dict[int, dict[str, int]]]:
    """The synced folders with one change alone survived: a name that is new, means another file or is gone."""
    for folder, names in seen.folders.items():
        before = synced.folders.get(folder, {})
        for name in sorted(before.keys() | names.keys()):
            if before.get(name) != names.get(name):
                changed = {each: inode for each, inode in before.items() if each != name}
                changed |= {name: names[name]} if name in names else {}
                yield synced.folders | {folder: changed}


def build(disk: Disk, folder: Path, inode: int) -> None:
    """Write what is left after the cut."""
    folder.mkdir(parents=True)
    for name, child in disk.folders.get(inode, {}).items():
        if child in disk.folders or child not in disk.files and is_folder_name(name):
            build(disk, folder / name, child)
        else:
            (folder / name).write_bytes(disk.files.get(child, b""))


def is_folder_name(name: str) -> bool:
    """Whether a name whose folder was never synced is that of a folder."""
    return name in {"index", "generations"} or name.isdecimal() or name.startswith((".staging-", ".retired-"))


def shape(disk: Disk, inode: int) -> object:
    """Equal for disks that look the same from this folder down; may be hashed."""
    if inode not in disk.folders:
        return disk.files.get(inode)
    return tuple((name, shape(disk, child)) for name, child in sorted(disk.folders[inode].items()))


def without_sync(moments: list[Moment], number: int) -> list[Moment]:
    """The same recording, with one of its syncs doing nothing."""
    skipped = replace(moments[number], call="skipped fsync", inode=0)
    return [*moments[:number], skipped, *moments[number + 1 :]]
