"""A newer generation is opened behind the questions; an old one is let go with its files; what went wrong is said."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from searchapp.engine.whoosh_index import WhooshEngine
from searchapp.engine.whoosh_index.generation import opening
from searchapp.engine.whoosh_index.generation.snapshot import Snapshot
from searchapp.facets import FacetSet, FacetSpec
from tests.engine.asking import asked
from tests.engine.corpus import FACETS, SECOND_RUN, document
from tests.engine.generations import flip
from tests.engine.whoosh_folder import add, engine, newest, random_documents

__all__ = ["engine"]

FIRST, SECOND = document("a", "First", "one"), document("b", "Second", "one")


@pytest.fixture
def reader(engine: WhooshEngine, tmp_path: Path) -> Iterator[WhooshEngine]:
    """An engine that has opened the first generation and opens others behind the questions."""
    add(engine, FIRST)
    reader = WhooshEngine(tmp_path / "index", FACETS, background=True)
    assert reader.search(asked("one")).total == 1
    yield reader
    reader.close()


def wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.01)


def test_no_question_waits_for_a_newer_generation(
    engine: WhooshEngine, reader: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, prepare = threading.Event(), Snapshot.prepare

    def slowly(snapshot: Snapshot) -> None:
        assert go_on.wait(20)
        prepare(snapshot)

    monkeypatch.setattr(Snapshot, "prepare", slowly)
    add(engine, SECOND)
    for _ in range(3):
        assert reader.search(asked("one")).total == 1
    go_on.set()
    wait_until(lambda: reader.search(asked("one")).total == 2)
    assert reader.info().notice is None


def test_what_cannot_be_opened_leaves_the_old_generation_and_is_said(
    engine: WhooshEngine, reader: WhooshEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "PATIENCE", 0.0)
    add(engine, SECOND)
    (tmp_path / "index").chmod(0o777)
    wait_until(lambda: "chmod o-w index" in (reader.info().notice or ""))
    assert reader.search(asked("one")).total == 1
    (tmp_path / "index").chmod(0o755)
    wait_until(lambda: reader.info().notice is None and reader.search(asked("one")).total == 2)


def test_an_index_of_other_facets_leaves_the_old_generation_too(reader: WhooshEngine, tmp_path: Path) -> None:
    more = FacetSet((*FACETS.own, FacetSpec("people", "People", "People", archive=True)))
    with WhooshEngine(tmp_path / "index", more).writer(run=SECOND_RUN):
        pass
    wait_until(lambda: "other facets" in (reader.info().notice or ""))
    assert reader.search(asked("one")).total == 1


def test_the_notice_of_a_damage_goes_when_the_damage_does(
    engine: WhooshEngine, reader: WhooshEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "PATIENCE", 0.0)
    before = reader._shelf.current().snapshot
    add(engine, SECOND)
    flip(newest(tmp_path) / "MANIFEST")
    wait_until(lambda: "MANIFEST" in (reader.info().notice or ""))
    assert reader._shelf.current().snapshot is before
    flip(newest(tmp_path) / "MANIFEST")
    wait_until(lambda: reader.info().notice is None and reader.search(asked("one")).total == 2)


def test_the_files_of_generations_that_are_gone_are_let_go(engine: WhooshEngine, reader: WhooshEngine) -> None:
    documents = random_documents(12)
    held: list[int] = []
    for number, one in enumerate(documents):
        latest = add(engine, replace(one, text=f"one haftar {number}"))
        engine._shelf.store.prune(keep_last=2, younger_than=0, budget=0)
        wait_until(lambda latest=latest: reader.info().generation == latest)  # type: ignore[misc]
        ask_everything(reader)
        reader.at(latest - 1).search(asked("haftar"))
        held.append(len(os.listdir("/proc/self/fd")))
        with open("/proc/self/maps") as maps:
            assert not [line for line in maps if "(deleted)" in line and str(reader._shelf.root) in line]
    assert max(held[6:]) <= max(held[3:6]) + 8


def ask_everything(reader: WhooshEngine) -> None:
    for text in ("haftar", '"one haftar"', "haft*", "hafter"):
        reader.search(asked(text))
    reader.similar("r001", asked()) if reader.get("r001") else None
    list(reader.iterate(asked()))


def test_an_engine_that_is_closed_while_it_opens_is_closed(engine: WhooshEngine, tmp_path: Path) -> None:
    add(engine, FIRST)
    reader = WhooshEngine(tmp_path / "index", FACETS, background=True)
    reader.info()
    add(engine, SECOND)
    reader.info()
    reader.close()
    assert reader._shelf._held is None
