"""Going back, keeping by name, taking out for good; and what an interruption at any line of it leaves."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from searchapp.engine.storage import Manifest, Staging, Store
from searchapp.errors import Gone, IndexDamaged, NotFound, StorageFailure, UsageError
from tests.engine.generations import NEW, OLD, content, flip, leftovers, point, publish
from tests.engine.test_power_cut_keeping import FIRST, SECOND, forget, holding, keep, said


def rollback(store: Store, number: int | None = None) -> int:
    with store.writer(timeout=0) as lock:
        return store.rollback(lock, number)


def test_going_back_publishes_the_same_files_under_a_new_number(two: Store) -> None:
    assert rollback(two) == 3
    opened = two.open()
    assert (opened.number, content(opened)) == (3, OLD)
    assert (opened.folder / "table").samefile(two.open(1).folder / "table")
    assert (opened.manifest.documents, opened.manifest.settled) == (len(OLD), True)
    assert rollback(two, 2) == 4
    assert content(two.open()) == NEW
    assert [one.generation for one in two.open().manifest.history] == [1, 2, 3]


def test_going_back_skips_unfinished_and_damaged_generations(store: Store) -> None:
    publish(store, OLD)
    publish(store, NEW)
    publish(store, OLD | {"more": b"1"}, settled=False)
    publish(store, NEW | {"more": b"2"})
    flip(store.open(2).folder / "table")
    assert rollback(store) == 5
    assert content(store.open()) == OLD
    assert rollback(store, 3) == 6
    assert not store.open().manifest.settled


def test_going_back_to_what_is_not_there_is_refused(two: Store) -> None:
    flip(two.open(1).folder / "table")
    for number, error in ((None, NotFound), (1, IndexDamaged), (9, NotFound)):
        with pytest.raises(error):
            rollback(two, number)
    assert two.current() == 2
    assert leftovers(two) == []


@pytest.mark.parametrize("lost", ["2/table", "2/MANIFEST"])
def test_a_damaged_current_generation_is_left_behind(two: Store, lost: str) -> None:
    flip(two.root / "generations" / lost)
    assert rollback(two) == 3
    assert content(two.open()) == OLD
    assert publish(two, NEW) == 4


@pytest.mark.parametrize("line", [None, b"", b"0\n", b"0 0123456789ab\n", b"1 0123456789ab\n", b"7 0123456789ab\n"])
def test_a_damaged_current_file_is_left_behind(two: Store, line: bytes | None) -> None:
    (two.root / "CURRENT").unlink() if line is None else (two.root / "CURRENT").write_bytes(line)
    with pytest.raises(IndexDamaged, match="searchapp rollback"):
        two.open()
    assert rollback(two, 2) == (8 if line and line.startswith(b"7") else 3)
    assert content(two.open()) == NEW


def test_a_flipped_digit_in_current_is_told_by_the_seal(two: Store) -> None:
    seal = (two.root / "CURRENT").read_text().split()[1]
    (two.root / "CURRENT").write_text(f"1 {seal}\n")
    with pytest.raises(IndexDamaged, match="CURRENT: names generation 1, but not by its seal.*searchapp rollback 2"):
        two.open()
    fallback, damage = two.open_last_good()
    assert (fallback.number, damage and damage.file) == (2, "CURRENT")
    point(two, 2)
    assert two.open().number == 2


def test_the_first_generation_without_current_is_damage_too(store: Store) -> None:
    publish(store, OLD)
    (store.root / "CURRENT").unlink()
    with pytest.raises(IndexDamaged, match="CURRENT: is missing.*searchapp rollback 1"):
        publish(store, NEW)


def test_a_generation_with_a_name_is_not_pruned(two: Store) -> None:
    keep(two, 1, "before")
    publish(two, OLD)
    assert two.prune(keep_last=1, younger_than=0, budget=0) == (2,)
    assert two.kept() == {1: "before"}
    assert content(two.open(1)) == OLD
    with two.writer() as lock:
        two.keep(lock, 1, None)
    assert two.prune(keep_last=1, younger_than=0, budget=0) == (1,)


def test_a_generation_with_a_name_is_not_pruned_because_it_is_damaged(two: Store) -> None:
    keep(two, 1, "before")
    publish(two, OLD)
    flip(two.root / "generations/1/MANIFEST")
    assert two.prune(keep_last=1, younger_than=0, budget=0) == (2,)


def test_a_name_is_of_one_generation_and_can_be_changed(two: Store) -> None:
    keep(two, 1, "before")
    keep(two, 1, "before")
    with pytest.raises(UsageError, match="generation 1 is kept as before already"):
        keep(two, 2, "before")
    keep(two, 1, "earlier")
    keep(two, 2, "before")
    assert two.kept() == {1: "earlier", 2: "before"}


@pytest.mark.parametrize("name", ["", " ", " a", "a\nb", "a\x1b[31m", "x" * 101])
def test_what_cannot_be_read_is_no_name(two: Store, name: str) -> None:
    with pytest.raises(UsageError):
        keep(two, 1, name)


def test_only_what_is_there_whole_can_be_kept(two: Store) -> None:
    flip(two.open(1).folder / "table")
    for number, error in ((1, IndexDamaged), (9, NotFound)):
        with pytest.raises(error):
            keep(two, number, "a")
    assert two.kept() == {}


@pytest.mark.parametrize("damage", [flip, lambda path: path.write_bytes(b""), lambda path: path.write_bytes(b"{}\n")])
def test_while_the_names_cannot_be_read_nothing_is_pruned(two: Store, damage: Callable[[Path], None]) -> None:
    keep(two, 1, "before")
    damage(two.root / "KEPT")
    publish(two, OLD)
    assert two.prune(keep_last=1, younger_than=0, budget=0) == ()
    assert [one.generation for one in two.generations()] == [1, 2, 3]
    (found,) = two.damages_of_kept()
    assert found.file == "KEPT" and "searchapp keep N --name NAME" in str(found)
    for change in (lambda: keep(two, 2, "x"), lambda: forget(two)):
        with pytest.raises(IndexDamaged, match="KEPT"):
            change()


def test_a_name_whose_generation_is_lost_is_found_and_can_be_let_go(two: Store) -> None:
    keep(two, 1, "the trial")
    (two.root / "generations/1").rename(two.root.parent / "elsewhere")
    (found,) = two.damages_of_kept()
    assert found.file == "KEPT" and "searchapp keep --drop 'the trial'" in str(found)
    with pytest.raises(IndexDamaged, match="keep --drop 'the trial'"):
        forget(two)
    with two.writer() as lock:
        two.keep(lock, 1, None)
    assert two.damages_of_kept() == ()
    with two.writer() as lock, pytest.raises(Gone):
        two.keep(lock, 1, None)


def test_how_much_the_generations_of_each_day_may_take_is_told_the_store(two: Store) -> None:
    for budget, removed in ((1000.0, ()), (0.0, (1,))):
        told = Store(two.root, budget=budget)
        older = two.open(1).manifest
        assert older.settled
        (two.root / "generations/1/MANIFEST").write_text(replace(older, created="2026-01-01T00:00:00+00:00").dumps())
        assert told.prune(keep_last=1, younger_than=0) == removed


@pytest.fixture
def secret(store: Store) -> Store:
    """A store with the word in all of three generations, of which the first is kept by name."""
    publish(store, FIRST)
    publish(store, SECOND)
    publish(store, SECOND | {"table": b"third"})
    keep(store, 1, "first")
    return store


def test_what_is_taken_out_is_in_no_generation(secret: Store) -> None:
    assert forget(secret) == 5
    assert holding(secret) == leftovers(secret) == []
    assert secret.kept() == {4: "first"}
    assert [(one.generation, one.original) for one in secret.generations()] == [(4, 1), (5, None)]
    assert content(secret.open(4)) == {"segment.1": b"a  and more"}
    assert content(secret.open()) == {"segment.1": b"a  and more", "segment.2": b"no word", "table": b"third"}
    for number in (1, 2, 3):
        with pytest.raises(Gone):
            secret.open(number)
    assert publish(secret, OLD) == 6


def test_what_stands_in_for_a_kept_generation_is_never_the_current_one(secret: Store) -> None:
    forget(secret)
    with pytest.raises(NotFound):
        rollback(secret)
    flip(secret.open(5).folder / "table")
    assert secret.open_last_good()[0].number == 4
    assert rollback(secret, 4) == 6
    publish(secret, OLD)
    flip(secret.open().folder / "segment.1")
    assert secret.open_last_good()[0].number == 6


def test_what_was_to_stand_in_is_not_served_after_a_kill(secret: Store, tmp_path: Path) -> None:
    calls: list[int] = []

    def killed_at_the_second(staging: Staging) -> Manifest:
        calls.append(staging.number)
        if len(calls) == 2:
            shutil.copytree(secret.root, tmp_path / "killed")
        return said(staging)

    with secret.writer() as lock:
        secret.forget(lock, killed_at_the_second)
    killed = Store(tmp_path / "killed")
    assert killed.open().number == 3
    assert [one.generation for one in killed.generations()] == [1, 2, 3]
    (killed.root / "CURRENT").unlink()
    fallback, damage = killed.open_last_good()
    assert (fallback.number, "searchapp rollback 3" in str(damage)) == (3, True)
    assert rollback(killed) == 5
    assert content(killed.open())["table"] == b"third"


def test_on_a_disk_that_fills_up_nothing_has_changed(secret: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0

    def full_at_the_second(staging: Staging) -> Manifest:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise OSError(28, "No space left on device", str(staging.folder))
        return said(staging)

    with secret.writer() as lock, pytest.raises(StorageFailure):
        secret.forget(lock, full_at_the_second)
    assert (secret.current(), secret.kept(), leftovers(secret)) == (3, {1: "first"}, [])
    assert sorted(path.name for path in (secret.root / "generations").iterdir()) == ["1", "2", "3"]
    assert forget(secret) == 5
