"""Power cuts at every system call of real ingests: what was acknowledged is there, and every sync is needed for it."""

from __future__ import annotations

import copy
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from searchapp.engine.storage import Store
from searchapp.errors import IndexNotReady, SearchappError
from searchapp.ingest.journal.database import ASIDE
from tests.disk import Disk, Moment, build, cuts, shape, single_names, without_sync
from tests.torture.conftest import Prove
from tests.torture.ingesters import Ingesters
from tests.torture.recording import JOURNAL, Recorded, Recording, record, without_journal
from tests.torture.standing import held, unexplained

SEED = 1848
SECTOR = 512
MODELS = ("all flushed", "un-synced bytes lost", "last directory changes lost", "mixed")


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    return record(tmp_path_factory.mktemp("recorded"))


class Cuts:
    """What is lost by cutting the power during recordings; disks that look the same are looked at once."""

    def __init__(self, recorded: Recorded, scratch: Path) -> None:
        self.looked = 0
        self._recorded = recorded
        self._top = recorded.top.stat().st_ino
        self._folder = scratch / "cut"
        self._known: dict[object, str | None] = {}
        self._read: set[object] = set()

    @property
    def different(self) -> int:
        return len(self._known)

    def loss(self, moment: Moment, disk: Disk) -> str | None:
        """What is wrong after a cut that left this disk; None when all that was acknowledged is there, whole."""
        self.looked += 1
        bare = without_journal(disk)
        look = moment.acknowledged, shape(bare, self._top)
        if look not in self._known:
            with self.rebuilt(bare) as index:
                self._known[look] = self._loss(index, moment.acknowledged)
        return self._known[look]

    @contextmanager
    def rebuilt(self, disk: Disk) -> Iterator[Path]:
        build(disk, self._folder, self._top)
        yield self._folder / "index"
        shutil.rmtree(self._folder)

    def _loss(self, index: Path, acknowledged: int) -> str | None:
        store = Store(index)
        try:
            opened = store.open()
            for manifest in store.generations():
                for damage in store.verify(manifest.generation, every_hash=True):
                    return str(damage)
        except IndexNotReady:
            return f"the index is gone, generation {acknowledged} with it" if acknowledged else None
        except SearchappError as error:
            return str(error)
        if opened.number < acknowledged:
            return f"generation {opened.number} was opened, {acknowledged} was acknowledged"
        contents = opened.number, tuple(sorted((name, one.sha256) for name, one in opened.manifest.files.items()))
        return None if contents in self._read else self._documents_lost(index, contents)

    def _documents_lost(self, index: Path, contents: tuple[int, object]) -> str | None:
        """Read every document, for a set of files that was not read before."""
        number, sources = held(index)
        if self._recorded.newsroom.versions[number] != sources:
            return f"generation {number} holds other documents than it did: {sorted(sources)}"
        self._read.add(contents)
        return None


def states(recording: Recording, dice: random.Random, *, mixed: int) -> Iterator[tuple[Moment, str, Disk]]:
    """What a cut after each moment can leave on the disk, by model; `mixed` times at random.

    A disk holds until the next one is asked for.
    """
    for moment, synced in cuts(recording.moments, copy.deepcopy(recording.before)):
        seen = moment.seen
        every_byte, every_name = synced.files | seen.files, synced.folders | seen.folders
        yield moment, MODELS[0], Disk(every_byte, every_name)
        yield moment, MODELS[1], Disk(synced.files, synced.folders)
        yield moment, MODELS[2], Disk(every_byte, synced.folders)
        for _ in range(mixed):
            yield moment, MODELS[3], survivors(synced, seen, dice)


def survivors(synced: Disk, seen: Disk, dice: random.Random) -> Disk:
    """Any part of the bytes and of the names that were not synced."""
    files = dict(synced.files)
    for inode, data in seen.files.items():
        if synced.files.get(inode) != data:
            files[inode] = dice.choice([synced.files.get(inode, b""), data, torn(data, dice), holed(data, dice)])
    folders = {inode: dict(names) for inode, names in synced.folders.items()}
    for inode, names in seen.folders.items():
        kept = folders.setdefault(inode, {})
        for name in sorted(kept.keys() | names.keys()):
            if kept.get(name) != names.get(name) and dice.random() < 0.5:
                kept.pop(name, None)
                kept |= {name: names[name]} if name in names else {}
    return Disk(files, folders)


def torn(data: bytes, dice: random.Random) -> bytes:
    """The file's beginning."""
    return data[: dice.randrange(len(data) + 1)]


def holed(data: bytes, dice: random.Random) -> bytes:
    """The file with zeros in the place of one sector."""
    start = dice.randrange(len(data) // SECTOR + 1) * SECTOR
    hole = len(data[start : start + SECTOR])
    return data[:start] + bytes(hole) + data[start + hole :]


@pytest.mark.parametrize("wanted", [1_500, pytest.param(20_000, marks=pytest.mark.long)])
def test_a_power_cut_at_any_call_loses_nothing_that_was_acknowledged(
    wanted: int, recorded: Recorded, tmp_path: Path, prove: Prove
) -> None:
    dice = random.Random(SEED)
    found = Cuts(recorded, tmp_path)
    mixed = max(1, -(-wanted // recorded.moments) - 3)
    losses = [
        f"{model}, after {moment.call} {moment.subject}: {loss}"
        for recording in recorded.recordings
        for moment, model, disk in states(recording, dice, mixed=mixed)
        if (loss := found.loss(moment, disk))
    ]
    assert losses == []
    assert found.looked >= wanted
    prove(
        "power cut",
        f"{found.looked:,} states after {recorded.moments} calls of {len(recorded.recordings)} ingests, {found.different:,} different",
        "all open with every acknowledged document",
    )


def test_without_any_one_of_the_syncs_a_power_cut_loses_something(
    recorded: Recorded, tmp_path: Path, prove: Prove
) -> None:
    found, syncs, needless = Cuts(recorded, tmp_path), 0, []
    for recording in recorded.recordings:
        ours = replace(recording, moments=[without_journal_sync(moment) for moment in recording.moments])
        for number, moment in enumerate(ours.moments):
            if moment.call == "fsync":
                syncs += 1
                if not is_missed(ours, number, found):
                    needless.append(f"{number}: {moment.subject}")
    assert syncs > 30
    assert needless == []
    prove("power cut", f"each of {syncs} syncs left out", "each is missed")


def without_journal_sync(moment: Moment) -> Moment:
    """Without what SQLite syncs: that it makes names of ours safe too is luck."""
    return replace(moment, inode=0) if moment.call == "fdatasync" else moment


def is_missed(recording: Recording, number: int, found: Cuts) -> bool:
    """Whether something is lost in one of the states after a sync that did nothing."""
    doubtful = cuts(without_sync(recording.moments, number), copy.deepcopy(recording.before))
    for position, (moment, synced) in enumerate(doubtful):
        if position < number:
            continue
        seen = moment.seen
        disks = [Disk(synced.files, synced.folders), Disk(synced.files, synced.folders | seen.folders)]
        disks += [Disk(synced.files, names) for names in single_names(synced, seen)]
        if any(found.loss(moment, disk) for disk in disks):
            return True
    return False


def test_no_published_file_is_written_through_memory(recorded: Recorded) -> None:
    mapped = {path for recording in recorded.recordings for path in recording.mapped}
    assert {Path(path).name for path in mapped} <= {f"{JOURNAL}-shm"}


@pytest.mark.parametrize("sample", [5, pytest.param(50, marks=pytest.mark.long)])
def test_after_a_power_cut_the_next_ingest_works_whatever_is_left_of_the_journal(
    sample: int, recorded: Recorded, tmp_path: Path, ingesters: Ingesters, prove: Prove
) -> None:
    dice = random.Random(SEED)
    found = Cuts(recorded, tmp_path)
    left = (disk for recording in recorded.recordings for _, _, disk in states(recording, dice, mixed=1))
    chosen = set(random.Random(SEED).sample(range(len(MODELS) * recorded.moments), sample))
    for number, disk in enumerate(left):
        if number not in chosen:
            continue
        with found.rebuilt(disk) as index:
            running = ingesters.start("ingest", recorded.newsroom.path, "--index", index)
            assert running.wait() == 0, running.said()
            assert held(index)[1] == recorded.newsroom.versions[-1]
            assert unexplained(index, f"{JOURNAL}{ASIDE}") == []
            checked = ingesters.start("check", "--deep", "--index", index)
            assert checked.wait() == 0, checked.said()
    prove("power cut", f"{sample} ingests over what a cut left, journal included", "each works unaided")
