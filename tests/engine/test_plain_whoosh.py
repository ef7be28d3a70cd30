"""What is Whoosh's own: plain Whoosh opens and searches the index, and no pickle of it names this program."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from operator import methodcaller
from pathlib import Path

import numpy as np
import pytest
from whoosh import index as plain_whoosh
from whoosh.qparser import QueryParser
from whoosh.query import Every
from whoosh.sorting import Count, FieldFacet

from searchapp.engine.whoosh_index import WhooshEngine
from searchapp.engine.whoosh_index.files.blocks import find_postings, positions_in
from searchapp.engine.whoosh_index.files.compat import MappedFile
from searchapp.engine.whoosh_index.files.schema import values_of
from tests.engine.asking import asked, facet
from tests.engine.conftest import fill_at_once, fill_by_and_by
from tests.engine.corpus import CLUSTERS, DOCUMENTS
from tests.engine.whoosh_folder import add, engine, newest, random_documents

__all__ = ["engine"]

FILLS = pytest.mark.parametrize("fill", [fill_at_once, fill_by_and_by])
Fill = Callable[..., None]

# Reads every stored document and every posting in a process that cannot import this program.
READ_ALL = """
import sys
sys.modules["searchapp"] = None
from whoosh.index import open_dir
reader = open_dir(sys.argv[1]).reader()
stored = sum(len(fields["id"]) > 0 for fields in reader.all_stored_fields())
postings = sum(len(list(reader.postings(*term).all_ids())) for term in reader.all_terms())
print(stored, postings > 1000)
"""


@FILLS
@pytest.mark.parametrize("word", ["haftar", "recruits", "wheat", "harvest", "حفتر"])
def test_plain_whoosh_finds_the_same_documents(engine: WhooshEngine, tmp_path: Path, fill: Fill, word: str) -> None:
    fill(engine, DOCUMENTS, CLUSTERS)
    index = plain_whoosh.open_dir(str(newest(tmp_path)))
    with index.searcher() as searcher:
        hits = searcher.search(QueryParser("text", index.schema).parse(word), limit=None)
        ids = {hit["id"] for hit in hits}
    assert ids
    assert ids == {hit.id for hit in engine.search(asked(f'text:"{word}"', dupes="show")).hits}


@FILLS
@pytest.mark.parametrize("name", ["outlet", "actor", "location", "language", "folder", "topics"])
def test_plain_whoosh_groups_by_a_facet_and_counts_the_same(
    engine: WhooshEngine, tmp_path: Path, fill: Fill, name: str
) -> None:
    fill(engine, DOCUMENTS, CLUSTERS)
    index = plain_whoosh.open_dir(str(newest(tmp_path)))
    grouped = FieldFacet(values_of(name), allow_overlap=True, maptype=Count)
    with index.searcher() as searcher:
        groups = searcher.search(Every(), limit=None, groupedby={"counted": grouped}).groups("counted")
    counted = facet(engine, name, asked(dupes="show", facet_size=100))
    assert {value: count for value, count in groups.items() if value} == {
        row.value.id: row.count for row in counted.values
    }


@FILLS
def test_whoosh_reads_the_index_where_this_program_is_not_installed(
    engine: WhooshEngine, tmp_path: Path, fill: Fill
) -> None:
    fill(engine, DOCUMENTS, CLUSTERS)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", READ_ALL, str(newest(tmp_path))],
        capture_output=True, text=True, check=True, timeout=60, cwd=tmp_path,
    )  # fmt: skip
    assert done.stdout.split() == [str(len(DOCUMENTS)), "True"]
    assert not [path.name for path in newest(tmp_path).iterdir() if b"searchapp" in path.read_bytes()]


def test_postings_are_those_that_whoosh_reads(engine: WhooshEngine, tmp_path: Path) -> None:
    add(engine, *random_documents(300))
    reader = plain_whoosh.open_dir(str(newest(tmp_path))).reader()
    for field in ("text", "title", "text_stems", "facet_outlet", "id"):
        for token in reader.lexicon(field):
            matcher = reader.postings(field, token)
            expected = []
            while matcher.is_active():
                where = list(matcher.value_as("positions")) if matcher.supports("positions") else None
                expected.append((matcher.id(), matcher.weight(), where))
                matcher.next()
            text = token.decode()
            held = find_postings(reader, field, text, with_positions=expected[0][2] is not None)
            assert held is not None
            places = [np.cumsum(positions_in(one)).tolist() for one in held.positions or ()] or [None] * len(expected)
            assert list(zip(held.rows.tolist(), held.counts.tolist(), places, strict=True)) == expected


def test_a_mapped_file_reads_like_any_other() -> None:
    content = b"first line\n" + bytes(range(256)) * 40 + b"\nlast"
    mapped, other = MappedFile(memoryview(content)), io.BytesIO(content)
    for step in (
        methodcaller("readline"), methodcaller("read", 5), methodcaller("readline"), methodcaller("tell"),
        methodcaller("seek", -3, 2), methodcaller("read"), methodcaller("seek", 2), methodcaller("seek", 3, 1),
        methodcaller("read", 100_000), methodcaller("readline"), methodcaller("read", 1),
    ):  # fmt: skip
        assert step(mapped) == step(other)
