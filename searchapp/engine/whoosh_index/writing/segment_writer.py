"""Writes a Whoosh segment from arrays of postings: Whoosh's own files and blocks, without its work for each posting."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from whoosh.codec.whoosh3 import LENGTHS_COLUMN, _lenfield
from whoosh.columns import VarBytesColumn
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.util.numeric import length_to_byte
from whoosh.writing import SegmentWriter

from searchapp.engine.whoosh_index.files.arrays import Array
from searchapp.engine.whoosh_index.files.derived import Derived
from searchapp.engine.whoosh_index.files.indexing import Indexed
from searchapp.engine.whoosh_index.files.inverted import FieldPostings, united
from searchapp.engine.whoosh_index.files.offsets import united_offsets
from searchapp.engine.whoosh_index.files.schema import STREAMS
from searchapp.engine.whoosh_index.files.stored import REST
from searchapp.engine.whoosh_index.files.tables import Tables
from searchapp.engine.whoosh_index.writing.old_segment import OldSegment
from searchapp.engine.whoosh_index.writing.pool import Pools
from searchapp.engine.whoosh_index.writing.term_writer import BulkCodec

_STORED = "_stored"
"""Whoosh's column of stored fields."""

_PROTOCOL = 3
"""The first of pickle's formats that has bytes; Whoosh reads any."""

_LENGTH_BYTES = np.array([length_to_byte(length) for length in range(1 << 17)], np.uint8)
"""Whoosh's byte for each length; it has none larger than that of the last."""


class BulkWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer of one new segment, which takes tokens that are already made.

    After `commit`, `derived` holds the arrays made of the postings that belong in the file beside the segment.
    """

    def __init__(self, index: FileIndex) -> None:
        # No lock of Whoosh's own: whoever writes holds the lock of the whole index folder.
        super().__init__(index, _lk=False, codec=BulkCodec())
        self.perdocwriter._create_column(REST, VarBytesColumn())
        self.derived: dict[str, Array] = {}
        self._pools = Pools()
        self._old_segments: list[OldSegment] = []

    @property
    def segment_name(self) -> str | None:
        """The name of the segment that was written, None if there was nothing to write."""
        return str(self.newsegment.segment_id()) if self._added else None

    def add_indexed(self, rest: bytes, indexed: Indexed) -> None:
        """Add one document, with what is stored of it here."""
        self._pools.add(indexed)
        kept = {"id": indexed.values["id"][0]}
        writer = self.perdocwriter
        writer.start_doc(self.docnum)
        writer._get_column(_STORED)._child.add(self.docnum, pickle.dumps(kept, _PROTOCOL))
        writer._get_column(REST).add(self.docnum, rest)
        writer.finish_doc()
        self.docnum += 1
        self._added = True

    def add_segment(self, reader: SegmentReader, tables: Tables) -> None:
        """Add every document of another segment that is not deleted, once all new documents are added."""
        old = OldSegment(reader, tables, self.docnum)
        self._old_segments.append(old)
        self._copy_stored(reader._perdoc, old.rows.tolist())
        self._added = True

    def _copy_stored(self, old: Any, rows: Sequence[int]) -> None:
        """Append what is stored in these rows, compressed as it is."""
        kept, rests = (old.column_reader(name, VarBytesColumn()) for name in (_STORED, REST))
        writer = self.perdocwriter
        for row in rows:
            writer.start_doc(self.docnum)
            VarBytesColumn.Writer.add(writer._get_column(_STORED)._child, self.docnum, kept[row])
            writer._get_column(REST).add(self.docnum, rests[row])
            writer.finish_doc()
            self.docnum += 1

    def _flush_segment(self) -> None:
        """Write everything collected; Whoosh calls this on commit."""
        derived = Derived(self.docnum)
        for name, postings in self._fields():
            self.fieldwriter.write(name, self.schema[name], postings)
            self._write_lengths(name, postings)
            derived.add(name, postings)
        sources = self._sources()
        for stream in STREAMS:
            derived.add_offsets(stream, united_offsets([source.offsets(stream) for source in sources]))
        old_pairs = (old.tables.stem_forms() for old in self._old_segments)
        self.derived = derived.arrays(self._pools.stem_forms().union(*old_pairs))
        self.fieldwriter.close()
        self.perdocwriter.close()

    def _sources(self) -> Sequence[Pools | OldSegment]:
        """What documents come from, in their order."""
        return [*([self._pools] if self._pools.size else []), *self._old_segments]

    def _fields(self) -> Iterator[tuple[str, FieldPostings]]:
        makers = [source.fields() for source in self._sources()]
        for name in sorted({name for each in makers for name in each}):
            postings = united([each[name]() for each in makers if name in each])
            if postings.tokens:
                yield name, postings

    def _write_lengths(self, name: str, postings: FieldPostings) -> None:
        """The column of lengths of a field, as Whoosh scores by it: a byte a document, up to the last that has any."""
        if not self.schema[name].scorable:
            return
        lengths = postings.lengths(self.docnum)
        column = _LENGTH_BYTES[np.minimum(lengths, len(_LENGTH_BYTES) - 1)]
        self.perdocwriter._create_column(_lenfield(name), LENGTHS_COLUMN)
        writer = self.perdocwriter._get_column(_lenfield(name))
        writer._dbfile.write(column.tobytes())
        writer._count = self.docnum
        self.perdocwriter._fieldlengths[name] += int(lengths.sum())
