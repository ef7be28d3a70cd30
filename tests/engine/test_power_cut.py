"""Power cuts at every moment of real publications: what was acknowledged is there, and every sync is needed for it.

The calls that change folders or sync are recorded while the store works. The model of the disk: a file has the bytes
it had when it was last synced, a folder the names it had when it was last synced. What was not synced is lost, or part
of it survives: all of it, all bytes but no names, all names but no bytes, half of the bytes, or any single name.
`tests/torture` does the same with the system calls of whole ingests.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from searchapp.engine.whoosh_index.storage import Manifest, Store
from searchapp.errors import IndexDamaged, IndexNotReady, SearchappError
from tests.disk import Disk, Moment, build, cuts, shape, single_names, without_sync

RECORDED = ("fsync", "link", "mkdir", "rename", "replace", "rmdir", "unlink")
PUBLICATIONS: tuple[dict[str, bytes], ...] = (
    {"segment.1": b"one two three", "table": b"first"},
    {"segment.1": b"one two three", "segment.2": b"four five", "table": b"second"},
    {"segment.3": b"one two three four five six", "table": b"third"},
)
ACKNOWLEDGED = "acknowledged"


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


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorder]:
    """Three publications, each followed by pruning, into a folder that was not there before."""
    recorder = Recorder(tmp_path_factory.mktemp("recorded"))
    with pytest.MonkeyPatch.context() as patch:
        record(recorder, patch)
    yield recorder
    recorder.close()


@pytest.fixture(scope="module")
def recording_without_links(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorder]:
    """The same on a file system that has no hard links."""

    def no_links(source: Path, target: Path) -> None:
        raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP), str(source), None, str(target))

    recorder = Recorder(tmp_path_factory.mktemp("recorded"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "link", no_links)
        record(recorder, patch)
    yield recorder
    recorder.close()


def record(recorder: Recorder, patch: pytest.MonkeyPatch) -> None:
    store = Store(recorder.top / "index", minimum_free=0)
    recorder.watch(patch)
    for files in PUBLICATIONS:
        recorder.acknowledge(publish(store, files))
        store.prune(keep_last=1, younger_than=0, budget=0)


def publish(store: Store, files: Mapping[str, bytes]) -> int:
    with store.writer(timeout=0) as lock, store.stage(lock) as staging:
        for name in sorted(set(os.listdir(staging.folder)) | set(files)):
            path = staging.folder / name
            if path.exists() and files.get(name) != path.read_bytes():
                path.unlink()
            if name in files and not path.exists():
                path.write_bytes(files[name])
        return staging.publish(schema="s", configuration="c", documents=len(files), run="r", settled=True)


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


def loss(store: Store, acknowledged: int) -> str | None:
    """What is wrong with the store after a cut; None when it holds all that was acknowledged, whole."""
    try:
        opened = store.open()
        content = {path.name: path.read_bytes() for path in opened.folder.iterdir() if path.name != "MANIFEST"}
        if opened.number < acknowledged or content != PUBLICATIONS[opened.number - 1]:
            return f"generation {opened.number} was opened with {sorted(content)}"
        return next((str(each) for kept in store.generations() for each in damages(store, kept)), None)
    except IndexNotReady:
        return "the index is gone" if acknowledged else None
    except SearchappError as error:
        return str(error)


def damages(store: Store, manifest: Manifest) -> tuple[IndexDamaged, ...]:
    return store.verify(manifest.generation, every_hash=True)


class Cuts:
    """What is lost by cutting the power during a recording; disks that look the same are looked at once."""

    def __init__(self, recorder: Recorder, scratch: Path) -> None:
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
        lost = loss(Store(self._folder / "index", minimum_free=0), acknowledged)
        shutil.rmtree(self._folder)
        return lost


def test_a_power_cut_at_any_moment_loses_nothing_that_was_acknowledged(recording: Recorder, tmp_path: Path) -> None:
    assert [moment.subject for moment in recording.moments if moment.call == ACKNOWLEDGED] == ["1", "2", "3"]
    assert list(Cuts(recording, tmp_path).losses(recording.moments)) == []


def test_a_power_cut_loses_nothing_where_files_are_copied(recording_without_links: Recorder, tmp_path: Path) -> None:
    assert "link" not in {moment.call for moment in recording_without_links.moments}
    assert list(Cuts(recording_without_links, tmp_path).losses(recording_without_links.moments)) == []


def test_without_any_one_of_the_syncs_a_power_cut_loses_something(recording: Recorder, tmp_path: Path) -> None:
    cuts = Cuts(recording, tmp_path)
    syncs = [number for number, moment in enumerate(recording.moments) if moment.call == "fsync"]
    needless = [
        f"{number}: {recording.moments[number].subject}"
        for number in syncs
        if next(cuts.losses(without_sync(recording.moments, number)), None) is None
    ]
    assert len(syncs) > 20
    assert needless == []


def test_a_publication_syncs_what_it_names_before_it_names_it(recording: Recorder) -> None:
    calls = [f"{moment.call} {moment.subject}" for moment in recording.moments if moment.call != "before"]
    second = calls[calls.index("acknowledged 1") + 1 : calls.index("acknowledged 2")]
    assert second == [
        "mkdir .staging-2",
        "link segment.1",
        "link table",
        "unlink table",
        "fsync segment.2",
        "fsync table",
        "fsync MANIFEST",
        "fsync .staging-2",
        "rename 2",
        "fsync generations",
        "fsync CURRENT.tmp",
        "replace CURRENT",
        "fsync index",
    ]


def test_a_writer_goes_on_after_one_killed_at_any_moment(recording: Recorder, tmp_path: Path) -> None:
    top = recording.top.stat().st_ino
    left = {shape(moment.seen, top): moment for moment in recording.moments}
    for moment in left.values():
        build(moment.seen, tmp_path / "killed", top)
        store = Store(tmp_path / "killed/index", minimum_free=0)
        assert publish(store, PUBLICATIONS[0]) > moment.acknowledged
        assert not [name for name in os.listdir(store.root / "generations") if name.startswith(".")]
        shutil.rmtree(tmp_path / "killed")
