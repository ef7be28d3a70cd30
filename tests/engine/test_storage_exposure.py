"""A folder that others may write into is neither read nor written, and nothing is made that they could write into."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from searchapp.engine.storage import Store
from searchapp.errors import IndexExposed
from tests.engine.generations import NEW, OLD, content, publish
from tests.engine.test_power_cut_keeping import keep


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "home" / "index")
    publish(store, OLD)
    return store


@pytest.mark.parametrize(
    ("folder", "shown"),
    [
        ("", "index"), ("generations", "index/generations"), ("generations/1", "index/generations/1"),
        ("..", "index/.."),
    ],
)  # fmt: skip
def test_what_others_may_write_into_is_refused_with_the_command_that_closes_it(
    store: Store, folder: str, shown: str
) -> None:
    path = store.root / folder
    path.chmod(0o777)
    with pytest.raises(IndexExposed, match=rf"`chmod o-w {shown}`") as refused:
        store.open()
    assert (refused.value.exit_code, refused.value.status) == (78, 503)
    assert str(store.root.parent) not in str(refused.value)
    with pytest.raises(IndexExposed):
        publish(store, NEW)
    os.chmod(path, 0o775)
    assert content(store.open()) == OLD


def test_a_sticky_parent_is_fine_and_a_sticky_index_is_not(store: Store) -> None:
    store.root.parent.chmod(0o1777)
    assert content(store.open()) == OLD
    store.root.chmod(0o1777)
    with pytest.raises(IndexExposed):
        store.open()


def test_the_folder_that_a_link_leads_to_is_looked_at(store: Store, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(store.root)
    store.root.parent.chmod(0o777)
    with pytest.raises(IndexExposed):
        Store(tmp_path / "link").open()


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def test_whatever_the_umask_all_may_read_and_only_the_owner_may_write(umask: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        store = Store(Path(name) / "made" / "index")
        publish(store, OLD)
        publish(store, NEW)
        keep(store, 1, "first")
        modes = {path: path.stat().st_mode & 0o777 for path in [store.root.parent, *store.root.parent.rglob("*")]}
        assert {mode for path, mode in modes.items() if path.is_dir()} == {0o755}
        assert {mode for path, mode in modes.items() if path.is_file() and path.name != "LOCK"} == {0o644}
        assert not modes[store.root / "LOCK"] & 0o022
