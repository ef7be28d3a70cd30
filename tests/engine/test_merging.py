"""Room that a commit asks for: what it writes and what it merges, before it writes anything."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from searchapp.engine.storage import Store
from searchapp.engine.whoosh_index.writing import merging
from searchapp.engine.whoosh_index.writing.building import WhooshBuilder
from searchapp.engine.whoosh_index.writing.writer import WhooshWriter
from searchapp.errors import StorageFailure
from searchapp.model import Document
from tests.engine.corpus import FACETS, FIRST_RUN
from tests.engine.whoosh_folder import random_documents

Fill = Callable[[WhooshWriter, list[Document]], None]


def _add(writer: WhooshWriter, documents: list[Document]) -> None:
    for one in documents:
        writer.add(one)


def _adopt(writer: WhooshWriter, documents: list[Document]) -> None:
    part = writer.part()
    builder = WhooshBuilder(part, FACETS)
    for one in documents:
        builder.add(one)
    builder.finish()
    writer.adopt(part)


FILLS = pytest.mark.parametrize("fill", [_add, _adopt])


def _commit(root: Path, fill: Fill, documents: list[Document]) -> int:
    with WhooshWriter(Store(root, minimum_free=0), FACETS, run=FIRST_RUN, lock_timeout=0) as writer:
        fill(writer, documents)
        return writer.commit(settled=True)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir() if path.suffix in (".seg", ".tables"))


@FILLS
def test_a_commit_that_has_no_room_is_refused_before_it_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fill: Fill
) -> None:
    documents = random_documents(300)
    first = _commit(tmp_path, fill, documents[:10])
    _commit(tmp_path / "other", _add, documents)
    written = _size(tmp_path / "other" / "generations" / "1")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=written))
    with pytest.raises(StorageFailure, match="are free"):
        _commit(tmp_path, fill, documents)
    assert [each.generation for each in Store(tmp_path).generations()] == [first]
    assert [path.name for path in (tmp_path / "generations").iterdir()] == [str(first)]
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=8 * written))
    assert _commit(tmp_path, fill, documents) > first


@FILLS
def test_room_is_asked_for_the_segments_that_are_merged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fill: Fill
) -> None:
    documents = random_documents(400)
    for start in range(0, 400, 100):
        last = _commit(tmp_path, fill, documents[start : start + 100])
    size = _size(tmp_path / "generations" / str(last))
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=size // 2))
    with pytest.raises(StorageFailure, match="are free"):
        _commit(tmp_path, fill, documents[:1])
    with WhooshWriter(Store(tmp_path, minimum_free=0), FACETS, run=FIRST_RUN, lock_timeout=0) as writer:
        for one in documents[:50]:
            writer.delete(one.id)
        assert writer.commit() > last


def test_parts_committed_two_at_a_time_leave_few_segments(tmp_path: Path) -> None:
    documents = random_documents(180)
    most = 0
    with WhooshWriter(Store(tmp_path, minimum_free=0), FACETS, run=FIRST_RUN, lock_timeout=0) as writer:
        for start in range(0, 180, 20):
            _adopt(writer, documents[start : start + 10])
            _adopt(writer, documents[start + 10 : start + 20])
            folder = tmp_path / "generations" / str(writer.commit())
            segments = len(list(folder.glob("*.seg")))
            assert 0 < segments == len(list(folder.glob("*.tables"))) <= 8
            most = max(most, segments)
        folder = tmp_path / "generations" / str(writer.commit(settled=True))
        assert len(list(folder.glob("*.seg"))) <= 4 < most
    assert Store(tmp_path).generations()[-1].documents == 180


def test_a_settled_archive_that_is_large_is_one_segment_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = random_documents(120)
    monkeypatch.setattr(merging, "SETTLED_FROM", 1)
    monkeypatch.setattr(merging, "SETTLED_SHARE", 2)
    with WhooshWriter(Store(tmp_path, minimum_free=0), FACETS, run=FIRST_RUN, lock_timeout=0) as writer:
        for start in range(0, 90, 30):
            _adopt(writer, documents[start : start + 30])
            folder = tmp_path / "generations" / str(writer.commit())
        assert len(list(folder.glob("*.seg"))) == 3
        writer.delete(documents[0].id)
        folder = tmp_path / "generations" / str(writer.commit(settled=True))
        assert len(list(folder.glob("*.seg"))) == len(list(folder.glob("*.tables"))) == 1
        _adopt(writer, documents[90:94])
        folder = tmp_path / "generations" / str(writer.commit(settled=True))
        assert len(list(folder.glob("*.seg"))) == 2
    assert [each.documents for each in Store(tmp_path).generations()][-2:] == [89, 93]


def test_a_quick_commit_settles_a_run_and_leaves_the_order_to_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging, "SETTLED_FROM", 1)
    documents = random_documents(60)
    with WhooshWriter(Store(tmp_path, minimum_free=0), FACETS, run=FIRST_RUN, lock_timeout=0) as writer:
        for start, quick, segments in ((0, True, 1), (20, True, 2), (40, False, 1)):
            _adopt(writer, documents[start : start + 20])
            folder = tmp_path / "generations" / str(writer.commit(settled=True, quick=quick))
            assert len(list(folder.glob("*.seg"))) == segments
            assert Store(tmp_path).generations()[-1].settled


def test_what_is_too_large_to_be_merged_at_once_stays_in_several_segments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging, "SETTLED_FROM", 1)
    monkeypatch.setattr(merging, "SETTLED_TO", 1000)
    documents = random_documents(60)
    with WhooshWriter(Store(tmp_path, minimum_free=0), FACETS, run=FIRST_RUN, lock_timeout=0) as writer:
        _adopt(writer, documents[:30])
        _adopt(writer, documents[30:])
        folder = tmp_path / "generations" / str(writer.commit(settled=True))
    assert len(list(folder.glob("*.seg"))) == 2


def test_parts_of_an_interrupted_writer_are_cleared_by_the_next(tmp_path: Path) -> None:
    writer = WhooshWriter(Store(tmp_path, minimum_free=0), FACETS, run=FIRST_RUN, lock_timeout=0)
    part = writer.part()
    writer.close()
    part.mkdir()
    (part / "MAIN_0123456789abcdef.seg").write_bytes(b"half")
    with WhooshWriter(Store(tmp_path, minimum_free=0), FACETS, run=FIRST_RUN, lock_timeout=0):
        assert not part.exists()
