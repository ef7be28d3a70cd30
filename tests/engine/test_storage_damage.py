"""Damage of every kind is found before a byte is given out, and its message names the file and the cure."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from searchapp.engine.storage import Store
from searchapp.errors import IndexDamaged, IndexOutdated, SearchappError
from tests.engine.generations import NEW, OLD, content, flip, point, publish


def swap(path: Path) -> None:
    other, aside = path.with_name("segment.1"), path.with_name("aside")
    path.rename(aside)
    other.rename(path)
    aside.rename(other)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "flipped": flip,
    "truncated": lambda path: os.truncate(path, path.stat().st_size - 1),
    "emptied": lambda path: os.truncate(path, 0),
    "zeroed": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "lengthened": lambda path: path.write_bytes(path.read_bytes() + b"\n"),
    "deleted": lambda path: path.unlink(),
}


@pytest.mark.parametrize("name", ["segment.2", "table", "MANIFEST"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_found_before_it_is_given_out(two: Store, name: str, damage: str) -> None:
    DAMAGES[damage](two.open().folder / name)
    with pytest.raises(IndexDamaged, match=rf"generations/2/{name}: .*searchapp ingest") as found:
        two.open()
    assert found.value.file == f"generations/2/{name}"
    with pytest.raises(IndexDamaged), two.writer() as lock, two.stage(lock):
        pytest.fail("a damaged generation was cloned")
    assert [each.file for each in two.verify(2, every_hash=True)] == [f"generations/2/{name}"]


def test_two_files_that_changed_places_are_found(two: Store) -> None:
    swap(two.open().folder / "segment.2")
    found = [each.file for each in two.verify(2, every_hash=True)]
    assert found == ["generations/2/segment.1", "generations/2/segment.2"]
    assert two.verify(2, every_hash=False) == ()
    with pytest.raises(IndexDamaged, match=r"generations/2/segment\.1: .*SHA-256"):
        two.open()


def test_a_file_the_manifest_does_not_know_is_found(two: Store) -> None:
    (two.open().folder / "stray").write_bytes(b"a pickle, perhaps")
    with pytest.raises(IndexDamaged, match=r"generations/2/stray: is not in the manifest"):
        two.open()


def test_a_link_to_a_file_that_can_change_is_no_file_of_a_generation(two: Store, tmp_path: Path) -> None:
    path = two.open().folder / "table"
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(IndexDamaged, match=r"generations/2/table: is not a plain file"):
        two.open()


def test_a_stale_manifest_is_found(two: Store) -> None:
    shutil.copy(two.open(1).folder / "MANIFEST", two.open(2).folder / "MANIFEST")
    with pytest.raises(IndexDamaged, match=r"generations/2/MANIFEST: belongs to generation 1"):
        two.open()


def test_an_edited_manifest_is_found(two: Store) -> None:
    path = two.open().folder / "MANIFEST"
    path.write_text(path.read_text().replace('"documents": 3', '"documents": 4'))
    with pytest.raises(IndexDamaged, match=r"generations/2/MANIFEST: its checksum"):
        two.open()


@pytest.mark.parametrize(
    ("format", "cure"), [(99, "install the newer searchapp"), (1, "searchapp upgrade"), (0, "Delete the index folder")]
)
def test_another_format_says_what_to_run_and_nothing_is_deleted(two: Store, format: int, cure: str) -> None:
    folder = two.open().folder
    (folder / "MANIFEST").write_text(replace(two.open().manifest, format=format).dumps())
    (two.root / "CURRENT").write_text("2\n")
    for ask in (two.open, two.open_last_good):
        with pytest.raises(IndexOutdated, match=rf"of format {format}.*{cure}"):
            ask()
    if format != 1:
        with pytest.raises(IndexOutdated):
            publish(two, OLD)
        with two.writer() as lock:
            two.rollback(lock, 1)
        two.prune(keep_last=1, younger_than=0, budget=0)
        assert (folder / "table").read_bytes() == NEW["table"]
    else:
        assert publish(two, OLD) == 3
        assert content(two.open()) == OLD


MALFORMED = (
    b"", b"2 0123456789ab", b"2  0123456789ab\n", b"2 01234\n", b"0 0123456789ab\n", b"1\x002\n", b"02\n", b"2\n\n",
    b"two\n", b"-1\n", b"../2\n", b"2" * 5000,
)  # fmt: skip


@pytest.mark.parametrize("line", MALFORMED)
def test_a_malformed_current_names_itself_and_the_cure(two: Store, line: bytes) -> None:
    (two.root / "CURRENT").write_bytes(line)
    with pytest.raises(IndexDamaged, match="CURRENT: .*searchapp rollback 2"):
        two.current()
    fallback, damage = two.open_last_good()
    assert (fallback.number, damage and damage.file) == (2, "CURRENT")
    point(two, 2)
    assert content(two.open()) == NEW


def test_a_current_that_names_nothing_is_found(two: Store) -> None:
    (two.root / "CURRENT").write_text("3 0123456789ab\n")
    with pytest.raises(IndexDamaged, match="CURRENT: names generation 3, which is not there.*searchapp rollback 2"):
        two.open()


def test_a_lost_current_is_damage_and_never_a_fresh_start(two: Store) -> None:
    (two.root / "CURRENT").unlink()
    with pytest.raises(IndexDamaged, match="CURRENT: is missing.*searchapp rollback 2"):
        two.open()
    with pytest.raises(IndexDamaged, match="CURRENT"):
        publish(two, OLD)


def test_the_last_good_generation_is_served_beside_the_damage(two: Store) -> None:
    assert two.open_last_good()[1] is None
    publish(two, OLD)
    (two.open(3).folder / "table").unlink()
    (two.open(2).folder / "segment.2").unlink()
    fallback, damage = two.open_last_good()
    assert (fallback.number, content(fallback)) == (1, OLD)
    assert damage is not None and damage.file == "generations/3/table"
    (fallback.folder / "table").unlink()
    with pytest.raises(IndexDamaged, match="generations/3/table"):
        two.open_last_good()


def test_going_back_to_an_earlier_generation_publishes_it_under_a_new_number(two: Store) -> None:
    flip(two.open().folder / "MANIFEST")
    assert publish(two, OLD, base=1) == 3
    assert content(two.open()) == OLD


def test_the_fast_check_reads_sizes_and_the_deep_one_every_byte(two: Store) -> None:
    assert two.verify(2, every_hash=True) == ()
    flip(two.open().folder / "table")
    assert two.verify(2, every_hash=False) == ()
    (two.root / "generations/2/segment.2").unlink()
    assert [each.file for each in two.verify(2, every_hash=False)] == ["generations/2/segment.2"]
    assert [each.file for each in two.verify(2, every_hash=True)] == ["generations/2/segment.2", "generations/2/table"]


def test_the_cure_of_an_earlier_generation_is_another_one(two: Store) -> None:
    for name in ("MANIFEST", "table"):
        flip(two.root / "generations/1" / name)
        (found,) = two.verify(1, every_hash=True)
        assert found.file == f"generations/1/{name}" and "The current generation is another one" in str(found)
        flip(two.root / "generations/1" / name)


def test_what_cannot_be_read_stays_as_long_as_its_neighbours(two: Store) -> None:
    for files in (OLD, NEW, OLD):
        publish(two, files)
    flip(two.root / "generations/4/MANIFEST")
    assert two.numbers() == (1, 2, 3, 4, 5)
    assert two.prune(younger_than=0, budget=0) == (1,)
    assert [each.generation for each in two.generations()] == [2, 3, 5]
    assert two.prune(keep_last=1, younger_than=0, budget=0) == (2, 3, 4)


def test_a_file_verified_before_is_not_read_again_until_it_changes(two: Store) -> None:
    path = two.open().folder / "table"
    os.utime(path, ns=(0, time.time_ns() - 10**10))
    two.open()
    verified = path.stat()
    path.write_bytes(b"sEcond")
    with pytest.raises(IndexDamaged, match="table"):
        two.open()
    os.utime(path, ns=(0, verified.st_mtime_ns))
    assert two.open().number == 2
    assert [each.file for each in two.verify(2, every_hash=True)] == ["generations/2/table"]


def test_what_visitors_are_told_does_not_show_where_the_index_lies(two: Store) -> None:
    (two.open().folder / "table").unlink()
    for number in (None, 2, 9):
        with pytest.raises(SearchappError) as error:
            two.open(number)
        assert str(two.root) not in str(error.value)
