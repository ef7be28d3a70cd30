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
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from searchapp.engine.storage import Manifest, Store
from searchapp.errors import IndexDamaged, IndexNotReady, SearchappError
from tests.disk import build, shape
from tests.engine.power_cuts import ACKNOWLEDGED, Cuts, Recorder

PUBLICATIONS: tuple[dict[str, bytes], ...] = (
    {"segment.1": b"one two three", "table": b"first"},
    {"segment.1": b"one two three", "segment.2": b"four five", "table": b"second"},
    {"segment.3": b"one two three four five six", "table": b"third"},
)


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


def test_a_power_cut_at_any_moment_loses_nothing_that_was_acknowledged(recording: Recorder, tmp_path: Path) -> None:
    assert [moment.subject for moment in recording.moments if moment.call == ACKNOWLEDGED] == ["1", "2", "3"]
    assert list(Cuts(recording, tmp_path, loss).losses(recording.moments)) == []


def test_a_power_cut_loses_nothing_where_files_are_copied(recording_without_links: Recorder, tmp_path: Path) -> None:
    assert "link" not in {moment.call for moment in recording_without_links.moments}
    assert list(Cuts(recording_without_links, tmp_path, loss).losses(recording_without_links.moments)) == []


def test_without_any_one_of_the_syncs_a_power_cut_loses_something(recording: Recorder, tmp_path: Path) -> None:
    assert len([moment for moment in recording.moments if moment.call == "fsync"]) > 20
    assert Cuts(recording, tmp_path, loss).needless(recording.moments) == []


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
