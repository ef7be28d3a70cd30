"""Segments in a folder: what is rewritten without some documents holds no trace of them; the others stay as they are."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from searchapp.engine.whoosh_index import WhooshEngine
from searchapp.engine.whoosh_index.files.clusters import read_clusters
from searchapp.engine.whoosh_index.writing.segments import rewrite_without
from searchapp.model import Document, FacetEntry, FacetValue
from tests.engine.asking import asked
from tests.engine.conftest import fill_at_once, fill_by_and_by
from tests.engine.corpus import CLUSTERS, DOCUMENTS, FACETS, FIRST_RUN, SECOND_RUN, document
from tests.engine.whoosh_folder import add, engine, newest

__all__ = ["engine"]

RARE = "quorble"


def planted(identifier: str = "planted") -> Document:
    """A document with the rare word everywhere, in other forms too."""
    one = document(
        identifier, f"Title of {RARE}ness", f"Wheat of {RARE}s haftar recruits. He was {RARE}ing and U.{RARE}.A.",
        outlet=f"The {RARE} Times", author=f"Anna {RARE}", url=f"https://example.org/{RARE}/1", folder=RARE,
        date="2020-06-08", actor="haftar", removed=(f"Share {RARE}-cookies",),
    )  # fmt: skip
    value = FacetValue(f"name:{RARE}", f"Omar {RARE}", (f"Omar el-{RARE}",))
    facets = {**one.facets, "actor": (*one.facets["actor"], FacetEntry(value, "discovered"))}
    return replace(one, facets=facets)


def contents(path: Path) -> Iterator[bytes]:
    """The bytes of the file, and of each compressed part that begins anywhere in it."""
    data = path.read_bytes()
    yield data
    start = data.find(b"\x78")
    while start >= 0:
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(data[start:])
        start = data.find(b"\x78", start + 1)


def holding(folder: Path, word: str) -> set[str]:
    """The files in which the word stands, compressed or not."""
    found = word.encode()
    return {path.name for path in folder.iterdir() if any(found in one.lower() for one in contents(path))}


def rewrite(engine: WhooshEngine, *documents: str) -> int:
    """Publish the newest generation without the documents, and give what the rewriting gave."""
    store = engine._shelf.store
    with store.writer() as lock, store.stage(lock) as staging:
        left = rewrite_without(staging.folder, documents, FACETS)
        assert staging.base is not None
        schema = staging.base.manifest.schema
        staging.publish(schema=schema, configuration="", documents=left, run=FIRST_RUN, settled=True)
        return left


def answers(engine: WhooshEngine, documents: Collection[Document]) -> list[object]:
    questions = (asked(), asked("haftar"), asked('"wheat harvest"', scope="raw"), asked("recru*", dupes="show"))
    found = [engine.search(query) for query in questions]
    return [
        [(one.total, one.hits, one.facets, one.histogram) for one in found],
        [(engine.get(one.id), engine.copies(one.id)) for one in documents],
        engine.suggest(asked("haftr recruit")),
    ]


@pytest.mark.parametrize("fill", [fill_at_once, fill_by_and_by])
def test_a_forgotten_document_leaves_no_byte_of_its_words(
    engine: WhooshEngine, tmp_path: Path, fill: Callable[..., None]
) -> None:
    fill(engine, DOCUMENTS, CLUSTERS)
    add(engine, planted(), replace(DOCUMENTS[4], text=f"{DOCUMENTS[4].text} again"))
    before = newest(tmp_path)
    assert {Path(name).suffix for name in holding(before, RARE)} == {".seg", ".tables"}
    assert rewrite(engine, "planted") == len(DOCUMENTS)
    assert newest(tmp_path) != before
    assert holding(newest(tmp_path), RARE) == set()
    assert holding(newest(tmp_path), "haftar")
    assert engine.get("planted") is None
    assert engine.search(asked(f"{RARE}*", scope="raw")).total == 0
    assert engine.check(deep=True) == ()


def test_what_was_replaced_or_deleted_before_leaves_no_byte_either(engine: WhooshEngine, tmp_path: Path) -> None:
    fill_at_once(engine, DOCUMENTS, CLUSTERS)
    add(engine, planted("first"), planted("second"), *(document(f"x{number}", "T", "x") for number in range(9)))
    add(engine, document("first", "T", "another text"))
    with engine.writer(run=SECOND_RUN) as writer:
        writer.delete("second")
        writer.commit()
    assert holding(newest(tmp_path), RARE)
    assert rewrite(engine, "second", "no such document") == len(DOCUMENTS) + 9 + 1
    assert holding(newest(tmp_path), RARE) == set()
    assert engine.search(asked('"another text"')).total == 1
    assert engine.check(deep=True) == ()


def test_what_remains_answers_as_if_the_others_had_never_been(engine: WhooshEngine, tmp_path: Path) -> None:
    gone = ("d01", "d16", "d20")
    kept = [one for one in DOCUMENTS if one.id not in gone]
    other = WhooshEngine(tmp_path / "other", FACETS)
    fill_at_once(other, kept, {"d02": "d02", "d03": "d02", "d24": "d24", "d25": "d24", "d26": "d24"})
    fill_by_and_by(engine, DOCUMENTS, CLUSTERS)
    assert rewrite(engine, *gone) == len(kept)
    assert answers(engine, kept) == answers(other, kept)
    other.close()


def test_segments_without_the_documents_stay_as_they_are(engine: WhooshEngine, tmp_path: Path) -> None:
    for start in range(0, 26, 9):
        add(engine, *DOCUMENTS[start : start + 9])
    segments = {path.name: path.stat().st_ino for path in newest(tmp_path).glob("*.*") if path.suffix != ".toc"}
    assert len(segments) == 6
    rewrite(engine, "d05")
    now = {path.name: path.stat().st_ino for path in newest(tmp_path).glob("*.*") if path.suffix != ".toc"}
    assert len(now) == 6
    assert len(now.items() & segments.items()) == 4
    before = newest(tmp_path)
    rewrite(engine, "no such document")
    after = {path.name: path.stat().st_ino for path in newest(tmp_path).glob("*.*") if path.suffix != ".toc"}
    assert (after, newest(tmp_path) == before) == (now, False)


def test_all_documents_can_go(engine: WhooshEngine, tmp_path: Path) -> None:
    fill_at_once(engine, DOCUMENTS, CLUSTERS)
    assert rewrite(engine, *(one.id for one in DOCUMENTS)) == 0
    assert engine.search(asked()).total == 0
    assert holding(newest(tmp_path), "wheat") == set()
    assert read_clusters(newest(tmp_path)) == {}


def test_clusters_are_named_after_the_smallest_that_remains(engine: WhooshEngine, tmp_path: Path) -> None:
    fill_at_once(engine, DOCUMENTS, CLUSTERS)
    rewrite(engine, "d01", "d17", "d25")
    assert read_clusters(newest(tmp_path)) == {"d02": "d02", "d03": "d02", "d24": "d24", "d26": "d24"}
