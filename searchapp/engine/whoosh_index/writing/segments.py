"""Brings the Whoosh index in a folder up to date: one commit of Whoosh's, few segments, tables for each new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex, create_in, exists_in
from whoosh.reading import SegmentReader

from searchapp.engine.sharing import after
from searchapp.engine.whoosh_index.files.arrays import write_arrays
from searchapp.engine.whoosh_index.files.clusters import (
    read_clusters,
    read_sharing,
    remaining,
    write_clusters,
    write_sharing,
)
from searchapp.engine.whoosh_index.files.indexing import entries_of, index_document
from searchapp.engine.whoosh_index.files.records import TEXTS
from searchapp.engine.whoosh_index.files.schema import make_schema
from searchapp.engine.whoosh_index.files.stored import StoredDocuments, rest_of
from searchapp.engine.whoosh_index.files.tables import SUFFIX, TableBuilder, Tables
from searchapp.engine.whoosh_index.writing.earlier import FIELD, earlier_documents
from searchapp.engine.whoosh_index.writing.merging import Choose, choose, choose_settled, live
from searchapp.engine.whoosh_index.writing.parts import Part
from searchapp.engine.whoosh_index.writing.rationing import rationed
from searchapp.engine.whoosh_index.writing.segment_writer import BulkWriter
from searchapp.facets import FacetSet
from searchapp.model import Document


def stored_documents(folder: Path) -> Iterator[Document]:
    """Every document of the index in the folder that is not deleted."""
    index = FileIndex(FileStorage(str(folder)))
    for segment in index._segments():
        reader = SegmentReader(index.storage, index.schema, segment)
        if FIELD in index.schema:
            yield from earlier_documents(reader)
        else:
            documents = StoredDocuments(reader, Tables(folder / f"{segment.segment_id()}{SUFFIX}"))
            yield from map(documents.document, reader.all_doc_ids())


def update(
    folder: Path, changes: Mapping[str, Document | Part | None], facets: FacetSet, *, settled: bool = False,
    memory: int | None = None,
) -> int:  # fmt: skip
    """Bring in the change of each document, by its id, and give how many documents there are now.

    A change is the document itself, the part whose document with this id is meant, or None: only delete what there is.
    If `settled`, there are not more segments afterwards than is good for who asks; with `memory` no more are merged than
    fit into so many bytes.
    """
    name = str(folder)
    index = FileIndex(FileStorage(name)) if exists_in(name) else create_in(name, make_schema(facets))
    commit = Commit(folder, index, facets)
    for segment in commit.writer.segments:
        _delete(folder, segment, changes)
    for part in dict.fromkeys(change for change in changes.values() if isinstance(change, Part)):
        commit.adopt(part, changes)
    for change in changes.values():
        if isinstance(change, Document):
            commit.add(change)
    sizes = _sizes(folder)
    commit.finish(rationed(choose_settled(sizes) if settled else choose, memory, sizes))
    return int(index.doc_count())


def _sizes(folder: Path) -> dict[str, int]:
    """The bytes of each segment in the folder, with its tables."""
    sizes: Counter[str] = Counter()
    for path in (*folder.glob("*.seg"), *folder.glob(f"*{SUFFIX}")):
        sizes[path.stem] += path.stat().st_size
    return sizes


def rewrite_without(folder: Path, documents: Collection[str], facets: FacetSet) -> int:
    """Leave no trace of these documents in the folder, deleted ones included, and give how many others there are.

    Each segment that holds one is replaced; the others, which earlier generations share, stay as they are.
    """
    index = FileIndex(FileStorage(str(folder)))
    commit = Commit(folder, index, facets)
    touched = {one.segment_id() for one in commit.writer.segments if _delete(folder, one, documents)}

    def replaced(segments: Sequence[Any], added: int) -> tuple[list[Any], list[Any]]:
        merged = [one for one in segments if one.segment_id() in touched and live(one)]
        return merged, [one for one in segments if one.segment_id() not in touched]

    commit.finish(replaced)
    clusters = read_clusters(folder)
    if not clusters.keys().isdisjoint(documents):
        write_clusters(folder, remaining(clusters, documents))
    known = read_sharing(folder)
    sharing = after(known, {}, documents)
    if sharing != known:
        write_sharing(folder, sharing)
    return int(index.doc_count())


def _delete(folder: Path, segment: Any, documents: Collection[str]) -> bool:
    """Mark what the segment holds under these ids, and say whether it holds any, marked before or not."""
    wanted = np.sort(np.array([document.encode() for document in documents], np.bytes_))
    if not len(wanted):
        return False
    ids = Tables(folder / f"{segment.segment_id()}{SUFFIX}").ids
    places = np.minimum(np.searchsorted(wanted, ids), len(wanted) - 1)
    rows = np.flatnonzero(wanted[places] == ids).tolist()
    for row in rows:
        segment.delete_document(row)
    return bool(rows)


class Commit:
    """One commit of Whoosh's, and the tables of the segment that it made: `made`, None where there was none to make."""

    def __init__(self, folder: Path, index: FileIndex, facets: FacetSet) -> None:
        self.writer = BulkWriter(index)
        self.made: Any | None = None
        self._folder = folder
        self._index = index
        self._facets = facets
        self._tables = TableBuilder(facets)

    def adopt(self, part: Part, changes: Mapping[str, Document | Part | None]) -> None:
        """Take in the documents of the part that are meant by their changes."""
        part.move(self._folder)
        for row, document in enumerate(part.ids):
            if changes[document] is not part:
                part.segment.delete_document(row)
        self.writer.segments.append(part.segment)

    def add(self, document: Document) -> None:
        entries = entries_of(document, self._facets)
        self.writer.add_indexed(rest_of(document, self._facets), index_document(document, entries))
        self._tables.add(document, entries)

    def finish(self, choice: Choose = choose) -> None:
        """Write the new segment, and which segments there are now."""
        self.writer.commit(mergetype=partial(self._merge, choice))
        if self.writer.segment_name is None:
            return
        self.made = self.writer.newsegment
        path = self._folder / f"{self.writer.segment_name}{SUFFIX}"
        write_arrays(path, {**self._tables.arrays(), **self.writer.derived, TEXTS: self._tables.texts})

    def _merge(self, choice: Choose, writer: BulkWriter, segments: Sequence[Any]) -> list[Any]:
        """Take the segments that are to be merged into the new one, and give those that stay."""
        merged, kept = choice(segments, writer.docnum)
        for segment in merged:
            tables = Tables(self._folder / f"{segment.segment_id()}{SUFFIX}")
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_segment(reader, tables)
            documents = StoredDocuments(reader, tables)
            for row in reader.all_doc_ids():
                document = documents.document(row)
                self._tables.add(document, entries_of(document, self._facets), tables.texts.stored(row))
        return kept
