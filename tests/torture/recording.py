"""Real ingests under strace: what they did to the disk, call by call, and what the machine saw after each."""

from __future__ import annotations

import copy
import os
import shutil
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from searchapp.engine.storage.manifest import MANIFEST, Manifest
from tests.conftest import NO_STRACE
from tests.disk import Disk, Moment, shape
from tests.torture.calls import TRACED, Call, calls
from tests.torture.ingesters import Ingesters
from tests.torture.machine import FORKS, Machine, pictured
from tests.torture.newsroom import Newsroom

OF_CONCERN = r"committed generation|clone|fork|resumed>"
JOURNAL = "journal.sqlite"
INGESTS = 5
AGED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Recording:
    """One ingest: the disk before it, all of it safe, and every moment of it; `mapped` are files mapped for writing."""

    before: Disk
    moments: list[Moment]
    mapped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recorded:
    """Ingests one after another into `top`/index, and the newsroom they read."""

    top: Path
    newsroom: Newsroom
    recordings: list[Recording]

    @property
    def moments(self) -> int:
        """How many there are in all."""
        return sum(len(recording.moments) for recording in self.recordings)


def record(folder: Path) -> Recorded:
    """First, changed and removed files, and a last ingest by which old generations are let go."""
    if shutil.which("strace") is None:
        reason = f"{NO_STRACE}: power cuts are replayed from its log (Debian's package strace)"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    top, log = folder / "top", folder / "strace.log"
    top.mkdir()
    newsroom = Newsroom(folder / "press", fewest=3)
    strace = (
        "strace", "-f", "--seccomp-bpf", "-y", "-s", "100000000", "-e", f"trace={TRACED}",
        "-o", f"|grep -a -E '{top}|{OF_CONCERN}' > {log}",
    )  # fmt: skip
    pictures: list[tuple[Disk, Disk]] = []
    processes: list[int] = []
    with Ingesters(folder, under=strace) as ingesters:
        for number in range(INGESTS):
            if number == INGESTS - 1:
                _age(top / "index/generations")
            before = pictured(top)
            newsroom.rewrite()
            running = ingesters.start("ingest", newsroom.path, "--index", top / "index")
            assert running.wait() == 0, running.said()
            processes.append(running.process)
            pictures.append((before, pictured(top)))
    with log.open(encoding="latin-1") as lines:
        listed = list(calls(lines))
    recordings = [
        _replayed(top, pictures[number], _family(listed, process), number)
        for number, process in enumerate(processes)
    ]
    return Recorded(top, newsroom, recordings)


def _family(listed: list[Call], process: int) -> list[Call]:
    """The calls of a process and of all that it started."""
    members = {process}
    parents = {call.result: call.process for call in listed if call.name in FORKS}
    for child, parent in parents.items():
        if parent in members:
            members.add(child)
    return [call for call in listed if call.process in members]


def _replayed(top: Path, pictures: tuple[Disk, Disk], family: list[Call], acknowledged: int) -> Recording:
    before, after = pictures
    machine = Machine(top, copy.deepcopy(before), acknowledged)
    machine.run(family)
    assert machine.moments, "nothing was recorded"
    root = top.stat().st_ino
    last = machine.moments[-1]
    assert shape(last.seen, root) == shape(after, root), "the log is misunderstood"
    assert last.acknowledged == acknowledged + 1
    return Recording(before, machine.moments, tuple(machine.mapped))


def _age(generations: Path) -> None:
    """Let all but the current generation be of long ago, so that the next ingest finds some to let go."""
    manifests = sorted(generations.glob(f"*/{MANIFEST}"), key=lambda path: int(path.parent.name))
    for manifest in manifests[:-1]:
        known = Manifest.loads(manifest.read_text())
        created = (datetime.fromisoformat(known.created) - AGED).isoformat(timespec="seconds")
        manifest.unlink()
        manifest.write_text(replace(known, created=created).dumps())


def without_journal(disk: Disk) -> Disk:
    """The disk without the ingester's own memory, of which nothing is promised."""
    folders = {
        inode: {name: child for name, child in names.items() if not name.startswith(JOURNAL)}
        for inode, names in disk.folders.items()
    }
    return Disk(disk.files, folders)
