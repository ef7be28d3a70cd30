"""Brings the Whoosh index in a folder up to date: one commit of Whoosh's, few segments, tables for each new one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex, create_in, exists_in
from whoosh.reading import SegmentReader

from searchapp.engine.whoosh_index.arrays import write_arrays
from searchapp.engine.whoosh_index.blocks import find_postings
from searchapp.engine.whoosh_index.indexing import index_document
from searchapp.engine.whoosh_index.schema import DOCUMENT, STEM_FORMS, STREAMS, make_schema
from searchapp.engine.whoosh_index.segment_writer import BulkWriter
from searchapp.engine.whoosh_index.tables import SUFFIX, Tables, make_tables
from searchapp.facets import FacetSet
from searchapp.model import Document

MAX_SEGMENTS = 4
MOST_DELETED = 0.5
"""How many deleted documents a segment may hold for each live one before it is written anew."""

_DOCUMENTS = msgspec.json.Decoder(Document)


def read_document(reader: SegmentReader, row: int) -> Document:
    """The document that a segment stores in this row."""
    return _DOCUMENTS.decode(reader.stored_fields(row)[DOCUMENT])


def stored_documents(folder: Path) -> Iterator[Document]:
    """Every document of the index in the folder that is not deleted."""
    index = FileIndex(FileStorage(str(folder)))
    for reader in _readers(index, index._segments()):
        for row in reader.all_doc_ids():
            yield read_document(reader, row)


def update(folder: Path, changes: Mapping[str, Document | None], facets: FacetSet) -> int:
    """Put each document in place of the one with its id (None: only delete that), and give how many there are now."""
    name = str(folder)
    index = FileIndex(FileStorage(name)) if exists_in(name) else create_in(name, make_schema(facets))
    commit = _Commit(folder, index, facets)
    for reader in _readers(index, commit.writer.segments):
        _delete(reader, changes)
    for document in changes.values():
        if document is not None:
            commit.add(document)
    commit.finish()
    return int(index.doc_count())


def _readers(index: FileIndex, segments: Sequence[Any]) -> Iterator[SegmentReader]:
    for segment in segments:
        yield SegmentReader(index.storage, index.schema, segment)


def _delete(reader: SegmentReader, changes: Mapping[str, Document | None]) -> None:
    for document in changes:
        held = find_postings(reader, "id", document)
        for row in held.rows.tolist() if held else ():
            reader.segment().delete_document(row)


class _Commit:
    """One commit of Whoosh's, and the tables of the segment that it made."""

    def __init__(self, folder: Path, index: FileIndex, facets: FacetSet) -> None:
        self.writer = BulkWriter(index)
        self._folder = folder
        self._index = index
        self._facets = facets
        self._stem_forms: set[str] = set()

    def add(self, document: Document) -> None:
        indexed = index_document(document, self._facets)
        self.writer.add_indexed(msgspec.json.encode(document), indexed)
        self._stem_forms |= indexed.stem_forms

    def finish(self) -> None:
        self.writer.commit(mergetype=self._merge)
        name = self.writer.segment_name
        if name is None:
            return
        words = dict(self.writer.words)
        words[STEM_FORMS] = sorted(pair.encode() for pair in self._stem_forms), np.empty(0, np.uint32)
        lengths = {stream: np.array(known, np.uint32) for stream, known in self.writer.lengths.items()}
        reader = SegmentReader(self._index.storage, self._index.schema, self.writer.newsegment)
        documents = (read_document(reader, row) for row in range(reader.doc_count_all()))
        tables = make_tables(documents, self._facets, lengths=lengths, words=words)
        write_arrays(self._folder / f"{name}{SUFFIX}", tables)

    def _merge(self, writer: BulkWriter, segments: Sequence[Any]) -> list[Any]:
        """Take the segments that are to be merged into the new one, and give those that stay."""
        merged, kept = choose(segments, writer.docnum)
        for segment in merged:
            tables = Tables(self._folder / f"{segment.segment_id()}{SUFFIX}")
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_segment(reader, {stream: tables.lengths(stream) for stream in STREAMS})
            self._stem_forms.update(tables.words(STEM_FORMS))
        return kept


def choose(segments: Sequence[Any], added: int) -> tuple[list[Any], list[Any]]:
    """Which segments to merge with the `added` documents, and which to keep; those without live documents are neither.

    The smallest ones, until few enough are left, and then on while the next is no larger than what is merged: so a
    document is written again about 2 times in 50 equal commits, 5 times in 200.
    """
    waiting = sorted((one for one in segments if _live(one)), key=lambda one: (_live(one), one.segment_id()))
    merged: list[Any] = []
    size = added
    if len(waiting) + bool(added) > MAX_SEGMENTS:
        while waiting and (len(waiting) + 1 > MAX_SEGMENTS or _live(waiting[0]) <= size):
            size += _live(waiting[0])
            merged.append(waiting.pop(0))
    wasteful = [one for one in waiting if one.deleted_count() > _live(one) * MOST_DELETED]
    return merged + wasteful, [one for one in waiting if one not in wasteful]


def _live(segment: Any) -> int:
    return int(segment.doc_count_all() - segment.deleted_count())
