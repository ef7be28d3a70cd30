"""Writes a Whoosh segment from arrays of postings: Whoosh's own files and blocks, without its work for each posting."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import numpy as np
from whoosh.codec.whoosh3 import LENGTHS_COLUMN, _lenfield
from whoosh.columns import VarBytesColumn
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.util.numeric import byte_to_length
from whoosh.writing import SegmentWriter

from searchapp.engine.whoosh_index.arrays import Array
from searchapp.engine.whoosh_index.indexing import Indexed
from searchapp.engine.whoosh_index.pool import FieldPool, OldSegment, Term, merged
from searchapp.engine.whoosh_index.schema import DOCUMENT, KEPT, LEXICON, STREAMS
from searchapp.engine.whoosh_index.term_writer import PROTOCOL, BulkCodec

_STORED = "_stored"
"""Whoosh's column of stored fields."""


class BulkWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer of one new segment, which takes tokens that are already made.

    After `commit`, `words` holds the tokens of each field of the lexicon and how many documents have each, `lengths`
    how many forms each document has in each stream.
    """

    def __init__(self, index: FileIndex) -> None:
        # No lock of Whoosh's own: whoever writes holds the lock of the whole index folder.
        super().__init__(index, _lk=False, codec=BulkCodec())
        self.words: dict[str, tuple[list[bytes], Array]] = {}
        self.lengths: dict[str, list[int]] = {stream: [] for stream in STREAMS}
        self._fields: dict[str, FieldPool] = {}
        self._old_segments: list[OldSegment] = []

    @property
    def segment_name(self) -> str | None:
        """The name of the segment that was written, None if there was nothing to write."""
        return str(self.newsegment.segment_id()) if self._added else None

    def add_indexed(self, stored: bytes, indexed: Indexed) -> None:
        """Add one document: `stored` is its JSON."""
        writer = self.perdocwriter
        writer.start_doc(self.docnum)
        kept: dict[str, Any] = {DOCUMENT: stored}
        for field in indexed.fields:
            declared = self.schema[field.name]
            if field.name not in self._fields:
                self._fields[field.name] = FieldPool(field.name)
            self._fields[field.name].add(self.docnum, field)
            if declared.stored:
                kept[field.name] = field.tokens[0]
            if declared.scorable:
                writer.add_field(field.name, declared, None, field.length)
            if field.name in self.lengths:
                self.lengths[field.name].append(field.length)
        writer._get_column(_STORED)._child.add(self.docnum, pickle.dumps(kept, PROTOCOL))
        writer.finish_doc()
        self.docnum += 1
        self._added = True

    def add_segment(self, reader: SegmentReader, lengths: Mapping[str, Array]) -> None:
        """Add every document of another segment that is not deleted; `lengths` are those of its streams."""
        numbers = np.full(reader.doc_count_all(), -1, np.int32)
        live = np.array(list(reader.all_doc_ids()), np.int32)
        numbers[live] = np.arange(self.docnum, self.docnum + len(live))
        self._copy_documents(reader._perdoc, live.tolist())
        for stream, known in self.lengths.items():
            known.extend(lengths[stream][live].tolist())
        self._old_segments.append(OldSegment(reader, self.schema, numbers.tolist()))
        self._added = True

    def _copy_documents(self, old: Any, rows: Sequence[int]) -> None:
        """Append what is stored in these rows, compressed as it is, and the lengths of their fields."""
        fields = [name for name, field in self.schema.items() if field.scorable and old.has_column(_lenfield(name))]
        lengths = {name: old.column_reader(_lenfield(name), LENGTHS_COLUMN) for name in fields}
        stored = old.column_reader(_STORED, VarBytesColumn())
        writer = self.perdocwriter
        for row in rows:
            writer.start_doc(self.docnum)
            VarBytesColumn.Writer.add(writer._get_column(_STORED)._child, self.docnum, stored[row])
            for name, column in lengths.items():
                writer.add_field(name, None, None, byte_to_length(column[row]))
            writer.finish_doc()
            self.docnum += 1

    def _flush_segment(self) -> None:
        """Write everything collected; Whoosh calls this on commit."""
        self.perdocwriter.close()
        pools = [self._fields[name] for name in sorted(self._fields)]
        new_terms = (term for pool in pools for term in pool.terms())
        kept = _KeptWords(self._titles())
        for name, terms in groupby(merged([new_terms, *(old.terms() for old in self._old_segments)]), _field):
            self._write_field(name, map(kept.seen, terms))
        self.words[KEPT] = kept.words()
        self.fieldwriter.close()

    def _titles(self) -> dict[bytes, set[int]]:
        """The documents by the words in their titles."""
        pool = self._fields.get("title")
        sources = [pool.terms() if pool else iter(()), *(old.terms("title") for old in self._old_segments)]
        return {term.token: set(term.documents) for term in merged(sources)}

    def _write_field(self, name: str, terms: Iterable[Term]) -> None:
        tokens: list[bytes] = []
        frequencies: list[int] = []

        def noted() -> Iterator[Term]:
            for term in terms:
                tokens.append(term.token)
                frequencies.append(len(term.documents))
                yield term

        self.fieldwriter.write(name, self.schema[name], noted())
        if name in LEXICON:
            self.words[name] = tokens, np.array(frequencies, np.uint32)


class _KeptWords:
    """Counts the documents that hold a word in title or text, while the words of all fields pass by."""

    def __init__(self, titles: Mapping[bytes, set[int]]) -> None:
        self._titles = titles
        self._counts = {token: len(documents) for token, documents in titles.items()}

    def seen(self, term: Term) -> Term:
        """The same term, counted."""
        if term.field == "text":
            in_titles = self._titles.get(term.token, set())
            self._counts[term.token] = len(in_titles.union(term.documents))
        return term

    def words(self) -> tuple[list[bytes], Array]:
        """The words in order, and how many documents hold each."""
        words = sorted(self._counts)
        return words, np.array([self._counts[word] for word in words], np.uint32)


def _field(term: Term) -> str:
    return term.field
