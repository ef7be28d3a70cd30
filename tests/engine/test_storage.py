"""What the generations promise: published whole, opened whole, kept long enough, never a number twice."""

from __future__ import annotations

import errno
import hashlib
import os
import threading
from pathlib import Path

import pytest

from searchapp.engine.storage import Manifest, Store
from searchapp.errors import Gone, IndexDamaged, IndexNotReady, NotFound
from tests.engine.generations import NEW, OLD, content, flip, leftovers, point, publish, write


def test_what_was_published_is_what_is_opened(two: Store) -> None:
    opened = two.open()
    assert (opened.number, two.current(), content(opened)) == (2, 2, NEW)
    manifest = opened.manifest
    assert (manifest.documents, manifest.schema, manifest.configuration, manifest.run) == (3, "s", "c", "r")
    assert [earlier.generation for earlier in manifest.history] == [1]
    assert content(two.open(1)) == OLD


def test_a_manifest_survives_its_own_text(two: Store) -> None:
    manifest = two.open().manifest
    assert Manifest.loads(manifest.dumps()) == manifest


def test_unchanged_files_are_shared_with_the_generation_before(two: Store) -> None:
    first, second = two.open(1), two.open(2)
    assert (first.folder / "segment.1").samefile(second.folder / "segment.1")
    assert not (first.folder / "table").samefile(second.folder / "table")


def test_without_hard_links_the_files_are_copied(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(source: Path, target: Path) -> None:
        raise OSError(errno.EOPNOTSUPP, "Operation not supported", str(source), None, str(target))

    publish(store, OLD)
    monkeypatch.setattr(os, "link", no_links)
    publish(store, NEW)
    assert content(store.open()) == NEW
    assert not (store.open(1).folder / "segment.1").samefile(store.open(2).folder / "segment.1")


def test_leaving_without_publishing_leaves_the_old_state(two: Store) -> None:
    with two.writer() as lock, two.stage(lock) as staging:
        write(staging.folder, {"half": b"done"})
    with pytest.raises(RuntimeError, match="stop"), two.writer() as lock, two.stage(lock) as staging:
        raise RuntimeError("stop")
    assert content(two.open()) == NEW
    assert leftovers(two) == []


def test_the_token_changes_with_every_generation(store: Store) -> None:
    tokens = [store.token()]
    for files in (OLD, NEW):
        publish(store, files)
        tokens += [store.token()]
    assert tokens[0] is None
    assert len(set(tokens)) == 3
    assert store.token() == tokens[-1]


def test_no_index_says_what_to_run(store: Store) -> None:
    assert store.current() is None
    with pytest.raises(IndexNotReady, match="searchapp ingest"):
        store.open()
    assert store.generations() == ()


def test_a_number_that_never_was_and_one_that_is_gone(two: Store) -> None:
    two.prune(keep_last=1, younger_than=0, budget=0)
    for ask in (two.open, lambda number: two.verify(number, every_hash=False)):
        with pytest.raises(Gone):
            ask(1)
        with pytest.raises(NotFound) as error:
            ask(7)
        assert not isinstance(error.value, Gone)


def test_writing_into_a_shared_file_is_refused(two: Store) -> None:
    with two.writer() as lock, two.stage(lock) as staging, pytest.raises(IndexDamaged, match=r"generations/2/table"):
        (staging.folder / "table").write_bytes(b"third, in place")
        staging.publish(schema="s", configuration="c", documents=0, run="r", settled=True)


def test_only_plain_files_are_published_and_only_once(store: Store) -> None:
    once = {"schema": "s", "configuration": "c", "documents": 0, "run": "r", "settled": True}
    with store.writer() as lock, store.stage(lock) as staging:
        (staging.folder / "folder").mkdir()
        with pytest.raises(ValueError, match="folder is not a plain file"):
            staging.publish(**once)  # type: ignore[arg-type]
        (staging.folder / "folder").rmdir()
        staging.publish(**once)  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="published already"):
            staging.publish(**once)  # type: ignore[arg-type]


def test_a_generation_that_never_became_current_is_not_served_and_its_number_not_used(two: Store) -> None:
    publish(two, OLD)
    point(two, 2)
    assert two.open().number == 2
    assert [each.generation for each in two.generations()] == [1, 2]
    assert publish(two, NEW) == 4
    assert [each.generation for each in two.generations()] == [1, 2, 4]
    assert two.prune() == (3,)
    assert [earlier.generation for earlier in two.open().manifest.history] == [1, 2]


def test_a_number_is_never_used_again(two: Store) -> None:
    for expected in (3, 4, 5):
        assert publish(two, OLD if expected % 2 else NEW) == expected
        two.prune(keep_last=1, younger_than=0, budget=0)
        assert os.listdir(two.root / "generations") == [str(expected)]
    assert [earlier.generation for earlier in two.open().manifest.history] == [1, 2, 3, 4]
    assert leftovers(two) == []


def test_pruning_keeps_what_a_reader_may_have_open(two: Store) -> None:
    for files in (OLD, NEW, OLD):
        publish(two, files)
    assert two.prune() == ()
    assert two.prune(younger_than=0, budget=0) == (1, 2)
    assert [each.generation for each in two.generations()] == [3, 4, 5]


def test_nothing_is_pruned_while_the_current_manifest_cannot_be_read(two: Store) -> None:
    flip(two.open().folder / "MANIFEST")
    with pytest.raises(IndexDamaged):
        two.prune(keep_last=1, younger_than=0, budget=0)
    assert content(two.open(1)) == OLD


def test_what_cannot_be_removed_now_is_removed_later(two: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(source: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(source), None, str(target))

    monkeypatch.setattr(os, "rename", full)
    assert two.prune(keep_last=1, younger_than=0, budget=0) == ()
    assert content(two.open()) == NEW
    monkeypatch.undo()
    assert two.prune(keep_last=1, younger_than=0, budget=0) == (1,)


@pytest.mark.parametrize(("owner", "step"), [(Path, "read_bytes"), (hashlib, "file_digest")])
def test_a_generation_retired_while_it_is_opened_gives_way_to_its_successor(
    two: Store, monkeypatch: pytest.MonkeyPatch, owner: object, step: str
) -> None:
    go_on = getattr(owner, step)

    def retire_first(*arguments: object) -> object:
        monkeypatch.undo()
        publish(two, OLD)
        two.prune(keep_last=1, younger_than=0, budget=0)
        return go_on(*arguments)

    monkeypatch.setattr(owner, step, retire_first)
    assert content(two.open()) == OLD


def test_readers_beside_a_pruning_writer_always_see_one_whole_generation(store: Store) -> None:
    publish(store, {"number": b"1"})
    done = threading.Event()

    def keep_publishing() -> None:
        for number in range(2, 40):
            publish(store, {"number": b"%d" % number, f"only-in-{number}": b"x"})
            store.prune(keep_last=1, younger_than=0, budget=0)
        done.set()

    writer = threading.Thread(target=keep_publishing)
    writer.start()
    seen = [0]
    try:
        while not done.is_set():
            seen.append(store.open().number)
    finally:
        writer.join()
    assert seen == sorted(seen)
    assert len(set(seen)) > 5
