"""A signal that strikes at any line: CURRENT names a whole generation, and what was begun can be completed."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from searchapp.engine.storage import Store
from tests.engine.generations import NEW, OLD, content, leftovers, publish
from tests.engine.test_power_cut_keeping import FIRST, SECOND, forget, holding, keep


class Struck(BaseException):
    """What a signal handler raises."""


STORAGE = ("durable.py", "staging.py", "storage.py", "pointer.py", "kept.py")


@contextmanager
def struck_at(line: int) -> Iterator[list[int]]:
    """A block in which the given line of the storage room that is reached (counted in order) raises Struck."""
    reached = [0]

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        if not frame.f_code.co_filename.endswith(STORAGE):
            return None
        if event == "line":
            reached[0] += 1
            if reached[0] == line:
                sys.settrace(None)
                raise Struck
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield reached
    finally:
        sys.settrace(before)


@pytest.fixture
def unsynced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


# What is struck between opening a file and the block that closes it leaves it to the garbage collector.
FORGOTTEN_FILES = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


@FORGOTTEN_FILES
@pytest.mark.usefixtures("unsynced")
def test_struck_at_any_line_of_a_publication_current_names_a_whole_generation(tmp_path: Path) -> None:
    publish(Store(tmp_path / "begun"), OLD)
    line, struck, outcomes = 0, True, set()
    while struck:
        line += 1
        store = Store(shutil.copytree(tmp_path / "begun", tmp_path / str(line)))
        with struck_at(line):
            try:
                publish(store, NEW)
                struck = False
            except Struck:
                pass
        opened = store.open()
        outcomes.add(opened.number)
        assert content(opened) == {1: OLD, 2: NEW}[opened.number]
        with store.writer():
            assert leftovers(store) in ([], ["generations/2"])
    assert outcomes == {1, 2}
    assert line > 100


@FORGOTTEN_FILES
@pytest.mark.usefixtures("unsynced")
def test_struck_at_any_line_of_taking_out_the_next_run_completes_it(tmp_path: Path) -> None:
    begun = Store(tmp_path / "begun")
    publish(begun, FIRST)
    publish(begun, SECOND)
    keep(begun, 1, "first")
    line, struck = 0, True
    while struck:
        line += 5
        store = Store(shutil.copytree(begun.root, tmp_path / str(line)))
        with struck_at(line):
            try:
                forget(store)
                struck = False
            except Struck:
                pass
        assert content(store.open())["segment.2"] == SECOND["segment.2"]
        assert content(store.open(*store.kept())).keys() == FIRST.keys()
        forget(store)
        assert holding(store) == leftovers(store) == []
        assert list(store.kept().values()) == ["first"]
    assert line > 200
