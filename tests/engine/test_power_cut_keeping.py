"""Power cuts while generations are kept by name and rewritten: names stand, and what was taken out is out for good."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from searchapp.engine.storage import Manifest, Staging, Store
from searchapp.errors import IndexNotReady, SearchappError
from tests.engine.generations import content, publish
from tests.engine.power_cuts import Cuts, Recorder

WORD = b"secret"
FIRST = {"segment.1": b"a secret and more"}
SECOND = {"segment.1": b"a secret and more", "segment.2": b"no word"}
REWRITTEN = [{name: held.replace(WORD, b"") for name, held in one.items()} for one in (FIRST, SECOND)]
CONTENT = dict(enumerate((FIRST, SECOND, *REWRITTEN), 1))
CURRENT = (0, 1, 1, 2, 4)
"""What is current at least, after so many acknowledged steps."""


def rewrite(staging: Staging) -> Manifest:
    """Take the word out of every file that holds it."""
    for path in sorted(staging.folder.iterdir()):
        held = path.read_bytes()
        if WORD in held:
            path.unlink()
            path.write_bytes(held.replace(WORD, b""))
    return said(staging)


def said(staging: Staging) -> Manifest:
    assert staging.base is not None
    return staging.base.manifest


def holding(store: Store) -> list[Path]:
    """The files under the index that hold the word."""
    return [path for path in store.root.rglob("*") if path.is_file() and WORD in path.read_bytes()]


def forget(store: Store) -> int:
    with store.writer(timeout=0) as lock:
        return store.forget(lock, rewrite)


def keep(store: Store, number: int, name: str) -> None:
    with store.writer(timeout=0) as lock:
        store.keep(lock, number, name)


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorder]:
    recorder = Recorder(tmp_path_factory.mktemp("recorded"))
    store = Store(recorder.top / "index", minimum_free=0)
    with pytest.MonkeyPatch.context() as patch:
        recorder.watch(patch)
        publish(store, FIRST)
        recorder.acknowledge(1)
        keep(store, 1, "first")
        recorder.acknowledge(2)
        publish(store, SECOND)
        recorder.acknowledge(3)
        assert forget(store) == 4
        recorder.acknowledge(4)
    yield recorder
    recorder.close()


def loss(store: Store, steps: int) -> str | None:
    """What is wrong with the store after a cut, when so many steps were acknowledged."""
    try:
        opened = store.open()
        if opened.number < CURRENT[steps] or opened.number == 3 or content(opened) != CONTENT[opened.number]:
            return f"generation {opened.number} was opened with {content(opened)}"
        names = store.kept()
        firsts = [content(store.open(number)) for number, name in names.items() if name == "first"]
        if steps >= 2 and firsts not in ([CONTENT[1]], [CONTENT[3]]):
            return f"kept are {names}"
        if not names.keys() <= {one.generation for one in store.generations()}:
            return f"kept is what was never published: {names}"
        if steps >= 4 and holding(store):
            return f"the word is left in {holding(store)}"
        found = [each for one in store.generations() for each in store.verify(one.generation, every_hash=True)]
        return str(found) if found else None
    except IndexNotReady:
        return "the index is gone" if steps else None
    except SearchappError as error:
        return str(error)


def test_a_power_cut_loses_no_name_and_brings_nothing_back(recording: Recorder, tmp_path: Path) -> None:
    assert list(Cuts(recording, tmp_path, loss).losses(recording.moments)) == []


def test_every_sync_of_keeping_and_rewriting_is_needed(recording: Recorder, tmp_path: Path) -> None:
    assert Cuts(recording, tmp_path, loss).needless(recording.moments) == []
