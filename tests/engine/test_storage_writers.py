"""One writer at a time, on disks that are full or forbidden, after writers that crashed."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from searchapp.engine.storage import Manifest, Staging, Store
from searchapp.errors import CannotWrite, IndexLocked, StorageFailure
from tests.engine.generations import NEW, OLD, content, leftovers, publish
from tests.engine.test_power_cut_keeping import said

PROJECT = Path(__file__).resolve().parents[2]


def test_nothing_is_staged_without_the_lock(two: Store) -> None:
    with two.writer() as lock:
        pass
    with pytest.raises(IndexLocked), two.stage(lock):
        pytest.fail("staged without the lock")


HOLD = """
import os, sys, time
from pathlib import Path
from searchapp.engine.storage import Store
with Store(Path(sys.argv[1])).writer() as lock:
    if sys.argv[2] == "fork" and os.fork() == 0:
        print("forked", os.getpid(), flush=True)
        time.sleep(60)
    time.sleep(0.2)
    print("holding", os.getpid(), flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(store: Store) -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    started: list[subprocess.Popen[str]] = []

    def start(how: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", HOLD, str(store.root), how]
        started.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=PROJECT))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def test_the_second_writer_is_told_who_holds_the_lock(
    store: Store, holder: Callable[[str], subprocess.Popen[str]]
) -> None:
    process = holder("alone")
    assert process.stdout and "holding" in process.stdout.readline()
    began = time.monotonic()
    with pytest.raises(IndexLocked, match=rf"pid {process.pid} on {os.uname().nodename}"), store.writer(timeout=0.3):
        pytest.fail("two writers")
    assert 0.3 <= time.monotonic() - began < 5
    process.kill()
    assert publish_after(store, 5) == 1


def test_a_worker_that_outlives_its_ingest_does_not_keep_the_lock(
    store: Store, holder: Callable[[str], subprocess.Popen[str]]
) -> None:
    process = holder("fork")
    assert process.stdout
    child = int(process.stdout.readline().split()[1])
    try:
        assert "holding" in process.stdout.readline()
        process.kill()
        assert publish_after(store, 5) == 1
        os.kill(child, 0)
    finally:
        os.kill(child, 9)


def publish_after(store: Store, timeout: float) -> int:
    with store.writer(timeout=timeout) as lock, store.stage(lock) as staging:
        return staging.publish(schema="s", configuration="c", documents=0, run="r", settled=True)


def test_a_second_writer_in_the_same_process_waits_its_turn(two: Store) -> None:
    numbers: list[int] = []
    with two.writer():
        waiting = threading.Thread(target=lambda: numbers.append(publish_after(Store(two.root), 10)))
        waiting.start()
        time.sleep(0.1)
        assert numbers == []
    waiting.join()
    assert numbers == [3]


def test_a_lock_file_deleted_while_it_is_being_locked_is_no_lock(two: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    flock = fcntl.flock

    def delete_first(descriptor: int, operation: int) -> None:
        monkeypatch.setattr(fcntl, "flock", flock)
        (two.root / "LOCK").unlink()
        flock(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", delete_first)
    with two.writer(timeout=5), pytest.raises(IndexLocked), Store(two.root).writer(timeout=0):
        pytest.fail("two writers")


def test_what_a_crash_left_is_cleared_by_the_next_writer(two: Store) -> None:
    for stale in ("generations/.staging-3", "generations/.staging-9", "generations/.retired-1"):
        (two.root / stale).mkdir()
        (two.root / stale / "segment").write_bytes(b"half")
    (two.root / "CURRENT.tmp").write_bytes(b"9")
    (two.root / "journal.sqlite").write_bytes(b"not ours")
    with two.writer():
        assert leftovers(two) == ["journal.sqlite"]
    assert content(two.open()) == NEW


def test_too_little_free_space_for_the_job_is_said_before_anything_is_written(two: Store) -> None:
    greedy = Store(two.root, minimum_free=2**60)
    with pytest.raises(StorageFailure, match="bytes are free"), greedy.writer() as lock, greedy.stage(lock):
        pytest.fail("staged without space")
    need = shutil.disk_usage(two.root).free // 2
    with pytest.raises(StorageFailure, match="bytes are free"), two.writer() as lock, two.stage(lock, need=need):
        pytest.fail("staged without space")
    with two.writer() as lock, two.stage(lock, need=need // 2):
        pass
    assert leftovers(two) == []


def test_a_file_past_the_allowed_size_leaves_the_old_generation(two: Store) -> None:
    script = """
import resource, sys
from pathlib import Path
from searchapp.engine.storage import Store
from searchapp.errors import StorageFailure
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
store = Store(Path(sys.argv[1]))
try:
    with store.writer() as lock, store.stage(lock) as staging:
        (staging.folder / "big").write_bytes(bytes(2000))
except StorageFailure as failure:
    print(failure)
"""
    command = [sys.executable, "-c", script, str(two.root)]
    assert "File too large" in subprocess.run(command, capture_output=True, text=True, check=True, cwd=PROJECT).stdout
    assert content(two.open()) == NEW
    assert leftovers(two) == []


@pytest.fixture
def tiny_disk() -> Iterator[Path]:
    """A file system of 256 kB; only root can mount one."""
    folder = Path(tempfile.mkdtemp(prefix="searchapp-tiny-"))
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=256k,mode=755", "tmpfs", str(folder)]
    if os.geteuid() != 0 or mount is None or subprocess.run(command, capture_output=True).returncode != 0:
        folder.rmdir()
        pytest.skip("A FULL DISK IS NOT TESTED: no small file system can be mounted here (needs root)")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)
    folder.rmdir()


def fill(path: Path, *, leaving: int) -> None:
    """Fill the disk but for some pages."""
    page = 4096
    free = shutil.disk_usage(path.parent).free
    path.write_bytes(bytes(max(0, free - leaving * page)))


def test_a_disk_full_at_any_step_leaves_the_old_generation_and_no_staging(tiny_disk: Path) -> None:
    store = Store(tiny_disk / "index", minimum_free=0)
    publish(store, OLD)
    failures = 0
    for pages in range(12):
        before = store.open()
        fill(tiny_disk / "ballast", leaving=pages)
        try:
            publish(store, OLD | {"new": b"%d" % pages * 9000})
        except StorageFailure as failure:
            failures += 1
            assert "No space left" in str(failure)
            assert content(store.open()) == content(before)
            assert store.current() == before.number
        assert leftovers(store) == []
        (tiny_disk / "ballast").unlink()
        publish(store, OLD | {"after": b"%d" % pages})
        store.prune(keep_last=1, younger_than=0, budget=0)
    assert 4 <= failures < 12


def test_a_disk_full_at_any_step_of_going_back_keeping_or_taking_out_changes_nothing(tiny_disk: Path) -> None:
    def drop_table(staging: Staging) -> Manifest:
        (staging.folder / "table").unlink()
        (staging.folder / "table").write_bytes(bytes(9000))
        return said(staging)

    def forget(store: Store) -> None:
        with store.writer() as lock:
            store.forget(lock, drop_table)

    def keep(store: Store) -> None:
        with store.writer() as lock:
            store.keep(lock, store.open().number, f"name {store.current()}")

    def rollback(store: Store) -> None:
        with store.writer() as lock:
            store.rollback(lock, store.current())

    store = Store(tiny_disk / "index", minimum_free=0)
    publish(store, OLD)
    keep(store)
    failures = 0
    for change in (forget, keep, rollback):
        for pages in range(9):
            before, kept = store.open(), store.kept()
            fill(tiny_disk / "ballast", leaving=pages)
            try:
                change(store)
            except StorageFailure as failure:
                failures += 1
                assert "No space left" in str(failure)
                assert (store.current(), store.kept(), leftovers(store)) == (before.number, kept, [])
            (tiny_disk / "ballast").unlink()
            change(store)
            publish(store, OLD)
            store.prune(keep_last=1, younger_than=0, budget=0)
    assert failures > 8


@pytest.mark.parametrize("pages", range(4))
def test_on_a_full_disk_no_index_is_begun_and_the_next_run_begins_it(tiny_disk: Path, pages: int) -> None:
    store = Store(tiny_disk / "deep/index", minimum_free=0)
    fill(tiny_disk / "ballast", leaving=pages)
    with pytest.raises(StorageFailure, match="No space left"):
        publish(store, OLD | {"more": bytes(9000)})
    (tiny_disk / "ballast").unlink()
    assert publish(store, OLD) == 1
    assert leftovers(store) == []


def test_a_file_where_the_index_is_to_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file")
    with pytest.raises(CannotWrite, match="index"):
        publish(Store(tmp_path / "index"), OLD)


READ_ONLY = """
import os, sys
from pathlib import Path
from searchapp.engine.storage import Store
from searchapp.errors import SearchappError
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
store = Store(Path(sys.argv[1]))
print(store.open().number, store.verify(1, every_hash=True))
try:
    store.writer(timeout=0).__enter__()
except SearchappError as error:
    print(type(error).__name__, error)
"""


def test_a_reader_needs_no_write_access_and_a_writer_is_told_it_lacks_it() -> None:
    with tempfile.TemporaryDirectory(prefix="searchapp-read-only-") as name:
        root = Path(name)
        root.chmod(0o755)
        publish(Store(root / "index"), OLD)
        allow(root / "index", 0o555, 0o444)
        command = [sys.executable, "-c", READ_ONLY, str(root / "index")]
        finished = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT)
        allow(root / "index", 0o755, 0o644)
    assert finished.stdout.splitlines() == [
        "1 ()",
        f"{CannotWrite.__name__} {root}/index/LOCK: Permission denied",
    ], finished.stderr


def allow(root: Path, folders: int, files: int) -> None:
    for path in [root, *root.rglob("*")]:
        path.chmod(folders if path.is_dir() else files)
